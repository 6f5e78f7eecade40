// A list of kernels to verify, time and compare, and the table that comes of it.
#pragma once

#include "valuenet/execution.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "growth.hpp"
#include "inputs.hpp"
#include "machine.hpp"

namespace bench {

/// What one call of a kernel has to do, for rates and limits.
struct work {
  /// How many of `unit` ("arcs", "pairs", "bytes", ...) it goes through.
  double items = 0.0;
  std::string unit = "arcs";
  /// The least seconds that the measured machine needs for it; 0: nobody knows.
  double limit_seconds = 0.0;
};

/// One kernel on one graph. The functions take their inputs from `inputs` when they are called, so
/// that a kernel which is not asked for costs nothing.
struct kernel {
  std::string name{};
  graph_name graph = graph_name::hub43k;
  /// What stands in the table's second column when it is not the whole graph.
  std::string input{};
  /// Runs the kernel and holds its answer against an independent one. Empty: right. Else what is
  /// wrong; the kernel is then not timed, and the program fails.
  std::function<std::string(inputs&)> verify{};
  /// The kernel. Its value is not looked at, only kept from being optimised away.
  std::function<double(inputs&, const valuenet::execution&)> run{};
  /// The same algorithm by plain loops over the same rows, on one thread: the kernel, on one thread
  /// too, is set beside it, which shows the price of our abstraction.
  std::function<double(inputs&)> plain{};
  /// The same by igraph, which uses one thread. It is to do `share` of the work.
  std::function<double(inputs&, double share)> peer{};
  /// What share of the work igraph is made to do where all of it would take minutes; its time is
  /// divided by this, and marked with ~ in the table.
  double peer_share = 1.0;
  std::function<bench::work(inputs&, const machine&)> work{};
};

struct options {
  int threads = 0;
  std::size_t repetitions = 7;
  /// Graphs of 15 million edges and more.
  bool large = false;
  /// Lets the peer do all of the work however long it takes.
  bool whole_peer = false;
  bool markdown = false;
  /// A regular expression over "KERNEL/GRAPH"; empty: all.
  std::string filter;
  /// When triggered, the table is made of what is known then.
  std::stop_token stop{};
};

class suite {
 public:
  void add(kernel k) { kernels_.push_back(std::move(k)); }
  [[nodiscard]] const std::vector<kernel>& kernels() const { return kernels_; }
  void add(growing_kernel k) { growing_kernels_.push_back(std::move(k)); }
  [[nodiscard]] const std::vector<growing_kernel>& growing_kernels() const {
    return growing_kernels_;
  }

  /// Verifies and times; prints the table to stdout and progress to stderr. The number of kernels
  /// that were wrong.
  int run(const options& chosen);

 private:
  std::vector<kernel> kernels_;
  std::vector<growing_kernel> growing_kernels_;
};

/// "" when equal, else a sentence with both.
[[nodiscard]] std::string expect_equal(const std::string& what, double computed, double expected);
/// The same within an absolute tolerance.
[[nodiscard]] std::string expect_near(const std::string& what, double computed, double expected,
                                      double tolerance);
/// The first of some verdicts that is not empty.
[[nodiscard]] std::string first_failure(const std::vector<std::string>& verdicts);

/// Each bench/FAMILY_bench.cpp has one of these.
void add_reading(suite& benches, int text_millions);
void add_building(suite& benches);
void add_snapshots(suite& benches);
void add_structure(suite& benches);
void add_distances(suite& benches);
void add_diameter(suite& benches);
void add_centrality(suite& benches);
void add_searches(suite& benches);
void add_spectral(suite& benches);
void add_mixing(suite& benches);
void add_communities(suite& benches);
void add_layouts(suite& benches);
void add_power_law(suite& benches);
/// What the growth table holds.
void add_growing(suite& benches);

}  // namespace bench
