#include "detail/vocabulary_access.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace valuenet::detail {

vocabulary vocabulary_access::of_distinct(std::span<const std::string_view> words,
                                          parallel& workers) {
  constexpr std::size_t grain = std::size_t{1} << 15;
  vocabulary made;
  made.reserve(words.size());
  made.words_.resize(words.size() + 1);
  made.hashes_.resize(words.size() + 1);
  made.blocks_.resize((words.size() + grain - 1) / grain);
  std::vector<std::uint64_t> hashes(words.size());
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
      const std::size_t hash = std::hash<std::string_view>{}(words[i]);
      hashes[i] = hash;
      made.hashes_[i + 1] = static_cast<std::uint32_t>(hash ^ (hash >> 32));
    }
  });
  // Every word is new, so that a free slot is all that is looked for; fetched ahead of their use.
  const std::size_t mask = made.slots_.size() - 1;
  constexpr std::size_t ahead = 16;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i % grain == 0) workers.check_stop();
    if (i + ahead < words.size()) __builtin_prefetch(&made.slots_[hashes[i + ahead] & mask], 1);
    std::size_t slot = hashes[i] & mask;
    while (made.slots_[slot] != 0) slot = (slot + 1) & mask;
    made.slots_[slot] = static_cast<symbol>(i + 1);
  }
  return made;
}

}  // namespace valuenet::detail
