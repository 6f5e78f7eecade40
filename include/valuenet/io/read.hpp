// One call that reads a network from any format valuenet knows.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/accounting.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace valuenet {

/// How to read. Each reader uses what concerns it.
struct read_options {
  /// "auto", or an encoding's name as iconv knows it ("GB18030", "UTF-16LE", ...).
  std::string encoding = "auto";
  /// "auto", "csv", "edge list", "matrix", "gexf", "graphml", "gml", "pajek", "snapshot".
  std::string format = "auto";
  /// 0: found out; else a comma, semicolon, tab, space or |.
  char separator = 0;
  /// Names of columns for a table whose header valuenet does not know; empty: found out. Compared
  /// without regard to case.
  std::string giver_column{};
  std::string taker_column{};
  std::string weight_column{};
  std::string kind_column{};
  std::string dimension_column{};
  std::string year_column{};
  std::string id_column{};
  std::string label_column{};
  /// Kinds that hold both ways, beside every kind whose name ends in "_undirected".
  std::vector<std::string> undirected_kinds{};
  /// How many rejected rows the accounting keeps.
  std::size_t rejected_kept = 10;
  /// Most bytes that standard input, inflated or decoded text may take of memory; 0: half of what
  /// the machine has available. Plain UTF-8 files are memory-mapped and not limited.
  std::uint64_t memory_limit = 0;
  /// Called with every rejected row, in file order (for --rejects FILE).
  std::function<void(const rejected_row&)> on_rejected{};
};

/// Reads one file ("-": standard input), gzip-compressed or not, and finds out its format by name
/// and content. Throws parse_error (with file, line, column) for a file that is no network or is
/// broken, io_error for one that cannot be opened, cancelled.
[[nodiscard]] read_result read_network(const std::string& file, const read_options& options = {},
                                       const execution& exec = {});

/// As above for a table of actors and a table of relations.
[[nodiscard]] read_result read_network(const std::string& actors, const std::string& relations,
                                       const read_options& options = {},
                                       const execution& exec = {});

}  // namespace valuenet
