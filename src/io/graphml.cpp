#include "valuenet/io/graphml.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "detail/export_table.hpp"
#include "detail/write_beside.hpp"

namespace valuenet {
namespace {

using detail::append_xml;
using detail::export_column;
using detail::export_edge;
using detail::export_table;
using detail::value_type;
using detail::xml_place;

/// What XML Schema's NMTOKEN surely allows.
bool is_token(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

class graphml_writer {
 public:
  graphml_writer(export_table table, detail::chunked_output::sink to, const execution& exec)
      : table_(std::move(table)),
        out_(std::move(to), "writing", table_.node_count + table_.edge_count, exec),
        text_(out_.text()) {
    place_positions();
  }

  write_result write() {
    head();
    const std::string label = declare("label", "node", "label", value_type::text);
    std::vector<std::string> node_keys;
    for (const export_column& column : table_.node_columns) {
      node_keys.push_back(declare(column.name, "node", column.name, column.type));
    }
    if (table_.has_weights) weight_ = declare("weight", "edge", "weight", value_type::real);
    if (table_.has_kinds) kind_ = declare("kind", "edge", "kind", value_type::text);
    if (!table_.edge_labels.name.empty()) {
      edge_label_ = declare("edgelabel", "edge", "Edge Label", value_type::text);
    }
    std::vector<std::string> edge_keys;
    for (const export_column& column : table_.edge_columns) {
      edge_keys.push_back(declare(column.name, "edge", column.name, column.type));
    }
    text_ += "  <graph edgedefault=\"";
    text_ += table_.undirected ? "undirected\">\n" : "directed\">\n";
    for (std::size_t node = 0; node < table_.node_count; ++node) {
      write_node(node, label, node_keys);
    }
    table_.for_each_edge([&](const export_edge& edge) { write_edge(edge, edge_keys); });
    text_ += "  </graph>\n</graphml>\n";
    out_.flush();
    return std::move(table_.result);
  }

 private:
  /// Positions are two more columns, as Gephi has them.
  void place_positions() {
    if (table_.positions == nullptr) return;
    const auto add = [&](const char* name, double position::*member) {
      std::erase_if(table_.node_columns, [&](const export_column& column) {
        if (column.name != name) return false;
        table_.result.replaced_columns.emplace_back(name);
        return true;
      });
      table_.node_columns.push_back(
          {name, value_type::real, [this, member](std::size_t node) -> std::string_view {
             return detail::number_text((*table_.positions)[node].*member, scratch_);
           }});
    };
    add("x", &position::x);
    add("y", &position::y);
  }

  void attribute(const char* name, std::string_view value) {
    text_ += ' ';
    text_ += name;
    text_ += "=\"";
    table_.result.replaced_characters += append_xml(text_, value, xml_place::attribute);
    text_ += '"';
  }

  void head() {
    text_ +=
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
        "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    if (table_.description.empty()) return;
    text_ += "  <desc>";
    table_.result.replaced_characters += append_xml(text_, table_.description, xml_place::content);
    text_ += "</desc>\n";
  }

  /// Declares a key and gives its id: `wanted` where it may be one and no other key has it.
  std::string declare(const std::string& wanted, const char* domain, const std::string& name,
                      value_type type) {
    std::string id = is_token(wanted) ? wanted : fmt::format("d{}", keys_.size());
    while (keys_.contains(id)) id = fmt::format("{}_{}", domain, id);
    keys_.insert(id);
    text_ += "  <key";
    attribute("id", id);
    attribute("for", domain);
    attribute("attr.name", name);
    text_ += type == value_type::whole  ? " attr.type=\"long\"/>\n"
             : type == value_type::real ? " attr.type=\"double\"/>\n"
                                        : " attr.type=\"string\"/>\n";
    return id;
  }

  void data(const std::string& key, std::string_view value) {
    if (value.empty()) return;
    text_ += "<data key=\"";
    text_ += key;  // a token: nothing to escape
    text_ += "\">";
    table_.result.replaced_characters += append_xml(text_, value, xml_place::content);
    text_ += "</data>";
  }

  void write_node(std::size_t node, const std::string& label,
                  const std::vector<std::string>& keys) {
    const actor_id actor = table_.actor(node);
    text_ += "    <node";
    attribute("id", table_.network->id(actor));
    text_ += '>';
    data(label, table_.network->label(actor));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      data(keys[i], table_.node_columns[i].value(node));
    }
    text_ += "</node>\n";
    out_.pass_on();
  }

  void write_edge(const export_edge& edge, const std::vector<std::string>& keys) {
    text_ += "    <edge";
    attribute("id", table_.edge_ids.value(edge.row));
    attribute("source", table_.network->id(edge.giver));
    attribute("target", table_.network->id(edge.taker));
    if (edge.both_ways != table_.undirected) {
      attribute("directed", edge.both_ways ? "false" : "true");
    }
    text_ += '>';
    if (table_.has_weights) data(weight_, detail::number_text(edge.weight, scratch_));
    if (table_.has_kinds) data(kind_, edge.kind);
    if (!edge_label_.empty()) data(edge_label_, table_.edge_labels.value(edge.row));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      data(keys[i], table_.edge_columns[i].value(edge.row));
    }
    text_ += "</edge>\n";
    out_.pass_on();
  }

  export_table table_;
  detail::chunked_output out_;
  std::string& text_;
  std::string scratch_;
  std::set<std::string> keys_;
  std::string weight_;
  std::string kind_;
  std::string edge_label_;
};

template <class Source>
write_result write_to_stream(const Source& what, std::ostream& to, const write_options& options,
                             const execution& exec) {
  return graphml_writer(detail::make_export_table(what, options), detail::stream_sink(to), exec)
      .write();
}

template <class Source>
write_result write_to_file(const Source& what, const std::string& file,
                           const write_options& options, const execution& exec) {
  export_table table = detail::make_export_table(what, options);
  detail::write_beside beside(file);
  const write_result result =
      graphml_writer(
          std::move(table), [&](std::string_view text) { beside.write(text); }, exec)
          .write();
  beside.commit();
  return result;
}

}  // namespace

write_result write_graphml(const value_network& network, const std::string& file,
                           const write_options& options, const execution& exec) {
  return write_to_file(network, file, options, exec);
}

write_result write_graphml(const selection& selected, const std::string& file,
                           const write_options& options, const execution& exec) {
  return write_to_file(selected, file, options, exec);
}

write_result write_graphml(const value_network& network, std::ostream& to,
                           const write_options& options, const execution& exec) {
  return write_to_stream(network, to, options, exec);
}

write_result write_graphml(const selection& selected, std::ostream& to,
                           const write_options& options, const execution& exec) {
  return write_to_stream(selected, to, options, exec);
}

}  // namespace valuenet
