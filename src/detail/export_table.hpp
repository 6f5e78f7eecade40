// A value network or a selection as the writers of node-and-edge formats need it: nodes and edges
// in order, and every column as text with a type.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/write.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "detail/progress.hpp"

namespace valuenet::detail {

enum class value_type : std::uint8_t { text, whole, real };

struct export_column {
  std::string name;
  value_type type = value_type::text;
  /// The value of a row (a node's number, or an edge as edge_at gives it); empty: not given. The
  /// view lives until the next call.
  std::function<std::string_view(std::size_t row)> value;
};

struct export_edge {
  actor_id giver = 0;
  actor_id taker = 0;
  double weight = 1.0;
  bool both_ways = false;
  std::string_view kind;
  /// The number to ask edge columns with.
  std::size_t row = 0;
};

/// Views into the network, the selection and the options it was made from: all must outlive it.
/// Columns keep the text of their last value: threads that work side by side need one each.
struct export_table {
  const value_network* network = nullptr;
  /// Whether edges hold both ways unless they say otherwise.
  bool undirected = false;
  bool has_kinds = false;
  bool has_weights = false;
  std::size_t node_count = 0;
  std::size_t edge_count = 0;
  std::function<actor_id(std::size_t node)> actor;
  /// Edges stand in runs: rows of the network, or the arcs of an actor of the selection.
  std::size_t edge_run_count = 0;
  /// Calls for every edge of the runs [begin, end) in order.
  std::function<void(std::size_t begin, std::size_t end,
                     const std::function<void(const export_edge&)>&)>
      for_edges;
  void for_each_edge(const std::function<void(const export_edge&)>& call) const {
    for_edges(0, edge_run_count, call);
  }
  /// Without label and id; with role and the computed ones.
  std::vector<export_column> node_columns;
  /// Without weight, kind and label; with dimension, year and the computed ones.
  std::vector<export_column> edge_columns;
  /// Without a name where edges have no labels.
  export_column edge_labels;
  /// Distinct: those of the relations' column "id" where it has one for each, else row numbers.
  export_column edge_ids;
  bool has_own_edge_ids = false;
  const std::vector<position>* positions = nullptr;
  const std::vector<double>* sizes = nullptr;
  const std::vector<drawn_color>* colors = nullptr;
  /// The surrogate notice and the caller's sentence.
  std::string description;
  /// Counts filled in; the writer adds replaced characters.
  write_result result;
};

/// Throws std::invalid_argument for a computed column or positions of a wrong length, or a computed
/// column without a name.
[[nodiscard]] export_table make_export_table(const value_network& network,
                                             const write_options& options);
[[nodiscard]] export_table make_export_table(const selection& selected,
                                             const write_options& options);

/// The shortest text that reads back as the same number; INF and -INF for the infinite, as XML
/// Schema has them.
[[nodiscard]] std::string_view number_text(double value, std::string& scratch);

/// Appends `text` so that XML reads it back: markup as entities, and in attributes line ends and
/// tabs as numbers. What XML cannot hold, and bytes that are no UTF-8, become U+FFFD; returns how
/// many.
enum class xml_place : std::uint8_t { attribute, content };
std::uint64_t append_xml(std::string& to, std::string_view text, xml_place place);

/// Collects text and hands it on in pieces of about a megabyte; polls the stop token and reports
/// progress between them.
class chunked_output {
 public:
  using sink = std::function<void(std::string_view)>;
  /// `task`: what progress calls it; must outlive this. `records`: how many calls of pass_on there
  /// will be.
  chunked_output(sink to, std::string_view task, std::uint64_t records, const execution& exec)
      : to_(std::move(to)), exec_(exec), told_(exec, task, records) {}

  [[nodiscard]] std::string& text() noexcept { return text_; }
  /// Call between records.
  void pass_on() {
    told_.advance();
    if (text_.size() >= piece) flush();
  }
  void flush();

 private:
  static constexpr std::size_t piece = std::size_t{1} << 20;
  std::string text_;
  sink to_;
  const execution& exec_;
  progress told_;
};

/// A sink that writes to a stream and throws io_error when that fails.
[[nodiscard]] chunked_output::sink stream_sink(std::ostream& to);

}  // namespace valuenet::detail
