// Structure as NetworkX and igraph see it, and brokers by their definition: tests/reference.
#include "valuenet/graph/builder.hpp"
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/rich_club.hpp"
#include "valuenet/metrics/triad_census.hpp"
#include "valuenet/network/roles.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"

namespace vn = valuenet;
using Catch::Approx;

namespace {

constexpr vn::vertex_id vertices = 30;

/// The rows below the header.
std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  std::ifstream file(std::string(VALUENET_SOURCE_DIR) + "/tests/reference/structure/" + name);
  REQUIRE(file);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

vn::graph reference_graph() {
  std::vector<vn::edge> arcs;
  for (const auto& row : rows_of("arcs.csv")) {
    arcs.push_back({static_cast<vn::vertex_id>(std::stoul(row[0])),
                    static_cast<vn::vertex_id>(std::stoul(row[1])), std::stod(row[2])});
  }
  REQUIRE(arcs.size() == 109);
  return vn::build_graph(arcs, {.vertex_count = vertices});
}

}  // namespace

TEST_CASE("structural holes, cores and cut points are NetworkX's and igraph's") {
  const vn::graph g = reference_graph();
  const auto unit = vn::structural_holes(g);
  const auto weighted = vn::structural_holes(g, vn::tie_strength::weight);
  const auto cores = vn::core_numbers(g);
  const auto cut = vn::cuts(g);
  const auto rows = rows_of("vertices.csv");
  REQUIRE(rows.size() == vertices);
  for (vn::vertex_id v = 0; v < vertices; ++v) {
    CHECK(unit.constraint[v] == Approx(std::stod(rows[v][1])).epsilon(1e-12));
    CHECK(weighted.constraint[v] == Approx(std::stod(rows[v][2])).epsilon(1e-12));
    CHECK(unit.effective_size[v] == Approx(std::stod(rows[v][3])).epsilon(1e-12));
    CHECK(weighted.effective_size[v] == Approx(std::stod(rows[v][4])).epsilon(1e-12));
    CHECK(cores.core[v] == std::stoul(rows[v][5]));
    CHECK(cores.layer[v] == std::stoul(rows[v][6]));
    CHECK(cut.is_articulation[v] == std::stoul(rows[v][7]));
  }
}

TEST_CASE("the rich club and the triads are NetworkX's") {
  const vn::graph g = reference_graph();
  const auto clubs = vn::rich_club(g);
  const auto rows = rows_of("rich_club.csv");
  for (const auto& row : rows) {
    const std::size_t k = std::stoul(row[0]);
    REQUIRE(k < clubs.size());
    REQUIRE(clubs[k].coefficient);
    CHECK(*clubs[k].coefficient == Approx(std::stod(row[1])).epsilon(1e-14));
  }
  const auto triads = vn::triad_census(g);
  for (const auto& row : rows_of("triads.csv")) {
    const auto found = std::find(vn::triad_names.begin(), vn::triad_names.end(), row[0]);
    REQUIRE(found != vn::triad_names.end());
    CHECK(triads[static_cast<std::size_t>(found - vn::triad_names.begin())] == std::stoul(row[1]));
  }
}

TEST_CASE("brokers are those of Gould and Fernandez's definition") {
  std::vector<std::uint32_t> group;
  for (std::uint32_t v = 0; v < vertices; ++v) group.push_back(v % 4);
  const auto brokers = vn::brokerage(reference_graph(), group);
  const auto rows = rows_of("brokerage.csv");
  REQUIRE(rows.size() == vertices);
  for (vn::vertex_id v = 0; v < vertices; ++v) {
    for (std::size_t role = 0; role < vn::brokerage_roles; ++role) {
      CHECK(brokers.counts[v][role] == std::stoul(rows[v][2 + role]));
    }
  }
}
