#include "valuenet/io/csv.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "detail/export_table.hpp"
#include "detail/write_beside.hpp"

namespace valuenet {
namespace {

using detail::chunked_output;
using detail::export_column;
using detail::export_edge;
using detail::export_table;

/// Whether a reader could take the bare text for something else: separators and quotes, blanks that
/// it trims, a comment.
bool needs_quotes(std::string_view text) {
  if (text.empty()) return false;
  if (text.find_first_of(",;\t|\"\r\n") != std::string_view::npos) return true;
  const auto blank = [](char c) { return c == ' '; };
  return blank(text.front()) || blank(text.back()) || text.front() == '#' || text.front() == '%';
}

/// Builds one table's text row by row.
class csv_text {
 public:
  csv_text(chunked_output::sink to, std::string_view task, std::size_t rows, const execution& exec)
      : out_(std::move(to), task, rows + 1, exec) {}

  void add(std::string_view value) {
    std::string& text = out_.text();
    if (!first_) text += ',';
    first_ = false;
    if (!needs_quotes(value)) {
      text += value;
      return;
    }
    text += '"';
    for (const char c : value) {
      if (c == '"') text += '"';
      text += c;
    }
    text += '"';
  }

  void end_row() {
    out_.text() += '\n';
    first_ = true;
    out_.pass_on();
  }

  void finish() { out_.flush(); }

 private:
  chunked_output out_;
  bool first_ = true;
};

void write_actors(const export_table& table, csv_text& text) {
  text.add("id");
  text.add("label");
  for (const export_column& column : table.node_columns) text.add(column.name);
  text.end_row();
  for (std::size_t node = 0; node < table.node_count; ++node) {
    const actor_id actor = table.actor(node);
    text.add(table.network->id(actor));
    text.add(table.network->actors().label[actor]);
    for (const export_column& column : table.node_columns) text.add(column.value(node));
    text.end_row();
  }
  text.finish();
}

void write_relations(const export_table& table, csv_text& text) {
  bool some_both_ways = false;
  table.for_each_edge(
      [&](const export_edge& edge) { some_both_ways = some_both_ways || edge.both_ways; });
  text.add("giver");
  text.add("taker");
  if (table.has_kinds) text.add("kind");
  if (table.has_weights) text.add("weight");
  if (some_both_ways) text.add("Type");
  if (table.has_own_edge_ids) text.add("id");
  if (!table.edge_labels.name.empty()) text.add(table.edge_labels.name);
  for (const export_column& column : table.edge_columns) text.add(column.name);
  text.end_row();
  std::string scratch;
  table.for_each_edge([&](const export_edge& edge) {
    text.add(table.network->id(edge.giver));
    text.add(table.network->id(edge.taker));
    if (table.has_kinds) text.add(edge.kind);
    if (table.has_weights) text.add(detail::number_text(edge.weight, scratch));
    if (some_both_ways) text.add(edge.both_ways ? "Undirected" : "Directed");
    if (table.has_own_edge_ids) text.add(table.edge_ids.value(edge.row));
    if (!table.edge_labels.name.empty()) text.add(table.edge_labels.value(edge.row));
    for (const export_column& column : table.edge_columns) text.add(column.value(edge.row));
    text.end_row();
  });
  text.finish();
}

template <class Source>
write_result write_tables(const Source& what, const csv_files& files, const write_options& options,
                          const execution& exec) {
  const export_table table = detail::make_export_table(what, options);
  std::optional<detail::write_beside> actors;
  std::optional<detail::write_beside> relations;
  if (!files.actors.empty()) {
    actors.emplace(files.actors);
    csv_text text([&](std::string_view piece) { actors->write(piece); }, "writing actors",
                  table.node_count, exec);
    write_actors(table, text);
  }
  if (!files.relations.empty()) {
    relations.emplace(files.relations);
    csv_text text([&](std::string_view piece) { relations->write(piece); }, "writing relations",
                  table.edge_count, exec);
    write_relations(table, text);
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
