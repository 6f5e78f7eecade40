// Concentration and the core's part over the years: polarisation.hpp's polarisation().
#include "valuenet/network/polarisation.hpp"
#include "valuenet/statistics/concentration.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace valuenet {
namespace {

/// Amounts by row and year, the years without a gap.
struct yearly_table {
  std::vector<std::string> rows;
  std::vector<double> cells;  // row-major
  std::size_t years = 0;

  [[nodiscard]] double in_window(std::size_t row, std::size_t year,
                                 const std::optional<int>& window) const {
    const std::size_t span = window ? static_cast<std::size_t>(*window) : year + 1;
    double sum = 0.0;
    for (std::size_t y = year + 1 - std::min(span, year + 1); y <= year; ++y) {
      sum += cells[row * years + y];
    }
    return sum;
  }
};

struct year_range {
  int first = 0;
  int last = -1;
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last - first + 1); }
};

/// The years in which something was counted.
year_range years_of(const relation_counts& counts) {
  year_range range;
  for (std::size_t c = 0; c < counts.columns.size(); ++c) {
    if (counts.column_totals[c] == 0.0) continue;
    const int year = std::stoi(counts.columns[c]);
    if (range.last < range.first) range = {year, year};
    range.first = std::min(range.first, year);
    range.last = std::max(range.last, year);
  }
  return range;
}

yearly_table over(const relation_counts& counts, const year_range& range) {
  yearly_table table{.rows = counts.rows, .cells = {}, .years = range.size()};
  table.cells.assign(counts.rows.size() * table.years, 0.0);
  for (std::size_t c = 0; c < counts.columns.size(); ++c) {
    const int year = std::stoi(counts.columns[c]);
    if (year < range.first || year > range.last) continue;
    const auto at = static_cast<std::size_t>(year - range.first);
    for (std::size_t r = 0; r < counts.rows.size(); ++r) {
      table.cells[r * table.years + at] = counts(r, c);
    }
  }
  return table;
}

/// The groups named, or the fewest that hold the share; the largest first.
std::vector<std::string> core_of(const relation_counts& counts,
                                 const polarisation_options& options) {
  std::vector<std::size_t> order(counts.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return counts.row_totals[a] > counts.row_totals[b];
  });
  std::vector<std::string> core;
  if (!options.core.empty()) {
    for (const std::size_t row : order) {
      const auto& named = options.core;
      if (std::find(named.begin(), named.end(), counts.rows[row]) != named.end()) {
        core.push_back(counts.rows[row]);
      }
    }
    return core;
  }
  double held = 0.0;
  for (const std::size_t row : order) {
    if (held >= options.core_share * counts.total) break;
    held += counts.row_totals[row];
    core.push_back(counts.rows[row]);
  }
  return core;
}

void check(const polarisation_options& options) {
  if (options.window && *options.window < 1) {
    throw std::invalid_argument("polarisation: window is " + std::to_string(*options.window) +
                                "; a slice spans at least 1 year");
  }
  if (!(options.core_share > 0.0 && options.core_share < 1.0)) {
    throw std::invalid_argument("polarisation: core_share is " +
                                std::to_string(options.core_share) + ", not in (0, 1)");
  }
}

constexpr std::size_t most_years = 10'000;
constexpr std::size_t most_cells = std::size_t{1} << 26;

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0.0) return std::nullopt;
  return part / whole;
}

/// The named series, filled slice by slice.
class series_table {
 public:
  explicit series_table(std::vector<polarisation_series>& series) : series_(series) {}

  void begin_slice() { next_ = 0; }
  void add(const char* name, const char* definition, std::optional<double> value) {
    if (next_ == series_.size()) series_.push_back({name, definition, {}, {}});
    series_[next_++].values.push_back(value);
  }

 private:
  std::vector<polarisation_series>& series_;
  std::size_t next_ = 0;
};

void add_concentration(series_table& table, const std::vector<double>& amounts) {
  table.add("total", "what is counted, summed",
            std::accumulate(amounts.begin(), amounts.end(), 0.0));
  table.add("members", "groups over which it is spread", static_cast<double>(amounts.size()));
  table.add("largest_share", "share of the largest", concentration_ratio(amounts, 1));
  table.add("top_10_percent_share", "share of the largest ceil(n / 10)", top_share(amounts, 0.1));
  table.add("top_1_percent_share", "share of the largest ceil(n / 100)", top_share(amounts, 0.01));
  table.add("top_0.1_percent_share", "share of the largest ceil(n / 1000)",
            top_share(amounts, 0.001));
  table.add("gini", "sum (2 i - n - 1) x_(i) / (n sum x), x ascending", gini(amounts));
  const auto hhi = herfindahl(amounts);
  table.add("herfindahl", "sum s^2 of the shares s",
            hhi ? std::optional(hhi->index) : std::nullopt);
  table.add("theil", "(1/n) sum (x/mu) ln(x/mu)", theil(amounts));
}

/// f: core to core, core to periphery, periphery to core, periphery to periphery.
void add_core_flows(series_table& table, const std::array<double, 4>& f) {
  const double all = f[0] + f[1] + f[2] + f[3];
  table.add("core_to_core", "relations within the core / relations", ratio(f[0], all));
  table.add("core_to_periphery", "relations from core to periphery / relations", ratio(f[1], all));
  table.add("periphery_to_core", "relations from periphery to core / relations", ratio(f[2], all));
  table.add("periphery_to_periphery", "relations within the periphery / relations",
            ratio(f[3], all));
  table.add("core_given", "relations that the core gives / relations", ratio(f[0] + f[1], all));
  table.add("core_taken", "relations that the core takes / relations", ratio(f[0] + f[2], all));
  table.add("diffusion", "core to periphery / (core to periphery + periphery to core)",
            ratio(f[1], f[1] + f[2]));
}

void add_trends(polarisation_result& result) {
  for (polarisation_series& each : result.series) {
    std::vector<double> times;
    std::vector<double> values;
    for (std::size_t i = 0; i < each.values.size(); ++i) {
      if (!each.values[i]) continue;
      times.push_back(result.years[i]);
      values.push_back(*each.values[i]);
    }
    each.trend = trend(times, values);
  }
}

}  // namespace

const polarisation_series* polarisation_result::find(std::string_view name) const noexcept {
  const auto found = std::find_if(series.begin(), series.end(),
                                  [&](const polarisation_series& s) { return s.name == name; });
  return found == series.end() ? nullptr : &*found;
}

polarisation_result polarisation(const value_network& network, const grouping& actors,
                                 const polarisation_options& options, const execution& exec) {
  check(options);
  if (actors.group.size() != network.actor_count()) {
    throw std::invalid_argument("polarisation: grouping \"" + actors.name + "\" has " +
                                std::to_string(actors.group.size()) + " actors, the network " +
                                std::to_string(network.actor_count()));
  }
  const relation_grouping years = group_relations(network, "year");
  const count_options counting{.selection = options.selection, .measure = options.measure};
  const relation_counts counts = count_relations(
      network, group_relations(network, actors, options.end), years, counting, exec);
  polarisation_result result;
  const year_range range = years_of(counts);
  if (range.last < range.first) return result;
  if (range.size() > most_years || counts.rows.size() > most_cells / range.size()) {
    throw std::invalid_argument("polarisation: the years run from " + std::to_string(range.first) +
                                " to " + std::to_string(range.last) +
                                "; give from_year and until_year");
  }
  result.core = core_of(counts, options);
  const std::vector<std::string>& named = options.core.empty() ? result.core : options.core;
  const yearly_table amounts = over(counts, range);
  const yearly_table flows = over(
      count_relations(network, group_core_periphery(network, actors, named), years, counting, exec),
      range);
  std::vector<std::uint8_t> is_core(amounts.rows.size(), 0);
  for (std::size_t row = 0; row < is_core.size(); ++row) {
    is_core[row] =
        std::find(result.core.begin(), result.core.end(), amounts.rows[row]) != result.core.end();
  }
  // Groups that exist in the actor table alone hold nothing in any year: they are no members.
  std::vector<std::size_t> ever;
  for (std::size_t row = 0; row < amounts.rows.size(); ++row) {
    if (counts.row_totals[row] > 0.0) ever.push_back(row);
  }
  series_table table(result.series);
  for (std::size_t year = 0; year < range.size(); ++year) {
    result.years.push_back(range.first + static_cast<int>(year));
    table.begin_slice();
    std::vector<double> spread;
    double of_core = 0.0;
    double total = 0.0;
    for (const std::size_t row : ever) {
      const double amount = amounts.in_window(row, year, options.window);
      if (amount == 0.0 && options.population == polarisation_population::active) continue;
      spread.push_back(amount);
      total += amount;
      if (is_core[row] != 0) of_core += amount;
    }
    add_concentration(table, spread);
    table.add("core_share", "what the core holds / total", ratio(of_core, total));
    std::array<double, 4> f{};
    for (std::size_t row = 0; row < f.size(); ++row) {
      f[row] = flows.in_window(row, year, options.window);
    }
    add_core_flows(table, f);
  }
  add_trends(result);
  return result;
}

}  // namespace valuenet
