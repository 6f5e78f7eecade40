// The forces of ForceAtlas2 on one level of a layout, and the moves they make.
#pragma once

#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Bodies that repel each other, with springs between some: a graph as the forces see it. Rows are
/// symmetric, without loops; a pull is the attraction's coefficient.
struct force_level {
  std::vector<std::size_t> offsets{0};
  std::vector<vertex_id> targets;
  std::vector<double> pulls;
  std::vector<double> mass;
  /// Empty: points.
  std::vector<double> radius;

  [[nodiscard]] std::size_t size() const noexcept { return mass.size(); }
};

/// Coordinates of the bodies of a level.
struct places {
  std::vector<double> x;
  std::vector<double> y;
};

struct force_law {
  double scaling = 2.0;
  double gravity = 1.0;
  bool strong_gravity = false;
  bool logarithmic = false;
  double jitter_tolerance = 1.0;
  double theta = 1.2;
};

/// A tree over bodies sorted along Morton's curve, its cells in preorder, and what each repels as.
class quadtree {
 public:
  /// Bodies that one cell holds at most, unless they lie on one spot: a group whose forces are
  /// computed together.
  static constexpr std::size_t group_size = 16;

  /// O(bodies log bodies).
  void build(parallel& workers, const places& at, std::span<const double> mass,
             std::span<const double> radius);

  /// Adds scaling x mass x (sum of mass / distance, away from each) to every body's force. Bodies
  /// with a radius: by their rims, as force_atlas2_options::radii says.
  void repel(parallel& workers, const force_law& law, std::span<double> force_x,
             std::span<double> force_y) const;

 private:
  struct cell {
    double x = 0.0;
    double y = 0.0;
    double mass = 0.0;
    /// No body is farther from the centre of mass.
    double extent = 0.0;
    double least_x = 0.0, least_y = 0.0, most_x = 0.0, most_y = 0.0;
    double largest_radius = 0.0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    /// The cell after this one and all below it.
    std::uint32_t next = 0;
    bool is_group = false;
  };
  struct key_of_body {
    std::uint64_t key = 0;
    vertex_id body = 0;
  };
  struct near_list;

  void split(std::uint32_t begin, std::uint32_t end, int shift);
  void sum_up();
  void collect(const cell& group, double theta, near_list& list) const;

  buffer<key_of_body> order_;
  std::vector<double> x_, y_, mass_, radius_;
  std::vector<cell> cells_;
  std::vector<std::uint32_t> groups_;
};

/// What one iteration did.
struct force_step {
  double swinging = 0.0;
  double traction = 0.0;
  double speed = 0.0;
  /// Means by mass: how far bodies moved, and the square of their distance from the origin.
  double moved = 0.0;
  double squared_radius = 0.0;
};

/// Iterations on one level. The references must outlive it.
class force_field {
 public:
  force_field(const force_level& level, const force_law& law);

  force_step step(parallel& workers, places& at);

 private:
  const force_level& level_;
  force_law law_;
  quadtree tree_;
  std::vector<double> force_x_, force_y_, last_x_, last_y_;
  double total_mass_ = 0.0;
  double speed_ = 1.0;
  bool first_ = true;
};

/// Scales the bodies' distances from the origin until attraction, gravity and repulsion balance in
/// the sum of force x distance: where ForceAtlas2's forces would take the scale by themselves.
/// O(bodies + springs).
void balance_scale(parallel& workers, const force_level& level, const force_law& law, places& at);

}  // namespace valuenet::detail
