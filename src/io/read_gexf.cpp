// GEXF 1.0 to 1.3. Nodes and edges are records of the walk; attributes are looked for in a walk of
// its own before, since files may declare them behind what uses them.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "detail/attribute_columns.hpp"
#include "detail/cell_values.hpp"
#include "detail/edge_ids.hpp"
#include "detail/format_readers.hpp"
#include "detail/wording.hpp"
#include "detail/xml_records.hpp"

namespace valuenet::detail {
namespace {

using std::string_view;

string_view attribute(pugi::xml_node node, const char* name) {
  return node.attribute(name).as_string();
}

bool is_word(string_view text, string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  });
}

/// A field that an element has both as an attribute of its own (label="...") and, in some files, as
/// a declared one. The element's own holds; the other one is it where that is missing, and else a
/// further column.
struct twin {
  std::uint32_t column = 0;
  declared_attribute* declared = nullptr;
  string_view own;
  string_view other;

  void clear() { own = other = {}; }
  /// Adds the cells. A value that is `needless` (a label that repeats the id) is none.
  void finish(std::vector<cell>& cells, string_view needless = {}) {
    if (other.empty() && declared != nullptr) other = declared->default_value;
    const string_view value = own.empty() ? other : own;
    if (value != needless && !value.empty()) cells.push_back({column, value});
    if (!own.empty() && !other.empty() && other != own) cells.push_back({declared->column, other});
  }
};

class gexf_reader {
 public:
  gexf_reader(const text_source& source, network_builder& network, const execution& exec)
      : source_(source), network_(network), exec_(exec), ids_(network) {}

  void read() {
    read_declarations();
    make_columns();
    read_rows();
    ids_.finish();
    take_notes();
  }

 private:
  using path = std::span<const string_view>;

  // --- Declarations ----------------------------------------------------------------------------

  static bool is_graph(path p) { return p.size() == 2 && p[1] == "graph"; }

  void read_declarations() {
    xml_handler handler;
    handler.part = [](path p) {
      if (p.size() == 1 || is_graph(p)) return xml_part::container;
      return p.size() == 3 && p[2] == "attributes" ? xml_part::record : xml_part::skipped;
    };
    handler.open = [&](path p, const xml_element& start) {
      if (p.size() == 1 && p[0] != "gexf") {
        source_.fail(start.offset,
                     fmt::format("the first element is <{}> where <gexf> was expected", p[0]));
      }
      if (!is_graph(p)) return;
      ++graphs_;
      const string_view format = attribute(start.node, "timeformat");
      has_dates_ = has_dates_ || is_word(format, "date") || is_word(format, "datetime");
    };
    handler.record = [&](path, const xml_element& record) { declare(record); };
    execution quiet = exec_;  // the rows are the progress
    quiet.progress = {};
    walk_xml(source_, handler, quiet);
    if (graphs_ == 0) source_.fail(0, "<gexf> holds no <graph>, so there is no network in it");
  }

  void declare(const xml_element& record) {
    const string_view of = attribute(record.node, "class");
    const bool of_edges = is_word(of, "edge");
    if (!of_edges && !of.empty() && !is_word(of, "node")) {
      network_.note(fmt::format("attributes of class \"{}\" were not read", of));
      return;
    }
    attribute_columns& columns = of_edges ? edges_ : nodes_;
    for (const pugi::xml_node node : record.node.children()) {
      if (record.name_of(node) != "attribute") continue;
      declared_attribute declared;
      declared.id = attribute(node, "id");
      declared.title = attribute(node, "title");
      if (declared.title.empty()) declared.title = declared.id;
      declared.is_boolean = is_word(attribute(node, "type"), "boolean");
      for (const pugi::xml_node child : node.children()) {
        if (record.name_of(child) != "default") continue;
        std::string text;
        append_text(child, text);
        declared.default_value = trim_xml(text);
        if (declared.is_boolean) declared.default_value = boolean_text(trim_xml(text));
      }
      if (columns.declare(declared)) continue;
      source_.fail(record.offset_of(node),
                   fmt::format("the attribute id \"{}\" is declared twice for {}; which of the two "
                               "a value belongs to cannot be told",
                               declared.id, of_edges ? "edges" : "nodes"));
    }
  }

  void make_columns() {
    const auto node_column = [&](const std::string& name) { return network_.actor_column(name); };
    label_.column = node_column("label");
    const std::vector<std::string> node_header = nodes_.header({"id"});
    const auto node_fields = actor_fields(node_header, {});
    const auto node_field = [&](const declared_attribute& each) {
      return node_fields[1 + each.place];
    };
    nodes_.give_columns(
        {"label"},
        [&](const declared_attribute& each) {
          const bool has_twin = node_field(each) == actor_field::label;
          return has_twin ? string_view{} : name_of(node_field(each));
        },
        node_column);
    for (declared_attribute& each : nodes_.all()) {
      if (node_field(each) == actor_field::label) label_.declared = &each;
    }

    const auto edge_column = [&](const std::string& name) {
      return network_.relation_column(name);
    };
    weight_.column = edge_column("weight");
    kind_.column = edge_column("kind");
    const std::vector<std::string> edge_header = edges_.header({"source", "target"});
    const auto edge_fields = relation_fields(edge_header, {});
    const auto edge_field = [&](const declared_attribute& each) {
      return edge_fields[2 + each.place];
    };
    edges_.give_columns(
        {"weight", "kind", "id", "label"},
        [&](const declared_attribute& each) {
          const bool has_twin = edge_field(each) == relation_field::weight ||
                                edge_field(each) == relation_field::kind;
          return has_twin ? string_view{} : name_of(edge_field(each));
        },
        edge_column);
    for (declared_attribute& each : edges_.all()) {
      if (edge_field(each) == relation_field::weight) weight_.declared = &each;
      if (edge_field(each) == relation_field::kind) kind_.declared = &each;
      has_years_ = has_years_ || edge_field(each) == relation_field::year;
    }
  }

  // --- Nodes and edges -------------------------------------------------------------------------

  void read_rows() {
    xml_handler handler;
    handler.part = [](path p) {
      if (p.size() == 1 || is_graph(p)) return xml_part::container;
      if (p.size() == 3 && is_graph(p.first(2)) && (p[2] == "nodes" || p[2] == "edges")) {
        return xml_part::container;
      }
      const bool is_row = p.size() == 4 && ((p[2] == "nodes" && p[3] == "node") ||
                                            (p[2] == "edges" && p[3] == "edge"));
      return is_row ? xml_part::record : xml_part::skipped;
    };
    handler.open = [&](path p, const xml_element& start) {
      // Without a word, GEXF's edges are undirected.
      if (is_graph(p)) both_ways_ = !is_word(attribute(start.node, "defaultedgetype"), "directed");
    };
    handler.record = [&](path p, const xml_element& record) {
      if (p.back() == "edge") {
        add_edge(record, record.node);
      } else {
        add_nodes(record);
      }
    };
    walk_xml(source_, handler, exec_);
  }

  /// A node and, where others lie in it, these and their edges, in the order of the file.
  void add_nodes(const xml_element& record) {
    open_.assign(1, record.node);
    while (!open_.empty()) {
      const pugi::xml_node node = open_.back();
      open_.pop_back();
      const string_view name = record.name_of(node);
      if (name == "edge") {
        add_edge(record, node);
        continue;
      }
      if (name == "node") add_node(record, node);
      const std::size_t first = open_.size();
      for (const pugi::xml_node child : node.children()) {
        const string_view inner = record.name_of(child);
        if (name == "node" ? inner == "nodes" || inner == "edges"
                           : inner == "node" || inner == "edge") {
          open_.push_back(child);
        }
      }
      std::reverse(open_.begin() + static_cast<std::ptrdiff_t>(first), open_.end());
    }
  }

  void add_node(const xml_element& record, pugi::xml_node node) {
    const string_view id = attribute(node, "id");
    const auto column = [&](const char* name) { return network_.actor_column(name); };
    nodes_.start_row();
    label_.clear();
    for (const pugi::xml_attribute each : node.attributes()) {
      const string_view name = each.name();
      if (name == "label") {
        label_.own = each.value();
      } else if (name == "pid") {
        nodes_.add(column("parent"), each.value());
      } else if (name != "id") {
        add_time(nodes_, name, each.value(), column);
      }
    }
    if (node != record.node) {
      nodes_.add(column("parent"), attribute(node.parent().parent(), "id"));
      ++inner_nodes_;
    }
    read_values(record, node, nodes_, column);
    std::vector<cell>& cells = nodes_.finish_row();
    label_.finish(cells, id);
    network_.add_actor(row_at(source_, record.offset_of(node)), id, cells);
  }

  void add_edge(const xml_element& record, pugi::xml_node edge) {
    const row_place place = row_at(source_, record.offset_of(edge));
    const auto column = [&](const char* name) { return network_.relation_column(name); };
    string_view giver;
    string_view taker;
    string_view id;
    bool both_ways = both_ways_;
    edges_.start_row();
    kind_.clear();
    weight_.clear();
    for (const pugi::xml_attribute each : edge.attributes()) {
      const string_view name = each.name();
      const string_view value = each.value();
      if (name == "source") {
        giver = value;
      } else if (name == "target") {
        taker = value;
      } else if (name == "id") {
        id = value;
      } else if (name == "weight") {
        weight_.own = value;
      } else if (name == "kind") {
        kind_.own = value;
      } else if (name == "type") {
        both_ways = holds_both_ways(value);
      } else if (name == "label") {
        edges_.add(column("label"), value);
      } else {
        add_time(edges_, name, value, column);
        if (name == "start" || name == "startopen") add_year(value);
      }
    }
    if (giver.empty() || taker.empty()) {
      network_.reject_relation(
          place, fmt::format("the edge has no {}; an edge must name its source and its target",
                             giver.empty() ? "source" : "target"));
      return;
    }
    read_values(record, edge, edges_, column);
    std::vector<cell>& cells = edges_.finish_row();
    kind_.finish(cells);
    weight_.finish(cells);
    ids_.add(id, cells);
    network_.add_relation(
        place, giver, taker,
        both_ways ? relation_direction::both_ways : relation_direction::giver_to_taker, cells);
  }

  bool holds_both_ways(string_view type) {
    if (is_word(type, "directed")) return false;
    if (is_word(type, "undirected") || is_word(type, "mutual")) return true;
    if (!type.empty() && odd_types_++ == 0) odd_type_ = type;
    return both_ways_;
  }

  /// Keeps when a node or edge is there.
  template <class Column>
  void add_time(attribute_columns& columns, string_view name, string_view value,
                const Column& column) {
    if (name == "start" || name == "startopen") {
      columns.add(column("start"), value);
    } else if (name == "end" || name == "endopen") {
      columns.add(column("end"), value);
    } else if (name == "timestamp") {
      columns.add(column("timestamp"), value);
    }
  }

  void add_year(string_view start) {
    if (!has_dates_ || has_years_) return;
    const parsed_year parsed = parse_year(trim_xml(start));
    if (parsed.year == no_year) return;
    edges_.add(network_.relation_column("year"), edges_.keep(std::to_string(parsed.year)));
    ++years_of_dates_;
  }

  /// The attribute values below a node or edge; everything else there is counted.
  template <class Column>
  void read_values(const xml_element& record, pugi::xml_node element, attribute_columns& columns,
                   const Column& column) {
    for (const pugi::xml_node child : element.children()) {
      const string_view name = record.name_of(child);
      if (name == "attvalues") {
        for (const pugi::xml_node value : child.children()) {
          if (record.name_of(value) == "attvalue") read_value(value, columns, column);
        }
      } else if (name == "attvalue") {
        read_value(child, columns, column);
      } else if (name == "spells" || name == "slices") {
        ++spells_;
      } else if (name == "parents") {
        ++parents_;
      } else if (name.find(':') != string_view::npos) {
        has_drawing_ = true;
      }
    }
  }

  template <class Column>
  void read_value(pugi::xml_node node, attribute_columns& columns, const Column& column) {
    string_view id = attribute(node, "for");
    if (id.empty()) id = attribute(node, "id");  // GEXF 1.0
    const string_view value = attribute(node, "value");
    declared_attribute* declared = columns.find(id);
    if (declared == nullptr) {
      declared_attribute made;
      made.id = id;
      made.title = id.empty() ? "value" : id;
      made.column = column(made.title.c_str());
      network_.note(fmt::format("values of the undeclared attribute \"{}\" are column \"{}\"", id,
                                made.title));
      columns.declare(made);
      declared = columns.find(id);
    }
    for (twin* each : {&label_, &kind_, &weight_}) {
      if (each->declared != declared) continue;
      if (!each->other.empty()) ++repeated_values_;
      each->other = value;
      return;
    }
    if (columns.set(*declared, value)) ++repeated_values_;
  }

  // --- Notes -----------------------------------------------------------------------------------

  void take_notes() {
    if (graphs_ > 1) {
      network_.note(
          fmt::format("the file holds {} graphs; they were read as one network", graphs_));
    }
    if (inner_nodes_ != 0) {
      network_.note(count_of(inner_nodes_, "node lies inside another", "nodes lie inside others") +
                    "; the column \"parent\" says in which");
    }
    if (repeated_values_ != 0) {
      network_.note(count_of(repeated_values_, "value changes", "values change") +
                    " in time; the last one listed was kept");
    }
    if (spells_ != 0) {
      network_.note("the times (spells) of " +
                    count_of(spells_, "node or edge", "nodes and edges") +
                    " were not read; kept for all time");
    }
    if (years_of_dates_ != 0) {
      network_.note(count_of(years_of_dates_, "year is", "years are") +
                    " taken from start dates of relations");
    }
    if (parents_ != 0) {
      network_.note("the parents of " + count_of(parents_, "node", "nodes") + " were not read");
    }
    if (has_drawing_) network_.note("colours, sizes and positions (viz) were not read");
    if (odd_types_ != 0) {
      network_.note(
          fmt::format("{} neither directed, undirected nor mutual, such as {}; read as the "
                      "graph's default, {}",
                      count_of(odd_types_, "edge is", "edges are"), quoted(odd_type_),
                      both_ways_ ? "undirected" : "directed"));
    }
  }

  const text_source& source_;
  network_builder& network_;
  const execution& exec_;
  attribute_columns nodes_;
  attribute_columns edges_;
  edge_ids ids_;
  twin label_;
  twin kind_;
  twin weight_;
  std::vector<pugi::xml_node> open_;

  bool both_ways_ = true;
  bool has_dates_ = false;
  bool has_years_ = false;
  bool has_drawing_ = false;
  std::uint64_t graphs_ = 0;
  std::uint64_t inner_nodes_ = 0;
  std::uint64_t repeated_values_ = 0;
  std::uint64_t spells_ = 0;
  std::uint64_t parents_ = 0;
  std::uint64_t years_of_dates_ = 0;
  std::uint64_t odd_types_ = 0;
  std::string odd_type_;
};

}  // namespace

void read_gexf(const text_source& source, network_builder& network, const execution& exec) {
  gexf_reader(source, network, exec).read();
}

}  // namespace valuenet::detail
