// How many bits the marks have in common with each of some rows of a bit matrix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "detail/instruction_set.hpp"

namespace valuenet::detail {

/// A matrix of bits: row i begins at bits + i * row_words.
struct bit_rows {
  const std::uint64_t* bits = nullptr;
  std::size_t row_words = 0;
};

/// commons[i] = bits that the first `words` words of `marks` and of row rows_wanted[i] share.
/// Precondition: commons is as long as rows_wanted, words <= row_words.
void count_common_bits(instruction_set set, const std::uint64_t* marks, std::size_t words,
                       bit_rows matrix, std::span<const std::uint32_t> rows_wanted,
                       std::uint32_t* commons);

}  // namespace valuenet::detail
