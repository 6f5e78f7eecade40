#include "valuenet/statistics/value_counts.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;

TEST_CASE("values are counted in ascending order", "[value_counts]") {
  const std::vector<double> sample{3.0, -0.0, 70000.5, 3.0, 0.0, -2.0, 1e300, 3.0, 0.25};
  const vn::value_counts counts = vn::count_values(sample);
  CHECK(counts.values == std::vector<double>{-2.0, 0.0, 0.25, 3.0, 70000.5, 1e300});
  CHECK(counts.counts == std::vector<std::uint64_t>{1, 2, 1, 3, 1, 1});
  CHECK(counts.total() == 9);
  CHECK(!counts.is_whole());
  CHECK(!std::signbit(counts.values[1]));
}

TEST_CASE("an empty sample has no values", "[value_counts]") {
  const vn::value_counts counts = vn::count_values(std::span<const double>{});
  CHECK(counts.values.empty());
  CHECK(counts.total() == 0);
  CHECK(counts.is_whole());
}

TEST_CASE("what is not finite is counted apart", "[value_counts]") {
  const std::vector<double> sample{std::numeric_limits<double>::quiet_NaN(), 1.0,
                                   -std::numeric_limits<double>::infinity()};
  const vn::value_counts counts = vn::count_values(sample);
  CHECK(counts.not_finite == 2);
  CHECK(counts.values == std::vector<double>{1.0});
}

TEST_CASE("whole numbers of every width are counted", "[value_counts]") {
  const std::vector<std::uint32_t> narrow{5, 4'000'000'000, 5, 65'535, 65'536};
  const std::vector<std::uint64_t> wide{5, 4'000'000'000, 5, 65'535, 65'536};
  const vn::value_counts counts = vn::count_values(std::span<const std::uint32_t>(narrow));
  CHECK(counts.values == std::vector<double>{5, 65'535, 65'536, 4e9});
  CHECK(counts.counts == std::vector<std::uint64_t>{2, 1, 1, 1});
  CHECK(vn::count_values(std::span<const std::uint64_t>(wide)).values == counts.values);
  CHECK(counts.is_whole());
}

TEST_CASE("a histogram is put in order", "[value_counts]") {
  const vn::value_counts counts = vn::count_values(std::vector<double>{2.0, 1.0, 2.0, 9.0},
                                                   std::vector<std::uint64_t>{1, 2, 3, 0});
  CHECK(counts.values == std::vector<double>{1.0, 2.0});
  CHECK(counts.counts == std::vector<std::uint64_t>{2, 4});
  CHECK_THROWS_AS(vn::count_values(std::vector<double>{1.0}, std::vector<std::uint64_t>{}),
                  std::invalid_argument);
}

TEST_CASE("counts do not depend on threads and equal a map's", "[value_counts]") {
  vn::detail::random_stream random(7);
  std::vector<double> sample(400'000);
  for (double& value : sample) {
    value = std::floor(std::pow(random.uniform_positive(), -1.5));
    if (random.below(50) == 0) value += 0.5;
  }
  std::map<double, std::uint64_t> oracle;
  for (const double value : sample) ++oracle[value];
  for (const int threads : {1, 2, 8}) {
    const vn::value_counts counts = vn::count_values(sample, {.threads = threads});
    REQUIRE(counts.values.size() == oracle.size());
    std::size_t i = 0;
    for (const auto& [value, occurrences] : oracle) {
      REQUIRE(counts.values[i] == value);
      REQUIRE(counts.counts[i] == occurrences);
      ++i;
    }
  }
}
