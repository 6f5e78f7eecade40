// Interned strings and the columns made of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace valuenet {

namespace detail {
struct vocabulary_access;
}

/// The number of an interned string in its vocabulary. 0 is always the empty string: "not given".
using symbol = std::uint32_t;

/// Distinct strings, numbered in the order in which they came. Strings are UTF-8.
/// Memory: the bytes, plus 20 a string and its share of a hash table (6 to 12).
class vocabulary {
 public:
  vocabulary();
  vocabulary(const vocabulary& other);
  vocabulary(vocabulary&&) noexcept = default;
  vocabulary& operator=(const vocabulary& other);
  vocabulary& operator=(vocabulary&&) noexcept = default;
  ~vocabulary() = default;

  /// The word's symbol, new or old. Expected O(length). Throws std::length_error after 2^32 - 1
  /// words.
  symbol intern(std::string_view word);
  [[nodiscard]] std::optional<symbol> find(std::string_view word) const noexcept;
  /// Precondition: s < size(). The view lives as long as the vocabulary.
  [[nodiscard]] std::string_view operator[](symbol s) const noexcept { return words_[s]; }
  /// Words, the empty one included: at least 1.
  [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }
  void reserve(std::size_t words);

 private:
  friend struct detail::vocabulary_access;
  [[nodiscard]] std::uint64_t hash_of(std::string_view word) const noexcept;
  [[nodiscard]] static std::uint32_t short_hash(std::uint64_t hash) noexcept;
  [[nodiscard]] std::size_t slot_of(std::string_view word, std::uint64_t hash) const noexcept;
  std::string_view store(std::string_view word);
  void grow(std::size_t slots);

  std::deque<std::string> blocks_;  // bytes never move
  std::vector<std::string_view> words_;
  std::vector<std::uint32_t> hashes_;
  std::array<std::uint64_t, 2> key_{};  // drawn: nobody can prepare words that collide
  std::vector<symbol> slots_;           // open addressing; 0 is free (the empty word needs no slot)
};

/// A column of interned text: 4 bytes a row, nothing at all where every row is empty.
class text_column {
 public:
  text_column() = default;
  /// `codes` is empty (every row not given) or has an entry for every row, each < words.size().
  text_column(vocabulary words, std::vector<symbol> codes)
      : words_(std::move(words)), codes_(std::move(codes)) {}

  /// Whether any row may have a value.
  [[nodiscard]] bool is_given() const noexcept { return !codes_.empty(); }
  [[nodiscard]] symbol code(std::size_t row) const noexcept {
    return codes_.empty() ? 0 : codes_[row];
  }
  /// "" where not given.
  [[nodiscard]] std::string_view operator[](std::size_t row) const noexcept {
    return words_[code(row)];
  }
  [[nodiscard]] const vocabulary& words() const noexcept { return words_; }
  /// Empty, or one a row.
  [[nodiscard]] std::span<const symbol> codes() const noexcept { return codes_; }

  /// For making a table: appends a row. Where earlier rows may be missing, pad first.
  void push_back(std::string_view word) { codes_.push_back(words_.intern(word)); }
  /// For making a table: fills up to `rows` with "not given".
  void pad(std::size_t rows) { codes_.resize(rows, 0); }

 private:
  vocabulary words_;
  std::vector<symbol> codes_;
};

/// A column that valuenet has no meaning for, kept under the name that its file gave it.
struct named_column {
  std::string name;
  text_column values;
};

}  // namespace valuenet
