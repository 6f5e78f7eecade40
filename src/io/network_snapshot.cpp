// A value network's snapshot. Behind the record stand the relations' numbers, then the columns of
// text: first what each of them is (column_record and names), then words, their ends and the
// rows' symbols of each.
#include "io/network_snapshot.hpp"

#include "valuenet/error.hpp"
#include "valuenet/io/snapshot.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "detail/available_memory.hpp"
#include "detail/export_table.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/text_encoding.hpp"
#include "detail/vocabulary_access.hpp"
#include "io/snapshot_file.hpp"

namespace valuenet {
namespace {

using detail::parallel;
using detail::snapshot_file;

constexpr std::size_t grain = std::size_t{1} << 16;
/// Of a table, beside those that it always has: more than any reader takes, and few enough that a
/// file cannot ask for more memory than its size explains.
constexpr std::size_t most_columns = std::size_t{1} << 16;

struct network_record {
  std::uint32_t actor_count;
  std::uint32_t relation_count;
  /// Of the columns that valuenet has no meaning for.
  std::uint32_t actor_more;
  std::uint32_t relation_more;
  std::uint8_t has_roles;
  std::uint8_t has_weights;
  std::uint8_t has_years;
  std::uint8_t has_both_ways;
  std::uint32_t zero;
  std::uint64_t name_bytes;
};
static_assert(sizeof(network_record) == 32);

struct column_record {
  std::uint64_t text_bytes;
  std::uint32_t words;  // without the empty one
  std::uint32_t is_given;
  std::uint64_t name_end;  // in the section of names; of the known columns that of the one before
};
static_assert(sizeof(column_record) == 24);

constexpr std::array<text_column actor_table::*, 7> actor_columns{
    &actor_table::label, &actor_table::type,   &actor_table::country, &actor_table::province,
    &actor_table::city,  &actor_table::sector, &actor_table::industry};
constexpr std::array<text_column relation_table::*, 4> relation_columns{
    &relation_table::dimension, &relation_table::kind, &relation_table::technology,
    &relation_table::application};

/// The words of a vocabulary one behind the other, and where each ends.
struct joined_words {
  std::string text;
  std::vector<std::uint64_t> ends;

  joined_words(const vocabulary& words, const parallel& workers) {
    ends.reserve(words.size() - 1);
    std::uint64_t bytes = 0;
    for (std::size_t s = 1; s < words.size(); ++s) {
      if (s % grain == 0) workers.check_stop();
      ends.push_back(bytes += words[static_cast<symbol>(s)].size());
    }
    text.reserve(bytes);
    for (std::size_t s = 1; s < words.size(); ++s) {
      if (s % grain == 0) workers.check_stop();
      text += words[static_cast<symbol>(s)];
    }
  }
};

/// Whether no end is inside of a character. Preconditions: the text is UTF-8, ends are in it.
bool are_between_characters(std::string_view text, std::span<const std::uint64_t> ends,
                            parallel& workers) {
  std::atomic<bool> all = true;
  workers.for_chunks(ends.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (ends[i] < text.size() && (static_cast<unsigned char>(text[ends[i]]) & 0xC0U) == 0x80U) {
        all = false;
      }
    }
  });
  return all;
}

/// Collects what is written; the network must outlive it.
class network_sections {
 public:
  network_sections(const value_network& network, parallel& workers)
      : network_(network), workers_(workers) {
    const actor_table& actors = network.actors();
    const relation_table& relations = network.relations();
    if (std::max(actors.more.size(), relations.more.size()) > most_columns) {
      throw std::invalid_argument("write_snapshot: a table of the network has over " +
                                  std::to_string(most_columns) + " further columns");
    }
    add_column(actors.ids, {}, {});
    for (const auto member : actor_columns) add_column(actors.*member, {});
    for (const named_column& column : actors.more) add_column(column.values, column.name);
    for (const auto member : relation_columns) add_column(relations.*member, {});
    for (const named_column& column : relations.more) add_column(column.values, column.name);
    check_text(names_, "a column's name");
  }

  void write(const std::string& file, const execution& exec) const {
    const actor_table& actors = network_.actors();
    const relation_table& relations = network_.relations();
    const auto flag = [](const auto& column) { return static_cast<std::uint8_t>(!column.empty()); };
    const network_record record{.actor_count = network_.actor_count(),
                                .relation_count = network_.relation_count(),
                                .actor_more = static_cast<std::uint32_t>(actors.more.size()),
                                .relation_more = static_cast<std::uint32_t>(relations.more.size()),
                                .has_roles = flag(actors.roles),
                                .has_weights = flag(relations.weights),
                                .has_years = flag(relations.years),
                                .has_both_ways = flag(relations.both_ways),
                                .zero = 0,
                                .name_bytes = names_.size()};
    detail::snapshot_writer writer(detail::snapshot_content::value_network);
    writer.add("network", std::span(&record, 1));
    writer.add("givers", std::span(relations.givers));
    writer.add("takers", std::span(relations.takers));
    if (record.has_roles != 0) writer.add("roles", std::span(actors.roles));
    if (record.has_weights != 0) writer.add("weights", std::span(relations.weights));
    if (record.has_years != 0) writer.add("years", std::span(relations.years));
    if (record.has_both_ways != 0) writer.add("bothways", std::span(relations.both_ways));
    writer.add("columns", std::span(records_));
    writer.add_bytes("names", names_);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      writer.add_bytes("words", words_[i].text);
      writer.add("ends", std::span(words_[i].ends));
      if (records_[i].is_given != 0) writer.add("symbols", codes_[i]);
    }
    writer.write(file, exec);
  }

 private:
  void add_column(const text_column& column, std::string_view name) {
    add_column(column.words(), column.codes(), name);
  }
  void add_column(const vocabulary& words, std::span<const symbol> codes, std::string_view name) {
    names_ += name;
    const joined_words& joined = words_.emplace_back(words, workers_);
    check_text(joined.text, "a value");
    if (!are_between_characters(joined.text, joined.ends, workers_)) refuse_text("a value");
    codes_.push_back(codes);
    records_.push_back({.text_bytes = joined.text.size(),
                        .words = static_cast<std::uint32_t>(joined.ends.size()),
                        .is_given = codes.empty() ? 0U : 1U,
                        .name_end = names_.size()});
  }
  void check_text(std::string_view text, const char* what) {
    if (detail::find_invalid_utf8(text, workers_)) refuse_text(what);
  }
  [[noreturn]] static void refuse_text(const char* what) {
    throw std::invalid_argument(std::string("write_snapshot: ") + what +
                                " of the network is no UTF-8 without NUL");
  }

  const value_network& network_;
  parallel& workers_;
  std::vector<column_record> records_;
  std::string names_;
  std::vector<joined_words> words_;
  std::vector<std::span<const symbol>> codes_;
};

/// Turns mapped sections into the network's own tables.
class network_tables {
 public:
  network_tables(const snapshot_file& file, bool check_words, parallel& workers,
                 const execution& exec)
      : file_(file),
        check_words_(check_words),
        workers_(workers),
        sections_(file),
        told_(exec, "reading the snapshot", file.bytes().size()) {}

  [[nodiscard]] value_network read() {
    record_ = sections_.next<network_record>("network", 1)[0];
    for (const std::uint8_t flag :
         {record_.has_roles, record_.has_weights, record_.has_years, record_.has_both_ways}) {
      if (flag > 1 || record_.zero != 0) broken("its header describes no network");
    }
    const std::size_t m = record_.relation_count;
    copy("givers", relations_.givers, m);
    copy("takers", relations_.takers, m);
    if (record_.has_roles != 0) copy("roles", actors_.roles, record_.actor_count);
    if (record_.has_weights != 0) copy("weights", relations_.weights, m);
    if (record_.has_years != 0) copy("years", relations_.years, m);
    if (record_.has_both_ways != 0) copy("bothways", relations_.both_ways, m);
    read_columns();
    sections_.finish();
    workers_.for_each(copies_.size(), 1, [&](std::size_t i) { copies_[i](); });

    // As numbers: an enumeration's value that has no name may not even be looked at otherwise.
    const bool are_roles =
        std::all_of(actors_.roles.begin(), actors_.roles.end(), [](valuenet::role value) {
          return static_cast<unsigned>(value) <= static_cast<unsigned>(valuenet::role::relation);
        });
    if (!are_roles) broken("it has a role that is neither unknown, sample nor relation");
    set_columns();
    workers_.check_stop();
    try {
      return {std::move(actors_), std::move(relations_)};
    } catch (const std::invalid_argument& error) {
      broken(error.what());
    }
  }

 private:
  struct column {
    vocabulary words;
    std::vector<symbol> codes;
    std::string name;
  };

  [[noreturn]] void broken(const std::string& why) const {
    file_.refuse("broken: " + why + "; write it anew");
  }

  /// To be copied with all the others, a thread a column. Precondition: `to` stays where it is.
  template <class T>
  void copy(std::string_view section, std::vector<T>& to, std::size_t count) {
    const std::span<const T> from = sections_.next<T>(section, count);
    copies_.push_back([this, from, &to] {
      constexpr std::size_t at_once = std::size_t{1} << 21;
      to.reserve(from.size());
      for (std::size_t begin = 0; begin < from.size(); begin += at_once) {
        workers_.check_stop();
        const auto part = from.subspan(begin, std::min(at_once, from.size() - begin));
        to.insert(to.end(), part.begin(), part.end());
        told_.advance(part.size_bytes());
      }
    });
  }

  void read_columns() {
    if (std::max(record_.actor_more, record_.relation_more) > most_columns) {
      broken("it has more columns than any network");
    }
    const std::size_t columns = 1 + actor_columns.size() + record_.actor_more +
                                relation_columns.size() + record_.relation_more;
    const auto records = sections_.next<column_record>("columns", columns);
    const auto names = sections_.next<char>("names", record_.name_bytes);
    const std::string_view name_text(names.data(), names.size());
    if (check_words_ && detail::find_invalid_utf8(name_text, workers_)) {
      broken("the name of a column is no UTF-8");
    }
    check_memory(records);
    columns_.resize(records.size());
    const std::size_t first_relation_column = 1 + actor_columns.size() + record_.actor_more;
    std::uint64_t name_begin = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const column_record& is = records[i];
      if (is.name_end < name_begin || is.name_end > name_text.size() || is.is_given > 1 ||
          (i == 0 && (is.is_given != 0 || is.words != record_.actor_count))) {
        broken("its columns are not described as they should be");
      }
      columns_[i].name = name_text.substr(name_begin, is.name_end - name_begin);
      name_begin = is.name_end;
      columns_[i].words = read_words(is);
      if (is.is_given == 0) continue;
      const bool of_actors = i < first_relation_column;
      copy("symbols", columns_[i].codes, of_actors ? record_.actor_count : record_.relation_count);
    }
    if (name_begin != name_text.size()) broken("its columns are not described as they should be");
  }

  /// Arrays of as many bytes as the file has, and of every word its place, hash and slot.
  void check_memory(std::span<const column_record> records) const {
    constexpr std::uint64_t word_bytes = 60;
    std::uint64_t wanted = file_.bytes().size();
    for (const column_record& is : records) wanted += word_bytes * is.words;
    if (wanted <= detail::available_memory()) return;
    file_.refuse("takes " + std::to_string(wanted >> 20) +
                 " MiB of memory, which this machine has not available");
  }

  vocabulary read_words(const column_record& is) {
    const auto bytes = sections_.next<char>("words", is.text_bytes);
    const auto ends = sections_.next<std::uint64_t>("ends", is.words);
    if (is.words == 0xFFFFFFFFU || (ends.empty() ? 0 : ends.back()) != is.text_bytes) {
      broken("the words of a column do not end where its text does");
    }
    if (ends.empty()) return {};
    std::atomic<bool> rise = true;
    workers_.for_chunks(ends.size(), grain, [&](std::size_t begin, std::size_t end) {
      bool all = true;
      for (std::size_t i = begin; i < end; ++i) all &= (i == 0 ? 0 : ends[i - 1]) < ends[i];
      if (!all) rise = false;
    });
    if (!rise) broken("the words of a column do not follow one another");
    const std::string_view text(bytes.data(), bytes.size());
    if (check_words_ && (detail::find_invalid_utf8(text, workers_) ||
                         !are_between_characters(text, ends, workers_))) {
      broken("a value is no UTF-8");
    }
    std::vector<std::string_view> words(ends.size());
    workers_.for_each(ends.size(), grain, [&](std::size_t i) {
      const std::uint64_t begin = i == 0 ? 0 : ends[i - 1];
      words[i] = text.substr(begin, ends[i] - begin);
    });
    std::optional<vocabulary> made = check_words_
                                         ? detail::vocabulary_access::of_unchecked(words, workers_)
                                         : detail::vocabulary_access::of_distinct(words, workers_);
    if (!made) broken("a column has the same word twice");
    told_.advance(bytes.size_bytes() + ends.size_bytes());
    return std::move(*made);
  }

  void set_columns() {
    auto next = columns_.begin();
    const auto take = [&] {
      text_column made(std::move(next->words), std::move(next->codes));
      ++next;
      return made;
    };
    const auto take_more = [&](std::vector<named_column>& more, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) {
        std::string name = std::move(next->name);
        more.push_back({std::move(name), take()});
      }
    };
    actors_.ids = std::move((next++)->words);
    for (const auto member : actor_columns) actors_.*member = take();
    take_more(actors_.more, record_.actor_more);
    for (const auto member : relation_columns) relations_.*member = take();
    take_more(relations_.more, record_.relation_more);
  }

  const snapshot_file& file_;
  bool check_words_;
  parallel& workers_;
  detail::section_cursor sections_;
  detail::progress told_;
  network_record record_{};
  actor_table actors_;
  relation_table relations_;
  std::vector<column> columns_;
  std::vector<std::function<void()>> copies_;
};

/// Whether each value is a year or not given; they are stored then.
bool fill_years(std::vector<std::int32_t>& years, const text_column& column) {
  std::vector<std::int32_t> year_of(column.words().size(), no_year);
  for (symbol s = 1; s < year_of.size(); ++s) {
    const std::string_view word = column.words()[s];
    const char* const end = word.data() + word.size();
    const auto [stop, problem] = std::from_chars(word.data(), end, year_of[s]);
    if (problem != std::errc{} || stop != end) return false;
  }
  years.reserve(column.codes().size());
  for (const symbol code : column.codes()) years.push_back(year_of[code]);
  return true;
}

/// What is written of a selection or with computed columns, as a network of its own.
value_network network_of(const detail::export_table& table, const execution& exec) {
  const parallel workers(exec);
  const value_network& network = *table.network;
  detail::progress told(exec, "gathering the snapshot",
                        table.node_count * (1 + table.node_columns.size()) +
                            table.edge_count * (1 + table.edge_columns.size()));
  const auto look = [&](std::size_t row) {
    if (row % grain != 0 || row == 0) return;
    workers.check_stop();
    told.advance(grain);
  };
  actor_table actors;
  std::vector<actor_id> number(network.actor_count());
  for (std::size_t node = 0; node < table.node_count; ++node) {
    look(node);
    const actor_id actor = table.actor(node);
    number[actor] = static_cast<actor_id>(node);
    actors.ids.intern(network.id(actor));
    if (network.actors().label.is_given()) actors.label.push_back(network.actors().label[actor]);
  }
  const auto fill = [&](auto& place, std::size_t rows, const auto& value_at) {
    for (std::size_t row = 0; row < rows; ++row) {
      look(row);
      place.push_back(value_at(row));
    }
  };
  for (const detail::export_column& column : table.node_columns) {
    if (column.name == "role") {
      fill(actors.roles, table.node_count,
           [&](std::size_t node) { return network.role(table.actor(node)); });
      continue;
    }
    constexpr std::array<std::string_view, 7> names{"label", "type",   "country", "province",
                                                    "city",  "sector", "industry"};
    const auto known = std::find(names.begin(), names.end(), column.name);
    text_column values;
    fill(values, table.node_count, column.value);
    if (values.words().size() == 1) continue;
    if (known != names.end()) {
      actors.*actor_columns[static_cast<std::size_t>(known - names.begin())] = std::move(values);
    } else {
      actors.more.push_back({column.name, std::move(values)});
    }
  }

  relation_table relations;
  std::vector<std::size_t> rows;
  rows.reserve(table.edge_count);
  bool some_both_ways = false;
  table.for_each_edge([&](const detail::export_edge& edge) {
    look(rows.size());
    rows.push_back(edge.row);
    relations.givers.push_back(number[edge.giver]);
    relations.takers.push_back(number[edge.taker]);
    if (table.has_weights) relations.weights.push_back(edge.weight);
    if (table.has_kinds) relations.kind.push_back(edge.kind);
    relations.both_ways.push_back(edge.both_ways ? 1 : 0);
    some_both_ways = some_both_ways || edge.both_ways;
  });
  if (!some_both_ways) relations.both_ways.clear();
  const auto value_of_row = [&](const detail::export_column& column) {
    return [&](std::size_t row) { return column.value(rows[row]); };
  };
  const auto add = [&](const detail::export_column& column) {
    text_column values;
    fill(values, rows.size(), value_of_row(column));
    if (values.words().size() == 1) return;
    if (column.name == "dimension") {
      relations.dimension = std::move(values);
    } else if (column.name == "year" && fill_years(relations.years, values)) {
      return;
    } else if (column.name == "technology") {
      relations.technology = std::move(values);
    } else if (column.name == "application") {
      relations.application = std::move(values);
    } else {
      relations.more.push_back({column.name, std::move(values)});
    }
  };
  for (const detail::export_column& column : table.edge_columns) add(column);
  if (table.has_own_edge_ids) add(table.edge_ids);
  if (!table.edge_labels.name.empty()) add(table.edge_labels);
  return {std::move(actors), std::move(relations)};
}

}  // namespace

write_result write_snapshot(const value_network& network, const std::string& file,
                            const write_options& options, const execution& exec) {
  const detail::export_table table = detail::make_export_table(network, options);
  parallel workers(exec);
  const bool as_it_is = options.actor_columns.empty() && options.relation_columns.empty();
  const value_network written = as_it_is ? network : network_of(table, exec);
  network_sections(written, workers).write(file, exec);
  return table.result;
}

write_result write_snapshot(const selection& selected, const std::string& file,
                            const write_options& options, const execution& exec) {
  const detail::export_table table = detail::make_export_table(selected, options);
  parallel workers(exec);
  const value_network written = network_of(table, exec);
  network_sections(written, workers).write(file, exec);
  return table.result;
}

value_network detail::read_network_sections(const snapshot_file& file, snapshot_check check,
                                            parallel& workers, const execution& exec) {
  if (check != snapshot_check::header) file.check_sections(workers, exec);
  return network_tables(file, check == snapshot_check::everything, workers, exec).read();
}

value_network read_network_snapshot(const std::string& file, const snapshot_options& options,
                                    const execution& exec) {
  parallel workers(exec);
  return detail::read_network_sections(snapshot_file(file, detail::snapshot_content::value_network),
                                       options.check, workers, exec);
}

}  // namespace valuenet
