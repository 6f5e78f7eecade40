// The whole question at once: is this a power law, how sure is that, and what else could it be?
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/statistics/power_law.hpp"
#include "valuenet/statistics/tail_alternatives.hpp"
#include "valuenet/statistics/tail_index.hpp"
#include "valuenet/statistics/value_counts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

struct assessment_options {
  power_law_options fit{.bootstrap_replicates = 1000};
  /// replicates = 0: no intervals.
  bootstrap_options intervals{.replicates = 200};
  alternatives_options alternatives{};
  tail_index_options tail_index{};
};

/// Broido & Clauset's classes, from the set of simple graphs (samples) that a network yields; of
/// one sample, shares are 0 or 1. Alternatives are exponential, lognormal, stretched exponential
/// and power law with cut-off; a collapsed one is never favoured.
enum class scale_free_class : std::uint8_t {
  not_scale_free,  ///< none of the following
  super_weak,      ///< in at least half of the samples no alternative is favoured
  weakest,         ///< in at least half p >= 0.1: a power law cannot be ruled out
  weak,            ///< and the tail holds at least 50 values
  strong,          ///< and 2 < alpha < 3
  strongest,       ///< strong in at least 90%, no alternative favoured in at least 95%
};

/// "not scale-free", "super-weak", "weakest", "weak", "strong", "strongest".
[[nodiscard]] std::string_view to_string(scale_free_class value) noexcept;
/// In Chinese.
[[nodiscard]] std::string_view to_string_zh(scale_free_class value) noexcept;

/// What each class looks at, of one sample.
struct scale_free_criteria {
  bool no_alternative_favored = false;
  bool not_ruled_out = false;      ///< p >= 0.1
  bool has_enough_tail = false;    ///< at least 50 values
  bool exponent_in_range = false;  ///< 2 < alpha < 3
};

/// A sentence for people, in English and in Chinese.
struct sentence {
  std::string text;
  std::string text_zh;
};

struct power_law_verdict {
  /// Nothing without a fit or a p-value.
  std::optional<scale_free_class> scale_free{};
  scale_free_criteria criteria{};
  /// Alternatives that fit better, worse, and neither (at the significance asked for; a power law
  /// with cut-off among these means that the data show no cut-off). Collapsed ones are in none.
  std::vector<alternative> better{};
  std::vector<alternative> worse{};
  std::vector<alternative> undecided_alternatives{};
  std::vector<alternative> collapsed{};
  sentence headline{};
  std::vector<sentence> reasons{};
  /// What the data cannot decide, and why.
  std::vector<sentence> undecided{};
};

struct power_law_assessment {
  power_law_result fit{};
  std::optional<bootstrap_result> intervals{};
  std::optional<alternatives_result> alternatives{};
  tail_index_result tail_index{};
  power_law_verdict verdict{};
};

/// Fit with p-value, intervals, alternatives and tail index of one sample, and the verdict over all
/// of them in plain words: see fit_power_law, bootstrap_power_law, compare_alternatives and
/// tail_index for what each does, costs and throws.
///
/// The verdict: p < 0.1 rules the power law out. Else it is possible, and the alternatives say
/// whether something fits better or as well. A sample that the p-value rules out may still have a
/// tail that becomes a power law only far out; that is what the tail index looks for, and the
/// verdict says so where the two differ. It names what stays open: fewer than 50 tail values, p
/// within two standard errors of 0.1, x_min uncertain by a factor of three or more, alternatives
/// that cannot be told apart, tail indices that depend on chance.
///
/// Source: Clauset, Shalizi & Newman 2009, doi:10.1137/070710111; Broido & Clauset 2019,
/// doi:10.1038/s41467-019-08746-5; Voitalov et al. 2019, doi:10.1103/PhysRevResearch.1.033034.
[[nodiscard]] power_law_assessment assess_power_law(const value_counts& sample,
                                                    const assessment_options& options = {},
                                                    const execution& exec = {});

/// The class of a set of samples, such as the in-, out- and total degrees of a directed network or
/// the layers of a multiplex one. A sample without a fit meets no criterion. Nothing for no
/// samples.
[[nodiscard]] std::optional<scale_free_class> classify_scale_free(
    std::span<const power_law_assessment> assessments);

}  // namespace valuenet
