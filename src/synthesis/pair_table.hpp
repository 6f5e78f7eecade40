// Which pairs of actors are related, in which direction: an open-addressing table that holds a
// million pairs in 16 megabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// Unordered pairs {a, b} of numbers below 2^31, each with two bits: 1 for smaller -> larger, 2 for
/// larger -> smaller. A pair and its bits are one word; a word without bits is free.
class pair_table {
 public:
  explicit pair_table(std::size_t expected = 16) {
    std::size_t slots = 32;
    while (slots * 2 < expected * 3) slots *= 2;
    slots_.resize(slots, 0);
  }

  /// 0, 1 or 2 arcs stand between the two.
  [[nodiscard]] unsigned arcs_between(std::uint32_t a, std::uint32_t b) const {
    const std::uint64_t bits = slots_[slot_of(key(a, b))] & both;
    return static_cast<unsigned>((bits & 1U) + (bits >> 1U));
  }
  [[nodiscard]] bool contains(std::uint32_t from, std::uint32_t to) const {
    return (slots_[slot_of(key(from, to))] & bit(from, to)) != 0;
  }
  /// Fetches what insert and contains will look at.
  void prefetch(std::uint32_t a, std::uint32_t b) const {
    __builtin_prefetch(&slots_[home_of(key(a, b))], 1);
  }

  /// Adds from -> to; false when it was there.
  bool insert(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t wanted = key(from, to);
    std::size_t slot = slot_of(wanted);
    if ((slots_[slot] & bit(from, to)) != 0) return false;
    if (slots_[slot] == 0) {
      if ((used_ + 1) * 3 > slots_.size() * 2) {
        grow();
        slot = slot_of(wanted);
      }
      ++used_;
    }
    slots_[slot] |= wanted | bit(from, to);
    return true;
  }

  /// Precondition: contains(from, to).
  void erase(std::uint32_t from, std::uint32_t to) {
    std::size_t slot = slot_of(key(from, to));
    slots_[slot] &= ~bit(from, to);
    if ((slots_[slot] & both) != 0) return;
    // Entries behind move up, so that no search stops short.
    const std::size_t mask = slots_.size() - 1;
    std::size_t next = slot;
    while (true) {
      next = (next + 1) & mask;
      if (slots_[next] == 0) break;
      const std::size_t home = home_of(slots_[next]);
      if (((next - home) & mask) >= ((next - slot) & mask)) {
        slots_[slot] = slots_[next];
        slot = next;
      }
    }
    slots_[slot] = 0;
    --used_;
  }

 private:
  static constexpr std::uint64_t both = 3;

  /// Without bits.
  static std::uint64_t key(std::uint32_t a, std::uint32_t b) {
    return a < b ? (std::uint64_t{a} << 33) | (std::uint64_t{b} << 2)
                 : (std::uint64_t{b} << 33) | (std::uint64_t{a} << 2);
  }
  static std::uint64_t bit(std::uint32_t from, std::uint32_t to) { return from < to ? 1U : 2U; }

  [[nodiscard]] std::size_t home_of(std::uint64_t pair) const {
    pair = (pair >> 2) * 0x9E3779B97F4A7C15U;
    pair ^= pair >> 32;
    pair *= 0xD6E8FEB86659FD93U;
    return static_cast<std::size_t>(pair >> 20) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t slot_of(std::uint64_t pair) const {
    std::size_t slot = home_of(pair);
    while (slots_[slot] != 0 && (slots_[slot] & ~both) != pair) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }
  void grow() {
    std::vector<std::uint64_t> old(slots_.size() * 2, 0);
    old.swap(slots_);
    for (const std::uint64_t each : old) {
      if (each != 0) slots_[slot_of(each & ~both)] = each;
    }
  }

  std::vector<std::uint64_t> slots_;
  std::size_t used_ = 0;
};

}  // namespace valuenet::detail
