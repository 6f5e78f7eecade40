// Do printed tables add up? Sums, shares, averages and totals, recomputed from their own cells.
#pragma once

#include "valuenet/network/accounting.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// A table as it was printed: cells are text, so that digits say how exactly a number is known.
struct printed_table {
  std::string name;
  std::vector<std::string> columns;
  /// Every row as long as `columns`.
  std::vector<std::vector<std::string>> rows;
};

/// A number as printed: 1,763 or 36.05 or 12.4%.
struct printed_number {
  double value = 0.0;
  /// Half a unit of its last digit; 0 for a whole number (counts are exact).
  double half_unit = 0.0;
};

/// Nothing where the text is no number.
[[nodiscard]] std::optional<printed_number> parse_printed(std::string_view text);

/// The inconsistencies that sums and shares can find, in tables given together:
///  - `row_sum`: a column that is the sum of other columns in most rows is not in one of them
///  - `total_row`, a row named total, 合计, 总计, ...: not the sum of the rows above
///  - `nested_sum`: weights of the parts do not add up to the weight of the whole they stand under
///  - `percent_sum`: percentages of a group that should be all of it do not add up to 100
///  - `share`: a percentage is not that count's share of the denominator that the others imply
///  - `average_degree`: not edges / nodes; `nodes`: not sample_nodes + relation_nodes; `density`:
///    not edges / (nodes (nodes - 1))
///  - `parts`: NAME is not NAME_within_X + NAME_across_X
///  - `repeated_row`: one name twice in a group; `look_alike`: a name in letters of another script
///  - `near_total`: sums of two tables (or a sum and a printed total, or its double) miss each
///    other by less than `near` of them: they were meant to be the same number
/// Every comparison allows for the rounding of the printed digits; what rounding explains, but is
/// not equal as printed, is graded `rounding`. O(cells^2) at worst over columns, small tables.
/// Throws std::invalid_argument for a row of another length, or `near` outside [0, 0.1].
struct table_check_options {
  double near = 0.001;
};
[[nodiscard]] std::vector<finding> check_tables(const std::vector<printed_table>& tables,
                                                const table_check_options& options = {});

}  // namespace valuenet
