#include "cli/index_hierarchy.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/cell_table.hpp"

namespace valuenet::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_criteria = 10'000;
constexpr std::size_t most_levels = 32;
constexpr std::size_t most_siblings = 1'000;
constexpr std::size_t most_members = 10'000;

template <class Value>
std::string list_of(const std::map<std::string, Value>& words) {
  std::string list;
  for (const auto& entry : words) list += (list.empty() ? "" : ", ") + entry.first;
  return list;
}

class json_hierarchy {
 public:
  json_hierarchy(const detail::text_source& source, const index_settings& settings)
      : source_(source) {
    ordered_json root;
    try {
      root = ordered_json::parse(source.text());
    } catch (const ordered_json::parse_error& e) {
      source.fail(e.byte > 0 ? e.byte - 1 : 0, "no valid JSON: a hierarchy was expected");
    }
    if (!root.is_object()) fail("", "an object with \"criteria\" was expected");
    only(root, "",
         {"title", "source", "random_index", "method", "aggregation", "normalization", "missing",
          "standardized_over", "scale", "circles", "criteria", "judgements"});
    result_.title = text(root, "", "title");
    result_.table =
        word(root, "random_index", random_index_words(), settings.table, random_index::saaty_1980);
    result_.method = word(root, "method", priority_method_words(), settings.method,
                          priority_method::eigenvector);
    composite_options& scoring = result_.scoring.composite;
    scoring.normalization = word(root, "normalization", normalization_words(),
                                 settings.normalization, scoring.normalization);
    scoring.missing =
        word(root, "missing", missing_rule_words(), settings.missing, scoring.missing);
    result_.scoring.over = word(root, "standardized_over", standardized_over_words(), settings.over,
                                result_.scoring.over);
    if (root.contains("scale")) scoring.scale = number(root["scale"], "/scale");
    static const std::map<std::string, bool> aggregations{{"judgements", false},
                                                          {"priorities", true}};
    by_priorities_ = word(root, "aggregation", aggregations, std::optional<bool>{}, false);
    if (root.contains("circles")) read_circles(root["circles"]);
    read_level(root, "", std::nullopt, 1);
  }

  [[nodiscard]] index_hierarchy take() { return std::move(result_); }

 private:
  [[noreturn]] void fail(const std::string& at, const std::string& what) const {
    source_.fail(0, (at.empty() ? "the hierarchy" : at) + ": " + what);
  }

  void only(const ordered_json& object, const std::string& at,
            std::initializer_list<std::string_view> fields) const {
    for (const auto& entry : object.items()) {
      if (std::find(fields.begin(), fields.end(), entry.key()) == fields.end()) {
        fail(at + "/" + entry.key().substr(0, 40), "there is no such field");
      }
    }
  }

  [[nodiscard]] std::string text(const ordered_json& object, const std::string& at,
                                 const char* field) const {
    if (!object.contains(field)) return {};
    if (!object.at(field).is_string()) fail(at + "/" + field, "a text was expected");
    return object.at(field).get<std::string>();
  }

  template <class Value>
  [[nodiscard]] Value word(const ordered_json& object, const char* field,
                           const std::map<std::string, Value>& words,
                           const std::optional<Value>& instead, Value otherwise) const {
    const std::string given = text(object, "", field);
    if (!given.empty()) {
      const auto found = words.find(given);
      if (found == words.end()) {
        fail(std::string("/") + field,
             fmt::format("\"{}\" is none of {}", given.substr(0, 40), list_of(words)));
      }
      otherwise = found->second;
    }
    return instead.value_or(otherwise);
  }

  [[nodiscard]] double number(const ordered_json& value, const std::string& at) const {
    std::optional<double> parsed;
    if (value.is_number()) parsed = value.get<double>();
    if (value.is_string()) parsed = parse_fraction(value.get<std::string>());
    if (!parsed || !std::isfinite(*parsed)) {
      fail(at, "a number was expected: 3, 0.5 or \"1/3\"");
    }
    return *parsed;
  }

  void read_circles(const ordered_json& circles) {
    if (!circles.is_object()) fail("/circles", "an object of names and lists was expected");
    result_.circles.emplace();
    for (const auto& entry : circles.items()) {
      index_circle circle{entry.key(), {}};
      if (!entry.value().is_array()) fail("/circles/" + circle.name, "a list was expected");
      for (const ordered_json& member : entry.value()) {
        if (!member.is_string()) fail("/circles/" + circle.name, "a list of names was expected");
        circle.members.push_back(member.get<std::string>());
      }
      result_.circles->push_back(std::move(circle));
    }
  }

  /// The criteria of an object, and their children.
  void read_level(const ordered_json& object, const std::string& at,
                  std::optional<std::size_t> parent, std::size_t level) {
    const std::string here = at + "/criteria";
    if (!object.contains("criteria") || !object.at("criteria").is_array() ||
        object.at("criteria").empty()) {
      fail(here, "a list of criteria was expected");
    }
    if (level > most_levels) fail(here, fmt::format("over {} levels", most_levels));
    const ordered_json& children = object.at("criteria");
    if (children.size() > most_siblings) fail(here, fmt::format("over {}", most_siblings));
    const bool judged = object.contains("judgements");
    std::vector<std::size_t> places;
    for (std::size_t k = 0; k < children.size(); ++k) {
      const ordered_json& child = children[k];
      const std::string there = here + "/" + std::to_string(k);
      if (!child.is_object()) fail(there, "an object with a \"name\" was expected");
      only(child, there, {"name", "weight", "cost", "unit", "criteria", "judgements"});
      criterion one{.name = text(child, there, "name"), .parent = parent};
      if (one.name.empty()) fail(there + "/name", "a name was expected");
      if (!names_.emplace(one.name, 0).second) {
        fail(there + "/name", fmt::format("\"{}\" stands here again", one.name.substr(0, 40)));
      }
      if (names_.size() > most_criteria)
        fail(there, fmt::format("over {} criteria", most_criteria));
      if (child.contains("weight")) {
        if (judged) fail(there + "/weight", "the level has judgements: a weight makes no sense");
        one.weight = number(child["weight"], there + "/weight");
        if (!(one.weight > 0.0)) fail(there + "/weight", "a weight must be positive");
      } else if (!judged && children.size() > 1) {
        fail(there, "neither has it a \"weight\" nor its level \"judgements\"");
      }
      if (child.contains("cost")) {
        if (!child["cost"].is_boolean()) fail(there + "/cost", "true or false was expected");
        one.is_cost = child["cost"].get<bool>();
      }
      if (one.is_cost && child.contains("criteria")) {
        fail(there + "/cost", "only indicators, which have no criteria below, can be costs");
      }
      places.push_back(result_.criteria.size());
      result_.criteria.push_back(std::move(one));
      if (child.contains("criteria")) {
        read_level(child, there, places.back(), level + 1);
      } else if (child.contains("judgements")) {
        fail(there + "/judgements", "of what? It has no criteria");
      }
    }
    if (judged) weigh(object.at("judgements"), at + "/judgements", parent, places);
  }

  [[nodiscard]] judgement_matrix matrix_of(const ordered_json& rows, const std::string& at,
                                           std::size_t order) const {
    if (!rows.is_array() || rows.size() != order) {
      fail(at, fmt::format("{} rows were expected, one a criterion", order));
    }
    judgement_matrix matrix{order, std::vector<double>(order * order, 0.0)};
    for (std::size_t i = 0; i < order; ++i) {
      const std::string row = at + "/" + std::to_string(i);
      if (!rows[i].is_array() || rows[i].size() != order) {
        fail(row, fmt::format("a list of {} judgements was expected", order));
      }
      for (std::size_t j = 0; j < order; ++j) {
        const ordered_json& one = rows[i][j];
        if (i == j) matrix.values[i * order + j] = 1.0;
        if (one.is_null()) continue;
        const double value = number(one, row + "/" + std::to_string(j));
        if (!(value > 0.0)) fail(row + "/" + std::to_string(j), "a judgement must be positive");
        matrix.values[i * order + j] = value;
      }
    }
    for (std::size_t i = 0; i < order; ++i) {
      for (std::size_t j = 0; j < order; ++j) {
        double& here = matrix.values[i * order + j];
        const double across = matrix.values[j * order + i];
        if (here == 0.0 && across > 0.0) here = 1.0 / across;
      }
    }
    return matrix;
  }

  /// One matrix, or a list of members with theirs.
  void weigh(const ordered_json& judgements, const std::string& at,
             std::optional<std::size_t> parent, const std::vector<std::size_t>& places) {
    index_comparison comparison{
        parent ? result_.criteria[*parent].name : std::string{}, places, {}, {}};
    const priorities_options how{.method = result_.method, .random_index = result_.table};
    try {
      if (judgements.is_array() && !judgements.empty() && judgements.front().is_object()) {
        if (judgements.size() > most_members) fail(at, fmt::format("over {}", most_members));
        std::vector<judgement_matrix> matrices;
        std::vector<double> importance;
        for (std::size_t k = 0; k < judgements.size(); ++k) {
          const std::string there = at + "/" + std::to_string(k);
          const ordered_json& member = judgements[k];
          if (!member.is_object() || !member.contains("matrix")) {
            fail(there, "an object with a \"matrix\" was expected");
          }
          only(member, there, {"member", "importance", "matrix"});
          matrices.push_back(matrix_of(member["matrix"], there + "/matrix", places.size()));
          importance.push_back(member.contains("importance")
                                   ? number(member["importance"], there + "/importance")
                                   : 1.0);
          std::string name = text(member, there, "member");
          if (name.empty()) name = std::to_string(k + 1);
          comparison.members.push_back({name, priorities(matrices.back(), how).consistency_ratio});
        }
        comparison.found = priorities(aggregate_judgements(matrices, importance), how);
        if (by_priorities_) {
          comparison.found.weights = aggregate_priorities(matrices, importance, how);
        }
      } else {
        comparison.found = priorities(matrix_of(judgements, at, places.size()), how);
      }
    } catch (const std::invalid_argument& e) {
      fail(at, e.what());
    }
    for (std::size_t k = 0; k < places.size(); ++k) {
      result_.criteria[places[k]].weight = comparison.found.weights[k];
    }
    result_.comparisons.push_back(std::move(comparison));
  }

  const detail::text_source& source_;
  std::map<std::string, int> names_{};
  bool by_priorities_ = false;
  index_hierarchy result_{};
};

std::vector<criterion> criteria_of(const cell_table& cells) {
  const std::size_t named = cells.needed("criterion");
  const std::size_t weight = cells.needed("weight");
  const auto parent = cells.column("parent");
  const auto cost = cells.column("cost");
  std::vector<criterion> criteria;
  std::map<std::string, std::size_t> places;
  for (const std::vector<cell>& row : cells.rows) {
    criterion one{.name = row[named].text};
    const auto value = number_of(cells, row[weight]);
    if (!value || *value <= 0.0) cells.source.fail(row[weight].at, "a weight must be positive");
    one.weight = *value;
    if (parent && !row[*parent].text.empty()) {
      const auto found = places.find(row[*parent].text);
      if (found == places.end()) {
        cells.source.fail(row[*parent].at, fmt::format("no row above is the criterion \"{}\"",
                                                       row[*parent].text.substr(0, 40)));
      }
      one.parent = found->second;
    }
    if (cost && !row[*cost].text.empty()) {
      const std::string& given = row[*cost].text;
      if (given != "0" && given != "1") cells.source.fail(row[*cost].at, "cost must be 0 or 1");
      one.is_cost = given == "1";
    }
    if (!places.emplace(one.name, criteria.size()).second) {
      cells.source.fail(row[named].at, fmt::format("the criterion \"{}\" stands here again",
                                                   one.name.substr(0, 40)));
    }
    criteria.push_back(std::move(one));
  }
  return criteria;
}

}  // namespace

index_hierarchy read_index_hierarchy(const std::string& file, const index_settings& settings,
                                     const execution& exec) {
  detail::text_source source = detail::open_text(file, {}, exec);
  const std::size_t first = source.text().find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && source.text()[first] == '{') {
    return json_hierarchy(source, settings).take();
  }
  index_hierarchy result;
  result.criteria = criteria_of(cells_of(std::move(source)));
  composite_options& scoring = result.scoring.composite;
  scoring.normalization = settings.normalization.value_or(scoring.normalization);
  scoring.missing = settings.missing.value_or(scoring.missing);
  result.scoring.over = settings.over.value_or(result.scoring.over);
  return result;
}

const std::map<std::string, random_index>& random_index_words() {
  static const std::map<std::string, random_index> words = [] {
    std::map<std::string, random_index> all;
    for (const random_index table : every_random_index) all[std::string(name(table))] = table;
    return all;
  }();
  return words;
}

const std::map<std::string, priority_method>& priority_method_words() {
  static const std::map<std::string, priority_method> words{
      {"eigenvector", priority_method::eigenvector},
      {"geometric_mean", priority_method::geometric_mean}};
  return words;
}

const std::map<std::string, normalization>& normalization_words() {
  static const std::map<std::string, normalization> words{{"min_max", normalization::min_max},
                                                          {"z_score", normalization::z_score},
                                                          {"of_maximum", normalization::of_maximum},
                                                          {"of_sum", normalization::of_sum},
                                                          {"rank", normalization::rank},
                                                          {"none", normalization::none}};
  return words;
}

const std::map<std::string, missing_rule>& missing_rule_words() {
  static const std::map<std::string, missing_rule> words{{"undefined", missing_rule::undefined},
                                                         {"lowest", missing_rule::lowest},
                                                         {"mean", missing_rule::mean},
                                                         {"reweight", missing_rule::reweight}};
  return words;
}

const std::map<std::string, standardized_over>& standardized_over_words() {
  static const std::map<std::string, standardized_over> words{
      {"all_years", standardized_over::all_years}, {"each_year", standardized_over::each_year}};
  return words;
}

}  // namespace valuenet::cli
