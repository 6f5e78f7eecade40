// valuenet relatedness: which categories go together, how diversified places are, what is near.
#include "valuenet/network/accounting.hpp"
#include "valuenet/network/relatedness.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct relatedness_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  group_arguments groups;
  std::string of = "technology";
  std::string ends = "both";
  std::string proximity = "conditional";
  std::string show = "pairs";
  double threshold = 1.0;
  std::size_t top = 20;
};

/// Places and categories that have something, with what was found of them.
struct related {
  std::vector<std::string> places;
  std::vector<std::string> categories;
  std::vector<double> amounts;
  relatedness_result found;
};

related relate(const relatedness_arguments& arguments, const relation_counts& counts,
               const program& shared) {
  related result;
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < counts.columns.size(); ++c) {
    if (counts.column_totals[c] == 0.0) continue;
    columns.push_back(c);
    result.categories.push_back(counts.columns[c]);
  }
  for (std::size_t p = 0; p < counts.rows.size(); ++p) {
    if (counts.row_totals[p] == 0.0) continue;
    result.places.push_back(counts.rows[p]);
    for (const std::size_t c : columns) result.amounts.push_back(counts(p, c));
  }
  result.found = relatedness(
      result.amounts, result.places.size(), result.categories.size(),
      {.threshold = arguments.threshold,
       .proximity = arguments.proximity == "cosine" ? proximity_measure::cosine
                                                    : proximity_measure::conditional_probability},
      shared.exec);
  return result;
}

/// Indices by falling value; equal ones as they stand; the first `top` (0: all).
template <class Value>
std::vector<std::size_t> order_by(std::size_t size, std::size_t top, Value&& value) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
  if (top != 0 && order.size() > top) order.resize(top);
  return order;
}

table pairs_table(const related& all, std::size_t top) {
  const std::size_t k = all.categories.size();
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = a + 1; b < k; ++b) {
      if (all.found.proximity_of(a, b) > 0.0) pairs.emplace_back(a, b);
    }
  }
  table text{.title = "Related categories",
             .columns = {{"category"},
                         {"and"},
                         {"proximity", alignment::right},
                         {"places", alignment::right},
                         {"and", alignment::right}}};
  const auto value = [&](std::size_t i) {
    return all.found.proximity_of(pairs[i].first, pairs[i].second);
  };
  for (const std::size_t i : order_by(pairs.size(), top, value)) {
    const auto [a, b] = pairs[i];
    text.rows.push_back({all.categories[a], all.categories[b], format_number(value(i), 4),
                         format_count(all.found.ubiquity[a]), format_count(all.found.ubiquity[b])});
  }
  return text;
}

table matrix_table(const related& all) {
  table text{.title = "Proximity of categories", .columns = {{"category"}}};
  for (const std::string& name : all.categories) text.columns.push_back({name, alignment::right});
  for (std::size_t a = 0; a < all.categories.size(); ++a) {
    std::vector<std::string> row{all.categories[a]};
    for (std::size_t b = 0; b < all.categories.size(); ++b) {
      row.push_back(format_number(all.found.proximity_of(a, b), 4));
    }
    text.rows.push_back(std::move(row));
  }
  return text;
}

table places_table(const related& all, std::size_t top) {
  table text{.title = "Diversification of places",
             .columns = {{"place"},
                         {"total", alignment::right},
                         {"diversity", alignment::right},
                         {"entropy", alignment::right},
                         {"mean ubiquity", alignment::right}}};
  const relatedness_result& found = all.found;
  const auto value = [&](std::size_t p) { return found.diversity[p]; };
  for (const std::size_t p : order_by(found.places, top, value)) {
    const auto row = all.amounts.begin() + static_cast<std::ptrdiff_t>(p * found.categories);
    const double total =
        std::accumulate(row, row + static_cast<std::ptrdiff_t>(found.categories), 0.0);
    text.rows.push_back({all.places[p], format_number(total), format_count(found.diversity[p]),
                         optional_text(found.entropy[p], ""),
                         optional_text(found.mean_ubiquity[p], "")});
  }
  return text;
}

table categories_table(const related& all, std::size_t top) {
  table text{.title = "Ubiquity of categories",
             .columns = {{"category"},
                         {"total", alignment::right},
                         {"ubiquity", alignment::right},
                         {"mean diversity", alignment::right}}};
  const relatedness_result& found = all.found;
  std::vector<double> totals(found.categories, 0.0);
  for (std::size_t i = 0; i < all.amounts.size(); ++i) {
    totals[i % found.categories] += all.amounts[i];
  }
  const auto value = [&](std::size_t c) { return found.ubiquity[c]; };
  for (const std::size_t c : order_by(found.categories, top, value)) {
    text.rows.push_back({all.categories[c], format_number(totals[c]),
                         format_count(found.ubiquity[c]),
                         optional_text(found.mean_diversity[c], "")});
  }
  return text;
}

/// What places do not have an advantage in yet, the nearest to what they have first.
table density_table(const related& all, std::size_t top) {
  table text{
      .title = "What is near to what places have, and not theirs yet",
      .columns = {
          {"place"}, {"category"}, {"density", alignment::right}, {"advantage", alignment::right}}};
  const relatedness_result& found = all.found;
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < found.density.size(); ++i) {
    if (found.density[i] && *found.density[i] > 0.0 && found.has_advantage[i] == 0) {
      cells.push_back(i);
    }
  }
  const auto value = [&](std::size_t i) { return *found.density[cells[i]]; };
  for (const std::size_t i : order_by(cells.size(), top, value)) {
    const std::size_t cell = cells[i];
    text.rows.push_back({all.places[cell / found.categories],
                         all.categories[cell % found.categories], format_number(value(i), 4),
                         optional_text(found.advantage[cell], "")});
  }
  return text;
}

json optional_list(const std::vector<std::optional<double>>& values, std::size_t begin,
                   std::size_t count) {
  json list = json::array();
  for (std::size_t i = begin; i < begin + count; ++i) list.push_back(optional_json(values[i]));
  return list;
}

json related_json(const related& all) {
  const relatedness_result& found = all.found;
  const std::size_t k = found.categories;
  json object;
  object["categories"] = json::array();
  for (std::size_t c = 0; c < k; ++c) {
    const auto row = found.proximity.begin() + static_cast<std::ptrdiff_t>(c * k);
    object["categories"].push_back(
        {{"name", all.categories[c]},
         {"ubiquity", found.ubiquity[c]},
         {"mean_diversity", optional_json(found.mean_diversity[c])},
         {"proximity", std::vector<double>(row, row + static_cast<std::ptrdiff_t>(k))}});
  }
  object["places"] = json::array();
  for (std::size_t p = 0; p < found.places; ++p) {
    object["places"].push_back({{"name", all.places[p]},
                                {"diversity", found.diversity[p]},
                                {"entropy", optional_json(found.entropy[p])},
                                {"mean_ubiquity", optional_json(found.mean_ubiquity[p])},
                                {"advantage", optional_list(found.advantage, p * k, k)},
                                {"density", optional_list(found.density, p * k, k)}});
  }
  return object;
}

void show_relatedness(const relatedness_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const value_network& network = input.network;
  const counted_end end = arguments.ends == "giver"   ? counted_end::giver
                          : arguments.ends == "taker" ? counted_end::taker
                                                      : counted_end::both;
  const grouping places = grouping_of(network, arguments.groups.by, arguments.groups.names);
  const relation_counts counts = count_relations(
      network, group_relations(network, places, end), group_relations(network, arguments.of),
      {.selection = selection_of(arguments.filters, network),
       .measure =
           arguments.groups.measure == "weight" ? count_measure::weight : count_measure::relations},
      shared.exec);
  const related all = relate(arguments, counts, shared);
  table text = arguments.show == "matrix"       ? matrix_table(all)
               : arguments.show == "places"     ? places_table(all, arguments.top)
               : arguments.show == "categories" ? categories_table(all, arguments.top)
               : arguments.show == "density"    ? density_table(all, arguments.top)
                                                : pairs_table(all, arguments.top);
  text.title += ": " + arguments.of + " by " + places.name;
  text.notes.push_back("Advantage: (x_pc / x_p.) / (x_.c / x_..) > " +
                       format_number(arguments.threshold) + ", of " + format_number(counts.total) +
                       ' ' + counts.denominator + '.');
  text.notes.push_back(
      arguments.proximity == "cosine"
          ? "Proximity: places with an advantage in both / sqrt(of one x of the other)."
          : "Proximity: places with an advantage in both / the larger number with one in either "
            "(Hidalgo et al. 2007).");
  text.notes.push_back(
      "Diversity: categories with an advantage; ubiquity: places with one; density: proximity to "
      "what the place has / to all others.");
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  json object = with_provenance(network, "relatedness");
  object["by"] = places.name;
  object["of"] = arguments.of;
  object["threshold"] = arguments.threshold;
  object["proximity"] = arguments.proximity;
  object["total"] = counts.total;
  object["denominator"] = counts.denominator;
  object.update(related_json(all));
  print_result(arguments.output, text, object);
}

}  // namespace

void add_relatedness(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "relatedness",
      "Which technologies go together in the same places, and which places have many");
  auto arguments = std::make_shared<relatedness_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  add_groups(*verb, arguments->groups);
  verb->get_option("--measure")
      ->description("relations (rows), weight")
      ->check(CLI::IsMember({"relations", "weight"}));
  verb->add_option("--count-at", arguments->ends,
                   "Where a relation counts: giver, taker, both ends")
      ->check(CLI::IsMember({"giver", "taker", "both"}))
      ->capture_default_str()
      ->group("Groups");
  const auto group = "Relatedness";
  verb->add_option("--of", arguments->of,
                   "The categories: technology, application, kind or any column of relations")
      ->capture_default_str()
      ->type_name("COLUMN")
      ->group(group);
  verb->add_option("--show", arguments->show,
                   "pairs of categories, the matrix, places, categories, or the density of what "
                   "places do not have yet; JSON has all")
      ->check(CLI::IsMember({"pairs", "matrix", "places", "categories", "density"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--proximity", arguments->proximity,
                   "conditional (the least of P(a | b) and P(b | a)), cosine")
      ->check(CLI::IsMember({"conditional", "cosine"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--threshold", arguments->threshold, "Advantage from which a category counts")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "How many lines; 0: all")
      ->capture_default_str()
      ->group(group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_relatedness(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
