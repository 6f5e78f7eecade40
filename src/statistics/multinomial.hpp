// Exact draws of counts: binomial and multinomial, at a cost that depends on the number of cells
// and not on the number of items thrown into them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/random.hpp"

namespace valuenet::detail {

/// Binomial(n, p). O(1) expected: Hoermann's transformed rejection BTRS (1993,
/// doi:10.1080/00949659308811496) where the smaller of n p and n (1-p) is at least 10, else
/// inversion. Precondition: 0 <= p <= 1.
[[nodiscard]] std::uint64_t draw_binomial(random_stream& random, std::uint64_t n, double p);

/// Throws items into cells of given probability. Cells that expect many items get a binomial draw
/// each; the items of all the others are drawn one by one from an alias table (Walker; Vose 1991,
/// doi:10.1109/32.92917).
class multinomial_sampler {
 public:
  multinomial_sampler() = default;
  /// `items` per draw; weights are not negative and at least one is positive; they need not sum
  /// to 1.
  multinomial_sampler(std::span<const double> weights, std::uint64_t items);

  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }

  /// Overwrites counts[0 .. cells()) with one draw.
  void draw(random_stream& random, std::span<std::uint64_t> counts) const;

 private:
  struct large_cell {
    std::size_t cell;
    double share_of_rest;  // its weight over that of itself, the later large and the small cells
  };
  struct alias_entry {
    std::uint64_t threshold;  // of 2^64: below it the entry's own cell
    std::uint32_t own;
    std::uint32_t other;
  };

  std::size_t cells_ = 0;
  std::uint64_t items_ = 0;
  std::vector<large_cell> large_;
  std::vector<alias_entry> small_;
};

}  // namespace valuenet::detail
