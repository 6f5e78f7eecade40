#include "valuenet/report/summary_report.hpp"

#include "valuenet/version.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace valuenet {
namespace {

using json = nlohmann::ordered_json;

std::string_view direction_name(direction value) {
  return value == direction::directed ? "directed" : "undirected";
}

std::string value_text(const statistic& s) {
  if (!s.value) return "undefined";
  if (s.is_count) return format_count(static_cast<std::uint64_t>(*s.value));
  return format_number(*s.value);
}

const published_value* find(const std::vector<published_value>& published, std::string_view name) {
  const auto found = std::find_if(published.begin(), published.end(),
                                  [&](const published_value& p) { return p.name == name; });
  return found == published.end() ? nullptr : &*found;
}

/// Why no network has the published average degree: what its published edges and nodes make of it.
std::optional<std::string> degree_contradiction(const std::vector<published_value>& published) {
  const published_value* degree = find(published, "average_degree");
  const published_value* nodes = find(published, "nodes");
  const published_value* edges = find(published, "edges");
  if (degree == nullptr || nodes == nullptr || edges == nullptr) return std::nullopt;
  const double n = std::strtod(nodes->printed.c_str(), nullptr);
  const double m = std::strtod(edges->printed.c_str(), nullptr);
  if (n <= 0.0 || reproduces(m / n, degree->printed) || reproduces(2 * m / n, degree->printed)) {
    return std::nullopt;
  }
  return fmt::format(
      "The published average degree {} cannot be had from the published {} edges and {} nodes: "
      "edges / nodes = {:.3f}, 2 edges / nodes = {:.3f}.",
      degree->printed, edges->printed, nodes->printed, m / n, 2 * m / n);
}

/// A search ends elsewhere in each run and tool: by how much its third digit may differ.
constexpr double search_tolerance = 0.005;

std::string verdict(const statistic& s, const published_value& one,
                    const std::vector<published_value>& published) {
  if (!s.value) return "undefined";
  if (reproduces(*s.value, one.printed)) return "yes";
  const double printed = std::strtod(one.printed.c_str(), nullptr);
  if (s.seed && std::abs(*s.value - printed) <= search_tolerance) return "within 0.005";
  // A weighted degree printed like the other says that weights are 1: the same contradiction.
  const published_value* degree = find(published, "average_degree");
  if ((s.name == "average_degree" || (s.name == "average_weighted_degree" && degree != nullptr &&
                                      degree->printed == one.printed)) &&
      degree_contradiction(published)) {
    return "impossible";
  }
  return "NO";
}

json number_json(const statistic& s) {
  if (!s.value) return nullptr;
  if (s.is_count) return static_cast<std::uint64_t>(*s.value);
  return *s.value;
}

json statistics_json(const summary_result& summary, const std::vector<published_value>& published) {
  json out = json::object();
  for (const statistic& s : summary.statistics) {
    json& one = out[s.name];
    one["value"] = number_json(s);
    one["definition"] = s.definition;
    one["population"] = s.population;
    if (s.seed) one["seed"] = *s.seed;
    if (s.interval) one["interval"] = {s.interval->lower, s.interval->upper};
    if (const published_value* p = find(published, s.name)) {
      one["published"] = p->printed;
      one["reproduced"] = s.value && reproduces(*s.value, p->printed);
      one["verdict"] = verdict(s, *p, published);
    }
  }
  return out;
}

json reasons_json(const std::vector<reason_count>& reasons) {
  json out = json::object();
  for (const reason_count& r : reasons) out[r.reason] = r.count;
  return out;
}

json import_json(const import_accounting& imported) {
  json out;
  out["actors"] = imported.actors;
  out["relations"] = imported.relations;
  out["rejected"] = imported.rejected_count;
  out["hash_name"] = imported.hash_name;
  out["files"] = json::array();
  for (const file_accounting& f : imported.files) {
    out["files"].push_back({{"file", f.file},
                            {"format", f.format},
                            {"encoding", f.encoding},
                            {"bytes", f.bytes},
                            {"hash", f.hash},
                            {"actor_rows", f.actor_rows},
                            {"relation_rows", f.relation_rows},
                            {"actors_kept", f.actors_kept},
                            {"relations_kept", f.relations_kept},
                            {"dropped", reasons_json(f.dropped)},
                            {"rejected", f.rejected},
                            {"notes", f.notes}});
  }
  out["first_rejected"] = json::array();
  for (const rejected_row& r : imported.rejected) {
    out["first_rejected"].push_back(
        {{"file", r.file}, {"line", r.line}, {"reason", r.reason}, {"text", r.text}});
  }
  return out;
}

json selection_json(const selection_accounting& s) {
  return {{"relations", s.relations},
          {"dropped", reasons_json(s.dropped)},
          {"selected", s.selected},
          {"mirrored", s.mirrored},
          {"merged", s.merged},
          {"dropped_loops", s.dropped_loops},
          {"edges", s.edges},
          {"actors", s.actors},
          {"actors_left_out", s.actors_left_out}};
}

std::string dump(const json& value) {
  // Text that is not UTF-8 cannot come in through a reader; from other callers it is replaced.
  return value.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

std::string dropped_text(const std::vector<reason_count>& dropped) {
  std::string text;
  for (const reason_count& r : dropped) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", format_count(r.count), r.reason);
  }
  return text.empty() ? "0" : text;
}

}  // namespace

table summary_table(const summary_result& summary, const std::vector<published_value>& published) {
  table t;
  t.title = fmt::format("Network statistics ({} convention, {})", to_string(summary.convention),
                        direction_name(summary.direction));
  t.columns = {{"statistic"}, {"value", alignment::right}};
  if (!published.empty()) {
    t.columns.push_back({"published", alignment::right});
    t.columns.push_back({"reproduced"});
  }
  t.columns.push_back({"definition"});
  t.columns.push_back({"population"});
  for (const statistic& s : summary.statistics) {
    std::vector<std::string> row{s.label_zh.empty() ? s.label : s.label + ' ' + s.label_zh,
                                 value_text(s)};
    if (!published.empty()) {
      const published_value* p = find(published, s.name);
      row.push_back(p != nullptr ? p->printed : "");
      row.push_back(p != nullptr ? verdict(s, *p, published) : "");
    }
    row.push_back(s.seed ? fmt::format("{}; seed {}", s.definition, *s.seed) : s.definition);
    row.push_back(s.population);
    t.rows.push_back(std::move(row));
  }
  for (const published_value& p : published) {
    if (summary.find(p.name) == nullptr) {
      t.notes.push_back(
          fmt::format("Published value {} = {}: no statistic has this name.", p.name, p.printed));
    }
  }
  if (const std::optional<std::string> why = degree_contradiction(published)) {
    t.notes.push_back(*why);
  }
  if (!summary.notice.empty()) t.notes.push_back("Made-up network: " + summary.notice);
  return t;
}

table conventions_table(const std::vector<reading>& readings,
                        const std::vector<published_value>& published) {
  table t;
  t.title = "The same network by each convention";
  t.columns.push_back({"statistic"});
  for (const reading& r : readings) t.columns.push_back({r.name, alignment::right});
  const std::vector<published_match> matches = match_published(readings, published);
  if (!published.empty()) {
    t.columns.push_back({"published", alignment::right});
    t.columns.push_back({"reproduced by"});
  }
  if (readings.empty()) return t;
  // A directed reading has lines that an undirected one lacks.
  const auto longest =
      std::max_element(readings.begin(), readings.end(), [](const reading& a, const reading& b) {
        return a.summary.statistics.size() < b.summary.statistics.size();
      });
  for (const statistic& s : longest->summary.statistics) {
    std::vector<std::string> row{s.label};
    for (const reading& r : readings) {
      const statistic* found = r.summary.find(s.name);
      row.push_back(found != nullptr ? value_text(*found) : "");
    }
    if (!published.empty()) {
      const auto match = std::find_if(matches.begin(), matches.end(),
                                      [&](const auto& m) { return m.published.name == s.name; });
      std::string who;
      if (match != matches.end()) {
        for (const std::size_t i : match->readings) {
          who += (who.empty() ? "" : ", ") + readings[i].name;
        }
        if (match->readings.size() == readings.size()) who = "all";
        if (match->readings.empty()) who = "none";
      }
      row.push_back(match != matches.end() ? match->published.printed : "");
      row.push_back(who);
    }
    t.rows.push_back(std::move(row));
  }
  for (const published_match& m : matches) {
    if (!m.known) {
      t.notes.push_back(fmt::format("Published value {} = {}: no statistic has this name.",
                                    m.published.name, m.published.printed));
    }
  }
  t.notes.push_back(
      "Modularity is the best of a search: no tool reproduces another's third digit for certain.");
  if (const std::string& notice = readings.front().summary.notice; !notice.empty()) {
    t.notes.push_back("Made-up network: " + notice);
  }
  return t;
}

std::vector<std::string> accounting_lines(const import_accounting& imported) {
  std::vector<std::string> lines;
  for (const file_accounting& f : imported.files) {
    std::string line =
        fmt::format("{}: {}, {}, {} bytes", f.file, f.format, f.encoding, format_count(f.bytes));
    if (!f.hash.empty()) line += fmt::format(", {} {}", imported.hash_name, f.hash);
    lines.push_back(std::move(line));
    lines.push_back(fmt::format(
        "  rows read {} = actors kept {} + relations kept {} + dropped {} + rejected {}",
        format_count(f.actor_rows + f.relation_rows), format_count(f.actors_kept),
        format_count(f.relations_kept), dropped_text(f.dropped), format_count(f.rejected)));
    for (const std::string& note : f.notes) lines.push_back("  note: " + note);
  }
  for (const rejected_row& r : imported.rejected) {
    lines.push_back(fmt::format("  rejected {}:{}: {}", r.file, r.line, r.reason));
  }
  if (imported.rejected_count > imported.rejected.size() && !imported.rejected.empty()) {
    lines.push_back(fmt::format("  ... and {} more rejected",
                                format_count(imported.rejected_count - imported.rejected.size())));
  }
  lines.push_back(fmt::format("network: {} actors, {} relations", format_count(imported.actors),
                              format_count(imported.relations)));
  return lines;
}

std::vector<std::string> accounting_lines(const selection_accounting& s) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("selection: relations {} = dropped {} + selected {}",
                              format_count(s.relations), dropped_text(s.dropped),
                              format_count(s.selected)));
  lines.push_back(fmt::format(
      "graph: selected {} + mirrored {} = edges {} + merged {} + dropped loops {}; actors {}, "
      "left out {}",
      format_count(s.selected), format_count(s.mirrored), format_count(s.edges),
      format_count(s.merged), format_count(s.dropped_loops), format_count(s.actors),
      format_count(s.actors_left_out)));
  return lines;
}

std::string summary_json(const summary_result& summary, const import_accounting& imported,
                         const selection_accounting& selected,
                         const std::vector<published_value>& published) {
  json out;
  out["valuenet"] = version();
  out["convention"] = to_string(summary.convention);
  out["direction"] = direction_name(summary.direction);
  if (!summary.notice.empty()) out["notice"] = summary.notice;
  out["statistics"] = statistics_json(summary, published);
  out["import"] = import_json(imported);
  out["selection"] = selection_json(selected);
  return dump(out);
}

std::string conventions_json(const std::vector<reading>& readings,
                             const import_accounting& imported,
                             const std::vector<published_value>& published) {
  json out;
  out["valuenet"] = version();
  out["readings"] = json::array();
  for (const reading& r : readings) {
    json one;
    one["name"] = r.name;
    one["convention"] = to_string(r.summary.convention);
    one["direction"] = direction_name(r.summary.direction);
    one["statistics"] = statistics_json(r.summary, published);
    out["readings"].push_back(std::move(one));
  }
  if (!readings.empty() && !readings.front().summary.notice.empty()) {
    out["notice"] = readings.front().summary.notice;
  }
  out["published"] = json::object();
  for (const published_match& m : match_published(readings, published)) {
    json names = json::array();
    for (const std::size_t i : m.readings) names.push_back(readings[i].name);
    out["published"][m.published.name] = {
        {"value", m.published.printed}, {"known", m.known}, {"reproduced_by", std::move(names)}};
  }
  out["import"] = import_json(imported);
  return dump(out);
}

}  // namespace valuenet
