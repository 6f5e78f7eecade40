// Numbering the distinct words of a text by many workers at once, so that the numbers are those
// that one reader from front to back would give.
//
// Every worker has a table of its own and meets the words of its chunks, whose places it keeps. As
// chunks are handed out in order, each table's words are in order of their first places; merging
// the tables by these places gives the order of first appearance in the whole text.
#pragma once

#include "valuenet/network/vocabulary.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// A word met at a place of the text.
struct placed_word {
  std::string_view word;
  std::uint64_t place = 0;
};

class word_table {
 public:
  /// Words that lie within `text` are kept as views into it; all others are copied, unless they
  /// outlive the table. The seed makes it hard to prepare a text whose words collide.
  enum class other_words : std::uint8_t { copied, outlive };
  word_table(std::string_view text, std::uint64_t seed, other_words others = other_words::copied)
      : text_(text), seed_(seed), others_(others) {}

  /// Writes the number of each word: 0 for the empty one, else counting from 1 in the order of
  /// calls. Precondition: places ascend over all calls. Expected O(bytes); words are looked up
  /// several at a time, so that a table beyond the caches costs little more than one within.
  void intern(std::span<const placed_word> words, symbol* numbers);

  /// Room for so many words.
  void reserve(std::size_t words);

  /// Numbers given so far, 0 included.
  [[nodiscard]] std::size_t size() const noexcept { return words_.size() + 1; }
  /// Precondition: 0 < number < size().
  [[nodiscard]] const placed_word& operator[](symbol number) const noexcept {
    return words_[number - 1];
  }

 private:
  /// What tells a word from all others: up to 15 bytes the word itself and its length, so that a
  /// match needs no look at the text; of a longer one a hash, and then its bytes are compared.
  struct word_key {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const word_key&) const = default;
    [[nodiscard]] bool is_long() const noexcept { return high >> 56 == 0xFF; }
  };
  struct alignas(32) slot {
    word_key key;
    const char* word = nullptr;
    std::uint32_t size = 0;
    symbol number = 0;  // 0: free
  };
  static constexpr std::size_t batch = 32;

  [[nodiscard]] word_key key_of(std::string_view word) const noexcept;
  [[nodiscard]] std::size_t hash_of(const word_key& key) const noexcept;
  [[nodiscard]] bool is_same(const slot& of_long, std::string_view word) const noexcept;
  [[nodiscard]] symbol add(const placed_word& word, const word_key& key, slot& free);
  std::string_view keep(std::string_view word);
  void rehash(std::size_t slots);

  std::string_view text_;
  std::uint64_t seed_;
  other_words others_;
  std::vector<placed_word> words_;
  buffer<slot> slots_;
  std::deque<std::string> copies_;
};

/// The words of all tables in order of first appearance, each once, and for each table the new
/// numbers of its words (0 stays 0).
struct merged_words {
  std::vector<std::string_view> words;
  std::vector<std::vector<symbol>> numbers;
};

/// O(words of all tables). The views live as long as the tables.
[[nodiscard]] merged_words merge(std::span<const word_table* const> tables, std::string_view text,
                                 std::uint64_t seed);

}  // namespace valuenet::detail
