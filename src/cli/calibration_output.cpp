#include "cli/calibration_output.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace valuenet::cli {
namespace {

std::string verdict(const calibration_line& line) {
  if (line.within) return "yes";
  return line.is_ruled_out ? "impossible" : "NO";
}

std::string year_text(const std::optional<int>& year) {
  return year ? fmt::format("{}", *year) : std::string();
}

/// The list that a line belongs to: its year and, of shares, the words before the colon.
std::string list_of(const calibration_line& line) {
  if (line.group == target_group::degrees) return "degrees of named actors";
  return line.target.substr(0, line.target.find(": "));
}

}  // namespace

table calibration_table(const calibration_report& report, const std::string& title, bool brief) {
  table t{.title = title,
          .columns = {{"year"},
                      {"target"},
                      {"wanted", alignment::right},
                      {"reached", alignment::right},
                      {"tolerance", alignment::right},
                      {"within"}}};
  const auto& lines = report.lines;
  for (std::size_t i = 0; i < lines.size();) {
    const calibration_line& line = lines[i];
    const bool is_list = line.group == target_group::degrees || line.group == target_group::shares;
    std::size_t end = i + 1;
    while (brief && is_list && end < lines.size() && lines[end].group == line.group &&
           list_of(lines[end]) == list_of(line)) {
      ++end;
    }
    const bool all_met = std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(i),
                                     lines.begin() + static_cast<std::ptrdiff_t>(end),
                                     [](const auto& each) { return each.within; });
    if (end - i > 1 && all_met) {
      double worst = 0.0;
      for (std::size_t j = i; j < end; ++j) {
        worst = std::max(worst, std::abs(*lines[j].reached - lines[j].wanted));
      }
      t.rows.push_back(
          {year_text(line.year), list_of(line),
           format_count(end - i) + (line.group == target_group::shares ? " shares" : " degrees"),
           worst > 0.0 ? fmt::format("at most {:.2f} off", worst) : "exact",
           format_number(line.tolerance), "yes"});
    } else {
      for (std::size_t j = i; j < end; ++j) {
        const calibration_line& each = lines[j];
        t.rows.push_back({year_text(each.year), each.target, format_number(each.wanted),
                          optional_text(each.reached), format_number(each.tolerance),
                          verdict(each)});
      }
    }
    i = end;
  }
  t.notes.push_back(fmt::format("{} of {} targets within tolerance.", format_count(report.met()),
                                format_count(report.lines.size())));
  for (const contradiction& each : report.contradictions) t.notes.push_back("- " + each.sentence);
  return t;
}

json calibration_json(const calibration_report& report) {
  json object;
  object["targets"] = report.lines.size();
  object["within"] = report.met();
  object["contradictions"] = json::array();
  for (const contradiction& each : report.contradictions) {
    object["contradictions"].push_back(each.sentence);
  }
  object["lines"] = json::array();
  for (const calibration_line& line : report.lines) {
    object["lines"].push_back({{"group", to_string(line.group)},
                               {"year", line.year ? json(*line.year) : json(nullptr)},
                               {"target", line.target},
                               {"wanted", line.wanted},
                               {"reached", optional_json(line.reached)},
                               {"tolerance", line.tolerance},
                               {"within", line.within},
                               {"ruled_out", line.is_ruled_out}});
  }
  return object;
}

table spread_table(const spread_result& spread, const std::string& title) {
  table t{.title = title,
          .columns = {{"statistic"},
                      {"least", alignment::right},
                      {"mean", alignment::right},
                      {"greatest", alignment::right},
                      {"deviation", alignment::right},
                      {"definition"}}};
  for (const statistic_spread& each : spread.statistics) {
    constexpr double many = 1e5;  // of so many the mean needs no decimals
    const double mean = each.mean < many ? each.mean : std::round(each.mean);
    t.rows.push_back({each.label + (each.label_zh.empty() ? "" : " " + each.label_zh),
                      format_number(each.least), format_number(mean), format_number(each.greatest),
                      format_number(each.deviation, 3), each.definition});
  }
  const std::size_t all = spread.met.size() + spread.missed.size();
  t.notes.push_back(fmt::format(
      "{} of {} networks meet every figure that can be had, and are "
      "compared{}.",
      format_count(spread.met.size()), format_count(all),
      spread.missed.empty()
          ? ""
          : fmt::format("; not those of the seeds {}", fmt::join(spread.missed, ", "))));
  return t;
}

json spread_json(const spread_result& spread) {
  json object;
  object["seeds"] = spread.met;
  object["missed_seeds"] = spread.missed;
  object["statistics"] = json::array();
  for (const statistic_spread& each : spread.statistics) {
    object["statistics"].push_back({{"name", each.name},
                                    {"label", each.label},
                                    {"label_zh", each.label_zh},
                                    {"definition", each.definition},
                                    {"least", each.least},
                                    {"mean", each.mean},
                                    {"greatest", each.greatest},
                                    {"deviation", each.deviation},
                                    {"values", each.values}});
  }
  return object;
}

}  // namespace valuenet::cli
