// What this machine can do at best, measured in the same run as the kernels.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace bench {

struct machine {
  int threads = 1;
  /// Bytes a second that all threads together read from memory, one after the other.
  double read_bandwidth = 0.0;
  /// Nanoseconds for one load that must wait for the one before it, anywhere in 256 MiB.
  double latency_ns = 0.0;
  /// (bytes, nanoseconds): what a thread pays for each of many independent loads of a 64-byte line
  /// at a random place in that many bytes, while the other threads do the same in bytes of their
  /// own.
  std::vector<std::pair<double, double>> random_line_ns;

  /// The same for any size, interpolated over the logarithm.
  [[nodiscard]] double random_line(double bytes) const;
  /// The same where places are not equally popular, for a cache that keeps the most popular ones
  /// nearest: a line costs what one in as many bytes as it and the more popular ones take would.
  [[nodiscard]] double popular_line(std::vector<double> popularity, double bytes_each) const;
  /// Seconds that all threads need at least to stream so many bytes and touch so many random lines
  /// of a working set.
  [[nodiscard]] double seconds(double streamed_bytes, double random_lines = 0.0,
                               double working_set = 0.0) const;
};

/// Takes about three seconds.
[[nodiscard]] machine measure_machine(int threads);

}  // namespace bench
