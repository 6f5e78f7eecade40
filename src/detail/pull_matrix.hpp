// The adjacency matrix as an operator: y = A^T x (along the arcs) or y = A x (against them), each
// row pulled by one worker. Large graphs are relabelled, so that the entries of x that many rows
// read lie side by side; callers put their vectors into that order and take them out again.
#pragma once

#include "valuenet/graph/arc_weights.hpp"
#include "valuenet/graph/graph.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "detail/buffer.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Vertices in another order; empty: their own.
struct vertex_order {
  buffer<vertex_id> vertex;    // at a position
  buffer<vertex_id> position;  // of a vertex

  [[nodiscard]] bool is_identity() const noexcept { return position.empty(); }
  [[nodiscard]] std::size_t position_of(std::size_t v) const noexcept {
    return is_identity() ? v : position[v];
  }
  [[nodiscard]] std::size_t vertex_at(std::size_t i) const noexcept {
    return is_identity() ? i : vertex[i];
  }
};

/// By falling row length, equal ones in vertex order; the identity for rows so few that everything
/// is in the cache anyhow.
[[nodiscard]] vertex_order order_for_reading(parallel& workers, std::span<const arc_id> offsets);

enum class pull : std::uint8_t {
  along,    ///< row v holds the sources of its in-arcs: what arrives
  against,  ///< row v holds the targets of its out-arcs
};

struct pull_options {
  detail::pull direction = pull::along;
  arc_weights weights = arc_weights::use;
  /// Parallel arcs count once; weights are then ignored.
  bool parallels_once = false;
  /// What the entry of a loop is multiplied with.
  double loop_factor = 1.0;
};

class pull_matrix {
 public:
  /// `rows` and `columns` must outlive the matrix.
  pull_matrix(parallel& workers, const graph& g, const pull_options& options,
              const vertex_order& rows, const vertex_order& columns);
  pull_matrix(const pull_matrix&) = delete;
  pull_matrix& operator=(const pull_matrix&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return offsets_.size() - 1; }

  /// Calls done(row, sum over the row of weight * x[column]) for every row and adds up what it
  /// returns with += onto a value-initialised sum: in row order within a chunk, then over the
  /// chunks, whose bounds do not depend on threads.
  template <class Done>
  auto multiply(const double* x, Done&& done) const {
    return weights_.empty() ? pulled<false>(x, done) : pulled<true>(x, done);
  }

  /// The same without a product: adds up each(row).
  template <class Each>
  auto for_rows(Each&& each) const {
    using sum = std::invoke_result_t<Each&, std::size_t>;
    return over_chunks<sum>([&](std::size_t begin, std::size_t end) {
      sum total{};
      for (std::size_t row = begin; row < end; ++row) total += each(row);
      return total;
    });
  }

 private:
  template <class Sum, class Body>
  Sum over_chunks(Body&& body) const {
    std::vector<Sum> parts(bounds_.size() - 1);
    workers_.for_chunks(parts.size(), 1, [&](std::size_t chunk, std::size_t) {
      parts[chunk] = body(bounds_[chunk], bounds_[chunk + 1]);
    });
    Sum total{};
    for (const Sum& part : parts) total += part;
    return total;
  }

  template <bool Weighted, class Done>
  auto pulled(const double* x, Done& done) const {
    using sum = std::invoke_result_t<Done&, std::size_t, double>;
    return over_chunks<sum>([&](std::size_t begin, std::size_t end) {
      // x of a large graph is larger than the cache, and rows are too short for the processor to
      // look beyond their ends by itself.
      if (scattered_ && offsets_[end] + ahead <= columns_.size()) {
        return pulled_rows<Weighted, true, sum>(x, begin, end, done);
      }
      return pulled_rows<Weighted, false, sum>(x, begin, end, done);
    });
  }

  template <bool Weighted, bool Ahead, class Sum, class Done>
  Sum pulled_rows(const double* x, std::size_t begin, std::size_t end, Done& done) const {
    Sum total{};
    for (std::size_t row = begin; row < end; ++row) {
      total += done(row, row_sum<Weighted, Ahead>(x, row));
    }
    return total;
  }

  /// Four running sums: one alone would wait for each addition to finish.
  template <bool Weighted, bool Ahead>
  double row_sum(const double* x, std::size_t row) const {
    const arc_id end = offsets_[row + 1];
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    arc_id arc = offsets_[row];
    const auto term = [&](arc_id at) {
      if constexpr (Ahead) __builtin_prefetch(x + columns_[at + ahead]);
      const double value = x[columns_[at]];
      return Weighted ? weights_[at] * value : value;
    };
    for (; arc + 4 <= end; arc += 4) {
      for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += term(arc + lane);
    }
    for (std::size_t lane = 0; arc < end; ++arc, ++lane) sums[lane] += term(arc);
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  void copy_rows(const graph& g, const pull_options& options, const vertex_order& rows,
                 const vertex_order& columns);

  /// Arcs that entries are asked for before they are needed.
  static constexpr arc_id ahead = 128;

  parallel& workers_;
  std::span<const arc_id> offsets_;
  std::span<const vertex_id> columns_;
  std::span<const double> weights_;
  buffer<arc_id> own_offsets_;
  buffer<vertex_id> own_columns_;
  buffer<double> own_weights_;
  std::vector<std::size_t> bounds_;  // of the chunks of rows
  bool scattered_ = false;           // relabelled, so too large for the cache
};

}  // namespace valuenet::detail
