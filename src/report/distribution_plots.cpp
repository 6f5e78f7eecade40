#include "valuenet/report/distribution_plots.hpp"

#include "valuenet/report/table.hpp"
#include "valuenet/statistics/concentration.hpp"
#include "valuenet/statistics/empirical_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/hurwitz_zeta.hpp"
#include "report/figure.hpp"

namespace valuenet {
namespace {

const color data_color = category_color(0);
const color law_color = category_color(1);

// --- Degrees -----------------------------------------------------------------------------------

const char* name_of(const figure& sheet, alternative kind) {
  switch (kind) {
    case alternative::exponential:
      return sheet.words("exponential", "指数分布");
    case alternative::lognormal:
      return sheet.words("lognormal", "对数正态分布");
    case alternative::stretched_exponential:
      return sheet.words("stretched exponential", "拉伸指数分布");
    case alternative::power_law_with_cutoff:
      return sheet.words("power law with cut-off", "带截断的幂律");
    case alternative::poisson:
      return sheet.words("Poisson", "泊松分布");
  }
  return "";
}

std::string p_value_text(const goodness_of_fit& goodness) {
  if (goodness.p_value > 0.0) return fmt::format("p = {:.3f}", goodness.p_value);
  return fmt::format("p < {:.2g}", 1.0 / static_cast<double>(goodness.replicates));
}

struct styled_curve {
  std::string label;
  std::vector<ccdf_point> points;
  color paint;
  std::vector<double> dashes;
  double width = 1.4;
  std::string role;
};

// The law and its rivals as curves of the CCDF.
std::vector<styled_curve> fitted_curves(const figure& sheet, const value_counts& sample,
                                        const power_law_assessment& found,
                                        const degree_plot_options& options) {
  std::vector<styled_curve> curves;
  if (!found.fit.fit) return curves;
  if (found.alternatives && options.shows_alternatives) {
    std::size_t i = 2;
    for (const alternative_fit& each : found.alternatives->alternatives) {
      const std::size_t style = i++;
      if (each.collapsed) continue;
      curves.push_back({name_of(sheet, each.kind),
                        fitted_ccdf(each, found.fit, sample, options.discretization),
                        category_color(style), dashes_of(style - 1), 1.4, "alternative"});
    }
  }
  curves.push_back({fmt::format(fmt::runtime(sheet.words("power law, α = {:.3f} ± {:.3f}",
                                                         "幂律，α = {:.3f} ± {:.3f}")),
                                found.fit.fit->alpha, found.fit.fit->alpha_standard_error),
                    fitted_ccdf(found.fit, sample),
                    law_color,
                    {},
                    2.2,
                    "power-law"});
  return curves;
}

// P(X = x) or p(x) of the law, times the tail's share of all values.
std::vector<ccdf_point> fitted_density(const power_law_result& found, const value_counts& sample) {
  const power_law_fit& fit = *found.fit;
  const double alpha = fit.alpha_maximum_likelihood;
  const double share = static_cast<double>(fit.tail_size) / static_cast<double>(sample.total());
  const double log_constant = found.kind == sample_kind::discrete
                                  ? -detail::log_hurwitz_zeta(alpha, fit.x_min)
                                  : std::log(alpha - 1.0) + (alpha - 1.0) * std::log(fit.x_min);
  std::vector<ccdf_point> points;
  for (const double x : {fit.x_min, sample.values.back()}) {
    points.push_back({x, share * std::exp(log_constant - alpha * std::log(x))});
  }
  return points;
}

void draw_curve(figure& sheet, const panel& on, const styled_curve& each) {
  std::vector<point> line;
  for (const ccdf_point& p : each.points) {
    if (!(p.value > 0.0) || !(p.probability > 0.0)) continue;
    const point before = line.empty() ? point{} : line.back();
    const point here = on.at(p.value, p.probability);
    if (here.y > on.plot().bottom) {  // ends where it leaves the panel
      if (!line.empty() && here.y > before.y) {
        const double part = (on.plot().bottom - before.y) / (here.y - before.y);
        line.push_back({before.x + part * (here.x - before.x), on.plot().bottom});
      }
      break;
    }
    line.push_back(here);
  }
  line = thinned(line, 0.7);
  if (line.size() < 2) return;
  sheet.add(
      {path_shape{polyline(line), {.stroke = stroke_style{each.paint, each.width, each.dashes}}},
       each.role});
}

void draw_points(figure& sheet, std::vector<point> points, double radius, color paint,
                 std::string role) {
  points = without_hidden(points, 0.5);
  if (points.empty()) return;
  sheet.add({circles_shape{.centers = std::move(points), .radii = {radius}, .colors = {paint}},
             std::move(role)});
}

void draw_density(figure& sheet, const box& within, const value_counts& sample,
                  const power_law_assessment& found, const axis& x, const std::string& title) {
  const std::vector<density_bin> bins = log_binned_density(sample);
  const auto total = static_cast<double>(sample.total());
  const bool shows_raw = sample.is_whole();
  double low = 1.0;
  double high = 0.0;
  for (const density_bin& bin : bins) {
    low = std::min(low, bin.density);
    high = std::max(high, bin.density);
  }
  if (shows_raw && total > 0.0) {
    for (const std::uint64_t count : sample.counts) {
      low = std::min(low, static_cast<double>(count) / total);
    }
  }
  axis y = axis_over(scale_kind::logarithmic, std::min(low, 0.1), std::max(high, 1.0));
  y.label = sheet.words("density p(k)", "概率密度 p(k)");
  panel on(sheet, within, x, y, {.title = title});
  if (shows_raw) {
    std::vector<point> raw;
    for (std::size_t i = 0; i < sample.values.size(); ++i) {
      if (sample.values[i] > 0.0) {
        raw.push_back(on.at(sample.values[i], static_cast<double>(sample.counts[i]) / total));
      }
    }
    draw_points(sheet, std::move(raw), 1.7, color{186, 196, 206}, "raw-density");
  }
  if (found.fit.fit) on.mark(found.fit.fit->x_min, "", "x-min", muted_ink);
  std::vector<point> centers;
  for (const density_bin& bin : bins) centers.push_back(on.at(bin.center, bin.density));
  draw_points(sheet, std::move(centers), 3.2, data_color, "density");
  if (found.fit.fit) {
    draw_curve(sheet, on, {"", fitted_density(found.fit, sample), law_color, {}, 2.2, "power-law"});
  }
}

void draw_ccdf(figure& sheet, const box& within, const value_counts& sample,
               const power_law_assessment& found, const axis& x,
               const std::vector<styled_curve>& curves, const std::string& title) {
  const std::vector<ccdf_point> ccdf = empirical_ccdf(sample);
  axis y = axis_over(scale_kind::logarithmic,
                     ccdf.empty() ? 0.1 : std::min(0.1, ccdf.back().probability), 1.0);
  y.label = "P(X ≥ k)";
  panel on(sheet, within, x, y, {.title = title});
  if (found.fit.fit) {
    on.mark(found.fit.fit->x_min,
            found.fit.fit->x_min > x.low * 1.0001
                ? fmt::format("x_min = {}", short_number(found.fit.fit->x_min))
                : std::string(),
            "x-min", muted_ink);
  }
  std::vector<point> points;
  for (const ccdf_point& p : ccdf) {
    if (p.value > 0.0) points.push_back(on.at(p.value, p.probability));
  }
  draw_points(sheet, std::move(points), 2.4, data_color, "ccdf");
  for (const styled_curve& each : curves) draw_curve(sheet, on, each);
}

std::vector<std::string> degree_notes(const figure& sheet, const value_counts& sample,
                                      const power_law_assessment& found) {
  std::vector<std::string> notes;
  const bool is_chinese = sheet.language() == plot_language::chinese;
  if (found.fit.fit) {
    const power_law_fit& fit = *found.fit.fit;
    std::string line = fmt::format(
        fmt::runtime(
            sheet.words("x_min = {}; tail: {} of {} positive values ({}); KS distance {:.4f}",
                        "x_min = {}；尾部：{} / {} 个正值（{}）；KS 距离 {:.4f}")),
        short_number(fit.x_min), format_count(fit.tail_size), format_count(found.fit.sample.kept),
        short_percent(fit.tail_share), fit.ks_distance);
    if (fit.goodness) {
      line += std::string(sheet.words("; ", "；")) + p_value_text(*fit.goodness);
    }
    notes.push_back(line + sheet.words(".", "。"));
    const sentence& headline = found.verdict.headline;
    if (!headline.text.empty()) notes.push_back(is_chinese ? headline.text_zh : headline.text);
  } else {
    notes.push_back(std::string(sheet.words("No power law was fitted: ", "未拟合幂律：")) +
                    (is_chinese ? explain_zh(found.fit.status) : explain(found.fit.status)));
  }
  std::uint64_t hidden = 0;
  for (std::size_t i = 0; i < sample.values.size() && !(sample.values[i] > 0.0); ++i) {
    hidden += sample.counts[i];
  }
  if (hidden > 0) {
    notes.push_back(fmt::format(
        fmt::runtime(sheet.words(
            "{} of {} values are not positive: they have no place on a logarithmic axis.",
            "{} / {} 个值不为正，无法标在对数轴上。")),
        format_count(hidden), format_count(sample.total())));
  }
  return notes;
}

}  // namespace

drawing plot_degree_distribution(const value_counts& sample, const power_law_assessment& assessment,
                                 const degree_plot_options& options) {
  const bool is_both = options.view == distribution_view::both;
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const std::string title = is_chinese ? "度分布" : "Degree distribution";
  const double usual_width = is_both ? 740.0 : 480.0;
  const bool is_narrow = options.plot.width.value_or(usual_width) < narrow_width;
  figure sheet(options.plot, title, usual_width,
               !is_both    ? height_in_proportion(options.plot, 480.0, 440.0)
               : is_narrow ? 700.0
                           : 430.0);
  const std::vector<std::string> notes = degree_notes(sheet, sample, assessment);
  sheet.add_notes(notes);
  const std::vector<styled_curve> curves = fitted_curves(sheet, sample, assessment, options);

  std::vector<legend_entry> legend;
  legend.push_back({.label = options.view == distribution_view::density
                                 ? sheet.words("data, log-binned", "数据（对数分箱）")
                                 : sheet.words("data", "数据"),
                    .color = data_color,
                    .key = legend_key::points});
  if (options.view != distribution_view::ccdf && sample.is_whole() && !sample.values.empty()) {
    legend.push_back({.label = sheet.words("each value, not binned", "各取值（未分箱）"),
                      .color = {186, 196, 206},
                      .key = legend_key::points});
  }
  for (auto each = curves.rbegin(); each != curves.rend(); ++each) {
    if (options.view == distribution_view::density && each->role == "alternative") continue;
    legend.push_back(
        {.label = each->label, .color = each->paint, .dashes = each->dashes, .width = each->width});
  }
  sheet.add_legend(legend);

  double low = 0.0;
  double high = 0.0;
  for (const double value : sample.values) {
    if (!(value > 0.0)) continue;
    if (low == 0.0) low = value;
    high = value;
  }
  axis x = axis_over(scale_kind::logarithmic, low, high);
  x.label = options.quantity.empty() ? sheet.words("degree k", "度 k") : options.quantity;
  const std::vector<box> boxes = divided(sheet.area(), is_both ? 2 : 1, is_narrow ? 1 : 2);
  if (options.view != distribution_view::ccdf) {
    draw_density(sheet, boxes.front(), sample, assessment, x,
                 is_both ? sheet.words("Probability density", "概率密度") : "");
  }
  if (options.view != distribution_view::density) {
    draw_ccdf(sheet, boxes.back(), sample, assessment, x, curves,
              is_both ? sheet.words("Complementary cumulative distribution", "互补累积分布") : "");
  }
  std::string description;
  for (const std::string& note : notes) description += (description.empty() ? "" : " ") + note;
  return sheet.finish(std::move(description));
}

// --- Rank and size -----------------------------------------------------------------------------

drawing plot_rank_size(std::span<const double> values, const rank_size_plot_options& options) {
  if (!options.labels.empty() && options.labels.size() != values.size()) {
    throw std::invalid_argument(fmt::format("rank_size_plot_options: {} labels for {} values",
                                            options.labels.size(), values.size()));
  }
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const auto fit = rank_size(values, options.top);  // also refuses what is no amount
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return !(values[i] > 0.0); });
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  figure sheet(options.plot, is_chinese ? "位序—规模" : "Rank and size", 560,
               height_in_proportion(options.plot, 560.0, 460.0));
  std::string note;
  if (fit) {
    note = fmt::format(
        fmt::runtime(sheet.words(
            "ln(rank − 1/2) = c − ζ ln(size) over {} values: ζ = {:.3f} ± {:.3f}, R² = {:.3f}.",
            "ln(位序 − 1/2) = c − ζ ln(规模)，{} 个值：ζ = {:.3f} ± {:.3f}，R² = {:.3f}。")),
        format_count(fit->population), fit->exponent, fit->standard_error, fit->r_squared);
  } else {
    note = sheet.words("No rank-size line: fewer than three positive values, or all alike.",
                       "未拟合位序—规模直线：正值少于三个，或全部相同。");
  }
  if (order.size() < values.size()) {
    note += fmt::format(fmt::runtime(sheet.words(" {} of {} values are 0 and not drawn.",
                                                 "{} / {} 个值为 0，未画出。")),
                        format_count(values.size() - order.size()), format_count(values.size()));
  }
  sheet.add_notes({note});
  std::vector<legend_entry> legend{
      {.label = sheet.words("data", "数据"), .color = data_color, .key = legend_key::points}};
  if (fit) {
    legend.push_back({.label = fmt::format(fmt::runtime(sheet.words("rank-size rule, ζ = {:.3f}",
                                                                    "位序—规模法则，ζ = {:.3f}")),
                                           fit->exponent),
                      .color = law_color});
  }
  sheet.add_legend(legend);
  axis x = axis_over(scale_kind::logarithmic, order.empty() ? 0.0 : 1.0,
                     static_cast<double>(order.size()));
  axis y = axis_over(scale_kind::logarithmic, order.empty() ? 0.0 : values[order.back()],
                     order.empty() ? 0.0 : values[order.front()]);
  x.label = sheet.words("rank", "位序");
  y.label = options.quantity.empty() ? sheet.words("size", "规模") : options.quantity;
  const panel on(sheet, sheet.area(), x, y);
  if (fit) {
    const double last =
        static_cast<double>(options.top == 0 ? order.size() : std::min(options.top, order.size()));
    std::vector<point> line;
    for (int i = 0; i <= 200; ++i) {
      const double rank = std::exp(std::log(last) * i / 200.0);
      const double size = std::exp((fit->intercept - std::log(rank - 0.5)) / fit->exponent);
      const point here = on.at(rank, size);
      if (here.y >= on.plot().top && here.y <= on.plot().bottom) line.push_back(here);
    }
    sheet.add(
        {path_shape{polyline(line), {.stroke = stroke_style{law_color, 2.0}}}, "rank-size-line"});
  }
  std::vector<point> points;
  for (std::size_t i = 0; i < order.size(); ++i) {
    points.push_back(on.at(static_cast<double>(i + 1), values[order[i]]));
  }
  const std::vector<point> all = points;
  draw_points(sheet, std::move(points), 2.6, data_color, "sizes");
  // Names of the largest above and to the right of their points, where no other point lies: sizes
  // fall. One that would meet the name before is left out.
  double lowest = -1e9;
  for (std::size_t i = 0; i < std::min(options.labelled, order.size()); ++i) {
    if (options.labels.empty()) break;
    const point at = all[i];
    const double room = on.plot().right - at.x - 8.0;
    if (at.y - 11.0 < lowest || room < 40.0) continue;
    sheet.add({text_shape{.position = {at.x + 3.0, at.y - 4.5},
                          .content = shorten_to_width(options.labels[order[i]], 10.0,
                                                      std::min(room, 220.0)),
                          .size = 10.0,
                          .halo = stroke_style{white, 2.5}},
               "name"});
    lowest = at.y - 3.0;
  }
  return sheet.finish(note);
}

// --- Lorenz curves -----------------------------------------------------------------------------

drawing plot_lorenz(const std::vector<lorenz_series>& series, const lorenz_plot_options& options) {
  const bool is_chinese = options.plot.language == plot_language::chinese;
  figure sheet(options.plot, is_chinese ? "洛伦兹曲线" : "Lorenz curve", 460,
               height_in_proportion(options.plot, 460.0, 480.0));
  const std::string population =
      options.population.empty() ? sheet.words("members", "成员") : options.population;
  std::vector<legend_entry> legend;
  std::string description;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto found = gini(series[i].values);
    std::string label = series[i].label + (series[i].label.empty() ? "" : sheet.words(": ", "："));
    label += found
                 ? fmt::format(
                       fmt::runtime(sheet.words("Gini {:.3f}, n = {}", "基尼系数 {:.3f}，n = {}")),
                       *found, format_count(series[i].values.size()))
                 : sheet.words("nothing to share", "总量为 0");
    description += label + ". ";
    legend.push_back({.label = std::move(label),
                      .color = category_color(i),
                      .dashes = dashes_of(i),
                      .width = 2.0});
  }
  legend.push_back({.label = sheet.words("equality", "绝对平均线"),
                    .color = neutral_gray,
                    .dashes = {3, 3},
                    .width = 1.2});
  sheet.add_legend(legend);
  axis x{.words = tick_words::percent};
  axis y{.words = tick_words::percent};
  x.label = fmt::format(
      fmt::runtime(sheet.words("share of {}, poorest first", "{}占比（由少到多）")), population);
  y.label = sheet.words("share of the total", "累计占比");
  panel on(sheet, sheet.area(), x, y);
  sheet.add_line(on.at(0, 0), on.at(1, 1), {neutral_gray, 1.2, {3, 3}}, "equality");
  for (std::size_t i = 0; i < series.size(); ++i) {
    std::vector<point> points;
    for (const lorenz_point& each : lorenz_curve(series[i].values)) {
      points.push_back(on.at(each.population, each.value));
    }
    points = thinned(points, 0.5);
    if (points.empty()) continue;
    sheet.add({path_shape{polyline(points),
                          {.stroke = stroke_style{category_color(i), 2.0, dashes_of(i)}}},
               "lorenz"});
  }
  return sheet.finish(std::move(description));
}

// --- Distances ---------------------------------------------------------------------------------

drawing plot_distances(const distances_result& found, const distance_plot_options& options) {
  const bool is_chinese = options.plot.language == plot_language::chinese;
  figure sheet(options.plot, is_chinese ? "距离分布" : "Distances", 560,
               height_in_proportion(options.plot, 560.0, 400.0));
  const auto pairs = static_cast<double>(found.reachable_pairs);
  std::string note = fmt::format(
      fmt::runtime(sheet.words("{} reachable ordered pairs of {}", "可达有序对 {} 个，共 {} 个")),
      format_count(found.reachable_pairs),
      format_count(found.reachable_pairs + found.unreachable_pairs));
  if (found.mean) {
    note += fmt::format(fmt::runtime(sheet.words("; mean {:.4g}", "；平均 {:.4g}")), *found.mean);
  }
  if (found.diameter) {
    note += fmt::format(fmt::runtime(found.method == distance_method::exact
                                         ? sheet.words("; diameter {}", "；直径 {}")
                                         : sheet.words("; diameter at least {}", "；直径至少 {}")),
                        *found.diameter);
  }
  if (found.method != distance_method::exact) {
    note += sheet.words("; estimated from a sample, with intervals", "；由抽样估计，附区间");
  }
  note += sheet.words(".", "。");
  sheet.add_notes({note});
  const std::size_t last = found.histogram.empty() ? 0 : found.histogram.size() - 1;
  double highest = 0.0;
  for (std::size_t d = 1; d <= last; ++d) {
    highest =
        std::max(highest, pairs > 0.0 ? static_cast<double>(found.histogram[d]) / pairs : 0.0);
    if (d < found.histogram_intervals.size() && pairs > 0.0) {
      highest = std::max(highest, found.histogram_intervals[d].upper / pairs);
    }
  }
  axis x{.low = 0.5,
         .high = static_cast<double>(std::max<std::size_t>(1, last)) + 0.5,
         .is_whole = true,
         .label = sheet.words("distance (relations)", "距离（关系数）")};
  axis y = axis_over(scale_kind::linear, 0.0, highest, true);
  y.words = tick_words::percent;
  y.label = sheet.words("share of reachable pairs", "占可达对的比例");
  panel on(sheet, sheet.area(), x, y, {.has_vertical_grid = false});
  const double bar = std::min(48.0, on.plot().width() / (x.high - x.low) * 0.8);
  const bool has_labels = bar >= 26.0;
  for (std::size_t d = 1; d <= last; ++d) {
    if (!(pairs > 0.0)) break;
    const double share = static_cast<double>(found.histogram[d]) / pairs;
    const point top = on.at(static_cast<double>(d), share);
    sheet.add(
        {rectangle_shape{
             {top.x - bar / 2, top.y}, bar, on.plot().bottom - top.y, {.fill = data_color}},
         "bar",
         fmt::format("{}: {} ({})", d, format_count(found.histogram[d]), short_percent(share))});
  }
  if (found.mean) {
    on.mark(*found.mean,
            fmt::format(fmt::runtime(sheet.words("mean {:.3g}", "平均 {:.3g}")), *found.mean),
            "mean", law_color, mark_side::left);
  }
  if (found.effective_diameter) {
    on.mark(*found.effective_diameter,
            fmt::format(fmt::runtime(sheet.words("effective diameter {:.3g}", "有效直径 {:.3g}")),
                        *found.effective_diameter),
            "effective-diameter", category_color(3), mark_side::right);
  }
  for (std::size_t d = 1; d <= last && pairs > 0.0; ++d) {
    const double share = static_cast<double>(found.histogram[d]) / pairs;
    const point top = on.at(static_cast<double>(d), share);
    double above = top.y;
    if (d < found.histogram_intervals.size()) {
      const point high = on.at(static_cast<double>(d), found.histogram_intervals[d].upper / pairs);
      const point low =
          on.at(static_cast<double>(d), std::max(0.0, found.histogram_intervals[d].lower / pairs));
      sheet.add_line(low, high, {ink, 1.2}, "interval");
      above = high.y;
    }
    if (!has_labels || found.histogram[d] == 0) continue;
    sheet.add({text_shape{.position = {top.x, above - 4.0},
                          .content = short_percent(share),
                          .size = bar >= 38.0 ? 10.0 : 8.5,
                          .anchor = text_anchor::middle,
                          .halo = stroke_style{white, 2.5}},
               "bar-label"});
  }
  return sheet.finish(note);
}

// --- Clustering --------------------------------------------------------------------------------

namespace {

// Mean coefficient of the vertices of each decade's tenth of degrees.
void draw_by_degree(figure& sheet, const box& within, const clustering_result& found,
                    std::span<const std::uint64_t> degrees) {
  struct bin {
    double sum = 0.0;
    double log_degree = 0.0;
    std::uint64_t count = 0;
  };
  std::vector<bin> bins(200);  // twenty decades
  double largest = 1.0;
  for (std::size_t v = 0; v < degrees.size(); ++v) {
    if (!found.defined[v] || degrees[v] == 0) continue;
    const auto degree = static_cast<double>(degrees[v]);
    bin& one = bins[static_cast<std::size_t>(std::log10(degree) * 10.0 + 1e-9)];
    one.sum += found.local[v];
    one.log_degree += std::log(degree);
    ++one.count;
    largest = std::max(largest, degree);
  }
  axis x = axis_over(scale_kind::logarithmic, 1.0, largest);
  x.label = sheet.words("degree k", "度 k");
  double lowest = 1.0;
  for (const bin& one : bins) {
    if (one.sum > 0.0) lowest = std::min(lowest, one.sum / static_cast<double>(one.count));
  }
  axis y = axis_over(scale_kind::logarithmic, lowest, 1.0);
  y.label = sheet.words("mean clustering C(k)", "平均聚类系数 C(k)");
  const panel on(sheet, within, x, y, {.title = sheet.words("By degree", "按度")});
  std::vector<point> points;
  for (const bin& one : bins) {
    if (!(one.sum > 0.0)) continue;
    const auto count = static_cast<double>(one.count);
    points.push_back(on.at(std::exp(one.log_degree / count), one.sum / count));
  }
  draw_points(sheet, std::move(points), 3.2, data_color, "by-degree");
}

}  // namespace

drawing plot_clustering(const clustering_result& found, const clustering_plot_options& options) {
  if (options.bins < 1 || options.bins > 1000) {
    throw std::invalid_argument(
        fmt::format("clustering_plot_options: bins is {}; expected 1 to 1000", options.bins));
  }
  if (!options.degrees.empty() && options.degrees.size() != found.local.size()) {
    throw std::invalid_argument(fmt::format("clustering_plot_options: {} degrees for {} vertices",
                                            options.degrees.size(), found.local.size()));
  }
  const bool is_chinese = options.plot.language == plot_language::chinese;
  const bool has_two = !options.degrees.empty();
  const double usual_width = has_two ? 740.0 : 520.0;
  const bool is_narrow = options.plot.width.value_or(usual_width) < narrow_width;
  figure sheet(options.plot, is_chinese ? "局部聚类系数" : "Local clustering coefficients",
               usual_width,
               !has_two    ? height_in_proportion(options.plot, 520.0, 390.0)
               : is_narrow ? 640.0
                           : 390.0);
  const auto bins = static_cast<std::size_t>(options.bins);
  std::vector<std::uint64_t> counts(bins, 0);
  std::uint64_t defined = 0;
  double sum = 0.0;
  for (std::size_t v = 0; v < found.local.size(); ++v) {
    if (!found.defined[v]) continue;
    ++defined;
    sum += found.local[v];
    const double at = std::clamp(found.local[v], 0.0, 1.0) * options.bins;
    ++counts[std::min(bins - 1, static_cast<std::size_t>(at + 1e-9))];
  }
  std::string note =
      fmt::format(fmt::runtime(sheet.words("The coefficient is defined for {} of {} actors",
                                           "{} / {} 个主体的系数有定义")),
                  format_count(defined), format_count(found.local.size()));
  if (defined > 0) {
    note += fmt::format(fmt::runtime(sheet.words("; their mean is {:.4f}", "；其平均值 {:.4f}")),
                        sum / static_cast<double>(defined));
  }
  if (found.average) {
    note += fmt::format(fmt::runtime(sheet.words("; average clustering {:.4f} over {}",
                                                 "；平均聚类系数 {:.4f}（{} 个）")),
                        *found.average, format_count(found.averaged_over));
  }
  if (found.transitivity) {
    note += fmt::format(fmt::runtime(sheet.words("; transitivity {:.4f}", "；传递性 {:.4f}")),
                        *found.transitivity);
  }
  note += sheet.words(".", "。");
  sheet.add_notes({note});
  const std::vector<box> boxes = divided(sheet.area(), has_two ? 2 : 1, is_narrow ? 1 : 2);
  const std::uint64_t largest = *std::max_element(counts.begin(), counts.end());
  axis x{.label = sheet.words("local clustering coefficient", "局部聚类系数")};
  axis y = axis_over(scale_kind::logarithmic, 0.8, std::max(1.0, static_cast<double>(largest)));
  y.low = 0.8;  // so that a bar of 1 can be seen
  y.label = sheet.words("actors", "主体数");
  panel on(
      sheet, boxes.front(), x, y,
      {.title = has_two ? sheet.words("Histogram", "直方图") : "", .has_vertical_grid = false});
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts[i] == 0) continue;
    const double from = static_cast<double>(i) / static_cast<double>(bins);
    const double to = static_cast<double>(i + 1) / static_cast<double>(bins);
    const point top = on.at(from, static_cast<double>(counts[i]));
    const double right = on.at(to, 1.0).x;
    sheet.add({rectangle_shape{{top.x + 0.5, top.y},
                               std::max(0.2, right - top.x - 1.0),
                               on.plot().bottom - top.y,
                               {.fill = data_color}},
               "bar", fmt::format("{:.3g}-{:.3g}: {}", from, to, format_count(counts[i]))});
  }
  if (defined > 0) {
    const double mean = sum / static_cast<double>(defined);
    on.mark(mean, fmt::format(fmt::runtime(sheet.words("mean {:.3f}", "平均 {:.3f}")), mean),
            "mean", law_color);
  }
  if (has_two) draw_by_degree(sheet, boxes.back(), found, options.degrees);
  return sheet.finish(note);
}

}  // namespace valuenet
