#include "valuenet/io/csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detail/export_table.hpp"
#include "detail/parallel.hpp"
#include "detail/progress.hpp"
#include "detail/write_beside.hpp"

namespace valuenet {
namespace {

using detail::export_column;
using detail::export_edge;
using detail::export_table;
using detail::write_beside;

/// Bytes that a reader takes for separators, quotes or line ends.
constexpr std::array<bool, 256> special_bytes = [] {
  std::array<bool, 256> special{};
  for (const char c : std::string_view(",;\t|\"\r\n")) {
    special[static_cast<unsigned char>(c)] = true;
  }
  return special;
}();

/// Whether a reader could take the bare text for something else: separators and quotes, blanks that
/// it trims, a comment.
bool needs_quotes(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == ' ' || text.back() == ' ' || text.front() == '#' || text.front() == '%') {
    return true;
  }
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return special_bytes[static_cast<unsigned char>(c)]; });
}

/// Rows of one table, appended to a text.
class csv_rows {
 public:
  explicit csv_rows(std::string& text) : text_(text) {}

  void add(std::string_view value) {
    if (!first_) text_ += ',';
    first_ = false;
    if (!needs_quotes(value)) {
      text_ += value;
      return;
    }
    text_ += '"';
    for (const char c : value) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
  }

  void end_row() {
    text_ += '\n';
    first_ = true;
  }

 private:
  std::string& text_;
  bool first_ = true;
};

void write_actor_header(const export_table& table, csv_rows to) {
  to.add("id");
  to.add("label");
  for (const export_column& column : table.node_columns) to.add(column.name);
  to.end_row();
}

void write_actors(const export_table& table, std::size_t begin, std::size_t end, csv_rows to) {
  for (std::size_t node = begin; node < end; ++node) {
    const actor_id actor = table.actor(node);
    to.add(table.network->id(actor));
    to.add(table.network->actors().label[actor]);
    for (const export_column& column : table.node_columns) to.add(column.value(node));
    to.end_row();
  }
}

void write_relation_header(const export_table& table, bool some_both_ways, csv_rows to) {
  to.add("giver");
  to.add("taker");
  if (table.has_kinds) to.add("kind");
  if (table.has_weights) to.add("weight");
  if (some_both_ways) to.add("Type");
  if (table.has_own_edge_ids) to.add("id");
  if (!table.edge_labels.name.empty()) to.add(table.edge_labels.name);
  for (const export_column& column : table.edge_columns) to.add(column.name);
  to.end_row();
}

void write_relations(const export_table& table, bool some_both_ways, std::size_t begin,
                     std::size_t end, csv_rows to) {
  std::string scratch;
  table.for_edges(begin, end, [&](const export_edge& edge) {
    to.add(table.network->id(edge.giver));
    to.add(table.network->id(edge.taker));
    if (table.has_kinds) to.add(edge.kind);
    if (table.has_weights) to.add(detail::number_text(edge.weight, scratch));
    if (some_both_ways) to.add(edge.both_ways ? "Undirected" : "Directed");
    if (table.has_own_edge_ids) to.add(table.edge_ids.value(edge.row));
    if (!table.edge_labels.name.empty()) to.add(table.edge_labels.value(edge.row));
    for (const export_column& column : table.edge_columns) to.add(column.value(edge.row));
    to.end_row();
  });
}

/// Chunks of rows are worded side by side and written in order, the ones before while the next are
/// worded.
template <class Word>
void write_in_order(std::size_t rows, write_beside& to, std::string_view task,
                    detail::parallel& workers, const execution& exec, const Word& word) {
  constexpr std::size_t rows_of_chunk = 8192;
  const std::size_t chunks = (rows + rows_of_chunk - 1) / rows_of_chunk;
  const std::size_t batch = 4 * workers.workers();
  std::vector<std::string> worded(batch);
  std::vector<std::string> finished(batch);
  detail::progress told(exec, task, rows);
  for (std::size_t first = 0; first < chunks + batch; first += batch) {
    const std::size_t count = first < chunks ? std::min(batch, chunks - first) : 0;
    workers.for_chunks(count + 1, 1, [&](std::size_t i, std::size_t, std::size_t worker) {
      if (i == 0) {
        for (std::string& text : finished) {
          to.write(text);
          text.clear();
        }
        return;
      }
      const std::size_t begin = (first + i - 1) * rows_of_chunk;
      const std::size_t end = std::min(rows, begin + rows_of_chunk);
      word(begin, end, worker, worded[i - 1]);
      told.advance(end - begin);
    });
    finished.swap(worded);
  }
}

template <class Source>
write_result write_tables(const Source& what, const csv_files& files, const write_options& options,
                          const execution& exec) {
  detail::parallel workers(exec);
  // One a worker: its columns keep the text of their last value.
  std::vector<export_table> tables;
  for (std::size_t i = 0; i < workers.workers(); ++i) {
    tables.push_back(detail::make_export_table(what, options));
  }
  const export_table& table = tables.front();
  std::optional<write_beside> actors;
  std::optional<write_beside> relations;
  if (!files.actors.empty()) {
    actors.emplace(files.actors);
    std::string header;
    write_actor_header(table, csv_rows(header));
    actors->write(header);
    write_in_order(table.node_count, *actors, "writing actors", workers, exec,
                   [&](std::size_t begin, std::size_t end, std::size_t worker, std::string& text) {
                     write_actors(tables[worker], begin, end, csv_rows(text));
                   });
  }
  if (!files.relations.empty()) {
    relations.emplace(files.relations);
    bool some_both_ways = false;
    table.for_each_edge(
        [&](const export_edge& edge) { some_both_ways = some_both_ways || edge.both_ways; });
    std::string header;
    write_relation_header(table, some_both_ways, csv_rows(header));
    relations->write(header);
    write_in_order(table.edge_run_count, *relations, "writing relations", workers, exec,
                   [&](std::size_t begin, std::size_t end, std::size_t worker, std::string& text) {
                     write_relations(tables[worker], some_both_ways, begin, end, csv_rows(text));
                   });
  }
  if (actors) actors->commit();
  if (relations) relations->commit();
  return table.result;
}

}  // namespace

write_result write_csv(const value_network& network, const csv_files& files,
                       const write_options& options, const execution& exec) {
  return write_tables(network, files, options, exec);
}

write_result write_csv(const selection& selected, const csv_files& files,
                       const write_options& options, const execution& exec) {
  return write_tables(selected, files, options, exec);
}

}  // namespace valuenet
