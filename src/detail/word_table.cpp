#include "detail/word_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <queue>
#include <stdexcept>
#include <utility>

#include "detail/fold.hpp"

namespace valuenet::detail {
namespace {

constexpr std::uint64_t long_mark = std::uint64_t{0xFF} << 56;
constexpr std::size_t short_bytes = 15;
constexpr std::size_t first_slots = 64;

constexpr std::uint64_t factor1 = 0x9E3779B97F4A7C15U;
constexpr std::uint64_t factor2 = 0xD1B54A32D192ED03U;

std::uint64_t load(const char* bytes, std::size_t count) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return word;
}

std::uint64_t hash_long(std::string_view word, std::uint64_t seed) noexcept {
  std::uint64_t hash = seed ^ (word.size() * factor1);
  const char* const last = word.data() + word.size() - 8;
  for (const char* at = word.data(); at < last; at += 8) hash = fold(hash ^ load(at, 8), factor2);
  return fold(hash ^ load(last, 8), factor1);
}

constexpr std::uint32_t most_size = 0xFFFFFFFFU;

/// The size as far as 32 bits say it: most_size stands for that and all above.
std::uint32_t brief_size(std::string_view word) noexcept {
  return static_cast<std::uint32_t>(std::min<std::size_t>(word.size(), most_size));
}

/// The first `count` bytes of a word that was loaded with what follows it. Precondition: count < 8.
std::uint64_t first_bytes(std::uint64_t word, std::size_t count) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    return word & ((std::uint64_t{1} << (8 * count)) - 1);
  }
  return count == 0 ? 0 : word >> (64 - 8 * count);
}

}  // namespace

word_table::word_key word_table::key_of(std::string_view word) const noexcept {
  const std::size_t size = word.size();
  if (size > short_bytes) {
    const std::uint64_t hash = hash_long(word, seed_);
    return {hash, (hash >> 8) | long_mark};
  }
  const std::uint64_t length = static_cast<std::uint64_t>(size) << 56;
  const char* const bytes = word.data();
  if (size >= 8) {  // two loads that overlap within the word
    const std::uint64_t last = load(bytes + size - 8, 8);
    constexpr bool is_little = std::endian::native == std::endian::little;
    return {load(bytes, 8), (is_little ? last >> 8 : last & ~long_mark) | length};
  }
  // One load, where the text goes on so far.
  const bool goes_on = bytes >= text_.data() && bytes + 8 <= text_.data() + text_.size();
  if (goes_on) return {first_bytes(load(bytes, 8), size), length};
  return {size == 0 ? 0 : first_bytes(load(bytes, size), size), length};
}

std::size_t word_table::hash_of(const word_key& key) const noexcept {
  return static_cast<std::size_t>(fold(key.low ^ seed_, key.high ^ factor1));
}

void word_table::intern(std::span<const placed_word> words, symbol* numbers) {
  std::array<word_key, batch> keys;
  std::array<std::size_t, batch> homes{};
  for (std::size_t begin = 0; begin < words.size(); begin += batch) {
    const std::size_t count = std::min(batch, words.size() - begin);
    while ((words_.size() + count) * 8 > slots_.size() * 5) {
      rehash(std::max(first_slots, slots_.size() * 2));
    }
    const std::size_t mask = slots_.size() - 1;
    const placed_word* const some = words.data() + begin;
    // Columns often say the same as in the row before.
    const auto is_repeat = [&](std::size_t i) {
      return begin + i > 0 && words[begin + i].word == words[begin + i - 1].word;
    };
    std::array<bool, batch> repeats{};
    bool any_long = false;
    for (std::size_t i = 0; i < count; ++i) {
      repeats[i] = is_repeat(i);
      if (repeats[i]) continue;
      keys[i] = key_of(some[i].word);
      homes[i] = hash_of(keys[i]) & mask;
      any_long = any_long || keys[i].is_long();
      __builtin_prefetch(&slots_[homes[i]]);
    }
    if (any_long) {
      for (std::size_t i = 0; i < count; ++i) {
        const slot& likely = slots_[homes[i]];
        if (!repeats[i] && keys[i].is_long() && likely.key == keys[i]) {
          __builtin_prefetch(likely.word);
        }
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (repeats[i]) {
        numbers[begin + i] = numbers[begin + i - 1];
        continue;
      }
      const word_key key = keys[i];
      const std::string_view word = some[i].word;
      if (word.empty()) {
        numbers[begin + i] = 0;
        continue;
      }
      std::size_t at = homes[i];
      while (true) {
        slot& each = slots_[at];
        if (each.number == 0) {
          numbers[begin + i] = add(some[i], key, each);
          break;
        }
        if (each.key == key && (!key.is_long() || is_same(each, word))) {
          numbers[begin + i] = each.number;
          break;
        }
        at = (at + 1) & mask;
      }
    }
  }
}

bool word_table::is_same(const slot& of_long, std::string_view word) const noexcept {
  if (of_long.size != brief_size(word)) return false;
  if (of_long.size == most_size) return words_[of_long.number - 1].word == word;
  return std::memcmp(of_long.word, word.data(), word.size()) == 0;
}

symbol word_table::add(const placed_word& word, const word_key& key, slot& free) {
  if (words_.size() >= 0xFFFFFFFEU) throw std::length_error("a text of over 4294967294 words");
  const std::string_view kept = keep(word.word);
  words_.push_back({kept, word.place});
  free = {key, kept.data(), brief_size(kept), static_cast<symbol>(words_.size())};
  return free.number;
}

std::string_view word_table::keep(std::string_view word) {
  const bool is_inside =
      word.data() >= text_.data() && word.data() + word.size() <= text_.data() + text_.size();
  if (is_inside || others_ == other_words::outlive) return word;
  constexpr std::size_t block = std::size_t{1} << 14;
  if (copies_.empty() || copies_.back().capacity() - copies_.back().size() < word.size()) {
    copies_.emplace_back();
    copies_.back().reserve(std::max(block, word.size()));
  }
  std::string& copy = copies_.back();
  const std::size_t at = copy.size();
  copy.append(word);
  return std::string_view(copy).substr(at, word.size());
}

void word_table::reserve(std::size_t words) {
  std::size_t slots = std::max(first_slots, slots_.size());
  while (words * 8 > slots * 5) slots *= 2;
  if (slots != slots_.size()) rehash(slots);
  words_.reserve(words);
}

void word_table::rehash(std::size_t slots) {
  const buffer<slot> old = std::exchange(slots_, buffer<slot>(slots));
  std::fill(slots_.begin(), slots_.end(), slot{});
  const std::size_t mask = slots_.size() - 1;
  for (const slot& each : old) {
    if (each.number == 0) continue;
    std::size_t at = hash_of(each.key) & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = each;
  }
}

merged_words merge(std::span<const word_table* const> tables, std::string_view text,
                   std::uint64_t seed) {
  merged_words result;
  result.numbers.resize(tables.size());
  for (std::size_t t = 0; t < tables.size(); ++t) result.numbers[t].assign(tables[t]->size(), 0);

  // One table has them all in order already.
  const auto filled = [](const word_table* table) { return table->size() > 1; };
  if (std::count_if(tables.begin(), tables.end(), filled) <= 1) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (symbol n = 1; n < tables[t]->size(); ++n) {
        result.numbers[t][n] = n;
        result.words.push_back((*tables[t])[n].word);
      }
    }
    return result;
  }
  struct head {
    std::uint64_t place;
    std::size_t table;
    bool operator>(const head& other) const { return place > other.place; }
  };
  std::priority_queue<head, std::vector<head>, std::greater<>> heads;
  std::vector<symbol> next(tables.size(), 1);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (filled(tables[t])) heads.push({(*tables[t])[1].place, t});
  }
  // Looked up in batches: the tables do not fit into caches.
  constexpr std::size_t batch = 1024;
  word_table all(text, seed, word_table::other_words::outlive);
  std::size_t most = 0;
  for (const word_table* const table : tables) most = std::max(most, table->size());
  all.reserve(most);
  std::vector<placed_word> words;
  std::vector<symbol*> targets;
  std::array<symbol, batch> numbers{};
  const auto flush = [&] {
    all.intern(words, numbers.data());
    for (std::size_t i = 0; i < targets.size(); ++i) *targets[i] = numbers[i];
    words.clear();
    targets.clear();
  };
  while (!heads.empty()) {
    const head first = heads.top();
    heads.pop();
    const std::size_t t = first.table;
    words.push_back((*tables[t])[next[t]]);
    targets.push_back(&result.numbers[t][next[t]]);
    if (++next[t] < tables[t]->size()) heads.push({(*tables[t])[next[t]].place, t});
    if (words.size() == batch) flush();
  }
  flush();
  result.words.reserve(all.size() - 1);
  for (symbol n = 1; n < all.size(); ++n) result.words.push_back(all[n].word);
  return result;
}

}  // namespace valuenet::detail
