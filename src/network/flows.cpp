#include "valuenet/network/flows.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace valuenet {
namespace {

bool is_square(const flow_matrix_result& flows) {
  return flows.within.has_value();
}

void require_square(const flow_matrix_result& flows, const char* what) {
  if (is_square(flows)) return;
  throw std::invalid_argument(std::string(what) + ": givers are grouped by " +
                              flows.giver_grouping + " and takers by " + flows.taker_grouping +
                              "; one grouping is needed");
}

void check(const value_network& network, const grouping& groups) {
  if (groups.group.size() == network.actor_count()) return;
  throw std::invalid_argument("grouping \"" + groups.name + "\" has " +
                              std::to_string(groups.group.size()) + " actors, the network " +
                              std::to_string(network.actor_count()));
}

class counter {
 public:
  counter(flow_matrix_result& result, const grouping& givers, const grouping& takers)
      : result_(result), givers_(givers), takers_(takers) {}

  void add(actor_id giver, actor_id taker, double amount) {
    const std::uint32_t from = givers_.group[giver];
    const std::uint32_t to = takers_.group[taker];
    if (from != no_group && to != no_group) {
      result_.flow[from * result_.taker_groups.size() + to] += amount;
    } else if (from != no_group) {
      result_.without_taker_group += amount;
    } else if (to != no_group) {
      result_.without_giver_group += amount;
    } else {
      result_.without_both_groups += amount;
    }
  }

 private:
  flow_matrix_result& result_;
  const grouping& givers_;
  const grouping& takers_;
};

void add_sums(flow_matrix_result& result, bool one_grouping) {
  const std::size_t columns = result.taker_groups.size();
  result.given.assign(result.giver_groups.size(), 0.0);
  result.taken.assign(columns, 0.0);
  for (std::size_t i = 0; i < result.giver_groups.size(); ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      result.given[i] += result(i, j);
      result.taken[j] += result(i, j);
      result.total += result(i, j);
    }
  }
  if (!one_grouping) return;
  double within = 0.0;
  for (std::size_t i = 0; i < columns; ++i) within += result(i, i);
  result.within = within;
  result.across = result.total - within;
}

flow_matrix_result count_flows(const value_network& network, const grouping& givers,
                               const grouping& takers, bool one_grouping,
                               const flow_options& options, const execution& exec) {
  check(network, givers);
  check(network, takers);
  constexpr std::size_t most_cells = std::size_t{1} << 28;
  const std::size_t cells = givers.labels.size() * takers.labels.size();
  if (cells > most_cells) {
    throw std::invalid_argument("flow_matrix: " + std::to_string(givers.labels.size()) + " x " +
                                std::to_string(takers.labels.size()) +
                                " groups; a matrix has at most 268435456 cells");
  }
  flow_matrix_result result;
  result.giver_grouping = givers.name;
  result.taker_grouping = takers.name;
  result.giver_groups = givers.labels;
  result.taker_groups = takers.labels;
  result.flow.assign(cells, 0.0);

  selection_options choice = options.selection;
  choice.direction = direction::directed;
  choice.duplicates = options.measure == flow_measure::edges ? duplicates::first : duplicates::keep;
  const selection selected = select(network, choice, exec);
  const graph& g = selected.graph();
  counter cells_of(result, givers, takers);
  for (vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto targets = g.out_neighbors(v);
    const auto weights = g.out_weights(v);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const double amount =
          options.measure == flow_measure::weight && g.is_weighted() ? weights[i] : 1.0;
      cells_of.add(selected.actor(v), selected.actor(targets[i]), amount);
    }
  }
  add_sums(result, one_grouping);
  return result;
}

}  // namespace

flow_matrix_result flow_matrix(const value_network& network, const grouping& groups,
                               const flow_options& options, const execution& exec) {
  return count_flows(network, groups, groups, true, options, exec);
}

flow_matrix_result flow_matrix(const value_network& network, const grouping& giver_groups,
                               const grouping& taker_groups, const flow_options& options,
                               const execution& exec) {
  return count_flows(network, giver_groups, taker_groups, false, options, exec);
}

flow_matrix_result flow_matrix(const value_network& network, by what, const flow_options& options,
                               const execution& exec) {
  return flow_matrix(network, group_actors(network, what), options, exec);
}

std::vector<double> net_flows(const flow_matrix_result& flows) {
  require_square(flows, "net_flows");
  const std::size_t n = flows.giver_groups.size();
  std::vector<double> net(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) net[i * n + j] = flows(i, j) - flows(j, i);
  }
  return net;
}

std::vector<double> gross_flows(const flow_matrix_result& flows) {
  require_square(flows, "gross_flows");
  const std::size_t n = flows.giver_groups.size();
  std::vector<double> gross(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      gross[i * n + j] = i == j ? flows(i, i) : flows(i, j) + flows(j, i);
    }
  }
  return gross;
}

std::vector<ranked_flow> top_flows(const flow_matrix_result& flows, std::size_t k,
                                   flow_scope scope) {
  if (scope != flow_scope::all) require_square(flows, "top_flows");
  std::vector<ranked_flow> ranked;
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    for (std::size_t j = 0; j < flows.taker_groups.size(); ++j) {
      const bool counts = scope == flow_scope::all || (scope == flow_scope::within) == (i == j);
      if (!counts || flows(i, j) <= 0.0) continue;
      ranked.push_back({i, j, flows(i, j), flows(i, j) / flows.total, 0.0});
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const ranked_flow& a, const ranked_flow& b) { return a.flow > b.flow; });
  if (k != 0 && ranked.size() > k) ranked.resize(k);
  double so_far = 0.0;
  for (ranked_flow& each : ranked) {
    so_far += each.share;
    each.cumulative_share = so_far;
  }
  return ranked;
}

expected_flows_result expected_flows(const flow_matrix_result& flows,
                                     const expected_flows_options& options) {
  if (options.scope == flow_scope::within) {
    throw std::invalid_argument("expected_flows: scope must be all or across");
  }
  const bool without_diagonal = options.scope == flow_scope::across;
  if (without_diagonal) require_square(flows, "expected_flows");
  const std::size_t rows = flows.giver_groups.size();
  const std::size_t columns = flows.taker_groups.size();
  const auto counts = [&](std::size_t i, std::size_t j) { return !without_diagonal || i != j; };
  std::vector<double> given(rows, 0.0);
  std::vector<double> taken(columns, 0.0);
  double total = 0.0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (!counts(i, j)) continue;
      given[i] += flows(i, j);
      taken[j] += flows(i, j);
      total += flows(i, j);
    }
  }
  expected_flows_result result;
  result.expected.assign(rows * columns, 0.0);
  result.residual.assign(rows * columns, 0.0);
  if (total <= 0.0) {
    result.converged = true;
    return result;
  }

  // E_ij = a_i b_j over the cells that count. Scale rows, then columns, until both fit.
  std::vector<double> a(rows, 1.0);
  std::vector<double> b(columns, 1.0);
  double sum_a = 0.0;
  double sum_b = static_cast<double>(columns);
  for (result.iterations = 1; result.iterations <= options.most_iterations; ++result.iterations) {
    double worst = 0.0;
    sum_a = 0.0;
    for (std::size_t i = 0; i < rows; ++i) {
      const double partners = sum_b - (without_diagonal ? b[i] : 0.0);
      worst = std::max(worst, std::abs(a[i] * partners - given[i]));
      a[i] = given[i] > 0.0 && partners > 0.0 ? given[i] / partners : 0.0;
      sum_a += a[i];
    }
    sum_b = 0.0;
    for (std::size_t j = 0; j < columns; ++j) {
      const double partners = sum_a - (without_diagonal ? a[j] : 0.0);
      b[j] = taken[j] > 0.0 && partners > 0.0 ? taken[j] / partners : 0.0;
      sum_b += b[j];
    }
    if (result.iterations > 1 && worst <= options.tolerance * total) {
      result.converged = true;
      break;
    }
  }
  result.iterations = std::min(result.iterations, options.most_iterations);
  std::uint64_t cells = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (!counts(i, j)) continue;
      const double expected = a[i] * b[j];
      result.expected[i * columns + j] = expected;
      if (expected <= 0.0) continue;
      ++cells;
      const double residual = (flows(i, j) - expected) / std::sqrt(expected);
      result.residual[i * columns + j] = residual;
      result.chi_squared += residual * residual;
    }
  }
  const auto used = [](const std::vector<double>& sums) {
    return static_cast<std::uint64_t>(
        std::count_if(sums.begin(), sums.end(), [](double x) { return x > 0.0; }));
  };
  const std::uint64_t constraints = used(given) + used(taken) - 1;
  result.degrees_of_freedom = cells > constraints ? cells - constraints : 0;
  return result;
}

}  // namespace valuenet
