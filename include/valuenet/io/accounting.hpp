// Where every row of the input went.
#pragma once

#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace valuenet {

/// A row that could not become an actor or a relation.
struct rejected_row {
  std::string file;
  /// Counting from 1; of a record that spans lines, the first.
  std::uint64_t line = 0;
  /// A sentence: what was found, what was expected.
  std::string reason;
  /// The row as it stood, cut after 200 bytes.
  std::string text;
};

/// One input file: rows = kept + sum of `dropped` + rejected.
struct file_accounting {
  /// As the caller named it; "-" is standard input.
  std::string file;
  /// "csv edge table", "csv actor table", "edge list", "gexf", "graphml", "gml", "pajek",
  /// "adjacency matrix", "snapshot", ...
  std::string format;
  /// "utf-8", "utf-16le", "gb18030", ...
  std::string encoding;
  /// Of the file's bytes as they are on disk: 16 hexadecimal digits (XXH64 or FNV-1a as the field
  /// `hash_name` of import_accounting says).
  std::string hash;
  std::uint64_t bytes = 0;
  /// Records of actors and of relations that the file holds (header, comments and blanks aside).
  std::uint64_t actor_rows = 0;
  std::uint64_t relation_rows = 0;
  std::uint64_t actors_kept = 0;
  std::uint64_t relations_kept = 0;
  /// Rows that were understood and left out on purpose, such as an actor listed twice.
  std::vector<reason_count> dropped;
  std::uint64_t rejected = 0;
  /// Facts that a reader should know: "3 actors appear only in relations", "1,33 read as 1.33".
  std::vector<std::string> notes;
};

struct import_accounting {
  std::vector<file_accounting> files;
  std::string hash_name;
  /// The first rejected rows of all files (read options say how many).
  std::vector<rejected_row> rejected;
  std::uint64_t actors = 0;
  std::uint64_t relations = 0;
  std::uint64_t rejected_count = 0;
};

/// What every reader gives back.
struct read_result {
  value_network network;
  import_accounting accounting;
};

}  // namespace valuenet
