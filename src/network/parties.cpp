#include "valuenet/network/parties.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "detail/parallel.hpp"

namespace valuenet {
namespace {

constexpr std::uint64_t most_pairs = std::uint64_t{1} << 28;
constexpr std::size_t stop_every = 4096;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The parties that an id names; the id itself where that is none.
std::vector<std::string_view> parties_of(std::string_view id, std::string_view delimiter) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at <= id.size();) {
    const std::size_t end = std::min(id.find(delimiter, at), id.size());
    const std::string_view name = trimmed(id.substr(at, end - at));
    if (!name.empty()) names.push_back(name);
    at = end + delimiter.size();
  }
  if (names.empty()) names.push_back(id);
  return names;
}

/// The parties as actors, numbered as they are first asked for.
class party_numbers {
 public:
  party_numbers(const value_network& records, std::string_view delimiter)
      : records_(records), delimiter_(delimiter) {}

  /// The parties of an actor of the records; each actor is cut once.
  const std::vector<actor_id>& of(actor_id actor, bool is_cut, std::uint64_t& repeated) {
    auto [at, is_new] = known_.try_emplace({actor, is_cut});
    if (!is_new) {
      repeated += at->second.repeated;
      return at->second.parties;
    }
    cut& made = at->second;
    const std::string_view id = records_.id(actor);
    if (is_cut) {
      std::set<actor_id> named;
      for (const std::string_view name : parties_of(id, delimiter_)) {
        const actor_id party = ids_.intern(name) - 1;
        if (named.insert(party).second) {
          made.parties.push_back(party);
        } else {
          ++made.repeated;
        }
      }
    } else {
      made.parties.push_back(ids_.intern(id) - 1);
    }
    repeated += made.repeated;
    return made.parties;
  }
  void add(std::string_view id) { ids_.intern(id); }

  /// The actor table, with the columns that the records' table has of each party.
  [[nodiscard]] value_network finish() {
    const actor_table& from = records_.actors();
    const std::size_t n = ids_.size() - 1;
    std::vector<std::optional<actor_id>> row(n);
    for (std::size_t p = 0; p < n; ++p) {
      row[p] = records_.find_actor(ids_[static_cast<symbol>(p + 1)]);
    }
    const auto gathered = [&](const text_column& column) {
      text_column result;
      if (!column.is_given()) return result;
      bool is_any = false;
      for (std::size_t p = 0; p < n; ++p) {
        result.push_back(row[p] ? column[*row[p]] : std::string_view{});
        is_any = is_any || result.code(p) != 0;
      }
      return is_any ? result : text_column{};
    };
    actor_table table;
    table.label = gathered(from.label);
    table.type = gathered(from.type);
    table.country = gathered(from.country);
    table.province = gathered(from.province);
    table.city = gathered(from.city);
    table.sector = gathered(from.sector);
    table.industry = gathered(from.industry);
    if (!from.roles.empty()) {
      for (std::size_t p = 0; p < n; ++p) {
        table.roles.push_back(row[p] ? from.roles[*row[p]] : role::unknown);
      }
    }
    for (const named_column& column : from.more) {
      text_column values = gathered(column.values);
      if (values.is_given()) table.more.push_back({column.name, std::move(values)});
    }
    table.ids = std::move(ids_);
    return {std::move(table), relation_table{}};
  }

 private:
  struct cut {
    std::vector<actor_id> parties;
    std::uint64_t repeated = 0;
  };
  const value_network& records_;
  std::string_view delimiter_;
  vocabulary ids_;
  std::map<std::pair<actor_id, bool>, cut> known_;
};

void check_parties(const value_network& records, const record_parties& parties, const char* what) {
  if (parties.record_count() == records.relation_count()) return;
  throw std::invalid_argument(
      std::string(what) + ": parties of " + std::to_string(parties.record_count()) +
      " records, the network has " + std::to_string(records.relation_count()) + " relations");
}

void check_counting(const value_network& records, const record_parties& parties,
                    const grouping& groups, const party_count_options& options, const char* what) {
  check_parties(records, parties, what);
  if (groups.group.size() != parties.parties.actor_count()) {
    throw std::invalid_argument(std::string(what) + ": grouping \"" + groups.name + "\" has " +
                                std::to_string(groups.group.size()) + " actors, there are " +
                                std::to_string(parties.parties.actor_count()) + " parties");
  }
  if (options.fewest_parties > options.most_parties) {
    throw std::invalid_argument(std::string(what) +
                                ": fewest_parties = " + std::to_string(options.fewest_parties) +
                                " is over most_parties = " + std::to_string(options.most_parties));
  }
}

/// Rows of the selected relations, ascending.
std::vector<relation_id> selected_records(const value_network& records,
                                          const selection_options& options, const execution& exec) {
  selection_options choice = options;
  choice.direction = direction::directed;
  choice.duplicates = duplicates::keep;
  choice.loops = loops::keep;
  const selection selected = select(records, choice, exec);
  std::vector<relation_id> rows;
  for (arc_id arc = 0; arc < selected.graph().arc_count(); ++arc) {
    const auto behind = selected.relations(arc);
    rows.insert(rows.end(), behind.begin(), behind.end());
  }
  std::sort(rows.begin(), rows.end());
  // A record that holds both ways is two arcs.
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

/// The groups of some parties, ascending and distinct, with how many parties each has.
struct group_set {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> groups;
  std::uint32_t parties = 0;
  std::uint32_t without = 0;

  [[nodiscard]] std::vector<std::uint32_t> key() const {
    std::vector<std::uint32_t> result;
    for (const auto& [group, count] : groups) result.push_back(group);
    return result;
  }
  /// Whether `counting` counts it at all.
  [[nodiscard]] bool counts(party_counting counting) const {
    return !groups.empty() && (counting != party_counting::combination || without == 0);
  }
};

group_set groups_of(std::span<const actor_id> parties, const grouping& by) {
  std::map<std::uint32_t, std::uint32_t> count;
  group_set result;
  for (const actor_id party : parties) {
    ++result.parties;
    if (by.group[party] == no_group) {
      ++result.without;
    } else {
      ++count[by.group[party]];
    }
  }
  result.groups.assign(count.begin(), count.end());
  return result;
}

/// The labels under which an end counts: the groups themselves, or their combinations as they come.
class label_numbers {
 public:
  label_numbers(const grouping& groups, const party_count_options& options)
      : groups_(groups), options_(options) {
    if (options.counting != party_counting::combination) labels_ = groups.labels;
  }
  /// (label, share of the record) for each label.
  std::vector<std::pair<std::size_t, double>> of(const group_set& in) {
    std::vector<std::pair<std::size_t, double>> result;
    if (options_.counting == party_counting::combination) {
      const auto [at, is_new] = combinations_.try_emplace(in.key(), labels_.size());
      if (is_new) {
        std::string label;
        for (const auto& [group, count] : in.groups) {
          label += (label.empty() ? "" : options_.join) + groups_.labels[group];
        }
        labels_.push_back(std::move(label));
      }
      result.emplace_back(at->second, 1.0);
      return result;
    }
    for (const auto& [group, count] : in.groups) {
      const double share = static_cast<double>(count) / static_cast<double>(in.parties);
      result.emplace_back(group, options_.counting == party_counting::any ? 1.0 : share);
    }
    return result;
  }
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

 private:
  const grouping& groups_;
  const party_count_options& options_;
  std::vector<std::string> labels_;
  std::map<std::vector<std::uint32_t>, std::size_t> combinations_;
};

}  // namespace

std::string_view to_string(party_counting counting) noexcept {
  switch (counting) {
    case party_counting::combination:
      return "combination";
    case party_counting::any:
      return "any";
    case party_counting::fractional:
      break;
  }
  return "fractional";
}

record_parties split_parties(const value_network& records, const party_options& options,
                             const execution& exec) {
  if (options.delimiter.empty()) {
    throw std::invalid_argument(
        "split_parties: delimiter is empty; name what stands between "
        "parties, such as \";\"");
  }
  const detail::parallel workers(exec);
  record_parties result;
  result.delimiter = options.delimiter;
  party_numbers numbers(records, result.delimiter);
  const relation_id m = records.relation_count();
  result.giver_begin.assign(1, 0);
  result.taker_begin.assign(1, 0);
  const auto add = [&](actor_id actor, bool is_cut, std::vector<actor_id>& to,
                       std::vector<std::uint64_t>& begin) {
    const std::vector<actor_id>& parties = numbers.of(actor, is_cut, result.repeated);
    to.insert(to.end(), parties.begin(), parties.end());
    begin.push_back(to.size());
    if (to.size() > most_pairs) {
      throw std::invalid_argument(
          "split_parties: the records name over 268435456 parties; is the delimiter \"" +
          options.delimiter + "\" meant?");
    }
  };
  std::vector<std::uint8_t> is_related(records.actor_count(), 0);
  for (relation_id r = 0; r < m; ++r) {
    if (r % stop_every == 0) workers.check_stop();
    is_related[records.giver(r)] = 1;
    is_related[records.taker(r)] = 1;
    add(records.giver(r), options.ends != party_ends::taker, result.giver_parties,
        result.giver_begin);
    add(records.taker(r), options.ends != party_ends::giver, result.taker_parties,
        result.taker_begin);
  }
  for (actor_id a = 0; a < records.actor_count(); ++a) {
    if (is_related[a] == 0) numbers.add(records.id(a));
  }
  result.parties = numbers.finish();
  return result;
}

value_network expand_parties(const value_network& records, const record_parties& parties,
                             pair_weight weight, const execution& exec) {
  check_parties(records, parties, "expand_parties");
  const detail::parallel workers(exec);
  const relation_id m = records.relation_count();
  std::uint64_t pairs = 0;
  for (relation_id r = 0; r < m; ++r) {
    pairs += parties.givers(r).size() * parties.takers(r).size();
    if (pairs > most_pairs) {
      throw std::invalid_argument("expand_parties: over 268435456 pairs of a giver and a taker");
    }
  }
  std::vector<relation_id> record_of;
  record_of.reserve(pairs);
  relation_table table;
  table.givers.reserve(pairs);
  table.takers.reserve(pairs);
  const relation_table& from = records.relations();
  const bool is_weighted = weight == pair_weight::fractional || !from.weights.empty();
  for (relation_id r = 0; r < m; ++r) {
    if (r % stop_every == 0) workers.check_stop();
    const auto givers = parties.givers(r);
    const auto takers = parties.takers(r);
    const double share =
        weight == pair_weight::fractional
            ? records.weight(r) / static_cast<double>(givers.size() * takers.size())
            : records.weight(r);
    for (const actor_id giver : givers) {
      if (takers.size() > stop_every) workers.check_stop();
      for (const actor_id taker : takers) {
        table.givers.push_back(giver);
        table.takers.push_back(taker);
        record_of.push_back(r);
        if (is_weighted) table.weights.push_back(share);
        if (!from.years.empty()) table.years.push_back(from.years[r]);
        if (!from.both_ways.empty()) table.both_ways.push_back(from.both_ways[r]);
      }
    }
  }
  const auto gathered = [&](const text_column& column) {
    if (!column.is_given()) return text_column{};
    std::vector<symbol> codes;
    codes.reserve(record_of.size());
    for (const relation_id r : record_of) codes.push_back(column.code(r));
    return text_column(column.words(), std::move(codes));
  };
  table.dimension = gathered(from.dimension);
  table.kind = gathered(from.kind);
  table.technology = gathered(from.technology);
  table.application = gathered(from.application);
  for (const named_column& column : from.more) {
    table.more.push_back({column.name, gathered(column.values)});
  }
  return {parties.parties.actors(), std::move(table)};
}

party_counts count_parties(const value_network& records, const record_parties& parties,
                           const grouping& groups, party_ends end,
                           const party_count_options& options, const execution& exec) {
  check_counting(records, parties, groups, options, "count_parties");
  if (end == party_ends::both) {
    throw std::invalid_argument("count_parties: end = both; one end, or cross_parties()");
  }
  const detail::parallel workers(exec);
  struct counted {
    double records = 0.0;
    std::set<std::vector<actor_id>> sets;
    std::set<actor_id> parties;
  };
  std::vector<counted> rows;
  counted all;
  party_counts result;
  label_numbers labels(groups, options);
  std::size_t done = 0;
  for (const relation_id r : selected_records(records, options.selection, exec)) {
    if (done++ % stop_every == 0) workers.check_stop();
    const auto its = end == party_ends::giver ? parties.givers(r) : parties.takers(r);
    if (its.size() < options.fewest_parties || its.size() > options.most_parties) continue;
    const double weight = records.weight(r);
    const group_set in = groups_of(its, groups);
    if (!in.counts(options.counting)) {
      result.without_group += weight;
      continue;
    }
    std::vector<actor_id> set(its.begin(), its.end());
    std::sort(set.begin(), set.end());
    double counted_share = 0.0;
    for (const auto& [label, share] : labels.of(in)) {
      if (rows.size() <= label) rows.resize(label + 1);
      counted& row = rows[label];
      row.records += weight * share;
      row.sets.insert(set);
      for (const actor_id party : set) {
        if (options.counting == party_counting::combination || groups.group[party] == label) {
          row.parties.insert(party);
        }
      }
      counted_share += share;
    }
    const double once = options.counting == party_counting::fractional ? counted_share : 1.0;
    all.records += weight * once;
    if (options.counting == party_counting::fractional && in.without > 0) {
      result.without_group += weight * (1.0 - counted_share);
    }
    for (const actor_id party : set) {
      if (groups.group[party] != no_group) all.parties.insert(party);
    }
    all.sets.insert(std::move(set));
  }
  rows.resize(labels.labels().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    result.rows.push_back(
        {labels.labels()[i], rows[i].records, rows[i].sets.size(), rows[i].parties.size()});
  }
  result.total = {"", all.records, all.sets.size(), all.parties.size()};
  return result;
}

double party_matrix::of(std::string_view giver, std::string_view taker) const noexcept {
  for (std::size_t i = 0; i < giver_labels.size(); ++i) {
    if (giver_labels[i] != giver) continue;
    for (std::size_t j = 0; j < taker_labels.size(); ++j) {
      if (taker_labels[j] == taker) return (*this)(i, j);
    }
  }
  return 0.0;
}

double party_matrix::given_by(std::string_view giver) const noexcept {
  for (std::size_t i = 0; i < giver_labels.size(); ++i) {
    if (giver_labels[i] == giver) return given[i];
  }
  return 0.0;
}

double party_matrix::taken_by(std::string_view taker) const noexcept {
  for (std::size_t j = 0; j < taker_labels.size(); ++j) {
    if (taker_labels[j] == taker) return taken[j];
  }
  return 0.0;
}

party_matrix cross_parties(const value_network& records, const record_parties& parties,
                           const grouping& groups, const party_count_options& options,
                           const execution& exec) {
  check_counting(records, parties, groups, options, "cross_parties");
  const detail::parallel workers(exec);
  label_numbers giver_labels(groups, options);
  label_numbers taker_labels(groups, options);
  std::map<std::pair<std::size_t, std::size_t>, double> cells;
  std::map<std::size_t, double> given;
  std::map<std::size_t, double> taken;
  party_matrix result;
  std::size_t done = 0;
  for (const relation_id r : selected_records(records, options.selection, exec)) {
    if (done++ % stop_every == 0) workers.check_stop();
    const std::size_t size = parties.givers(r).size() + parties.takers(r).size();
    if (size < options.fewest_parties || size > options.most_parties) continue;
    const double weight = records.weight(r);
    const group_set from = groups_of(parties.givers(r), groups);
    const group_set to = groups_of(parties.takers(r), groups);
    if (!from.counts(options.counting) || !to.counts(options.counting)) {
      result.without_group += weight;
      continue;
    }
    const auto rows = giver_labels.of(from);
    const auto columns = taker_labels.of(to);
    double row_share = 0.0;
    double column_share = 0.0;
    for (const auto& [row, share] : rows) row_share += share;
    for (const auto& [column, share] : columns) column_share += share;
    const bool is_fractional = options.counting == party_counting::fractional;
    for (const auto& [row, share] : rows) {
      given[row] += weight * share * (is_fractional ? column_share : 1.0);
      for (const auto& [column, other] : columns) cells[{row, column}] += weight * share * other;
    }
    for (const auto& [column, share] : columns) {
      taken[column] += weight * share * (is_fractional ? row_share : 1.0);
    }
    const double once = is_fractional ? row_share * column_share : 1.0;
    result.total += weight * once;
    if (is_fractional && from.without + to.without > 0) {
      result.without_group += weight * (1.0 - once);
    }
  }
  result.giver_labels = giver_labels.labels();
  result.taker_labels = taker_labels.labels();
  const std::size_t columns = result.taker_labels.size();
  constexpr std::size_t most_cells = std::size_t{1} << 26;
  if (columns != 0 && result.giver_labels.size() > most_cells / columns) {
    throw std::invalid_argument("cross_parties: " + std::to_string(result.giver_labels.size()) +
                                " x " + std::to_string(columns) +
                                " labels; a matrix has at most 67108864 cells");
  }
  result.cells.assign(result.giver_labels.size() * columns, 0.0);
  result.given.assign(result.giver_labels.size(), 0.0);
  result.taken.assign(columns, 0.0);
  for (const auto& [at, value] : cells) result.cells[at.first * columns + at.second] = value;
  for (const auto& [row, value] : given) result.given[row] = value;
  for (const auto& [column, value] : taken) result.taken[column] = value;
  return result;
}

}  // namespace valuenet
