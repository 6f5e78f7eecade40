#include "valuenet/network/vocabulary.hpp"

#include <algorithm>
#include <cstring>
#include <random>
#include <stdexcept>

#include "detail/fold.hpp"

namespace valuenet {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 16;
constexpr std::size_t first_slots = 16;

std::uint64_t bytes_at(const char* at, std::size_t count) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, count);
  return word;
}

}  // namespace

vocabulary::vocabulary() : words_{std::string_view{}}, hashes_{0} {}

vocabulary::vocabulary(const vocabulary& other) : vocabulary() {
  reserve(other.size());
  for (std::size_t s = 1; s < other.size(); ++s) intern(other.words_[s]);
}

vocabulary& vocabulary::operator=(const vocabulary& other) {
  if (this != &other) *this = vocabulary(other);
  return *this;
}

/// Of a word that is not empty.
std::uint64_t vocabulary::hash_of(std::string_view word) const noexcept {
  std::uint64_t hash = key_[0] ^ word.size();
  const char* at = word.data();
  const char* const end = at + word.size();
  for (; end - at > 8; at += 8) hash = detail::fold(hash ^ bytes_at(at, 8), key_[1]);
  return detail::fold(hash ^ bytes_at(at, static_cast<std::size_t>(end - at)), key_[1]);
}

std::uint32_t vocabulary::short_hash(std::uint64_t hash) noexcept {
  return static_cast<std::uint32_t>(hash >> 32);
}

std::size_t vocabulary::slot_of(std::string_view word, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  const std::uint32_t brief = short_hash(hash);
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0 && (hashes_[slots_[slot]] != brief || words_[slots_[slot]] != word)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::optional<symbol> vocabulary::find(std::string_view word) const noexcept {
  if (word.empty()) return symbol{0};
  if (slots_.empty()) return std::nullopt;
  const symbol found = slots_[slot_of(word, hash_of(word))];
  return found != 0 ? std::optional(found) : std::nullopt;
}

symbol vocabulary::intern(std::string_view word) {
  if (word.empty()) return 0;
  if ((words_.size() + 1) * 3 > slots_.size() * 2) grow(std::max(first_slots, slots_.size() * 2));
  const std::uint64_t hash = hash_of(word);
  const std::size_t slot = slot_of(word, hash);
  if (slots_[slot] != 0) return slots_[slot];
  if (words_.size() >= 0xFFFFFFFFU) throw std::length_error("a vocabulary holds 4294967295 words");
  const auto added = static_cast<symbol>(words_.size());
  words_.push_back(store(word));
  hashes_.push_back(short_hash(hash));
  slots_[slot] = added;
  return added;
}

void vocabulary::reserve(std::size_t words) {
  words_.reserve(words);
  hashes_.reserve(words);
  std::size_t slots = std::max(first_slots, slots_.size());
  while (slots * 2 < (words + 1) * 3) slots *= 2;
  if (slots > slots_.size()) grow(slots);
}

void vocabulary::grow(std::size_t slots) {
  if (slots_.empty()) {
    std::random_device device;
    for (std::uint64_t& half : key_) half = (std::uint64_t{device()} << 32) | device() | 1;
  }
  slots_.assign(slots, 0);
  const std::size_t mask = slots - 1;
  for (std::size_t s = 1; s < words_.size(); ++s) {
    std::size_t slot = hash_of(words_[s]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<symbol>(s);
  }
}

std::string_view vocabulary::store(std::string_view word) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < word.size()) {
    blocks_.emplace_back();
    blocks_.back().reserve(std::max(block_bytes, word.size()));
  }
  std::string& block = blocks_.back();
  const std::size_t at = block.size();
  block.append(word);
  return std::string_view(block).substr(at, word.size());
}

}  // namespace valuenet
