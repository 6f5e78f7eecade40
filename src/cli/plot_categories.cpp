// valuenet plot bars, stacked-bars, radar, published.
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/published.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/report/category_plots.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "cli/groups.hpp"
#include "cli/index_hierarchy.hpp"
#include "cli/index_indicators.hpp"
#include "cli/plot_arguments.hpp"
#include "cli/published_file.hpp"

namespace valuenet::cli {
namespace {

// --- bars, stacked-bars ------------------------------------------------------------------------

struct bar_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  group_arguments groups;
  std::string split;
  std::string ends = "both";
  bool actors = false;
  bool table = false;
  std::string names;
  std::vector<std::string> columns;
  std::size_t most = 0;
  bool shares = false;
  bool vertical = false;
  std::string labels = "both";
  bool stacked = false;
};

counted_end end_of(const std::string& word) {
  return word == "giver"   ? counted_end::giver
         : word == "taker" ? counted_end::taker
                           : counted_end::both;
}

bool is_relation_column(const std::string& name) {
  for (const char* each : {"kind", "dimension", "year", "technology", "application", "relation"}) {
    if (name == each) return true;
  }
  return false;
}

// A column of the relations, or groups of the actors at their ends.
relation_grouping relations_by(const value_network& network, const std::string& name,
                               const bar_arguments& arguments, counted_end end) {
  if (is_relation_column(name)) return group_relations(network, name);
  return group_relations(network, grouping_of(network, name, arguments.groups.names), end);
}

relation_counts count(const bar_arguments& arguments, const value_network& network,
                      const program& shared) {
  const count_options options{.selection = selection_of(arguments.filters, network),
                              .measure = arguments.groups.measure == "weight"
                                             ? count_measure::weight
                                             : count_measure::relations};
  if (arguments.actors) {
    const grouping rows = grouping_of(network, arguments.groups.by, arguments.groups.names);
    if (arguments.split.empty()) return count_actors(network, rows, options, shared.exec);
    return count_actors(network, rows,
                        grouping_of(network, arguments.split, arguments.groups.names), options,
                        shared.exec);
  }
  const relation_grouping rows =
      relations_by(network, arguments.groups.by, arguments, end_of(arguments.ends));
  if (arguments.split.empty()) return count_relations(network, rows, options, shared.exec);
  return count_relations(network, rows,
                         relations_by(network, arguments.split, arguments, counted_end::giver),
                         options, shared.exec);
}

void plot_table_bars(const bar_arguments& arguments, bar_plot_options options,
                     const program& shared) {
  if (arguments.input.files.size() != 1) {
    throw std::invalid_argument("--table reads one table of numbers; give one file");
  }
  if (has_conditions(arguments.filters)) {
    throw std::invalid_argument("conditions on actors and relations need a network, not --table");
  }
  const number_table table =
      read_number_table(arguments.input.files[0], arguments.names, arguments.columns, shared.exec);
  std::vector<bar_series> series;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    series.push_back({table.columns[c], table.values[c]});
  }
  if (series.size() == 1) options.quantity = series[0].label;
  write_figure(arguments.plot, plot_bars(table.names, series, options), shared);
}

void plot_counts(const bar_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  bar_plot_options options{
      .plot = plot_options_of(arguments.plot),
      .arrangement = arguments.shares    ? bar_arrangement::shares
                     : arguments.stacked ? bar_arrangement::stacked
                                         : bar_arrangement::beside,
      .direction = arguments.vertical ? bar_direction::vertical : bar_direction::horizontal,
      .labels = arguments.labels == "none"     ? bar_labels::none
                : arguments.labels == "values" ? bar_labels::values
                : arguments.labels == "shares" ? bar_labels::shares
                                               : bar_labels::both,
      .most = arguments.most};
  if (arguments.table) return plot_table_bars(arguments, options, shared);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const relation_counts found = count(arguments, input.network, shared);
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < found.rows.size(); ++i) {
    if (found.row_totals[i] != 0.0) rows.push_back(i);
  }
  // In the order of years, else the largest first.
  if (arguments.groups.by != "year") {
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      return found.row_totals[a] > found.row_totals[b];
    });
  }
  std::vector<std::string> categories;
  for (const std::size_t i : rows) categories.push_back(found.rows[i]);
  std::vector<bar_series> series;
  for (std::size_t j = 0; j < found.columns.size(); ++j) {
    bar_series one{.label = found.columns.size() == 1 && arguments.split.empty()
                                ? std::string()
                                : found.columns[j]};
    for (const std::size_t i : rows) one.values.emplace_back(found(i, j));
    series.push_back(std::move(one));
  }
  options.plot = plot_options_of(arguments.plot, &input.network);
  const bool chinese = is_chinese(arguments.plot);
  const std::string what = arguments.actors ? (chinese ? "主体数" : "actors")
                           : arguments.groups.measure == "weight"
                               ? (chinese ? "权重" : "weight")
                               : (chinese ? "关系数" : "relations");
  options.quantity = what;
  if (!options.plot.title) {
    std::string title = chinese ? what + "：" : what + " by ";
    if (!chinese) title[0] = static_cast<char>(title[0] - 'a' + 'A');
    title += found.row_name;
    if (!arguments.split.empty()) title += (chinese ? " × " : " and ") + found.column_name;
    options.plot.title = std::move(title);
  }
  write_figure(arguments.plot, plot_bars(categories, series, options), shared);
}

void add_bars(CLI::App& plot, const char* name, const char* what, bool stacked, program& shared) {
  CLI::App* kind = plot.add_subcommand(name, what);
  auto arguments = std::make_shared<bar_arguments>();
  arguments->stacked = stacked;
  add_input(*kind, arguments->input);
  add_filters(*kind, arguments->filters);
  add_plot_arguments(*kind, arguments->plot);
  add_groups(*kind, arguments->groups);
  kind->get_option("--by")->description(
      std::string(grouping_names) +
      ", or a column of relations: kind, dimension, year, technology, application, relation");
  const auto group = "Bars";
  CLI::Option* split = kind->add_option("--split", arguments->split,
                                        "Bars by a second grouping (of givers), as of --by")
                           ->type_name("COLUMN")
                           ->group(group);
  kind->add_option("--count-at", arguments->ends,
                   "Where a relation counts: giver, taker, both ends")
      ->check(CLI::IsMember({"giver", "taker", "both"}))
      ->capture_default_str()
      ->group(group);
  kind->add_flag("--actors", arguments->actors, "Count actors, not relations")->group(group);
  CLI::Option* table =
      kind->add_flag("--table", arguments->table,
                     "The file is a plain table: names in one column, numbers in others")
          ->excludes(split)
          ->group(group);
  kind->add_option("--names", arguments->names, "With --table: the column of names; default: first")
      ->type_name("COLUMN")
      ->needs(table)
      ->group(group);
  kind->add_option("--columns", arguments->columns,
                   "With --table: the columns of numbers; default: all")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->needs(table)
      ->group(group);
  kind->add_option("-k,--top", arguments->most, "The largest so many, the rest as one; 0: all")
      ->capture_default_str()
      ->group(group);
  kind->add_flag("--vertical", arguments->vertical, "Bars upwards: for years and short names")
      ->group(group);
  kind->add_option("--labels", arguments->labels, "At bars: values, shares, both, none")
      ->check(CLI::IsMember({"values", "shares", "both", "none"}))
      ->capture_default_str()
      ->group(group);
  if (stacked) {
    kind->add_flag("--shares", arguments->shares, "Every category to 100%")->group(group);
  }
  kind->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { plot_counts(*arguments, shared); };
  });
}

// --- radar -------------------------------------------------------------------------------------

struct radar_arguments {
  std::vector<std::string> files;
  plot_arguments plot;
  index_settings settings;
  std::vector<std::string> objects;
  std::optional<int> year;
  std::size_t most = 5;
  std::vector<std::string> columns;
};

struct radar_data {
  std::vector<std::string> axes;
  std::vector<radar_series> series;
  std::optional<double> maximum;
  std::string title;
};

// Of an index: what each object reaches of the first level's criteria, each on the index's scale.
radar_data radar_of_index(const radar_arguments& arguments, const program& shared) {
  const index_hierarchy hierarchy =
      read_index_hierarchy(arguments.files[0], arguments.settings, shared.exec);
  const indicator_rows rows = read_indicators(arguments.files[1], hierarchy.criteria, shared.exec);
  const yearly_result found =
      composite_by_year(hierarchy.criteria, rows.values, rows.units, rows.years, hierarchy.scoring);
  const int year = arguments.year.value_or(found.years.empty() ? 0 : found.years.back());
  if (std::find(found.years.begin(), found.years.end(), year) == found.years.end()) {
    throw std::invalid_argument(
        fmt::format("--year {}: {} has no such year", year, arguments.files[1]));
  }
  radar_data data;
  std::vector<std::size_t> first_level;
  for (std::size_t c = 0; c < hierarchy.criteria.size(); ++c) {
    if (hierarchy.criteria[c].parent) continue;
    first_level.push_back(c);
    data.axes.push_back(hierarchy.criteria[c].name);
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < rows.units.size(); ++i) {
    if (rows.years[i] == year) order.push_back(i);
  }
  const composite_result& scores = found.scores;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return scores.totals_defined[a] != scores.totals_defined[b]
               ? scores.totals_defined[a] > scores.totals_defined[b]
               : scores.totals[a] > scores.totals[b];
  });
  for (const std::size_t i : order) {
    radar_series one{.label = rows.units[i]};
    for (const std::size_t c : first_level) {
      const std::size_t cell = i * hierarchy.criteria.size() + c;
      one.values.push_back(
          scores.contributions_defined[cell] != 0
              ? std::optional(scores.contributions[cell] / scores.global_weights[c])
              : std::nullopt);
    }
    data.series.push_back(std::move(one));
  }
  if (hierarchy.scoring.composite.normalization == normalization::min_max) {
    data.maximum = hierarchy.scoring.composite.scale;
  }
  data.title = hierarchy.title;
  if (rows.has_years) data.title += (data.title.empty() ? "" : ", ") + std::to_string(year);
  return data;
}

radar_data radar_of_table(const radar_arguments& arguments, const program& shared) {
  const number_table table =
      read_number_table(arguments.files[0], "", arguments.columns, shared.exec);
  radar_data data{.axes = table.columns, .series = {}, .maximum = {}, .title = {}};
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    radar_series one{.label = table.names[i]};
    for (const auto& column : table.values) one.values.push_back(column[i]);
    data.series.push_back(std::move(one));
  }
  return data;
}

void plot_objects(const radar_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  radar_data data = arguments.files.size() == 2 ? radar_of_index(arguments, shared)
                                                : radar_of_table(arguments, shared);
  if (arguments.objects.empty()) {
    if (data.series.size() > arguments.most) data.series.resize(arguments.most);
  } else {
    std::vector<radar_series> chosen;
    for (const std::string& name : arguments.objects) {
      const auto at = std::find_if(data.series.begin(), data.series.end(),
                                   [&](const radar_series& each) { return each.label == name; });
      if (at == data.series.end()) {
        throw std::invalid_argument(
            fmt::format("--objects: there is no '{}' in {}", name, arguments.files.back()));
      }
      chosen.push_back(*at);
    }
    data.series = std::move(chosen);
  }
  plot_options options = plot_options_of(arguments.plot);
  if (!options.title && !data.title.empty()) options.title = data.title;
  write_figure(arguments.plot,
               plot_radar(data.axes, data.series, {.plot = options, .maximum = data.maximum}),
               shared);
}

// --- published ---------------------------------------------------------------------------------

struct published_arguments {
  input_arguments input;
  filter_arguments filters;
  plot_arguments plot;
  std::string published;
  std::string convention = "gephi";
};

void plot_comparison(const published_arguments& arguments, const program& shared) {
  check_figure_file(arguments.plot);
  const std::vector<published_value> published = read_published(arguments.published);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const summary_result summary = summarize(
      selected, {.convention = *parse_convention(arguments.convention), .seed = shared.seed},
      shared.exec);
  std::vector<compared_value> values;
  for (const published_value& each : published) {
    const statistic* found = summary.find(each.name);
    if (found == nullptr) {
      throw std::invalid_argument("--published: there is no statistic '" + each.name +
                                  "'; valuenet summary --json names them");
    }
    values.push_back(
        {is_chinese(arguments.plot) ? found->label_zh : found->label, each.printed, found->value});
  }
  write_figure(arguments.plot,
               plot_published(values, {.plot = plot_options_of(arguments.plot, &input.network)}),
               shared);
}

}  // namespace

void add_category_plots(CLI::App& plot, program& shared) {
  add_bars(plot, "bars", "Relations or actors by place, type, kind, year; or a table of numbers",
           false, shared);
  add_bars(plot, "stacked-bars", "The same with --split on top of each other, with shares", true,
           shared);
  {
    CLI::App* kind = plot.add_subcommand(
        "radar", "Objects of an index over its criteria: HIERARCHY INDICATORS, or a table");
    auto arguments = std::make_shared<radar_arguments>();
    kind->add_option("files", arguments->files,
                     "HIERARCHY and INDICATORS as of valuenet index; or a table with a name and "
                     "numbers a row")
        ->required()
        ->expected(1, 2)
        ->type_name("FILE");
    add_plot_arguments(*kind, arguments->plot);
    const auto group = "Radar";
    kind->add_option("--objects", arguments->objects, "Which objects; default: the first ones")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(group);
    kind->add_option("-k,--top", arguments->most, "How many objects without --objects")
        ->check(CLI::Range(1, 12))
        ->capture_default_str()
        ->group(group);
    kind->add_option("--year", arguments->year, "Of an index over years; default: the last")
        ->group(group);
    kind->add_option("--columns", arguments->columns, "Of a table: the axes; default: all")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->group(group);
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { plot_objects(*arguments, shared); };
    });
  }
  {
    CLI::App* kind = plot.add_subcommand(
        "published", "Published statistics beside those computed from the network");
    auto arguments = std::make_shared<published_arguments>();
    add_input(*kind, arguments->input);
    add_filters(*kind, arguments->filters);
    add_plot_arguments(*kind, arguments->plot);
    kind->add_option("--published", arguments->published,
                     "NAME=VALUE[,NAME=VALUE...] or a CSV file with columns statistic,value")
        ->required()
        ->type_name("VALUES");
    kind->add_option("--convention", arguments->convention, "gephi, networkx, igraph")
        ->check(CLI::IsMember({"gephi", "networkx", "igraph"}))
        ->capture_default_str();
    kind->callback([arguments, &shared] {
      shared.action = [arguments, &shared] { plot_comparison(*arguments, shared); };
    });
  }
}

}  // namespace valuenet::cli
