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
  std::string name{};
  std::vector<std::string> columns{};
  /// Every row as long as `columns`.
  std::vector<std::vector<std::string>> rows{};
  /// As printed above it, where known: "表 7 ... 排名前二十的关系节点" promises 20 rows.
  std::string title{};
};

/// A number as printed: 1,763 or 36.05 or 12.4%; 2600余 (over 2600, under 2700) is 2650 +- 50.
struct printed_number {
  double value = 0.0;
  /// Half a unit of its last digit; 0 for a whole number (counts are exact).
  double half_unit = 0.0;
};

/// Nothing where the text is no number.
[[nodiscard]] std::optional<printed_number> parse_printed(std::string_view text);

struct table_check_options {
  /// Sums of two tables that differ by less than this share were meant to be the same.
  double near = 0.001;
  /// Findings of one rule in one table; what is over is counted in the last of them.
  std::size_t most_cases = 20;
};

/// What in printed tables, given together, cannot be or is rarely meant. In one table:
///  - `row_sum`: a column that is the sum of other columns in most rows is not in one of them
///  - `total_row`: a row named total, 合计, 总计, ... is not the sum of the rows above
///  - `nested_sum`: weights of the parts do not add up to the weight of the whole they stand under;
///    `missing_number`: one of them is not there
///  - `percent_sum`: percentages of a group that should be all of it (99 to 101) do not add up to
///    100; a doubt where they are less: a small rest may have been left out
///  - `share`: a percentage is not that count's share of the denominator that the others imply;
///    `share_of`: not its share of the number in the column `of`
///  - `average_degree`: not edges / nodes; `nodes`: not sample_nodes + relation_nodes; `density`:
///    not edges / (nodes (nodes - 1))
///  - `parts`: NAME is not NAME_within_X + NAME_across_X
///  - `title_rows`: a title promises (前三十, TOP20) another number of rows
///  - `order`: a ranking's values rise in a place or two; `rank`: a rank that no order gives
///  - `repeated_row`: one name twice in a group; `look_alike`: a name in letters of another script
/// and of two tables:
///  - `near_total`: sums (or a sum and a printed total, or its double) miss each other by less than
///    `near` of them: they were meant to be the same number
///  - `printed_twice`: the same cell (columns of the same names, rows of the same words) has two
///    numbers, where half of the cells that both tables have agree or nearly do
///  - `circle_total`: the provinces of a circle of default_circles() do not add up to the
///    circle's number, where those of three circles in four do
///  - `name_variant`: two columns list the same actors, but for one name that the other has longer
/// No rule knows a table: columns are told apart by what they hold. Every comparison allows for the
/// rounding of the printed digits; what rounding explains, but is not equal as printed, is graded
/// `rounding`. O(cells log cells) for each rule, times columns^2 up to 48 columns of numbers (runs
/// of columns are tried as sums); pairs of tables O(tables^2 + cells log cells). Throws
/// std::invalid_argument for a row of another length, `near` outside [0, 0.1], or most_cases = 0.
[[nodiscard]] std::vector<finding> check_tables(const std::vector<printed_table>& tables,
                                                const table_check_options& options = {});

}  // namespace valuenet
