// Who is tied to whom: cores, triads, the rich club, reciprocity, assortativity.
#include "valuenet/metrics/assortativity.hpp"
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/reciprocity.hpp"
#include "valuenet/metrics/rich_club.hpp"
#include "valuenet/metrics/triad_census.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include <benchmark/benchmark.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

double bytes_of_rows(const vn::graph& g) {
  return 4.0 * static_cast<double>(g.arc_count()) + 8.0 * static_cast<double>(g.vertex_count());
}

/// Every kernel here looks at each arc at least once.
auto stream_of_rows(graph_name name) {
  return [=](inputs& in, const machine& m) {
    const vn::graph& g = in.graph(name);
    return work{.items = static_cast<double>(g.arc_count()),
                .limit_seconds = m.seconds((is_directed(name) ? 2.0 : 1.0) * bytes_of_rows(g))};
  };
}

/// Core numbers of an undirected simple graph by removing the vertex of least degree, from buckets
/// (Batagelj and Zaversnik 2003).
std::vector<vn::vertex_id> plain_cores(const vn::graph& g) {
  const std::size_t n = g.vertex_count();
  std::vector<vn::vertex_id> degree(n);
  vn::vertex_id most = 0;
  for (vn::vertex_id v = 0; v < n; ++v) {
    degree[v] = static_cast<vn::vertex_id>(g.out_arc_count(v));
    most = std::max(most, degree[v]);
  }
  std::vector<std::size_t> first(most + std::size_t{2}, 0);
  for (const vn::vertex_id d : degree) ++first[d + std::size_t{1}];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<vn::vertex_id> order(n);
  std::vector<std::size_t> place(n);
  {
    std::vector<std::size_t> next = first;
    for (vn::vertex_id v = 0; v < n; ++v) {
      place[v] = next[degree[v]]++;
      order[place[v]] = v;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const vn::vertex_id v = order[i];
    for (const vn::vertex_id u : g.out_neighbors(v)) {
      if (degree[u] <= degree[v]) continue;
      const std::size_t front = std::max(first[degree[u]], i + 1);
      const vn::vertex_id w = order[front];
      std::swap(order[place[u]], order[front]);
      std::swap(place[u], place[w]);
      first[degree[u]] = front + 1;
      --degree[u];
    }
  }
  return degree;
}

void add_cores(suite& benches, graph_name name) {
  kernel k{.name = "k-core and onion", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const vn::core_result found = vn::core_numbers(g, {.threads = in.threads()});
    if (found.core != plain_cores(g)) return "core numbers differ from a plain peeling's";
    // A vertex leaves in the first round in which no more than its core number of neighbours are
    // left, counted by their layers; and cores never fall from one layer to the next.
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      vn::vertex_id left = 0;
      vn::vertex_id left_before = 0;
      for (const vn::vertex_id u : g.out_neighbors(v)) {
        left += found.layer[u] >= found.layer[v] ? 1 : 0;
        left_before += found.layer[u] + 1 >= found.layer[v] ? 1 : 0;
      }
      if (left > found.core[v]) return "a vertex was removed too early";
      if (left_before < found.core[v]) return "a vertex was removed too late";
    }
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return static_cast<double>(vn::core_numbers(in.graph(name), exec).degeneracy);
  };
  k.plain = [=](inputs& in) { return static_cast<double>(plain_cores(in.graph(name)).back()); };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    igraph_vector_int_t cores;
    igraph_vector_int_init(&cores, 0);
    igraph_coreness(in.igraph(name), &cores, IGRAPH_ALL);
    const auto most = static_cast<double>(igraph_vector_int_max(&cores));
    igraph_vector_int_destroy(&cores);
    return most;
  };
#endif
  k.work = stream_of_rows(name);
  benches.add(std::move(k));
}

void add_rich_club(suite& benches, graph_name name) {
  kernel k{.name = "rich club", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const std::vector<vn::rich_club_level> found = vn::rich_club(g, {.threads = in.threads()});
    for (std::size_t level = 0; level < found.size(); level += 1 + found.size() / 5) {
      std::uint64_t vertices = 0;
      std::uint64_t ends = 0;
      for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
        if (g.out_arc_count(v) <= level) continue;
        ++vertices;
        for (const vn::vertex_id u : g.out_neighbors(v)) ends += g.out_arc_count(u) > level ? 1 : 0;
      }
      if (found[level].vertices != vertices || 2 * found[level].ties != ends) {
        return "level " + std::to_string(level) + " differs from its definition";
      }
    }
    return {};
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return static_cast<double>(vn::rich_club(in.graph(name), exec).front().ties);
  };
  k.work = stream_of_rows(name);
  benches.add(std::move(k));
}

void add_triads(suite& benches, graph_name name) {
  kernel k{.name = "triad census", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const vn::triad_counts found = vn::triad_census(g, {.threads = in.threads()});
#ifdef VALUENET_BENCH_IGRAPH
    // igraph would take very long on the others.
    if (name == graph_name::hub43k_directed) {
      igraph_vector_t theirs;
      igraph_vector_init(&theirs, 0);
      igraph_triad_census(in.igraph(name), &theirs);
      std::string verdict;
      for (std::size_t i = 0; i < found.size() && verdict.empty(); ++i) {
        const double expected = VECTOR(theirs)[i];
        verdict = expect_near(std::string(vn::triad_names[i]), static_cast<double>(found[i]),
                              expected, 1e-12 * expected);
      }
      igraph_vector_destroy(&theirs);
      if (!verdict.empty()) return verdict;
    }
#endif
    // Every triad is counted, and every mutual pair is in (vertices - 2) of them.
    const auto n = static_cast<double>(g.vertex_count());
    double triads = 0.0;
    for (const std::uint64_t count : found) triads += static_cast<double>(count);
    constexpr std::array<double, 16> mutual{0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 2, 1, 1, 1, 2, 3};
    double with_mutual = 0.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      with_mutual += mutual[i] * static_cast<double>(found[i]);
    }
    const auto pairs =
        static_cast<double>(vn::reciprocity(g, {}, {.threads = in.threads()}).mutual_pairs);
    return first_failure(
        {expect_near("triads", triads, n * (n - 1) * (n - 2) / 6, 1e-12 * n * n * n),
         expect_near("mutual pairs", with_mutual, pairs * (n - 2), 1e-12 * pairs * n)});
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return static_cast<double>(vn::triad_census(in.graph(name), exec)[0]);
  };
#ifdef VALUENET_BENCH_IGRAPH
  if (name == graph_name::hub43k_directed) {
    k.peer = [=](inputs& in, double) {
      igraph_vector_t counts;
      igraph_vector_init(&counts, 0);
      igraph_triad_census(in.igraph(name), &counts);
      const double first = VECTOR(counts)[0];
      igraph_vector_destroy(&counts);
      return first;
    };
  }
#endif
  k.work = [=](inputs& in, const machine&) {
    return work{.items = static_cast<double>(in.graph(name).arc_count())};
  };
  benches.add(std::move(k));
}

void add_reciprocity(suite& benches, graph_name name) {
  kernel k{.name = "reciprocity", .graph = name};
  const auto plain = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    std::uint64_t returned = 0;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      for (const vn::vertex_id u : g.out_neighbors(v)) {
        const auto row = g.out_neighbors(u);
        returned += std::binary_search(row.begin(), row.end(), v) ? 1 : 0;
      }
    }
    return static_cast<double>(returned) / static_cast<double>(g.arc_count());
  };
  k.verify = [=](inputs& in) {
    return expect_near(
        "reciprocity",
        vn::reciprocity(in.graph(name), {}, {.threads = in.threads()}).reciprocity.value_or(-1.0),
        plain(in), 1e-12);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return vn::reciprocity(in.graph(name), {}, exec).reciprocity.value_or(0.0);
  };
  k.plain = plain;
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    double result = 0.0;
    igraph_reciprocity(in.igraph(name), &result, true, IGRAPH_RECIPROCITY_DEFAULT);
    return result;
  };
#endif
  k.work = stream_of_rows(name);
  benches.add(std::move(k));
}

void add_degree_assortativity(suite& benches, graph_name name) {
  kernel k{.name = "degree assortativity", .graph = name};
  const auto plain = [=](inputs& in) {
    const vn::graph& g = in.graph(name);
    const auto arcs = static_cast<double>(g.arc_count());
    double x = 0.0;
    double y = 0.0;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      const auto a = static_cast<double>(g.out_arc_count(v));
      for (const vn::vertex_id u : g.out_neighbors(v)) {
        const auto b = static_cast<double>(g.in_arc_count(u));
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
      }
    }
    return (xy / arcs - x / arcs * (y / arcs)) /
           std::sqrt((xx / arcs - x / arcs * (x / arcs)) * (yy / arcs - y / arcs * (y / arcs)));
  };
  k.verify = [=](inputs& in) {
    return expect_near(
        "assortativity",
        vn::degree_assortativity(in.graph(name), {}, {.threads = in.threads()}).value_or(-2.0),
        plain(in), 1e-9);
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    return vn::degree_assortativity(in.graph(name), {}, exec).value_or(0.0);
  };
  k.plain = plain;
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    double result = 0.0;
    igraph_assortativity_degree(in.igraph(name), &result, true);
    return result;
  };
#endif
  k.work = stream_of_rows(name);
  benches.add(std::move(k));
}

void add_attribute_mixing(suite& benches, graph_name name) {
  constexpr std::uint32_t categories = 31;  // as many as there are provinces
  const auto category_of = [](std::size_t v) {
    return static_cast<std::uint32_t>((v * 0x9E3779B97F4A7C15U >> 33) % categories);
  };
  const auto categorised = [=](const vn::graph& g) {
    std::vector<std::uint32_t> result(g.vertex_count());
    for (std::size_t v = 0; v < result.size(); ++v) result[v] = category_of(v);
    return result;
  };
  kernel k{.name = "mixing of 31 categories", .graph = name};
  k.verify = [=](inputs& in) -> std::string {
    const vn::graph& g = in.graph(name);
    const vn::mixing_result found =
        vn::attribute_mixing(g, categorised(g), {}, {.threads = in.threads()});
    std::vector<std::uint64_t> expected(categories * categories, 0);
    for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
      for (const vn::vertex_id u : g.out_neighbors(v)) {
        ++expected[category_of(v) * categories + category_of(u)];
      }
    }
    return found.counts == expected ? "" : "the matrix differs from counted arcs";
  };
  k.run = [=](inputs& in, const vn::execution& exec) {
    const vn::graph& g = in.graph(name);
    return vn::attribute_mixing(g, categorised(g), {}, exec).assortativity.value_or(0.0);
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [=](inputs& in, double) {
    const vn::graph& g = in.graph(name);
    igraph_vector_int_t types;
    igraph_vector_int_init(&types, static_cast<igraph_integer_t>(g.vertex_count()));
    for (std::size_t v = 0; v < g.vertex_count(); ++v) VECTOR(types)[v] = category_of(v);
    double result = 0.0;
    igraph_assortativity_nominal(in.igraph(name), &types, &result, true, true);
    igraph_vector_int_destroy(&types);
    return result;
  };
#endif
  k.work = stream_of_rows(name);
  benches.add(std::move(k));
}

}  // namespace

void add_mixing(suite& benches) {
  for (const graph_name name :
       {graph_name::hub43k, graph_name::rmat18, graph_name::rmat20, graph_name::rmat22}) {
    add_cores(benches, name);
    add_rich_club(benches, name);
  }
  for (const graph_name name :
       {graph_name::hub43k_directed, graph_name::rmat18_directed, graph_name::rmat20_directed}) {
    add_triads(benches, name);
    add_reciprocity(benches, name);
    add_degree_assortativity(benches, name);
    add_attribute_mixing(benches, name);
  }
}

}  // namespace bench
