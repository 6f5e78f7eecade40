#include "metrics/triangle_counts.hpp"

#include "valuenet/synthesis/random_graph.hpp"

#include <bit>

#include "catch.hpp"
#include "detail/random.hpp"
#include "metrics/common_bits.hpp"

namespace vn = valuenet;
namespace detail = vn::detail;

namespace {

/// The same counts from a plain enumeration of the triangles.
detail::mutual_triangles enumerate(detail::parallel& workers, const detail::skeleton& s) {
  const detail::ranked_rows ranked = detail::rank_by_degree(workers, s);
  detail::mutual_triangles counts{std::vector<std::uint64_t>(s.size(), 0),
                                  std::vector<std::uint64_t>(s.size(), 0)};
  const auto& vertex = ranked.order.vertex;
  detail::for_each_triangle(
      workers, s, ranked,
      [&](vn::vertex_id low, vn::vertex_id middle, vn::vertex_id high, vn::arc_id low_middle,
          vn::arc_id low_high, vn::arc_id middle_high, std::size_t) {
        for (const vn::vertex_id corner : {low, middle, high}) ++counts.triangles[vertex[corner]];
        const auto add = [&](vn::vertex_id corner, vn::arc_id opposite) {
          if (ranked.ties[opposite] == detail::tie_mutual) {
            ++counts.opposite_mutual[vertex[corner]];
          }
        };
        add(low, middle_high);
        add(middle, low_high);
        add(high, low_middle);
      });
  return counts;
}

}  // namespace

TEST_CASE("triangle counts agree with an enumeration on every instruction set", "[triangles]") {
  detail::parallel one({.threads = 1});
  for (const int scale : {8, 10, 12}) {
    for (const double edge_factor : {2.0, 16.0, 48.0}) {
      for (const auto direction : {vn::direction::directed, vn::direction::undirected}) {
        const auto g = vn::rmat(
            {.scale = scale, .edge_factor = edge_factor, .direction = direction, .seed = 7});
        const detail::skeleton s(one, g, detail::tie_detail::directions, {});
        const auto expected = enumerate(one, s);
        for (const auto set : detail::supported_instruction_sets()) {
          for (const int threads : {1, 2, 8}) {
            detail::parallel workers({.threads = threads});
            INFO(scale << ' ' << edge_factor << ' ' << detail::to_string(set) << ' ' << threads);
            REQUIRE(detail::count_triangles(workers, s, set) == expected.triangles);
            const auto mutual = detail::count_mutual_triangles(workers, s, set);
            REQUIRE(mutual.triangles == expected.triangles);
            REQUIRE(mutual.opposite_mutual == expected.opposite_mutual);
          }
        }
      }
    }
  }
}

TEST_CASE("triangle counts of large closed forms", "[triangles]") {
  for (const auto set : detail::supported_instruction_sets()) {
    detail::parallel workers({.threads = 2});
    const vn::graph complete = vn::complete_graph(1100);
    const detail::skeleton s(workers, complete, detail::tie_detail::none, {});
    REQUIRE(detail::count_triangles(workers, s, set) ==
            std::vector<std::uint64_t>(1100, 1099 * 1098 / 2));
    const vn::graph grid = vn::grid_graph(40, 50);
    const detail::skeleton no_triangles(workers, grid, detail::tie_detail::none, {});
    REQUIRE(detail::count_triangles(workers, no_triangles, set) ==
            std::vector<std::uint64_t>(2000, 0));
  }
}

TEST_CASE("common bits are counted alike on every instruction set", "[triangles]") {
  detail::random_stream random(3);
  constexpr std::size_t row_words = 24;
  std::vector<std::uint64_t> matrix(row_words * 10);
  std::vector<std::uint64_t> marks(row_words);
  for (auto& word : matrix) word = random();
  for (auto& word : marks) word = random() & random();
  const std::vector<std::uint32_t> wanted{9, 0, 4, 4};
  for (const auto set : detail::supported_instruction_sets()) {
    for (std::size_t words = 0; words <= row_words; ++words) {
      std::vector<std::uint32_t> commons(wanted.size(), 77);
      detail::count_common_bits(set, marks.data(), words, {matrix.data(), row_words}, wanted,
                                commons.data());
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        int expected = 0;
        for (std::size_t word = 0; word < words; ++word) {
          expected += std::popcount(matrix[wanted[i] * row_words + word] & marks[word]);
        }
        REQUIRE(commons[i] == static_cast<std::uint32_t>(expected));
      }
    }
  }
}
