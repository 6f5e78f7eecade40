// valuenet fit: is it a power law?
#include "valuenet/metrics/degree.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"

#include <memory>

#include <fmt/format.h>

#include "cli/number_column.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct fit_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string degree = "total";
  std::string column;
  bool discrete = false;
  bool continuous = false;
  std::optional<double> x_min;
  std::uint64_t replicates = 1000;
  std::uint64_t intervals = 200;
};

struct fit_sample {
  value_network network;  // empty for a column
  value_counts counts;
  std::string name;
  std::uint64_t empty_cells = 0;
};

fit_sample read_sample(const fit_arguments& arguments, const program& shared) {
  fit_sample sample;
  const std::vector<std::string>& files = arguments.input.files;
  const bool is_list = arguments.column.empty() && files.size() == 1 && files[0] != "-" &&
                       is_number_list(files[0], arguments.input.options, shared.exec);
  if (!arguments.column.empty() || is_list) {
    if (files.size() != 1) {
      throw std::invalid_argument("--column reads one table; give one file");
    }
    const number_column column =
        read_number_column(files[0], arguments.column, arguments.input.options, shared.exec);
    sample.counts = count_values(column.values, shared.exec);
    sample.name = arguments.column.empty() ? files[0] : "column " + arguments.column;
    sample.empty_cells = column.empty;
    return sample;
  }
  const read_result input = read_input(arguments.input, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const degree_kind kind = arguments.degree == "in"    ? degree_kind::in
                           : arguments.degree == "out" ? degree_kind::out
                                                       : degree_kind::total;
  sample.network = selected.network();
  sample.counts = count_values(
      std::span<const std::uint64_t>(degrees(selected.graph(), kind, shared.exec)), shared.exec);
  sample.name = arguments.degree + " degrees";
  return sample;
}

json interval_json(const interval& range) {
  return {{"lower", range.lower}, {"upper", range.upper}};
}

json words(const std::vector<sentence>& sentences, bool chinese) {
  json list = json::array();
  for (const sentence& each : sentences) list.push_back(chinese ? each.text_zh : each.text);
  return list;
}

json fit_json(const power_law_assessment& found) {
  if (!found.fit.fit) return nullptr;
  const power_law_fit& fit = *found.fit.fit;
  json object{{"alpha", fit.alpha},
              {"alpha_standard_error", fit.alpha_standard_error},
              {"x_min", fit.x_min},
              {"tail_size", fit.tail_size},
              {"tail_share", fit.tail_share},
              {"ks_distance", fit.ks_distance},
              {"log_likelihood", fit.log_likelihood},
              {"p_value", nullptr}};
  if (fit.goodness) {
    object["p_value"] = fit.goodness->p_value;
    object["p_value_standard_error"] = fit.goodness->standard_error;
    object["replicates"] = fit.goodness->replicates;
  }
  object["kind"] = found.fit.kind == sample_kind::discrete ? "discrete" : "continuous";
  if (found.intervals) {
    object["intervals"] = {{"alpha", interval_json(found.intervals->alpha)},
                           {"x_min", interval_json(found.intervals->x_min)},
                           {"tail_size", interval_json(found.intervals->tail_size)},
                           {"replicates", found.intervals->replicates}};
  }
  return object;
}

json alternative_json(const alternative_fit& fit) {
  json object{{"log_likelihood_ratio", fit.log_likelihood_ratio},
              {"vuong", optional_json(fit.vuong)},
              {"p_value", optional_json(fit.p_value)},
              {"indistinguishable", fit.indistinguishable},
              {"collapsed", fit.collapsed},
              {"log_likelihood", fit.log_likelihood},
              {"aic_weight", optional_json(fit.aic_weight)},
              {"bic_weight", optional_json(fit.bic_weight)},
              {"converged", fit.converged}};
  object["parameters"] = json::object();
  for (const distribution_parameter& parameter : fit.parameters) {
    object["parameters"][std::string(parameter.name)] = {
        {"value", parameter.value}, {"standard_error", optional_json(parameter.standard_error)}};
  }
  return object;
}

json to_json(const fit_sample& sample, const power_law_assessment& found, const program& shared) {
  json object = with_provenance(sample.network, "fit");
  object["sample"] = {{"name", sample.name},
                      {"values", found.fit.sample.given},
                      {"kept", found.fit.sample.kept},
                      {"zero", found.fit.sample.zero},
                      {"negative", found.fit.sample.negative},
                      {"distinct", found.fit.sample.distinct},
                      {"empty_cells", sample.empty_cells}};
  object["seed"] = shared.seed;
  object["fit"] = fit_json(found);
  object["alternatives"] = json::object();
  if (found.alternatives) {
    for (const alternative_fit& each : found.alternatives->alternatives) {
      object["alternatives"][std::string(to_string(each.kind))] = alternative_json(each);
    }
  }
  object["tail_index"] = json::object();
  for (const tail_index_estimate& each : found.tail_index.estimates) {
    json one{{"index", optional_json(each.index)}, {"alpha", optional_json(each.alpha)}};
    if (each.index) {
      one["lowest"] = each.lowest;
      one["highest"] = each.highest;
      one["order_statistics"] = each.order_statistics;
    }
    object["tail_index"][std::string(to_string(each.estimator))] = std::move(one);
  }
  const power_law_verdict& verdict = found.verdict;
  object["verdict"] = {
      {"class", verdict.scale_free ? json(to_string(*verdict.scale_free)) : json(nullptr)},
      {"tail",
       found.tail_index.verdict ? json(to_string(*found.tail_index.verdict)) : json(nullptr)},
      {"headline", verdict.headline.text},
      {"headline_zh", verdict.headline.text_zh},
      {"reasons", words(verdict.reasons, false)},
      {"reasons_zh", words(verdict.reasons, true)},
      {"undecided", words(verdict.undecided, false)},
      {"undecided_zh", words(verdict.undecided, true)}};
  return object;
}

table to_table(const fit_sample& sample, const power_law_assessment& found) {
  table text{
      .title = "Power law of " + sample.name,
      .columns = {{"quantity"}, {"value", alignment::right}, {"error or p", alignment::right}}};
  const auto row = [&](const std::string& name, const std::string& value,
                       const std::string& error = {}) {
    text.rows.push_back({name, value, error});
  };
  row("values", format_count(found.fit.sample.given));
  row("positive values", format_count(found.fit.sample.kept));
  if (found.fit.fit) {
    const power_law_fit& fit = *found.fit.fit;
    row("alpha", format_number(fit.alpha), format_number(fit.alpha_standard_error, 3));
    row("x_min", format_number(fit.x_min));
    row("tail size", format_count(fit.tail_size), percent(fit.tail_share));
    row("KS distance", format_number(fit.ks_distance));
    row("log-likelihood", format_number(fit.log_likelihood, 9));
    if (fit.goodness) {
      row("p-value", format_number(fit.goodness->p_value, 4),
          format_number(fit.goodness->standard_error, 2));
    }
  }
  if (found.alternatives) {
    for (const alternative_fit& each : found.alternatives->alternatives) {
      row("R against " + std::string(to_string(each.kind)),
          each.collapsed ? "collapsed" : format_number(each.log_likelihood_ratio, 5),
          each.p_value ? fmt::format("p = {:.4f}", *each.p_value) : std::string());
    }
  }
  for (const tail_index_estimate& each : found.tail_index.estimates) {
    row("tail index, " + std::string(to_string(each.estimator)),
        optional_text(each.index, "undefined"),
        each.index ? fmt::format("{:.3f} to {:.3f}", each.lowest, each.highest) : std::string());
  }
  text.notes.push_back(found.verdict.headline.text);
  for (const sentence& each : found.verdict.reasons) text.notes.push_back("- " + each.text);
  for (const sentence& each : found.verdict.undecided) text.notes.push_back("? " + each.text);
  if (!sample.network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + sample.network.surrogate_notice());
  }
  return text;
}

void fit(const fit_arguments& arguments, const program& shared) {
  const fit_sample sample = read_sample(arguments, shared);
  assessment_options options;
  if (arguments.discrete) options.fit.kind = sample_kind::discrete;
  if (arguments.continuous) options.fit.kind = sample_kind::continuous;
  options.fit.x_min = arguments.x_min;
  options.fit.bootstrap_replicates = arguments.replicates;
  options.fit.seed = options.intervals.seed = options.tail_index.seed = shared.seed;
  options.intervals.replicates = arguments.intervals;
  const power_law_assessment found = assess_power_law(sample.counts, options, shared.exec);
  print_result(arguments.output, to_table(sample, found), to_json(sample, found, shared));
}

}  // namespace

void add_fit(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "fit", "Is it a power law? Degrees of a network, or any column of numbers");
  auto arguments = std::make_shared<fit_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Power law";
  verb->add_option("--degree", arguments->degree, "Which degrees of a network: in, out, total")
      ->check(CLI::IsMember({"in", "out", "total"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--column", arguments->column, "A column of numbers, by its name")
      ->type_name("NAME")
      ->group(group);
  CLI::Option* discrete =
      verb->add_flag("--discrete", arguments->discrete, "Fit whole numbers (default for such)")
          ->group(group);
  verb->add_flag("--continuous", arguments->continuous, "Fit a continuous law")
      ->excludes(discrete)
      ->group(group);
  verb->add_option("--x-min", arguments->x_min, "Where the tail begins; default: found")
      ->type_name("VALUE")
      ->group(group);
  verb->add_option("--replicates", arguments->replicates, "Replicates of the p-value; 0: none")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--intervals", arguments->intervals, "Resamples of the intervals; 0: none")
      ->capture_default_str()
      ->group(group);
  verb->callback(
      [arguments, &shared] { shared.action = [arguments, &shared] { fit(*arguments, shared); }; });
}

}  // namespace valuenet::cli
