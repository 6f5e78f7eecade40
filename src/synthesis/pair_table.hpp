// Which pairs of actors are related, in which direction: an open-addressing table that holds a
// million pairs in a few tens of megabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// Bits of an unordered pair {a, b}: 1 for smaller -> larger, 2 for larger -> smaller.
class pair_table {
 public:
  explicit pair_table(std::size_t expected = 16) {
    std::size_t slots = 32;
    while (slots < expected * 2) slots *= 2;
    slots_.resize(slots, entry{empty, 0});
  }

  /// 0, 1 or 2 arcs stand between the two.
  [[nodiscard]] unsigned arcs_between(std::uint32_t a, std::uint32_t b) const {
    const std::uint8_t bits = slots_[slot_of(key(a, b))].bits;
    return (bits & 1U) + (bits >> 1U);
  }
  [[nodiscard]] bool contains(std::uint32_t from, std::uint32_t to) const {
    return (slots_[slot_of(key(from, to))].bits & bit(from, to)) != 0;
  }

  /// Adds from -> to; false when it was there.
  bool insert(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t wanted = key(from, to);
    std::size_t slot = slot_of(wanted);
    if ((slots_[slot].bits & bit(from, to)) != 0) return false;
    if (slots_[slot].pair == empty) {
      if ((used_ + 1) * 2 > slots_.size()) {
        grow();
        slot = slot_of(wanted);
      }
      slots_[slot].pair = wanted;
      ++used_;
    }
    slots_[slot].bits = static_cast<std::uint8_t>(slots_[slot].bits | bit(from, to));
    return true;
  }

  /// Precondition: contains(from, to).
  void erase(std::uint32_t from, std::uint32_t to) {
    std::size_t slot = slot_of(key(from, to));
    slots_[slot].bits = static_cast<std::uint8_t>(slots_[slot].bits & ~bit(from, to));
    if (slots_[slot].bits != 0) return;
    // Entries behind move up, so that no search stops short.
    const std::size_t mask = slots_.size() - 1;
    std::size_t next = slot;
    while (true) {
      next = (next + 1) & mask;
      if (slots_[next].pair == empty) break;
      const std::size_t home = home_of(slots_[next].pair);
      if (((next - home) & mask) >= ((next - slot) & mask)) {
        slots_[slot] = slots_[next];
        slot = next;
      }
    }
    slots_[slot] = {empty, 0};
    --used_;
  }

 private:
  struct entry {
    std::uint64_t pair;
    std::uint8_t bits;
  };
  static constexpr std::uint64_t empty = ~std::uint64_t{0};

  static std::uint64_t key(std::uint32_t a, std::uint32_t b) {
    return a < b ? (std::uint64_t{a} << 32) | b : (std::uint64_t{b} << 32) | a;
  }
  static unsigned bit(std::uint32_t from, std::uint32_t to) { return from < to ? 1U : 2U; }

  [[nodiscard]] std::size_t home_of(std::uint64_t pair) const {
    pair *= 0x9E3779B97F4A7C15U;
    pair ^= pair >> 32;
    pair *= 0xD6E8FEB86659FD93U;
    return static_cast<std::size_t>(pair >> 20) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t slot_of(std::uint64_t pair) const {
    std::size_t slot = home_of(pair);
    while (slots_[slot].pair != pair && slots_[slot].pair != empty) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }
  void grow() {
    std::vector<entry> old(slots_.size() * 2, entry{empty, 0});
    old.swap(slots_);
    for (const entry& each : old) {
      if (each.pair != empty) slots_[slot_of(each.pair)] = each;
    }
  }

  std::vector<entry> slots_;
  std::size_t used_ = 0;
};

}  // namespace valuenet::detail
