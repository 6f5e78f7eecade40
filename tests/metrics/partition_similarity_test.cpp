#include "valuenet/metrics/partition_similarity.hpp"

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"

namespace vn = valuenet;

namespace {

using labels = std::vector<std::uint32_t>;

/// Straight from the definitions: pairs one by one, probabilities from a full table.
vn::partition_similarity_result naive(const labels& a, const labels& b) {
  const std::size_t n = a.size();
  double both = 0.0, in_a = 0.0, in_b = 0.0, all = 0.0;
  for (std::size_t u = 0; u < n; ++u) {
    for (std::size_t v = u + 1; v < n; ++v) {
      all += 1.0;
      in_a += a[u] == a[v] ? 1.0 : 0.0;
      in_b += b[u] == b[v] ? 1.0 : 0.0;
      both += a[u] == a[v] && b[u] == b[v] ? 1.0 : 0.0;
    }
  }
  // Each vertex carries 1/n of every entropy.
  double entropy_a = 0.0, entropy_b = 0.0, joint = 0.0;
  for (std::size_t u = 0; u < n; ++u) {
    double with_a = 0.0, with_b = 0.0, with_both = 0.0;
    for (std::size_t v = 0; v < n; ++v) {
      with_a += a[u] == a[v] ? 1.0 : 0.0;
      with_b += b[u] == b[v] ? 1.0 : 0.0;
      with_both += a[u] == a[v] && b[u] == b[v] ? 1.0 : 0.0;
    }
    const auto count = static_cast<double>(n);
    entropy_a -= std::log(with_a / count) / count;
    entropy_b -= std::log(with_b / count) / count;
    joint -= std::log(with_both / count) / count;
  }
  vn::partition_similarity_result result;
  if (entropy_a + entropy_b > 0.0) {
    result.normalized_mutual_information =
        2.0 * (entropy_a + entropy_b - joint) / (entropy_a + entropy_b);
  }
  result.variation_of_information = 2.0 * joint - entropy_a - entropy_b;
  if (all > 0.0) {
    const double expected = in_a * in_b / all;
    const double mean = (in_a + in_b) / 2.0;
    if (mean != expected) result.adjusted_rand_index = (both - expected) / (mean - expected);
  }
  return result;
}

}  // namespace

TEST_CASE("partition similarity by hand", "[partition_similarity]") {
  // Two halves against odd and even: independent, so no information; of the 2 + 2 pairs together
  // none is shared, 4/6 are expected.
  const auto independent = vn::partition_similarity(labels{0, 0, 1, 1}, labels{0, 1, 0, 1});
  CHECK(independent.normalized_mutual_information == Approx(0.0).margin(1e-15));
  CHECK(independent.variation_of_information == Approx(2.0 * std::log(2.0)));
  CHECK(independent.adjusted_rand_index == Approx(-0.5));
  // A partition and its refinement into singletons: H(a) = log 2, H(b) = log 4, I = log 2.
  const auto refined = vn::partition_similarity(labels{7, 7, 3, 3}, labels{4, 3, 2, 1});
  CHECK(refined.normalized_mutual_information == Approx(2.0 / 3.0));
  CHECK(refined.variation_of_information == Approx(std::log(2.0)));
  CHECK(refined.adjusted_rand_index == Approx(0.0).margin(1e-15));
}

TEST_CASE("partition similarity where nothing is uncertain", "[partition_similarity]") {
  for (const labels& each : {labels{}, labels{5}, labels{2, 2, 2}, labels{0, 1, 2}}) {
    const auto same = vn::partition_similarity(each, each);
    CHECK(same.normalized_mutual_information == 1.0);
    CHECK(same.variation_of_information == 0.0);
    CHECK(same.adjusted_rand_index == 1.0);
  }
  const auto none = vn::partition_similarity(labels{0, 0, 0}, labels{0, 1, 2});
  CHECK(none.normalized_mutual_information == 0.0);
  CHECK(none.adjusted_rand_index == 0.0);
  CHECK_THROWS_AS(vn::partition_similarity(labels{0}, labels{0, 1}), std::invalid_argument);
}

TEST_CASE("partition similarity agrees with the definitions", "[partition_similarity]") {
  vn::detail::random_stream random(11);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 1 + random.below(40);
    const std::uint64_t classes = 1 + random.below(n);
    labels a(n), b(n), renamed(n);
    for (std::size_t v = 0; v < n; ++v) {
      a[v] = static_cast<std::uint32_t>(random.below(classes));
      b[v] = random.below(3) == 0 ? static_cast<std::uint32_t>(random.below(classes)) : a[v];
      renamed[v] = 4'000'000'000U - 17U * b[v];  // names must not matter
    }
    const auto expected = naive(a, b);
    for (const auto& found : {vn::partition_similarity(a, b), vn::partition_similarity(b, a),
                              vn::partition_similarity(a, renamed)}) {
      CHECK(found.normalized_mutual_information ==
            Approx(expected.normalized_mutual_information).margin(1e-12));
      CHECK(found.variation_of_information ==
            Approx(expected.variation_of_information).margin(1e-12));
      CHECK(found.adjusted_rand_index == Approx(expected.adjusted_rand_index).margin(1e-12));
    }
  }
}
