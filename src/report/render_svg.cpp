// Drawings as SVG.
#include <array>
#include <charconv>
#include <cmath>

#include "report/shape_checks.hpp"

namespace valuenet {
namespace {

class svg_writer {
 public:
  explicit svg_writer(const drawing& picture) {
    out_ += "<svg xmlns=\"http://www.w3.org/2000/svg\"";
    attribute("width", picture.width);
    attribute("height", picture.height);
    out_ += " viewBox=\"0 0 ";
    number(picture.width);
    out_ += ' ';
    number(picture.height);
    out_ += "\" role=\"img\" font-family=\"";
    for (const char* family : font_families) {
      if (family != font_families[0]) out_ += ", ";
      const bool is_quoted = std::string_view(family).find(' ') != std::string_view::npos;
      if (is_quoted) out_ += '\'';
      out_ += family;
      if (is_quoted) out_ += '\'';
    }
    out_ += '"';
    if (!picture.language.empty()) attribute("xml:lang", picture.language);
    out_ += ">\n";
    if (!picture.title.empty()) element("title", picture.title);
    if (!picture.description.empty()) element("desc", picture.description);
    if (picture.background) {
      out_ += "<rect class=\"background\" width=\"100%\" height=\"100%\"";
      paint("fill", *picture.background);
      out_ += "/>\n";
    }
    write(picture.shapes);
    out_ += "</svg>\n";
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

  void operator()(const path_shape& each) {
    out_ += "<path";
    begin_attributes();
    out_ += " d=\"";
    for (const path_step& step : each.outline.steps()) {
      switch (step.verb) {
        case path_verb::move:
          out_ += 'M';
          pair(step.to);
          break;
        case path_verb::line:
          out_ += 'L';
          pair(step.to);
          break;
        case path_verb::curve:
          out_ += 'C';
          pair(step.control1);
          out_ += ' ';
          pair(step.control2);
          out_ += ' ';
          pair(step.to);
          break;
        case path_verb::close:
          out_ += 'Z';
          break;
      }
    }
    out_ += '"';
    style(each.style);
    end_of_element("path");
  }

  void operator()(const circle_shape& each) {
    out_ += "<circle";
    begin_attributes();
    attribute("cx", each.center.x);
    attribute("cy", each.center.y);
    attribute("r", each.radius);
    style(each.style);
    end_of_element("circle");
  }

  void operator()(const rectangle_shape& each) {
    out_ += "<rect";
    begin_attributes();
    attribute("x", each.corner.x);
    attribute("y", each.corner.y);
    attribute("width", each.width);
    attribute("height", each.height);
    style(each.style);
    end_of_element("rect");
  }

  void operator()(const text_shape& each) {
    out_ += "<text";
    begin_attributes();
    attribute("x", each.position.x);
    attribute("y", each.position.y + (each.rotation == 0.0 ? baseline_below(each) : 0.0));
    attribute("font-size", each.size);
    if (each.anchor == text_anchor::middle) out_ += " text-anchor=\"middle\"";
    if (each.anchor == text_anchor::end) out_ += " text-anchor=\"end\"";
    if (each.is_bold) out_ += " font-weight=\"bold\"";
    if (each.is_italic) out_ += " font-style=\"italic\"";
    if (each.rotation != 0.0) {
      out_ += " transform=\"rotate(";
      number(each.rotation);
      out_ += ' ';
      pair(each.position);
      out_ += ")\"";
      if (const double down = baseline_below(each); down != 0.0) attribute("dy", down);
    }
    paint("fill", each.color);
    if (each.halo) {
      stroke(*each.halo);
      out_ += " stroke-linejoin=\"round\" paint-order=\"stroke\"";
    }
    out_ += '>';
    title();
    text(each.content);
    if (!each.superscript.empty()) {
      out_ += "<tspan";
      attribute("dy", -superscript_rise * each.size);
      attribute("font-size", superscript_size * each.size);
      out_ += '>';
      text(each.superscript);
      out_ += "</tspan>";
    }
    out_ += "</text>\n";
  }

  void operator()(const circles_shape& each) {
    out_ += "<g";
    begin_attributes();
    if (each.outline) stroke(*each.outline);
    out_ += '>';
    title();
    out_ += '\n';
    for (std::size_t i = 0; i < each.centers.size(); ++i) {
      const color& fill = one_or_each(each.colors, i);
      if (i == 0 || fill != one_or_each(each.colors, i - 1)) {
        if (i != 0) out_ += "</g>\n";
        out_ += "<g";
        paint("fill", fill);
        out_ += ">\n";
      }
      out_ += "<circle";
      attribute("cx", each.centers[i].x);
      attribute("cy", each.centers[i].y);
      attribute("r", one_or_each(each.radii, i));
      out_ += "/>\n";
    }
    out_ += each.centers.empty() ? "</g>\n" : "</g></g>\n";
  }

  void operator()(const segments_shape& each) {
    out_ += "<g";
    begin_attributes();
    out_ += " fill=\"none\">";
    title();
    out_ += '\n';
    for (std::size_t i = 0; i < each.starts.size(); ++i) {
      const color& ink_of_it = one_or_each(each.colors, i);
      const double width = one_or_each(each.widths, i);
      if (i == 0 || ink_of_it != one_or_each(each.colors, i - 1) ||
          width != one_or_each(each.widths, i - 1)) {
        if (i != 0) out_ += "</g>\n";
        out_ += "<g";
        stroke({.color = ink_of_it, .width = width});
        out_ += ">\n";
      }
      // Each its own path, so that translucent lines add up.
      out_ += "<path d=\"M";
      pair(each.starts[i]);
      out_ += 'L';
      pair(each.ends[i]);
      out_ += "\"/>\n";
    }
    out_ += each.starts.empty() ? "</g>\n" : "</g></g>\n";
  }

  void operator()(const group_shape& each) {
    out_ += "<g";
    begin_attributes();
    if (each.opacity < 1.0) attribute("opacity", each.opacity);
    out_ += '>';
    title();
    out_ += '\n';
    write(each.children);
    out_ += "</g>\n";
  }

 private:
  void write(const std::vector<shape>& shapes) {
    for (const shape& each : shapes) {
      current_ = &each;
      std::visit(*this, each.value);
    }
  }

  // Hundredths, without zeros at the end.
  void number(double value) {
    long long hundredths = std::llround(value * 100.0);
    if (hundredths < 0) {
      out_ += '-';
      hundredths = -hundredths;
    }
    std::array<char, 24> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), hundredths / 100).ptr;
    out_.append(digits.data(), end);
    const auto rest = static_cast<int>(hundredths % 100);
    if (rest == 0) return;
    out_ += '.';
    out_ += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) out_ += static_cast<char>('0' + rest % 10);
  }

  void pair(point value) {
    number(value.x);
    out_ += ' ';
    number(value.y);
  }

  void attribute(const char* name, double value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    number(value);
    out_ += '"';
  }

  void attribute(const char* name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    text(value);
    out_ += '"';
  }

  void begin_attributes() {
    if (!current_->role.empty()) attribute("class", current_->role);
  }

  void title() {
    if (!current_->title.empty()) element("title", current_->title);
  }

  void end_of_element(const char* name) {
    if (current_->title.empty()) {
      out_ += "/>\n";
      return;
    }
    out_ += '>';
    title();
    out_ += "</";
    out_ += name;
    out_ += ">\n";
  }

  void element(const char* name, std::string_view content) {
    out_ += '<';
    out_ += name;
    out_ += '>';
    text(content);
    out_ += "</";
    out_ += name;
    out_ += '>';
  }

  void paint(const char* name, color value) {
    constexpr std::string_view digits = "0123456789abcdef";
    out_ += ' ';
    out_ += name;
    out_ += "=\"#";
    for (const std::uint8_t channel : {value.red, value.green, value.blue}) {
      out_ += digits[channel >> 4U];
      out_ += digits[channel & 15U];
    }
    out_ += '"';
    if (value.alpha == 255) return;
    out_ += ' ';
    out_ += name;
    // A hundredth is too coarse for the faint lines of a dense network.
    out_ += "-opacity=\"";
    const auto thousandths = static_cast<int>(std::lround(value.alpha / 255.0 * 1000.0));
    out_ += "0.";
    out_ += static_cast<char>('0' + thousandths / 100 % 10);
    out_ += static_cast<char>('0' + thousandths / 10 % 10);
    out_ += static_cast<char>('0' + thousandths % 10);
    out_ += '"';
  }

  void stroke(const stroke_style& value) {
    paint("stroke", value.color);
    attribute("stroke-width", value.width);
    if (value.dashes.empty()) return;
    out_ += " stroke-dasharray=\"";
    for (std::size_t i = 0; i < value.dashes.size(); ++i) {
      if (i != 0) out_ += ' ';
      number(value.dashes[i]);
    }
    out_ += '"';
  }

  void style(const shape_style& value) {
    if (value.fill) {
      paint("fill", *value.fill);
    } else {
      out_ += " fill=\"none\"";
    }
    if (value.stroke) stroke(*value.stroke);
  }

  void text(std::string_view value) {
    for (const char c : shown_text(value)) {
      switch (c) {
        case '&':
          out_ += "&amp;";
          break;
        case '<':
          out_ += "&lt;";
          break;
        case '>':
          out_ += "&gt;";
          break;
        case '"':
          out_ += "&quot;";
          break;
        default:
          out_ += c;
      }
    }
  }

  std::string out_;
  const shape* current_ = nullptr;
};

}  // namespace

std::string render_svg(const drawing& picture) {
  check_drawing(picture);
  return svg_writer(picture).take();
}

}  // namespace valuenet
