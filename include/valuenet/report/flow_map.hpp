// Flows between places as arrows on a schematic map without borders.
#pragma once

#include "valuenet/network/flows.hpp"
#include "valuenet/report/drawing.hpp"
#include "valuenet/report/places.hpp"
#include "valuenet/report/plot_options.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace valuenet {

enum class map_positions : std::uint8_t {
  geographic,  ///< longitude and latitude, circles moved apart where they would overlap
  tiles,       ///< equal squares in rows and columns; provinces only
};

struct flow_map_options {
  /// 900 by 760, of countries 900 by 560, where they say nothing.
  plot_options plot{};
  map_positions positions = map_positions::geographic;
  /// Arrows for so many of the largest flows between two places; 0: all.
  std::size_t most_flows = 30;
};

struct flow_map_result {
  drawing picture{};
  /// Groups that the gazetteer does not know, as they are written, the largest flows first.
  std::vector<std::string> unknown{};
  /// Of flow_matrix_result::total: with an unknown place at one end or both.
  double unknown_flow = 0.0;
  /// Of the flow between different known places: in arrows.
  double drawn_flow = 0.0;
  double flow_between = 0.0;
  std::size_t arrows = 0;
};

/// Draws a flow matrix of one grouping by places. A circle's area is the flow that touches the
/// place (given + taken - within; two names of one place are one), its dark core the part within
/// the place. An arrow runs from giver to taker, as wide as the flow and bent to its right, so that
/// both directions of a pair are seen; it is thin where it leaves and carries a head where it
/// arrives. The seven places that give most have colours, on their arrows too. Names in Chinese or
/// English by the plot's language, without overlap; below stands how much of the flow the arrows
/// carry, and what is not on the map.
///
/// Roles: "place" and "flow", with titles for the numbers. O(places^2). Throws
/// std::invalid_argument for a matrix of two groupings, sizes that plot_options does not have, and
/// tiles of anything but provinces.
[[nodiscard]] flow_map_result draw_flow_map(const flow_matrix_result& flows, place_level level,
                                            const flow_map_options& options = {});

}  // namespace valuenet
