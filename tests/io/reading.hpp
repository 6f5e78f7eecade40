// Reading texts and fixtures in tests of the formats.
#pragma once

#include "valuenet/error.hpp"
#include "valuenet/io/read.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "detail/format_readers.hpp"

namespace valuenet::test {

/// rows = kept + dropped + rejected, and the network has what was kept.
inline void check_closes(const read_result& read) {
  std::uint64_t rejected = 0;
  std::uint64_t relations = 0;
  for (const file_accounting& file : read.accounting.files) {
    std::uint64_t accounted = file.actors_kept + file.relations_kept + file.rejected;
    for (const reason_count& each : file.dropped) accounted += each.count;
    CHECK(file.actor_rows + file.relation_rows == accounted);
    rejected += file.rejected;
    relations += file.relations_kept;
  }
  CHECK(read.accounting.rejected_count == rejected);
  CHECK(read.network.relation_count() == relations);
  CHECK(read.accounting.relations == relations);
  CHECK(read.accounting.actors == read.network.actor_count());
}

/// Reads a text as "gexf", "graphml", "gml" or "pajek"; whatever it is, its accounting closes.
inline read_result read_text(const std::string& format, std::string text,
                             const execution& exec = {}) {
  const read_options options;
  const detail::text_source source =
      detail::text_of_bytes(std::move(text), "t." + format, options, exec);
  detail::network_builder network(options);
  network.start_file(source, format);
  if (format == "gexf") detail::read_gexf(source, network, exec);
  if (format == "graphml") detail::read_graphml(source, network, exec);
  if (format == "gml") detail::read_gml(source, network, exec);
  if (format == "pajek") detail::read_pajek(source, network, exec);
  read_result read = network.finish(exec);
  check_closes(read);
  return read;
}

/// Why the text is refused; empty when it is not.
inline std::string refusal(const std::string& format, const std::string& text) {
  try {
    (void)read_text(format, text);
  } catch (const parse_error& e) {
    return e.what();
  }
  return {};
}

inline std::string fixture(const std::string& name) {
  return std::string(VALUENET_SOURCE_DIR) + "/tests/io/fixtures/" + name;
}

inline std::string contents(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// "" where the table has no such column.
inline std::string value(const actor_table& actors, std::string_view column, std::size_t row) {
  const text_column* found = find_column(actors, column);
  return found == nullptr ? std::string() : std::string((*found)[row]);
}
inline std::string value(const relation_table& relations, std::string_view column,
                         std::size_t row) {
  const text_column* found = find_column(relations, column);
  return found == nullptr ? std::string() : std::string((*found)[row]);
}

/// "giver>taker weight kind" or "giver-taker ..." of every relation.
inline std::vector<std::string> relations_of(const value_network& network) {
  std::vector<std::string> result;
  for (relation_id r = 0; r < network.relation_count(); ++r) {
    std::string line(network.id(network.giver(r)));
    line.append(network.holds_both_ways(r) ? "-" : ">").append(network.id(network.taker(r)));
    const std::string weight = std::to_string(network.weight(r));
    line.append(" ").append(weight.substr(0, weight.find_last_not_of('0') + 1));
    line.append(" ").append(network.relations().kind[r]);
    result.push_back(line);
  }
  return result;
}

inline bool has_note(const read_result& read, std::string_view part) {
  for (const file_accounting& file : read.accounting.files) {
    for (const std::string& note : file.notes) {
      if (note.find(part) != std::string::npos) return true;
    }
  }
  return false;
}

using texts = std::vector<std::string>;

}  // namespace valuenet::test
