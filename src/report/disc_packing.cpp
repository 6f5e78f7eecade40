#include "report/disc_packing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace valuenet::detail {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double golden_angle = pi * (3.0 - 2.2360679774997896964);
/// The least distance of two seeds of a sunflower whose first is at distance c sqrt(1/2) is
/// 1.546 c, between the first and the fourth; seeds further out are 1.63 c apart or more.
constexpr double least_seed_distance = 1.54;

/// Circles by size class, each class in a grid whose cells are as wide as its largest circle: to
/// find what a circle overlaps, only cells that its class can reach into it from are looked at.
class disc_grid {
 public:
  disc_grid(std::span<const position> centres, std::span<const double> radii, double gap)
      : centres_(centres), radii_(radii), gap_(gap) {
    order_.resize(radii.size());
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return radii[a] > radii[b]; });
    // Every class goes from its largest circle down to half its size.
    for (std::size_t begin = 0; begin < order_.size();) {
      const double largest = radii[order_[begin]];
      std::size_t end = begin;
      while (end < order_.size() && radii[order_[end]] >= 0.5 * largest) ++end;
      if (classes_.size() + 1 == most_classes) end = order_.size();
      classes_.push_back({.largest = largest, .width = std::max(2.0 * largest + gap, 1e-12)});
      size_class& made = classes_.back();
      made.cells.reserve(end - begin);
      for (std::size_t i = begin; i < end; ++i) {
        made.cells.push_back({cell_of(made, centres[order_[i]]), order_[i]});
      }
      begin = end;
    }
    settle();
  }

  /// Sorts the circles into cells by where they are now.
  void settle() {
    for (size_class& each : classes_) {
      for (entry& one : each.cells) one.cell = cell_of(each, centres_[one.disc]);
      std::sort(each.cells.begin(), each.cells.end(), [](const entry& a, const entry& b) {
        return a.cell != b.cell ? a.cell < b.cell : a.disc < b.disc;
      });
    }
  }

  /// visit(a, b) for every pair that may be nearer than the gap; a is the larger or the first.
  template <class Visit>
  void for_each_close_pair(double slack, Visit&& visit) const {
    for (std::size_t larger = 0; larger < classes_.size(); ++larger) {
      for (const entry& one : classes_[larger].cells) {
        for (std::size_t smaller = larger; smaller < classes_.size(); ++smaller) {
          const size_class& among = classes_[smaller];
          const position at = centres_[one.disc];
          const double reach = radii_[one.disc] + among.largest + gap_ + slack;
          const cell_id low = cell_of(among, {at.x - reach, at.y - reach});
          const cell_id high = cell_of(among, {at.x + reach, at.y + reach});
          for (std::int64_t row = low.row; row <= high.row; ++row) {
            auto found =
                std::lower_bound(among.cells.begin(), among.cells.end(), cell_id{row, low.column},
                                 [](const entry& a, const cell_id& b) { return a.cell < b; });
            for (; found != among.cells.end() && found->cell.row == row &&
                   found->cell.column <= high.column;
                 ++found) {
              if (smaller == larger && found->disc <= one.disc) continue;
              visit(one.disc, found->disc);
            }
          }
        }
      }
    }
  }

 private:
  static constexpr std::size_t most_classes = 24;
  struct cell_id {
    std::int64_t row = 0;
    std::int64_t column = 0;
    friend bool operator==(const cell_id&, const cell_id&) = default;
    friend bool operator<(const cell_id& a, const cell_id& b) {
      return a.row != b.row ? a.row < b.row : a.column < b.column;
    }
  };
  struct entry {
    cell_id cell;
    std::uint32_t disc = 0;
  };
  struct size_class {
    double largest = 0.0;
    double width = 1.0;
    std::vector<entry> cells{};
  };

  static cell_id cell_of(const size_class& of, position at) {
    return {static_cast<std::int64_t>(std::floor(at.y / of.width)),
            static_cast<std::int64_t>(std::floor(at.x / of.width))};
  }

  std::span<const position> centres_;
  std::span<const double> radii_;
  double gap_;
  std::vector<std::uint32_t> order_;
  std::vector<size_class> classes_;
};

}  // namespace

std::vector<position> sunflower(std::size_t count, double hub, double radius, double gap,
                                double turn) {
  const double c = (2.0 * radius + gap) / least_seed_distance;
  const double first = (hub + radius + gap) / c;
  const double a = std::max(0.5, first * first);
  std::vector<position> seeds(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double distance = c * std::sqrt(static_cast<double>(i) + a);
    const double angle = turn + golden_angle * static_cast<double>(i);
    seeds[i] = {distance * std::cos(angle), distance * std::sin(angle)};
  }
  return seeds;
}

std::vector<position> rings(std::span<const double> radii, double middle, double gap) {
  std::vector<position> centres(radii.size());
  double rim = middle;
  for (std::size_t begin = 0; begin < radii.size();) {
    double thickest = radii[begin];
    const auto width_at = [&](double radius, double distance) {
      return 2.0 * std::asin(std::min(1.0, (radius + 0.5 * gap) / distance));
    };
    std::size_t end = begin;
    double used = 0.0;
    double distance = rim + gap + thickest;
    while (end < radii.size()) {
      const double thick = std::max(thickest, radii[end]);
      const double further = rim + gap + thick;
      if (thick > thickest) {  // a later circle is larger: the ring moves outwards
        used = 0.0;
        for (std::size_t i = begin; i < end; ++i) used += width_at(radii[i], further);
      }
      const double wanted = used + width_at(radii[end], further);
      if (end > begin && wanted > 2.0 * pi) break;
      used = wanted;
      thickest = thick;
      distance = further;
      ++end;
    }
    // What is left over is shared out, unless the ring is the last and mostly empty.
    const double left = std::max(0.0, 2.0 * pi - used);
    const double share =
        end == radii.size() && used < pi ? 0.0 : left / static_cast<double>(end - begin);
    double angle = 0.5 * pi;
    for (std::size_t i = begin; i < end; ++i) {
      const double half = 0.5 * (width_at(radii[i], distance) + share);
      angle -= half;
      centres[i] = {distance * std::cos(angle), distance * std::sin(angle)};
      angle -= half;
    }
    rim = distance + thickest;
    begin = end;
  }
  return centres;
}

void push_apart(std::span<position> centres, std::span<const double> radii, double gap,
                void (*poll)(void*), void* context) {
  if (centres.size() < 2) return;
  constexpr int rounds_a_list = 8;
  constexpr int most_lists = 60;
  const double least = *std::min_element(radii.begin(), radii.end());
  const double slack = std::max(least, gap);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  // Aims a little beyond the gap, so that the last rounds do not creep.
  const double aim = 1.02 * gap + 1e-3 * least;
  for (int list = 0; list < most_lists; ++list) {
    pairs.clear();
    disc_grid(centres, radii, gap)
        .for_each_close_pair(slack, [&](std::uint32_t a, std::uint32_t b) {
          const double reach = radii[a] + radii[b] + gap + slack;
          const double dx = centres[b].x - centres[a].x;
          const double dy = centres[b].y - centres[a].y;
          if (dx * dx + dy * dy < reach * reach) pairs.emplace_back(a, b);
        });
    bool apart = false;
    for (int round = 0; round < rounds_a_list; ++round) {
      poll(context);
      apart = true;
      for (const auto& [a, b] : pairs) {
        const double wanted = radii[a] + radii[b] + aim;
        double dx = centres[b].x - centres[a].x;
        double dy = centres[b].y - centres[a].y;
        const double squared = dx * dx + dy * dy;
        if (squared >= wanted * wanted) continue;
        const double distance = std::sqrt(squared);
        if (distance < wanted - 0.5 * (aim - gap)) apart = false;
        if (distance > 0.0) {
          dx /= distance;
          dy /= distance;
        } else {
          const double angle = golden_angle * static_cast<double>(b);
          dx = std::cos(angle);
          dy = std::sin(angle);
        }
        const double lack = wanted - distance;
        const double area_a = radii[a] * radii[a] + 1e-12 * least * least;
        const double area_b = radii[b] * radii[b] + 1e-12 * least * least;
        const double total = area_a + area_b;
        const double share_a = total > 0.0 ? area_b / total : 0.5;
        centres[a].x -= lack * share_a * dx;
        centres[a].y -= lack * share_a * dy;
        centres[b].x += lack * (1.0 - share_a) * dx;
        centres[b].y += lack * (1.0 - share_a) * dy;
      }
      if (apart) break;
    }
    if (apart) {
      // Pairs that were not on the list may have met.
      bool whole = true;
      disc_grid(centres, radii, gap)
          .for_each_close_pair(0.0, [&](std::uint32_t a, std::uint32_t b) {
            const double wanted = radii[a] + radii[b] + gap;
            const double dx = centres[b].x - centres[a].x;
            const double dy = centres[b].y - centres[a].y;
            whole = whole && dx * dx + dy * dy >= wanted * wanted;
          });
      if (whole) return;
    }
    if (list >= 3) {  // too crowded to resolve in place
      for (position& each : centres) {
        each.x *= 1.02;
        each.y *= 1.02;
      }
    }
  }
  double scale = 1.0;
  disc_grid(centres, radii, gap).for_each_close_pair(0.0, [&](std::uint32_t a, std::uint32_t b) {
    const double distance = std::hypot(centres[b].x - centres[a].x, centres[b].y - centres[a].y);
    if (distance > 0.0) scale = std::max(scale, (radii[a] + radii[b] + gap) / distance);
  });
  for (position& each : centres) {
    each.x *= scale;
    each.y *= scale;
  }
}

std::size_t count_overlaps(std::span<const position> centres, std::span<const double> radii,
                           double tolerance) {
  if (centres.empty()) return 0;
  std::size_t found = 0;
  disc_grid(centres, radii, 0.0).for_each_close_pair(0.0, [&](std::uint32_t a, std::uint32_t b) {
    const double distance = std::hypot(centres[b].x - centres[a].x, centres[b].y - centres[a].y);
    if (distance < radii[a] + radii[b] - tolerance) ++found;
  });
  return found;
}

}  // namespace valuenet::detail
