#include "cli/index_scores.hpp"

#include "valuenet/error.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/version.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "cli/index_hierarchy.hpp"
#include "cli/index_indicators.hpp"
#include "cli/output.hpp"

namespace valuenet::cli {
namespace {

struct score_arguments {
  std::string hierarchy;
  std::string indicators;
  /// COLUMN=VALUE[,VALUE]: which rows of the indicators.
  std::vector<std::string> where;
  index_settings settings{};
  rank_sensitivity_options sensitivity{};
  bool no_circles = false;
  output_arguments output{};
};

/// Circles of the file; else those of the source reports whose provinces are all among the units,
/// written with their rank or without.
std::vector<index_circle> circles_of(const index_hierarchy& hierarchy, const indicator_rows& rows) {
  if (hierarchy.circles) return *hierarchy.circles;
  const std::set<std::string> units(rows.units.begin(), rows.units.end());
  std::vector<index_circle> known;
  for (const circle& each : default_circles()) {
    index_circle found{each.name, {}};
    for (const std::string& province : each.provinces) {
      const auto unit = units.lower_bound(province);
      if (unit != units.end() && unit->starts_with(province)) found.members.push_back(*unit);
    }
    if (found.members.size() == each.provinces.size()) known.push_back(std::move(found));
  }
  return known;
}

std::string signed_places(int change) {
  return change == 0 ? "=" : fmt::format("{:+}", change);
}

std::string fraction(double value) {
  return value < 1.0 ? "1/" + format_number(1.0 / value, 3) : format_number(value, 3);
}

/// One line and one object a comparison.
void add_comparisons(const index_hierarchy& hierarchy, table& weights, json& object) {
  object["comparisons"] = json::array();
  for (const index_comparison& one : hierarchy.comparisons) {
    const std::string of = one.of.empty() ? "first level" : one.of;
    const priorities_result& found = one.found;
    std::string line = fmt::format(
        "{}: lambda_max {:.4f}, CI {:.4f}, CR {}", of, found.lambda_max, found.consistency_index,
        found.consistency_ratio ? fmt::format("{:.4f}", *found.consistency_ratio) : "undefined");
    json about{{"of", one.of},
               {"lambda_max", found.lambda_max},
               {"consistency_index", found.consistency_index},
               {"consistency_ratio", optional_json(found.consistency_ratio)},
               {"missing_pairs", found.missing_pairs},
               {"worst", nullptr}};
    if (found.consistency_ratio && *found.consistency_ratio > 0.1) line += " (over 0.1)";
    if (found.missing_pairs > 0) {
      line += fmt::format("; {} pairs not judged, completed by Harker's rule", found.missing_pairs);
    }
    if (found.worst) {
      const std::string& row = hierarchy.criteria[one.criteria[found.worst->row]].name;
      const std::string& column = hierarchy.criteria[one.criteria[found.worst->column]].name;
      line += fmt::format("; least consistent: {} over {}, {} given, {} by the weights", row,
                          column, fraction(found.worst->given), fraction(found.worst->implied));
      about["worst"] = {{"row", row},
                        {"column", column},
                        {"given", found.worst->given},
                        {"implied", found.worst->implied}};
    }
    weights.notes.push_back(line + ".");
    if (!one.members.empty()) {
      std::string list;
      about["members"] = json::array();
      for (const index_comparison::member& member : one.members) {
        list +=
            fmt::format("{}{} {}", list.empty() ? "" : ", ", member.name,
                        member.consistency_ratio ? fmt::format("{:.4f}", *member.consistency_ratio)
                                                 : "undefined");
        about["members"].push_back(
            {{"member", member.name},
             {"consistency_ratio", optional_json(member.consistency_ratio)}});
      }
      weights.notes.push_back("  CR of its members: " + list + ".");
    }
    object["comparisons"].push_back(std::move(about));
  }
}

template <class Value>
std::string word_of(const std::map<std::string, Value>& words, Value value) {
  for (const auto& [word, each] : words) {
    if (each == value) return word;
  }
  return {};
}

void score(const score_arguments& arguments, const program& shared) {
  const index_hierarchy hierarchy =
      read_index_hierarchy(arguments.hierarchy, arguments.settings, shared.exec);
  const std::vector<criterion>& criteria = hierarchy.criteria;
  const indicator_rows rows =
      read_indicators(arguments.indicators, criteria, shared.exec, arguments.where);
  const yearly_result found =
      composite_by_year(criteria, rows.values, rows.units, rows.years, hierarchy.scoring);
  rank_sensitivity_options how = arguments.sensitivity;
  how.seed = shared.seed;
  const std::vector<rank_range> ranges = rank_sensitivity_by_year(
      criteria, rows.values, rows.units, rows.years, hierarchy.scoring, how, shared.exec);
  const composite_result& scores = found.scores;
  const bool changes = found.years.size() > 1;
  const std::string over = word_of(standardized_over_words(), hierarchy.scoring.over);
  const std::string standard =
      word_of(normalization_words(), hierarchy.scoring.composite.normalization);
  const std::string missing = word_of(missing_rule_words(), hierarchy.scoring.composite.missing);

  table main{.title = hierarchy.title.empty() ? "Scores" : hierarchy.title};
  table circles{
      .title = "Circles, as sums of their members", .columns = {}, .rows = {}, .notes = {}};
  if (rows.has_years) {
    main.columns.push_back({"year", alignment::right});
    circles.columns.push_back({"year", alignment::right});
  }
  main.columns.push_back({"rank", alignment::right});
  if (changes) main.columns.push_back({"change", alignment::right});
  main.columns.push_back({rows.unit_title, alignment::left});
  main.columns.push_back({"score", alignment::right});
  circles.columns.push_back({"circle", alignment::left});
  circles.columns.push_back({"score", alignment::right});
  std::vector<std::size_t> first_level;
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    if (criteria[c].parent) continue;
    first_level.push_back(c);
    main.columns.push_back({criteria[c].name, alignment::right});
    circles.columns.push_back({criteria[c].name, alignment::right});
  }
  for (const char* title : {"best rank", "worst rank", "unchanged"}) {
    main.columns.push_back({title, alignment::right});
  }

  json object{{"valuenet", version()}, {"verb", "index"}, {"of", "scores"}};
  if (!hierarchy.title.empty()) object["title"] = hierarchy.title;
  object["normalization"] = standard;
  object["standardized_over"] = over;
  object["missing"] = missing;
  object["scale"] = hierarchy.scoring.composite.scale;
  table weights{.title = "Weights",
                .columns = {{"criterion"},
                            {"among siblings", alignment::right},
                            {"in all", alignment::right}},
                .rows = {},
                .notes = {}};
  object["weights"] = json::array();
  for (std::size_t c = 0; c < criteria.size(); ++c) {
    std::size_t depth = 0;
    double above = 1.0;
    for (std::optional<std::size_t> at = criteria[c].parent; at; at = criteria[*at].parent) {
      if (depth++ == 0) above = scores.global_weights[*at];
    }
    const double local = scores.global_weights[c] / above;
    weights.rows.push_back(
        {std::string(2 * depth, ' ') + criteria[c].name + (criteria[c].is_cost ? " (cost)" : ""),
         fmt::format("{:.4f}", local), fmt::format("{:.4f}", scores.global_weights[c])});
    object["weights"].push_back(
        {{"criterion", criteria[c].name},
         {"parent", criteria[c].parent ? json(criteria[*criteria[c].parent].name) : json(nullptr)},
         {"local", local},
         {"weight", scores.global_weights[c]}});
  }
  if (!hierarchy.comparisons.empty()) {
    weights.notes.push_back(fmt::format("By {}; random index {}.",
                                        word_of(priority_method_words(), hierarchy.method),
                                        name(hierarchy.table)));
    object["method"] = word_of(priority_method_words(), hierarchy.method);
    object["random_index"] = name(hierarchy.table);
  }
  add_comparisons(hierarchy, weights, object);

  std::vector<index_circle> together;
  if (!arguments.no_circles) together = circles_of(hierarchy, rows);
  object["scores"] = json::array();
  if (!together.empty()) object["circles"] = json::array();
  for (const int year : found.years) {
    std::vector<std::size_t> order;
    for (std::size_t o = 0; o < rows.units.size(); ++o) {
      if (rows.years[o] == year) order.push_back(o);
    }
    std::vector<object_group> groups;
    for (const index_circle& circle : together) {
      object_group group{circle.name, {}};
      for (const std::string& member : circle.members) {
        const auto at = std::find_if(order.begin(), order.end(),
                                     [&](std::size_t o) { return rows.units[o] == member; });
        if (at == order.end()) {
          throw parse_error(
              {arguments.indicators, 0, 0},
              fmt::format("the circle {} has the member \"{}\", which is no row{}", circle.name,
                          member, rows.has_years ? fmt::format(" of {}", year) : ""));
        }
        group.members.push_back(*at);
      }
      groups.push_back(std::move(group));
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return scores.ranks[a] - 1U < scores.ranks[b] - 1U;  // rank 0, undefined, comes last
    });
    const auto cell_of = [&](bool defined, double value) {
      return defined ? fmt::format("{:.2f}", value) : std::string{};
    };
    for (const std::size_t o : order) {
      const bool defined = scores.totals_defined[o] != 0;
      std::vector<std::string> line;
      json one;
      if (rows.has_years) {
        line.push_back(std::to_string(year));
        one["year"] = year;
      }
      line.push_back(defined ? std::to_string(scores.ranks[o]) : "");
      one["name"] = rows.units[o];
      one["rank"] = defined ? json(scores.ranks[o]) : json(nullptr);
      if (changes) {
        const std::optional<int> change = found.rank_changes[o];
        line.push_back(change ? signed_places(*change) : "");
        one["rank_change"] = change ? json(*change) : json(nullptr);
      }
      line.push_back(rows.units[o]);
      line.push_back(defined ? cell_of(true, scores.totals[o]) : "undefined");
      one["score"] = defined ? json(scores.totals[o]) : json(nullptr);
      for (std::size_t c = 0; c < criteria.size(); ++c) {
        const std::size_t at = o * criteria.size() + c;
        const bool has = scores.contributions_defined[at] != 0;
        one["contributions"][criteria[c].name] =
            has ? json(scores.contributions[at]) : json(nullptr);
        if (!criteria[c].parent) line.push_back(cell_of(has, scores.contributions[at]));
      }
      const rank_range& range = ranges[o];
      line.push_back(defined ? std::to_string(range.best) : "");
      line.push_back(defined ? std::to_string(range.worst) : "");
      line.push_back(defined ? percent(range.unchanged) : "");
      one["best_rank"] = defined ? json(range.best) : json(nullptr);
      one["worst_rank"] = defined ? json(range.worst) : json(nullptr);
      one["unchanged"] = defined ? json(range.unchanged) : json(nullptr);
      main.rows.push_back(std::move(line));
      object["scores"].push_back(std::move(one));
    }
    if (groups.empty()) continue;
    const auto totals = group_totals(scores.totals, groups, scores.totals_defined);
    std::vector<std::vector<std::optional<double>>> parts;
    for (const std::size_t c : first_level) {
      std::vector<double> values;
      std::vector<std::uint8_t> defined;
      for (std::size_t o = 0; o < rows.units.size(); ++o) {
        values.push_back(scores.contributions[o * criteria.size() + c]);
        defined.push_back(scores.contributions_defined[o * criteria.size() + c]);
      }
      parts.push_back(group_totals(values, groups, defined));
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::vector<std::string> line;
      json one;
      if (rows.has_years) {
        line.push_back(std::to_string(year));
        one["year"] = year;
      }
      line.push_back(groups[g].name);
      one["circle"] = groups[g].name;
      one["members"] = together[g].members;
      line.push_back(totals[g] ? cell_of(true, *totals[g]) : "undefined");
      one["score"] = optional_json(totals[g]);
      for (std::size_t p = 0; p < parts.size(); ++p) {
        line.push_back(cell_of(parts[p][g].has_value(), parts[p][g].value_or(0.0)));
        one["contributions"][criteria[first_level[p]].name] = optional_json(parts[p][g]);
      }
      circles.rows.push_back(std::move(line));
      object["circles"].push_back(std::move(one));
    }
  }
  main.notes.push_back(fmt::format("Standardised by {}{}; missing values: {}.", standard,
                                   !changes ? ""
                                   : over == "each_year"
                                       ? " within each year"
                                       : " over all years, so that years can be compared",
                                   missing));
  if (changes) {
    main.notes.push_back("Change: places up (+) or down (-) since the year before; =: none.");
  }
  main.notes.push_back(
      fmt::format("Best and worst rank, and the share of draws with the rank unchanged: {} draws "
                  "in which every "
                  "weight changes by up to {:g}%, seed {}.",
                  how.replicates, 100.0 * how.spread, shared.seed));
  object["seed"] = shared.seed;
  object["draws"] = how.replicates;
  object["spread"] = how.spread;
  std::vector<table> tables{std::move(main)};
  if (!together.empty()) tables.push_back(std::move(circles));
  tables.push_back(std::move(weights));
  print_results(arguments.output, tables, object);
}

}  // namespace

void add_index_scores(CLI::App& verb, program& shared) {
  auto arguments = std::make_shared<score_arguments>();
  verb.add_option(
      "HIERARCHY", arguments->hierarchy,
      "JSON: criteria with weights or judgements; or a table: criterion, weight, parent, "
      "cost");
  verb.add_option("INDICATORS", arguments->indicators,
                  "A row an object (and year), its name first; a column an indicator");
  const auto choice = [&](const char* option, auto& to, const auto& words, const char* about) {
    std::string list;
    for (const auto& entry : words) list += (list.empty() ? "" : "|") + entry.first;
    verb.add_option(option, to, about)
        ->transform(CLI::CheckedTransformer(words))
        ->option_text(list);
  };
  choice("--random-index", arguments->settings.table, random_index_words(),
         "The table that CR is taken by");
  choice("--method", arguments->settings.method, priority_method_words(), "Weights of judgements");
  choice("--normalization", arguments->settings.normalization, normalization_words(),
         "How indicators are standardised");
  choice("--missing", arguments->settings.missing, missing_rule_words(),
         "What a missing value counts");
  choice("--standardized-over", arguments->settings.over, standardized_over_words(),
         "Standardise among all years, or within each");
  verb.add_option(
          "--where", arguments->where,
          "COLUMN=VALUE[,VALUE]: only these rows of the indicators, standardised and ranked "
          "among themselves")
      ->type_name("COND")
      ->allow_extra_args(false);
  verb.add_flag("--no-circles", arguments->no_circles, "No sums of circles");
  verb.add_option("--spread", arguments->sensitivity.spread, "How far weights are changed")
      ->check(CLI::Range(0.0, 0.99))
      ->capture_default_str();
  verb.add_option("--draws", arguments->sensitivity.replicates, "Sets of changed weights")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  add_output(verb, arguments->output);
  verb.callback([arguments, &verb, &shared] {
    if (!verb.get_subcommands().empty()) return;
    if (arguments->hierarchy.empty() || arguments->indicators.empty()) {
      throw CLI::RequiredError("HIERARCHY and INDICATORS, or weights or recover,");
    }
    shared.action = [arguments, &shared] { score(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
