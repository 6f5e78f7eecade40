#include "detail/export_table.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "detail/utf8.hpp"

namespace valuenet::detail {
namespace {

using std::size_t;

/// "12", "-3", "0": as an integer is usually written, and within 64 bits.
bool is_whole(std::string_view word) {
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  if (digits.empty() || (digits[0] == '0' && word.size() > 1)) return false;
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  return problem == std::errc{} && end == word.data() + word.size();
}

/// "1.5", "-0.25", "1e-06": a finite number without leading zeros, so that codes such as 001216
/// stay what they are.
bool is_real(std::string_view word) {
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits[0] < '0' || digits[0] > '9') return false;
  if (digits[0] == '0' && digits.size() > 1 && digits[1] >= '0' && digits[1] <= '9') return false;
  double value = 0.0;
  const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
  return problem == std::errc{} && end == word.data() + word.size() && std::isfinite(value);
}

/// Of the words of a column's vocabulary, used or not: linear in the distinct words.
value_type type_of(const text_column& column) {
  value_type type = column.words().size() > 1 ? value_type::whole : value_type::text;
  for (symbol s = 1; s < column.words().size() && type != value_type::text; ++s) {
    const std::string_view word = column.words()[s];
    if (type == value_type::whole && !is_whole(word)) type = value_type::real;
    if (type == value_type::real && !is_real(word)) type = value_type::text;
  }
  return type;
}

/// The value all relations share; else not given.
template <class Value>
std::optional<Value> shared_value(std::span<const relation_id> relations, const auto& value_of) {
  const Value first = value_of(relations.front());
  for (const relation_id relation : relations.subspan(1)) {
    if (value_of(relation) != first) return std::nullopt;
  }
  return first;
}

std::function<std::string_view(size_t)> computed_value(const computed_column& column) {
  return [&column, scratch = std::make_shared<std::string>()](size_t row) -> std::string_view {
    if (!column.defined.empty() && !column.defined[row]) return {};
    const double value = column.values[row];
    if (std::isnan(value)) return {};
    return number_text(value, *scratch);
  };
}

void check_column(const computed_column& column, size_t rows, const char* field, size_t place,
                  const char* what) {
  const std::string name =
      std::string(field) + '[' + std::to_string(place) + "] (\"" + column.name + "\")";
  if (column.name.empty()) throw std::invalid_argument(name + " has no name");
  if (column.values.size() != rows) {
    throw std::invalid_argument(name + " has " + std::to_string(column.values.size()) +
                                " values where there are " + std::to_string(rows) + ' ' + what);
  }
  if (!column.defined.empty() && column.defined.size() != rows) {
    throw std::invalid_argument(name + ".defined has " + std::to_string(column.defined.size()) +
                                " entries where there are " + std::to_string(rows) + ' ' + what);
  }
}

/// Puts the computed columns behind the network's; one of the same name gives way.
void add_computed(std::vector<export_column>& columns, const std::vector<computed_column>& computed,
                  size_t rows, const char* field, const char* what, write_result& result) {
  for (size_t i = 0; i < computed.size(); ++i) {
    const computed_column& column = computed[i];
    check_column(column, rows, field, i, what);
    const auto same = std::find_if(columns.begin(), columns.end(), [&](const export_column& other) {
      return other.name == column.name;
    });
    if (same != columns.end()) {
      result.replaced_columns.push_back(column.name);
      columns.erase(same);
    }
    columns.push_back({column.name, column.whole_numbers ? value_type::whole : value_type::real,
                       computed_value(column)});
  }
}

/// Columns of text from a table, in the order of their declaration.
template <class Table, class Rows>
void add_texts(std::vector<export_column>& columns, const Table& table,
               std::initializer_list<std::pair<const char*, const text_column*>> known,
               const Rows& value_at) {
  const auto add = [&](std::string name, const text_column& column) {
    if (!column.is_given()) return;
    columns.push_back({std::move(name), type_of(column),
                       [&column, value_at](size_t row) { return value_at(column, row); }});
  };
  for (const auto& [name, column] : known) add(name, *column);
  for (const named_column& column : table.more) add(column.name, column.values);
}

/// Whether every row has a value of its own.
bool is_key(const text_column& column) {
  std::vector<bool> seen(column.words().size(), false);
  return std::all_of(column.codes().begin(), column.codes().end(), [&](symbol code) {
    const bool is_new = code != 0 && !seen[code];
    seen[code] = true;
    return is_new;
  });
}

/// Takes label and id out of the columns: formats have places of their own for them, and Gephi
/// takes no column that is named like them.
void set_labels_and_ids(export_table& table, const text_column* ids) {
  for (std::size_t i = 0; i < table.edge_columns.size();) {
    export_column& column = table.edge_columns[i];
    if (column.name == "label") {
      table.edge_labels = std::move(column);
    } else if (column.name == "id" && ids != nullptr) {
      table.edge_ids = std::move(column);
      table.has_own_edge_ids = true;
    } else {
      if (column.name == "id") column.name = "relation_id";
      ++i;
      continue;
    }
    table.edge_columns.erase(table.edge_columns.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (table.edge_ids.name.empty()) {
    table.edge_ids = {"id", value_type::whole,
                      [scratch = std::make_shared<std::string>()](size_t row) -> std::string_view {
                        *scratch = std::to_string(row);
                        return *scratch;
                      }};
  }
}

export_table make_table(const value_network& network, const write_options& options,
                        size_t node_count, std::function<actor_id(size_t)> actor) {
  export_table table;
  table.network = &network;
  table.node_count = node_count;
  table.actor = std::move(actor);
  table.description = network.surrogate_notice();
  if (!options.description.empty()) {
    if (!table.description.empty()) table.description += ". ";
    table.description += options.description;
  }
  const auto check_length = [&](const char* what, std::size_t length) {
    if (length == node_count) return;
    throw std::invalid_argument(std::string(what) + " has " + std::to_string(length) +
                                " entries, what is written has " + std::to_string(node_count) +
                                " actors");
  };
  if (!options.sizes.empty()) {
    check_length("sizes", options.sizes.size());
    for (const double each : options.sizes) {
      if (!(each >= 0.0) || std::isinf(each)) {
        throw std::invalid_argument("sizes holds " + std::to_string(each) +
                                    "; give finite numbers of at least 0");
      }
    }
    table.sizes = &options.sizes;
  }
  if (!options.colors.empty()) {
    check_length("colors", options.colors.size());
    table.colors = &options.colors;
  }
  if (!options.positions.empty()) {
    if (options.positions.size() != node_count) {
      throw std::invalid_argument("positions has " + std::to_string(options.positions.size()) +
                                  " entries where there are " + std::to_string(node_count) +
                                  " actors");
    }
    for (const position& at : options.positions) {
      if (!std::isfinite(at.x) || !std::isfinite(at.y)) {
        throw std::invalid_argument("positions[" + std::to_string(&at - options.positions.data()) +
                                    "] is not finite");
      }
    }
    table.positions = &options.positions;
  }
  table.result.actors = node_count;

  const actor_table& actors = network.actors();
  const auto of_actor = table.actor;
  if (!actors.roles.empty()) {
    table.node_columns.push_back({"role", value_type::text, [&network, of_actor](size_t node) {
                                    return to_string(network.role(of_actor(node)));
                                  }});
  }
  add_texts(table.node_columns, actors,
            {{"type", &actors.type},
             {"country", &actors.country},
             {"province", &actors.province},
             {"city", &actors.city},
             {"sector", &actors.sector},
             {"industry", &actors.industry}},
            [of_actor](const text_column& column, size_t node) { return column[of_actor(node)]; });
  add_computed(table.node_columns, options.actor_columns, node_count, "actor_columns", "actors",
               table.result);
  return table;
}

}  // namespace

std::string_view number_text(double value, std::string& scratch) {
  if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
  std::array<char, 32> digits{};
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  (void)problem;  // 32 characters hold every double
  scratch.assign(digits.data(), end);
  return scratch;
}

export_table make_export_table(const value_network& network, const write_options& options) {
  const relation_table& relations = network.relations();
  export_table table = make_table(network, options, network.actor_count(),
                                  [](size_t node) { return static_cast<actor_id>(node); });
  table.undirected = network.is_undirected();
  table.edge_count = network.relation_count();
  table.result.relations = table.edge_count;
  table.has_kinds = relations.kind.is_given();
  table.has_weights = !relations.weights.empty();
  const auto text_at = [](const text_column& column, size_t row) { return column[row]; };
  if (relations.dimension.is_given()) {
    table.edge_columns.push_back({"dimension", value_type::text,
                                  [&relations](size_t row) { return relations.dimension[row]; }});
  }
  if (!relations.years.empty()) {
    table.edge_columns.push_back(
        {"year", value_type::whole,
         [&network, scratch = std::make_shared<std::string>()](size_t row) -> std::string_view {
           const auto year = network.year(static_cast<relation_id>(row));
           if (!year) return {};
           *scratch = std::to_string(*year);
           return *scratch;
         }});
  }
  add_texts(table.edge_columns, relations,
            {{"technology", &relations.technology}, {"application", &relations.application}},
            text_at);
  const text_column* ids = find_column(relations, "id");
  set_labels_and_ids(table, ids != nullptr && ids->is_given() && is_key(*ids) ? ids : nullptr);
  add_computed(table.edge_columns, options.relation_columns, table.edge_count, "relation_columns",
               "relations", table.result);
  table.edge_run_count = network.relation_count();
  table.for_edges = [&network, &relations](size_t begin, size_t end,
                                           const std::function<void(const export_edge&)>& call) {
    for (auto r = static_cast<relation_id>(begin); r < end; ++r) {
      call({.giver = network.giver(r),
            .taker = network.taker(r),
            .weight = network.weight(r),
            .both_ways = network.holds_both_ways(r),
            .kind = relations.kind[r],
            .row = r});
    }
  };
  return table;
}

export_table make_export_table(const selection& selected, const write_options& options) {
  const value_network& network = selected.network();
  const relation_table& relations = network.relations();
  const graph& g = selected.graph();
  export_table table = make_table(network, options, g.vertex_count(), [&selected](size_t node) {
    return selected.actor(static_cast<vertex_id>(node));
  });
  table.undirected = !g.is_directed();
  table.edge_count = g.edge_count();
  table.result.relations = table.edge_count;
  table.has_kinds = relations.kind.is_given();
  table.has_weights = g.is_weighted();
  const auto text_at = [&selected](const text_column& column, size_t arc) -> std::string_view {
    const auto code = shared_value<symbol>(selected.relations(arc),
                                           [&](relation_id r) { return column.code(r); });
    return code ? column.words()[*code] : std::string_view{};
  };
  if (relations.dimension.is_given()) {
    table.edge_columns.push_back({"dimension", value_type::text, [&relations, text_at](size_t arc) {
                                    return text_at(relations.dimension, arc);
                                  }});
  }
  if (!relations.years.empty()) {
    table.edge_columns.push_back(
        {"year", value_type::whole,
         [&, scratch = std::make_shared<std::string>()](size_t arc) -> std::string_view {
           const auto year = shared_value<std::int32_t>(
               selected.relations(arc), [&](relation_id r) { return relations.years[r]; });
           if (!year || *year == no_year) return {};
           *scratch = std::to_string(*year);
           return *scratch;
         }});
  }
  add_texts(table.edge_columns, relations,
            {{"technology", &relations.technology}, {"application", &relations.application}},
            text_at);
  set_labels_and_ids(table, nullptr);
  if (selected.accounting().merged > 0) {
    table.edge_columns.push_back(
        {"relations", value_type::whole,
         [&selected, scratch = std::make_shared<std::string>()](size_t arc) -> std::string_view {
           *scratch = std::to_string(selected.relations(arc).size());
           return *scratch;
         }});
  }
  add_computed(table.edge_columns, options.relation_columns, g.arc_count(), "relation_columns",
               "arcs", table.result);
  table.edge_run_count = g.vertex_count();
  table.for_edges = [&selected, &relations, text_at, &g](
                        size_t begin, size_t end,
                        const std::function<void(const export_edge&)>& call) {
    for (auto v = static_cast<vertex_id>(begin); v < end; ++v) {
      const auto neighbors = g.out_neighbors(v);
      for (size_t i = 0; i < neighbors.size(); ++i) {
        if (!g.is_directed() && neighbors[i] < v) continue;
        const arc_id arc = g.first_out_arc(v) + i;
        call({.giver = selected.actor(v),
              .taker = selected.actor(neighbors[i]),
              .weight = g.weight(arc),
              .both_ways = !g.is_directed(),
              .kind = text_at(relations.kind, arc),
              .row = arc});
      }
    }
  };
  return table;
}

std::uint64_t append_xml(std::string& to, std::string_view text, xml_place place) {
  std::uint64_t replaced = 0;
  std::size_t plain = 0;  // where the run not yet copied begins
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    std::string_view instead;
    std::size_t next = i + 1;
    if (byte >= 0x80) {
      next = i;
      const char32_t code = next_code_point(text, next);
      const bool was_bad = code == replacement_character && next == i + 1;
      if (was_bad || code == 0xFFFE || code == 0xFFFF) {
        instead = "\xEF\xBF\xBD";
        ++replaced;
      }
    } else if (c == '&') {
      instead = "&amp;";
    } else if (c == '<') {
      instead = "&lt;";
    } else if (c == '>') {
      instead = "&gt;";
    } else if (c == '"') {
      if (place == xml_place::attribute) instead = "&quot;";
    } else if (c == '\r') {
      instead = "&#13;";
    } else if (c == '\n' || c == '\t') {
      if (place == xml_place::attribute) instead = c == '\n' ? "&#10;" : "&#9;";
    } else if (byte < 0x20) {
      instead = "\xEF\xBF\xBD";
      ++replaced;
    }
    if (!instead.empty()) {
      to.append(text.substr(plain, i - plain));
      to.append(instead);
      plain = next;
    }
    i = next;
  }
  to.append(text.substr(plain));
  return replaced;
}

void chunked_output::flush() {
  if (exec_.stop.stop_requested()) throw cancelled();
  if (!text_.empty()) to_(text_);
  text_.clear();
}

chunked_output::sink stream_sink(std::ostream& to) {
  return [&to](std::string_view text) {
    to.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!to) throw io_error("the output could not be written to its end");
  };
}

}  // namespace valuenet::detail
