#include "detail/vocabulary_access.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace valuenet::detail {
namespace {

constexpr std::size_t grain = std::size_t{1} << 15;

}  // namespace

void vocabulary_access::copy_words(vocabulary& made, std::span<const std::string_view> words,
                                   std::span<std::uint64_t> hashes, parallel& workers) {
  made.reserve(words.size());
  made.words_.resize(words.size() + 1);
  made.hashes_.resize(words.size() + 1);
  made.blocks_.resize((words.size() + grain - 1) / grain);
  workers.for_chunks(words.size(), grain, [&](std::size_t begin, std::size_t end) {
    std::size_t bytes = 0;
    for (std::size_t i = begin; i < end; ++i) bytes += words[i].size();
    std::string& block = made.blocks_[begin / grain];
    block.reserve(bytes);
    for (std::size_t i = begin; i < end; ++i) block.append(words[i]);
    std::size_t at = 0;
    for (std::size_t i = begin; i < end; ++i) {
      made.words_[i + 1] = std::string_view(block).substr(at, words[i].size());
      at += words[i].size();
      hashes[i] = made.hash_of(words[i]);
      made.hashes_[i + 1] = vocabulary::short_hash(hashes[i]);
    }
  });
}

/// False where two words are the same, if it is to compare them.
bool vocabulary_access::fill_slots(vocabulary& made, std::span<const std::uint64_t> hashes,
                                   bool compare, parallel& workers) {
  // A free slot is looked for, fetched ahead of its use.
  const std::size_t mask = made.slots_.size() - 1;
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    if (i % grain == 0) workers.check_stop();
    if (i + ahead < hashes.size()) __builtin_prefetch(&made.slots_[hashes[i + ahead] & mask], 1);
    std::size_t slot = hashes[i] & mask;
    for (; made.slots_[slot] != 0; slot = (slot + 1) & mask) {
      const symbol other = made.slots_[slot];
      if (compare && made.hashes_[other] == made.hashes_[i + 1] &&
          made.words_[other] == made.words_[i + 1]) {
        return false;
      }
    }
    made.slots_[slot] = static_cast<symbol>(i + 1);
  }
  return true;
}

vocabulary vocabulary_access::of_distinct(std::span<const std::string_view> words,
                                          parallel& workers) {
  vocabulary made;
  std::vector<std::uint64_t> hashes(words.size());
  copy_words(made, words, hashes, workers);
  fill_slots(made, hashes, false, workers);
  return made;
}

std::optional<vocabulary> vocabulary_access::of_unchecked(std::span<const std::string_view> words,
                                                          parallel& workers) {
  if (std::any_of(words.begin(), words.end(), [](std::string_view word) { return word.empty(); })) {
    return std::nullopt;
  }
  vocabulary made;
  std::vector<std::uint64_t> hashes(words.size());
  copy_words(made, words, hashes, workers);
  if (!fill_slots(made, hashes, true, workers)) return std::nullopt;
  return made;
}

}  // namespace valuenet::detail
