// Making a vocabulary of words that are known to be distinct, in parallel.
#pragma once

#include "valuenet/network/vocabulary.hpp"

#include <span>
#include <string_view>

#include "detail/parallel.hpp"

namespace valuenet::detail {

struct vocabulary_access {
  /// The vocabulary in which words[i] has the symbol i + 1. Preconditions: no word is empty or
  /// occurs twice, fewer than 2^32 - 1 words. O(bytes).
  [[nodiscard]] static vocabulary of_distinct(std::span<const std::string_view> words,
                                              parallel& workers);
};

}  // namespace valuenet::detail
