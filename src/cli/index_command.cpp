// valuenet index: weights from judgements, scores from indicators, judgements from weights.
#include "valuenet/error.hpp"
#include "valuenet/index/ahp.hpp"
#include "valuenet/index/composite.hpp"
#include "valuenet/version.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/program.hpp"
#include "detail/cell_values.hpp"
#include "detail/delimited.hpp"
#include "detail/text_source.hpp"

namespace valuenet::cli {
namespace {

// Judgements and indicators are small tables; what has more rows or columns is no such table.
constexpr std::size_t most_rows = 1'000'000;
constexpr std::size_t most_columns = 10'000;

struct cell {
  std::string text{};
  std::size_t at = 0;
};

/// A small table: a header and rows as long as it.
struct cell_table {
  detail::text_source source{};
  std::vector<cell> header{};
  std::vector<std::vector<cell>> rows{};

  [[nodiscard]] std::optional<std::size_t> column(const std::string& name) const {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i].text == name) return i;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::size_t needed(const std::string& name) const {
    const auto found = column(name);
    if (!found) source.fail(0, fmt::format("there is no column \"{}\" in the header", name));
    return *found;
  }
};

cell_table read_cells(const std::string& file, const execution& exec) {
  cell_table table;
  table.source = detail::open_text(file, {}, exec);
  const std::string_view text = table.source.text();
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  detail::dialect how;
  if (first.find(',') == std::string_view::npos) {
    how.separator = first.find('\t') != std::string_view::npos ? '\t' : ';';
  }
  std::vector<detail::field> fields;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t record = at;
    at = detail::read_record(text, at, how, fields);
    if (fields.empty()) continue;
    if (fields.size() > most_columns || table.rows.size() >= most_rows) {
      table.source.fail(record, "too large for a table of judgements or indicators");
    }
    std::vector<cell> cells;
    bool has_text = false;
    for (const detail::field& one : fields) {
      const std::string value = detail::value_of(one);
      cells.push_back({std::string(detail::trim(value)),
                       one.text.data() != nullptr
                           ? static_cast<std::size_t>(one.text.data() - text.data())
                           : record});
      has_text = has_text || !cells.back().text.empty();
    }
    if (!has_text) continue;
    if (table.header.empty()) {
      table.header = std::move(cells);
      continue;
    }
    if (cells.size() > table.header.size()) {
      table.source.fail(record, fmt::format("a row of {} cells under a header of {}", cells.size(),
                                            table.header.size()));
    }
    cells.resize(table.header.size(), {"", record});
    table.rows.push_back(std::move(cells));
  }
  if (table.rows.empty()) table.source.fail(0, "has no rows; a header and rows were expected");
  return table;
}

/// A number, "1/3" among them; nothing for an empty cell.
std::optional<double> number_of(const cell_table& table, const cell& one) {
  if (one.text.empty()) return std::nullopt;
  const auto parse = [&](std::string_view text) {
    text = detail::trim(text);
    const auto parsed = text.empty() ? detail::parsed_number{} : detail::parse_number(text, false);
    if (text.empty() || parsed.problem != detail::number_problem::none) {
      table.source.fail(one.at, fmt::format("\"{}\" is no number; 3, 0.5 or 1/3 was expected",
                                            one.text.substr(0, 40)));
    }
    return parsed.value;
  };
  const std::size_t slash = one.text.find('/');
  if (slash == std::string::npos) return parse(one.text);
  const double below = parse(std::string_view(one.text).substr(slash + 1));
  const double value = parse(std::string_view(one.text).substr(0, slash)) / below;
  if (below == 0.0 || !std::isfinite(value)) {
    table.source.fail(one.at, fmt::format("\"{}\" is no finite number", one.text.substr(0, 40)));
  }
  return value;
}

std::string fraction(double value) {
  const double inverse = 1.0 / value;
  return value < 1.0 && std::abs(inverse - std::round(inverse)) < 1e-9
             ? fmt::format("1/{:.0f}", inverse)
             : format_number(value);
}

const std::map<std::string, random_index>& random_indices() {
  static const std::map<std::string, random_index> names = [] {
    std::map<std::string, random_index> all;
    for (const random_index table : every_random_index) all[std::string(name(table))] = table;
    return all;
  }();
  return names;
}

json object_of(const char* what) {
  return {{"valuenet", version()}, {"verb", "index"}, {"of", what}};
}

struct index_arguments {
  std::string file;
  std::string values;
  std::string random = "saaty_1980";
  priority_method method = priority_method::eigenvector;
  composite_options composite{};
  rank_sensitivity_options sensitivity{};
  double ratio = 0.0;
  std::optional<double> total;
  recover_options recover{};
  output_arguments output;
};

void weigh(const index_arguments& arguments, const program& shared) {
  const cell_table cells = read_cells(arguments.file, shared.exec);
  const std::size_t n = cells.rows.size();
  if (cells.header.size() != n + 1 || n > 1000) {
    cells.source.fail(0, fmt::format("{} rows and {} columns beside their names; a square matrix "
                                     "of judgements, up to 1000 wide, was expected",
                                     n, cells.header.size() - 1));
  }
  judgement_matrix matrix{n, std::vector<double>(n * n, 1.0)};
  for (std::size_t i = 0; i < n; ++i) {
    if (cells.rows[i][0].text != cells.header[i + 1].text) {
      cells.source.fail(
          cells.rows[i][0].at,
          fmt::format("the row \"{}\" stands where the columns have \"{}\"",
                      cells.rows[i][0].text.substr(0, 40), cells.header[i + 1].text.substr(0, 40)));
    }
    for (std::size_t j = 0; j < n; ++j) {
      const auto value = number_of(cells, cells.rows[i][j + 1]);
      if (value && *value <= 0.0) {
        cells.source.fail(cells.rows[i][j + 1].at, "a judgement must be positive");
      }
      if (i != j || value) matrix.values[i * n + j] = value.value_or(0.0);
    }
  }
  // One triangle is enough.
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double& here = matrix.values[i * n + j];
      const double across = matrix.values[j * n + i];
      if (here == 0.0 && across > 0.0) here = 1.0 / across;
    }
  }
  priorities_result found;
  try {
    found = priorities(matrix, {.method = arguments.method,
                                .random_index = random_indices().at(arguments.random)});
  } catch (const std::invalid_argument& e) {
    cells.source.fail(0, e.what());
  }
  table text{.title = "Weights", .columns = {{"criterion"}, {"weight", alignment::right}}};
  json object = object_of("judgements");
  for (std::size_t i = 0; i < n; ++i) {
    text.rows.push_back({cells.rows[i][0].text, fmt::format("{:.4f}", found.weights[i])});
    object["weights"].push_back(
        {{"criterion", cells.rows[i][0].text}, {"weight", found.weights[i]}});
  }
  text.notes.push_back(fmt::format(
      "lambda_max {:.4f}, CI {:.4f}, CR {} by the random index {}.", found.lambda_max,
      found.consistency_index,
      found.consistency_ratio ? fmt::format("{:.4f}", *found.consistency_ratio) : "undefined",
      arguments.random));
  if (found.missing_pairs > 0) {
    text.notes.push_back(
        fmt::format("{} pairs were not judged: completed by Harker's rule.", found.missing_pairs));
  }
  object["lambda_max"] = found.lambda_max;
  object["consistency_index"] = found.consistency_index;
  object["consistency_ratio"] = optional_json(found.consistency_ratio);
  object["random_index"] = arguments.random;
  object["missing_pairs"] = found.missing_pairs;
  object["worst"] = nullptr;
  if (found.worst) {
    const std::string& row = cells.rows[found.worst->row][0].text;
    const std::string& column = cells.rows[found.worst->column][0].text;
    text.notes.push_back(fmt::format("Least consistent: {} over {}, {} given, {} by the weights.",
                                     row, column, fraction(found.worst->given),
                                     format_number(found.worst->implied, 3)));
    object["worst"] = {{"row", row},
                       {"column", column},
                       {"given", found.worst->given},
                       {"implied", found.worst->implied}};
  }
  print_result(arguments.output, text, object);
}

std::vector<criterion> hierarchy_of(const cell_table& cells) {
  const std::size_t named = cells.needed("criterion");
  const std::size_t weight = cells.needed("weight");
  const auto parent = cells.column("parent");
  const auto cost = cells.column("cost");
  std::vector<criterion> hierarchy;
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
    if (!places.emplace(one.name, hierarchy.size()).second) {
      cells.source.fail(row[named].at, fmt::format("the criterion \"{}\" stands here again",
                                                   one.name.substr(0, 40)));
    }
    hierarchy.push_back(std::move(one));
  }
  return hierarchy;
}

void score(const index_arguments& arguments, const program& shared) {
  const std::vector<criterion> hierarchy = hierarchy_of(read_cells(arguments.file, shared.exec));
  const cell_table cells = read_cells(arguments.values, shared.exec);
  std::vector<std::uint8_t> is_parent(hierarchy.size(), 0);
  for (const criterion& one : hierarchy) {
    if (one.parent) is_parent[*one.parent] = 1;
  }
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < hierarchy.size(); ++c) {
    if (is_parent[c] == 0) columns.push_back(cells.needed(hierarchy[c].name));
  }
  std::vector<std::optional<double>> values;
  for (const std::vector<cell>& row : cells.rows) {
    for (const std::size_t column : columns) values.push_back(number_of(cells, row[column]));
  }
  const composite_result found = composite(hierarchy, values, arguments.composite);
  rank_sensitivity_options how = arguments.sensitivity;
  how.seed = shared.seed;
  const std::vector<rank_range> ranges =
      rank_sensitivity(hierarchy, values, arguments.composite, how, shared.exec);

  table text{
      .title = "Scores",
      .columns = {{"rank", alignment::right}, {cells.header[0].text}, {"score", alignment::right}}};
  for (const criterion& one : hierarchy) {
    if (!one.parent) text.columns.push_back({one.name, alignment::right});
  }
  text.columns.push_back({"best rank", alignment::right});
  text.columns.push_back({"worst rank", alignment::right});
  text.columns.push_back({"unchanged", alignment::right});
  json object = object_of("scores");
  for (std::size_t c = 0; c < hierarchy.size(); ++c) {
    object["weights"].push_back(
        {{"criterion", hierarchy[c].name}, {"weight", found.global_weights[c]}});
  }
  std::vector<std::size_t> order(cells.rows.size());
  for (std::size_t o = 0; o < order.size(); ++o) order[o] = o;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return found.ranks[a] - 1U < found.ranks[b] - 1U;  // rank 0, undefined, comes last
  });
  for (const std::size_t o : order) {
    const bool defined = found.totals_defined[o] != 0;
    std::vector<std::string> row{defined ? std::to_string(found.ranks[o]) : "",
                                 cells.rows[o][0].text,
                                 defined ? fmt::format("{:.2f}", found.totals[o]) : "undefined"};
    json one{{"name", cells.rows[o][0].text},
             {"rank", defined ? json(found.ranks[o]) : json(nullptr)},
             {"score", defined ? json(found.totals[o]) : json(nullptr)}};
    for (std::size_t c = 0; c < hierarchy.size(); ++c) {
      const std::size_t at = o * hierarchy.size() + c;
      const bool has = found.contributions_defined[at] != 0;
      one["contributions"][hierarchy[c].name] = has ? json(found.contributions[at]) : json(nullptr);
      if (hierarchy[c].parent) continue;
      row.push_back(has ? fmt::format("{:.2f}", found.contributions[at]) : "");
    }
    const rank_range& range = ranges[o];
    row.push_back(defined ? std::to_string(range.best) : "");
    row.push_back(defined ? std::to_string(range.worst) : "");
    row.push_back(defined ? percent(range.unchanged) : "");
    one["best_rank"] = defined ? json(range.best) : json(nullptr);
    one["worst_rank"] = defined ? json(range.worst) : json(nullptr);
    one["unchanged"] = defined ? json(range.unchanged) : json(nullptr);
    text.rows.push_back(std::move(row));
    object["scores"].push_back(std::move(one));
  }
  text.notes.push_back(
      fmt::format("Best and worst rank, and the share of draws with the rank unchanged: {} draws "
                  "in which every "
                  "weight changes by up to {:g}%, seed {}.",
                  how.replicates, 100.0 * how.spread, shared.seed));
  object["seed"] = shared.seed;
  object["draws"] = how.replicates;
  object["spread"] = how.spread;
  print_result(arguments.output, text, object);
}

void recover(const index_arguments& arguments, const program& shared) {
  const cell_table cells = read_cells(arguments.file, shared.exec);
  const std::size_t named = cells.needed("criterion");
  const std::size_t weight = cells.needed("weight");
  std::vector<double> weights;
  for (const std::vector<cell>& row : cells.rows) {
    const auto value = number_of(cells, row[weight]);
    if (!value) cells.source.fail(row[weight].at, "a weight was expected");
    weights.push_back(*value);
  }
  recover_options options = arguments.recover;
  options.random_index = random_indices().at(arguments.random);
  options.total = arguments.total;
  const recover_result found = recover_judgements(weights, arguments.ratio, options, shared.exec);
  table text{.title = "Judgements", .columns = {{"matrix", alignment::right}, {"criterion"}}};
  for (const std::vector<cell>& row : cells.rows) {
    text.columns.push_back({row[named].text, alignment::right});
  }
  text.columns.push_back({"weight", alignment::right});
  json object = object_of("recovered judgements");
  object["exhausted"] = found.exhausted;
  object["unique"] = found.unique();
  object["random_index"] = arguments.random;
  object["matrices"] = json::array();
  for (std::size_t k = 0; k < found.matrices.size(); ++k) {
    const recovered_matrix& one = found.matrices[k];
    json rows = json::array();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      std::vector<std::string> row{std::to_string(k + 1), cells.rows[i][named].text};
      json numbers = json::array();
      for (std::size_t j = 0; j < weights.size(); ++j) {
        row.push_back(fraction(one.judgements.at(i, j)));
        numbers.push_back(one.judgements.at(i, j));
      }
      row.push_back(fmt::format("{:.4f}", one.weights[i]));
      text.rows.push_back(std::move(row));
      rows.push_back(std::move(numbers));
    }
    object["matrices"].push_back({{"judgements", rows},
                                  {"weights", one.weights},
                                  {"consistency_ratio", one.consistency_ratio},
                                  {"largest_difference", one.largest_difference},
                                  {"alike_judged_alike", one.alike_judged_alike}});
  }
  text.notes.push_back(
      found.matrices.empty()
          ? (found.exhausted ? "No matrix on Saaty's scale gives these weights and this ratio."
                             : "None was found before the search was cut short.")
      : found.unique()  ? "The only matrix on Saaty's scale that fits."
      : found.exhausted ? fmt::format("{} matrices fit.", found.matrices.size())
                        : fmt::format("At least {} matrices fit; the search was cut short.",
                                      found.matrices.size()));
  text.notes.push_back("Random index: " + arguments.random + ".");
  print_result(arguments.output, text, object);
}

}  // namespace

void add_index(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "index", "A competitiveness index: weights from judgements, scores, and the way back");
  verb->require_subcommand(1);
  const auto add = [&](const char* name, const char* about, auto action) {
    auto arguments = std::make_shared<index_arguments>();
    CLI::App* part = verb->add_subcommand(name, about);
    add_output(*part, arguments->output);
    part->callback([arguments, action, &shared] {
      shared.action = [arguments, action, &shared] { action(*arguments, shared); };
    });
    return std::pair{part, arguments};
  };
  const auto add_random_index = [](CLI::App* part, index_arguments& arguments) {
    part->add_option("--random-index", arguments.random, "The table that CR is taken by")
        ->check(CLI::IsMember(random_indices()))
        ->capture_default_str();
  };

  const auto [judged, of_judged] = add("weights", "Weights of a matrix of judgements", weigh);
  judged->add_option("FILE", of_judged->file, "A square table: names, and judgements as 3 or 1/3")
      ->required();
  add_random_index(judged, *of_judged);
  judged->add_option("--method", of_judged->method, "eigenvector or geometric_mean")
      ->transform(CLI::CheckedTransformer(std::map<std::string, priority_method>{
          {"eigenvector", priority_method::eigenvector},
          {"geometric_mean", priority_method::geometric_mean}}));

  const auto [scored, of_scored] = add("scores", "Scores and ranks from indicators", score);
  scored->add_option("WEIGHTS", of_scored->file, "Columns: criterion, weight; parent, cost")
      ->required();
  scored->add_option("VALUES", of_scored->values, "A row an object, its name first")->required();
  scored
      ->add_option("--normalization", of_scored->composite.normalization,
                   "min_max, z_score, of_maximum, of_sum, rank")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, normalization>{{"min_max", normalization::min_max},
                                               {"z_score", normalization::z_score},
                                               {"of_maximum", normalization::of_maximum},
                                               {"of_sum", normalization::of_sum},
                                               {"rank", normalization::rank}}));
  scored->add_option("--missing", of_scored->composite.missing, "undefined, lowest, mean, reweight")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, missing_rule>{{"undefined", missing_rule::undefined},
                                              {"lowest", missing_rule::lowest},
                                              {"mean", missing_rule::mean},
                                              {"reweight", missing_rule::reweight}}));
  scored->add_option("--spread", of_scored->sensitivity.spread, "How far weights are changed")
      ->check(CLI::Range(0.0, 0.99))
      ->capture_default_str();
  scored->add_option("--draws", of_scored->sensitivity.replicates, "Sets of changed weights")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();

  const auto [back, of_back] = add("recover", "The judgements behind published weights", recover);
  back->add_option("FILE", of_back->file, "Columns: criterion, weight")->required();
  back->add_option("--ratio", of_back->ratio, "The published consistency ratio")
      ->required()
      ->check(CLI::Range(0.0, 10.0));
  back->add_option("--total", of_back->total, "What the weights sum to; else their sum");
  add_random_index(back, *of_back);
  back->add_option("--most", of_back->recover.maximum_matrices, "Matrices to stop after")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

}  // namespace valuenet::cli
