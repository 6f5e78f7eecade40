// The indicators of a competitiveness index, from a table.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/index/composite.hpp"

#include <optional>
#include <string>
#include <vector>

namespace valuenet::cli {

/// The indicators of units, and of years where there is a column of them.
struct indicator_rows {
  std::string unit_title;
  std::vector<std::string> units{};
  std::vector<int> years{};
  bool has_years = false;
  std::vector<std::optional<double>> values{};
};

/// A row a unit (and year, where there is such a column), the indicators in the order in which they
/// stand among the criteria; only the rows that meet every condition COLUMN=VALUE[,VALUE] of
/// `where`. Throws io_error, parse_error naming the cell, and std::invalid_argument for a
/// condition.
[[nodiscard]] indicator_rows read_indicators(const std::string& file,
                                             const std::vector<criterion>& criteria,
                                             const execution& exec,
                                             const std::vector<std::string>& where = {});

}  // namespace valuenet::cli
