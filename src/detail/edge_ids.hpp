// The ids that formats give to edges. Most files only number their edges (0, 1, 2 ... or e0, e1,
// ...): keeping such ids would cost more memory than everything else that is kept of an edge, and
// say nothing. Any other ids are kept as the relations' column "id".
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detail/network_builder.hpp"

namespace valuenet::detail {

class edge_ids {
 public:
  explicit edge_ids(network_builder& network) : network_(network) {}

  /// Call for every edge right before it is added; `id` is empty where the edge has none. Appends
  /// to the edge's cells when its id is kept.
  void add(std::string_view id, std::vector<cell>& cells) {
    if (!started_ && id.empty()) return;
    const std::size_t row = network_.relation_count();
    if (numbering_) {
      if (!started_) {
        started_ = true;
        numbering_ = row == 0 && begin_numbering(id);
        if (numbering_) return;
      } else if (id == numbered(row)) {
        return;
      } else {
        numbering_ = false;
        for (std::size_t earlier = 0; earlier < row; ++earlier) {
          network_.fill_in_relation(earlier, {column(), numbered(earlier)});
        }
      }
    }
    if (!id.empty()) cells.push_back({column(), id});
  }

  /// Call at the end: notes what was left out.
  void finish() {
    if (started_ && numbering_) {
      network_.note("the edges' ids only number them (from " + numbered(0) +
                    "); they were not kept");
    }
  }

 private:
  std::uint32_t column() { return network_.relation_column("id"); }

  /// Whether the first id ends in 0 or 1 and nothing else numeric.
  bool begin_numbering(std::string_view id) {
    const std::size_t digit = id.find_last_not_of("0123456789") + 1;
    const std::string_view number = id.substr(digit);
    if (number != "0" && number != "1") return false;
    prefix_ = id.substr(0, digit);
    first_ = number == "1" ? 1 : 0;
    return true;
  }

  [[nodiscard]] std::string numbered(std::size_t row) const {
    return prefix_ + std::to_string(row + first_);
  }

  network_builder& network_;
  bool started_ = false;
  bool numbering_ = true;
  std::string prefix_;
  std::size_t first_ = 0;
};

}  // namespace valuenet::detail
