// Snapshots: a graph or a value network in one binary file that opens by memory map.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/io/write.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <string>

namespace valuenet {

/// What is checked before a snapshot is used. Magic, version, size, the table of sections and the
/// checksum of header and table always are: no check misses a truncated file, or sections that do
/// not lie where they should. The default is the one that needs no trust.
enum class snapshot_check : std::uint8_t {
  /// Checksums of all bytes, and that the arrays are what they say: of a graph offsets and ids in
  /// range, rows sorted, weights finite, counts true, in-rows the out-rows turned round (by a sum
  /// with a key drawn anew each time, blind with a chance of about 2^-30 whoever made the file).
  /// For
  /// any file from anywhere: what passes can make no kernel crash or run on. One pass over the
  /// bytes, about 3 GB/s a core.
  everything,
  /// Checksums of all bytes: finds what a disk, a copy or an editor changed. For files that came
  /// from someone who means no harm. One pass, about 15 GB/s a core: as fast as memory.
  damage,
  /// Nothing more than is always checked: a tenth of a millisecond whatever the size, plus the
  /// reading of pages when they are used. An altered array is not found, and what computes with a
  /// graph's may crash: only for a file that was checked before and not touched since.
  header,
};

struct snapshot_options {
  snapshot_check check = snapshot_check::everything;
};

/// Writes the graph's arrays as they are: 64-byte sections, little-endian, checksums. The file
/// appears whole or not at all (written beside, then renamed); a stop or a full disk leaves what
/// was there. O(bytes). Throws io_error, cancelled, and std::invalid_argument for a weight that is
/// not finite.
void write_snapshot(const graph& g, const std::string& file, const execution& exec = {});

/// Maps the file; the graph's rows are the file's pages, read when they are first used and shared
/// between processes. The map ends with the last copy of the graph. Nobody may shorten or change
/// the file meanwhile (write_snapshot does not: it replaces the file, and the old one lives on
/// until it is let go). Cost: with `everything` and `damage` one read of the file,
/// in parallel; with `header` nothing that grows. Memory: none beside the file's pages.
/// Throws io_error where the file cannot be opened; parse_error, naming the file and what to do,
/// where it is no snapshot of a graph, of another version, truncated, altered or no graph;
/// cancelled.
[[nodiscard]] graph read_graph_snapshot(const std::string& file,
                                        const snapshot_options& options = {},
                                        const execution& exec = {});

/// Writes every actor, relation and column, so that read_network_snapshot and read_network give the
/// same network back to the last bit, numbers of actors and of words included. With computed
/// columns: the network that read_csv would read from what write_csv writes of it, further columns
/// as text. Positions and descriptions have no place. Written whole or not at all; no date: the
/// same network gives the same bytes. Cost: O(bytes), memory the words once more. Throws
/// std::invalid_argument for a computed column of a wrong length, a text that is no UTF-8, or over
/// 65536 further columns; io_error, cancelled.
write_result write_snapshot(const value_network& network, const std::string& file,
                            const write_options& options = {}, const execution& exec = {});

/// The selection as a network of its own: its vertices, and every edge of its graph once, with the
/// graph's weight. Of the relations behind an edge a column's value is written where all of them
/// agree.
write_result write_snapshot(const selection& selected, const std::string& file,
                            const write_options& options = {}, const execution& exec = {});

/// A value network owns its columns: numbers and symbols are copied from the map, a thread a
/// column, words and the table that finds them are made anew. Cost: O(bytes); memory: the network.
/// Whatever the check, a file cannot make the network unsound: symbols and actors' numbers in
/// range, words within their text. Beyond that `everything` says that its texts are UTF-8 and the
/// words of a column distinct (ids unique). Throws as read_graph_snapshot does, and parse_error
/// where the network would take more memory than is available. read_network (io/read.hpp) takes a
/// snapshot like any other file and checks everything.
[[nodiscard]] value_network read_network_snapshot(const std::string& file,
                                                  const snapshot_options& options = {},
                                                  const execution& exec = {});

}  // namespace valuenet
