// A line covers a pixel as far as the unit box about the pixel's centre, turned into the line's
// direction, overlaps the line's rectangle: the overlap across times the overlap along. For lines
// along an axis this is the exact area; else it is off by some percent at the edge, which nobody
// sees. Steep lines are walked row by row, flat ones column by column, and of each row or column
// only the few pixels that can be covered are looked at.
#include "report/segment_raster.hpp"

#include <algorithm>
#include <cmath>

#include "report/shape_checks.hpp"

namespace valuenet {
namespace {

// Opacity in 1/65536.
void blend(std::uint32_t& pixel, color ink_of_it, std::uint32_t opacity) noexcept {
  const std::uint32_t rest = 65536U - opacity;
  const auto mixed = [&](std::uint32_t source, unsigned shift) {
    return ((source * opacity + (pixel >> shift & 255U) * rest + 32768U) >> 16U) << shift;
  };
  pixel = mixed(255, 24) | mixed(ink_of_it.red, 16) | mixed(ink_of_it.green, 8) |
          mixed(ink_of_it.blue, 0);
}

// Length of the intersection of [at - 1/2, at + 1/2] with [low, high].
double overlap(double at, double low, double high) noexcept {
  return std::max(0.0, std::min(at + 0.5, high) - std::max(at - 0.5, low));
}

struct line {
  point start;
  double length;
  double half_width;
  point direction;  // of length 1
};

// The whole numbers i with `from` <= i + 1/2 <= `to`, within [low, high).
struct pixel_range {
  std::int64_t begin;
  std::int64_t end;
};
pixel_range pixels_between(double from, double to, double low, double high) noexcept {
  return {static_cast<std::int64_t>(std::max(low, std::ceil(from - 0.5))),
          static_cast<std::int64_t>(std::min(high, std::floor(to - 0.5) + 1.0))};
}

void paint_line(const line& each, color ink_of_it, const pixel_grid& grid, double top,
                double bottom) {
  const double reach = each.half_width + 0.71;  // half of a unit box's diagonal more
  const point a = each.start;
  const point b{a.x + each.direction.x * each.length, a.y + each.direction.y * each.length};
  const auto width = static_cast<double>(grid.width);
  if (std::max(a.y, b.y) + reach < top || std::min(a.y, b.y) - reach > bottom ||
      std::max(a.x, b.x) + reach < 0.0 || std::min(a.x, b.x) - reach > width) {
    return;
  }
  const double opacity = ink_of_it.alpha / 255.0 * 65536.0;
  const auto paint = [&](std::int64_t x, std::int64_t y) {
    const double dx = static_cast<double>(x) + 0.5 - a.x;
    const double dy = static_cast<double>(y) + 0.5 - a.y;
    const double along = dx * each.direction.x + dy * each.direction.y;
    const double across = dy * each.direction.x - dx * each.direction.y;
    const double covered =
        overlap(across, -each.half_width, each.half_width) * overlap(along, 0.0, each.length);
    const auto weight = static_cast<std::uint32_t>(covered * opacity + 0.5);
    if (weight == 0) return;
    blend(grid.pixels[static_cast<std::size_t>(y) * grid.stride + static_cast<std::size_t>(x)],
          ink_of_it, std::min(weight, 65536U));
  };
  if (std::abs(each.direction.x) >= std::abs(each.direction.y)) {
    const double slope = each.direction.y / each.direction.x;
    const double spread = reach / std::abs(each.direction.x);
    double left = std::min(a.x, b.x) - reach;
    double right = std::max(a.x, b.x) + reach;
    if (slope != 0.0) {  // only where it runs through these rows
      const double x1 = a.x + (top - spread - a.y) / slope;
      const double x2 = a.x + (bottom + spread - a.y) / slope;
      left = std::max(left, std::min(x1, x2) - 1.0);
      right = std::min(right, std::max(x1, x2) + 1.0);
    }
    const pixel_range columns = pixels_between(left, right, 0.0, width);
    for (std::int64_t x = columns.begin; x < columns.end; ++x) {
      const double middle = a.y + (static_cast<double>(x) + 0.5 - a.x) * slope;
      const pixel_range rows = pixels_between(middle - spread, middle + spread, top, bottom);
      for (std::int64_t y = rows.begin; y < rows.end; ++y) paint(x, y);
    }
  } else {
    const double slope = each.direction.x / each.direction.y;
    const double spread = reach / std::abs(each.direction.y);
    const pixel_range rows =
        pixels_between(std::min(a.y, b.y) - reach, std::max(a.y, b.y) + reach, top, bottom);
    for (std::int64_t y = rows.begin; y < rows.end; ++y) {
      const double middle = a.x + (static_cast<double>(y) + 0.5 - a.y) * slope;
      const pixel_range columns = pixels_between(middle - spread, middle + spread, 0.0, width);
      for (std::int64_t x = columns.begin; x < columns.end; ++x) paint(x, y);
    }
  }
}

}  // namespace

void paint_segments(const segments_shape& segments, double scale, const pixel_grid& grid,
                    detail::parallel& workers) {
  constexpr std::size_t rows_a_band = 64;
  workers.for_chunks(grid.height, rows_a_band, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = 0; i < segments.starts.size(); ++i) {
      if (i % 65536 == 65535) workers.check_stop();
      const point a{segments.starts[i].x * scale, segments.starts[i].y * scale};
      const point b{segments.ends[i].x * scale, segments.ends[i].y * scale};
      const double length = std::hypot(b.x - a.x, b.y - a.y);
      if (!(length > 0.0)) continue;
      paint_line({.start = a,
                  .length = length,
                  .half_width = one_or_each(segments.widths, i) * scale / 2.0,
                  .direction = {(b.x - a.x) / length, (b.y - a.y) / length}},
                 one_or_each(segments.colors, i), grid, static_cast<double>(begin),
                 static_cast<double>(end));
    }
  });
}

}  // namespace valuenet
