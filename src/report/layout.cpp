#include "valuenet/report/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "detail/neighborhood.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/random.hpp"
#include "report/coarsening.hpp"
#include "report/disc_packing.hpp"
#include "report/force_field.hpp"

namespace valuenet {
namespace {

using detail::force_law;
using detail::force_level;
using detail::places;

/// Coarser levels are made until so few bodies are left, or merging makes little difference.
constexpr std::size_t coarsest = 96;
constexpr double least_shrinking = 0.9;
constexpr std::size_t most_merged = 6;
constexpr std::uint32_t coarsest_iterations = 400;
constexpr std::size_t grain = std::size_t{1} << 12;
constexpr double two_pi = 6.283185307179586476925286766559;

[[noreturn]] void refuse(const std::string& field, const std::string& value,
                         const std::string& expected) {
  throw std::invalid_argument(field + " is " + value + "; " + expected);
}

void check(const graph& g, const force_atlas2_options& options, const std::string& name) {
  const auto positive = [&](const char* field, double value) {
    if (!(value > 0.0) || std::isinf(value)) {
      refuse(name + field, std::to_string(value), "give a finite number above 0");
    }
  };
  const auto not_negative = [&](const char* field, double value) {
    if (!(value >= 0.0) || std::isinf(value)) {
      refuse(name + field, std::to_string(value), "give a finite number of at least 0");
    }
  };
  positive("scaling", options.scaling);
  not_negative("gravity", options.gravity);
  not_negative("edge_weight_influence", options.edge_weight_influence);
  positive("jitter_tolerance", options.jitter_tolerance);
  not_negative("theta", options.theta);
  not_negative("tolerance", options.tolerance);
  if (options.iterations > 1'000'000) {
    refuse(name + "iterations", std::to_string(options.iterations), "give at most 1,000,000");
  }
  const std::size_t count = g.vertex_count();
  if (!options.start.empty()) {
    if (options.start.size() != count) {
      refuse(name + "start", std::to_string(options.start.size()) + " positions long",
             "give one for each of the " + std::to_string(count) + " vertices");
    }
    for (const position& each : options.start) {
      if (!std::isfinite(each.x) || !std::isfinite(each.y)) {
        refuse(name + "start", "not finite", "give finite coordinates");
      }
    }
  }
}

void check_radii(std::span<const double> radii, std::size_t count, const std::string& field) {
  if (radii.empty()) return;
  if (radii.size() != count) {
    refuse(field, std::to_string(radii.size()) + " long",
           "give one for each of the " + std::to_string(count) + " vertices");
  }
  for (const double each : radii) {
    if (!(each >= 0.0) || std::isinf(each)) {
      refuse(field, std::to_string(each), "give finite numbers of at least 0");
    }
  }
}

force_law law_of(const force_atlas2_options& options) {
  return {.scaling = options.scaling,
          .gravity = options.gravity,
          .strong_gravity = options.gravity_law == gravity_law::strong,
          .logarithmic = options.attraction == attraction::logarithmic,
          .jitter_tolerance = options.jitter_tolerance,
          .theta = options.theta};
}

/// 1 where weights do not add up to more than nothing.
double mean_weight(detail::parallel& workers, const graph& g) {
  const std::span<const double> weights = g.out_weights();
  if (weights.empty()) return 1.0;
  const double sum = workers.reduce(
      weights.size(), grain, 0.0,
      [&](std::size_t begin, std::size_t end) {
        return std::accumulate(weights.begin() + static_cast<std::ptrdiff_t>(begin),
                               weights.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
      },
      [](double a, double b) { return a + b; });
  const double mean = sum / static_cast<double>(weights.size());
  return mean > 0.0 && std::isfinite(mean) ? mean : 1.0;
}

/// The graph as the forces see it, weights counted in `weight_unit`.
force_level finest_level(detail::parallel& workers, const graph& g,
                         const force_atlas2_options& options, double weight_unit,
                         std::span<const std::uint32_t> community, double between) {
  const std::size_t count = g.vertex_count();
  force_level level;
  level.mass.assign(count, 1.0);
  level.offsets.assign(count + 1, 0);
  workers.for_each(count, grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    std::size_t distinct = 0;
    std::size_t degree = 0;
    detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
      if (place.neighbor == v) return;
      ++distinct;
      degree += place.out_count + place.in_count;
    });
    level.offsets[i + 1] = distinct;
    level.mass[i] += static_cast<double>(degree);
  });
  std::partial_sum(level.offsets.begin(), level.offsets.end(), level.offsets.begin());
  level.targets.resize(level.offsets.back());
  level.pulls.resize(level.offsets.back());
  const bool weighted = g.is_weighted() && options.edge_weight_influence > 0.0;
  const auto attraction_of = [&](std::span<const double> weights, std::size_t first,
                                 std::size_t arcs) {
    if (!weighted) return static_cast<double>(arcs);
    double sum = 0.0;
    for (std::size_t i = first; i < first + arcs; ++i) {
      const double weight = weights[i] / weight_unit;
      if (!(weight >= 0.0) || std::isinf(weight)) {
        throw std::invalid_argument(
            "a layout needs weights that are finite and not negative; an arc weighs " +
            std::to_string(weights[i]) + "; set edge_weight_influence to 0 to leave weights out");
      }
      sum += options.edge_weight_influence == 1.0 ? weight
                                                  : std::pow(weight, options.edge_weight_influence);
    }
    return sum;
  };
  workers.for_each(count, grain, [&](std::size_t i) {
    const auto v = static_cast<vertex_id>(i);
    std::size_t at = level.offsets[i];
    detail::for_each_neighbor(g, v, [&](const detail::neighbor_place& place) {
      if (place.neighbor == v) return;
      double out = attraction_of(g.out_weights(v), place.first_out, place.out_count);
      double in = attraction_of(g.in_weights(v), place.first_in, place.in_count);
      if (options.dissuade_hubs) {
        if (!g.is_directed()) out = in = 0.5 * out;
        out /= level.mass[i];
        in /= level.mass[place.neighbor];
      }
      double pull = out + in;
      if (!community.empty() && community[i] != community[place.neighbor]) pull *= between;
      level.targets[at] = place.neighbor;
      level.pulls[at] = pull;
      ++at;
    });
  });
  return level;
}

/// A start drawn from a seed, for few bodies: spread evenly over a disc.
places scattered(const force_level& level, std::uint64_t seed) {
  places at{std::vector<double>(level.size()), std::vector<double>(level.size())};
  for (std::size_t i = 0; i < level.size(); ++i) {
    detail::random_stream random(seed, i);
    const double radius = std::sqrt(random.uniform_positive());
    const double angle = two_pi * random.uniform();
    at.x[i] = radius * std::cos(angle);
    at.y[i] = radius * std::sin(angle);
  }
  return at;
}

double spread_of(detail::parallel& workers, const places& at) {
  const double squares = workers.reduce(
      at.x.size(), grain, 0.0,
      [&](std::size_t begin, std::size_t end) {
        double part = 0.0;
        for (std::size_t i = begin; i < end; ++i) part += at.x[i] * at.x[i] + at.y[i] * at.y[i];
        return part;
      },
      [](double a, double b) { return a + b; });
  return std::sqrt(squares / static_cast<double>(std::max<std::size_t>(1, at.x.size())));
}

/// Members around the body that they were merged into, as far as it has room around it.
places unfolded(detail::parallel& workers, const places& coarse, const std::vector<vertex_id>& body,
                std::uint64_t seed) {
  // Of a disc filled evenly, the root mean square is 1 / sqrt(2) of its radius.
  const double room =
      std::sqrt(2.0) * spread_of(workers, coarse) / std::sqrt(static_cast<double>(coarse.x.size()));
  places at{std::vector<double>(body.size()), std::vector<double>(body.size())};
  workers.for_each(body.size(), grain, [&](std::size_t i) {
    detail::random_stream random(seed, i);
    const double radius = room * std::sqrt(random.uniform());
    const double angle = two_pi * random.uniform();
    at.x[i] = coarse.x[body[i]] + radius * std::cos(angle);
    at.y[i] = coarse.y[body[i]] + radius * std::sin(angle);
  });
  return at;
}

struct run_result {
  std::uint32_t iterations = 0;
  bool converged = false;
  detail::force_step last{};
};

run_result run_forces(detail::parallel& workers, const force_level& level, const force_law& law,
                      std::uint32_t iterations, double tolerance, places& at,
                      detail::progress& progress) {
  detail::force_field field(level, law);
  run_result result;
  for (std::uint32_t i = 0; i < iterations; ++i) {
    workers.check_stop();
    result.last = field.step(workers, at);
    ++result.iterations;
    progress.advance(level.size());
    if (result.last.moved <= tolerance * std::sqrt(result.last.squared_radius)) {
      result.converged = true;
      break;
    }
  }
  return result;
}

/// The layout of a level from nothing: coarser levels first.
places multilevel_start(detail::parallel& workers, const force_level& finest, const force_law& law,
                        std::uint32_t iterations, double tolerance, std::uint64_t seed,
                        const execution& exec) {
  std::vector<detail::coarser_level> levels;
  const force_level* last = &finest;
  while (last->size() > coarsest) {
    workers.check_stop();
    detail::coarser_level next = detail::coarsen(*last, most_merged);
    if (static_cast<double>(next.level.size()) >
        least_shrinking * static_cast<double>(last->size())) {
      break;
    }
    levels.push_back(std::move(next));
    last = &levels.back().level;
  }
  std::uint64_t work = std::uint64_t{coarsest_iterations} * last->size();
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    work += std::uint64_t{iterations} * levels[i].level.size();
  }
  detail::progress progress(exec, "layout, coarser levels", work);
  places at = scattered(*last, seed);
  detail::balance_scale(workers, *last, law, at);
  if (!levels.empty() || last->size() <= coarsest) {
    (void)run_forces(workers, *last, law, coarsest_iterations, tolerance, at, progress);
  }
  for (std::size_t i = levels.size(); i-- > 0;) {
    const force_level& level = i == 0 ? finest : levels[i - 1].level;
    at = unfolded(workers, at, levels[i].body, seed + 1 + i);
    detail::balance_scale(workers, level, law, at);
    if (i > 0) (void)run_forces(workers, level, law, iterations, tolerance, at, progress);
  }
  return at;
}

/// Vertices that start on one spot would stay on it: they are moved by a little.
void part_coincident(places& at, std::uint64_t seed) {
  const std::size_t count = at.x.size();
  std::vector<vertex_id> order(count);
  std::iota(order.begin(), order.end(), vertex_id{0});
  std::sort(order.begin(), order.end(), [&](vertex_id a, vertex_id b) {
    if (at.x[a] != at.x[b]) return at.x[a] < at.x[b];
    return at.y[a] != at.y[b] ? at.y[a] < at.y[b] : a < b;
  });
  double largest = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    largest = std::max({largest, std::abs(at.x[i]), std::abs(at.y[i])});
  }
  const double little = largest > 0.0 ? 1e-3 * largest : 1.0;
  for (std::size_t i = 1; i < count; ++i) {
    const vertex_id before = order[i - 1];
    const vertex_id v = order[i];
    if (at.x[before] != at.x[v] || at.y[before] != at.y[v]) continue;
    detail::random_stream random(seed, v);
    const double angle = two_pi * random.uniform();
    const double distance = little * random.uniform_positive();
    // The one before stays as it is until the next has been compared with it.
    at.x[before] += distance * std::cos(angle);
    at.y[before] += distance * std::sin(angle);
  }
}

std::vector<position> as_positions(const places& at) {
  std::vector<position> result(at.x.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = {at.x[i], at.y[i]};
  return result;
}

/// The part of a level that some bodies make, springs to others left out.
force_level part_of(const force_level& level, std::span<const vertex_id> bodies,
                    std::vector<vertex_id>& number) {
  force_level part;
  for (std::size_t i = 0; i < bodies.size(); ++i) number[bodies[i]] = static_cast<vertex_id>(i);
  for (const vertex_id body : bodies) {
    part.mass.push_back(level.mass[body]);
    if (!level.radius.empty()) part.radius.push_back(level.radius[body]);
    for (std::size_t arc = level.offsets[body]; arc < level.offsets[body + std::size_t{1}]; ++arc) {
      const vertex_id other = number[level.targets[arc]];
      if (other == no_vertex) continue;
      part.targets.push_back(other);
      part.pulls.push_back(level.pulls[arc]);
    }
    part.offsets.push_back(part.targets.size());
  }
  for (const vertex_id body : bodies) number[body] = no_vertex;
  return part;
}

/// The middle and the radius of a circle that holds circles: around the middle of their box.
struct hull {
  position middle{};
  double radius = 0.0;
};

hull hull_of(std::span<const vertex_id> bodies, std::span<const position> centres,
             std::span<const double> radii) {
  double least_x = HUGE_VAL, least_y = HUGE_VAL, most_x = -HUGE_VAL, most_y = -HUGE_VAL;
  for (const vertex_id body : bodies) {
    least_x = std::min(least_x, centres[body].x - radii[body]);
    most_x = std::max(most_x, centres[body].x + radii[body]);
    least_y = std::min(least_y, centres[body].y - radii[body]);
    most_y = std::max(most_y, centres[body].y + radii[body]);
  }
  hull result;
  if (bodies.empty()) return result;
  result.middle = {0.5 * (least_x + most_x), 0.5 * (least_y + most_y)};
  for (const vertex_id body : bodies) {
    const double distance =
        std::hypot(centres[body].x - result.middle.x, centres[body].y - result.middle.y);
    result.radius = std::max(result.radius, distance + radii[body]);
  }
  return result;
}

/// Bodies by connected part, the largest part first, equally large ones by their first body.
std::vector<std::vector<vertex_id>> parts_of(const force_level& level) {
  std::vector<std::vector<vertex_id>> parts;
  std::vector<bool> seen(level.size(), false);
  for (std::size_t root = 0; root < level.size(); ++root) {
    if (seen[root]) continue;
    seen[root] = true;
    std::vector<vertex_id> part{static_cast<vertex_id>(root)};
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (std::size_t arc = level.offsets[part[i]]; arc < level.offsets[part[i] + std::size_t{1}];
           ++arc) {
        const vertex_id other = level.targets[arc];
        if (seen[other]) continue;
        seen[other] = true;
        part.push_back(other);
      }
    }
    std::sort(part.begin(), part.end());
    parts.push_back(std::move(part));
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return parts;
}

}  // namespace

force_atlas2_result force_atlas2(const graph& g, const force_atlas2_options& options,
                                 const execution& exec) {
  check(g, options, "force_atlas2_options.");
  check_radii(options.radii, g.vertex_count(), "force_atlas2_options.radii");
  detail::parallel workers(exec);
  const force_law law = law_of(options);
  force_level level = finest_level(workers, g, options, 1.0, {}, 1.0);
  force_atlas2_result result;
  if (level.size() == 0) return result;
  places at;
  if (options.start.empty()) {
    at = multilevel_start(workers, level, law, options.iterations, options.tolerance, options.seed,
                          exec);
  } else {
    at.x.resize(level.size());
    at.y.resize(level.size());
    for (std::size_t i = 0; i < level.size(); ++i) {
      at.x[i] = options.start[i].x;
      at.y[i] = options.start[i].y;
    }
    part_coincident(at, options.seed);
  }
  level.radius.assign(options.radii.begin(), options.radii.end());
  detail::progress progress(exec, "layout", std::uint64_t{options.iterations} * level.size());
  const run_result run =
      run_forces(workers, level, law, options.iterations, options.tolerance, at, progress);
  result.positions = as_positions(at);
  result.iterations = run.iterations;
  result.converged = run.converged;
  result.swinging = run.last.swinging;
  result.traction = run.last.traction;
  result.speed = run.last.speed;
  return result;
}

hub_layout_result hub_layout(const graph& g, const hub_layout_options& options,
                             const execution& exec) {
  const std::string name = "hub_layout_options.";
  check(g, options.forces, name + "forces.");
  if (!options.forces.start.empty() || !options.forces.radii.empty()) {
    refuse(name + "forces", "given a start or radii", "leave these empty");
  }
  const std::size_t count = g.vertex_count();
  check_radii(options.radii, count, name + "radii");
  if (!(options.spacing >= 0.0) || std::isinf(options.spacing)) {
    refuse(name + "spacing", std::to_string(options.spacing), "give a finite number of at least 0");
  }
  if (!(options.fill > 0.0) || options.fill > 0.6) {
    refuse(name + "fill", std::to_string(options.fill), "give a number above 0, at most 0.6");
  }
  if (!(options.between_communities >= 0.0) || options.between_communities > 1.0) {
    refuse(name + "between_communities", std::to_string(options.between_communities),
           "give a number from 0 to 1");
  }
  if (!options.community.empty() && options.community.size() != count) {
    refuse(name + "community", std::to_string(options.community.size()) + " long",
           "give one for each of the " + std::to_string(count) + " vertices");
  }
  hub_layout_result result;
  result.radii.assign(options.radii.begin(), options.radii.end());
  if (result.radii.empty()) result.radii.assign(count, 1.0);
  result.positions.assign(count, {});
  result.hub.assign(count, no_vertex);
  if (count == 0) return result;

  detail::parallel workers(exec);
  const force_law law = law_of(options.forces);
  const force_level whole = finest_level(workers, g, options.forces, mean_weight(workers, g),
                                         options.community, options.between_communities);

  // Leaves onto their hubs; of two that have only each other, the second onto the first.
  std::vector<std::vector<vertex_id>> leaves(count);
  std::vector<vertex_id> core;
  const auto ties = [&](vertex_id v) {
    return whole.offsets[v + std::size_t{1}] - whole.offsets[v];
  };
  for (vertex_id v = 0; v < count; ++v) {
    if (ties(v) != 1) continue;
    const vertex_id hub = whole.targets[whole.offsets[v]];
    if (ties(hub) == 1 && v < hub) continue;
    result.hub[v] = hub;
    leaves[hub].push_back(v);
    ++result.leaves;
  }
  for (vertex_id v = 0; v < count; ++v) {
    if (result.hub[v] == no_vertex) core.push_back(v);
  }
  double least = HUGE_VAL;
  for (const double each : result.radii) {
    if (each > 0.0) least = std::min(least, each);
  }
  const double gap = options.spacing * (std::isinf(least) ? 1.0 : least);

  // A hub with its leaves is one circle.
  std::vector<double> room(core.size());
  std::vector<vertex_id> number(count, no_vertex);
  force_level level = part_of(whole, core, number);
  for (std::size_t i = 0; i < core.size(); ++i) {
    const vertex_id hub = core[i];
    room[i] = result.radii[hub];
    if (leaves[hub].empty()) continue;
    double largest = 0.0;
    for (const vertex_id leaf : leaves[hub]) {
      level.mass[i] += whole.mass[leaf];
      largest = std::max(largest, result.radii[leaf]);
    }
    detail::random_stream random(options.forces.seed, hub);
    const std::vector<position> seeds = detail::sunflower(leaves[hub].size(), result.radii[hub],
                                                          largest, gap, two_pi * random.uniform());
    for (std::size_t k = 0; k < seeds.size(); ++k) result.positions[leaves[hub][k]] = seeds[k];
    room[i] = std::hypot(seeds.back().x, seeds.back().y) + largest;
  }

  std::vector<position> centres(core.size());
  struct stop_poll {
    detail::parallel* workers;
    static void poll(void* self) { static_cast<stop_poll*>(self)->workers->check_stop(); }
  };
  // Lays out the bodies of one connected part (or all of them) around the origin.
  const auto lay_out = [&](detail::parallel& on, std::span<const vertex_id> bodies,
                           std::vector<vertex_id>& scratch, const execution& told) {
    if (bodies.size() < 2) return;
    const force_level part = part_of(level, bodies, scratch);
    places at = multilevel_start(on, part, law, options.forces.iterations, options.forces.tolerance,
                                 options.forces.seed, told);
    detail::progress progress(told, "layout",
                              std::uint64_t{options.forces.iterations} * part.size());
    (void)run_forces(on, part, law, options.forces.iterations, options.forces.tolerance, at,
                     progress);
    double area = 0.0;
    std::vector<double> sizes(bodies.size());
    std::vector<position> middles(bodies.size());
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      sizes[i] = room[bodies[i]];
      area += (sizes[i] + 0.5 * gap) * (sizes[i] + 0.5 * gap);
    }
    const double spread = spread_of(on, at);
    const double scale =
        spread > 0.0 ? std::sqrt(area / options.fill) / (std::sqrt(2.0) * spread) : 1.0;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      middles[i] = {at.x[i] * scale, at.y[i] * scale};
    }
    stop_poll poll{&on};
    detail::push_apart(middles, sizes, gap, &stop_poll::poll, &poll);
    for (std::size_t i = 0; i < bodies.size(); ++i) centres[bodies[i]] = middles[i];
  };

  if (options.components == component_placing::together) {
    std::vector<vertex_id> all(core.size());
    std::iota(all.begin(), all.end(), vertex_id{0});
    std::vector<vertex_id> scratch(core.size(), no_vertex);
    lay_out(workers, all, scratch, exec);
  } else {
    // Large parts one after the other on all workers, small ones side by side.
    constexpr std::size_t large = 2000;
    const std::vector<std::vector<vertex_id>> parts = parts_of(level);
    std::size_t first_small = 0;
    {
      std::vector<vertex_id> scratch(core.size(), no_vertex);
      while (first_small < parts.size() &&
             (first_small == 0 || parts[first_small].size() >= large)) {
        lay_out(workers, parts[first_small++], scratch, exec);
      }
    }
    std::vector<std::vector<vertex_id>> scratch(workers.workers());
    const execution serial{.threads = 1, .stop = exec.stop, .progress = {}, .log = {}};
    std::size_t with_several = first_small;
    while (with_several < parts.size() && parts[with_several].size() > 1) ++with_several;
    workers.for_chunks(with_several - first_small, 1,
                       [&](std::size_t i, std::size_t, std::size_t worker) {
                         detail::parallel inner(serial);
                         scratch[worker].resize(core.size(), no_vertex);
                         lay_out(inner, parts[first_small + i], scratch[worker], serial);
                       });
    std::vector<hull> hulls(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) hulls[i] = hull_of(parts[i], centres, room);
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return hulls[a].radius > hulls[b].radius;
    });
    std::vector<double> outer;
    for (std::size_t i = 1; i < order.size(); ++i) outer.push_back(hulls[order[i]].radius);
    const std::vector<position> around =
        order.empty() ? std::vector<position>{}
                      : detail::rings(outer, hulls[order[0]].radius, 2.0 * gap);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const position to = i == 0 ? position{} : around[i - 1];
      const position from = hulls[order[i]].middle;
      for (const vertex_id body : parts[order[i]]) {
        centres[body].x += to.x - from.x;
        centres[body].y += to.y - from.y;
      }
    }
  }

  for (std::size_t i = 0; i < core.size(); ++i) {
    result.positions[core[i]] = centres[i];
    for (const vertex_id leaf : leaves[core[i]]) {
      result.positions[leaf].x += centres[i].x;
      result.positions[leaf].y += centres[i].y;
    }
  }
  for (std::size_t v = 0; v < count; ++v) {
    result.radius = std::max(
        result.radius, std::hypot(result.positions[v].x, result.positions[v].y) + result.radii[v]);
  }
  return result;
}

}  // namespace valuenet
