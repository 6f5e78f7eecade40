// valuenet plot years, ranking.
#include "valuenet/error.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/network/slices.hpp"
#include "valuenet/report/time_plots.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "cli/index_hierarchy.hpp"
#include "cli/index_indicators.hpp"
#include "cli/plot_arguments.hpp"

namespace valuenet::cli {
namespace {

struct year_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  std::optional<int> window;
  std::string convention = "gephi";
  std::vector<std::string> statistics{
      "nodes",     "edges", "average_degree", "average_path_length", "average_clustering",
      "modularity"};
  bool table = false;
  std::string x;
  std::vector<std::string> columns;
  bool together = false;
  std::string metric = "degree";
  std::size_t most = 20;
  bool index = false;
  index_settings settings;
};

evolution_options slices_of(const year_arguments& arguments, const value_network& network,
                            const program& shared) {
  evolution_options options{.selection = selection_of(arguments.filters, network),
                            .window = arguments.window};
  options.summary.convention = *parse_convention(arguments.convention);
  options.summary.seed = shared.seed;
  // A slice has the actors with a relation in it, unless all are asked for.
  options.selection.all_actors = arguments.filters.all_actors;
  return options;
}

void refuse_conditions(const year_arguments& arguments, const char* option) {
  if (has_conditions(arguments.filters)) {
    throw std::invalid_argument(
        fmt::format("conditions on actors and relations need a network, not {}", option));
  }
}

// Curves of a table: x in the first column (or --x), a panel a column, or all in one.
void plot_table(const year_arguments& arguments, const program& shared) {
  refuse_conditions(arguments, "--table");
  if (arguments.input.files.size() != 1) {
    throw std::invalid_argument("--table reads one table of numbers; give one file");
  }
  const std::string& file = arguments.input.files[0];
  const number_table table = read_number_table(file, arguments.x, arguments.columns, shared.exec);
  struct row {
    double x;
    std::size_t at;
  };
  std::vector<row> rows;
  bool is_year = true;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const std::string& text = table.names[i];
    double x = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), x);
    // 2021年
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc() || !(rest.empty() || rest == "年") || !std::isfinite(x)) {
      throw parse_error({file, 0, 0}, fmt::format("\"{}\" in the column \"{}\" is no number; "
                                                  "expected years or other numbers to draw curves "
                                                  "over",
                                                  text.substr(0, 40), table.name_title));
    }
    is_year = is_year && std::nearbyint(x) == x && x >= 1000.0 && x < 3000.0;
    rows.push_back({x, i});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const row& a, const row& b) { return a.x < b.x; });
  std::vector<double> x;
  for (const row& each : rows) {
    if (!x.empty() && each.x == x.back()) {
      throw parse_error({file, 0, 0}, fmt::format("{} stands twice in the column \"{}\"; expected "
                                                  "one row each",
                                                  each.x, table.name_title));
    }
    x.push_back(each.x);
  }
  std::vector<curve_panel> panels;
  if (arguments.together) panels.emplace_back();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    curve one{.label = table.columns[c]};
    for (const row& each : rows) one.values.push_back(table.values[c][each.at]);
    if (!arguments.together) panels.push_back({.title = table.columns[c]});
    panels.back().curves.push_back(std::move(one));
  }
  curve_plot_options options{.plot = plot_options_of(arguments.plot), .x_is_year = is_year};
  if (!is_year) options.quantity = table.name_title;
  write_figure(arguments.plot, plot_curves(x, panels, options), shared);
}

void plot_years(const year_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  if (arguments.table) return plot_table(arguments, shared);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const evolution_result found =
      evolution(input.network, slices_of(arguments, input.network, shared), shared.exec);
  if (found.slices.empty()) {
    throw std::invalid_argument("no relation has a year; curves over years need a column of years");
  }
  write_figure(arguments.plot,
               plot_evolution(found, arguments.statistics,
                              {.plot = plot_options_of(arguments.plot, &input.network)}),
               shared);
}

struct ranked_years {
  std::vector<int> years;
  std::vector<ranked_object> objects;
  plot_options options;
};

ranked_years ranks_of_index(const year_arguments& arguments, const program& shared) {
  refuse_conditions(arguments, "--index");
  if (arguments.input.files.size() != 2) {
    throw std::invalid_argument("--index reads HIERARCHY and INDICATORS; give two files");
  }
  const index_hierarchy hierarchy =
      read_index_hierarchy(arguments.input.files[0], arguments.settings, shared.exec);
  const indicator_rows rows =
      read_indicators(arguments.input.files[1], hierarchy.criteria, shared.exec);
  const yearly_result found =
      composite_by_year(hierarchy.criteria, rows.values, rows.units, rows.years, hierarchy.scoring);
  ranked_years result{
      .years = found.years, .objects = {}, .options = plot_options_of(arguments.plot)};
  if (!result.options.title && !hierarchy.title.empty()) result.options.title = hierarchy.title;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < rows.units.size(); ++i) {
    const auto [at, is_new] = places.try_emplace(rows.units[i], result.objects.size());
    if (is_new) {
      result.objects.push_back({rows.units[i], {}});
      result.objects.back().ranks.resize(result.years.size());
    }
    const auto year = static_cast<std::size_t>(
        std::lower_bound(result.years.begin(), result.years.end(), rows.years[i]) -
        result.years.begin());
    if (found.scores.ranks[i] > 0) result.objects[at->second].ranks[year] = found.scores.ranks[i];
  }
  return result;
}

// A name and a rank a year: columns whose names end in a year, such as total_2021.
ranked_years ranks_in_table(const year_arguments& arguments, const program& shared) {
  refuse_conditions(arguments, "--table");
  if (arguments.input.files.size() != 1) {
    throw std::invalid_argument("--table reads one table of ranks; give one file");
  }
  const std::string& file = arguments.input.files[0];
  const number_table table = read_number_table(file, arguments.x, arguments.columns, shared.exec);
  std::map<int, std::size_t> columns;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const std::string& name = table.columns[c];
    int year = 0;
    if (name.size() < 4) continue;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(end - 4, end, year);
    if (parsed.ec != std::errc() || parsed.ptr != end || year < 1000) continue;
    if (!columns.try_emplace(year, c).second) {
      throw parse_error({file, 1, 0},
                        fmt::format("two columns of ranks for {}; name those meant by "
                                    "--columns",
                                    year));
    }
  }
  if (columns.empty()) {
    throw parse_error({file, 1, 0},
                      "no column whose name ends in a year; expected names in the "
                      "first column and ranks in columns such as rank_2021");
  }
  ranked_years result{.years = {}, .objects = {}, .options = plot_options_of(arguments.plot)};
  for (const auto& [year, column] : columns) result.years.push_back(year);
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    ranked_object one{.label = table.names[i]};
    for (const auto& [year, column] : columns) one.ranks.push_back(table.values[column][i]);
    result.objects.push_back(std::move(one));
  }
  return result;
}

ranked_years ranks_of_network(const year_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const rank_evolution_result found = rank_evolution(
      input.network, *parse_actor_metric(arguments.metric),
      slices_of(arguments, input.network, shared), {.k = arguments.most}, shared.exec);
  if (found.years.empty()) {
    throw std::invalid_argument("no relation has a year; a ranking over years needs them");
  }
  ranked_years result{.years = found.years,
                      .objects = {},
                      .options = plot_options_of(arguments.plot, &input.network)};
  for (const rank_history& each : found.actors) {
    ranked_object one{.label = std::string(input.network.label(each.actor))};
    for (const auto& rank : each.rank) {
      one.ranks.push_back(rank ? std::optional(static_cast<double>(*rank)) : std::nullopt);
    }
    result.objects.push_back(std::move(one));
  }
  return result;
}

void plot_ranking(const year_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const ranked_years found = arguments.index   ? ranks_of_index(arguments, shared)
                             : arguments.table ? ranks_in_table(arguments, shared)
                                               : ranks_of_network(arguments, shared);
  write_figure(arguments.plot,
               plot_rank_changes(found.years, found.objects,
                                 {.plot = found.options, .most = arguments.most}),
               shared);
}

std::shared_ptr<year_arguments> add_common(CLI::App& kind) {
  auto arguments = std::make_shared<year_arguments>();
  add_input(kind, arguments->input);
  add_filters(kind, arguments->filters);
  add_plot_arguments(kind, arguments->plot);
  kind.add_option("--window", arguments->window, "Years a slice spans; default: all up to its year")
      ->type_name("YEARS")
      ->group("Years");
  kind.add_option("--convention", arguments->convention, "gephi, networkx, igraph")
      ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
      ->capture_default_str()
      ->group("Years");
  return arguments;
}

}  // namespace

void add_time_plots(CLI::App& plot, program& shared) {
  {
    CLI::App* kind = plot.add_subcommand(
        "years", "Statistics of the network over the years; or curves of a table");
    const auto arguments = add_common(*kind);
    kind->add_option("--statistics", arguments->statistics, "Which, a panel each")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("NAME,...")
        ->default_str(
            "nodes,edges,average_degree,average_path_length,average_clustering,modularity")
        ->group("Years");
    CLI::Option* table = kind->add_flag("--table", arguments->table,
                                        "The file is a plain table: years in one column, numbers "
                                        "in others")
                             ->group("Years");
    kind->add_option("--x", arguments->x, "With --table: the column of years; default: the first")
        ->type_name("COLUMN")
        ->needs(table)
        ->group("Years");
    kind->add_option("--columns", arguments->columns,
                     "With --table: the columns of numbers; default: all")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->needs(table)
        ->group("Years");
    kind->add_flag("--together", arguments->together, "With --table: all curves in one panel")
        ->needs(table)
        ->group("Years");
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { plot_years(*arguments, shared); };
    });
  }
  {
    CLI::App* kind = plot.add_subcommand(
        "ranking", "How ranks change over the years: of actors, of an index, of a table");
    const auto arguments = add_common(*kind);
    std::vector<std::string> metrics;
    for (const actor_metric_facts& each : actor_metrics()) metrics.emplace_back(each.name);
    kind->add_option("--by", arguments->metric, "Of a network: the metric, as of rank --by")
        ->check(CLI::IsMember(metrics))
        ->capture_default_str()
        ->type_name("METRIC")
        ->group("Ranking");
    CLI::Option* index =
        kind->add_flag("--index", arguments->index,
                       "The files are HIERARCHY and INDICATORS, as of valuenet index")
            ->group("Ranking");
    CLI::Option* table = kind->add_flag("--table", arguments->table,
                                        "The file is a table: names, and ranks in columns whose "
                                        "names end in a year")
                             ->excludes(index)
                             ->group("Ranking");
    kind->add_option("--columns", arguments->columns, "With --table: the columns of ranks")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->needs(table)
        ->group("Ranking");
    kind->add_option("-k,--top", arguments->most, "How many; 0: all")
        ->capture_default_str()
        ->group("Ranking");
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { plot_ranking(*arguments, shared); };
    });
  }
}

}  // namespace valuenet::cli
