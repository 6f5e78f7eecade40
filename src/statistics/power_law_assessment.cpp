#include "valuenet/statistics/power_law_assessment.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace valuenet {

namespace {

constexpr double p_threshold = 0.1;
constexpr std::uint64_t enough_tail = 50;

scale_free_class classify(std::span<const scale_free_criteria> samples) {
  const auto share = [&](auto&& condition) {
    return static_cast<double>(std::count_if(samples.begin(), samples.end(), condition)) /
           static_cast<double>(samples.size());
  };
  const auto weak = [](const scale_free_criteria& c) {
    return c.not_ruled_out && c.has_enough_tail;
  };
  const auto strong = [&](const scale_free_criteria& c) { return weak(c) && c.exponent_in_range; };
  const double unbeaten =
      share([](const scale_free_criteria& c) { return c.no_alternative_favored; });
  if (share(strong) >= 0.9 && unbeaten >= 0.95) return scale_free_class::strongest;
  if (share(strong) >= 0.5) return scale_free_class::strong;
  if (share(weak) >= 0.5) return scale_free_class::weak;
  if (share([](const scale_free_criteria& c) { return c.not_ruled_out; }) >= 0.5) {
    return scale_free_class::weakest;
  }
  return unbeaten >= 0.5 ? scale_free_class::super_weak : scale_free_class::not_scale_free;
}

sentence name_of(alternative kind) {
  switch (kind) {
    case alternative::exponential:
      return {"an exponential", "指数分布"};
    case alternative::lognormal:
      return {"a lognormal", "对数正态分布"};
    case alternative::stretched_exponential:
      return {"a stretched exponential", "拉伸指数分布"};
    case alternative::power_law_with_cutoff:
      return {"a power law with cut-off", "带指数截断的幂律"};
    case alternative::poisson:
      return {"a Poisson", "泊松分布"};
  }
  return {};
}

// "a, b and c".
sentence list_of(const std::vector<alternative>& kinds) {
  sentence result;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const sentence name = name_of(kinds[i]);
    if (i > 0) {
      const bool is_last = i + 1 == kinds.size();
      result.text += is_last ? " and " : ", ";
      result.text_zh += is_last ? "和" : "、";
    }
    result.text += name.text;
    result.text_zh += name.text_zh;
  }
  return result;
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string p_text(double p) {
  return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p);
}

// With separators of thousands.
std::string count_text(std::uint64_t count) {
  const std::string digits = std::to_string(count);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string value_text(double value) {
  return fmt::format("{:.6g}", value);
}

void sort_alternatives(const alternatives_result& alternatives, power_law_verdict& verdict) {
  verdict.criteria.no_alternative_favored = true;
  for (const alternative_fit& fit : alternatives.alternatives) {
    if (fit.collapsed) {
      verdict.collapsed.push_back(fit.kind);
    } else if (fit.indistinguishable) {
      verdict.undecided_alternatives.push_back(fit.kind);
    } else if (fit.log_likelihood_ratio > 0.0) {
      verdict.worse.push_back(fit.kind);
    } else {
      verdict.better.push_back(fit.kind);
      // Broido & Clauset do not try the Poisson distribution.
      if (fit.kind != alternative::poisson) verdict.criteria.no_alternative_favored = false;
    }
  }
}

void say_fit(const power_law_assessment& assessment, power_law_verdict& verdict) {
  const power_law_fit& fit = *assessment.fit.fit;
  const double percent = 100.0 * fit.tail_share;
  verdict.reasons.push_back(
      {fmt::format("The {} largest of {} values ({:.3g}%), those from {} on, follow x^-{:.3f} best "
                   "(standard error {:.3f}).",
                   count_text(fit.tail_size), count_text(assessment.fit.sample.kept), percent,
                   value_text(fit.x_min), fit.alpha, fit.alpha_standard_error),
       fmt::format("{}个值中最大的{}个（{:.3g}%，不小于{}）最符合 x^-{:.3f}（标准误{:.3f}）。",
                   count_text(assessment.fit.sample.kept), count_text(fit.tail_size), percent,
                   value_text(fit.x_min), fit.alpha, fit.alpha_standard_error)});
  if (!assessment.intervals) return;
  const bootstrap_result& intervals = *assessment.intervals;
  verdict.reasons.push_back(
      {fmt::format("Resampled, alpha lies between {:.3f} and {:.3f}, x_min between {} and {}.",
                   intervals.alpha.lower, intervals.alpha.upper, value_text(intervals.x_min.lower),
                   value_text(intervals.x_min.upper)),
       fmt::format("自助重抽样后，alpha 在{:.3f}与{:.3f}之间，x_min 在{}与{}之间。",
                   intervals.alpha.lower, intervals.alpha.upper, value_text(intervals.x_min.lower),
                   value_text(intervals.x_min.upper))});
  if (intervals.x_min.upper >= 3.0 * intervals.x_min.lower) {
    verdict.undecided.push_back(
        {fmt::format(
             "Where the tail begins is uncertain (x_min between {} and {}), and the exponent "
             "depends on it.",
             value_text(intervals.x_min.lower), value_text(intervals.x_min.upper)),
         fmt::format("尾部从何处开始并不确定（x_min 在{}与{}之间），而指数取决于此。",
                     value_text(intervals.x_min.lower), value_text(intervals.x_min.upper))});
  }
}

void say_p_value(const power_law_fit& fit, power_law_verdict& verdict) {
  if (!fit.goodness) {
    verdict.undecided.push_back(
        {"No p-value was computed: whether a power law can be ruled out is open.",
         "未计算 p 值：能否排除幂律尚不可知。"});
    return;
  }
  const goodness_of_fit& goodness = *fit.goodness;
  const std::string p =
      fmt::format("p = {:.3f} +- {:.3f}", goodness.p_value, goodness.standard_error);
  if (goodness.p_value >= p_threshold) {
    verdict.reasons.push_back(
        {fmt::format("{} ({} replicates): true samples of this law often lie as far from it, so it "
                     "cannot be ruled out.",
                     p, count_text(goodness.replicates)),
         fmt::format("{}（{}次重复）：真正服从该幂律的样本也常有这么大的偏离，因此不能排除幂律。",
                     p, count_text(goodness.replicates))});
  } else {
    verdict.reasons.push_back(
        {fmt::format(
             "{} ({} replicates): true samples of this law rarely lie as far from it, so it "
             "is ruled out.",
             p, count_text(goodness.replicates)),
         fmt::format("{}（{}次重复）：真正服从该幂律的样本很少有这么大的偏离，因此排除幂律。", p,
                     count_text(goodness.replicates))});
  }
  // An observed share of 0 or 1 has an error too: that of one replicate.
  const double error =
      std::max(goodness.standard_error, 1.0 / static_cast<double>(goodness.replicates));
  if (std::abs(goodness.p_value - p_threshold) <= 2.0 * error) {
    verdict.undecided.push_back(
        {"p lies within two of its standard errors of 0.1: more replicates would decide.",
         "p 值距 0.1 不足两个标准误：需要更多次重复才能决定。"});
  }
}

void say_alternative(const alternative_fit& fit, power_law_verdict& verdict) {
  const sentence name = name_of(fit.kind);
  const std::string ratio = fmt::format("R = {:.4g}", fit.log_likelihood_ratio);
  if (fit.collapsed) {
    verdict.reasons.push_back(
        {fmt::format("{} fits best where it has itself become a power law: it is no rival here.",
                     capitalized(name.text)),
         fmt::format("{}的最佳拟合本身已退化为幂律：在此不构成竞争。", name.text_zh)});
    return;
  }
  const std::string p = p_text(fit.p_value.value_or(1.0));
  if (fit.indistinguishable && fit.kind == alternative::power_law_with_cutoff) {
    verdict.reasons.push_back(
        {fmt::format("The data show no cut-off: adding one gains nothing that counts ({}, {}).",
                     ratio, p),
         fmt::format("数据未显示截断：加入截断没有明显改进（{}，{}）。", ratio, p)});
  } else if (fit.indistinguishable) {
    verdict.undecided.push_back(
        {fmt::format("The data cannot tell {} from the power law ({}, {}).", name.text, ratio, p),
         fmt::format("数据无法区分{}与幂律（{}，{}）。", name.text_zh, ratio, p)});
  } else if (fit.log_likelihood_ratio > 0.0) {
    verdict.reasons.push_back(
        {fmt::format("{} fits worse ({}, {}; positive R favours the power law).",
                     capitalized(name.text), ratio, p),
         fmt::format("{}拟合更差（{}，{}；R 为正表示支持幂律）。", name.text_zh, ratio, p)});
  } else {
    verdict.reasons.push_back(
        {fmt::format("{} fits better ({}, {}; negative R favours the alternative).",
                     capitalized(name.text), ratio, p),
         fmt::format("{}拟合更好（{}，{}；R 为负表示支持备选分布）。", name.text_zh, ratio, p)});
  }
}

sentence class_words(tail_class value) {
  switch (value) {
    case tail_class::not_power_law:
      return {"not a power law (an index is not positive)", "不是幂律（有一个尾指数不为正）"};
    case tail_class::hardly_power_law:
      return {"hardly a power law (an index is at most 1/4)",
              "几乎不是幂律（有一个尾指数不超过1/4）"};
    case tail_class::power_law:
      return {"a power law (all indices exceed 1/4)", "幂律（尾指数均大于1/4）"};
    case tail_class::power_law_with_diverging_variance:
      return {"a power law with diverging variance (all indices exceed 1/2)",
              "方差发散的幂律（尾指数均大于1/2）"};
  }
  return {};
}

void say_tail_index(const tail_index_result& result, power_law_verdict& verdict) {
  if (!result.verdict) return;
  std::string numbers;
  for (const tail_index_estimate& estimate : result.estimates) {
    if (!estimate.index) continue;
    if (!numbers.empty()) numbers += ", ";
    numbers += fmt::format("{} {:.3f}", to_string(estimate.estimator), *estimate.index);
  }
  const sentence words = class_words(*result.verdict);
  verdict.reasons.push_back(
      {fmt::format(
           "By extreme-value theory, which asks for a power law only in the limit ({}): {}.",
           numbers, words.text),
       fmt::format("按极值理论（只要求极限处为幂律；{}）：{}。", numbers, words.text_zh)});
  if (result.agreement < 1.0) {
    verdict.undecided.push_back(
        {fmt::format("The tail indices' class depends on chance: {:.0f}% of the repeats agree.",
                     100.0 * result.agreement),
         fmt::format("尾指数的类别受随机性影响：{:.0f}%的重复结果一致。",
                     100.0 * result.agreement)});
  }
}

bool is_power_law_tail(const tail_index_result& result) {
  return result.verdict == tail_class::power_law ||
         result.verdict == tail_class::power_law_with_diverging_variance;
}

sentence headline(const power_law_assessment& assessment, const power_law_verdict& verdict) {
  if (!assessment.fit.fit) {
    return {fmt::format("No power law can be fitted: {}.", explain(assessment.fit.status)),
            fmt::format("无法拟合幂律：{}。", explain_zh(assessment.fit.status))};
  }
  const power_law_fit& fit = *assessment.fit.fit;
  const sentence few =
      fit.tail_size < enough_tail
          ? sentence{fmt::format(" With {} tail values this decides little.", fit.tail_size),
                     fmt::format("尾部只有{}个值，结论力度有限。", fit.tail_size)}
          : sentence{};
  const auto with_few = [&](const std::string& text, const std::string& text_zh) {
    return sentence{text + few.text, text_zh + few.text_zh};
  };
  if (!fit.goodness) {
    return with_few("A power law was fitted, but not tested.", "已拟合幂律，但未检验。");
  }
  if (!verdict.criteria.not_ruled_out) {
    if (is_power_law_tail(assessment.tail_index)) {
      return with_few(
          "Heavy-tailed, but not a power law from x_min on: one is ruled out, while the "
          "tail indices allow one in the limit.",
          "重尾，但从 x_min 起并非幂律：严格的幂律被排除，而尾指数允许极限意义上的幂律。");
    }
    return with_few("Not a power law.", "不是幂律。");
  }
  if (!verdict.better.empty()) {
    const sentence names = list_of(verdict.better);
    return with_few(fmt::format("A power law is possible, but better described by {}.", names.text),
                    fmt::format("可能是幂律，但{}描述得更好。", names.text_zh));
  }
  // A cut-off that the data do not show is no rival: without it the law is a power law.
  std::vector<alternative> rivals = verdict.undecided_alternatives;
  std::erase(rivals, alternative::power_law_with_cutoff);
  if (!rivals.empty()) {
    const sentence names = list_of(rivals);
    return with_few(fmt::format("Compatible with a power law, and with {} too.", names.text),
                    fmt::format("与幂律相容，也与{}相容。", names.text_zh));
  }
  return with_few(
      "A power law: it is not ruled out, and every alternative fits worse or is one itself.",
      "幂律：不能被排除，且各备选分布都拟合更差或本身退化为幂律。");
}

power_law_verdict judge(const power_law_assessment& assessment) {
  power_law_verdict verdict;
  if (assessment.alternatives) sort_alternatives(*assessment.alternatives, verdict);
  if (assessment.fit.fit) {
    const power_law_fit& fit = *assessment.fit.fit;
    verdict.criteria.not_ruled_out = fit.goodness && fit.goodness->p_value >= p_threshold;
    verdict.criteria.has_enough_tail = fit.tail_size >= enough_tail;
    verdict.criteria.exponent_in_range = fit.alpha > 2.0 && fit.alpha < 3.0;
    if (fit.goodness) verdict.scale_free = classify(std::span(&verdict.criteria, 1));

    say_fit(assessment, verdict);
    say_p_value(fit, verdict);
    if (!verdict.criteria.has_enough_tail) {
      verdict.undecided.push_back(
          {fmt::format("Only {} values lie in the tail; fewer than {} decide little.",
                       fit.tail_size, enough_tail),
           fmt::format("尾部只有{}个值；少于{}个时难以下结论。", fit.tail_size, enough_tail)});
    }
    if (assessment.alternatives) {
      for (const alternative_fit& alternative : assessment.alternatives->alternatives) {
        say_alternative(alternative, verdict);
      }
    }
  }
  say_tail_index(assessment.tail_index, verdict);
  if (verdict.scale_free) {
    verdict.reasons.push_back(
        {fmt::format("By Broido and Clauset's classes: {}.", to_string(*verdict.scale_free)),
         fmt::format("按 Broido 与 Clauset 的分类：{}。", to_string_zh(*verdict.scale_free))});
  }
  verdict.headline = headline(assessment, verdict);
  return verdict;
}

}  // namespace

std::string_view to_string(scale_free_class value) noexcept {
  switch (value) {
    case scale_free_class::not_scale_free:
      return "not scale-free";
    case scale_free_class::super_weak:
      return "super-weak";
    case scale_free_class::weakest:
      return "weakest";
    case scale_free_class::weak:
      return "weak";
    case scale_free_class::strong:
      return "strong";
    case scale_free_class::strongest:
      return "strongest";
  }
  return "unknown";
}

std::string_view to_string_zh(scale_free_class value) noexcept {
  switch (value) {
    case scale_free_class::not_scale_free:
      return "非无标度";
    case scale_free_class::super_weak:
      return "超弱";
    case scale_free_class::weakest:
      return "最弱";
    case scale_free_class::weak:
      return "弱";
    case scale_free_class::strong:
      return "强";
    case scale_free_class::strongest:
      return "最强";
  }
  return "未知";
}

power_law_assessment assess_power_law(const value_counts& sample, const assessment_options& options,
                                      const execution& exec) {
  power_law_assessment result;
  result.fit = fit_power_law(sample, options.fit, exec);
  if (options.intervals.replicates > 0) {
    result.intervals = bootstrap_power_law(sample, options.fit, options.intervals, exec);
  }
  result.alternatives = compare_alternatives(sample, result.fit, options.alternatives, exec);
  result.tail_index = tail_index(sample, options.tail_index, exec);
  result.verdict = judge(result);
  return result;
}

std::optional<scale_free_class> classify_scale_free(
    std::span<const power_law_assessment> assessments) {
  if (assessments.empty()) return std::nullopt;
  std::vector<scale_free_criteria> criteria;
  criteria.reserve(assessments.size());
  for (const power_law_assessment& assessment : assessments) {
    criteria.push_back(assessment.verdict.criteria);
  }
  return classify(criteria);
}

}  // namespace valuenet
