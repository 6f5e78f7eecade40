// Where the vertices of a graph stand in a drawing.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/graph.hpp"
#include "valuenet/io/write.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace valuenet {

/// How the ends of an edge attract each other at distance d.
enum class attraction : std::uint8_t {
  linear,       ///< d
  logarithmic,  ///< log(1 + d): LinLog, which draws communities tighter and further apart
};

/// How the origin attracts a vertex at distance d.
enum class gravity_law : std::uint8_t {
  constant,  ///< gravity x (degree + 1), at any distance
  strong,    ///< gravity x (degree + 1) x d
};

/// The forces of ForceAtlas2 and how long they act.
struct force_atlas2_options {
  /// k_r of the repulsion k_r (deg u + 1) (deg v + 1) / d. Above 0.
  double scaling = 2.0;
  /// At least 0; 0: unconnected parts drift apart until the iterations end.
  double gravity = 1.0;
  valuenet::gravity_law gravity_law = valuenet::gravity_law::constant;
  valuenet::attraction attraction = valuenet::attraction::linear;
  /// Divides the attraction of an arc by the degree + 1 of the vertex it leaves, so that much-named
  /// authorities move inwards and hubs that name many outwards. An edge of an undirected graph: the
  /// mean of both ways.
  bool dissuade_hubs = false;
  /// The attraction of an arc is multiplied by its weight to this power. At least 0; 0: weights do
  /// not matter. Weights must not be negative then.
  double edge_weight_influence = 1.0;
  /// Empty: vertices are points. Else a radius for each, and they are kept from overlapping:
  /// distances are measured between the circles' rims, and circles that overlap repel each other by
  /// 100 k_r (deg u + 1) (deg v + 1) without attraction.
  std::span<const double> radii{};
  /// How much swinging is tolerated for speed (tau). Above 0.
  double jitter_tolerance = 1.0;
  /// Barnes and Hut: a cell of vertices repels as one mass at its centre where its diameter is less
  /// than theta times its distance. At least 0; 0: every pair is computed.
  double theta = 1.2;
  /// At most 1,000,000. Of a multilevel start: iterations on the graph itself, after those on its
  /// coarser levels.
  std::uint32_t iterations = 100;
  /// Converged when an iteration moves the vertices by less than this share of the drawing's
  /// radius, averaged by mass. At least 0.
  double tolerance = 1e-5;
  /// Where the vertices start. Empty: where the same forces put them in a multilevel layout, which
  /// takes a tenth of the iterations that a random start takes.
  std::span<const position> start{};
  std::uint64_t seed = 0;
};

struct force_atlas2_result {
  /// One a vertex, around the origin.
  std::vector<position> positions{};
  /// On the graph itself, the coarser levels of the start not counted.
  std::uint32_t iterations = 0;
  bool converged = false;
  /// Of the last iteration: sums over the vertices of (degree + 1) x how much their force turned,
  /// and kept its direction; and the speed that follows from them.
  double swinging = 0.0;
  double traction = 0.0;
  double speed = 0.0;
};

/// ForceAtlas2: vertices repel each other, arcs attract their ends, gravity keeps all together:
///   F_r(u, v) = scaling (deg u + 1) (deg v + 1) / d
///   F_a(u, v) = d, or log(1 + d), x weight^influence
///   F_g(u)    = gravity (deg u + 1), or that x d
/// and each vertex moves by s(u) F(u) with the adaptive speeds of the paper:
///   swing(u)    = |F_t(u) - F_(t-1)(u)|,  traction(u) = |F_t(u) + F_(t-1)(u)| / 2
///   s           = tau sum (deg u + 1) traction(u) / sum (deg u + 1) swing(u), at most 1.5 x the
///   last s(u)        = 0.1 s / (1 + s sqrt(swing(u))), at most 10 / |F(u)|
///
/// Conventions: deg counts arcs in either direction, parallel ones each, loops not; of an
/// undirected graph edges. Each of several parallel arcs attracts. Components are kept together by
/// gravity alone; hub_layout() packs them. Two connected vertices without gravity come to rest at
/// d = 2 sqrt(scaling); the scale of the whole is such that attraction x d, repulsion x d and
/// gravity x d add up to nothing.
///
/// Method: the multilevel start merges vertices with the neighbours that they are most strongly
/// tied to, size by size, until few are left, lays these out and unfolds them level by level; a
/// merged vertex has the mass and the springs of its members, so that the forces are the same on
/// every level, and every level begins at the scale at which they balance (Hu 2005 has the idea).
/// Repulsion runs over a quadtree of vertices sorted along Morton's curve.
///
/// Cost: O(vertices log vertices + arcs) an iteration; some 200 bytes a vertex and 16 an arc.
/// Throws std::invalid_argument for an option out of range, radii or a start of another length or
/// not finite, and a negative or infinite weight; cancelled. Deterministic: the same bits for a
/// seed at any thread count.
///
/// Sources: Jacomy, Venturini, Heymann and Bastian 2014, doi:10.1371/journal.pone.0098679; Noack
/// 2007, doi:10.7155/jgaa.00154 (LinLog); Barnes and Hut 1986, doi:10.1038/324446a0; Y. Hu 2005,
/// Efficient and high quality force-directed graph drawing, Mathematica Journal 10.
[[nodiscard]] force_atlas2_result force_atlas2(const graph& g,
                                               const force_atlas2_options& options = {},
                                               const execution& exec = {});

/// Where components stand that are not connected to each other.
enum class component_placing : std::uint8_t {
  packed,    ///< each laid out for itself; the largest in the middle, the others in rings around it
  together,  ///< all under the same forces, kept together by gravity
};

struct hub_layout_options {
  /// Of the vertices that are no leaves. Its radii and start must be empty. Weights are divided by
  /// their mean first, so that amounts of money do as well as counts. The strong gravity keeps
  /// loosely tied vertices near: to change something else, change a copy of these.
  force_atlas2_options forces{.gravity = 0.05, .gravity_law = gravity_law::strong};
  /// A radius for every vertex; empty: 1 for each.
  std::span<const double> radii{};
  /// Clear space between two circles, as a share of the smallest radius. At least 0.
  double spacing = 0.25;
  /// A community for every vertex, such as communities() finds; empty: none. Arcs across
  /// communities then attract `between_communities` times as strongly as they would.
  std::span<const std::uint32_t> community{};
  /// From 0 to 1.
  double between_communities = 0.05;
  /// The share of the drawing's area that circles, with the leaves around them, may take before the
  /// drawing is enlarged. Above 0, at most 0.6.
  double fill = 0.3;
  component_placing components = component_placing::packed;
};

struct hub_layout_result {
  /// One a vertex, around the origin. No two circles overlap.
  std::vector<position> positions{};
  /// As given, or 1 for each.
  std::vector<double> radii{};
  /// The hub that a folded vertex stands beside; no_vertex for the others.
  std::vector<vertex_id> hub{};
  /// Vertices that are folded.
  std::uint64_t leaves = 0;
  /// Of the whole drawing: the circle around the origin that holds every circle.
  double radius = 0.0;
};

/// A layout for networks of hubs and leaves, such as value networks: a vertex with a single
/// neighbour stands beside it, and the others are laid out by the forces of ForceAtlas2 as circles
/// that have room for their leaves. With communities these become islands.
///
/// Method: (1) vertices with a single neighbour are folded onto it, to stand around it like the
/// seeds of a sunflower (Vogel 1979). (2) force_atlas2() of the others, from a multilevel start,
/// with their leaves' mass added to theirs. (3) The drawing is scaled until the circles, with all
/// their leaves, fill `fill` of it, and circles that overlap are pushed apart. (4) Components are
/// packed.
///
/// Conventions, errors and sources: those of force_atlas2(). Of two vertices that have only each
/// other the second is folded onto the first. Cost: that of force_atlas2() on the vertices that are
/// no leaves, and O(vertices log vertices) for the rest, on one thread. Deterministic: the same
/// bits for a seed at any thread count. Source: Vogel 1979, doi:10.1016/0025-5564(79)90080-4.
[[nodiscard]] hub_layout_result hub_layout(const graph& g, const hub_layout_options& options = {},
                                           const execution& exec = {});

}  // namespace valuenet
