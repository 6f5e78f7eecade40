// Snapshots: a graph in one binary file that opens by memory map and is used in place.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstdint>
#include <string>

namespace valuenet {

/// What is checked before a snapshot is used. Magic, version, size and the header's checksum always
/// are, so that no check misses a truncated file.
enum class snapshot_check : std::uint8_t {
  /// Checksums of all bytes, and that the arrays are a graph: offsets and ids in range, rows
  /// sorted,
  /// in-rows the out-rows turned round, counts true. For any file from anywhere.
  everything,
  /// Checksums of all bytes: finds what a disk, a copy or an editor changed. For files that came
  /// from someone who means no harm.
  damage,
  /// The header alone, in microseconds whatever the size. An altered array is not found and what
  /// computes with it may crash: only for a file that was checked before and not touched since.
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
/// until it is let go). Cost: with `everything` and `damage` one or two reads of the file at memory
/// speed, in parallel; with `header` nothing that grows. Memory: none beside the file's pages.
/// Throws io_error where the file cannot be opened; parse_error, naming the file and what to do,
/// where it is no snapshot of a graph, of another version, truncated, altered or no graph;
/// cancelled.
[[nodiscard]] graph read_graph_snapshot(const std::string& file,
                                        const snapshot_options& options = {},
                                        const execution& exec = {});

}  // namespace valuenet
