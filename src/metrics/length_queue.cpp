#include "metrics/length_queue.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace valuenet::detail {
namespace {

struct later {
  bool operator()(const length_queue::waiting& a, const length_queue::waiting& b) const {
    return a.distance != b.distance ? a.distance > b.distance : a.vertex > b.vertex;
  }
};

/// Its inverse is a number, and so is the inverse's product with any distance below 1e17.
constexpr double least_width = 1e-290;

}  // namespace

length_queue::length_queue(std::span<const double> lengths) {
  constexpr double bins_a_length = 32.0;
  double sum = 0.0;
  for (const double length : lengths) sum += length / static_cast<double>(lengths.size());
  usual_width_ = lengths.empty() ? 1.0 : std::max(least_width, sum / bins_a_length);
  heads_.fill(none);
}

void length_queue::start() {
  begin_ = 0.0;
  per_bin_ = 1.0 / usual_width_;
  nearest_end_ = 1.0;
}

void length_queue::put_near(waiting met) {
  near_.push_back(met);
  std::push_heap(near_.begin(), near_.end(), later{});
}

void length_queue::take_near(waiting& nearest) {
  std::pop_heap(near_.begin(), near_.end(), later{});
  nearest = near_.back();
  near_.pop_back();
}

bool length_queue::open_next_bin(const double* distances) {
  for (;;) {
    auto bin = static_cast<std::size_t>(nearest_end_);
    std::size_t word = bin / 64;
    std::uint64_t bits = word < filled_.size() ? filled_[word] >> (bin % 64) << (bin % 64) : 0;
    while (bits == 0 && ++word < filled_.size()) bits = filled_[word];
    if (bits == 0) {
      listed_.clear();
      if (far_.empty()) return false;
      begin_at_the_nearest_far(distances);
      continue;
    }
    bin = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    filled_[word] &= ~(std::uint64_t{1} << (bin % 64));
    nearest_end_ = static_cast<double>(bin + 1);
    for (std::uint32_t at = std::exchange(heads_[bin], none); at != none; at = listed_[at].next) {
      const waiting& entry = listed_[at].entry;
      if (entry.distance == distances[entry.vertex]) near_.push_back(entry);
    }
    if (near_.empty()) continue;
    std::make_heap(near_.begin(), near_.end(), later{});
    return true;
  }
}

/// All bins are empty: they begin anew, wide enough for everything that is known to be far. So an
/// entry is moved once, however much lengths differ.
void length_queue::begin_at_the_nearest_far(const double* distances) {
  std::erase_if(far_,
                [&](const waiting& entry) { return entry.distance != distances[entry.vertex]; });
  nearest_end_ = 0.0;
  if (far_.empty()) return;
  const auto [nearest, farthest] = std::minmax_element(
      far_.begin(), far_.end(),
      [](const waiting& a, const waiting& b) { return a.distance < b.distance; });
  begin_ = nearest->distance;
  constexpr double most = 1000.0;  // less than there are bins: rounding must not lead beyond
  const double width =
      std::max({usual_width_, least_width, (farthest->distance - nearest->distance) / most});
  per_bin_ = 1.0 / width;
  for (const waiting& entry : far_) {
    put_in_bin(entry, static_cast<std::size_t>((entry.distance - begin_) * per_bin_));
  }
  far_.clear();
}

}  // namespace valuenet::detail
