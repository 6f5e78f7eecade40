// valuenet plot degrees, rank-size, lorenz, distances, clustering.
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/metrics/distances.hpp"
#include "valuenet/report/distribution_plots.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"

#include <memory>
#include <stdexcept>

#include "cli/groups.hpp"
#include "cli/number_column.hpp"
#include "cli/plot_arguments.hpp"
#include "network/arc_kinds.hpp"

namespace valuenet::cli {
namespace {

struct sample_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  group_arguments groups;
  std::string degree = "total";
  bool weighted = false;
  std::string column;
  std::string view = "both";
  std::optional<double> x_min;
  std::uint64_t replicates = 1000;
  bool alternatives = true;
  std::size_t named = 8;
  std::size_t top = 0;
  int bins = 20;
  std::string convention = "gephi";
};

degree_kind kind_of(const std::string& name) {
  return name == "in" ? degree_kind::in : name == "out" ? degree_kind::out : degree_kind::total;
}

std::string quantity_of(const sample_arguments& arguments) {
  if (!arguments.column.empty()) return arguments.column;
  const bool chinese = is_chinese(arguments.plot);
  const std::string& kind = arguments.degree;
  std::string text =
      chinese ? (arguments.weighted ? "加权" : "") : (arguments.weighted ? "weighted " : "");
  if (chinese) return text + (kind == "in" ? "入度 k" : kind == "out" ? "出度 k" : "度 k");
  return text + (kind == "total" ? "degree k" : kind + "-degree k");
}

std::vector<double> degrees_of(const selection& selected, const sample_arguments& arguments,
                               const std::string& kind, const program& shared) {
  if (arguments.weighted) return weighted_degrees(selected.graph(), kind_of(kind), shared.exec);
  const auto counts = degrees(selected.graph(), kind_of(kind), shared.exec);
  return {counts.begin(), counts.end()};
}

void refuse_conditions(const sample_arguments& arguments) {
  if (arguments.input.files.size() != 1) {
    throw std::invalid_argument("--column reads one table; give one file");
  }
  if (has_conditions(arguments.filters)) {
    throw std::invalid_argument(
        "conditions on actors and relations need a network; --column reads a table of numbers");
  }
}

/// Amounts with a name each (none for a column).
struct amounts {
  std::vector<double> values;
  std::vector<std::string> names;
  std::string quantity;
  std::string population;
  value_network network;
};

amounts column_amounts(const sample_arguments& arguments, const program& shared) {
  refuse_conditions(arguments);
  amounts found;
  found.values = read_number_column(arguments.input.files[0], arguments.column,
                                    arguments.input.options, shared.exec)
                     .values;
  found.quantity = arguments.column;
  return found;
}

amounts network_amounts(const sample_arguments& arguments, const read_result& input,
                        const program& shared) {
  const bool chinese = is_chinese(arguments.plot);
  amounts found;
  found.network = input.network;
  if (arguments.groups.by == "actor") {
    const selection selected =
        select(input.network, selection_of(arguments.filters, input.network), shared.exec);
    found.values = degrees_of(selected, arguments, arguments.degree, shared);
    for (const actor_id actor : selected.actors()) {
      found.names.emplace_back(input.network.label(actor));
    }
    found.quantity = quantity_of(arguments);
    found.population = chinese ? "主体" : "actors";
    return found;
  }
  const grouping groups = grouping_of(input.network, arguments.groups.by, arguments.groups.names);
  const flow_matrix_result flows =
      flow_matrix(input.network, groups,
                  {.selection = selection_of(arguments.filters, input.network),
                   .measure = measure_of(arguments.groups)},
                  shared.exec);
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    found.values.push_back((arguments.degree == "in" ? 0.0 : flows.given[i]) +
                           (arguments.degree == "out" ? 0.0 : flows.taken[i]));
  }
  found.names = flows.giver_groups;
  found.quantity = chinese ? (arguments.groups.measure == "weight" ? "权重" : "关系数")
                           : arguments.groups.measure;
  found.population = chinese ? "分组（" + groups.name + "）" : "groups (" + groups.name + ")";
  return found;
}

amounts amounts_of(const sample_arguments& arguments, const program& shared) {
  return arguments.column.empty()
             ? network_amounts(arguments, read_input(arguments.input, arguments.filters, shared),
                               shared)
             : column_amounts(arguments, shared);
}

void plot_degrees(const sample_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  value_counts counts;
  value_network network;
  if (!arguments.column.empty()) {
    refuse_conditions(arguments);
    counts = count_values(read_number_column(arguments.input.files[0], arguments.column,
                                             arguments.input.options, shared.exec)
                              .values,
                          shared.exec);
  } else {
    const read_result input = read_input(arguments.input, arguments.filters, shared);
    const selection selected =
        select(input.network, selection_of(arguments.filters, input.network), shared.exec);
    network = input.network;
    counts = count_values(
        std::span<const double>(degrees_of(selected, arguments, arguments.degree, shared)),
        shared.exec);
  }
  assessment_options how;
  how.fit.x_min = arguments.x_min;
  how.fit.bootstrap_replicates = arguments.replicates;
  how.fit.seed = how.intervals.seed = how.tail_index.seed = shared.seed;
  how.intervals.replicates = 0;  // no interval is drawn
  const power_law_assessment found = assess_power_law(counts, how, shared.exec);
  write_figure(
      arguments.plot,
      plot_degree_distribution(counts, found,
                               {.plot = plot_options_of(arguments.plot, &network),
                                .view = arguments.view == "ccdf"      ? distribution_view::ccdf
                                        : arguments.view == "density" ? distribution_view::density
                                                                      : distribution_view::both,
                                .quantity = quantity_of(arguments),
                                .shows_alternatives = arguments.alternatives}),
      shared);
}

void plot_sizes(const sample_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const amounts found = amounts_of(arguments, shared);
  write_figure(
      arguments.plot,
      plot_rank_size(found.values, {.plot = plot_options_of(arguments.plot, &found.network),
                                    .quantity = found.quantity,
                                    .labels = found.names,
                                    .labelled = arguments.named,
                                    .top = arguments.top}),
      shared);
}

void plot_shares(const sample_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const bool chinese = is_chinese(arguments.plot);
  std::vector<lorenz_series> series;
  amounts found;
  // Of actors and groups what they take, give, and both, unless one of these is asked for.
  const bool is_all = arguments.degree == "all";
  if (!is_all || !arguments.column.empty()) {
    found = amounts_of(arguments, shared);
    series.push_back({found.quantity, found.values});
  } else {
    const read_result input = read_input(arguments.input, arguments.filters, shared);
    for (const char* kind : {"in", "out", "total"}) {
      sample_arguments one = arguments;
      one.degree = kind;
      found = network_amounts(one, input, shared);
      const std::string label = arguments.groups.by == "actor" ? quantity_of(one)
                                : chinese                      ? (one.degree == "in"    ? "接收"
                                                                  : one.degree == "out" ? "输出"
                                                                                        : "合计")
                                                               : (one.degree == "in"    ? "taken"
                                                                  : one.degree == "out" ? "given"
                                                                                        : "both");
      series.push_back({label, found.values});
    }
  }
  write_figure(arguments.plot,
               plot_lorenz(series, {.plot = plot_options_of(arguments.plot, &found.network),
                                    .population = found.population}),
               shared);
}

void plot_paths(const sample_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  write_figure(arguments.plot,
               plot_distances(distances(selected.graph(), {.seed = shared.seed}, shared.exec),
                              {.plot = plot_options_of(arguments.plot, &input.network)}),
               shared);
}

void plot_triangles(const sample_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const std::vector<std::uint32_t> kinds = detail::arc_kinds_of(selected);
  const clustering_result found = clustering(
      selected.graph(),
      {.convention = *parse_convention(arguments.convention),
       .arc_kinds = selected.graph().is_directed() ? std::span<const std::uint32_t>(kinds)
                                                   : std::span<const std::uint32_t>()},
      shared.exec);
  const auto counts = degrees(selected.graph(), degree_kind::total, shared.exec);
  write_figure(arguments.plot,
               plot_clustering(found, {.plot = plot_options_of(arguments.plot, &input.network),
                                       .bins = arguments.bins,
                                       .degrees = counts}),
               shared);
}

using action = void (*)(const sample_arguments&, const program&);

std::pair<CLI::App*, std::shared_ptr<sample_arguments>> add_kind(CLI::App& plot, const char* name,
                                                                 const char* what, action run,
                                                                 program& shared) {
  CLI::App* kind = plot.add_subcommand(name, what);
  auto arguments = std::make_shared<sample_arguments>();
  add_input(*kind, arguments->input);
  add_filters(*kind, arguments->filters);
  add_plot_arguments(*kind, arguments->plot);
  kind->callback([arguments, run, &shared] {
    shared.action = [arguments, run, &shared] { run(*arguments, shared); };
  });
  return {kind, std::move(arguments)};
}

void add_column(CLI::App& kind, sample_arguments& arguments) {
  kind.add_option("--column", arguments.column,
                  "Instead of a network: a column of numbers of a table, by its name or number")
      ->type_name("NAME")
      ->group("Sample");
  kind.add_flag("--weighted", arguments.weighted, "Degrees as sums of weights")->group("Sample");
}

void add_degree(CLI::App& kind, sample_arguments& arguments, std::vector<std::string> words) {
  kind.add_option("--degree", arguments.degree, "Which degrees, or what of groups: in, out, total")
      ->check(CLI::IsMember(std::move(words)))
      ->capture_default_str()
      ->group("Sample");
}

void add_of_groups(CLI::App& kind, sample_arguments& arguments) {
  arguments.groups.by = "actor";
  add_groups(kind, arguments.groups);
  kind.get_option("--by")->description(std::string(grouping_names) + ", or: actor");
}

}  // namespace

void add_distribution_plots(CLI::App& plot, program& shared) {
  {
    auto [kind, arguments] = add_kind(
        plot, "degrees", "Degree distribution: density, CCDF, fitted tail, alternatives, cut-off",
        plot_degrees, shared);
    add_column(*kind, *arguments);
    add_degree(*kind, *arguments, {"in", "out", "total"});
    kind->add_option("--view", arguments->view, "density, ccdf, both")
        ->check(CLI::IsMember({"density", "ccdf", "both"}))
        ->capture_default_str()
        ->group("Sample");
    kind->add_option("--x-min", arguments->x_min, "Where the tail begins; default: found")
        ->check(CLI::PositiveNumber)
        ->type_name("VALUE")
        ->group("Sample");
    kind->add_option("--replicates", arguments->replicates, "Replicates of the p-value; 0: none")
        ->check(CLI::Range(0, 10'000'000))
        ->capture_default_str()
        ->group("Sample");
    kind->add_flag("!--no-alternatives", arguments->alternatives,
                   "Without the curves of lognormal, exponential, ...")
        ->group("Sample");
  }
  {
    auto [kind, arguments] =
        add_kind(plot, "rank-size", "Sizes by rank with the rank-size rule", plot_sizes, shared);
    add_column(*kind, *arguments);
    add_degree(*kind, *arguments, {"in", "out", "total"});
    add_of_groups(*kind, *arguments);
    kind->add_option("--named", arguments->named, "How many of the largest are named")
        ->capture_default_str()
        ->group("Sample");
    kind->add_option("--top", arguments->top, "Fit the line to so many of the largest; 0: all")
        ->capture_default_str()
        ->group("Sample");
  }
  {
    auto [kind, arguments] =
        add_kind(plot, "lorenz", "Lorenz curves with Gini coefficients", plot_shares, shared);
    add_column(*kind, *arguments);
    arguments->degree = "all";
    add_degree(*kind, *arguments, {"in", "out", "total", "all"});
    add_of_groups(*kind, *arguments);
  }
  add_kind(plot, "distances", "How far apart actors are", plot_paths, shared);
  {
    auto [kind, arguments] = add_kind(
        plot, "clustering", "Local clustering coefficients, and by degree", plot_triangles, shared);
    kind->add_option("--bins", arguments->bins, "Bins of the histogram")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str()
        ->group("Sample");
    kind->add_option("--convention", arguments->convention, "gephi, networkx, igraph")
        ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
        ->capture_default_str()
        ->group("Sample");
  }
}

}  // namespace valuenet::cli
