// Drawings as PNG, by cairo and Pango.
#include "valuenet/error.hpp"

#include <array>
#include <cmath>
#include <memory>
#include <new>
#include <numbers>
#include <stdexcept>

#include <fmt/format.h>
#include <pango/pangocairo.h>
#include <zlib.h>

#include "report/segment_raster.hpp"
#include "report/shape_checks.hpp"

namespace valuenet {
namespace {

struct releasing {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <typename Object>
using owned = std::unique_ptr<Object, releasing>;

void throw_on_failure(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

class painter {
 public:
  painter(cairo_t* context, double scale, const drawing& picture, const execution& exec)
      : context_(context),
        scale_(scale),
        exec_(exec),
        workers_(exec),
        // Its own map, so that nothing outlives the picture.
        map_(pango_cairo_font_map_new()),
        text_context_(pango_font_map_create_context(map_.get())),
        font_(pango_font_description_new()) {
    // Letters keep their proportions at every scale, so that labels stay where they were planned.
    const owned<cairo_font_options_t> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(text_context_.get(), options.get());
    pango_cairo_update_context(context_, text_context_.get());
    if (!picture.language.empty()) {
      pango_context_set_language(text_context_.get(),
                                 pango_language_from_string(picture.language.c_str()));
    }
    std::string families;
    for (const char* family : font_families) {
      families += families.empty() ? "" : ",";
      families += family;
    }
    pango_font_description_set_family(font_.get(), families.c_str());
    cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
    if (picture.background) {
      set_color(*picture.background);
      cairo_paint(context_);
    }
    paint(picture.shapes);
  }

  [[nodiscard]] std::vector<std::string> take_without_glyphs() {
    return std::move(without_glyphs_);
  }

  void operator()(const path_shape& each) {
    cairo_new_path(context_);
    for (const path_step& step : each.outline.steps()) {
      switch (step.verb) {
        case path_verb::move:
          cairo_move_to(context_, step.to.x, step.to.y);
          break;
        case path_verb::line:
          cairo_line_to(context_, step.to.x, step.to.y);
          break;
        case path_verb::curve:
          cairo_curve_to(context_, step.control1.x, step.control1.y, step.control2.x,
                         step.control2.y, step.to.x, step.to.y);
          break;
        case path_verb::close:
          cairo_close_path(context_);
          break;
      }
    }
    finish(each.style);
  }

  void operator()(const circle_shape& each) {
    add_circle(each.center, each.radius);
    finish(each.style);
  }

  void operator()(const rectangle_shape& each) {
    cairo_new_path(context_);
    cairo_rectangle(context_, each.corner.x, each.corner.y, each.width, each.height);
    // Corners are square, as SVG has them.
    cairo_set_line_join(context_, CAIRO_LINE_JOIN_MITER);
    finish(each.style);
    cairo_set_line_join(context_, CAIRO_LINE_JOIN_ROUND);
  }

  void operator()(const circles_shape& each) {
    for (std::size_t i = 0; i < each.centers.size(); ++i) {
      look_for_stop();
      add_circle(each.centers[i], one_or_each(each.radii, i));
      finish({.fill = one_or_each(each.colors, i), .stroke = each.outline});
    }
  }

  void operator()(const segments_shape& each) {
    // An image surface: the picture's, or that of a group with an opacity.
    cairo_surface_t* surface = cairo_get_group_target(context_);
    cairo_surface_flush(surface);
    unsigned char* bytes = cairo_image_surface_get_data(surface);
    if (bytes == nullptr) return;  // an error, thrown at the end
    paint_segments(each, scale_,
                   {.pixels = reinterpret_cast<std::uint32_t*>(bytes),
                    .stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface)) / 4,
                    .width = static_cast<std::uint32_t>(cairo_image_surface_get_width(surface)),
                    .height = static_cast<std::uint32_t>(cairo_image_surface_get_height(surface))},
                   workers_);
    cairo_surface_mark_dirty(surface);
  }

  void operator()(const group_shape& each) {
    if (each.opacity >= 1.0) {
      paint(each.children);
      return;
    }
    cairo_push_group(context_);
    paint(each.children);
    cairo_pop_group_to_source(context_);
    cairo_paint_with_alpha(context_, each.opacity);
  }

  void operator()(const text_shape& each) {
    const owned<PangoLayout> body = lay_out(each.content, each, each.size);
    owned<PangoLayout> raised;
    double width = width_of(body.get());
    if (!each.superscript.empty()) {
      raised = lay_out(each.superscript, each, superscript_size * each.size);
      width += width_of(raised.get());
    }
    const double shift = each.anchor == text_anchor::start    ? 0.0
                         : each.anchor == text_anchor::middle ? -width / 2.0
                                                              : -width;
    cairo_save(context_);
    cairo_translate(context_, each.position.x, each.position.y);
    if (each.rotation != 0.0) cairo_rotate(context_, each.rotation * std::numbers::pi / 180.0);
    const double baseline = baseline_below(each);
    set_line(body.get(), {shift, baseline}, each);
    if (raised) {
      set_line(raised.get(),
               {shift + width_of(body.get()), baseline - superscript_rise * each.size}, each);
    }
    cairo_restore(context_);
  }

 private:
  void paint(const std::vector<shape>& shapes) {
    for (const shape& each : shapes) {
      look_for_stop();
      std::visit(*this, each.value);
    }
  }

  void look_for_stop() {
    if (++painted_ % 256 == 0 && exec_.stop.stop_requested()) throw cancelled();
  }

  void set_color(color value) {
    cairo_set_source_rgba(context_, value.red / 255.0, value.green / 255.0, value.blue / 255.0,
                          value.alpha / 255.0);
  }

  void set_stroke(const stroke_style& value) {
    set_color(value.color);
    cairo_set_line_width(context_, value.width);
    cairo_set_dash(context_, value.dashes.data(), static_cast<int>(value.dashes.size()), 0.0);
  }

  void add_circle(point center, double radius) {
    cairo_new_path(context_);
    cairo_arc(context_, center.x, center.y, radius, 0.0, 2.0 * std::numbers::pi);
    cairo_close_path(context_);
  }

  // Fills and strokes the path at hand.
  void finish(const shape_style& style) {
    if (style.fill) {
      set_color(*style.fill);
      if (style.stroke) {
        cairo_fill_preserve(context_);
      } else {
        cairo_fill(context_);
      }
    }
    if (style.stroke) {
      set_stroke(*style.stroke);
      cairo_stroke(context_);
    }
  }

  owned<PangoLayout> lay_out(const std::string& content, const text_shape& each, double size) {
    pango_font_description_set_absolute_size(font_.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(font_.get(),
                                      each.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font_.get(),
                                     each.is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    owned<PangoLayout> layout(pango_layout_new(text_context_.get()));
    pango_layout_set_font_description(layout.get(), font_.get());
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    const std::string shown = shown_text(content);
    pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0 &&
        without_glyphs_.size() < most_without_glyphs) {
      without_glyphs_.push_back(content);
    }
    return layout;
  }

  static double width_of(PangoLayout* layout) {
    int width = 0;
    pango_layout_get_size(layout, &width, nullptr);
    return static_cast<double>(width) / PANGO_SCALE;
  }

  void set_line(PangoLayout* layout, point at, const text_shape& each) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(layout, 0);
    if (line == nullptr) return;
    if (each.halo) {
      cairo_move_to(context_, at.x, at.y);
      pango_cairo_layout_line_path(context_, line);
      set_stroke(*each.halo);
      cairo_stroke(context_);
    }
    set_color(each.color);
    cairo_move_to(context_, at.x, at.y);
    pango_cairo_show_layout_line(context_, line);
    cairo_new_path(context_);
  }

  static constexpr std::size_t most_without_glyphs = 100;

  cairo_t* context_;
  double scale_;
  const execution& exec_;
  detail::parallel workers_;
  owned<PangoFontMap> map_;
  owned<PangoContext> text_context_;
  owned<PangoFontDescription> font_;
  std::vector<std::string> without_glyphs_;
  std::uint64_t painted_ = 0;
};

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned length) {
  try {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), length);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

void append_big_endian(std::string& bytes, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift & 255U);
}

// The chunk pHYs (PNG 1.2, 4.2.4.2) behind the header, which takes the file's first 33 bytes.
void add_resolution(std::string& file, double dots_per_inch) {
  const auto dots_per_meter = static_cast<std::uint32_t>(std::lround(dots_per_inch / 0.0254));
  std::string chunk("pHYs");
  append_big_endian(chunk, dots_per_meter);
  append_big_endian(chunk, dots_per_meter);
  chunk += '\x01';
  const auto checksum = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size())));
  std::string framed;
  append_big_endian(framed, static_cast<std::uint32_t>(chunk.size() - 4));
  framed += chunk;
  append_big_endian(framed, checksum);
  file.insert(33, framed);
}

std::uint32_t pixels(double length, double scale, const char* what) {
  constexpr double most = 32767.0;  // cairo's
  const double count = std::ceil(length * scale - 1e-6);
  if (!(count >= 1.0 && count <= most)) {
    throw std::invalid_argument(
        fmt::format("png_options: {} {} times scale {} is {} pixels; expected 1 to 32767", what,
                    length, scale, count));
  }
  return static_cast<std::uint32_t>(count);
}

}  // namespace

png_result render_png(const drawing& picture, const png_options& options, const execution& exec) {
  check_drawing(picture);
  png_result result;
  result.width = pixels(picture.width, options.scale, "width");
  result.height = pixels(picture.height, options.scale, "height");
  if (std::uint64_t{result.width} * result.height > std::uint64_t{1} << 28U) {
    throw std::invalid_argument(fmt::format(
        "png_options: {} by {} pixels; expected at most 2^28 in all: take a smaller scale",
        result.width, result.height));
  }
  const owned<cairo_surface_t> surface(
      cairo_image_surface_create(picture.background ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
                                 static_cast<int>(result.width), static_cast<int>(result.height)));
  throw_on_failure(cairo_surface_status(surface.get()));
  const owned<cairo_t> context(cairo_create(surface.get()));
  throw_on_failure(cairo_status(context.get()));
  cairo_scale(context.get(), options.scale, options.scale);
  result.without_glyphs =
      painter(context.get(), options.scale, picture, exec).take_without_glyphs();
  throw_on_failure(cairo_status(context.get()));
  throw_on_failure(cairo_surface_write_to_png_stream(surface.get(), append, &result.bytes));
  add_resolution(result.bytes, 96.0 * options.scale);
  if (!result.without_glyphs.empty() && exec.log) {
    exec.log(
        severity::warning,
        fmt::format("no font of this machine has all characters of \"{}\": the PNG shows boxes "
                    "there. Install a font that has them (Chinese: Debian's fonts-noto-cjk), "
                    "or write SVG, which is set by who reads it",
                    result.without_glyphs.front()));
  }
  return result;
}

}  // namespace valuenet
