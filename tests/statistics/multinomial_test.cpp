#include "statistics/multinomial.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "catch.hpp"

namespace detail = valuenet::detail;

namespace {

// Pearson's statistic of draws against the binomial distribution, cells of expectation >= 10.
double binomial_chi_square(std::uint64_t n, double p, int draws, int& degrees) {
  detail::random_stream random(11, n);
  std::vector<double> seen(n + 1, 0.0);
  for (int i = 0; i < draws; ++i) seen[detail::draw_binomial(random, n, p)] += 1.0;
  double statistic = 0.0;
  double pooled_seen = 0.0;
  double pooled_expected = 0.0;
  degrees = -1;
  for (std::uint64_t k = 0; k <= n; ++k) {
    const double trials = static_cast<double>(n);
    const double hits = static_cast<double>(k);
    const double log_probability = std::lgamma(trials + 1) - std::lgamma(hits + 1) -
                                   std::lgamma(trials - hits + 1) + hits * std::log(p) +
                                   (trials - hits) * std::log1p(-p);
    pooled_expected += draws * std::exp(log_probability);
    pooled_seen += seen[k];
    if (pooled_expected >= 10.0) {
      statistic +=
          (pooled_seen - pooled_expected) * (pooled_seen - pooled_expected) / pooled_expected;
      pooled_seen = pooled_expected = 0.0;
      ++degrees;
    }
  }
  return statistic;
}

}  // namespace

TEST_CASE("binomial draws follow the binomial distribution", "[multinomial]") {
  const std::vector<std::pair<std::uint64_t, double>> cases{
      {1, 0.3},      {7, 0.5},    {60, 0.1},       {25, 0.42},   {100, 0.5},
      {1000, 0.013}, {1000, 0.9}, {40'000, 0.001}, {40'000, 0.3}};
  for (const auto& [n, p] : cases) {
    INFO("n = " << n << ", p = " << p);
    int degrees = 0;
    const double statistic = binomial_chi_square(n, p, 100'000, degrees);
    // Five standard deviations of the chi-square distribution.
    CHECK(statistic < degrees + 5.0 * std::sqrt(2.0 * degrees + 1.0));
  }
}

TEST_CASE("binomial draws of certain outcomes", "[multinomial]") {
  detail::random_stream random(1);
  CHECK(detail::draw_binomial(random, 0, 0.5) == 0);
  CHECK(detail::draw_binomial(random, 10, 0.0) == 0);
  CHECK(detail::draw_binomial(random, 10, 1.0) == 10);
}

TEST_CASE("multinomial draws have the right means, variances and total", "[multinomial]") {
  // Cells of every size: certain ones drawn by binomials, rare ones from the alias table, one
  // empty.
  const std::vector<double> weights{500.0, 0.02, 3.0, 0.0, 90.0, 0.5, 1e-9, 40.0, 7.0};
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  constexpr std::uint64_t items = 900;
  const detail::multinomial_sampler sampler(weights, items);
  REQUIRE(sampler.cells() == weights.size());
  constexpr int draws = 40'000;
  std::vector<double> sums(weights.size(), 0.0);
  std::vector<double> squares(weights.size(), 0.0);
  std::vector<std::uint64_t> counts(weights.size());
  detail::random_stream random(5);
  for (int i = 0; i < draws; ++i) {
    sampler.draw(random, counts);
    REQUIRE(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == items);
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
      const auto count = static_cast<double>(counts[cell]);
      sums[cell] += count;
      squares[cell] += count * count;
    }
  }
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    INFO("cell " << cell);
    const double p = weights[cell] / total;
    const double variance = static_cast<double>(items) * p * (1.0 - p);
    const double mean = sums[cell] / draws;
    CHECK(std::abs(mean - static_cast<double>(items) * p) <= 5.0 * std::sqrt(variance / draws));
    if (variance > 1.0) {
      CHECK(squares[cell] / draws - mean * mean == Approx(variance).epsilon(0.05));
    }
  }
}

TEST_CASE("one cell gets everything", "[multinomial]") {
  std::vector<std::uint64_t> counts(1);
  detail::random_stream random(5);
  for (const std::uint64_t items : {0U, 1U, 5U, 1000U}) {
    detail::multinomial_sampler(std::vector<double>{2.0}, items).draw(random, counts);
    CHECK(counts[0] == items);
  }
}
