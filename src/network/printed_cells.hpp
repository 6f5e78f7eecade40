// Printed tables with their numbers read, for the rules that check them.
#pragma once

#include "valuenet/network/table_checks.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Where a number, known to +-reach, stands to a printed one: equal, equal but for rounding, or
/// not.
enum class agreement : std::uint8_t { equal, rounding, different };
[[nodiscard]] agreement compare(double computed, double reach, const printed_number& printed);
/// A number in a message.
[[nodiscard]] std::string shown(double value);
[[nodiscard]] inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A table's cells as numbers, and what its columns are.
class printed_cells {
 public:
  /// Throws std::invalid_argument for a row of another length than the header.
  explicit printed_cells(const printed_table& table);

  [[nodiscard]] const printed_table& table() const { return *table_; }
  [[nodiscard]] std::size_t row_count() const { return table_->rows.size(); }
  [[nodiscard]] const std::optional<printed_number>& number(std::size_t row, std::size_t c) const {
    return numbers_[row * table_->columns.size() + c];
  }
  [[nodiscard]] const std::string& text(std::size_t row, std::size_t c) const {
    return table_->rows[row][c];
  }
  /// Columns by what they hold: words, numbers of things, percentages, and what numbers the rows
  /// (rank, year).
  [[nodiscard]] const std::vector<std::size_t>& texts() const { return texts_; }
  [[nodiscard]] const std::vector<std::size_t>& amounts() const { return amounts_; }
  [[nodiscard]] const std::vector<std::size_t>& percents() const { return percents_; }
  [[nodiscard]] const std::vector<std::size_t>& keys() const { return keys_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  [[nodiscard]] bool is_total_row(std::size_t row) const;
  /// Two columns: names of statistics and their values.
  [[nodiscard]] bool is_statistics() const;
  [[nodiscard]] bool is_ranking() const;
  /// By its header.
  [[nodiscard]] bool is_rank(std::size_t column) const;

 private:
  [[nodiscard]] bool is_percent(std::size_t column) const;
  const printed_table* table_;
  std::vector<std::optional<printed_number>> numbers_;
  std::vector<std::size_t> texts_;
  std::vector<std::size_t> amounts_;
  std::vector<std::size_t> percents_;
  std::vector<std::size_t> keys_;
};

/// What tables say of each other: near_total, printed_twice, circle_total, name_variant.
void check_table_pairs(const std::vector<printed_cells>& tables, const table_check_options& options,
                       std::vector<finding>& findings);

}  // namespace valuenet
