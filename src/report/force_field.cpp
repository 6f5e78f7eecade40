#include "report/force_field.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "detail/radix_sort.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t grain = std::size_t{1} << 12;
/// Bits of a coordinate in the key of Morton's curve: cells of 2^-21 of the drawing's width.
constexpr int coordinate_bits = 21;
/// Keeps bodies on one spot from dividing by nothing; far below any distance that can be seen.
constexpr double softening = 1e-18;
/// As the paper has them.
constexpr double local_speed = 0.1;
constexpr double longest_move = 10.0;
constexpr double overlap_force = 100.0;

/// Puts a zero before each of the lower 32 bits.
constexpr std::uint64_t spread(std::uint64_t bits) {
  bits = (bits | (bits << 16)) & 0x0000FFFF0000FFFFULL;
  bits = (bits | (bits << 8)) & 0x00FF00FF00FF00FFULL;
  bits = (bits | (bits << 4)) & 0x0F0F0F0F0F0F0F0FULL;
  bits = (bits | (bits << 2)) & 0x3333333333333333ULL;
  return (bits | (bits << 1)) & 0x5555555555555555ULL;
}

struct box {
  double least_x = 0.0, least_y = 0.0, most_x = 0.0, most_y = 0.0;
};

box bounds_of(parallel& workers, const places& at) {
  const box empty{HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
  return workers.reduce(
      at.x.size(), grain, empty,
      [&](std::size_t begin, std::size_t end) {
        box part = empty;
        for (std::size_t i = begin; i < end; ++i) {
          part.least_x = std::min(part.least_x, at.x[i]);
          part.most_x = std::max(part.most_x, at.x[i]);
          part.least_y = std::min(part.least_y, at.y[i]);
          part.most_y = std::max(part.most_y, at.y[i]);
        }
        return part;
      },
      [](const box& a, const box& b) {
        return box{std::min(a.least_x, b.least_x), std::min(a.least_y, b.least_y),
                   std::max(a.most_x, b.most_x), std::max(a.most_y, b.most_y)};
      });
}

}  // namespace

/// What repels the bodies of one group: far cells and near bodies alike as masses; where bodies
/// have radii, the near ones apart.
struct quadtree::near_list {
  std::vector<double> x, y, mass;
  /// Ranges of sorted bodies.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> bodies;

  void clear() {
    x.clear();
    y.clear();
    mass.clear();
    bodies.clear();
  }
};

void quadtree::build(parallel& workers, const places& at, std::span<const double> mass,
                     std::span<const double> radius) {
  const std::size_t count = at.x.size();
  cells_.clear();
  groups_.clear();
  if (count == 0) return;
  const box whole = bounds_of(workers, at);
  const double width = std::max(whole.most_x - whole.least_x, whole.most_y - whole.least_y);
  constexpr double sides = static_cast<double>((1 << coordinate_bits) - 1);
  const double scale = width > 0.0 ? sides / width : 0.0;
  order_ = radix_sorted<key_of_body>(
      workers, count,
      [&](std::size_t begin, std::size_t end, auto&& sink) {
        for (std::size_t i = begin; i < end; ++i) {
          const auto column = static_cast<std::uint64_t>((at.x[i] - whole.least_x) * scale);
          const auto row = static_cast<std::uint64_t>((at.y[i] - whole.least_y) * scale);
          sink(key_of_body{spread(column) | (spread(row) << 1), static_cast<vertex_id>(i)});
        }
      },
      2 * coordinate_bits, [](const key_of_body& each) { return each.key; });
  x_.resize(count);
  y_.resize(count);
  mass_.resize(count);
  radius_.resize(radius.empty() ? 0 : count);
  workers.for_each(count, grain, [&](std::size_t i) {
    const vertex_id body = order_[i].body;
    x_[i] = at.x[body];
    y_[i] = at.y[body];
    mass_[i] = mass[body];
    if (!radius.empty()) radius_[i] = radius[body];
  });
  split(0, static_cast<std::uint32_t>(count), 2 * coordinate_bits - 2);
  sum_up();
}

void quadtree::split(std::uint32_t begin, std::uint32_t end, int shift) {
  const auto self = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back({.begin = begin, .end = end});
  // A cell with a single child says nothing that the child does not.
  while (shift >= 0 && (order_[begin].key >> shift & 3) == (order_[end - 1].key >> shift & 3)) {
    shift -= 2;
  }
  if (end - begin <= group_size || shift < 0) {
    cells_[self].is_group = true;
    groups_.push_back(self);
  } else {
    std::uint32_t first = begin;
    while (first < end) {
      const std::uint64_t quarter = order_[first].key >> shift & 3;
      const auto* const last = std::partition_point(
          order_.data() + first, order_.data() + end,
          [&](const key_of_body& each) { return (each.key >> shift & 3) <= quarter; });
      const auto stop = static_cast<std::uint32_t>(last - order_.data());
      split(first, stop, shift - 2);
      first = stop;
    }
  }
  cells_[self].next = static_cast<std::uint32_t>(cells_.size());
}

void quadtree::sum_up() {
  // From the last to the first, so that children come before their parents.
  for (std::size_t i = cells_.size(); i-- > 0;) {
    cell& here = cells_[i];
    here.least_x = here.least_y = HUGE_VAL;
    here.most_x = here.most_y = -HUGE_VAL;
    const auto each_child = [&](auto&& visit) {
      for (std::size_t child = i + 1; child < here.next; child = cells_[child].next) {
        visit(cells_[child]);
      }
    };
    if (here.is_group) {
      for (std::uint32_t body = here.begin; body < here.end; ++body) {
        here.mass += mass_[body];
        here.x += mass_[body] * x_[body];
        here.y += mass_[body] * y_[body];
        here.least_x = std::min(here.least_x, x_[body]);
        here.most_x = std::max(here.most_x, x_[body]);
        here.least_y = std::min(here.least_y, y_[body]);
        here.most_y = std::max(here.most_y, y_[body]);
        if (!radius_.empty()) here.largest_radius = std::max(here.largest_radius, radius_[body]);
      }
    } else {
      each_child([&](const cell& child) {
        here.mass += child.mass;
        here.x += child.mass * child.x;
        here.y += child.mass * child.y;
        here.least_x = std::min(here.least_x, child.least_x);
        here.most_x = std::max(here.most_x, child.most_x);
        here.least_y = std::min(here.least_y, child.least_y);
        here.most_y = std::max(here.most_y, child.most_y);
        here.largest_radius = std::max(here.largest_radius, child.largest_radius);
      });
    }
    here.x /= here.mass;
    here.y /= here.mass;
    if (here.is_group) {
      for (std::uint32_t body = here.begin; body < here.end; ++body) {
        here.extent = std::max(here.extent, std::hypot(x_[body] - here.x, y_[body] - here.y));
      }
    } else {
      each_child([&](const cell& child) {
        here.extent =
            std::max(here.extent, std::hypot(child.x - here.x, child.y - here.y) + child.extent);
      });
      const double corner = std::hypot(std::max(here.x - here.least_x, here.most_x - here.x),
                                       std::max(here.y - here.least_y, here.most_y - here.y));
      here.extent = std::min(here.extent, corner);
    }
  }
}

void quadtree::collect(const cell& group, double theta, near_list& list) const {
  list.clear();
  const std::size_t count = cells_.size();
  for (std::size_t i = 0; i < count;) {
    const cell& there = cells_[i];
    const double dx = std::max({group.least_x - there.x, there.x - group.most_x, 0.0});
    const double dy = std::max({group.least_y - there.y, there.y - group.most_y, 0.0});
    const double squared = dx * dx + dy * dy;
    double diameter = 2.0 * there.extent;
    // Rims are left out of account only where they are small beside the distance.
    if (!radius_.empty()) diameter += 4.0 * (there.largest_radius + group.largest_radius);
    if (diameter * diameter < theta * theta * squared) {
      list.x.push_back(there.x);
      list.y.push_back(there.y);
      list.mass.push_back(there.mass);
      i = there.next;
    } else if (there.is_group) {
      list.bodies.emplace_back(there.begin, there.end);
      i = there.next;
    } else {
      ++i;
    }
  }
  if (!radius_.empty()) return;
  for (const auto& [begin, end] : list.bodies) {
    const auto append = [begin = begin, end = end](std::vector<double>& to,
                                                   const std::vector<double>& from) {
      to.insert(to.end(), from.begin() + begin, from.begin() + end);
    };
    append(list.x, x_);
    append(list.y, y_);
    append(list.mass, mass_);
  }
}

void quadtree::repel(parallel& workers, const force_law& law, std::span<double> force_x,
                     std::span<double> force_y) const {
  // So many bodies are computed side by side: the compiler puts them into vectors.
  constexpr std::size_t lanes = 8;
  std::vector<near_list> lists(workers.workers());
  workers.for_chunks(
      groups_.size(), 16, [&](std::size_t first, std::size_t last, std::size_t worker) {
        near_list& list = lists[worker];
        for (std::size_t g = first; g < last; ++g) {
          const cell& group = cells_[groups_[g]];
          collect(group, law.theta, list);
          for (std::uint32_t begin = group.begin; begin < group.end;
               begin += static_cast<std::uint32_t>(lanes)) {
            const std::size_t used = std::min<std::size_t>(lanes, group.end - begin);
            std::array<double, lanes> x{}, y{}, sum_x{}, sum_y{};
            for (std::size_t i = 0; i < lanes; ++i) {
              const std::size_t body = begin + std::min(i, used - 1);
              x[i] = x_[body];
              y[i] = y_[body];
            }
            const std::size_t entries = list.x.size();
            for (std::size_t j = 0; j < entries; ++j) {
              const double other_x = list.x[j];
              const double other_y = list.y[j];
              const double other_mass = list.mass[j];
              for (std::size_t i = 0; i < lanes; ++i) {
                const double dx = x[i] - other_x;
                const double dy = y[i] - other_y;
                const double factor = other_mass / (dx * dx + dy * dy + softening);
                sum_x[i] += dx * factor;
                sum_y[i] += dy * factor;
              }
            }
            if (!radius_.empty()) {
              for (std::size_t i = 0; i < used; ++i) {
                const double own = radius_[begin + i];
                for (const auto& [from, to] : list.bodies) {
                  for (std::uint32_t j = from; j < to; ++j) {
                    const double dx = x[i] - x_[j];
                    const double dy = y[i] - y_[j];
                    const double distance = std::sqrt(dx * dx + dy * dy);
                    if (distance == 0.0) continue;
                    const double gap = distance - own - radius_[j];
                    // The unit vector times the force by the rims' distance.
                    const double factor = gap > 0.0   ? mass_[j] / (gap * distance)
                                          : gap < 0.0 ? overlap_force * mass_[j] / distance
                                                      : 0.0;
                    sum_x[i] += dx * factor;
                    sum_y[i] += dy * factor;
                  }
                }
              }
            }
            for (std::size_t i = 0; i < used; ++i) {
              const vertex_id body = order_[begin + i].body;
              force_x[body] = law.scaling * mass_[begin + i] * sum_x[i];
              force_y[body] = law.scaling * mass_[begin + i] * sum_y[i];
            }
          }
        }
      });
}

force_field::force_field(const force_level& level, const force_law& law)
    : level_(level),
      law_(law),
      force_x_(level.size(), 0.0),
      force_y_(level.size(), 0.0),
      last_x_(level.size(), 0.0),
      last_y_(level.size(), 0.0) {
  for (const double mass : level.mass) total_mass_ += mass;
}

force_step force_field::step(parallel& workers, places& at) {
  const std::size_t count = level_.size();
  if (count == 0) return {};
  const bool sized = !level_.radius.empty();
  tree_.build(workers, at, level_.mass, level_.radius);
  tree_.repel(workers, law_, force_x_, force_y_);

  struct sums {
    double swinging = 0.0;
    double traction = 0.0;
  };
  const sums total = workers.reduce(
      count, grain / 4, sums{},
      [&](std::size_t begin, std::size_t end) {
        sums part;
        for (std::size_t i = begin; i < end; ++i) {
          const double x = at.x[i];
          const double y = at.y[i];
          double pull_x = 0.0;
          double pull_y = 0.0;
          for (std::size_t arc = level_.offsets[i]; arc < level_.offsets[i + 1]; ++arc) {
            const vertex_id other = level_.targets[arc];
            const double dx = at.x[other] - x;
            const double dy = at.y[other] - y;
            double factor = level_.pulls[arc];
            if (sized || law_.logarithmic) {
              const double distance = std::sqrt(dx * dx + dy * dy);
              if (distance == 0.0) continue;
              const double gap =
                  sized ? distance - level_.radius[i] - level_.radius[other] : distance;
              if (gap <= 0.0) continue;
              factor *= (law_.logarithmic ? std::log1p(gap) : gap) / distance;
            }
            pull_x += factor * dx;
            pull_y += factor * dy;
          }
          double gravity = law_.gravity * level_.mass[i];
          if (!law_.strong_gravity) {
            const double distance = std::sqrt(x * x + y * y);
            gravity = distance > 0.0 ? gravity / distance : 0.0;
          }
          force_x_[i] += pull_x - gravity * x;
          force_y_[i] += pull_y - gravity * y;
          part.swinging +=
              level_.mass[i] * std::hypot(force_x_[i] - last_x_[i], force_y_[i] - last_y_[i]);
          part.traction +=
              level_.mass[i] * 0.5 * std::hypot(force_x_[i] + last_x_[i], force_y_[i] + last_y_[i]);
        }
        return part;
      },
      [](const sums& a, const sums& b) {
        return sums{a.swinging + b.swinging, a.traction + b.traction};
      });
  if (total.swinging > 0.0) {
    const double wanted = law_.jitter_tolerance * total.traction / total.swinging;
    speed_ = first_ ? wanted : std::min(wanted, 1.5 * speed_);
  }
  first_ = false;

  struct moves {
    double moved = 0.0;
    double squared_radius = 0.0;
  };
  const moves made = workers.reduce(
      count, grain, moves{},
      [&](std::size_t begin, std::size_t end) {
        moves part;
        for (std::size_t i = begin; i < end; ++i) {
          const double swing = std::hypot(force_x_[i] - last_x_[i], force_y_[i] - last_y_[i]);
          const double force = std::hypot(force_x_[i], force_y_[i]);
          double speed = local_speed * speed_ / (1.0 + speed_ * std::sqrt(swing));
          if (speed * force > longest_move) speed = longest_move / force;
          at.x[i] += speed * force_x_[i];
          at.y[i] += speed * force_y_[i];
          part.moved += level_.mass[i] * speed * force;
          part.squared_radius += level_.mass[i] * (at.x[i] * at.x[i] + at.y[i] * at.y[i]);
        }
        return part;
      },
      [](const moves& a, const moves& b) {
        return moves{a.moved + b.moved, a.squared_radius + b.squared_radius};
      });
  last_x_.swap(force_x_);
  last_y_.swap(force_y_);
  return {.swinging = total.swinging,
          .traction = total.traction,
          .speed = speed_,
          .moved = made.moved / total_mass_,
          .squared_radius = made.squared_radius / total_mass_};
}

void balance_scale(parallel& workers, const force_level& level, const force_law& law, places& at) {
  struct sums {
    double mass = 0.0;
    double squared_mass = 0.0;
    double moment = 0.0;         // mass x distance from the origin
    double second_moment = 0.0;  // mass x its square
    double springs = 0.0;        // pull x length^2, every spring from both ends
  };
  const std::size_t count = level.size();
  const auto length = [&](std::size_t i, vertex_id other) {
    return std::hypot(at.x[other] - at.x[i], at.y[other] - at.y[i]);
  };
  const sums total = workers.reduce(
      count, grain, sums{},
      [&](std::size_t begin, std::size_t end) {
        sums part;
        for (std::size_t i = begin; i < end; ++i) {
          const double mass = level.mass[i];
          const double squared = at.x[i] * at.x[i] + at.y[i] * at.y[i];
          part.mass += mass;
          part.squared_mass += mass * mass;
          part.moment += mass * std::sqrt(squared);
          part.second_moment += mass * squared;
          for (std::size_t arc = level.offsets[i]; arc < level.offsets[i + 1]; ++arc) {
            const double long_is = length(i, level.targets[arc]);
            part.springs += level.pulls[arc] * long_is * long_is;
          }
        }
        return part;
      },
      [](const sums& a, const sums& b) {
        return sums{a.mass + b.mass, a.squared_mass + b.squared_mass, a.moment + b.moment,
                    a.second_moment + b.second_moment, a.springs + b.springs};
      });
  const double repulsion = law.scaling * 0.5 * (total.mass * total.mass - total.squared_mass);
  if (!(repulsion > 0.0) || !(total.moment > 0.0)) return;
  // Sum of force x distance of everything that pulls, were all distances `scale` times as long.
  const auto inward = [&](double scale) {
    const double gravity = law.strong_gravity ? law.gravity * total.second_moment * scale * scale
                                              : law.gravity * total.moment * scale;
    if (!law.logarithmic) return gravity + 0.5 * total.springs * scale * scale;
    const double springs = workers.reduce(
        count, grain, 0.0,
        [&](std::size_t begin, std::size_t end) {
          double part = 0.0;
          for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t arc = level.offsets[i]; arc < level.offsets[i + 1]; ++arc) {
              const double long_is = scale * length(i, level.targets[arc]);
              part += level.pulls[arc] * std::log1p(long_is) * long_is;
            }
          }
          return part;
        },
        [](double a, double b) { return a + b; });
    return gravity + 0.5 * springs;
  };
  double low = 1.0;
  double high = 1.0;
  for (int i = 0; i < 200 && inward(low) > repulsion; ++i) low *= 0.25;
  for (int i = 0; i < 200 && inward(high) < repulsion; ++i) high *= 4.0;
  for (int i = 0; i < 30; ++i) {
    const double middle = std::sqrt(low * high);
    (inward(middle) < repulsion ? low : high) = middle;
  }
  const double scale = std::sqrt(low * high);
  if (!std::isfinite(scale) || scale <= 0.0) return;
  workers.for_each(count, grain, [&](std::size_t i) {
    at.x[i] *= scale;
    at.y[i] *= scale;
  });
}

}  // namespace valuenet::detail
