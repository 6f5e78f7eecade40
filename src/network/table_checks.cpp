#include "valuenet/network/table_checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "detail/look_alikes.hpp"

namespace valuenet {
namespace {

constexpr double slack = 1e-9;

std::string shown(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

/// Where a sum, known to +-reach, stands to a printed number: equal, equal but for rounding, or
/// not.
enum class agreement : std::uint8_t { equal, rounding, different };

agreement compare(double computed, double reach, const printed_number& printed) {
  const double off = std::abs(computed - printed.value);
  const double scale = slack * std::max(1.0, std::abs(printed.value));
  if (off <= scale) return agreement::equal;
  return off <= reach + printed.half_unit + scale ? agreement::rounding : agreement::different;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_total_name(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{"total", "Total", "合计", "总计",
                                                  "总和",  "全部",  "TOTAL"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

class checker {
 public:
  checker(const printed_table& table, std::vector<finding>& findings)
      : table_(table), findings_(findings) {
    for (const auto& row : table.rows) {
      if (row.size() != table.columns.size()) {
        throw std::invalid_argument("check_tables: a row of " + table.name + " has " +
                                    std::to_string(row.size()) + " cells, the header " +
                                    std::to_string(table.columns.size()));
      }
      std::vector<std::optional<printed_number>> numbers;
      for (const std::string& cell : row) numbers.push_back(parse_printed(cell));
      numbers_.push_back(std::move(numbers));
    }
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      std::size_t given = 0;
      std::size_t numeric = 0;
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        given += table.rows[r][c].empty() ? 0 : 1;
        numeric += numbers_[r][c] ? 1 : 0;
      }
      const std::string& name = table.columns[c];
      const bool names_rows = name == "rank" || name == "year" || has(name, "top_");
      if (numeric != 0 && numeric == given) {
        if (!names_rows) (is_percent(c) ? percents_ : amounts_).push_back(c);
        if (names_rows) keys_.push_back(c);
      } else {
        texts_.push_back(c);
      }
    }
  }

  void check() {
    if (is_statistics()) {
      check_statistics();
    } else {
      check_row_sums();
      check_total_rows();
      check_nested();
      check_percents();
      check_shares();
      check_repeats();
    }
    check_names();
  }

  /// Sums that another table may have meant too, each with what it is.
  struct table_sum {
    const printed_table* table;
    std::string what;
    double value;
  };
  void collect_sums(std::vector<table_sum>& sums) const {
    if (is_statistics()) {
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        if (numbers_[r][1]) {
          sums.push_back({&table_, "the printed " + table_.rows[r][0], numbers_[r][1]->value});
        }
      }
      return;
    }
    for (const std::size_t c : amounts_) {
      if (table_.columns[c] != "relations" && table_.columns[c] != "edges" &&
          table_.columns[c] != "nodes" && table_.columns[c] != "patents") {
        continue;
      }
      double all = 0.0;
      std::map<std::string, double> by_first;
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        if (!numbers_[r][c] || is_total_row(r)) continue;
        all += numbers_[r][c]->value;
        if (texts_.size() > 1) by_first[table_.rows[r][texts_[0]]] += numbers_[r][c]->value;
      }
      sums.push_back({&table_, "the sum of " + table_.columns[c], all});
      for (const auto& [group, value] : by_first) {
        sums.push_back({&table_, "the sum of " + table_.columns[c] + " of " + group, value});
      }
    }
  }

 private:
  [[nodiscard]] bool is_statistics() const {
    return table_.columns.size() == 2 &&
           (table_.columns[0] == "statistic" || table_.columns[0] == "fact");
  }
  [[nodiscard]] bool is_percent(std::size_t column) const {
    const std::string& name = table_.columns[column];
    if (has(name, "percent") || has(name, "share") || has(name, "%") || has(name, "占比")) {
      return name != "percent_or_count";
    }
    return std::any_of(table_.rows.begin(), table_.rows.end(), [&](const auto& row) {
      return !row[column].empty() && row[column].back() == '%';
    });
  }
  /// Means do not add up.
  [[nodiscard]] bool is_mean(std::size_t column) const {
    const std::string& name = table_.columns[column];
    return has(name, "mean") || has(name, "average") || has(name, "均");
  }
  [[nodiscard]] bool is_total_row(std::size_t row) const {
    return std::any_of(texts_.begin(), texts_.end(),
                       [&](std::size_t c) { return is_total_name(table_.rows[row][c]); });
  }
  /// The texts of a row but the last: the group whose parts the last one names.
  [[nodiscard]] std::string group_of(std::size_t row) const {
    std::string group;
    for (std::size_t i = 0; i + 1 < texts_.size(); ++i) {
      group += (group.empty() ? "" : ", ") + table_.rows[row][texts_[i]];
    }
    return group;
  }
  [[nodiscard]] std::string name_of(std::size_t row) const {
    for (const std::size_t c : texts_) {
      if (!table_.rows[row][c].empty()) {
        std::string name = group_of(row);
        return name + (name.empty() ? "" : ", ") + table_.rows[row][texts_.back()];
      }
    }
    return "row " + std::to_string(row + 1);
  }
  void say(finding_grade grade, const char* rule, const std::string& where,
           std::string message) const {
    findings_.push_back(
        {grade, rule, table_.name + (where.empty() ? "" : ": " + where), std::move(message), 1});
  }
  void say(agreement how, const char* rule, const std::string& where, std::string message) const {
    if (how == agreement::equal) return;
    if (how == agreement::rounding) message += " (rounding explains it)";
    say(how == agreement::rounding ? finding_grade::rounding : finding_grade::contradiction, rule,
        where, std::move(message));
  }

  /// The value of a row named so in a table of statistics.
  [[nodiscard]] std::optional<printed_number> statistic(const std::string& name) const {
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      if (table_.rows[r][0] == name) return numbers_[r][1];
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<printed_number> cell(std::size_t row, std::string_view column) const {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (table_.columns[c] == column) return numbers_[row][c];
    }
    return std::nullopt;
  }

  template <class Lookup>
  void check_network_figures(const std::string& where, Lookup&& look) const {
    const auto nodes = look("nodes");
    const auto edges = look("edges");
    const auto sample = look("sample_nodes");
    const auto relation = look("relation_nodes");
    if (nodes && sample && relation) {
      const double sum = sample->value + relation->value;
      say(compare(sum, 0.0, *nodes), "nodes", where,
          "sample_nodes + relation_nodes = " + shown(sum) + ", printed nodes " +
              shown(nodes->value));
    }
    if (!nodes || !edges || nodes->value <= 1.0) return;
    const auto derived = [&](const char* name, double value, const char* formula) {
      auto printed = look(name);
      // A fraction printed without decimals is rounded to a whole number.
      if (printed && printed->half_unit == 0.0) printed->half_unit = 0.5;
      if (printed && compare(value, 0.0, *printed) == agreement::different) {
        say(finding_grade::contradiction, name, where,
            std::string(formula) + " = " + shown(value) + ", printed " + name + ' ' +
                shown(printed->value));
      }
    };
    derived("average_degree", edges->value / nodes->value, "edges / nodes");
    derived("density", edges->value / (nodes->value * (nodes->value - 1.0)),
            "edges / (nodes (nodes - 1))");
  }

  void check_statistics() const {
    check_network_figures("", [&](const char* name) { return statistic(name); });
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const std::string& within = table_.rows[r][0];
      const std::size_t at = within.find("_within_");
      if (at == std::string::npos) continue;
      const std::string name = within.substr(0, at);
      // venture_deals = venture_deals_within_city + venture_deals_across_cities
      const std::string across = name + "_across_" + within.substr(at + 8, 3);
      for (std::size_t other = 0; other < table_.rows.size(); ++other) {
        if (!table_.rows[other][0].starts_with(across)) continue;
        const auto whole = statistic(name);
        if (!whole || !numbers_[r][1] || !numbers_[other][1]) continue;
        const double sum = numbers_[r][1]->value + numbers_[other][1]->value;
        say(compare(sum, numbers_[r][1]->half_unit + numbers_[other][1]->half_unit, *whole),
            "parts", name,
            within + " + " + table_.rows[other][0] + " = " + shown(sum) + ", printed " +
                shown(whole->value));
      }
    }
  }

  /// Finds columns that are sums of a run of others, from the rows themselves, and the rows where
  /// they are not.
  void check_row_sums() const {
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      check_network_figures(name_or_year(r), [&](const char* name) { return cell(r, name); });
    }
    for (const auto* columns : {&amounts_, &percents_}) {
      for (const std::size_t whole : *columns) {
        // Of the runs that fit, the one that fits the most rows, and of these the longest.
        row_sum_rule best;
        for (std::size_t first = 0; first < columns->size(); ++first) {
          for (std::size_t last = first + 1; last < columns->size(); ++last) {
            row_sum_rule rule = try_row_sum(*columns, whole, first, last);
            const auto merit = [](const row_sum_rule& r) {
              return std::tuple{r.equal, r.fits, r.last - r.first};
            };
            if (rule.fits >= 2 && merit(rule) > merit(best)) best = std::move(rule);
          }
        }
        for (const row_sum_miss& each : best.misses) {
          say(each.how, "row_sum", name_or_year(each.row),
              table_.columns[(*columns)[best.first]] + " to " +
                  table_.columns[(*columns)[best.last]] + " add up to " + shown(each.sum) +
                  ", printed " + table_.columns[whole] + ' ' +
                  shown(numbers_[each.row][whole]->value));
        }
      }
    }
  }
  [[nodiscard]] std::string name_or_year(std::size_t row) const {
    return keys_.empty() || !texts_.empty()
               ? name_of(row)
               : table_.columns[keys_[0]] + ' ' + table_.rows[row][keys_[0]];
  }
  struct row_sum_miss {
    std::size_t row = 0;
    double sum = 0.0;
    agreement how = agreement::equal;
  };
  struct row_sum_rule {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t equal = 0;
    std::size_t fits = 0;
    std::vector<row_sum_miss> misses;
  };
  /// Nothing fits unless three rows in four do, and two at least: one alone may be chance.
  [[nodiscard]] row_sum_rule try_row_sum(const std::vector<std::size_t>& columns, std::size_t whole,
                                         std::size_t first, std::size_t last) const {
    row_sum_rule rule{.first = first, .last = last, .misses = {}};
    if (table_.columns[whole] == "nodes") return rule;  // has a rule of its own
    std::size_t rows = 0;
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      double sum = 0.0;
      double reach = 0.0;
      bool is_complete = numbers_[r][whole].has_value();
      for (std::size_t i = first; is_complete && i <= last; ++i) {
        const auto& part = numbers_[r][columns[i]];
        is_complete = columns[i] != whole && part.has_value();
        if (!is_complete) break;
        sum += part->value;
        reach += part->half_unit;
      }
      if (!is_complete) continue;
      ++rows;
      const agreement how = compare(sum, reach, *numbers_[r][whole]);
      rule.equal += how == agreement::equal ? 1 : 0;
      rule.fits += how == agreement::different ? 0 : 1;
      if (how != agreement::equal) rule.misses.push_back({r, sum, how});
    }
    if (rule.fits < 2 || 4 * rule.fits < 3 * rows) return {};
    return rule;
  }

  void check_total_rows() const {
    for (std::size_t total = 0; total < numbers_.size(); ++total) {
      if (!is_total_row(total)) continue;
      for (const std::size_t c : amounts_) {
        if (!numbers_[total][c] || is_mean(c)) continue;
        double sum = 0.0;
        double reach = 0.0;
        for (std::size_t r = 0; r < total; ++r) {
          if (!numbers_[r][c] || is_total_row(r)) continue;
          sum += numbers_[r][c]->value;
          reach += numbers_[r][c]->half_unit;
        }
        say(compare(sum, reach, *numbers_[total][c]), "total_row", table_.columns[c],
            "the rows add up to " + shown(sum) + ", printed total " +
                shown(numbers_[total][c]->value));
      }
    }
  }

  /// Columns name1, weight1, name2, weight2, ...: parts under their wholes.
  void check_nested() const {
    if (!keys_.empty()) return;  // rankings side by side, each with its own names
    for (std::size_t level = 0; level + 1 < texts_.size(); ++level) {
      const std::size_t name = texts_[level];
      const std::size_t part_name = texts_[level + 1];
      if (part_name != name + 2 || part_name + 1 >= table_.columns.size()) continue;
      const auto is_amount = [&](std::size_t c) {
        return std::find(amounts_.begin(), amounts_.end(), c) != amounts_.end();
      };
      if (!is_amount(name + 1) || !is_amount(part_name + 1)) continue;
      struct group {
        std::optional<printed_number> whole;
        std::map<std::string, std::optional<printed_number>> parts;
      };
      std::map<std::string, group> groups;
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        group& in = groups[table_.rows[r][name]];
        if (numbers_[r][name + 1]) in.whole = numbers_[r][name + 1];
        in.parts[table_.rows[r][part_name]] = numbers_[r][part_name + 1];
      }
      for (const auto& [label, in] : groups) {
        double sum = 0.0;
        double reach = 0.0;
        bool complete = in.whole.has_value();
        for (const auto& [part, number] : in.parts) {
          complete = complete && number.has_value();
          if (!number) continue;
          sum += number->value;
          reach += number->half_unit;
        }
        if (!complete) {
          say(finding_grade::doubt, "missing_number", label,
              std::string(in.whole ? "a part has" : "it has") +
                  " no number; the parts that have "
                  "one add up to " +
                  shown(sum) + (in.whole ? ", the whole is " + shown(in.whole->value) : ""));
          continue;
        }
        say(compare(sum, reach, *in.whole), "nested_sum", label,
            "its parts add up to " + shown(sum) + ", printed " + shown(in.whole->value));
      }
    }
  }

  void check_percents() const {
    for (const std::size_t c : percents_) {
      struct group {
        double sum = 0.0;
        double reach = 0.0;
        std::size_t rows = 0;
      };
      std::map<std::string, group> groups;
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        if (!numbers_[r][c] || is_total_row(r)) continue;
        group& in = groups[group_of(r)];
        in.sum += numbers_[r][c]->value;
        in.reach += std::max(numbers_[r][c]->half_unit, 0.0);
        ++in.rows;
      }
      // Places of one scope nest in another, and a top list is not all: only what comes near 100
      // was meant to be all.
      for (const auto& [label, in] : groups) {
        if (in.rows < 2 || in.sum < 99.0 || in.sum > 101.0) continue;
        say(compare(in.sum, in.reach, {100.0, 0.0}), "percent_sum", label,
            table_.columns[c] + " of " + std::to_string(in.rows) + " rows adds up to " +
                shown(in.sum));
      }
    }
  }

  /// Count and percentage side by side: each pair gives an interval for the denominator; the point
  /// that most intervals hold is the denominator, and a row whose interval does not hold it is off.
  void check_shares() const {
    if (amounts_.empty() || percents_.empty()) return;
    for (const std::size_t percent : percents_) {
      std::size_t amount = table_.columns.size();
      for (const std::size_t c : amounts_) {
        if (c < percent) amount = c;
      }
      if (amount == table_.columns.size() || amount + 1 != percent) continue;
      std::map<std::string, std::vector<std::size_t>> groups;
      for (std::size_t r = 0; r < numbers_.size(); ++r) {
        if (numbers_[r][amount] && numbers_[r][percent] && numbers_[r][percent]->value > 0.0) {
          groups[group_of(r)].push_back(r);
        }
      }
      for (const auto& [label, rows] : groups) check_share_group(rows, amount, percent);
    }
  }
  void check_share_group(const std::vector<std::size_t>& rows, std::size_t amount,
                         std::size_t percent) const {
    if (rows.size() < 3) return;
    const auto interval = [&](std::size_t row) {
      const printed_number& count = *numbers_[row][amount];
      const printed_number& share = *numbers_[row][percent];
      const double low = 100.0 * count.value / (share.value + share.half_unit);
      const double high = share.value > share.half_unit
                              ? 100.0 * count.value / (share.value - share.half_unit)
                              : std::numeric_limits<double>::infinity();
      return std::pair{low * (1.0 - slack), high * (1.0 + slack)};
    };
    double best_low = 0.0;
    double best_high = 0.0;
    std::size_t most = 0;
    for (const std::size_t candidate : rows) {
      const double point = interval(candidate).first;
      std::size_t holding = 0;
      double high = std::numeric_limits<double>::infinity();
      for (const std::size_t row : rows) {
        const auto [low, up] = interval(row);
        if (low > point || up < point) continue;
        ++holding;
        high = std::min(high, up);
      }
      if (holding > most) {
        most = holding;
        best_low = point;
        best_high = high;
      }
    }
    if (most < 2 || 2 * most <= rows.size()) return;
    for (const std::size_t row : rows) {
      const auto [low, up] = interval(row);
      if (low <= best_low && up >= best_low) continue;
      say(finding_grade::contradiction, "share", name_of(row),
          shown(numbers_[row][amount]->value) + " is printed as " + table_.rows[row][percent] +
              "%, of the denominator that " + std::to_string(most) + " other rows imply (" +
              shown(std::ceil(best_low)) + " to " + shown(std::floor(best_high)) + ") it is " +
              shown(100.0 * numbers_[row][amount]->value / best_low).substr(0, 6) + '%');
    }
  }

  void check_repeats() const {
    if (!keys_.empty()) return;  // a ranking side by side
    std::map<std::string, std::vector<std::size_t>> seen;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      if (!texts_.empty()) seen[name_of(r)].push_back(r);
    }
    for (const auto& [name, rows] : seen) {
      if (rows.size() < 2) continue;
      std::string message = "printed in " + std::to_string(rows.size()) + " rows";
      if (!amounts_.empty()) {
        message += ':';
        for (const std::size_t row : rows) message += ' ' + table_.rows[row][amounts_[0]];
      }
      say(finding_grade::contradiction, "repeated_row", name, std::move(message));
    }
  }

  void check_names() const {
    for (const auto& row : table_.rows) {
      for (const std::string& cell : row) {
        if (!detail::is_look_alike(cell)) continue;
        say(finding_grade::doubt, "look_alike", cell,
            "has Cyrillic or Greek letters that look like Latin ones (" + detail::latin_form(cell) +
                ')');
      }
    }
  }

  const printed_table& table_;
  std::vector<finding>& findings_;
  std::vector<std::vector<std::optional<printed_number>>> numbers_;
  std::vector<std::size_t> texts_;
  std::vector<std::size_t> amounts_;
  std::vector<std::size_t> percents_;
  std::vector<std::size_t> keys_;
};

}  // namespace

std::optional<printed_number> parse_printed(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ',' && c != ' ') digits += c;
  }
  if (!digits.empty() && digits.back() == '%') digits.pop_back();
  if (digits.empty()) return std::nullopt;
  printed_number number;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (error != std::errc{} || end != digits.data() + digits.size() ||
      !std::isfinite(number.value)) {
    return std::nullopt;
  }
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) {
    const auto decimals = static_cast<double>(digits.size() - point - 1);
    number.half_unit = 0.5 * std::pow(10.0, -decimals);
  }
  return number;
}

std::vector<finding> check_tables(const std::vector<printed_table>& tables,
                                  const table_check_options& options) {
  if (!(options.near >= 0.0 && options.near <= 0.1)) {
    throw std::invalid_argument("check_tables: near = " + std::to_string(options.near) +
                                " is outside [0, 0.1]");
  }
  std::vector<finding> findings;
  std::vector<checker::table_sum> sums;
  for (const printed_table& table : tables) {
    checker each(table, findings);
    each.check();
    each.collect_sums(sums);
  }
  constexpr double least = 1000.0;  // among small numbers near misses are chance
  for (std::size_t i = 0; i < sums.size(); ++i) {
    for (std::size_t j = i + 1; j < sums.size(); ++j) {
      if (sums[i].table == sums[j].table) continue;
      for (const auto& [a, b, twice] : {std::tuple{i, j, 1.0}, {i, j, 2.0}, {j, i, 2.0}}) {
        const double other = twice * sums[b].value;
        const double off = std::abs(sums[a].value - other);
        if (sums[a].value < least || other < least || off == 0.0 ||
            off > options.near * std::max(sums[a].value, other)) {
          continue;
        }
        findings.push_back(
            {finding_grade::doubt, "near_total", sums[a].table->name + ", " + sums[b].table->name,
             sums[a].what + " is " + shown(sums[a].value) + ", " + (twice > 1.0 ? "twice " : "") +
                 sums[b].what + " is " + shown(other) + ": they miss each other by " + shown(off),
             1});
      }
    }
  }
  return findings;
}

}  // namespace valuenet
