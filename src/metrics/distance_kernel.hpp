// The inner loops of the multi-source search, built once for every instruction set.
//
// A word has one bit for each search of a batch. met[t] holds the searches that have met row t. A
// step goes from the searches that met their rows within d arcs to those within d + 1:
//   push    for u in the frontier, for t after u:  pending[t] |= fresh[u]
//   settle  for t pending:  fresh[t] = pending[t] & ~met[t],  met[t] |= fresh[t]
//   pull    for t not yet met by all:  next[t] = met[t] | met[u] of every u before t
// A pull's caller then swaps met and next.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>

#include "detail/instruction_set.hpp"

namespace valuenet::detail {

/// Rows of neighbours: row v is targets[offsets[v]] .. targets[offsets[v + 1] - 1].
struct adjacency {
  const arc_id* offsets = nullptr;
  const vertex_id* targets = nullptr;
};

/// Words are given as their 64-bit parts, word i from part i * parts on; aligned to 64 bytes.
using word_part = std::uint64_t;

struct push_step {
  adjacency after;
  const vertex_id* frontier = nullptr;  // in
  const word_part* fresh = nullptr;     // in: a word for each of the frontier
  std::size_t frontier_size = 0;
  /// slots[t]: 0, or 1 + the place of t in touched and pending. In: all 0.
  std::uint32_t* slots = nullptr;
  vertex_id* touched = nullptr;  // out
  word_part* pending = nullptr;  // out: a word for each of touched
  std::size_t touched_size = 0;
};

struct settle_step {
  const vertex_id* touched = nullptr;  // in
  const word_part* pending = nullptr;  // in
  std::size_t touched_size = 0;
  std::uint32_t* slots = nullptr;  // 0 again out
  word_part* met = nullptr;        // in and out
  vertex_id* frontier = nullptr;   // out: rows that met new searches
  word_part* fresh = nullptr;      // out: which
  std::size_t frontier_size = 0;
};

struct pull_step {
  adjacency before;
  const word_part* met = nullptr;  // in
  word_part* next = nullptr;       // out, for the rows of `active`
  const word_part* all = nullptr;  // in: the word of a row that every search has met
  const vertex_id* active = nullptr;
  std::size_t active_size = 0;
  /// 1 to 4: every row of `active` is that long. 0: they differ, and are left as soon as full.
  unsigned row_length = 0;

  vertex_id* kept = nullptr;    // out: rows that are not full; may be `active`
  vertex_id* filled = nullptr;  // out: rows that are
  std::size_t kept_size = 0;
  std::size_t filled_size = 0;

  /// What the rows met, met no sooner: either a word for each of `active` goes here,
  word_part* fresh = nullptr;
  /// or (fresh is null) the number of their bits is added here and their union to this word.
  std::uint64_t fresh_bits = 0;
  word_part* fresh_union = nullptr;
};

inline constexpr std::size_t counter_bits = 32;

/// One build of the loops, for words of `parts` parts.
struct distance_kernel {
  std::size_t parts = 0;
  [[nodiscard]] std::size_t searches() const { return parts * 64; }

  void (*push)(push_step& step) = nullptr;
  void (*settle)(settle_step& step) = nullptr;
  void (*pull)(pull_step& step) = nullptr;
  /// Adds 1 to the counter of every search of every word. The counters are sliced by bits: counters
  /// is an array of counter_bits words, and word b holds bit b of each search's counter.
  void (*add_columns)(const word_part* words, std::size_t size, word_part* counters) = nullptr;
  /// words[rows[i]] = value.
  void (*fill)(const vertex_id* rows, std::size_t size, const word_part* value,
               word_part* words) = nullptr;
  /// into |= every word.
  void (*unite)(const word_part* words, std::size_t size, word_part* into) = nullptr;
  /// counts[i] = number of bits of words[i] & mask.
  void (*count)(const word_part* words, std::size_t size, const word_part* mask,
                std::uint32_t* counts) = nullptr;
};

inline constexpr std::size_t narrow_batch = 512;
inline constexpr std::size_t wide_batch = 1024;

/// Precondition: the processor has the set; searches is narrow_batch or wide_batch.
[[nodiscard]] distance_kernel select_distance_kernel(instruction_set set, std::size_t searches);

}  // namespace valuenet::detail
