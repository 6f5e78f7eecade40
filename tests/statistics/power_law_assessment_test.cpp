#include "valuenet/statistics/power_law_assessment.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "detail/random.hpp"
#include "statistics/power_law_samples.hpp"

namespace vn = valuenet;

namespace {

vn::assessment_options quick() {
  vn::assessment_options options;
  options.fit.bootstrap_replicates = 200;
  options.intervals.replicates = 40;
  options.tail_index.repeats = 3;
  options.tail_index.replicates = 20;
  return options;
}

vn::power_law_assessment assess(const std::string& name) {
  const auto sample = power_law_samples::load(power_law_samples::expected(name));
  REQUIRE(sample);
  return vn::assess_power_law(*sample, quick());
}

bool contains(const std::vector<vn::sentence>& sentences, const std::string& word) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](const vn::sentence& s) { return s.text.find(word) != std::string::npos; });
}

// An assessment of which only the criteria matter.
vn::power_law_assessment with(bool unbeaten, bool possible, bool enough, bool in_range) {
  vn::power_law_assessment assessment;
  assessment.verdict.criteria = {unbeaten, possible, enough, in_range};
  return assessment;
}

}  // namespace

TEST_CASE("a zeta sample is called a power law, of the strongest class", "[assessment]") {
  const auto assessment = assess("zipf22_40k");
  CHECK(assessment.verdict.scale_free == vn::scale_free_class::strongest);
  CHECK(assessment.verdict.better.empty());
  CHECK(assessment.verdict.headline.text.find("A power law:") == 0);
  CHECK(assessment.verdict.headline.text_zh.find("幂律") == 0);
  CHECK(contains(assessment.verdict.reasons, "cannot be ruled out"));
  CHECK(contains(assessment.verdict.reasons, "no cut-off"));
  CHECK(contains(assessment.verdict.reasons, "diverging variance"));
  REQUIRE(assessment.intervals);
  CHECK(assessment.intervals->x_min.lower == 1.0);
}

TEST_CASE("preferential attachment's degrees are better described with a cut-off", "[assessment]") {
  const auto assessment = assess("ba40k_m2");
  CHECK(assessment.verdict.scale_free == vn::scale_free_class::weak);
  CHECK(assessment.verdict.better ==
        std::vector<vn::alternative>{vn::alternative::power_law_with_cutoff});
  CHECK(assessment.verdict.headline.text.find("better described by a power law with cut-off") !=
        std::string::npos);
  CHECK(!assessment.verdict.criteria.no_alternative_favored);
  CHECK(!assessment.verdict.criteria.exponent_in_range);  // 3.16
  CHECK(contains(assessment.verdict.undecided, "cannot tell a lognormal"));
}

TEST_CASE("an exponential sample is no power law", "[assessment]") {
  vn::detail::random_stream random(2);
  std::vector<double> sample(5000);
  for (double& x : sample) x = std::ceil(-20.0 * std::log(random.uniform_positive()));
  vn::assessment_options options = quick();
  options.fit.x_min = 2.0;
  const auto assessment = vn::assess_power_law(vn::count_values(sample), options);
  CHECK(assessment.verdict.scale_free == vn::scale_free_class::not_scale_free);
  CHECK(assessment.verdict.headline.text == "Not a power law.");
  CHECK(assessment.verdict.headline.text_zh == "不是幂律。");
  CHECK(contains(assessment.verdict.reasons, "An exponential fits better"));
}

TEST_CASE("what the data cannot decide is named", "[assessment]") {
  vn::detail::random_stream random(8);
  std::vector<double> sample(30);
  for (double& x : sample) x = std::floor(2.0 * std::pow(random.uniform_positive(), -0.7));
  const auto assessment = vn::assess_power_law(vn::count_values(sample), quick());
  REQUIRE(assessment.fit.fit);
  CHECK(assessment.fit.fit->tail_size < 50);
  CHECK(contains(assessment.verdict.undecided, "values lie in the tail"));
  CHECK(assessment.verdict.headline.text.find("decides little") != std::string::npos);
  CHECK(!assessment.verdict.criteria.has_enough_tail);

  vn::assessment_options untested = quick();
  untested.fit.bootstrap_replicates = 0;
  untested.intervals.replicates = 0;
  const auto open = vn::assess_power_law(vn::count_values(sample), untested);
  CHECK(!open.verdict.scale_free);
  CHECK(!open.intervals);
  CHECK(contains(open.verdict.undecided, "No p-value"));
}

TEST_CASE("a sample without a fit has a reason for a verdict", "[assessment]") {
  const auto assessment = vn::assess_power_law(vn::value_counts{{5.0}, {40}}, quick());
  CHECK(!assessment.fit.fit);
  CHECK(!assessment.alternatives);
  CHECK(!assessment.verdict.scale_free);
  CHECK(assessment.verdict.headline.text.find("every positive value is the same") !=
        std::string::npos);
}

TEST_CASE("classes of a set follow Broido and Clauset", "[assessment]") {
  using c = vn::scale_free_class;
  const auto classify = [](const std::vector<vn::power_law_assessment>& set) {
    return vn::classify_scale_free(set);
  };
  CHECK(!classify({}));
  CHECK(classify({with(true, true, true, true)}) == c::strongest);
  CHECK(classify({with(false, true, true, true)}) == c::strong);
  CHECK(classify({with(true, true, true, false)}) == c::weak);
  CHECK(classify({with(true, true, false, true)}) == c::weakest);
  CHECK(classify({with(true, false, true, true)}) == c::super_weak);
  CHECK(classify({with(false, false, true, true)}) == c::not_scale_free);
  // Half is enough but for the strongest.
  CHECK(classify({with(true, true, true, true), with(false, false, false, false)}) == c::strong);
  CHECK(classify({with(true, true, true, true), with(false, false, false, false),
                  with(false, false, false, false)}) == c::not_scale_free);
  std::vector<vn::power_law_assessment> many(20, with(true, true, true, true));
  many[0] = with(true, false, true, true);
  many[1] = with(true, false, true, true);
  CHECK(classify(many) == c::strongest);  // 90% strong, 100% unbeaten
  many[2] = with(true, false, true, true);
  CHECK(classify(many) == c::strong);
}
