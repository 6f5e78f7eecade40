// Making a vocabulary of distinct words, in parallel.
#pragma once

#include "valuenet/network/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "detail/parallel.hpp"

namespace valuenet::detail {

struct vocabulary_access {
  /// The vocabulary in which words[i] has the symbol i + 1. Preconditions: no word is empty or
  /// occurs twice, fewer than 2^32 - 1 words. O(bytes).
  [[nodiscard]] static vocabulary of_distinct(std::span<const std::string_view> words,
                                              parallel& workers);
  /// The same of words that nobody vouches for: nothing where one is empty or occurs twice.
  [[nodiscard]] static std::optional<vocabulary> of_unchecked(
      std::span<const std::string_view> words, parallel& workers);

 private:
  static void copy_words(vocabulary& made, std::span<const std::string_view> words,
                         std::span<std::uint64_t> hashes, parallel& workers);
  static bool fill_slots(vocabulary& made, std::span<const std::uint64_t> hashes, bool compare,
                         parallel& workers);
};

}  // namespace valuenet::detail
