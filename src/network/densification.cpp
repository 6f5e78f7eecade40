#include "valuenet/network/densification.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "network/dated_edges.hpp"

namespace valuenet {
namespace {

struct line {
  double slope = 0.0;
  double intercept = 0.0;
  std::optional<double> standard_error;
  std::optional<double> r_squared;
};

/// Least squares of ln edges on ln actors, `left_out` not looked at; nothing where the actors do
/// not vary.
std::optional<line> fit_line(std::span<const growth_point> points, std::size_t left_out) {
  double n = 0.0;
  double mean_x = 0.0;
  double mean_y = 0.0;
  const auto for_each = [&](auto&& use) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (i == left_out) continue;
      use(std::log(static_cast<double>(points[i].actors)),
          std::log(static_cast<double>(points[i].edges)));
    }
  };
  for_each([&](double x, double y) {
    n += 1.0;
    mean_x += x;
    mean_y += y;
  });
  if (n < 2.0) return std::nullopt;
  mean_x /= n;
  mean_y /= n;
  double xx = 0.0;
  double xy = 0.0;
  double yy = 0.0;
  bool varies = false;
  double first = 0.0;
  bool is_first = true;
  for_each([&](double x, double y) {
    if (is_first) first = x;
    is_first = false;
    varies = varies || x != first;
    xx += (x - mean_x) * (x - mean_x);
    xy += (x - mean_x) * (y - mean_y);
    yy += (y - mean_y) * (y - mean_y);
  });
  if (!varies) return std::nullopt;
  line result;
  result.slope = xy / xx;
  result.intercept = mean_y - result.slope * mean_x;
  double residual = 0.0;
  for_each([&](double x, double y) {
    const double off = y - result.intercept - result.slope * x;
    residual += off * off;
  });
  if (n > 2.0) result.standard_error = std::sqrt(residual / (n - 2.0) / xx);
  if (yy > 0.0) result.r_squared = std::clamp(1.0 - residual / yy, 0.0, 1.0);
  return result;
}

}  // namespace

densification_result densification(const value_network& network,
                                   const densification_options& options, const execution& exec) {
  const detail::dated_edges dated = detail::date_edges(network, options.selection, exec);
  densification_result result;
  result.undated = dated.undated;
  std::vector<std::uint8_t> is_there(dated.vertices, 0);
  std::uint64_t actors = 0;
  for (std::size_t i = 0; i < dated.edges.size(); ++i) {
    const detail::dated_edge& edge = dated.edges[i];
    for (const vertex_id end : {edge.source, edge.target}) {
      actors += is_there[end] == 0 ? 1 : 0;
      is_there[end] = 1;
    }
    const bool is_last = i + 1 == dated.edges.size() || dated.edges[i + 1].year != edge.year;
    if (!is_last || edge.year == detail::before_all_years) continue;
    if (options.selection.from_year && edge.year < *options.selection.from_year) continue;
    result.points.push_back({edge.year, actors, i + 1});
  }
  const std::size_t all = result.points.size();
  const std::optional<line> whole = fit_line(result.points, all);
  if (!whole) return result;
  result.exponent = whole->slope;
  result.log_factor = whole->intercept;
  result.standard_error = whole->standard_error;
  result.r_squared = whole->r_squared;
  if (all < 3) return result;
  for (std::size_t i = 0; i < all; ++i) {
    const std::optional<line> without = fit_line(result.points, i);
    if (!without) continue;
    result.lowest = std::min(result.lowest.value_or(without->slope), without->slope);
    result.highest = std::max(result.highest.value_or(without->slope), without->slope);
  }
  return result;
}

}  // namespace valuenet
