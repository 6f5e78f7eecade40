// The sections of the report, and what they share.
#pragma once

#include "valuenet/metrics/communities.hpp"
#include "valuenet/report/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace valuenet::detail {

/// What more than one section needs, computed once.
struct document_input {
  const read_result& read;
  const document_options& options;
  const execution& exec;
  selection selected{};
  summary_result summary{};
  communities_result communities{};
  /// The finest grouping by place that the table gives: "province", "country", "city"; empty: none.
  std::string place_column{};
  bool has_years = false;

  [[nodiscard]] const value_network& network() const { return read.network; }
};

[[nodiscard]] document_section input_section(const document_input& input);
[[nodiscard]] document_section statistics_section(const document_input& input);
[[nodiscard]] document_section conventions_section(const document_input& input);
[[nodiscard]] document_section rankings_section(const document_input& input);
[[nodiscard]] document_section degrees_section(const document_input& input);
[[nodiscard]] document_section places_section(const document_input& input);
[[nodiscard]] document_section concentration_section(const document_input& input);
[[nodiscard]] document_section evolution_section(const document_input& input);
[[nodiscard]] document_section roles_section(const document_input& input);
[[nodiscard]] document_section layers_section(const document_input& input);
[[nodiscard]] document_section communities_section(const document_input& input);
[[nodiscard]] document_section network_section(const document_input& input,
                                               const network_picture& picture);
[[nodiscard]] document_section provenance_section(const document_input& input);

[[nodiscard]] network_picture picture_of(const document_input& input);

/// A text of the library with its Chinese: from a list of its sentences, in which {} stands for any
/// words. What is not in the list stays as it is.
[[nodiscard]] bilingual translated(std::string_view english);
/// Whether translated() knows the text.
[[nodiscard]] bool has_translation(std::string_view english);

/// Cells.
[[nodiscard]] document_cell cell(const std::optional<double>& value);
template <class Number>
[[nodiscard]] document_cell count_cell(Number value) {
  return static_cast<double>(value);
}
[[nodiscard]] inline document_cell label_cell(std::string_view label) {
  return std::string(label);
}
/// Words of ours where the text is one ("sample"), else as it stands.
[[nodiscard]] document_cell role_cell(role value);

/// "12,345" within sentences.
[[nodiscard]] std::string number_text(double value, column_format format);
/// A cell for people.
[[nodiscard]] std::string cell_text(const document_cell& value, column_format format,
                                    language words);

}  // namespace valuenet::detail
