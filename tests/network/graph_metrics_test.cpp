#include "valuenet/network/graph_metrics.hpp"

#include "valuenet/graph/builder.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

/// The six of the documents: 0->1, 0->2, 1->2, 2->0, 2->3, 3->4; 5 alone.
vn::graph six() {
  return vn::build_graph(std::vector<vn::edge>{{0, 1}, {0, 2}, {1, 2}, {2, 0}, {2, 3}, {3, 4}},
                         {.vertex_count = 6});
}

std::optional<double> value_of(const vn::graph& g, const std::string& name) {
  const auto metric = vn::find_graph_metric(name);
  REQUIRE(metric);
  CHECK(metric->name == name);
  CHECK_FALSE(metric->definition.empty());
  return metric->value(g, {});
}

}  // namespace

TEST_CASE("statistics of six actors by their names, by hand") {
  const vn::graph g = six();
  CHECK(value_of(g, "triangles") == 1.0);
  // Neighbours 2, 2, 3, 2, 1, 0: connected triples 1 + 1 + 3 + 1.
  CHECK(*value_of(g, "transitivity") == Approx(0.5));
  CHECK(*value_of(g, "reciprocity") == Approx(2.0 / 6.0));
  CHECK(value_of(g, "weak-components") == 2.0);
  CHECK(value_of(g, "largest-weak-component") == 5.0);
  CHECK(value_of(g, "strong-components") == 4.0);
  CHECK(value_of(g, "largest-strong-component") == 3.0);
  CHECK(value_of(g, "degeneracy") == 2.0);
  // From 0: 1, 1, 2, 3; from 1: 1, 2, 2, 3; from 2: 1, 2, 1, 2; from 3: 1.
  CHECK(value_of(g, "reachable-pairs") == 13.0);
  CHECK(*value_of(g, "mean-distance") == Approx(22.0 / 13.0));
  CHECK(value_of(g, "diameter") == 3.0);
  CHECK(*value_of(g, "efficiency") == Approx((6.0 + 5.0 / 2.0 + 2.0 / 3.0) / 30.0));
  CHECK(*value_of(g, "core-correlation") == Approx(0.354).margin(0.0005));
  // 0, 1, 2 with arcs 0->1, 0<->2, 1->2.
  CHECK(value_of(g, "triad-120C") == 1.0);
  CHECK(value_of(g, "triad-300") == 0.0);
  // More than one neighbour: 0, 1, 2, 3 with four of six pairs tied.
  CHECK(*value_of(g, "rich-club-1") == Approx(4.0 / 6.0));
  CHECK_FALSE(value_of(g, "rich-club-9"));
  CHECK(*value_of(g, "mean-degree") == Approx(2.0));
  CHECK(value_of(g, "largest-degree") == 4.0);
  // Degrees 0 1 2 2 3 4 ascending: sum (2 i - 7) x / (6 * 12).
  CHECK(*value_of(g, "gini-degree") == Approx((-3.0 - 2.0 + 2.0 + 9.0 + 20.0) / 72.0));
  CHECK(*value_of(g, "largest-constraint") == Approx(1.2569444444444442));
}

TEST_CASE("every name that is offered is known, and no other") {
  for (const std::string& name : vn::graph_metric_names()) {
    const bool is_pattern = name.find("METRIC") != std::string::npos || name.ends_with("-K");
    CHECK(vn::find_graph_metric(name).has_value() != is_pattern);
    if (!is_pattern) value_of(six(), name);
  }
  for (const char* name : {"", "triad-", "triad-999", "rich-club-", "rich-club-x", "mean-",
                           "mean-height", "largest-rich-club-1"}) {
    CHECK_FALSE(vn::find_graph_metric(name));
  }
}

TEST_CASE("any statistic is held against the null model, the same at any thread count") {
  // Three triangles in a row, joined: clustered for their degrees.
  const vn::graph g = vn::build_graph(
      std::vector<vn::edge>{
          {0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 5}, {5, 3}, {5, 6}, {6, 7}, {7, 8}, {8, 6}},
      {.direction = vn::direction::undirected, .vertex_count = 9});
  std::vector<vn::graph_statistic> statistics;
  for (const char* name : {"transitivity", "modularity", "gini-betweenness", "triangles"}) {
    statistics.push_back(vn::find_graph_metric(name)->value);
  }
  const vn::null_model_options options{
      .replicates = 60, .rewiring = {.constraint = vn::rewiring_constraint::connected}};
  const auto found = vn::compare_with_null(g, statistics, options, {.threads = 1});
  CHECK(*found[3].observed == 3.0);
  CHECK(*found[3].mean < 2.0);
  CHECK(*found[0].p_above < 0.1);
  for (const int threads : {2, 8}) {
    const auto again = vn::compare_with_null(g, statistics, options, {.threads = threads});
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(again[i].values == found[i].values);
  }
}
