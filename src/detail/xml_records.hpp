// Walks through an XML document record by record, in memory that depends on the largest record and
// not on the file. A cut through the text finds where records begin and end; pugixml makes the tree
// of one stretch of records at a time. Entities are never expanded but the five of XML itself and
// numbers; a document that declares its own is refused.
#pragma once

#include "valuenet/execution.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "detail/network_builder.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

/// What the reader of a format does with an element.
enum class xml_part : std::uint8_t {
  /// Opened: its children are looked at one by one. Text between them is passed over.
  container,
  /// Handed over whole, as a tree.
  record,
  /// Passed over unread.
  skipped,
};

/// An element of the walk. Valid during the call alone.
struct xml_element {
  /// The whole tree of a record; the start tag alone of a container.
  pugi::xml_node node;
  /// Where the element begins in the text.
  std::size_t offset = 0;
  /// The namespace prefix that the root bears ("g:" of <g:gexf>), mostly empty.
  std::string_view prefix;

  /// The name of an element of the tree without the root's prefix.
  [[nodiscard]] std::string_view name_of(pugi::xml_node inner) const {
    std::string_view name = inner.name();
    if (!prefix.empty() && name.starts_with(prefix)) name.remove_prefix(prefix.size());
    return name;
  }
  /// Where a node of the tree begins in the text.
  [[nodiscard]] std::size_t offset_of(pugi::xml_node inner) const {
    const std::ptrdiff_t apart = inner.offset_debug() - node.offset_debug();
    return offset + static_cast<std::size_t>(apart > 0 ? apart : 0);
  }
};

/// The callbacks of a walk. `path` holds the names of the open containers from the root and, last,
/// the element's own; the root's namespace prefix is taken off where an element bears it.
struct xml_handler {
  std::function<xml_part(std::span<const std::string_view> path)> part;
  std::function<void(std::span<const std::string_view> path, const xml_element& start)> open{};
  std::function<void(std::span<const std::string_view> path, const xml_element& record)> record{};
  std::function<void(std::span<const std::string_view> path)> close{};
};

/// Walks through the source's text from the first element to the last.
/// Throws parse_error with line and column for a document that is not well-formed, declares
/// entities, nests deeper than 1,000 elements, or has a record whose tree would take over half of
/// the memory that is to be had; cancelled. Cost: one look at every byte, and pugixml for records.
/// Memory: some MB, or 3 to 20 times the largest record.
void walk_xml(const text_source& source, const xml_handler& handler, const execution& exec);

/// Where the element at `offset` stands, with its start tag to show when it is rejected.
[[nodiscard]] row_place row_at(const text_source& source, std::size_t offset);

/// Without the white space of XML at both ends.
[[nodiscard]] std::string_view trim_xml(std::string_view text) noexcept;

/// All text and CDATA directly in an element, joined.
void append_text(pugi::xml_node element, std::string& to);

}  // namespace valuenet::detail
