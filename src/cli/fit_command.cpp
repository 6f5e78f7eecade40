// valuenet fit: is it a power law?
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/degree_distributions.hpp"
#include "valuenet/statistics/empirical_distribution.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"

#include <algorithm>
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
  bool weighted = false;
  std::string column;
  bool discrete = false;
  bool continuous = false;
  std::optional<double> x_min;
  std::string distance;
  bool finite_size = false;
  std::string discretization = "round";
  std::uint64_t replicates = 1000;
  std::uint64_t intervals = 200;
  bool curves = false;
  /// What was given that only networks have.
  std::vector<const CLI::Option*> of_networks;
};

struct fit_sample {
  value_network network;  // empty for a column
  value_counts counts;
  std::string name;
  std::uint64_t empty_cells = 0;
};

degree_kind kind_of(const std::string& name) {
  return name == "in" ? degree_kind::in : name == "out" ? degree_kind::out : degree_kind::total;
}

// The numbers of a column, or of a file that is a list of numbers; nothing for a network.
std::optional<number_column> read_column(const fit_arguments& arguments, const program& shared) {
  const std::vector<std::string>& files = arguments.input.files;
  const read_options& options = arguments.input.options;
  std::optional<number_column> column;
  if (!arguments.column.empty()) {
    if (files.size() != 1) throw std::invalid_argument("--column reads one table; give one file");
    column = read_number_column(files[0], arguments.column, options, shared.exec);
  } else if (files.size() == 1 && files[0] != "-" &&
             (options.format == "auto" || options.format == "csv")) {
    column = read_number_list(files[0], options, shared.exec);
  }
  if (!column) return std::nullopt;
  if (has_conditions(arguments.filters)) {
    throw std::invalid_argument("conditions on actors and relations need a network; " + files[0] +
                                " was read as a column of numbers");
  }
  for (const CLI::Option* option : arguments.of_networks) {
    if (option->count() == 0) continue;
    throw std::invalid_argument(option->get_name() + " needs a network; " + files[0] +
                                " was read as a column of numbers");
  }
  return column;
}

fit_sample read_sample(const fit_arguments& arguments, const program& shared) {
  fit_sample sample;
  if (const std::optional<number_column> column = read_column(arguments, shared)) {
    sample.counts = count_values(column->values, shared.exec);
    sample.name =
        arguments.column.empty() ? arguments.input.files[0] : "column " + arguments.column;
    sample.empty_cells = column->empty;
    return sample;
  }
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const degree_kind kind = kind_of(arguments.degree);
  sample.network = selected.network();
  sample.counts =
      arguments.weighted
          ? count_values(
                std::span<const double>(weighted_degrees(selected.graph(), kind, shared.exec)),
                shared.exec)
          : count_values(
                std::span<const std::uint64_t>(degrees(selected.graph(), kind, shared.exec)),
                shared.exec);
  sample.name = (arguments.weighted ? "weighted " : "") + arguments.degree + " degrees";
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
  if (!found.fit.fit) return nullptr;  // sample.no_fit says why
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
  object["distance_convention"] =
      found.fit.distance == distance_convention::exact ? "exact" : "compatible";
  object["alpha_maximum_likelihood"] = fit.alpha_maximum_likelihood;
  if (found.alternatives) {
    object["aic_weight"] = found.alternatives->power_law_aic_weight;
    object["bic_weight"] = found.alternatives->power_law_bic_weight;
  }
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
              {"boundary_p_value", optional_json(fit.boundary_p_value)},
              {"limit_alpha", optional_json(fit.limit_alpha)},
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

// The points of every curve, as rows of a table and as JSON.
struct plotted_curve {
  std::string name;
  std::vector<ccdf_point> points;
};

std::vector<plotted_curve> curves_of(const value_counts& counts, const power_law_assessment& found,
                                     const assessment_options& options, const program& shared) {
  std::vector<plotted_curve> curves{{"ccdf", empirical_ccdf(counts)}, {"density", {}}};
  for (const density_bin& bin : log_binned_density(counts)) {
    curves.back().points.push_back({bin.center, bin.density});
  }
  if (!found.fit.fit) return curves;
  curves.push_back({"power_law", fitted_ccdf(found.fit, counts)});
  if (found.alternatives) {
    for (const alternative_fit& each : found.alternatives->alternatives) {
      if (each.collapsed) continue;
      curves.push_back({std::string(to_string(each.kind)),
                        fitted_ccdf(each, found.fit, counts, options.alternatives.discretization)});
    }
  }
  curves.push_back({"ks_distance", {}});
  for (const cut_off& each : distance_curve(counts, options.fit, 1000, shared.exec)) {
    curves.back().points.push_back({each.x_min, each.ks_distance});
  }
  return curves;
}

table curve_table(const std::vector<plotted_curve>& curves) {
  table text{.columns = {{"curve"}, {"x", alignment::right}, {"y", alignment::right}}};
  for (const plotted_curve& curve : curves) {
    for (const ccdf_point& point : curve.points) {
      text.rows.push_back(
          {curve.name, fmt::format("{}", point.value), fmt::format("{}", point.probability)});
    }
  }
  return text;
}

void add_assessment(json& object, const power_law_assessment& found) {
  const sample_accounting& sample = found.fit.sample;
  object["sample"]["values"] = sample.given;
  object["sample"]["kept"] = sample.kept;
  object["sample"]["zero"] = sample.zero;
  object["sample"]["negative"] = sample.negative;
  object["sample"]["distinct"] = sample.distinct;
  if (!found.fit.fit) object["sample"]["no_fit"] = explain(found.fit.status);
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
}

json to_json(const fit_sample& sample, const power_law_assessment& found, const program& shared) {
  json object = with_provenance(sample.network, "fit");
  object["seed"] = shared.seed;
  object["sample"]["name"] = sample.name;
  object["sample"]["empty_cells"] = sample.empty_cells;
  add_assessment(object, found);
  return object;
}

std::string p_text(double p) {
  return p < 0.0001 ? "< 0.0001" : fmt::format("{:.4f}", p);
}

// A share of replicates says no more than its own resolution.
std::string share_text(const goodness_of_fit& goodness) {
  if (goodness.p_value > 0.0) return fmt::format("{:.4f}", goodness.p_value);
  return "< " + format_number(1.0 / static_cast<double>(goodness.replicates), 2);
}

// "stretched exponential", for people.
std::string spoken(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

table to_table(const fit_sample& sample, const power_law_assessment& found) {
  table text{.title = "Power law of " + sample.name,
             .columns = {{"quantity"},
                         {"value", alignment::right},
                         {"standard error", alignment::right},
                         {"p-value", alignment::right},
                         {"from", alignment::right},
                         {"to", alignment::right}}};
  const auto row = [&](std::vector<std::string> cells) {
    cells.resize(text.columns.size());
    text.rows.push_back(std::move(cells));
  };
  const auto with_interval = [&](std::vector<std::string> cells,
                                 interval bootstrap_result::*which) {
    cells.resize(4);
    if (found.intervals) {
      const interval& range = (*found.intervals).*which;
      cells.push_back(format_number(range.lower, 5));
      cells.push_back(format_number(range.upper, 5));
    }
    row(std::move(cells));
  };
  row({"values", format_count(found.fit.sample.given)});
  row({"positive values", format_count(found.fit.sample.kept)});
  if (found.fit.fit) {
    const power_law_fit& fit = *found.fit.fit;
    with_interval({"alpha", format_number(fit.alpha), format_number(fit.alpha_standard_error, 3)},
                  &bootstrap_result::alpha);
    with_interval({"x_min", format_number(fit.x_min)}, &bootstrap_result::x_min);
    with_interval({"tail size", format_count(fit.tail_size)}, &bootstrap_result::tail_size);
    row({"tail share", percent(fit.tail_share)});
    row({"log-likelihood", format_number(fit.log_likelihood, 9)});
    if (fit.goodness) {
      row({"KS distance", format_number(fit.ks_distance),
           format_number(fit.goodness->standard_error, 2), share_text(*fit.goodness)});
      text.notes.push_back(
          fmt::format("The p-value of the distance is from {} replicates; the error beside it is "
                      "the p-value's. R: log-likelihood of the power law less the alternative's.",
                      format_count(fit.goodness->replicates)));
    } else {
      row({"KS distance", format_number(fit.ks_distance)});
    }
  } else {
    row({"no fit", explain(found.fit.status)});
  }
  if (found.alternatives) {
    for (const alternative_fit& each : found.alternatives->alternatives) {
      const std::string name = "R, " + spoken(to_string(each.kind));
      if (each.collapsed) {
        row({name, format_number(each.log_likelihood_ratio, 5), "", "collapsed"});
      } else {
        row({name, format_number(each.log_likelihood_ratio, 5), "",
             each.p_value ? p_text(*each.p_value) : std::string()});
      }
    }
  }
  for (const tail_index_estimate& each : found.tail_index.estimates) {
    std::vector<std::string> cells{"tail index, " + std::string(to_string(each.estimator)),
                                   optional_text(each.index), "", ""};
    if (each.index) {
      cells.push_back(format_number(each.lowest, 4));
      cells.push_back(format_number(each.highest, 4));
    }
    row(std::move(cells));
  }
  if (found.intervals) {
    text.notes.push_back(
        fmt::format("From, to: 95% interval over {} resamples of the sample; of the tail index the "
                    "spread that its added noise and resampling give.",
                    format_count(found.intervals->replicates)));
  }
  text.notes.push_back(found.verdict.headline.text);
  for (const sentence& each : found.verdict.reasons) text.notes.push_back("- " + each.text);
  for (const sentence& each : found.verdict.undecided) text.notes.push_back("? " + each.text);
  if (sample.empty_cells > 0) {
    text.notes.push_back(format_count(sample.empty_cells) + " cells are empty and left out.");
  }
  if (!sample.network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + sample.network.surrogate_notice());
  }
  return text;
}

assessment_options options_of(const fit_arguments& arguments, const program& shared) {
  assessment_options options;
  if (arguments.discrete) options.fit.kind = sample_kind::discrete;
  if (arguments.continuous) options.fit.kind = sample_kind::continuous;
  if (arguments.x_min && !(*arguments.x_min > 0.0)) {
    throw std::invalid_argument(
        fmt::format("--x-min {}: a tail begins above zero", *arguments.x_min));
  }
  options.fit.x_min = arguments.x_min;
  if (!arguments.distance.empty()) {
    options.fit.distance = arguments.distance == "exact" ? distance_convention::exact
                                                         : distance_convention::compatible;
  }
  if (arguments.finite_size) options.fit.correction = finite_size_correction::applied;
  if (arguments.discretization == "floor") {
    options.alternatives.discretization = discretization::floor;
  }
  options.fit.bootstrap_replicates = arguments.replicates;
  options.fit.seed = options.intervals.seed = options.tail_index.seed = shared.seed;
  options.intervals.replicates = arguments.intervals;
  return options;
}

// The classes' names and what fits better, for one line of a table.
std::string short_verdict(const power_law_assessment& found) {
  if (!found.fit.fit) return explain(found.fit.status);
  std::string text(found.verdict.scale_free ? to_string(*found.verdict.scale_free) : "untested");
  for (std::size_t i = 0; i < found.verdict.better.size(); ++i) {
    text += (i == 0 ? "; better: " : ", ") + spoken(to_string(found.verdict.better[i]));
  }
  return text;
}

// Every degree distribution of the network, a line each.
void fit_all(const fit_arguments& arguments, const program& shared) {
  if (const auto column = read_column(arguments, shared)) return;  // throws: --degree was given
  const assessment_options options = options_of(arguments, shared);
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const std::vector<degree_sample> samples = degree_distributions(
      input.network, {.selection = selection_of(arguments.filters, input.network)}, shared.exec);
  table text{.title = "Power laws of every degree distribution",
             .columns = {{"distribution"},
                         {"actors", alignment::right},
                         {"above 0", alignment::right},
                         {"alpha", alignment::right},
                         {"standard error", alignment::right},
                         {"x_min", alignment::right},
                         {"tail size", alignment::right},
                         {"KS distance", alignment::right},
                         {"p-value", alignment::right},
                         {"verdict"}}};
  json object = with_provenance(input.network, "fit");
  object["seed"] = shared.seed;
  object["distributions"] = json::array();
  std::vector<power_law_assessment> of_the_network;
  for (const degree_sample& sample : samples) {
    const power_law_assessment found = assess_power_law(sample.counts, options, shared.exec);
    std::vector<std::string> row{sample.name(), format_count(found.fit.sample.given),
                                 format_count(found.fit.sample.kept)};
    if (found.fit.fit) {
      const power_law_fit& fit = *found.fit.fit;
      for (std::string cell : {format_number(fit.alpha, 5),
                               format_number(fit.alpha_standard_error, 2), format_number(fit.x_min),
                               format_count(fit.tail_size), format_number(fit.ks_distance, 4),
                               fit.goodness ? share_text(*fit.goodness) : std::string()}) {
        row.push_back(std::move(cell));
      }
    }
    row.resize(text.columns.size() - 1);
    row.push_back(short_verdict(found));
    text.rows.push_back(std::move(row));
    json one{{"name", sample.name()},
             {"degree", sample.kind == degree_kind::in    ? "in"
                        : sample.kind == degree_kind::out ? "out"
                                                          : "total"},
             {"weighted", sample.weighting == degree_weighting::weight},
             {"dimension", sample.dimension ? json(*sample.dimension) : json(nullptr)},
             {"role", sample.role ? json(to_string(*sample.role)) : json(nullptr)}};
    add_assessment(one, found);
    object["distributions"].push_back(std::move(one));
    if (!sample.role && sample.weighting == degree_weighting::edges)
      of_the_network.push_back(found);
  }
  if (const auto overall = classify_scale_free(of_the_network)) {
    object["class"] = to_string(*overall);
    text.notes.push_back(fmt::format(
        "By Broido and Clauset's classes over the {} distributions of the network and its "
        "dimensions by edges: {}.",
        of_the_network.size(), to_string(*overall)));
  }
  if (!input.network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + input.network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

void fit(const fit_arguments& arguments, const program& shared) {
  if (arguments.degree == "all") {
    fit_all(arguments, shared);
    return;
  }
  const assessment_options options = options_of(arguments, shared);
  const fit_sample sample = read_sample(arguments, shared);
  const power_law_assessment found = assess_power_law(sample.counts, options, shared.exec);
  table text = to_table(sample, found);
  json object = to_json(sample, found, shared);
  if (arguments.curves) {
    const std::vector<plotted_curve> curves = curves_of(sample.counts, found, options, shared);
    text = curve_table(curves);
    for (const plotted_curve& curve : curves) {
      json& list = object["curves"][curve.name] = json::array();
      for (const ccdf_point& point : curve.points) {
        list.push_back({point.value, point.probability});
      }
    }
  }
  print_result(arguments.output, text, object);
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
  arguments->of_networks.push_back(
      verb->add_option("--degree", arguments->degree,
                       "Which degrees of a network: in, out, total; all: a line for each of these, "
                       "by edges and weight, of the whole, each dimension and each role")
          ->check(CLI::IsMember({"in", "out", "total", "all"}))
          ->capture_default_str()
          ->group(group));
  arguments->of_networks.push_back(
      verb->add_flag("--weighted", arguments->weighted, "Degrees as sums of weights")
          ->group(group));
  verb->add_option("--column", arguments->column,
                   "A column of numbers, by its name or, without a header, its number from 1")
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
  verb->add_option("--distance", arguments->distance,
                   "Ties in the distance: exact (default for whole numbers), or compatible with "
                   "plfit, igraph and R (default otherwise)")
      ->check(CLI::IsMember({"exact", "compatible"}))
      ->group(group);
  verb->add_flag("--finite-size", arguments->finite_size, "Correct alpha's bias in small tails")
      ->group(group);
  verb->add_option("--discretization", arguments->discretization,
                   "How lognormal and stretched exponential become laws of whole numbers: round, "
                   "floor (Broido & Clauset)")
      ->check(CLI::IsMember({"round", "floor"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--replicates", arguments->replicates, "Replicates of the p-value; 0: none")
      ->check(CLI::Range(0, 10'000'000))
      ->capture_default_str()
      ->group(group);
  verb->add_option("--intervals", arguments->intervals, "Resamples of the intervals; 0: none")
      ->check(CLI::Range(0, 10'000'000))
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--curves", arguments->curves,
                 "Instead of the table: P(X >= x), log-binned density, the fitted laws and the "
                 "distance at every x_min, for a plot; beside the rest in JSON")
      ->group(group);
  verb->callback(
      [arguments, &shared] { shared.action = [arguments, &shared] { fit(*arguments, shared); }; });
}

}  // namespace valuenet::cli
