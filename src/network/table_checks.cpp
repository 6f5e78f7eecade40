#include "valuenet/network/table_checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "detail/look_alikes.hpp"
#include "network/printed_cells.hpp"

namespace valuenet {
namespace {

constexpr double slack = 1e-9;
/// Up to here every run of columns is tried as the parts of a sum; up to the other all the others.
constexpr std::size_t most_freely_summed = 48;
constexpr std::size_t most_summed_columns = 100000;

/// The number of rows that a title promises: 前三十, 前 20, TOP20. Nothing where it promises none.
std::optional<std::size_t> rows_of_title(std::string_view title) {
  constexpr std::array<std::string_view, 10> digits{"零", "一", "二", "三", "四",
                                                    "五", "六", "七", "八", "九"};
  constexpr std::size_t digit_bytes = 3;
  for (const std::string_view word : {"前", "top", "Top", "TOP"}) {
    for (std::size_t at = title.find(word); at != std::string_view::npos;
         at = title.find(word, at + 1)) {
      std::string_view rest = title.substr(at + word.size());
      while (!rest.empty() && (rest[0] == ' ' || rest[0] == '-')) rest.remove_prefix(1);
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
      if (error == std::errc{}) {
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        // 前 10% is a share.
        if (number > 0 && !rest.starts_with('%') && !rest.starts_with('.')) return number;
        continue;
      }
      std::size_t tens = 0;
      std::size_t ones = 0;
      bool is_ten = false;
      for (bool is_number = true; is_number;) {
        is_number = false;
        if (!is_ten && rest.starts_with("十")) {
          tens = ones == 0 ? 1 : ones;
          ones = 0;
          is_ten = is_number = true;
        } else if (ones == 0) {
          for (std::size_t d = 1; d < digits.size(); ++d) {
            if (!rest.starts_with(digits[d])) continue;
            ones = d;
            is_number = true;
          }
        }
        if (is_number) rest.remove_prefix(digit_bytes);
      }
      if (10 * tens + ones > 0) return 10 * tens + ones;
    }
  }
  return std::nullopt;
}

/// The rules that need one table only.
class checker {
 public:
  checker(const printed_cells& cells, std::vector<finding>& findings)
      : cells_(cells),
        table_(cells.table()),
        findings_(findings),
        texts_(cells.texts()),
        amounts_(cells.amounts()),
        percents_(cells.percents()),
        keys_(cells.keys()) {}

  void check() {
    if (cells_.is_statistics()) {
      check_statistics();
    } else {
      check_row_sums();
      check_total_rows();
      check_nested();
      check_percents();
      check_shares();
      check_shares_of();
      check_repeats();
      check_order();
      check_ranks();
    }
    check_title();
    check_names();
  }

 private:
  [[nodiscard]] const std::optional<printed_number>& number(std::size_t row, std::size_t c) const {
    return cells_.number(row, c);
  }
  /// Means do not add up.
  [[nodiscard]] bool is_mean(std::size_t column) const {
    const std::string& name = table_.columns[column];
    return has(name, "mean") || has(name, "average") || has(name, "均");
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
    for (std::size_t r = 0; r < cells_.row_count(); ++r) {
      if (table_.rows[r][0] == name) return number(r, 1);
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<printed_number> cell(std::size_t row, std::string_view column) const {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (table_.columns[c] == column) return number(row, c);
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
    std::map<std::string_view, std::size_t> row_of;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) row_of.try_emplace(table_.rows[r][0], r);
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const std::string_view within = table_.rows[r][0];
      const std::size_t at = within.find("_within_");
      if (at == std::string_view::npos || !number(r, 1)) continue;
      const std::string name(within.substr(0, at));
      const auto whole = row_of.find(name);
      if (whole == row_of.end() || !number(whole->second, 1)) continue;
      // venture_deals = venture_deals_within_city + venture_deals_across_cities
      const std::string across = name + "_across_" + std::string(within.substr(at + 8, 3));
      for (auto other = row_of.lower_bound(across);
           other != row_of.end() && other->first.starts_with(across); ++other) {
        if (!number(other->second, 1)) continue;
        const printed_number& one = *number(r, 1);
        const printed_number& two = *number(other->second, 1);
        const double sum = one.value + two.value;
        say(compare(sum, one.half_unit + two.half_unit, *number(whole->second, 1)), "parts", name,
            std::string(within) + " + " + std::string(other->first) + " = " + shown(sum) +
                ", printed " + shown(number(whole->second, 1)->value));
      }
    }
  }

  /// Finds columns that are sums of a run of others, from the rows themselves, and the rows where
  /// they are not.
  void check_row_sums() const {
    for (std::size_t r = 0; r < cells_.row_count(); ++r) {
      check_network_figures(name_or_year(r), [&](const char* name) { return cell(r, name); });
    }
    for (const auto* columns : {&amounts_, &percents_}) {
      const std::size_t n = columns->size();
      if (n > most_summed_columns) continue;
      for (std::size_t place = 0; place < n; ++place) {
        const std::size_t whole = (*columns)[place];
        // Of the runs that fit, the one that fits the most rows, and of these the longest.
        row_sum_rule best;
        const auto take = [&](std::size_t first, std::size_t last) {
          if (first <= place && place <= last) return;
          row_sum_rule rule = try_row_sum(*columns, whole, first, last);
          const auto merit = [](const row_sum_rule& r) {
            return std::tuple{r.equal, r.fits, r.last - r.first};
          };
          if (rule.fits >= 2 && merit(rule) > merit(best)) best = std::move(rule);
        };
        if (n <= most_freely_summed) {
          for (std::size_t first = 0; first < n; ++first) {
            for (std::size_t last = first + 1; last < n; ++last) take(first, last);
          }
        } else if (place + 1 == n) {  // of many columns a total stands first or last
          take(0, n - 2);
        } else if (place == 0) {
          take(1, n - 1);
        }
        for (const row_sum_miss& each : best.misses) {
          say(each.how, "row_sum", name_or_year(each.row),
              table_.columns[(*columns)[best.first]] + " to " +
                  table_.columns[(*columns)[best.last]] + " add up to " + shown(each.sum) +
                  ", printed " + table_.columns[whole] + ' ' +
                  shown(number(each.row, whole)->value));
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
    for (std::size_t r = 0; r < cells_.row_count(); ++r) {
      double sum = 0.0;
      double reach = 0.0;
      bool is_complete = number(r, whole).has_value();
      for (std::size_t i = first; is_complete && i <= last; ++i) {
        const auto& part = number(r, columns[i]);
        is_complete = part.has_value();
        if (!is_complete) break;
        sum += part->value;
        reach += part->half_unit;
      }
      if (!is_complete) continue;
      ++rows;
      const agreement how = compare(sum, reach, *number(r, whole));
      rule.equal += how == agreement::equal ? 1 : 0;
      rule.fits += how == agreement::different ? 0 : 1;
      if (4 * (rows - rule.fits) > cells_.row_count()) return {};  // too many already
      if (how != agreement::equal) rule.misses.push_back({r, sum, how});
    }
    if (rule.fits < 2 || 4 * rule.fits < 3 * rows) return {};
    return rule;
  }

  void check_total_rows() const {
    for (const std::size_t c : amounts_) {
      if (is_mean(c)) continue;
      double sum = 0.0;
      double reach = 0.0;
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        if (!number(r, c)) continue;
        if (!cells_.is_total_row(r)) {
          sum += number(r, c)->value;
          reach += number(r, c)->half_unit;
          continue;
        }
        say(compare(sum, reach, *number(r, c)), "total_row", table_.columns[c],
            "the rows add up to " + shown(sum) + ", printed total " + shown(number(r, c)->value));
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
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        group& in = groups[table_.rows[r][name]];
        if (number(r, name + 1)) in.whole = number(r, name + 1);
        in.parts[table_.rows[r][part_name]] = number(r, part_name + 1);
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
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        if (!number(r, c) || cells_.is_total_row(r)) continue;
        group& in = groups[group_of(r)];
        in.sum += number(r, c)->value;
        in.reach += std::max(number(r, c)->half_unit, 0.0);
        ++in.rows;
      }
      // Places of one scope nest in another, and a top list is not all: only what comes near 100
      // was meant to be all.
      for (const auto& [label, in] : groups) {
        if (in.rows < 2 || in.sum < 99.0 || in.sum > 101.0) continue;
        const agreement how = compare(in.sum, in.reach, {100.0, 0.0});
        std::string message = table_.columns[c] + " of " + std::to_string(in.rows) +
                              " rows adds up to " + shown(in.sum);
        if (how == agreement::different && in.sum < 100.0) {
          // A small rest may have been left out.
          say(finding_grade::doubt, "percent_sum", label, std::move(message));
        } else {
          say(how, "percent_sum", label, std::move(message));
        }
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
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        if (number(r, amount) && number(r, percent) && number(r, percent)->value > 0.0) {
          groups[group_of(r)].push_back(r);
        }
      }
      for (const auto& [label, rows] : groups) check_share_group(rows, amount, percent);
    }
  }
  void check_share_group(const std::vector<std::size_t>& rows, std::size_t amount,
                         std::size_t percent) const {
    if (rows.size() < 3) return;
    // What is counted is whole, and so is what it is a share of.
    const bool is_whole = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
      return number(row, amount)->half_unit == 0.0 &&
             std::floor(number(row, amount)->value) == number(row, amount)->value;
    });
    const auto interval = [&](std::size_t row) {
      const printed_number& count = *number(row, amount);
      const printed_number& share = *number(row, percent);
      const double low = 100.0 * count.value / (share.value + share.half_unit) * (1.0 - slack);
      const double high =
          share.value > share.half_unit
              ? 100.0 * count.value / (share.value - share.half_unit) * (1.0 + slack)
              : std::numeric_limits<double>::infinity();
      return is_whole ? std::pair{std::ceil(low), std::floor(high)} : std::pair{low, high};
    };
    // The point in most intervals, by sweeping over their ends.
    std::vector<std::pair<double, double>> by_low;
    for (const std::size_t row : rows) {
      if (interval(row).first <= interval(row).second) by_low.push_back(interval(row));
    }
    std::sort(by_low.begin(), by_low.end());
    double best_low = 0.0;
    double best_high = 0.0;
    std::size_t most = 0;
    std::priority_queue<double, std::vector<double>, std::greater<>> ends;
    for (const auto& [low, high] : by_low) {
      while (!ends.empty() && ends.top() < low) ends.pop();
      ends.push(high);
      if (ends.size() > most) {
        most = ends.size();
        best_low = low;
        best_high = ends.top();
      }
    }
    if (most < 2 || 2 * most <= rows.size()) return;
    for (const std::size_t row : rows) {
      const auto [low, up] = interval(row);
      if (low <= best_low && up >= best_low) continue;
      say(finding_grade::contradiction, "share", name_of(row),
          shown(number(row, amount)->value) + " is printed as " + table_.rows[row][percent] +
              "%, of the denominator that " + std::to_string(most) + " other rows imply (" +
              shown(std::ceil(best_low)) + " to " + shown(std::floor(best_high)) + ") it is " +
              shown(100.0 * number(row, amount)->value / best_low).substr(0, 7) + '%');
    }
  }

  /// A column "of" names the denominator: the number before it is so many percent of it.
  void check_shares_of() const {
    const auto of = cells_.column("of");
    if (!of || *of == 0) return;
    const std::size_t part = *of - 1;
    for (const std::size_t percent : percents_) {
      if (percent < *of) continue;
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        if (!number(r, part) || !number(r, *of) || !number(r, percent)) continue;
        const printed_number& a = *number(r, part);
        const printed_number& whole = *number(r, *of);
        if (whole.value <= whole.half_unit) continue;
        const double low = 100.0 * (a.value - a.half_unit) / (whole.value + whole.half_unit);
        const double high = 100.0 * (a.value + a.half_unit) / (whole.value - whole.half_unit);
        const printed_number& share = *number(r, percent);
        const double reach = share.half_unit == 0.0 ? 0.5 : share.half_unit;
        if (share.value + reach >= low * (1.0 - slack) &&
            share.value - reach <= high * (1.0 + slack)) {
          continue;
        }
        say(finding_grade::contradiction, "share_of", name_of(r),
            cells_.text(r, part) + " of " + cells_.text(r, *of) + " is " +
                shown(100.0 * a.value / whole.value).substr(0, 7) + "%, printed " +
                cells_.text(r, percent) + '%');
      }
    }
  }

  /// A ranking falls: a column that rises in one place only is off there.
  void check_order() const {
    if (!cells_.is_ranking()) return;
    for (const auto* columns : {&amounts_, &percents_}) {
      for (const std::size_t c : *columns) {
        std::vector<std::size_t> rises;
        std::size_t steps = 0;
        for (std::size_t r = 1; r < cells_.row_count(); ++r) {
          if (!number(r, c) || !number(r - 1, c)) continue;
          ++steps;
          if (number(r, c)->value > number(r - 1, c)->value) rises.push_back(r);
        }
        if (steps < 8 || rises.empty() || 10 * rises.size() > steps) continue;
        for (const std::size_t r : rises) {
          say(finding_grade::doubt, "order", name_or_rank(r),
              table_.columns[c] + " rises from " + cells_.text(r - 1, c) + " to " +
                  cells_.text(r, c) + " where the ranking falls");
        }
      }
    }
  }
  [[nodiscard]] std::string name_or_rank(std::size_t row) const {
    return table_.columns[keys_[0]] + ' ' + cells_.text(row, keys_[0]);
  }

  /// A column of ranks: each is one more than the number of smaller ones. Where most are, the
  /// others are off.
  void check_ranks() const {
    std::vector<std::size_t> columns = amounts_;
    columns.insert(columns.end(), keys_.begin(), keys_.end());
    for (const std::size_t c : columns) {
      std::vector<std::pair<double, std::size_t>> values;
      for (std::size_t r = 0; r < cells_.row_count(); ++r) {
        if (!number(r, c) || number(r, c)->half_unit > 0.0) break;
        values.emplace_back(number(r, c)->value, r);
      }
      if (values.size() < 8 || values.size() != cells_.row_count()) continue;
      std::sort(values.begin(), values.end());
      std::vector<std::pair<std::size_t, std::size_t>> off;  // row, due rank
      std::size_t due = 0;
      std::size_t distinct = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == 0 || values[i].first != values[i - 1].first) {
          due = i + 1;
          ++distinct;
        }
        if (values[i].first != static_cast<double>(due)) off.emplace_back(values[i].second, due);
      }
      if (off.empty() || 10 * off.size() > values.size()) continue;
      // Nearly all 1 (a weight, a flag) is no order of anything.
      if (2 * distinct <= values.size() && !cells_.is_rank(c)) continue;
      std::sort(off.begin(), off.end());
      for (const auto& [row, rank] : off) {
        say(finding_grade::contradiction, "rank", texts_.empty() ? name_or_year(row) : name_of(row),
            table_.columns[c] + ' ' + cells_.text(row, c) +
                " is a rank that no order gives: " + std::to_string(rank - 1) + " are before it");
      }
    }
  }

  void check_title() const {
    const auto promised = rows_of_title(table_.title);
    if (!promised || table_.rows.empty()) return;
    std::size_t rows = 0;
    for (std::size_t r = 0; r < cells_.row_count(); ++r) rows += cells_.is_total_row(r) ? 0 : 1;
    if (rows == *promised) return;
    say(finding_grade::contradiction, "title_rows", "",
        "titled \"" + table_.title + "\", which promises " + std::to_string(*promised) +
            " rows; it has " + std::to_string(rows));
  }

  void check_repeats() const {
    if (!keys_.empty()) return;  // a ranking side by side
    std::map<std::string, std::vector<std::size_t>> seen;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      if (!texts_.empty()) seen[name_of(r)].push_back(r);
    }
    // Where many rows share their words (a sector, a kind), words name no row.
    if (3 * seen.size() < table_.rows.size()) return;
    for (const auto& [name, rows] : seen) {
      if (rows.size() < 2) continue;
      std::string message = "printed in " + std::to_string(rows.size()) + " rows";
      if (!amounts_.empty()) {
        message += ':';
        constexpr std::size_t most_shown = 10;
        for (std::size_t i = 0; i < rows.size() && i < most_shown; ++i) {
          message += ' ' + table_.rows[rows[i]][amounts_[0]];
        }
        if (rows.size() > most_shown) message += " ...";
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

  const printed_cells& cells_;
  const printed_table& table_;
  std::vector<finding>& findings_;
  const std::vector<std::size_t>& texts_;
  const std::vector<std::size_t>& amounts_;
  const std::vector<std::size_t>& percents_;
  const std::vector<std::size_t>& keys_;
};

/// At most `most` findings of a rule and table; the last one says how many more there are.
std::vector<finding> capped(std::vector<finding> findings, std::size_t most) {
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::size_t>> seen;
  std::vector<finding> kept;
  for (finding& each : findings) {
    auto& [count, last] = seen[{each.rule, each.where.substr(0, each.where.find(':'))}];
    if (++count <= most) {
      last = kept.size();
      kept.push_back(std::move(each));
    }
  }
  for (const auto& [key, value] : seen) {
    const auto& [count, last] = value;
    if (count > most) {
      kept[last].message += "; and " + std::to_string(count - most) + " more of this rule";
      kept[last].rows += count - most;
    }
  }
  return kept;
}

}  // namespace

std::vector<finding> check_tables(const std::vector<printed_table>& tables,
                                  const table_check_options& options) {
  if (!(options.near >= 0.0 && options.near <= 0.1)) {
    throw std::invalid_argument("check_tables: near = " + std::to_string(options.near) +
                                " is outside [0, 0.1]");
  }
  if (options.most_cases == 0) {
    throw std::invalid_argument("check_tables: most_cases = 0; at least 1");
  }
  std::vector<printed_cells> cells;
  cells.reserve(tables.size());
  for (const printed_table& table : tables) cells.emplace_back(table);
  std::vector<finding> findings;
  for (const printed_cells& each : cells) checker(each, findings).check();
  check_table_pairs(cells, options, findings);
  return capped(std::move(findings), options.most_cases);
}

}  // namespace valuenet
