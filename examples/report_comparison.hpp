// What the programs that reproduce a report share: reading its printed tables, and showing them
// beside what was computed, with every difference.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <valuenet/network/accounting.hpp>
#include <valuenet/network/published.hpp>
#include <valuenet/network/rankings.hpp>
#include <valuenet/network/sectors.hpp>
#include <valuenet/report/table.hpp>

namespace report {

namespace vn = valuenet;

using row = std::map<std::string, std::string>;

inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
  return cells;
}

/// The rows by column name; the published tables quote nothing.
inline std::vector<row> read(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error("cannot read " + file);
  const std::vector<std::string> header = cells_of(line);
  std::vector<row> rows;
  while (std::getline(in, line)) {
    std::vector<std::string> cells = cells_of(line);
    cells.resize(header.size());
    row one;
    for (std::size_t i = 0; i < header.size(); ++i) one[header[i]] = cells[i];
    rows.push_back(one);
  }
  return rows;
}

inline std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

inline int digits_of(const std::string& printed) {
  const std::size_t point = printed.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

/// How many figures were compared, over all tables of a report.
struct tally {
  std::size_t figures = 0;
  std::size_t equal = 0;
  std::size_t not_computed = 0;
};

/// A table of published | computed | difference.
class comparison {
 public:
  comparison(tally& all, std::string title) : all_(&all) {
    shown_.title = std::move(title);
    shown_.columns = {{"what", vn::alignment::left},
                      {"published", vn::alignment::right},
                      {"computed", vn::alignment::right},
                      {"difference", vn::alignment::right},
                      {"remark", vn::alignment::left}};
  }

  /// `decimals`: digits to show, where the printed number has fewer than it means (100 for 100.0).
  void add(const std::string& what, const std::string& published, std::optional<double> computed,
           const std::string& remark = "", int decimals = 0) {
    ++all_->figures;
    const int digits = std::max(decimals, digits_of(published));
    if (!computed) {
      ++all_->not_computed;
      shown_.rows.push_back({what, published, "-", "-", remark});
      return;
    }
    const double value = *computed;
    const bool equal = vn::reproduces(value, published);
    if (equal) ++all_->equal;
    const double difference = value - std::stod(published);
    std::string off = equal ? fixed(0.0, digits) : fixed(difference, digits);
    // What would read 0 but is not.
    if (!equal && std::stod(off) == 0.0) off = fixed(difference, digits + 1);
    shown_.rows.push_back({what, published, fixed(value, digits), off, remark});
  }

  void note(const std::string& text) { shown_.notes.push_back(text); }
  void print() const { std::cout << vn::render(shown_) << "\n"; }

 private:
  tally* all_;
  vn::table shown_{};
};

inline void print_tally(const tally& all) {
  std::cout << all.figures << " printed figures: " << all.equal << " computed as printed, "
            << all.figures - all.equal - all.not_computed << " not, " << all.not_computed
            << " not in the network.\n";
}

inline double to_double(std::uint64_t value) {
  return static_cast<double>(value);
}

/// A share in per cent of a count; nothing where there is nothing to share.
inline std::optional<double> percent(std::optional<double> part, std::optional<double> whole) {
  if (!part || !whole || *whole <= 0.0) return std::nullopt;
  return 100.0 * *part / *whole;
}

/// Relations of one group: 0 for a group that does not occur, nothing where no relation has a
/// group.
inline std::optional<double> count_of(const vn::relation_counts& counts, std::string_view label) {
  if (counts.total <= 0.0) return std::nullopt;
  for (std::size_t i = 0; i < counts.rows.size(); ++i) {
    if (counts.rows[i] == label) return counts.row_totals[i];
  }
  return 0.0;
}

/// The sum of two counts, where both are known.
inline std::optional<double> sum_of(std::optional<double> a, std::optional<double> b) {
  if (!a || !b) return std::nullopt;
  return *a + *b;
}

/// Nobody is in a group: what the network does not tell.
inline vn::grouping no_groups(const vn::value_network& network) {
  return {.name = "",
          .labels = {},
          .group = std::vector<std::uint32_t>(network.actor_count(), vn::no_group)};
}

/// The industries at the level that has this word (tertiary, 制造业, 汽车制造业): by a column of
/// their own where there is one, else as the classification has the actors' industries.
inline vn::grouping industries_with(const vn::value_network& network, const std::string& word) {
  for (const char* column : {"industry_class", "industry", "division"}) {
    const vn::text_column* given = vn::find_column(network.actors(), column);
    if (given != nullptr && given->words().find(word)) return vn::group_actors(network, column);
  }
  if (!network.actors().industry.is_given()) return no_groups(network);
  for (const vn::industry_level level :
       {vn::industry_level::sector, vn::industry_level::section, vn::industry_level::division}) {
    vn::grouping groups = vn::group_by_industry(network, level);
    const auto& labels = groups.labels;
    if (std::find(labels.begin(), labels.end(), word) != labels.end()) return groups;
  }
  return no_groups(network);
}

/// Without blanks, and under the one name where tables use two: one table prints OPPO in Cyrillic
/// letters.
inline std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != ' ') plain += c;
  }
  if (plain == "\u041e\u0420\u0420\u041e") return "OPPO";
  return plain == "用友" ? "用友软件" : plain;
}

/// Every actor's value and rank by name.
struct ranked_names {
  std::map<std::string, vn::ranked_actor> by_name{};
  /// How many share a rank.
  std::map<std::size_t, std::size_t> ties{};

  ranked_names(const vn::value_network& network, const vn::ranking_result& ranking) {
    for (const vn::ranked_actor& each : ranking.actors) {
      by_name.emplace(plain_name(network.label(each.actor)), each);
      ++ties[each.rank];
    }
  }

  /// "" where the printed rank can be this actor's: a report gives tied ones successive ranks.
  [[nodiscard]] std::string rank_remark(const vn::ranked_actor& actor, std::size_t printed) const {
    const bool fits = printed >= actor.rank && printed < actor.rank + ties.at(actor.rank);
    return fits ? "" : "ranks " + std::to_string(actor.rank);
  }
};

/// One row of a printed ranking: the node's figure here, and its rank where that is another.
inline void add_ranked(comparison& table, const ranked_names& names, const std::string& node,
                       const std::string& published, std::size_t rank, const std::string& what) {
  const auto found = names.by_name.find(plain_name(node));
  const std::string title = std::to_string(rank) + " " + node + what;
  if (found == names.by_name.end()) {
    table.add(title, published, std::nullopt, "no such node");
    return;
  }
  table.add(title, published, found->second.value, names.rank_remark(found->second, rank));
}

}  // namespace report
