// valuenet concentration: how unequally relations are spread over places, groups or actors, and how
// that changes.
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/flows.hpp"
#include "valuenet/network/polarisation.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct concentration_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  group_arguments groups;
  std::string ends = "both";
  std::string within;
  std::string quotients;
  bool lorenz = false;
  bool years = false;
  bool cumulative = false;
  int window = 1;
  std::vector<std::string> core;
};

counted_end end_of(const concentration_arguments& arguments) {
  return arguments.ends == "giver"   ? counted_end::giver
         : arguments.ends == "taker" ? counted_end::taker
                                     : counted_end::both;
}

/// Every actor a group of its own.
grouping each_actor(const value_network& network) {
  grouping groups{.name = "actor", .labels = {}, .group = {}};
  for (actor_id a = 0; a < network.actor_count(); ++a) {
    groups.labels.emplace_back(network.id(a));
    groups.group.push_back(a);
  }
  return groups;
}

grouping groups_of(const concentration_arguments& arguments, const value_network& network) {
  return arguments.groups.by == "actor"
             ? each_actor(network)
             : grouping_of(network, arguments.groups.by, arguments.groups.names);
}

/// What is spread: the relations of each group (or actor) at the ends asked for.
struct spread {
  std::string what;
  std::vector<double> amounts;
  /// For each amount, an actor that it belongs to: for the groups within which it lies.
  std::vector<std::vector<actor_id>> members;
};

spread spread_over_groups(const concentration_arguments& arguments, const value_network& network,
                          const program& shared) {
  const grouping groups = groups_of(arguments, network);
  const flow_matrix_result flows =
      flow_matrix(network, groups,
                  {.selection = selection_of(arguments.filters, network),
                   .measure = measure_of(arguments.groups)},
                  shared.exec);
  spread result{
      .what = arguments.groups.measure + " over " + groups.name, .amounts = {}, .members = {}};
  for (std::size_t i = 0; i < flows.giver_groups.size(); ++i) {
    const double given = arguments.ends == "taker" ? 0.0 : flows.given[i];
    const double taken = arguments.ends == "giver" ? 0.0 : flows.taken[i];
    result.amounts.push_back(given + taken);
  }
  result.members.resize(groups.labels.size());
  for (actor_id a = 0; a < network.actor_count(); ++a) {
    if (groups.group[a] != no_group) result.members[groups.group[a]].push_back(a);
  }
  return result;
}

spread spread_over_actors(const concentration_arguments& arguments, const value_network& network,
                          const program& shared) {
  const selection selected = select(network, selection_of(arguments.filters, network), shared.exec);
  const degree_kind kind = arguments.ends == "giver"   ? degree_kind::out
                           : arguments.ends == "taker" ? degree_kind::in
                                                       : degree_kind::total;
  spread result;
  for (const actor_id actor : selected.actors()) result.members.push_back({actor});
  if (arguments.groups.measure == "weight") {
    result.what = "weight over actors";
    result.amounts = weighted_degrees(selected.graph(), kind, shared.exec);
  } else {
    const std::vector<std::uint64_t> counts = degrees(selected.graph(), kind, shared.exec);
    result.what = "edges over actors";
    result.amounts.assign(counts.begin(), counts.end());
  }
  return result;
}

spread spread_of(const concentration_arguments& arguments, const value_network& network,
                 const program& shared) {
  return arguments.groups.by == "actor" ? spread_over_actors(arguments, network, shared)
                                        : spread_over_groups(arguments, network, shared);
}

/// The wider group of each amount: that of most of its actors, the first of equally many. What has
/// none is a group of its own.
std::vector<std::uint32_t> wider_groups(const spread& x, const grouping& wider) {
  std::vector<std::uint32_t> groups;
  const auto unknown = static_cast<std::uint32_t>(wider.labels.size());
  for (const std::vector<actor_id>& members : x.members) {
    std::map<std::uint32_t, std::size_t> votes;
    for (const actor_id a : members) {
      if (wider.group[a] != no_group) ++votes[wider.group[a]];
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    groups.push_back(most == votes.end() ? unknown : most->first);
  }
  return groups;
}

void add_notice(const value_network& network, table& text) {
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
}

class measure_list {
 public:
  measure_list(table& text, json& object) : text_(text), object_(object) {
    object_["measures"] = json::object();
  }
  void add(const std::string& name, const std::optional<double>& value,
           const std::string& formula) {
    text_.rows.push_back({name, optional_text(value), formula});
    object_["measures"][name] = {{"value", optional_json(value)}, {"formula", formula}};
  }

 private:
  table& text_;
  json& object_;
};

void add_spread(measure_list& list, const std::vector<double>& x) {
  list.add("top_10_percent_share", top_share(x, 0.1), "share of the largest ceil(n / 10)");
  list.add("top_1_percent_share", top_share(x, 0.01), "share of the largest ceil(n / 100)");
  list.add("top_0.1_percent_share", top_share(x, 0.001), "share of the largest ceil(n / 1000)");
  list.add("top_1_share", concentration_ratio(x, 1), "share of the largest");
  list.add("top_5_share", concentration_ratio(x, 5), "share of the 5 largest");
  list.add("gini", gini(x), "sum (2 i - n - 1) x_(i) / (n sum x), x ascending");
  const auto hhi = herfindahl(x);
  const auto part = [&](double herfindahl_result::*member) {
    return hhi ? std::optional((*hhi).*member) : std::nullopt;
  };
  list.add("herfindahl", part(&herfindahl_result::index), "sum s^2 of the shares s");
  list.add("herfindahl_normalized", hhi ? hhi->normalized : std::nullopt, "(H - 1/n) / (1 - 1/n)");
  list.add("effective_number", part(&herfindahl_result::effective_number), "1 / H");
  list.add("theil", theil(x), "(1/n) sum (x/mu) ln(x/mu)");
  list.add("entropy", entropy(x), "-sum s ln s");
  const auto rank = rank_size(x);
  const auto slope = [&](double rank_size_result::*member) {
    return rank ? std::optional((*rank).*member) : std::nullopt;
  };
  list.add("rank_size_exponent", slope(&rank_size_result::exponent),
           "ln(rank - 1/2) = c - zeta ln(size), size > 0");
  list.add("rank_size_standard_error", slope(&rank_size_result::standard_error),
           "zeta sqrt(2 / n)");
}

void add_theil(measure_list& list, const concentration_arguments& arguments, const spread& x,
               const value_network& network, json& object) {
  const grouping wider = grouping_of(network, arguments.within, arguments.groups.names);
  const auto parts = decompose_theil(x.amounts, wider_groups(x, wider));
  const auto part = [&](double theil_decomposition::*member) {
    return parts ? std::optional((*parts).*member) : std::nullopt;
  };
  list.add("theil_between", part(&theil_decomposition::between),
           "sum_g s_g ln(mu_g / mu) over " + arguments.within);
  list.add("theil_within", part(&theil_decomposition::within),
           "sum_g s_g T_g over " + arguments.within);
  object["theil_groups"] = json::array();
  if (!parts) return;
  for (std::size_t g = 0; g < parts->groups.size(); ++g) {
    const theil_group& group = parts->groups[g];
    if (group.members == 0) continue;
    const std::string name = g < wider.labels.size() ? wider.labels[g] : std::string("none");
    list.add("theil: " + name, group.within,
             "T_g; share " + percent(group.share) + " of the total, " +
                 format_count(group.members) + (group.members == 1 ? " member" : " members"));
    object["theil_groups"].push_back({{"name", name},
                                      {"members", group.members},
                                      {"share", group.share},
                                      {"within", optional_json(group.within)}});
  }
}

void add_ei(measure_list& list, const concentration_arguments& arguments,
            const value_network& network, const program& shared, json& object) {
  const selection selected = select(network, selection_of(arguments.filters, network), shared.exec);
  const grouping groups = groups_of(arguments, network);
  std::vector<std::uint32_t> group;
  for (const actor_id actor : selected.actors()) group.push_back(groups.group[actor]);
  const ei_result ei = ei_index(selected.graph(), group, {.seed = shared.seed}, shared.exec);
  list.add("ei_index", ei.index, "(E - I) / (E + I) of the edges between and within groups");
  list.add("ei_index_expected", ei.expected, "its mean if groups were dealt out at random");
  list.add("ei_index_p_value", ei.p_value, "(1 + 1,000 dealings as far from the mean) / 1,001");
  object["seed"] = shared.seed;
}

void show_measures(const concentration_arguments& arguments, const value_network& network,
                   const program& shared) {
  const spread x = spread_of(arguments, network, shared);
  table text{.title = "Concentration of " + x.what + ", counted at: " + arguments.ends,
             .columns = {{"measure"}, {"value", alignment::right}, {"formula"}}};
  json object = with_provenance(network, "concentration");
  object["what"] = x.what;
  object["ends"] = arguments.ends;
  object["population"] = x.amounts.size();
  measure_list list(text, object);
  add_spread(list, x.amounts);
  if (!arguments.within.empty()) add_theil(list, arguments, x, network, object);
  if (arguments.groups.by != "actor") add_ei(list, arguments, network, shared, object);
  text.notes.push_back("Population: " + format_count(x.amounts.size()) + ".");
  add_notice(network, text);
  print_result(arguments.output, text, object);
}

void show_lorenz(const concentration_arguments& arguments, const value_network& network,
                 const program& shared) {
  const spread x = spread_of(arguments, network, shared);
  table text{
      .title = "Lorenz curve of " + x.what + ", counted at: " + arguments.ends,
      .columns = {{"population_share", alignment::right}, {"value_share", alignment::right}}};
  json object = with_provenance(network, "concentration");
  object["what"] = x.what;
  object["ends"] = arguments.ends;
  object["lorenz_curve"] = json::array();
  for (const lorenz_point& point : lorenz_curve(x.amounts)) {
    text.rows.push_back({format_number(point.population), format_number(point.value)});
    object["lorenz_curve"].push_back({point.population, point.value});
  }
  text.notes.push_back("The poorest share of the " + format_count(x.amounts.size()) +
                       " holds that share of the total; Gini " + optional_text(gini(x.amounts)) +
                       '.');
  add_notice(network, text);
  print_result(arguments.output, text, object);
}

void show_quotients(const concentration_arguments& arguments, const value_network& network,
                    const program& shared) {
  const grouping groups = groups_of(arguments, network);
  const bool is_weight = arguments.groups.measure == "weight";
  const relation_counts counts =
      count_relations(network, group_relations(network, groups, end_of(arguments)),
                      group_relations(network, arguments.quotients),
                      {.selection = selection_of(arguments.filters, network),
                       .measure = is_weight ? count_measure::weight : count_measure::relations},
                      shared.exec);
  const auto quotients =
      location_quotients(counts.cells, counts.rows.size(), counts.columns.size());
  table text{.title = "Location quotients of " + arguments.quotients + " by " + groups.name,
             .columns = {{groups.name}}};
  for (const std::string& column : counts.columns) {
    text.columns.push_back({column, alignment::right});
  }
  json object = with_provenance(network, "concentration");
  object["by"] = groups.name;
  object["categories"] = counts.columns;
  object["total"] = counts.total;
  object["denominator"] = counts.denominator;
  object["location_quotients"] = json::array();
  for (std::size_t i = 0; i < counts.rows.size(); ++i) {
    if (counts.row_totals[i] == 0.0) continue;
    std::vector<std::string> row{counts.rows[i]};
    json cells = json::array();
    for (std::size_t j = 0; j < counts.columns.size(); ++j) {
      const auto& quotient = quotients[i * counts.columns.size() + j];
      row.push_back(quotient ? format_number(*quotient, 4) : std::string());
      cells.push_back(optional_json(quotient));
    }
    text.rows.push_back(std::move(row));
    object["location_quotients"].push_back(
        {{"name", counts.rows[i]}, {"count", counts.row_totals[i]}, {"values", std::move(cells)}});
  }
  text.notes.push_back(
      "LQ = (x_ij / x_i.) / (x_.j / x_..): above 1 the row holds more of the column than the whole "
      "does; of " +
      format_number(counts.total) + " " + counts.denominator + '.');
  add_notice(network, text);
  print_result(arguments.output, text, object);
}

json trend_json(const std::optional<trend_result>& trend) {
  if (!trend) return nullptr;
  return {{"slope", trend->slope},
          {"slope_lower", trend->slope_interval.lower},
          {"slope_upper", trend->slope_interval.upper},
          {"tau", trend->tau},
          {"p_value", trend->p_value},
          {"exact", trend->is_exact},
          {"points", trend->points}};
}

void show_years(const concentration_arguments& arguments, const value_network& network,
                const program& shared) {
  const bool of_actors = arguments.groups.by == "actor";
  const polarisation_result found = polarisation(
      network, groups_of(arguments, network),
      {.selection = selection_of(arguments.filters, network),
       .measure =
           arguments.groups.measure == "weight" ? count_measure::weight : count_measure::relations,
       .end = end_of(arguments),
       .window = arguments.cumulative ? std::nullopt : std::optional(arguments.window),
       .population = of_actors ? polarisation_population::active : polarisation_population::ever,
       .core = arguments.core},
      shared.exec);
  table text{.title = "Polarisation over " + arguments.groups.by +
                      ", year by year, counted at: " + arguments.ends,
             .columns = {{"statistic"}}};
  json object = with_provenance(network, "concentration");
  object["by"] = arguments.groups.by;
  object["ends"] = arguments.ends;
  object["window"] = arguments.cumulative ? json(nullptr) : json(arguments.window);
  object["core"] = found.core;
  object["years"] = found.years;
  object["series"] = json::object();
  for (const int year : found.years)
    text.columns.push_back({std::to_string(year), alignment::right});
  text.columns.push_back({"slope a year", alignment::right});
  text.columns.push_back({"p", alignment::right});
  text.columns.push_back({"formula"});
  for (const polarisation_series& each : found.series) {
    std::vector<std::string> row{each.name};
    json values = json::array();
    for (const auto& value : each.values) {
      row.push_back(value ? format_number(*value, 4) : std::string());
      values.push_back(optional_json(value));
    }
    row.push_back(each.trend ? format_number(each.trend->slope, 3) : std::string());
    row.push_back(each.trend ? format_number(each.trend->p_value, 3) : std::string());
    row.push_back(each.definition);
    text.rows.push_back(std::move(row));
    object["series"][each.name] = {{"values", std::move(values)},
                                   {"formula", each.definition},
                                   {"trend", trend_json(each.trend)}};
  }
  if (of_actors) {
    text.notes.push_back(
        "Core: " + format_count(found.core.size()) + " actors" +
        (arguments.core.empty() ? ", the fewest that hold half of all years' total." : "."));
  } else {
    std::string core;
    for (const std::string& name : found.core) core += (core.empty() ? "" : ", ") + name;
    text.notes.push_back(
        "Core: " + core +
        (arguments.core.empty() ? "; the fewest that hold half of all years' total." : "."));
  }
  text.notes.push_back(
      "Slope: Theil and Sen's, the median of all pairs of years. p: Mann and Kendall's two-sided "
      "test" +
      std::string(arguments.cumulative || arguments.window > 1
                      ? "; slices overlap, which makes p too small."
                      : "."));
  add_notice(network, text);
  print_result(arguments.output, text, object);
}

void show_concentration(const concentration_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  if (arguments.lorenz) return show_lorenz(arguments, input.network, shared);
  if (arguments.groups.measure == "edges" && (arguments.years || !arguments.quotients.empty())) {
    throw std::invalid_argument(
        "--measure edges does not go with --years or --quotients, which count rows or weight");
  }
  if (!arguments.quotients.empty()) return show_quotients(arguments, input.network, shared);
  if (arguments.years) return show_years(arguments, input.network, shared);
  show_measures(arguments, input.network, shared);
}

}  // namespace

void add_concentration(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "concentration", "How unequally relations are spread over places, groups or actors");
  auto arguments = std::make_shared<concentration_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  add_groups(*verb, arguments->groups);
  verb->get_option("--by")->description(std::string(grouping_names) + ", or: actor");
  verb->add_option("--count-at", arguments->ends,
                   "Where a relation counts: giver, taker, both ends")
      ->check(CLI::IsMember({"giver", "taker", "both"}))
      ->capture_default_str()
      ->group("Groups");
  const auto group = "Concentration";
  verb->add_option("--theil-by", arguments->within,
                   "Split Theil's T into what lies between and within wider groups: province, for "
                   "cities or actors")
      ->type_name("COLUMN")
      ->group(group);
  auto* lorenz =
      verb->add_flag("--lorenz", arguments->lorenz, "The Lorenz curve instead")->group(group);
  auto* quotients =
      verb->add_option("--quotients", arguments->quotients,
                       "Instead: location quotients against a column of relations, such as "
                       "technology")
          ->type_name("COLUMN")
          ->excludes(lorenz)
          ->group(group);
  auto* years = verb->add_flag("--years", arguments->years,
                               "Instead: year by year, with the core's part and trends")
                    ->excludes(lorenz)
                    ->excludes(quotients)
                    ->group(group);
  verb->add_option(
          "--core", arguments->core,
          "With --years: the groups that are the core (default: the fewest that hold half)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->needs(years)
      ->group(group);
  verb->add_option("--window", arguments->window, "With --years: years of a slice")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->needs(years)
      ->group(group);
  verb->add_flag("--cumulative", arguments->cumulative, "With --years: all years up to each")
      ->needs(years)
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_concentration(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
