// One fit, and a fit with the p-value of 2,500 replicates.
#include "valuenet/metrics/degree.hpp"
#include "valuenet/statistics/power_law.hpp"

#include <algorithm>
#include <cmath>

#include <benchmark/benchmark.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

constexpr std::uint64_t replicates = 2500;

std::vector<std::uint64_t> degrees_of_hub43k(inputs& in) {
  return vn::degrees(in.graph(graph_name::hub43k_directed), vn::degree_kind::total,
                     {.threads = in.threads()});
}

/// Draws of a continuous law with alpha = 2.5 above 10, cut to whole numbers: 10 million of them.
const std::vector<std::uint64_t>& ten_million() {
  static const std::vector<std::uint64_t> values = [] {
    std::vector<std::uint64_t> result(10'000'000);
    std::uint64_t state = 42;
    for (std::uint64_t& value : result) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      const double uniform = (static_cast<double>(state >> 11) + 1.0) * 0x1.0p-53;
      value = static_cast<std::uint64_t>(10.0 * std::pow(uniform, -1.0 / 1.5));
    }
    return result;
  }();
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

}  // namespace

void add_power_law(suite& benches) {
  kernel fit{
      .name = "power-law fit", .graph = graph_name::hub43k_directed, .input = "hub43k degrees"};
  fit.verify = [](inputs& in) -> std::string {
    const std::vector<std::uint64_t> values = degrees_of_hub43k(in);
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
  fit.run = [](inputs& in, const vn::execution& exec) {
    static const std::vector<std::uint64_t> values = degrees_of_hub43k(in);
    return vn::fit_power_law(values, {}, exec).fit->alpha;
  };
#ifdef VALUENET_BENCH_IGRAPH
  fit.peer = [](inputs& in, double) { return fit_by_igraph(degrees_of_hub43k(in), 0.0).alpha; };
#endif
  fit.work = [](inputs& in, const machine&) {
    return work{.items = static_cast<double>(in.graph(graph_name::hub43k_directed).vertex_count()),
                .unit = "values"};
  };
  benches.add(fit);

  kernel p_value = fit;
  p_value.name = "power law, p of 2,500";
  p_value.run = [](inputs& in, const vn::execution& exec) {
    static const std::vector<std::uint64_t> values = degrees_of_hub43k(in);
    return vn::fit_power_law(values, {.bootstrap_replicates = replicates}, exec)
        .fit->goodness->p_value;
  };
#ifdef VALUENET_BENCH_IGRAPH
  p_value.verify = [](inputs& in) -> std::string {
    const std::vector<std::uint64_t> values = degrees_of_hub43k(in);
    constexpr double share = 0.1;
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
  p_value.peer = [](inputs& in, double share) {
    return fit_by_igraph(degrees_of_hub43k(in), precision_of(share)).p_value;
  };
  p_value.peer_share = 0.1;
#endif
  p_value.work = [](inputs&, const machine&) {
    return work{.items = static_cast<double>(replicates), .unit = "replicates"};
  };
  benches.add(std::move(p_value));

  kernel large{
      .name = "power-law fit", .graph = graph_name::hub43k_directed, .input = "10 million values"};
  large.verify = [](inputs& in) -> std::string {
    const vn::power_law_result found =
        vn::fit_power_law(ten_million(), {}, {.threads = in.threads()});
    if (!found.fit) return "no fit";
    // Whole numbers cut from the law bend it below: the tail must show it.
    return expect_near("alpha", found.fit->alpha, 2.5, 0.01);
  };
  large.run = [](inputs&, const vn::execution& exec) {
    return vn::fit_power_law(ten_million(), {}, exec).fit->alpha;
  };
  large.work = [](inputs&, const machine& m) {
    return work{.items = 1e7, .unit = "values", .limit_seconds = m.seconds(8e7)};
  };
  benches.add(std::move(large));
}

}  // namespace bench
