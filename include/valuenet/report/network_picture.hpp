// The picture of a network: actors as circles, relations as lines, the largest by name.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/write.hpp"
#include "valuenet/network/actor_metrics.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/layout.hpp"
#include "valuenet/report/plot_options.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace valuenet {

struct network_layout_options {
  /// What a circle's size shows: its radius is 1 + 11 sqrt(value / largest value), times the radius
  /// of an actor without any. Nothing: all alike.
  std::optional<actor_metric> size = actor_metric::degree;
  /// What colours show: the groups of the network's actors, such as by type or by province.
  /// Nothing: communities, see communities().
  std::optional<grouping> groups{};
  /// So many groups, the largest, have a colour of their own; the others are grey. At most 21.
  std::size_t colored_groups = 16;
  hub_layout_options layout{};
  std::uint64_t seed = 42;
};

/// Where actors stand, how large they are and of which colour: for pictures, and for files that
/// show the same picture elsewhere.
struct network_layout_result {
  /// One a vertex, in the units of hub_layout(), around the origin; y upwards, as Gephi has it.
  std::vector<position> positions{};
  std::vector<double> radii{};
  /// The metric behind the radii; empty where all are alike.
  std::vector<double> sizes{};
  std::vector<color> colors{};
  /// Index into `groups` of every vertex; groups.size() where the actor is in none of them.
  std::vector<std::uint32_t> group{};
  struct colored_group {
    /// The group's name, or of a community its largest actors' names.
    std::string label{};
    valuenet::color color = neutral_gray;
    std::uint64_t actors = 0;
  };
  /// With a colour of their own, the largest first.
  std::vector<colored_group> groups{};
  /// In groups beyond these, or in none.
  std::uint64_t other_actors = 0;
  /// What the colours and the sizes show: "community", "type"; "degree".
  std::string grouping_name{};
  std::string size_name{};
  /// Radius of the circle around the origin that holds all.
  double radius = 0.0;
};

/// Lays out a selection: communities become islands whatever the colours show, leaves stand around
/// their hubs. Cost: those of communities(), hub_layout() and the metric. Throws what these throw,
/// and std::invalid_argument for groups of another network. Deterministic.
[[nodiscard]] network_layout_result lay_out_network(const selection& selected,
                                                    const network_layout_options& options = {},
                                                    const execution& exec = {});

struct network_picture_options {
  /// 1200 by 960 where they say nothing; the legend stands at the right.
  plot_options plot{};
  /// Of so many of the largest actors the names are shown, where there is room.
  std::size_t labels = 40;
  bool legend = true;
};

/// Draws it: relations as thin lines whose opacity falls with their number, in the colour of the
/// group that both ends are in, else grey, curved where there are at most 2,000; smaller circles in
/// front of larger ones' edges; names without overlap; a legend of colours and sizes, and the
/// notice of a made-up network. O(vertices + arcs). Throws std::invalid_argument for a layout of
/// another selection and sizes that plot_options does not have.
[[nodiscard]] drawing draw_network(const selection& selected, const network_layout_result& layout,
                                   const network_picture_options& options = {});

}  // namespace valuenet
