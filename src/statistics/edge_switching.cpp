#include "statistics/edge_switching.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace valuenet::detail {
namespace {

constexpr std::uint64_t no_key = ~std::uint64_t{0};

}  // namespace

arc_set::arc_set(std::size_t most) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(2 * most, 16));
  slots_.assign(size, no_key);
  shift_ = 64 - std::countr_zero(size);
}

std::size_t arc_set::home(std::uint64_t key) const noexcept {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15U) >> shift_);
}

std::size_t arc_set::slot_of(std::uint64_t key) const noexcept {
  std::size_t at = home(key);
  while (slots_[at] != key && slots_[at] != no_key) at = (at + 1) & (slots_.size() - 1);
  return at;
}

bool arc_set::contains(std::uint64_t key) const noexcept {
  return slots_[slot_of(key)] == key;
}

void arc_set::insert(std::uint64_t key) noexcept {
  slots_[slot_of(key)] = key;
}

void arc_set::erase(std::uint64_t key) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t hole = slot_of(key);
  // What stands behind the hole moves up, unless that is before its home.
  for (std::size_t at = (hole + 1) & mask; slots_[at] != no_key; at = (at + 1) & mask) {
    if (((at - home(slots_[at])) & mask) >= ((at - hole) & mask)) {
      slots_[hole] = slots_[at];
      hole = at;
    }
  }
  slots_[hole] = no_key;
}

edge_switching::edge_switching(const graph& simple)
    : is_directed_(simple.is_directed()), arcs_(simple.edge_count()) {
  const std::size_t edges = simple.edge_count();
  if (edges >= ~std::uint32_t{0}) throw std::invalid_argument("rewire: 2^32 - 1 edges or more");
  sources_.reserve(edges);
  targets_.reserve(edges);
  offsets_.assign(std::size_t{simple.vertex_count()} + 1, 0);
  for (vertex_id v = 0; v < simple.vertex_count(); ++v) {
    for (const vertex_id u : simple.out_neighbors(v)) {
      if (!is_directed_ && u < v) continue;
      sources_.push_back(v);
      targets_.push_back(u);
      arcs_.insert(key(v, u));
      ++offsets_[std::size_t{v} + 1];
      ++offsets_[std::size_t{u} + 1];
    }
  }
  std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
  incident_.resize(2 * edges);
  source_slots_.resize(edges);
  target_slots_.resize(edges);
  std::vector<std::size_t> next(offsets_.begin(), offsets_.end() - 1);
  for (std::size_t e = 0; e < edges; ++e) {
    source_slots_[e] = next[sources_[e]]++;
    target_slots_[e] = next[targets_[e]]++;
    incident_[source_slots_[e]] = incident_[target_slots_[e]] = static_cast<std::uint32_t>(e);
  }
}

std::uint64_t edge_switching::key(vertex_id u, vertex_id v) const noexcept {
  if (!is_directed_ && u > v) std::swap(u, v);
  return std::uint64_t{u} << 32 | v;
}

void edge_switching::turn(std::size_t edge) noexcept {
  std::swap(sources_[edge], targets_[edge]);
  std::swap(source_slots_[edge], target_slots_[edge]);
}

edge_switching::pair edge_switching::draw(random_stream& random) {
  pair edges{static_cast<std::size_t>(random.below(edge_count())),
             static_cast<std::size_t>(random.below(edge_count())), false};
  edges.is_turned = !is_directed_ && random.below(2) == 1;
  if (edges.is_turned) turn(edges.second);
  return edges;
}

void edge_switching::take_back(pair edges, bool was_made) noexcept {
  if (was_made) make(edges);
  if (edges.is_turned) turn(edges.second);
}

bool edge_switching::is_allowed(pair edges) const noexcept {
  const vertex_id a = sources_[edges.first];
  const vertex_id b = targets_[edges.first];
  const vertex_id c = sources_[edges.second];
  const vertex_id d = targets_[edges.second];
  // An edge with itself, or with one of the same end, would find its own arcs in the way.
  return a != d && c != b && !arcs_.contains(key(a, d)) && !arcs_.contains(key(c, b));
}

void edge_switching::make(pair edges) noexcept {
  const std::size_t e = edges.first;
  const std::size_t f = edges.second;
  arcs_.erase(key(sources_[e], targets_[e]));
  arcs_.erase(key(sources_[f], targets_[f]));
  std::swap(targets_[e], targets_[f]);
  std::swap(target_slots_[e], target_slots_[f]);
  incident_[target_slots_[e]] = static_cast<std::uint32_t>(e);
  incident_[target_slots_[f]] = static_cast<std::uint32_t>(f);
  arcs_.insert(key(sources_[e], targets_[e]));
  arcs_.insert(key(sources_[f], targets_[f]));
}

bool edge_switching::is_cut_off(vertex_id v, std::size_t most) {
  seen_.assign(1, v);
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const vertex_id at = seen_[i];
    for (std::size_t slot = offsets_[at]; slot < offsets_[std::size_t{at} + 1]; ++slot) {
      const std::uint32_t e = incident_[slot];
      const vertex_id other = sources_[e] == at ? targets_[e] : sources_[e];
      if (std::find(seen_.begin(), seen_.end(), other) != seen_.end()) continue;
      seen_.push_back(other);
      if (seen_.size() >= most) return false;
    }
  }
  return seen_.size() < offsets_.size() - 1;
}

bool edge_switching::is_connected() const {
  const std::size_t vertices = offsets_.size() - 1;
  if (vertices == 0) return true;
  std::vector<std::uint8_t> is_seen(vertices, 0);
  std::vector<vertex_id> stack{0};
  is_seen[0] = 1;
  std::size_t count = 1;
  while (!stack.empty()) {
    const vertex_id at = stack.back();
    stack.pop_back();
    for (std::size_t slot = offsets_[at]; slot < offsets_[std::size_t{at} + 1]; ++slot) {
      const std::uint32_t e = incident_[slot];
      const vertex_id other = sources_[e] == at ? targets_[e] : sources_[e];
      if (is_seen[other] != 0) continue;
      is_seen[other] = 1;
      ++count;
      stack.push_back(other);
    }
  }
  return count == vertices;
}

}  // namespace valuenet::detail
