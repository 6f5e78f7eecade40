// Levels of the descent are drawn six at a time: the 4^6 outcomes of six quadrant choices stand in
// one alias table (Walker 1977, doi:10.1145/355744.355749), so that an edge of scale 22 costs four
// random words instead of twenty-two. Left-over levels of the last draw are thrown away, which
// leaves the others' distribution as it is.
#include "valuenet/synthesis/random_graph.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

constexpr int levels = 6;
constexpr std::uint32_t side = 1U << levels;
constexpr std::uint32_t outcomes = side * side;
constexpr int index_bits = 2 * levels;
constexpr int fraction_bits = 64 - index_bits;
constexpr std::size_t row_grain = std::size_t{1} << 15;

void check(const rmat_options& options) {
  const auto refuse = [](const std::string& field, const std::string& value,
                         const std::string& expected) {
    throw std::invalid_argument("rmat_options." + field + " is " + value + "; " + expected);
  };
  if (options.scale < 0 || options.scale > 31) {
    refuse("scale", std::to_string(options.scale), "0 to 31 are possible");
  }
  if (!(options.edge_factor >= 0.0 && std::ldexp(options.edge_factor, options.scale) < 0x1p40)) {
    refuse("edge_factor", std::to_string(options.edge_factor),
           "a number from 0 on with edge_factor * 2^scale below 2^40 was expected");
  }
  if (!(options.a >= 0.0)) refuse("a", std::to_string(options.a), "a chance was expected");
  if (!(options.b >= 0.0)) refuse("b", std::to_string(options.b), "a chance was expected");
  if (!(options.c >= 0.0)) refuse("c", std::to_string(options.c), "a chance was expected");
  const double sum = options.a + options.b + options.c;
  if (!(sum <= 1.0 + 1e-12)) {
    refuse("a + b + c", std::to_string(sum), "at most 1 was expected");
  }
}

/// Outcome s * side + t: six bits of the source, six of the target.
class quadrant_table {
 public:
  explicit quadrant_table(const rmat_options& options) {
    const std::array<double, 4> chances{options.a, options.b, options.c,
                                        std::max(0.0, 1.0 - options.a - options.b - options.c)};
    std::vector<double> scaled(outcomes);
    for (std::uint32_t outcome = 0; outcome < outcomes; ++outcome) {
      double chance = outcomes;
      for (int level = 0; level < levels; ++level) {
        const std::uint32_t down = (outcome >> (levels + level)) & 1U;
        const std::uint32_t right = (outcome >> level) & 1U;
        chance *= chances[2 * down + right];
      }
      scaled[outcome] = chance;
    }
    std::vector<std::uint32_t> small;
    std::vector<std::uint32_t> large;
    for (std::uint32_t outcome = 0; outcome < outcomes; ++outcome) {
      (scaled[outcome] < 1.0 ? small : large).push_back(outcome);
      cells_[outcome] = {std::uint64_t{1} << fraction_bits, outcome};
    }
    while (!small.empty() && !large.empty()) {
      const std::uint32_t poor = small.back();
      const std::uint32_t rich = large.back();
      small.pop_back();
      cells_[poor] = {static_cast<std::uint64_t>(std::ldexp(scaled[poor], fraction_bits)), rich};
      scaled[rich] -= 1.0 - scaled[poor];
      if (scaled[rich] < 1.0) {
        large.pop_back();
        small.push_back(rich);
      }
    }
  }

  [[nodiscard]] std::uint32_t draw(std::uint64_t word) const noexcept {
    const auto index = static_cast<std::uint32_t>(word >> fraction_bits);
    const std::uint64_t fraction = word & ((std::uint64_t{1} << fraction_bits) - 1);
    const cell& at = cells_[index];
    return fraction < at.threshold ? index : at.alias;
  }

 private:
  struct cell {
    std::uint64_t threshold;
    std::uint32_t alias;
  };
  std::vector<cell> cells_ = std::vector<cell>(outcomes);
};

/// A bijection of 0 .. 2^bits - 1: odd multiplications and shifts.
class scrambler {
 public:
  scrambler(std::uint64_t seed, int bits)
      : mask_(bits == 0 ? 0 : ~vertex_id{0} >> (32 - bits)), shift_(bits / 2 + 1) {
    detail::random_stream random(seed, ~std::uint64_t{0});
    for (auto& round : rounds_) {
      round.first = static_cast<vertex_id>(random()) | 1U;
      round.second = static_cast<vertex_id>(random());
    }
  }

  [[nodiscard]] vertex_id operator()(vertex_id v) const noexcept {
    for (const auto& [factor, offset] : rounds_) {
      v = (v * factor + offset) & mask_;
      v ^= v >> shift_;
    }
    return v;
  }

 private:
  std::array<std::pair<vertex_id, vertex_id>, 4> rounds_{};
  vertex_id mask_;
  int shift_;
};

}  // namespace

edge_list rmat_edges(const rmat_options& options, const execution& exec) {
  check(options);
  const quadrant_table table(options);
  const scrambler scramble(options.seed, options.scale);
  const auto rows =
      static_cast<std::size_t>(std::llround(std::ldexp(options.edge_factor, options.scale)));
  edge_list edges{.vertex_count = vertex_id{1} << options.scale, .sources{}, .targets{}};
  edges.sources.resize(rows);
  edges.targets.resize(rows);
  detail::parallel workers(exec);
  workers.for_chunks(rows, row_grain, [&](std::size_t begin, std::size_t end) {
    detail::random_stream random(options.seed, begin / row_grain);
    for (std::size_t row = begin; row < end; ++row) {
      vertex_id source = 0;
      vertex_id target = 0;
      for (int left = options.scale; left > 0; left -= levels) {
        const std::uint32_t outcome = table.draw(random());
        const int taken = std::min(left, levels);
        source = (source << taken) | (outcome >> (levels + levels - taken));
        target = (target << taken) | ((outcome & (side - 1)) >> (levels - taken));
      }
      edges.sources[row] = scramble(source);
      edges.targets[row] = scramble(target);
    }
  });
  return edges;
}

graph rmat(const rmat_options& options, const execution& exec) {
  const edge_list edges = rmat_edges(options, exec);
  return build_graph(edges.columns(),
                     {.direction = options.direction,
                      .vertex_count = edges.vertex_count,
                      .duplicates = options.duplicates,
                      .loops = options.loops},
                     exec);
}

}  // namespace valuenet
