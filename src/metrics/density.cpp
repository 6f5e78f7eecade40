#include "valuenet/metrics/density.hpp"

namespace valuenet {

std::optional<double> density(const graph& g) {
  if (g.vertex_count() < 2) return std::nullopt;
  const double n = g.vertex_count();
  const double ends = g.is_directed() ? 1.0 : 2.0;
  return ends * static_cast<double>(g.edge_count()) / (n * (n - 1.0));
}

}  // namespace valuenet
