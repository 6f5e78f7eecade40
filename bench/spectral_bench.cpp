// PageRank, eigenvector, HITS and Katz scores: products with the adjacency matrix, over and over.
// What bounds them is the matrix, streamed once an iteration, and the scores that its arcs read.
#include "valuenet/metrics/eigenvector.hpp"
#include "valuenet/metrics/hits.hpp"
#include "valuenet/metrics/katz.hpp"
#include "valuenet/metrics/pagerank.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include <benchmark/benchmark.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// All of these end when the scores are known to so much, in each one's own norm.
constexpr double tolerance = 1e-10;

/// What a kernel answered when it was verified.
struct answer {
  std::vector<double> score;
  bool converged = false;
  std::uint32_t iterations = 0;
};

/// y = A^T x, an arc at a time.
std::vector<double> received(const vn::graph& g, const std::vector<double>& x) {
  std::vector<double> y(x.size(), 0.0);
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id target : g.out_neighbors(v)) y[target] += x[v];
  }
  return y;
}

/// y = A x.
std::vector<double> sent(const vn::graph& g, const std::vector<double>& x) {
  std::vector<double> y(x.size(), 0.0);
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (const vn::vertex_id target : g.out_neighbors(v)) y[v] += x[target];
  }
  return y;
}

/// One step of PageRank from `x`.
std::vector<double> walked(const vn::graph& g, const std::vector<double>& x, double damping) {
  std::vector<double> handed(x.size(), 0.0);
  double dangling = 0.0;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    const auto degree = static_cast<double>(g.out_arc_count(v));
    if (degree > 0.0) {
      handed[v] = x[v] / degree;
    } else {
      dangling += x[v];
    }
  }
  std::vector<double> y = received(g, handed);
  const auto n = static_cast<double>(x.size());
  for (double& score : y) score = (1.0 - damping) / n + damping * (score + dangling / n);
  return y;
}

double largest(const std::vector<double>& x) {
  return x.empty() ? 0.0 : *std::max_element(x.begin(), x.end());
}

/// The largest difference between two score vectors, both scaled to a maximum of 1.
double difference(const std::vector<double>& a, const std::vector<double>& b) {
  const double size_a = largest(a);
  const double size_b = largest(b);
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, std::abs(a[i] / size_a - b[i] / size_b));
  }
  return worst;
}

struct scoring {
  std::string name;
  std::function<answer(const vn::graph&, const vn::execution&)> compute{};
  /// The step whose fixed point (but for a factor) the scores are.
  std::function<std::vector<double>(const vn::graph&, const std::vector<double>&)> step{};
#ifdef VALUENET_BENCH_IGRAPH
  std::function<double(const igraph_t*)> peer{};
#endif
  /// Products with the matrix in an iteration.
  double products = 1.0;
};

void add_scoring(suite& benches, const scoring& method, graph_name name) {
  const auto found = std::make_shared<answer>();
  kernel k{.name = method.name, .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    *found = method.compute(g, {.threads = in.threads()});
    if (!found->converged) return "did not converge";
    const double off = difference(found->score, method.step(g, found->score));
    found->score = {};
    return expect_near("the change by one step more", off, 0.0, 1e-8);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return method.compute(in.graph(name), exec).score.front();
  };
  k.plain = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    std::vector<double> x(g.vertex_count(), 1.0 / static_cast<double>(g.vertex_count()));
    for (std::uint32_t i = 0; i < found->iterations; ++i) {
      x = method.step(g, x);
      const double size = largest(x);
      for (double& score : x) score /= size;
    }
    return x.front();
  };
#ifdef VALUENET_BENCH_IGRAPH
  if (method.peer) k.peer = [=](inputs& in, double) { return method.peer(in.igraph(name)); };
#endif
  k.work = [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    const auto arcs = static_cast<double>(g.arc_count());
    const auto vertices = static_cast<double>(g.vertex_count());
    const double products = method.products * static_cast<double>(found->iterations);
    std::vector<double> read;  // how often a product reads an entry
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      read.push_back(static_cast<double>(g.out_arc_count(v)));
    }
    // A product streams a column of 4 bytes an arc, an offset a row, a vector in and one out; and
    // for each arc it reads an entry somewhere, which costs most.
    const double streamed = m.seconds(4.0 * arcs + 24.0 * vertices);
    const double scattered =
        arcs * m.popular_line(std::move(read), 8.0) * 1e-9 / static_cast<double>(m.threads);
    return work{.items = products * arcs, .limit_seconds = products * (streamed + scattered)};
  };
  benches.add(std::move(k));
}

scoring pagerank_scoring() {
  scoring s{.name = "PageRank"};
  s.compute = [](const vn::graph& g, const vn::execution& exec) {
    vn::pagerank_result r =
        vn::pagerank(g, {.convention = vn::convention::igraph, .tolerance = tolerance}, exec);
    return answer{std::move(r.score), r.converged, r.iterations};
  };
  s.step = [](const vn::graph& g, const std::vector<double>& x) { return walked(g, x, 0.85); };
#ifdef VALUENET_BENCH_IGRAPH
  s.peer = [](const igraph_t* g) {
    igraph_vector_t score;
    igraph_vector_init(&score, 0);
    igraph_pagerank(g, IGRAPH_PAGERANK_ALGO_PRPACK, &score, nullptr, igraph_vss_all(),
                    igraph_is_directed(g), 0.85, nullptr, nullptr);
    const double first = VECTOR(score)[0];
    igraph_vector_destroy(&score);
    return first;
  };
#endif
  return s;
}

scoring eigenvector_scoring() {
  scoring s{.name = "eigenvector"};
  s.compute = [](const vn::graph& g, const vn::execution& exec) {
    vn::eigenvector_result r = vn::eigenvector(g, {.tolerance = tolerance}, exec);
    return answer{std::move(r.score), r.converged, r.iterations};
  };
  s.step = received;
#ifdef VALUENET_BENCH_IGRAPH
  s.peer = [](const igraph_t* g) {
    igraph_vector_t score;
    igraph_vector_init(&score, 0);
    igraph_arpack_options_t options;
    igraph_arpack_options_init(&options);
    double value = 0.0;
    igraph_eigenvector_centrality(g, &score, &value, igraph_is_directed(g), true, nullptr,
                                  &options);
    igraph_vector_destroy(&score);
    return value;
  };
#endif
  return s;
}

scoring hits_scoring() {
  scoring s{.name = "HITS", .products = 2.0};
  s.compute = [](const vn::graph& g, const vn::execution& exec) {
    vn::hits_result r = vn::hits(g, {.tolerance = tolerance}, exec);
    return answer{std::move(r.authority), r.converged, r.iterations};
  };
  s.step = [](const vn::graph& g, const std::vector<double>& x) { return received(g, sent(g, x)); };
#ifdef VALUENET_BENCH_IGRAPH
  s.peer = [](const igraph_t* g) {
    igraph_vector_t hub;
    igraph_vector_t authority;
    igraph_vector_init(&hub, 0);
    igraph_vector_init(&authority, 0);
    igraph_arpack_options_t options;
    igraph_arpack_options_init(&options);
    double value = 0.0;
    igraph_hub_and_authority_scores(g, &hub, &authority, &value, true, nullptr, &options);
    igraph_vector_destroy(&hub);
    igraph_vector_destroy(&authority);
    return value;
  };
#endif
  return s;
}

/// Attenuated to 0.5 / (largest degree): it converges on every graph.
double attenuation(const vn::graph& g) {
  vn::arc_id most = 1;
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) most = std::max(most, g.out_arc_count(v));
  return 0.5 / static_cast<double>(most);
}

scoring katz_scoring() {
  scoring s{.name = "Katz"};
  s.compute = [](const vn::graph& g, const vn::execution& exec) {
    vn::katz_result r = vn::katz(g, {.attenuation = attenuation(g), .tolerance = tolerance}, exec);
    return answer{std::move(r.score), r.converged, r.iterations};
  };
  s.step = [](const vn::graph& g, const std::vector<double>& x) {
    // x = base + a A^T x; the base is what an isolated or unreached vertex has, the least score.
    std::vector<double> y = received(g, x);
    const double base = *std::min_element(x.begin(), x.end());
    const double a = attenuation(g);
    for (double& score : y) score = base + a * score;
    return y;
  };
  return s;
}

}  // namespace

void add_spectral(suite& benches) {
  for (const graph_name name :
       {graph_name::hub43k_directed, graph_name::rmat18_directed, graph_name::rmat22_directed}) {
    add_scoring(benches, pagerank_scoring(), name);
    add_scoring(benches, hits_scoring(), name);
    add_scoring(benches, katz_scoring(), name);
  }
  for (const graph_name name : {graph_name::hub43k, graph_name::rmat18, graph_name::rmat22}) {
    add_scoring(benches, eigenvector_scoring(), name);
  }
}

}  // namespace bench
