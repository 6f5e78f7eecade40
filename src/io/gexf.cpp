#include "valuenet/io/gexf.hpp"

#include "valuenet/version.hpp"

#include <algorithm>
#include <array>

#include "detail/export_table.hpp"
#include "detail/write_beside.hpp"

namespace valuenet {
namespace {

using detail::append_xml;
using detail::export_column;
using detail::export_edge;
using detail::export_table;
using detail::xml_place;

/// What an attribute may not be called by: Gephi's tables have columns of these ids already.
bool is_taken(const std::string& id) {
  constexpr std::array<std::string_view, 9> taken{
      "id", "label", "weight", "kind", "source", "target", "timestamp", "interval", "timeset"};
  return std::find(taken.begin(), taken.end(), id) != taken.end();
}

class gexf_writer {
 public:
  gexf_writer(export_table table, detail::chunked_output::sink to, const execution& exec)
      : table_(std::move(table)),
        out_(std::move(to), "writing", table_.node_count + table_.edge_count, exec),
        text_(out_.text()) {}

  write_result write() {
    head();
    const std::vector<std::string> node_ids = declare("node", table_.node_columns);
    const std::vector<std::string> edge_ids = declare("edge", table_.edge_columns);
    text_ += "    <nodes>\n";
    for (std::size_t node = 0; node < table_.node_count; ++node) write_node(node, node_ids);
    text_ += "    </nodes>\n    <edges>\n";
    table_.for_each_edge([&](const export_edge& edge) { write_edge(edge, edge_ids); });
    text_ += "    </edges>\n  </graph>\n</gexf>\n";
    out_.flush();
    return std::move(table_.result);
  }

 private:
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
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" "
        "version=\"1.3\">\n  <meta>\n    <creator>valuenet ";
    text_ += version();
    text_ += "</creator>\n";
    if (!table_.description.empty()) {
      text_ += "    <description>";
      table_.result.replaced_characters +=
          append_xml(text_, table_.description, xml_place::content);
      text_ += "</description>\n";
    }
    text_ += "  </meta>\n  <graph defaultedgetype=\"";
    text_ += table_.undirected ? "undirected" : "directed";
    text_ += "\" mode=\"static\" idtype=\"string\">\n";
  }

  /// The ids of the columns' attributes: their names, or a number where that is taken.
  std::vector<std::string> declare(const char* what, const std::vector<export_column>& columns) {
    std::vector<std::string> ids;
    if (columns.empty()) return ids;
    text_ += "    <attributes class=\"";
    text_ += what;
    text_ += "\" mode=\"static\">\n";
    for (const export_column& column : columns) {
      const bool taken = is_taken(column.name);
      ids.push_back(taken ? std::string(what) + '_' + column.name : column.name);
      text_ += "      <attribute";
      attribute("id", ids.back());
      attribute("title", column.name);
      text_ += column.type == detail::value_type::whole  ? " type=\"long\"/>\n"
               : column.type == detail::value_type::real ? " type=\"double\"/>\n"
                                                         : " type=\"string\"/>\n";
    }
    text_ += "    </attributes>\n";
    return ids;
  }

  /// The attribute values of a row; whether there were any.
  bool values(const std::vector<export_column>& columns, const std::vector<std::string>& ids,
              std::size_t row) {
    bool any = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string_view value = columns[i].value(row);
      if (value.empty()) continue;
      if (!any) text_ += ">\n        <attvalues>\n";
      any = true;
      text_ += "          <attvalue";
      attribute("for", ids[i]);
      attribute("value", value);
      text_ += "/>\n";
    }
    if (any) text_ += "        </attvalues>\n";
    return any;
  }

  void write_node(std::size_t node, const std::vector<std::string>& ids) {
    const actor_id actor = table_.actor(node);
    text_ += "      <node";
    attribute("id", table_.network->id(actor));
    attribute("label", table_.network->label(actor));
    bool open = values(table_.node_columns, ids, node);
    const auto viz = [&](const char* element) {
      if (!open) text_ += ">\n";
      open = true;
      text_ += "        <viz:";
      text_ += element;
    };
    if (table_.colors != nullptr) {
      const drawn_color& each = (*table_.colors)[node];
      viz("color");
      attribute("r", std::to_string(each.red));
      attribute("g", std::to_string(each.green));
      attribute("b", std::to_string(each.blue));
      text_ += "/>\n";
    }
    if (table_.positions != nullptr) {
      const position& at = (*table_.positions)[node];
      viz("position");
      attribute("x", detail::number_text(at.x, scratch_));
      attribute("y", detail::number_text(at.y, scratch_));
      text_ += " z=\"0\"/>\n";
    }
    if (table_.sizes != nullptr) {
      viz("size");
      attribute("value", detail::number_text((*table_.sizes)[node], scratch_));
      text_ += "/>\n";
    }
    text_ += open ? "      </node>\n" : "/>\n";
    out_.pass_on();
  }

  void write_edge(const export_edge& edge, const std::vector<std::string>& ids) {
    text_ += "      <edge";
    attribute("id", table_.edge_ids.value(edge.row));
    attribute("source", table_.network->id(edge.giver));
    attribute("target", table_.network->id(edge.taker));
    if (edge.both_ways != table_.undirected) {
      attribute("type", edge.both_ways ? "undirected" : "directed");
    }
    if (!edge.kind.empty()) attribute("kind", edge.kind);
    if (!table_.edge_labels.name.empty()) {
      const std::string_view label = table_.edge_labels.value(edge.row);
      if (!label.empty()) attribute("label", label);
    }
    if (table_.has_weights) attribute("weight", detail::number_text(edge.weight, scratch_));
    text_ += values(table_.edge_columns, ids, edge.row) ? "      </edge>\n" : "/>\n";
    out_.pass_on();
  }

  export_table table_;
  detail::chunked_output out_;
  std::string& text_;
  std::string scratch_;
};

template <class Source>
write_result write_to_stream(const Source& what, std::ostream& to, const write_options& options,
                             const execution& exec) {
  return gexf_writer(detail::make_export_table(what, options), detail::stream_sink(to), exec)
      .write();
}

template <class Source>
write_result write_to_file(const Source& what, const std::string& file,
                           const write_options& options, const execution& exec) {
  export_table table = detail::make_export_table(what, options);
  detail::write_beside beside(file);
  const write_result result =
      gexf_writer(
          std::move(table), [&](std::string_view text) { beside.write(text); }, exec)
          .write();
  beside.commit();
  return result;
}

}  // namespace

write_result write_gexf(const value_network& network, const std::string& file,
                        const write_options& options, const execution& exec) {
  return write_to_file(network, file, options, exec);
}

write_result write_gexf(const selection& selected, const std::string& file,
                        const write_options& options, const execution& exec) {
  return write_to_file(selected, file, options, exec);
}

write_result write_gexf(const value_network& network, std::ostream& to,
                        const write_options& options, const execution& exec) {
  return write_to_stream(network, to, options, exec);
}

write_result write_gexf(const selection& selected, std::ostream& to, const write_options& options,
                        const execution& exec) {
  return write_to_stream(selected, to, options, exec);
}

}  // namespace valuenet
