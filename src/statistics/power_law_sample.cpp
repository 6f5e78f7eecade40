#include "statistics/power_law_sample.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace valuenet::detail {

namespace {

void fill(tail_sample& tail, std::span<const double> values, std::span<const std::uint64_t> counts,
          parallel& workers) {
  const std::size_t size = values.size();
  tail.value.assign(values.begin(), values.end());
  tail.log_value.resize(size);
  tail.tail_size.assign(size + 1, 0.0);
  tail.log_excess.assign(size, 0.0);
  workers.for_each(size, std::size_t{1} << 14, [&](std::size_t i) {
    tail.log_value[i] = std::log(values[i]);
    if (i + 1 < size) tail.log_excess[i] = log_step(values[i], values[i + 1]);
  });
  std::uint64_t at_least = 0;
  double excess = 0.0;
  for (std::size_t i = size; i-- > 0;) {
    // Sums of positive steps: no cancellation, however close the values.
    excess += tail.tail_size[i + 1] * tail.log_excess[i];
    tail.log_excess[i] = excess;
    at_least += counts[i];
    tail.tail_size[i] = static_cast<double>(at_least);
  }
}

// Sets candidates or first; says why there are none.
fit_status find_candidates(prepared_sample& prepared, const power_law_options& options) {
  const tail_sample& tail = prepared.tail;
  const auto smallest_tail = static_cast<double>(std::max<std::uint64_t>(2, options.min_tail_size));
  if (options.x_min) {
    prepared.x_min =
        prepared.kind == sample_kind::discrete ? std::ceil(*options.x_min) : *options.x_min;
    prepared.first = static_cast<std::size_t>(
        std::lower_bound(tail.value.begin(), tail.value.end(), *prepared.x_min) -
        tail.value.begin());
    if (tail.tail_size[prepared.first] < smallest_tail) return fit_status::tail_too_small;
    const bool constant =
        prepared.first + 1 == tail.size() && tail.value[prepared.first] == *prepared.x_min;
    return constant ? fit_status::constant_tail : fit_status::fitted;
  }
  if (tail.size() < 2) return fit_status::constant_sample;
  const auto end = tail.tail_size.begin() + static_cast<std::ptrdiff_t>(tail.size() - 1);
  const auto too_small = std::partition_point(
      tail.tail_size.begin(), end, [&](double at_least) { return at_least >= smallest_tail; });
  prepared.candidates = static_cast<std::size_t>(too_small - tail.tail_size.begin());
  return prepared.candidates == 0 ? fit_status::tail_too_small : fit_status::fitted;
}

}  // namespace

void check_ascending(const value_counts& sample) {
  if (sample.values.size() != sample.counts.size()) {
    throw std::invalid_argument(fmt::format("value_counts.counts has {} entries; values has {}",
                                            sample.counts.size(), sample.values.size()));
  }
  for (std::size_t i = 0; i < sample.values.size(); ++i) {
    if (!std::isfinite(sample.values[i]) || sample.counts[i] == 0 ||
        (i > 0 && !(sample.values[i - 1] < sample.values[i]))) {
      throw std::invalid_argument(
          fmt::format("value_counts entry {} is {} x {}; values must be finite and ascending, "
                      "counts positive (count_values makes them so)",
                      i, sample.values[i], sample.counts[i]));
    }
  }
}

prepared_sample prepare(const value_counts& sample, const power_law_options& options,
                        parallel& workers) {
  check_ascending(sample);
  if (options.x_min && !(*options.x_min > 0.0 && std::isfinite(*options.x_min))) {
    throw std::invalid_argument(
        fmt::format("power_law_options.x_min is {}; it must be positive", *options.x_min));
  }
  prepared_sample prepared;
  sample_accounting& accounting = prepared.accounting;
  accounting.not_finite = sample.not_finite;
  accounting.given = sample.total() + sample.not_finite;
  std::size_t first = 0;
  for (; first < sample.values.size() && sample.values[first] <= 0.0; ++first) {
    (sample.values[first] < 0.0 ? accounting.negative : accounting.zero) += sample.counts[first];
  }
  const auto values = std::span(sample.values).subspan(first);
  const auto counts = std::span(sample.counts).subspan(first);
  accounting.kept =
      accounting.given - accounting.not_finite - accounting.negative - accounting.zero;
  accounting.distinct = values.size();

  const bool whole = std::all_of(values.begin(), values.end(),
                                 [](double value) { return std::floor(value) == value; });
  prepared.kind = options.kind;
  if (options.kind == sample_kind::automatic) {
    prepared.kind = whole ? sample_kind::discrete : sample_kind::continuous;
  }
  prepared.distance = options.distance.value_or(prepared.kind == sample_kind::discrete
                                                    ? distance_convention::exact
                                                    : distance_convention::compatible);
  if (accounting.given == 0) {
    prepared.status = fit_status::empty_sample;
  } else if (accounting.not_finite > 0) {
    prepared.status = fit_status::not_finite;
  } else if (accounting.kept == 0) {
    prepared.status = fit_status::nothing_positive;
  } else if (prepared.kind == sample_kind::discrete && !whole) {
    prepared.status = fit_status::not_whole;
  } else {
    fill(prepared.tail, values, counts, workers);
    prepared.status = find_candidates(prepared, options);
  }
  return prepared;
}

distance_rule rule_of(sample_kind kind, distance_convention convention) {
  if (convention == distance_convention::exact) return {.above = true, .above_extra = 0.0};
  if (kind == sample_kind::discrete) return {.above = false, .above_extra = 0.0};
  return {.above = true, .above_extra = 1.0};
}

}  // namespace valuenet::detail
