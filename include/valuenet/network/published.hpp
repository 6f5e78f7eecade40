// Published figures, and which reading of a network reproduces them.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/network/value_network.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// A figure as it was printed: the digits say how exactly it is known.
struct published_value {
  /// A statistic's name, such as "average_degree".
  std::string name;
  /// "2.28".
  std::string printed;
};

/// Reads "average_degree=2.28,diameter=14". Throws std::invalid_argument for anything else.
[[nodiscard]] std::vector<published_value> parse_published(std::string_view text);

/// Whether `computed`, rounded to the decimals of `printed`, is `printed`: |computed - printed| is
/// at most half a unit of the last printed digit (ties count, as rounding rules differ).
[[nodiscard]] bool reproduces(double computed, std::string_view printed);

/// One way to read a network.
struct reading {
  /// "gephi directed", "gephi directed, dialog undirected", "networkx undirected", ...
  std::string name;
  summary_result summary;
};

/// The summary under every convention, directed and undirected, and of Gephi also that of a
/// directed graph with "undirected" chosen in its dialogs: seven readings, conventions in the order
/// of `conventions`. Undirected, the two directions of a pair and kind are one edge and their
/// weights are added, as when a table is imported into Gephi as undirected. Cost: seven summaries.
/// Throws what select() and summarize() throw.
[[nodiscard]] std::vector<reading> compare_conventions(const value_network& network,
                                                       const selection_options& selection = {},
                                                       const summary_options& options = {},
                                                       const execution& exec = {});

/// Which readings reproduce a published value.
struct published_match {
  published_value published;
  /// Positions in the list of readings; empty: none does.
  std::vector<std::size_t> readings;
  /// Whether any reading has a statistic of this name.
  bool known = false;
};

[[nodiscard]] std::vector<published_match> match_published(
    const std::vector<reading>& readings, const std::vector<published_value>& published);

}  // namespace valuenet
