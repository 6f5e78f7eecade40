// Composite indices: indicators standardised, weighted through a hierarchy and summed to scores.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/rankings.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

/// One criterion of a hierarchy. Those without children are the indicators.
struct criterion {
  std::string name{};
  /// The place of its parent, which stands before it; nothing: on the first level.
  std::optional<std::size_t> parent{};
  /// Against its siblings, in any unit: they are scaled to sum 1.
  double weight = 1.0;
  /// Less is better. Of indicators only.
  bool is_cost = false;
};

enum class normalization : std::uint8_t {
  min_max,     // (x - min) / (max - min), or (max - x) / (max - min) of a cost
  z_score,     // (x - mean) / deviation of the population, or its negative
  of_maximum,  // x / max; of a cost min / x
  of_sum,      // x / sum; of a cost (1/x) / sum of 1/x
  rank,        // (objects with less + half of the others with as much) / (n - 1)
  none         // x, or -x of a cost: values that are comparable already
};

enum class missing_rule : std::uint8_t {
  undefined,  // no score in the criterion nor in any above it
  lowest,     // as the worst standardised value
  mean,       // as the mean standardised value
  reweight    // the siblings' weights are scaled up; undefined where no sibling has a value
};

struct composite_options {
  valuenet::normalization normalization = normalization::min_max;
  missing_rule missing = missing_rule::undefined;
  tie_rule ties = tie_rule::competition;
  /// Scores are multiplied by it: 100 makes min-max scores run from 0 to 100.
  double scale = 100.0;
};

struct composite_result {
  /// Share of each criterion in the total: the first level sums to 1, children sum to their parent.
  std::vector<double> global_weights{};
  /// Places of the indicators among the criteria, in order.
  std::vector<std::size_t> indicators{};
  /// objects x indicators, row by row, and which of them have a value.
  std::vector<double> standardized{};
  std::vector<std::uint8_t> standardized_defined{};
  /// objects x criteria: what each adds to the total, so that children sum to their parent.
  std::vector<double> contributions{};
  std::vector<std::uint8_t> contributions_defined{};
  /// One for each object: the sum over the first level, and its rank (0 where undefined).
  std::vector<double> totals{};
  std::vector<std::uint8_t> totals_defined{};
  std::vector<std::uint32_t> ranks{};
};

/// Scores of objects: total = scale * sum over indicators of global weight * standardised value.
///
/// `values`: objects x indicators, row by row, the indicators in the order in which they stand in
/// `hierarchy`; nothing: missing. An indicator that is the same for all objects standardises to 0
/// by min_max and z_score. Ranks: 1 is the highest total; those within 1e-12 of the largest
/// |total| are tied.
///
/// O(objects * criteria + sorting). Throws std::invalid_argument when the hierarchy is empty, a
/// parent does not stand before its child, a weight is not positive and finite, `values` are not
/// objects x indicators or not finite, or of_maximum and of_sum meet a negative value, no positive
/// one, or a cost that is not positive. Deterministic, single-threaded.
[[nodiscard]] composite_result composite(std::span<const criterion> hierarchy,
                                         std::span<const std::optional<double>> values,
                                         const composite_options& options = {});

/// Ranks from the highest value on; values no further apart than `tolerance` from the first of
/// their tie are tied. `defined`: empty, or 0 for those that get rank 0. Throws
/// std::invalid_argument when lengths differ.
[[nodiscard]] std::vector<std::uint32_t> ranks_of(std::span<const double> values,
                                                  tie_rule ties = tie_rule::competition,
                                                  double tolerance = 0.0,
                                                  std::span<const std::uint8_t> defined = {});

struct object_group {
  std::string name{};
  std::vector<std::size_t> members{};
};

/// Sums of the members' values, for circles of provinces; nothing where a member is undefined.
/// Throws std::invalid_argument when a member is no object.
[[nodiscard]] std::vector<std::optional<double>> group_totals(
    std::span<const double> values, std::span<const object_group> groups,
    std::span<const std::uint8_t> defined = {});

/// What a value is standardised among.
enum class standardized_over : std::uint8_t {
  all_years,  // all rows: scores of different years can be compared
  each_year   // the rows of its year: every year has its own best and worst
};

struct yearly_options {
  composite_options composite{};
  standardized_over over = standardized_over::all_years;
};

struct yearly_result {
  /// One object a row; ranks are among the rows of the year.
  composite_result scores{};
  /// The years that occur, ascending.
  std::vector<int> years{};
  /// Of every row: its object's rank in the year before (of those that occur) minus its rank now,
  /// so that 2 is two places up. Nothing in the first year, and where either rank is undefined.
  std::vector<std::optional<int>> rank_changes{};
};

/// composite() of objects over years: row i of `values` is the object objects[i] in years[i].
///
/// O(rows * criteria + sorting). Throws std::invalid_argument as composite() does, when lengths
/// differ, or when an object has two rows in a year (it is named). Deterministic, single-threaded.
[[nodiscard]] yearly_result composite_by_year(std::span<const criterion> hierarchy,
                                              std::span<const std::optional<double>> values,
                                              std::span<const std::string> objects,
                                              std::span<const int> years,
                                              const yearly_options& options = {});

struct rank_sensitivity_options {
  /// Every local weight is multiplied by a number drawn evenly from [1 - spread, 1 + spread].
  double spread = 0.2;
  std::uint32_t replicates = 1000;
  std::uint64_t seed = 42;
};

struct rank_range {
  std::uint32_t rank = 0;  // with the weights as given; 0: undefined, and so the others
  std::uint32_t best = 0;
  std::uint32_t worst = 0;
  double mean = 0.0;
  /// Share of replicates with the rank unchanged.
  double unchanged = 0.0;
};

/// How far the ranks depend on the weights: ranks under `replicates` perturbed sets of weights.
///
/// O(replicates * objects * (criteria + log objects)). Throws as composite() does, and
/// std::invalid_argument unless spread is in [0, 1) and replicates in [1, 10,000,000]; cancelled.
/// Each replicate draws from its own stream: the same bits at any number of threads.
[[nodiscard]] std::vector<rank_range> rank_sensitivity(
    std::span<const criterion> hierarchy, std::span<const std::optional<double>> values,
    const composite_options& options = {}, const rank_sensitivity_options& how = {},
    const execution& exec = {});

/// The same within every year; one entry a row. Every year draws the same perturbed weights.
[[nodiscard]] std::vector<rank_range> rank_sensitivity_by_year(
    std::span<const criterion> hierarchy, std::span<const std::optional<double>> values,
    std::span<const std::string> objects, std::span<const int> years,
    const yearly_options& options = {}, const rank_sensitivity_options& how = {},
    const execution& exec = {});

}  // namespace valuenet
