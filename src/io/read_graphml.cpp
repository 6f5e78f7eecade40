// GraphML, with what yEd, Gephi, igraph and NetworkX make of it.
#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "detail/attribute_columns.hpp"
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

/// Whether a key for `domain` holds for `element` ("node", "edge").
bool holds_for(string_view domain, string_view element) {
  return domain == element || domain == "all";
}

/// The part of a name behind its prefix.
string_view behind_colon(string_view name) {
  return name.substr(name.find(':') + 1);
}

/// The text of the first label in yEd's drawing of a node or edge.
std::string drawn_label(pugi::xml_node drawing) {
  std::string label;
  for (pugi::xml_node node = drawing.first_child(); node && node != drawing;) {
    const string_view name = behind_colon(node.name());
    if (name == "NodeLabel" || name == "EdgeLabel" || name == "Label.Text") {
      append_text(node, label);
      label = trim_xml(label);
      if (!label.empty()) return label;
    } else if (name == "Label" && *node.attribute("Text").value() != '\0') {
      return node.attribute("Text").value();
    }
    // On in the order of the document, without recursion.
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != drawing && !node.next_sibling()) node = node.parent();
    if (node != drawing) node = node.next_sibling();
  }
  return label;
}

class graphml_reader {
 public:
  graphml_reader(const text_source& source, network_builder& network, const execution& exec)
      : source_(source), network_(network), exec_(exec), ids_(network) {}

  void read() {
    read_keys();
    make_columns();
    read_rows();
    ids_.finish();
    take_notes();
  }

 private:
  using path = std::span<const string_view>;

  static bool is_graph(path p) { return p.size() == 2 && p[1] == "graph"; }

  // --- Keys ------------------------------------------------------------------------------------

  void read_keys() {
    xml_handler handler;
    handler.part = [](path p) {
      if (p.size() == 1 || is_graph(p)) return xml_part::container;
      // Keys stand before the graph; some writers put them into it.
      return p.back() == "key" ? xml_part::record : xml_part::skipped;
    };
    handler.open = [&](path p, const xml_element& start) {
      if (p.size() == 1 && p[0] != "graphml") {
        source_.fail(start.offset,
                     fmt::format("the first element is <{}> where <graphml> was expected", p[0]));
      }
      if (is_graph(p)) ++graphs_;
    };
    handler.record = [&](path, const xml_element& record) { declare(record); };
    execution quiet = exec_;  // the rows are the progress
    quiet.progress = {};
    walk_xml(source_, handler, quiet);
    if (graphs_ == 0) source_.fail(0, "<graphml> holds no <graph>, so there is no network in it");
  }

  void declare(const xml_element& record) {
    const pugi::xml_node node = record.node;
    declared_attribute key;
    key.id = attribute(node, "id");
    string_view domain = attribute(node, "for");
    if (domain.empty()) domain = "all";
    if (is_declared(key.id, domain)) {
      source_.fail(record.offset,
                   fmt::format("the key \"{}\" is declared twice for {}s; which of the two a value "
                               "belongs to cannot be told",
                               key.id, domain == "all" ? "node" : domain));
    }
    keys_.emplace(key.id, domain);
    key.title = attribute(node, "attr.name");
    if (key.title.empty()) key.title = key.id;
    if (key.title == "Edge Label") key.title = "label";  // as Gephi calls it
    const string_view type = attribute(node, "attr.type");
    key.is_boolean = type == "boolean";
    key.is_trimmed = !type.empty() && type != "string";
    for (const pugi::xml_node child : node.children()) {
      if (record.name_of(child) == "default") append_text(child, key.default_value);
    }
    if (key.is_trimmed) key.default_value = trim_xml(key.default_value);
    if (key.is_boolean) key.default_value = boolean_text(key.default_value);
    const bool is_drawing = *node.attribute("yfiles.type").value() != '\0' ||
                            (*node.attribute("y:attr.uri").value() != '\0' && type.empty());
    if (is_drawing) key.default_value.clear();
    if (holds_for(domain, "node")) {
      if (is_drawing) {
        node_drawings_.insert(key.id);
        if (key.title == "NodeLabels") key.title = "label";
      }
      nodes_.declare(key);
    }
    if (holds_for(domain, "edge")) {
      if (is_drawing) edge_drawings_.insert(key.id);
      edges_.declare(key);
    }
  }

  [[nodiscard]] bool is_declared(const std::string& id, string_view domain) const {
    if (keys_.contains({id, std::string(domain)}) || keys_.contains({id, "all"})) return true;
    const auto other = keys_.lower_bound({id, ""});
    return domain == "all" && other != keys_.end() && other->first == id;
  }

  void make_columns() {
    const std::vector<std::string> node_header = nodes_.header({"id"});
    const auto node_fields = actor_fields(node_header, {});
    nodes_.give_columns(
        {}, [&](const declared_attribute& each) { return name_of(node_fields[1 + each.place]); },
        [&](const std::string& name) { return network_.actor_column(name); });
    const std::vector<std::string> edge_header = edges_.header({"source", "target"});
    const auto edge_fields = relation_fields(edge_header, {});
    edges_.give_columns(
        {"id"},
        [&](const declared_attribute& each) { return name_of(edge_fields[2 + each.place]); },
        [&](const std::string& name) { return network_.relation_column(name); });
    for (const declared_attribute& each : edges_.all()) {
      if (plain_name(each.title) == "edgeid") edge_id_ = each.id;  // as Gephi calls it
    }
    label_ = network_.actor_column("label");
  }

  // --- Nodes and edges -------------------------------------------------------------------------

  void read_rows() {
    xml_handler handler;
    handler.part = [](path p) {
      if (p.size() == 1 || is_graph(p)) return xml_part::container;
      const bool is_row = p.size() == 3 && is_graph(p.first(2)) &&
                          (p[2] == "node" || p[2] == "edge" || p[2] == "hyperedge");
      return is_row ? xml_part::record : xml_part::skipped;
    };
    handler.open = [&](path p, const xml_element& start) {
      if (is_graph(p)) both_ways_ = default_of(start.node);
    };
    handler.record = [&](path, const xml_element& record) { add_rows(record); };
    walk_xml(source_, handler, exec_);
  }

  /// Whether the edges of a graph hold both ways unless they say otherwise. A graph must say it;
  /// where one does not, igraph and NetworkX take it for undirected.
  bool default_of(pugi::xml_node graph) {
    const string_view value = attribute(graph, "edgedefault");
    if (value != "directed" && value != "undirected") ++graphs_without_default_;
    return value != "directed";
  }

  /// A node, an edge, a hyperedge, and what graphs inside them hold, in the order of the file.
  void add_rows(const xml_element& record) {
    open_.assign(1, {record.node, both_ways_});
    while (!open_.empty()) {
      const auto [node, both_ways] = open_.back();
      open_.pop_back();
      const string_view name = record.name_of(node);
      bool inner_both_ways = both_ways;
      if (name == "node") {
        add_node(record, node);
      } else if (name == "edge") {
        add_edge(record, node, both_ways);
      } else if (name == "hyperedge") {
        network_.reject_relation(
            row_at(source_, record.offset_of(node)),
            "a hyperedge joins several nodes at once, and a relation has one giver and one taker; "
            "write it as edges");
        continue;
      } else {
        inner_both_ways = default_of(node);
      }
      const std::size_t first = open_.size();
      for (const pugi::xml_node child : node.children()) {
        const string_view inner = record.name_of(child);
        const bool is_wanted = name == "graph"
                                   ? inner == "node" || inner == "edge" || inner == "hyperedge"
                                   : inner == "graph";
        if (is_wanted) open_.emplace_back(child, inner_both_ways);
      }
      std::reverse(open_.begin() + static_cast<std::ptrdiff_t>(first), open_.end());
    }
  }

  void add_node(const xml_element& record, pugi::xml_node node) {
    const string_view id = attribute(node, "id");
    nodes_.start_row();
    if (node != record.node) {
      nodes_.add(network_.actor_column("parent"), attribute(node.parent().parent(), "id"));
      ++inner_nodes_;
    }
    read_data(record, node, nodes_, node_drawings_, "node");
    std::vector<cell>& cells = nodes_.finish_row();
    // A label that repeats the id says nothing: the id stands where there is no label.
    std::erase_if(cells,
                  [&](const cell& each) { return each.column == label_ && each.text == id; });
    network_.add_actor(row_at(source_, record.offset_of(node)), id, cells);
  }

  void add_edge(const xml_element& record, pugi::xml_node edge, bool both_ways) {
    const row_place place = row_at(source_, record.offset_of(edge));
    const string_view giver = attribute(edge, "source");
    const string_view taker = attribute(edge, "target");
    if (giver.empty() || taker.empty()) {
      network_.reject_relation(
          place, fmt::format("the edge has no {}; an edge must name its source and its target",
                             giver.empty() ? "source" : "target"));
      return;
    }
    const string_view directed = boolean_text(trim_xml(attribute(edge, "directed")));
    if (directed == "true") both_ways = false;
    if (directed == "false") both_ways = true;
    has_ports_ = has_ports_ || edge.attribute("sourceport") || edge.attribute("targetport");
    edges_.start_row();
    read_data(record, edge, edges_, edge_drawings_, "edge");
    std::vector<cell>& cells = edges_.finish_row();
    ids_.add(edge_id(edge, cells), cells);
    network_.add_relation(
        place, giver, taker,
        both_ways ? relation_direction::both_ways : relation_direction::giver_to_taker, cells);
  }

  /// The edge's id; where it has none, the one that Gephi writes as a key.
  string_view edge_id(pugi::xml_node edge, std::vector<cell>& cells) {
    string_view id = attribute(edge, "id");
    if (edge_id_.empty()) return id;
    const std::uint32_t column = edges_.find(edge_id_)->column;
    std::erase_if(cells, [&](const cell& each) {
      if (each.column != column || (!id.empty() && each.text != id)) return false;
      id = each.text;
      return true;
    });
    return id;
  }

  /// The data of a node or edge.
  void read_data(const xml_element& record, pugi::xml_node element, attribute_columns& columns,
                 const std::set<std::string, std::less<>>& drawings, const char* what) {
    std::string drawn;
    for (const pugi::xml_node child : element.children()) {
      const string_view name = record.name_of(child);
      if (name == "port") has_ports_ = true;
      if (name == "locator") ++locators_;
      if (name != "data") continue;
      const string_view id = attribute(child, "key");
      declared_attribute* key = columns.find(id);
      if (key == nullptr) key = make_key(id, columns, what);
      if (has_elements(child)) {
        if (drawn.empty()) drawn = drawn_label(child);
        has_structures_ = true;
      } else if (!drawings.contains(id)) {
        if (columns.set(*key, text_of(child, columns))) ++repeated_values_;
      }
    }
    if (drawn.empty()) return;
    // yEd's drawing has the label that a person saw; a key of that name would say it better.
    if (&columns == &nodes_) {
      add_unless_given(columns, label_, drawn);
    } else {
      add_unless_given(columns, network_.relation_column("label"), drawn);
    }
  }

  static void add_unless_given(attribute_columns& columns, std::uint32_t column,
                               const std::string& text) {
    for (const cell& each : columns.cells()) {
      if (each.column == column && !each.text.empty()) return;
    }
    columns.add(column, columns.keep(text));
  }

  static bool has_elements(pugi::xml_node data) {
    const auto children = data.children();
    return std::any_of(children.begin(), children.end(), [](const pugi::xml_node& child) {
      return child.type() == pugi::node_element;
    });
  }

  /// The text of a <data>; mostly one piece, which needs no copy.
  static string_view text_of(pugi::xml_node data, attribute_columns& columns) {
    const pugi::xml_node first = data.first_child();
    if (!first) return {};
    if (!first.next_sibling() &&
        (first.type() == pugi::node_pcdata || first.type() == pugi::node_cdata)) {
      return first.value();
    }
    std::string text;
    append_text(data, text);
    return columns.keep(std::move(text));
  }

  declared_attribute* make_key(string_view id, attribute_columns& columns, const char* what) {
    declared_attribute made;
    made.id = id;
    made.title = id.empty() ? "data" : id;
    made.column = &columns == &nodes_ ? network_.actor_column(made.title)
                                      : network_.relation_column(made.title);
    columns.declare(made);
    network_.note(
        fmt::format("the key \"{}\" is not declared for {}s; its values are column \"{}\"", id,
                    what, made.title));
    return columns.find(id);
  }

  // --- Notes -----------------------------------------------------------------------------------

  void take_notes() {
    if (graphs_ > 1) {
      network_.note(
          fmt::format("the file holds {} graphs; they were read as one network", graphs_));
    }
    if (graphs_without_default_ != 0) {
      network_.note(
          "a graph does not say whether its edges are directed (edgedefault); they were "
          "read as undirected");
    }
    if (inner_nodes_ != 0) {
      network_.note(count_of(inner_nodes_, "node lies inside another", "nodes lie inside others") +
                    "; the column \"parent\" says in which");
    }
    if (repeated_values_ != 0) {
      network_.note(count_of(repeated_values_, "value is", "values are") +
                    " given twice; the last one was kept");
    }
    if (has_structures_)
      network_.note("data made of elements (drawings) was not read, but for labels");
    if (has_ports_) network_.note("ports were not read: edges join nodes");
    if (locators_ != 0)
      network_.note(count_of(locators_, "locator was", "locators were") + " not followed");
  }

  const text_source& source_;
  network_builder& network_;
  const execution& exec_;
  attribute_columns nodes_;
  attribute_columns edges_;
  edge_ids ids_;
  /// Ids of all keys, with what they are for.
  std::set<std::pair<std::string, std::string>> keys_;
  std::set<std::string, std::less<>> node_drawings_;
  std::set<std::string, std::less<>> edge_drawings_;
  std::string edge_id_;
  std::uint32_t label_ = 0;
  std::vector<std::pair<pugi::xml_node, bool>> open_;

  bool both_ways_ = true;
  bool has_ports_ = false;
  bool has_structures_ = false;
  std::uint64_t graphs_ = 0;
  std::uint64_t graphs_without_default_ = 0;
  std::uint64_t inner_nodes_ = 0;
  std::uint64_t repeated_values_ = 0;
  std::uint64_t locators_ = 0;
};

}  // namespace

void read_graphml(const text_source& source, network_builder& network, const execution& exec) {
  graphml_reader(source, network, exec).read();
}

}  // namespace valuenet::detail
