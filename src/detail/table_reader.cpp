#include "detail/table_reader.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "detail/cell_values.hpp"
#include "detail/table_parser.hpp"

namespace valuenet::detail {
namespace {

std::string count_of(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

/// The record that begins at `offset`, without its line end.
std::string_view record_text(std::string_view text, std::size_t offset, std::size_t end) {
  std::string_view record = text.substr(offset, end - offset);
  while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
  return record;
}

/// Tells the builder of the rows that could not be read, with a sentence each as long as somebody
/// looks.
void tell_rejected(const text_source& source, const table_layout& layout, const table_plan& plan,
                   const std::vector<problem_row>& rejected, network_builder& network) {
  const bool are_actors = layout.kind == table_kind::actors;
  const auto row_of =
      are_actors ? network_builder::row_of::actors : network_builder::row_of::relations;
  std::vector<field> fields;
  for (std::size_t i = 0; i < rejected.size(); ++i) {
    if (!network.shows_rejected()) {
      network.reject_unseen(row_of, rejected.size() - i);
      return;
    }
    const std::size_t offset = rejected[i].offset;
    const std::size_t end = read_record(source.text(), offset, plan.how, fields);
    const row_place place{offset, record_text(source.text(), offset, end)};
    std::string reason;
    switch (rejected[i].problem) {
      case row_problem::no_first_id:
        reason = are_actors ? "the actor has no id" : "the giver is missing";
        break;
      case row_problem::no_second_id:
        reason = "the taker is missing";
        break;
      case row_problem::too_many_fields:
        reason = "the row has more values than the " + std::to_string(plan.columns.size()) +
                 " columns; put quotes around a value that holds the separator";
        break;
      case row_problem::bad_weight: {
        const auto column =
            std::find_if(plan.columns.begin(), plan.columns.end(), [](column_use use) {
              return use == column_use::weight || use == column_use::weight_or_attributes;
            });
        const std::string value =
            value_of(fields[static_cast<std::size_t>(column - plan.columns.begin())]);
        const std::string_view trimmed = trim(value);
        const parsed_number number = parse_number(trimmed, plan.comma_is_decimal);
        reason = describe(number.problem, trimmed, "weight");
        break;
      }
    }
    if (are_actors) {
      network.reject_actor(place, std::move(reason));
    } else {
      network.reject_relation(place, std::move(reason));
    }
  }
}

table_plan plan_of(const table_layout& layout) {
  table_plan plan;
  plan.how = layout.how;
  plan.data_begin = layout.data_begin;
  plan.has_comments = layout.kind == table_kind::edge_list;
  // Where commas separate, a comma inside of quotes need not be a decimal one.
  plan.comma_is_decimal = layout.how.separator != ',';
  for (const actor_field field : layout.actor_fields) {
    plan.columns.push_back(field == actor_field::id ? column_use::first_id : column_use::text);
  }
  for (const relation_field field : layout.relation_fields) {
    switch (field) {
      case relation_field::giver:
        plan.columns.push_back(column_use::first_id);
        break;
      case relation_field::taker:
        plan.columns.push_back(column_use::second_id);
        plan.has_pairs = true;
        break;
      case relation_field::weight:
        plan.columns.push_back(layout.has_attributes ? column_use::weight_or_attributes
                                                     : column_use::weight);
        break;
      default:
        plan.columns.push_back(column_use::text);
    }
  }
  plan.how.most_fields = plan.columns.size() + 1;
  return plan;
}

void note_empty_rows(std::uint64_t count, network_builder& network) {
  if (count != 0) network.note(count_of(count, "row", "rows") + " of empty values passed over");
}

void read_actors(const text_source& source, const table_layout& layout, network_builder& network,
                 parallel& workers, const execution& exec) {
  const table_plan plan = plan_of(layout);
  parsed_table table = parse_table(source, plan, workers, exec);
  std::vector<network_builder::actor_table_column> columns;
  for (std::size_t c = 0; c < layout.header.size(); ++c) {
    if (plan.columns[c] != column_use::text) continue;
    columns.push_back(
        {layout.actor_fields[c], layout.header[c], std::move(table.texts[columns.size()])});
  }
  tell_rejected(source, layout, plan, table.rejected, network);
  note_empty_rows(table.empty_rows, network);
  network.adopt_actors(std::move(table), std::move(columns), workers);
}

/// "17" as a number; nothing for "017" and what is no number below 2^32.
std::optional<std::uint32_t> whole_number(std::string_view text) {
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Adds the vertices that an edge list declares and that are in none of its rows. Ids must be the
/// numbers 0 to n - 1, or 1 to n.
void add_isolated(const text_source& source, const table_layout& layout, std::uint64_t rows,
                  network_builder& network) {
  const std::uint64_t declared = *layout.declared_vertices;
  const std::uint64_t found = network.actor_count();
  if (found > declared) {
    network.note("the header declares " + std::to_string(declared) +
                 " vertices where the rows name " + std::to_string(found));
  }
  if (found >= declared) return;
  // What no file of this size says in earnest would take memory that it has not paid for.
  if (declared - found > (std::uint64_t{1} << 20) + 64 * rows) {
    throw parse_error(source.position(0),
                      "declares " + std::to_string(declared) + " vertices in its header where " +
                          count_of(rows, "row names ", "rows name ") + std::to_string(found) +
                          "; correct the number, or give the vertices as a table of actors");
  }
  bool has_zero = false;
  bool fits = true;
  for (std::size_t a = 0; a < found && fits; ++a) {
    const auto number = whole_number(network.actor_name(a));
    fits = number && *number <= declared;
    has_zero = has_zero || number == 0U;
    fits = fits && !(has_zero && *number == declared);
  }
  if (!fits || (has_zero && network.has_actor(std::to_string(declared)))) {
    network.note(
        "the header declares " + std::to_string(declared) + " vertices, of which " +
        std::to_string(declared - found) +
        " are in no row; they have no names, as ids are not the numbers from 0 or 1, and are "
        "left out");
    return;
  }
  const bool from_one = !has_zero && network.has_actor(std::to_string(declared));
  for (std::uint64_t i = 0; i < declared; ++i) {
    network.declare_actor(std::to_string(i + (from_one ? 1 : 0)));
  }
  network.note(count_of(declared - found, "vertex", "vertices") +
               " without relations, as the header declares " + std::to_string(declared));
}

void read_relations(const text_source& source, const table_layout& layout, network_builder& network,
                    parallel& workers, const execution& exec) {
  const table_plan plan = plan_of(layout);
  parsed_table table = parse_table(source, plan, workers, exec);
  std::vector<network_builder::relation_table_column> columns;
  for (std::size_t c = 0; c < layout.header.size(); ++c) {
    if (plan.columns[c] != column_use::text) continue;
    columns.push_back(
        {layout.relation_fields[c], layout.header[c], std::move(table.texts[columns.size()])});
  }
  tell_rejected(source, layout, plan, table.rejected, network);
  note_empty_rows(table.empty_rows, network);
  const std::uint64_t rows = table.rows + table.rejected.size();
  network.adopt_relations(std::move(table), std::move(columns), layout.direction, workers);
  if (layout.declared_edges && *layout.declared_edges != rows) {
    network.note("the header declares " + std::to_string(*layout.declared_edges) +
                 " edges where there are " + count_of(rows, "row", "rows"));
  }
  if (layout.declared_vertices) add_isolated(source, layout, rows, network);
}

/// An entry of an adjacency matrix that is not zero.
struct matrix_entry {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  double weight = 0.0;
  std::size_t offset = 0;
};

void read_matrix(const text_source& source, const table_layout& layout, network_builder& network,
                 const parallel& workers) {
  const std::string_view text = source.text();
  std::vector<field> fields;
  std::vector<std::string> names;
  std::unordered_map<std::string, std::uint32_t> place;
  std::uint64_t unnamed = 0;
  std::string first_unnamed;
  const auto add_name = [&](std::string name) {
    if (name.empty()) {
      name = "row_" + std::to_string(names.size() + 1);
      if (unnamed++ == 0) first_unnamed = name;
    }
    place.emplace(name, static_cast<std::uint32_t>(names.size()));
    names.push_back(std::move(name));
  };
  if (layout.has_labels) {
    for (std::size_t c = 1; c < layout.header.size(); ++c) {
      add_name(std::string(trim(layout.header[c])));
    }
  } else {
    (void)read_record(text, layout.data_begin, layout.how, fields);
    for (std::size_t c = 0; c < fields.size(); ++c) add_name(std::to_string(c + 1));
  }
  if (unnamed != 0) {
    network.note(count_of(unnamed, "actor has", "actors have") + " no name and " +
                 (unnamed == 1 ? "is" : "are") + " called by the row: " + first_unnamed);
  }
  const std::size_t first_value = layout.has_labels ? 1 : 0;
  for (const std::string& name : names) network.add_actor({layout.data_begin, {}}, name, {});

  std::vector<matrix_entry> entries;
  std::size_t rows = 0;
  for (std::size_t at = layout.data_begin; at < text.size();) {
    workers.check_stop();
    const std::size_t offset = at;
    at = read_record(text, offset, layout.how, fields);
    if (fields.empty()) continue;
    if (rows == names.size()) {
      source.fail(offset, "has more rows than columns; an adjacency matrix is square");
    }
    std::uint32_t row = static_cast<std::uint32_t>(rows++);
    if (layout.has_labels) {
      const std::string label = value_of(fields[0]);
      const auto found = place.find(std::string(trim(label)));
      if (found != place.end()) {
        row = found->second;
      } else if (!trim(label).empty()) {
        source.fail(offset,
                    "has the row \"" + label.substr(0, 60) +
                        "\", which is no column; an adjacency matrix names its rows like its "
                        "columns");
      }
    }
    if (fields.size() > names.size() + first_value) {
      source.fail(offset, "has " + std::to_string(fields.size() - first_value) +
                              " values in a row of an adjacency matrix of " +
                              std::to_string(names.size()) + " columns");
    }
    for (std::size_t c = first_value; c < fields.size(); ++c) {
      const std::string value = value_of(fields[c]);
      const std::string_view trimmed = trim(value);
      if (trimmed.empty() || trimmed == "0") continue;
      const auto column = static_cast<std::uint32_t>(c - first_value);
      const parsed_number number = parse_number(trimmed, layout.how.separator != ',');
      if (number.problem != number_problem::none) {
        network.reject_relation({offset, fields[c].text},
                                describe(number.problem, trimmed, "the entry") + " (row " +
                                    names[row] + ", column " + names[column] + ')');
      } else if (number.value != 0.0) {
        entries.push_back({row, column, number.value, offset});
      }
    }
  }
  if (rows < names.size()) {
    network.note("the matrix has " + count_of(names.size(), "column", "columns") + " and only " +
                 count_of(rows, "row", "rows"));
  }

  // A symmetric matrix says every pair twice: one relation that holds both ways says it once.
  const auto by_row = [](const matrix_entry& a, const matrix_entry& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  };
  std::vector<matrix_entry> turned = entries;
  for (matrix_entry& entry : turned) std::swap(entry.row, entry.column);
  std::vector<matrix_entry> sorted = entries;
  std::sort(sorted.begin(), sorted.end(), by_row);
  std::sort(turned.begin(), turned.end(), by_row);
  const bool is_symmetric =
      !entries.empty() && std::equal(sorted.begin(), sorted.end(), turned.begin(),
                                     [](const matrix_entry& a, const matrix_entry& b) {
                                       return a.row == b.row && a.column == b.column &&
                                              a.weight == b.weight;
                                     });
  if (is_symmetric) network.note("the matrix is symmetric: its relations hold both ways");
  for (const matrix_entry& entry : entries) {
    if (is_symmetric && entry.column < entry.row) continue;
    network.add_relation(
        {entry.offset, {}}, names[entry.row], names[entry.column],
        is_symmetric ? relation_direction::both_ways : relation_direction::giver_to_taker,
        entry.weight, {});
  }
}

}  // namespace

void read_table(const text_source& source, table_wanted wanted, network_builder& network,
                const execution& exec) {
  parallel workers(exec);
  const table_layout layout = examine_table(source, network.options(), wanted);
  switch (layout.kind) {
    case table_kind::actors:
      network.start_file(source, "csv actor table");
      read_actors(source, layout, network, workers, exec);
      break;
    case table_kind::relations:
      network.start_file(source, "csv edge table");
      read_relations(source, layout, network, workers, exec);
      break;
    case table_kind::edge_list:
      network.start_file(source, "edge list");
      read_relations(source, layout, network, workers, exec);
      break;
    case table_kind::matrix:
      network.start_file(source, "adjacency matrix");
      read_matrix(source, layout, network, workers);
      break;
  }
}

}  // namespace valuenet::detail
