#include "valuenet/io/read.hpp"

#include "valuenet/error.hpp"
#include "valuenet/io/csv.hpp"
#include "valuenet/io/snapshot.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detail/format_readers.hpp"
#include "detail/network_builder.hpp"
#include "detail/parallel.hpp"
#include "detail/table_reader.hpp"
#include "detail/text_source.hpp"
#include "detail/xxhash.hpp"
#include "io/network_snapshot.hpp"
#include "io/snapshot_file.hpp"

namespace valuenet {
namespace {

enum class format { table, gexf, graphml, gml, pajek };

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

/// The name of an XML document's first element, without its namespace prefix.
std::string root_element(std::string_view text) {
  std::size_t at = 0;
  while (true) {
    at = text.find('<', at);
    if (at == std::string_view::npos || at + 1 >= text.size()) return {};
    std::string_view end = ">";
    if (text.substr(at).starts_with("<!--")) {
      end = "-->";
    } else if (text[at + 1] == '?') {
      end = "?>";
    } else if (text[at + 1] == '!') {
      const std::size_t close = text.find_first_of("[>", at);  // an internal subset ends with ]>
      end = close != std::string_view::npos && text[close] == '[' ? "]>" : ">";
    } else {
      const std::size_t stop = text.find_first_of(" \t\r\n/>", at + 1);
      std::string_view name =
          text.substr(at + 1, stop == std::string_view::npos ? 0 : stop - at - 1);
      name.remove_prefix(std::min(name.size(), name.find(':') + 1));
      return lower_case(name.substr(0, 40));
    }
    at = text.find(end, at + 2);
    if (at == std::string_view::npos) return {};
  }
}

/// The text behind blanks and lines that begin with `comment`.
std::string_view skip_comments(std::string_view text, char comment) {
  while (true) {
    const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
    text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
    if (text.empty() || text.front() != comment) return text;
    text.remove_prefix(std::min(text.size(), text.find_first_of("\r\n")));
  }
}

/// "graph [" among the first keys of a GML file: at the beginning, or behind Creator and the like.
bool looks_like_gml(std::string_view text) {
  const std::string head = lower_case(skip_comments(text, '#').substr(0, 4096));
  for (std::size_t at = head.find("graph"); at != std::string::npos; at = head.find("graph", at)) {
    const bool begins_word = at == 0 || is_blank(head[at - 1]);
    at += 5;
    const std::size_t next = head.find_first_not_of(" \t\r\n", at);
    if (begins_word && next != std::string::npos && head[next] == '[') return true;
  }
  return false;
}

format find_out(const detail::text_source& source) {
  const std::string_view text = source.text();
  const std::string file = lower_case(source.file());
  const auto is_called = [&](std::string_view end) {
    return file.ends_with(end) || file.ends_with(std::string(end) + ".gz");
  };
  const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
  if (first == text.end())
    source.fail(0, "holds nothing but blanks; a table or a graph was expected");
  if (*first == '<') {
    const std::string root = root_element(text);
    if (root == "gexf" || is_called(".gexf")) return format::gexf;
    if (root == "graphml" || is_called(".graphml")) return format::graphml;
    source.fail(static_cast<std::size_t>(first - text.begin()),
                root.empty() ? "is broken XML: no element was found where <gexf> or <graphml> was "
                               "expected"
                             : "is an XML document with the root <" + root +
                                   ">; of XML, valuenet reads <gexf> and <graphml>");
  }
  if (is_called(".gexf")) return format::gexf;
  if (is_called(".graphml")) return format::graphml;
  if (is_called(".gml") || looks_like_gml(text)) return format::gml;
  const std::string_view pajek = skip_comments(text, '%').substr(0, 16);
  if (is_called(".net") || is_called(".paj") || (!pajek.empty() && pajek.front() == '*')) {
    return format::pajek;
  }
  return format::table;
}

/// The network in which relations of these kinds hold both ways too.
value_network with_kinds_both_ways(const value_network& network,
                                   const std::vector<std::string>& kinds) {
  const text_column& kind = network.relations().kind;
  std::vector<std::uint8_t> is_both(kind.words().size(), 0);
  for (const std::string& name : kinds) {
    const auto found = kind.words().find(name);
    if (found && *found != 0) is_both[*found] = 1;
  }
  relation_table relations = network.relations();
  relations.both_ways.resize(relations.size(), 0);
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (is_both[kind.code(r)] != 0) relations.both_ways[r] = 1;
  }
  return {network.actors(), std::move(relations)};
}

format format_of(const detail::text_source& source, const read_options& options) {
  if (options.format == "auto" || options.format.empty()) return find_out(source);
  if (options.format == "csv" || options.format == "edge list" || options.format == "matrix") {
    return format::table;
  }
  if (options.format == "gexf") return format::gexf;
  if (options.format == "graphml") return format::graphml;
  if (options.format == "gml") return format::gml;
  if (options.format == "pajek") return format::pajek;
  throw std::invalid_argument("read_options.format is \"" + options.format +
                              "\"; give auto, csv, edge list, matrix, gexf, graphml, gml, pajek or "
                              "snapshot");
}

/// A network as it was written: nothing in it is left to reading options but what kinds mean.
read_result read_snapshot(const std::string& file, const read_options& options,
                          const execution& exec) {
  detail::parallel workers(exec);
  const detail::snapshot_file mapped(file, detail::snapshot_content::value_network);
  read_result result;
  result.network = detail::read_network_sections(mapped, snapshot_check::everything, workers, exec);
  if (!options.undirected_kinds.empty()) {
    result.network = with_kinds_both_ways(result.network, options.undirected_kinds);
  }
  detail::xxh64 hash;
  constexpr std::size_t block = std::size_t{1} << 20;
  for (std::size_t begin = 0; begin < mapped.bytes().size(); begin += block) {
    workers.check_stop();
    hash.update(mapped.bytes().substr(begin, block));
  }
  const std::uint64_t actors = result.network.actor_count();
  const std::uint64_t relations = result.network.relation_count();
  file_accounting account;
  account.file = file;
  account.format = "snapshot";
  account.encoding = "utf-8";
  account.hash = detail::hexadecimal(hash.value());
  account.bytes = mapped.bytes().size();
  account.actor_rows = account.actors_kept = actors;
  account.relation_rows = account.relations_kept = relations;
  result.accounting.files.push_back(std::move(account));
  result.accounting.hash_name = "XXH64";
  result.accounting.actors = actors;
  result.accounting.relations = relations;
  return result;
}

}  // namespace

read_result read_network(const std::string& file, const read_options& options,
                         const execution& exec) {
  const bool is_auto = options.format == "auto" || options.format.empty();
  if (options.format == "snapshot" || (is_auto && file != "-" && detail::is_snapshot_file(file))) {
    return read_snapshot(file, options, exec);
  }
  const detail::text_source source = detail::open_text(file, options, exec);
  detail::network_builder network(options);
  switch (format_of(source, options)) {
    case format::gexf:
      network.start_file(source, "gexf");
      detail::read_gexf(source, network, exec);
      break;
    case format::graphml:
      network.start_file(source, "graphml");
      detail::read_graphml(source, network, exec);
      break;
    case format::gml:
      network.start_file(source, "gml");
      detail::read_gml(source, network, exec);
      break;
    case format::pajek:
      network.start_file(source, "pajek");
      detail::read_pajek(source, network, exec);
      break;
    case format::table:
      detail::read_table(source, detail::table_wanted::any, network, exec);
  }
  return network.finish(exec);
}

read_result read_network(const std::string& actors, const std::string& relations,
                         const read_options& options, const execution& exec) {
  return read_csv({.actors = actors, .relations = relations}, options, exec);
}

}  // namespace valuenet
