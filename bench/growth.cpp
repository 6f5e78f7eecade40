#include "growth.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/report/table.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <optional>
#include <regex>
#include <thread>

#include <fmt/format.h>
#include <malloc.h>

#include "lengths.hpp"
#include "text.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// A line of /proc/self/status in bytes; 0 where there is no such thing.
double status_bytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(field)) return std::stod(line.substr(field.size() + 1)) * 1024.0;
  }
  return 0.0;
}

struct cost {
  double seconds = 0.0;
  double bytes = 0.0;
};

/// Time of one run, and how far the process's memory rose above what it held before.
cost measure(const growing_kernel& k, const growth_input& input, const vn::execution& exec) {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";  // forgets the peak (Linux)
  const double before = status_bytes("VmRSS:");
  const auto start = std::chrono::steady_clock::now();
  k.run(input, exec);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {seconds, std::max(0.0, status_bytes("VmHWM:") - before)};
}

struct point {
  double arcs = 0.0;
  bench::cost cost;
};

/// Least squares of log time over log arcs; nothing below three points of a millisecond or more,
/// as shorter runs measure how a call begins.
std::optional<double> exponent(const std::vector<point>& points) {
  std::vector<std::pair<double, double>> logs;
  for (const point& p : points) {
    if (p.cost.seconds >= 1e-3) logs.emplace_back(std::log(p.arcs), std::log(p.cost.seconds));
  }
  if (logs.size() < 3) return std::nullopt;
  double x_mean = 0.0;
  double y_mean = 0.0;
  for (const auto& [x, y] : logs) {
    x_mean += x / static_cast<double>(logs.size());
    y_mean += y / static_cast<double>(logs.size());
  }
  double covariance = 0.0;
  double variance = 0.0;
  for (const auto& [x, y] : logs) {
    covariance += (x - x_mean) * (y - y_mean);
    variance += (x - x_mean) * (x - x_mean);
  }
  return covariance / variance;
}

vn::graph make_graph(const vn::edge_list& edges, growing_graph kind, const vn::execution& exec) {
  vn::graph made =
      vn::build_graph(edges.columns(),
                      {.direction = kind == growing_graph::directed ? vn::direction::directed
                                                                    : vn::direction::undirected,
                       .vertex_count = edges.vertex_count,
                       .duplicates = vn::duplicates::first,
                       .loops = vn::loops::drop},
                      exec);
  if (kind != growing_graph::with_lengths) return made;
  return add_lengths(made, exec.threads)->graph;
}

/// Whether the next graph, with twice the vertices, would keep the kernel too long.
bool too_slow(const std::vector<point>& points, double limit) {
  if (points.empty()) return false;
  const double last = points.back().cost.seconds;
  const double factor =
      points.size() < 2 ? 2.0 : std::clamp(last / points[points.size() - 2].cost.seconds, 2.0, 5.0);
  return last * factor > limit;
}

}  // namespace

int run_growth(const std::vector<growing_kernel>& kernels, const growth_options& chosen) {
  const std::regex filter(chosen.filter);
  std::vector<growing_kernel> selected;
  std::copy_if(kernels.begin(), kernels.end(), std::back_inserter(selected),
               [&](const growing_kernel& k) { return std::regex_search(k.name, filter); });
  if (selected.empty()) {
    std::cerr << "no kernel matches\n";
    return 1;
  }
  const vn::execution exec{
      .threads = chosen.threads > 0
                     ? chosen.threads
                     : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())),
      .stop = chosen.stop,
      .progress = {},
      .log = {}};
  std::vector<std::vector<point>> points(selected.size());
  vn::table table{.columns = {{"kernel"}}};
  const auto run_scale = [&](int scale) {
    table.columns.push_back({fmt::format("scale {}", scale), vn::alignment::right});
    const auto step = static_cast<std::size_t>(scale - chosen.first_scale);
    const auto goes_on = [&](std::size_t i) {
      return points[i].size() == step && !too_slow(points[i], chosen.seconds_a_run);
    };
    std::optional<vn::edge_list> edges;
    for (const growing_graph kind :
         {growing_graph::undirected, growing_graph::directed, growing_graph::with_lengths}) {
      std::vector<std::size_t> due;
      for (std::size_t i = 0; i < selected.size(); ++i) {
        if (selected[i].on == kind && goes_on(i)) due.push_back(i);
      }
      if (due.empty()) continue;
      if (!edges) edges = vn::rmat_edges({.scale = scale}, exec);
      const vn::graph graph = make_graph(*edges, kind, exec);
      const growth_input input{*edges, graph, busiest(graph)};
      for (const std::size_t i : due) {
        std::cerr << selected[i].name << ", scale " << scale << std::flush;
        if (selected[i].prepare) selected[i].prepare(input);
        cost best = measure(selected[i], input, exec);
        for (int again = 0; again < 2 && best.seconds < 2.0; ++again) {
          const cost other = measure(selected[i], input, exec);
          best = {std::min(best.seconds, other.seconds), std::max(best.bytes, other.bytes)};
        }
        const auto arcs = static_cast<double>(graph.arc_count());
        points[i].push_back({arcs, best});
        std::cerr << fmt::format(": {}, {:.3g} bytes an arc", time_text(best.seconds),
                                 best.bytes / arcs)
                  << std::endl;
      }
    }
  };
  try {
    for (int scale = chosen.first_scale; scale <= chosen.last_scale; ++scale) run_scale(scale);
  } catch (const vn::cancelled&) {
    std::cerr << ": stopped" << std::endl;
  }
  table.columns.push_back({"exponent", vn::alignment::right});
  table.columns.push_back({"memory, bytes an arc", vn::alignment::right});
  for (std::size_t i = 0; i < selected.size(); ++i) {
    std::vector<std::string> row{selected[i].name};
    for (const point& p : points[i]) row.push_back(time_text(p.cost.seconds));
    row.resize(table.columns.size() - 2, "-");
    const std::optional<double> x = exponent(points[i]);
    row.push_back(x ? vn::format_number(*x, 3) : "-");
    // Of the largest graph: small ones lie in memory that the process had anyway.
    row.push_back(points[i].empty()
                      ? "-"
                      : vn::format_number(points[i].back().cost.bytes / points[i].back().arcs, 3));
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      fmt::format("R-MAT, edge factor 16, simple, undirected unless the row says directed; {} "
                  "threads; the shortest of up to three runs; '-': would take more than {} s{}.",
                  exec.threads, chosen.seconds_a_run,
                  chosen.stop.stop_requested() ? ", or the run was stopped before" : ""),
      "Memory is what the process held at most beyond the graph, on the largest graph of the row."};
  std::cout << vn::render(table,
                          chosen.markdown ? vn::table_format::markdown : vn::table_format::text);
  return 0;
}

}  // namespace bench
