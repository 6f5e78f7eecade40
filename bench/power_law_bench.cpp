// One fit, a fit with the p-value of 2,500 replicates, the whole analysis, and very large samples.
#include "valuenet/metrics/degree.hpp"
#include "valuenet/statistics/power_law_assessment.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

constexpr std::uint64_t replicates = 2500;

/// A sample of about 40,000 whole numbers.
struct named_sample {
  std::string name;
  std::function<const std::vector<std::uint64_t>&(inputs&)> values;
};

const std::vector<std::uint64_t>& degrees_of_hub43k(inputs& in) {
  static const std::vector<std::uint64_t> values = vn::degrees(
      in.graph(graph_name::hub43k_directed), vn::degree_kind::total, {.threads = in.threads()});
  return values;
}

/// Whole numbers above zero from a file beside the project; empty where it is not there.
std::vector<std::uint64_t> read_values(const std::string& name) {
  std::ifstream file(std::string(VALUENET_SHARED_DIR) + "/reference/power_law/" + name + ".txt");
  std::vector<std::uint64_t> values;
  for (std::uint64_t value = 0; file >> value;) {
    if (value > 0) values.push_back(value);
  }
  return values;
}

std::vector<named_sample> samples() {
  std::vector<named_sample> result{{"hub43k degrees", degrees_of_hub43k}};
  for (const char* name : {"ba40k_m2", "zipf22_40k", "condmat2005-degree"}) {
    auto values = std::make_shared<const std::vector<std::uint64_t>>(read_values(name));
    if (values->empty()) continue;
    result.push_back(
        {name, [values](inputs&) -> const std::vector<std::uint64_t>& { return *values; }});
  }
  return result;
}

/// Draws of a continuous law with alpha = 2.5 above 10, cut to whole numbers.
template <class T>
std::vector<T> cut_draws(std::size_t count) {
  std::vector<T> result(count);
  std::uint64_t state = 42;
  for (T& value : result) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const double uniform = (static_cast<double>(state >> 11) + 1.0) * 0x1.0p-53;
    value = static_cast<T>(std::min(10.0 * std::pow(uniform, -1.0 / 1.5), 4e9));
  }
  return result;
}

const std::vector<std::uint64_t>& ten_million() {
  static const std::vector<std::uint64_t> values = cut_draws<std::uint64_t>(10'000'000);
  return values;
}

const std::vector<std::uint32_t>& hundred_million() {
  static const std::vector<std::uint32_t> values = cut_draws<std::uint32_t>(100'000'000);
  return values;
}

#ifdef VALUENET_BENCH_IGRAPH
struct peer_fit {
  double alpha = 0.0;
  double x_min = 0.0;
  double p_value = -1.0;
};

/// igraph's fit; with a precision, its p-value too, from 1 / (4 precision^2) replicates.
peer_fit fit_by_igraph(const std::vector<std::uint64_t>& values, double precision) {
  igraph_vector_t data;
  igraph_vector_init(&data, static_cast<igraph_integer_t>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    VECTOR(data)[static_cast<igraph_integer_t>(i)] = static_cast<double>(values[i]);
  }
  igraph_plfit_result_t model;
  igraph_rng_seed(igraph_rng_default(), 42);
  igraph_power_law_fit(&data, &model, -1, false);
  peer_fit result{.alpha = model.alpha, .x_min = model.xmin};
  if (precision > 0.0) igraph_plfit_result_calculate_p_value(&model, &result.p_value, precision);
  igraph_vector_destroy(&data);
  return result;
}

/// The precision with which igraph draws a share of our replicates.
double precision_of(double share) {
  return 0.5 / std::sqrt(share * replicates);
}
#endif

/// One fit.
kernel fit_of(const named_sample& sample) {
  kernel fit{.name = "power-law fit", .graph = graph_name::hub43k_directed, .input = sample.name};
  fit.verify = [sample](inputs& in) -> std::string {
    const std::vector<std::uint64_t>& values = sample.values(in);
#ifdef VALUENET_BENCH_IGRAPH
    const peer_fit peer = fit_by_igraph(values, 0.0);
    const vn::power_law_result found =
        vn::fit_power_law(values, {.x_min = peer.x_min}, {.threads = in.threads()});
    if (!found.fit) return "no fit";
    return expect_near("alpha at igraph's x_min", found.fit->alpha, peer.alpha, 2e-3);
#else
    const vn::power_law_result found = vn::fit_power_law(values, {}, {.threads = in.threads()});
    return found.fit ? std::string{} : "no fit";
#endif
  };
  fit.run = [sample](inputs& in, const vn::execution& exec) {
    return vn::fit_power_law(sample.values(in), {}, exec).fit->alpha;
  };
#ifdef VALUENET_BENCH_IGRAPH
  fit.peer = [sample](inputs& in, double) { return fit_by_igraph(sample.values(in), 0.0).alpha; };
#endif
  fit.work = [sample](inputs& in, const machine&) {
    return work{.items = static_cast<double>(sample.values(in).size()), .unit = "values"};
  };
  return fit;
}

/// A fit and its p-value.
kernel p_value_of(const named_sample& sample) {
  kernel p_value{
      .name = "power law, p of 2,500", .graph = graph_name::hub43k_directed, .input = sample.name};
  p_value.run = [sample](inputs& in, const vn::execution& exec) {
    return vn::fit_power_law(sample.values(in), {.bootstrap_replicates = replicates}, exec)
        .fit->goodness->p_value;
  };
#ifdef VALUENET_BENCH_IGRAPH
  constexpr double share = 0.1;
  p_value.verify = [sample](inputs& in) -> std::string {
    const std::vector<std::uint64_t>& values = sample.values(in);
    const peer_fit peer = fit_by_igraph(values, precision_of(share));
    const vn::power_law_result found = vn::fit_power_law(
        values,
        {.distance = vn::distance_convention::compatible, .bootstrap_replicates = replicates},
        {.threads = in.threads()});
    if (!found.fit || !found.fit->goodness) return "no p-value";
    // Five standard errors of the difference.
    const double p = std::clamp(peer.p_value, 0.02, 0.98);
    const double error = std::sqrt(p * (1.0 - p) / replicates * (1.0 + 1.0 / share));
    return expect_near("p", found.fit->goodness->p_value, peer.p_value, 5.0 * error);
  };
  p_value.peer = [sample](inputs& in, double part) {
    return fit_by_igraph(sample.values(in), precision_of(part)).p_value;
  };
  p_value.peer_share = share;
#endif
  p_value.work = [](inputs&, const machine&) {
    return work{.items = static_cast<double>(replicates), .unit = "replicates"};
  };
  return p_value;
}

/// Fit, p-value, intervals, alternatives, tail index, verdict. No peer has it.
kernel analysis_of(const named_sample& sample) {
  const vn::assessment_options options{.fit = {.bootstrap_replicates = replicates}};
  kernel analysis{
      .name = "power law, everything", .graph = graph_name::hub43k_directed, .input = sample.name};
  analysis.verify = [sample, options](inputs& in) -> std::string {
    const vn::power_law_assessment found = vn::assess_power_law(vn::count_values(sample.values(in)),
                                                                options, {.threads = in.threads()});
    if (!found.fit.fit || !found.alternatives || !found.verdict.scale_free) return "incomplete";
    const vn::power_law_result alone = vn::fit_power_law(sample.values(in), options.fit);
    return expect_equal("p", found.fit.fit->goodness->p_value, alone.fit->goodness->p_value);
  };
  analysis.run = [sample, options](inputs& in, const vn::execution& exec) {
    return vn::assess_power_law(vn::count_values(sample.values(in), exec), options, exec)
        .fit.fit->alpha;
  };
  analysis.work = [sample](inputs& in, const machine&) {
    return work{.items = static_cast<double>(sample.values(in).size()), .unit = "values"};
  };
  return analysis;
}

/// One fit to very many values.
template <class Values>
kernel large_fit(const std::string& name, graph_name graph, Values values) {
  kernel large{.name = "power-law fit", .graph = graph, .input = name};
  large.verify = [values](inputs& in) -> std::string {
    const vn::power_law_result found = vn::fit_power_law(values(), {}, {.threads = in.threads()});
    if (!found.fit) return "no fit";
    // Whole numbers cut from the law bend it below: the tail must show it.
    return expect_near("alpha", found.fit->alpha, 2.5, 0.01);
  };
  large.run = [values](inputs&, const vn::execution& exec) {
    return vn::fit_power_law(values(), {}, exec).fit->alpha;
  };
  large.work = [values](inputs&, const machine& m) {
    const auto& all = values();
    const auto count = static_cast<double>(all.size());
    return work{.items = count,
                .unit = "values",
                .limit_seconds = m.seconds(count * static_cast<double>(sizeof all[0]))};
  };
  return large;
}

}  // namespace

void add_power_law(suite& benches) {
  const std::vector<named_sample> all = samples();
  for (const named_sample& sample : all) benches.add(fit_of(sample));
  for (const named_sample& sample : all) benches.add(p_value_of(sample));
  for (const named_sample& sample : all) benches.add(analysis_of(sample));
  benches.add(large_fit("10 million values", graph_name::hub43k_directed, ten_million));
  benches.add(large_fit("100 million values", graph_name::rmat22_directed, hundred_million));
}

}  // namespace bench
