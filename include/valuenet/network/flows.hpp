// Flows between groups of actors: who gives to whom, between provinces, circles, types, sectors.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

/// What a cell of a flow matrix adds up.
enum class flow_measure : std::uint8_t {
  relations,  ///< one a row of the relation table, repeated rows included
  edges,      ///< one a distinct (giver, taker, kind)
  weight,     ///< the weights of the rows
};

struct flow_options {
  /// Which relations; its options about arcs (direction, duplicates) have no effect. A relation
  /// that holds both ways flows once in each direction.
  selection_options selection{};
  flow_measure measure = flow_measure::relations;
};

/// Flows from the group of the giver (row) to the group of the taker (column).
struct flow_matrix_result {
  std::string giver_grouping;
  std::string taker_grouping;
  std::vector<std::string> giver_groups;
  std::vector<std::string> taker_groups;
  /// Row-major, giver_groups.size() x taker_groups.size().
  std::vector<double> flow;
  /// Row sums and column sums.
  std::vector<double> given;
  std::vector<double> taken;
  double total = 0.0;
  /// What is in no cell because the giver, the taker or both are in no group.
  double without_giver_group = 0.0;
  double without_taker_group = 0.0;
  double without_both_groups = 0.0;
  /// Of a matrix with one grouping at both ends: the diagonal and the rest of `total`.
  std::optional<double> within;
  std::optional<double> across;

  [[nodiscard]] double operator()(std::size_t giver_group, std::size_t taker_group) const noexcept {
    return flow[giver_group * taker_groups.size() + taker_group];
  }
};

/// The flows between the groups. Denominators of shares: `total` holds the relations with a group
/// at both ends, total + the three `without` everything selected. O(relations + groups^2).
/// Deterministic: cells add up in row order. Throws what select() throws, and std::invalid_argument
/// for groupings of another network's length, or a matrix of over 2^28 cells.
[[nodiscard]] flow_matrix_result flow_matrix(const value_network& network, const grouping& groups,
                                             const flow_options& options = {},
                                             const execution& exec = {});
[[nodiscard]] flow_matrix_result flow_matrix(const value_network& network,
                                             const grouping& giver_groups,
                                             const grouping& taker_groups,
                                             const flow_options& options = {},
                                             const execution& exec = {});
/// Shorthand for group_actors(network, what).
[[nodiscard]] flow_matrix_result flow_matrix(const value_network& network, by what,
                                             const flow_options& options = {},
                                             const execution& exec = {});

/// Flows of one grouping only (square): F_ij - F_ji, row-major; throws std::invalid_argument else.
[[nodiscard]] std::vector<double> net_flows(const flow_matrix_result& flows);
/// F_ij + F_ji off the diagonal, F_ii on it, row-major.
[[nodiscard]] std::vector<double> gross_flows(const flow_matrix_result& flows);

enum class flow_scope : std::uint8_t { all, within, across };

struct ranked_flow {
  std::size_t giver_group = 0;
  std::size_t taker_group = 0;
  double flow = 0.0;
  /// Of flow_matrix_result::total.
  double share = 0.0;
  /// Shares of this and the flows ranked before it.
  double cumulative_share = 0.0;
};

/// The k largest positive flows; equal ones by row, then column. k = 0: all.
[[nodiscard]] std::vector<ranked_flow> top_flows(const flow_matrix_result& flows, std::size_t k,
                                                 flow_scope scope = flow_scope::all);

/// What size alone would let expect.
struct expected_flows_result {
  /// E_ij = a_i b_j with the given and taken sums of `flow` (over the cells that count), row-major.
  std::vector<double> expected;
  /// (F_ij - E_ij) / sqrt(E_ij), Pearson's residual: above 0 they exchange more than their sizes
  /// explain. 0 where E_ij is 0.
  std::vector<double> residual;
  /// Sum of the squared residuals, and its degrees of freedom.
  double chi_squared = 0.0;
  std::uint64_t degrees_of_freedom = 0;
  bool converged = false;
  int iterations = 0;
};

struct expected_flows_options {
  /// Whether cells within a group count (independence), or are set aside (quasi-independence:
  /// places keep much to themselves, and how do they exchange with others given that?).
  flow_scope scope = flow_scope::all;
  double tolerance = 1e-10;
  int most_iterations = 10000;
};

/// The doubly constrained expectation: the table with the same sums given and taken in which
/// nothing but these sums tells cells apart. With scope `all` E_ij = given_i taken_j / total; with
/// `across` by iterative proportional fitting over the cells off the diagonal, until no sum is off
/// by more than `tolerance` of the total. Throws std::invalid_argument for scope `within`, and for
/// `across` of a matrix with two groupings. O(groups^2) an iteration. Sources: A. G. Wilson 1971,
/// doi:10.1068/a030001; L. A. Goodman 1968, doi:10.1080/01621459.1968.10480916
/// (quasi-independence).
[[nodiscard]] expected_flows_result expected_flows(const flow_matrix_result& flows,
                                                   const expected_flows_options& options = {});

}  // namespace valuenet
