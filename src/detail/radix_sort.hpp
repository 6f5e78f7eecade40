// A parallel, stable radix sort of items that are made on the fly. One pass over the input deals
// the items into up to 1,024 buckets by the highest bits of their keys (a chunk of the input at a
// time, each chunk knowing in advance where its share of each bucket goes); then every bucket, by
// now small enough for the cache, is sorted by the bits that are left, lowest digit first. A bucket
// that holds far more than its share (a hub's) is dealt digit by digit by all workers together. No
// step compares, so no input is worse than linear, and none depends on the number of threads.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Buckets that are dealt to at once: the lines and pages being written must stay in the caches.
/// Within a cached bucket wider digits pay.
inline constexpr int widest_deal = 10;
inline constexpr int widest_digit = 11;

/// Bits that hold every number from 0 to `largest`.
constexpr int bits_for(std::uint64_t largest) {
  return static_cast<int>(std::bit_width(largest));
}

/// Deals items into `buckets` buckets, in parallel and stably.
/// `each(begin, end, sink)` calls sink(item) for the items of [begin, end) of [0, count), always
/// the same ones; `place(total)` is called once with the number of items and returns where they go;
/// `bucket_of(item)` < buckets <= 2^widest_deal. Returns the buckets' bounds, `buckets` + 1 of
/// them.
template <class Item, class Each, class Place, class BucketOf>
std::vector<std::size_t> deal(parallel& workers, std::size_t count, std::size_t buckets,
                              Each&& each, Place&& place, BucketOf&& bucket_of) {
  // Few enough chunks that their tables stay small, many enough to keep every worker busy.
  constexpr std::size_t most_chunks = 512;
  constexpr std::size_t least_grain = std::size_t{1} << 15;
  const std::size_t grain = std::max(least_grain, (count + most_chunks - 1) / most_chunks);
  const std::size_t chunks = (count + grain - 1) / grain;

  std::vector<std::size_t> cursors(chunks * buckets, 0);
  workers.for_chunks(count, grain, [&](std::size_t begin, std::size_t end) {
    std::size_t* const counts = cursors.data() + begin / grain * buckets;
    each(begin, end, [&](const Item& item) { ++counts[bucket_of(item)]; });
  });
  std::vector<std::size_t> bounds(buckets + 1, 0);
  std::size_t total = 0;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    bounds[bucket] = total;
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      total += std::exchange(cursors[chunk * buckets + bucket], total);
    }
  }
  bounds[buckets] = total;

  Item* const target = place(total);
  workers.for_chunks(count, grain, [&](std::size_t begin, std::size_t end) {
    std::size_t* const next = cursors.data() + begin / grain * buckets;
    each(begin, end, [&](const Item& item) { target[next[bucket_of(item)]++] = item; });
  });
  return bounds;
}

/// Sorts stably by the low `bits` bits of key(item), on one thread, in the cache. `spare` holds as
/// many items.
template <class Item, class Key>
void sort_small(std::span<Item> items, Item* spare, int bits, Key&& key) {
  const std::size_t count = items.size();
  if (count < 2) return;
  if (count <= 40) {
    for (std::size_t i = 1; i < count; ++i) {
      const Item item = items[i];
      const std::uint64_t at = key(item);
      std::size_t hole = i;
      for (; hole > 0 && key(items[hole - 1]) > at; --hole) items[hole] = items[hole - 1];
      items[hole] = item;
    }
    return;
  }
  // Narrow digits for few items: emptying and adding up the counters would cost more than a pass.
  const int widest = std::clamp(static_cast<int>(std::bit_width(count)) - 1, 6, widest_digit);
  const int digits = (bits + widest - 1) / widest;
  const int width = digits == 0 ? 0 : (bits + digits - 1) / digits;
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  std::array<std::array<std::uint32_t, std::size_t{1} << widest_digit>, 11> counts;
  for (int digit = 0; digit < digits; ++digit) {
    std::fill_n(counts[static_cast<std::size_t>(digit)].begin(), mask + 1, 0U);
  }
  for (const Item& item : items) {
    std::uint64_t rest = key(item);
    for (int digit = 0; digit < digits; ++digit, rest >>= width) {
      ++counts[static_cast<std::size_t>(digit)][rest & mask];
    }
  }
  Item* from = items.data();
  Item* to = spare;
  for (int digit = 0; digit < digits; ++digit) {
    auto& next = counts[static_cast<std::size_t>(digit)];
    const int shift = digit * width;
    if (next[(key(from[0]) >> shift) & mask] == count) continue;  // all alike in this digit
    std::uint32_t sum = 0;
    for (std::size_t value = 0; value <= mask; ++value) sum += std::exchange(next[value], sum);
    for (std::size_t i = 0; i < count; ++i) to[next[(key(from[i]) >> shift) & mask]++] = from[i];
    std::swap(from, to);
  }
  if (from != items.data()) std::copy_n(from, count, items.data());
}

/// Sorts stably by the low `bits` bits of key(item), all workers on it together.
template <class Item, class Key>
void sort_large(parallel& workers, std::span<Item> items, int bits, Key&& key) {
  constexpr std::size_t grain = std::size_t{1} << 16;
  const std::uint64_t first = key(items[0]);
  const std::uint64_t varying = workers.reduce(
      items.size(), grain, std::uint64_t{0},
      [&](std::size_t begin, std::size_t end) {
        std::uint64_t found = 0;
        for (std::size_t i = begin; i < end; ++i) found |= key(items[i]) ^ first;
        return found;
      },
      [](std::uint64_t a, std::uint64_t b) { return a | b; });
  buffer<Item> spare;
  Item* from = items.data();
  Item* to = nullptr;
  for (int shift = 0; shift < bits; shift += widest_deal) {
    const int width = std::min(widest_deal, bits - shift);
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    if (((varying >> shift) & mask) == 0) continue;
    if (to == nullptr) {
      spare = buffer<Item>(items.size());
      to = spare.data();
    }
    deal<Item>(
        workers, items.size(), mask + 1,
        [&](std::size_t begin, std::size_t end, auto&& sink) {
          for (std::size_t i = begin; i < end; ++i) sink(from[i]);
        },
        [&](std::size_t) { return to; },
        [&](const Item& item) { return (key(item) >> shift) & mask; });
    std::swap(from, to);
  }
  if (from != items.data()) {
    workers.for_chunks(items.size(), grain, [&](std::size_t begin, std::size_t end) {
      std::copy(from + begin, from + end, items.data() + begin);
    });
  }
}

/// The items that `each` makes, sorted stably by the low `bits` bits of key(item), the higher ones
/// being zero. `each` is called as by deal(). Scratch: a bucket a worker, or, where one bucket is
/// larger than 2^20 items and a hundredth of all, once more the largest such bucket.
template <class Item, class Each, class Key>
buffer<Item> radix_sorted(parallel& workers, std::size_t count, Each&& each, int bits, Key&& key) {
  constexpr std::size_t bucket_bytes = std::size_t{1} << 18;
  const int wanted = static_cast<int>(std::bit_width(count * sizeof(Item) / bucket_bytes));
  const int top = std::min({bits, wanted, widest_deal});
  const int low = bits - top;
  buffer<Item> items;
  const auto bounds = deal<Item>(
      workers, count, std::size_t{1} << top, each,
      [&](std::size_t total) {
        items = buffer<Item>(total);
        return items.data();
      },
      [&](const Item& item) { return low == 64 ? 0 : key(item) >> low; });

  const std::size_t large = std::max(std::size_t{1} << 20, items.size() / 100);
  std::vector<buffer<Item>> spare(workers.workers());
  workers.for_chunks(
      bounds.size() - 1, 1, [&](std::size_t bucket, std::size_t, std::size_t worker) {
        const std::size_t size = bounds[bucket + 1] - bounds[bucket];
        if (size > large) return;
        if (spare[worker].size() < size) {
          spare[worker] = buffer<Item>(std::min(large, std::bit_ceil(size)));
        }
        sort_small(std::span(items.data() + bounds[bucket], size), spare[worker].data(), low, key);
      });
  for (std::size_t bucket = 0; bucket + 1 < bounds.size(); ++bucket) {
    const std::size_t size = bounds[bucket + 1] - bounds[bucket];
    if (size > large) {
      sort_large(workers, std::span(items.data() + bounds[bucket], size), low, key);
    }
  }
  return items;
}

}  // namespace valuenet::detail
