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

#include "cli/cell_table.hpp"
#include "cli/index_hierarchy.hpp"
#include "cli/index_scores.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

std::string fraction(double value) {
  const double inverse = 1.0 / value;
  return value < 1.0 && std::abs(inverse - std::round(inverse)) < 1e-9
             ? fmt::format("1/{:.0f}", inverse)
             : format_number(value);
}

json object_of(const char* what) {
  return {{"valuenet", version()}, {"verb", "index"}, {"of", what}};
}

struct index_arguments {
  std::string file;
  std::string random = "saaty_1980";
  priority_method method = priority_method::eigenvector;
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
                                .random_index = random_index_words().at(arguments.random)});
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
  // Without a table named, every one is tried: which of them the print implies is part of the
  // answer.
  std::vector<random_index> tables(std::begin(every_random_index), std::end(every_random_index));
  if (!arguments.random.empty()) tables = {random_index_words().at(arguments.random)};
  recover_options options = arguments.recover;
  options.total = arguments.total;
  options.maximum_steps /= tables.size();
  table text{.title = "Judgements",
             .columns = {{"random index"}, {"matrix", alignment::right}, {"criterion"}}};
  for (const std::vector<cell>& row : cells.rows) {
    text.columns.push_back({row[named].text, alignment::right});
  }
  text.columns.push_back({"weight", alignment::right});
  json object = object_of("recovered judgements");
  object["exhausted"] = true;
  object["unique"] = false;
  object["implied_random_index"] = nullptr;
  object["tables"] = json::array();
  object["matrices"] = json::array();
  std::vector<judgement_matrix> distinct;
  std::vector<std::string> allowing;
  for (const random_index by : tables) {
    options.random_index = by;
    const std::string by_name(name(by));
    const recover_result found = recover_judgements(weights, arguments.ratio, options, shared.exec);
    if (!found.exhausted) object["exhausted"] = false;
    if (!found.matrices.empty()) allowing.push_back(by_name);
    object["tables"].push_back({{"random_index", by_name},
                                {"matrices", found.matrices.size()},
                                {"exhausted", found.exhausted}});
    for (std::size_t k = 0; k < found.matrices.size(); ++k) {
      const recovered_matrix& one = found.matrices[k];
      if (std::find(distinct.begin(), distinct.end(), one.judgements) == distinct.end()) {
        distinct.push_back(one.judgements);
      }
      json rows = json::array();
      for (std::size_t i = 0; i < weights.size(); ++i) {
        std::vector<std::string> row{by_name, std::to_string(k + 1), cells.rows[i][named].text};
        json numbers = json::array();
        for (std::size_t j = 0; j < weights.size(); ++j) {
          row.push_back(fraction(one.judgements.at(i, j)));
          numbers.push_back(one.judgements.at(i, j));
        }
        row.push_back(fmt::format("{:.4f}", one.weights[i]));
        text.rows.push_back(std::move(row));
        rows.push_back(std::move(numbers));
      }
      object["matrices"].push_back({{"random_index", by_name},
                                    {"judgements", rows},
                                    {"weights", one.weights},
                                    {"consistency_ratio", one.consistency_ratio},
                                    {"largest_difference", one.largest_difference},
                                    {"alike_judged_alike", one.alike_judged_alike}});
    }
    text.notes.push_back(fmt::format(
        "{}: {}", by_name,
        found.matrices.empty()
            ? (found.exhausted ? "no matrix on Saaty's scale gives these weights and this ratio."
                               : "none was found before the search was cut short.")
        : found.unique()  ? "one matrix on Saaty's scale fits, no other."
        : found.exhausted ? fmt::format("{} matrices fit.", found.matrices.size())
                          : fmt::format("at least {} matrices fit; the search was cut short.",
                                        found.matrices.size())));
  }
  const bool exhausted = object["exhausted"].get<bool>();
  object["unique"] = exhausted && distinct.size() == 1;
  if (exhausted && tables.size() > 1 && allowing.size() == 1) {
    object["implied_random_index"] = allowing[0];
    text.notes.push_back("So the ratio was taken by " + allowing[0] +
                         ", if by any of these tables.");
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_index(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "index",
      "A competitiveness index: weights from judgements, scores and ranks, and the way back");
  verb->require_subcommand(0, 1);
  add_index_scores(*verb, shared);
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
    return part->add_option("--random-index", arguments.random, "The table that CR is taken by")
        ->check(CLI::IsMember(random_index_words()));
  };

  const auto [judged, of_judged] = add("weights", "Weights of a matrix of judgements", weigh);
  judged->add_option("FILE", of_judged->file, "A square table: names, and judgements as 3 or 1/3")
      ->required();
  add_random_index(judged, *of_judged)->capture_default_str();
  judged->add_option("--method", of_judged->method, "eigenvector or geometric_mean")
      ->transform(CLI::CheckedTransformer(priority_method_words()))
      ->option_text("eigenvector|geometric_mean");

  const auto [back, of_back] = add("recover", "The judgements behind published weights", recover);
  back->add_option("FILE", of_back->file, "Columns: criterion, weight")->required();
  back->add_option("--ratio", of_back->ratio, "The published consistency ratio")
      ->required()
      ->check(CLI::Range(0.0, 10.0));
  back->add_option("--total", of_back->total, "What the weights sum to; else their sum");
  of_back->random.clear();
  add_random_index(back, *of_back)
      ->description("The table that CR was taken by; else all are tried");
  back->add_option("--most", of_back->recover.maximum_matrices, "Matrices to stop after")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

}  // namespace valuenet::cli
