// What a table is: found out from its first rows, without reading the rest.
#pragma once

#include "valuenet/io/read.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail/column_names.hpp"
#include "detail/delimited.hpp"
#include "detail/network_builder.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

enum class table_kind : std::uint8_t {
  relations,  ///< with a header that names giver and taker
  actors,     ///< with a header that names an id
  edge_list,  ///< two ids a row, perhaps a weight or a kind, no header
  matrix,     ///< adjacency matrix
};

/// What the caller wants the table to be.
enum class table_wanted : std::uint8_t { any, relations, actors };

struct table_layout {
  table_kind kind = table_kind::relations;
  dialect how;
  /// Names of the columns; of an edge list those that are given to them; of a matrix the header.
  std::vector<std::string> header;
  std::vector<relation_field> relation_fields;  // of relations and edge lists
  std::vector<actor_field> actor_fields;        // of actors
  /// Where the first row behind the header begins.
  std::size_t data_begin = 0;

  // Of edge lists.
  /// What a comment says: "# vertices=34 edges=78 directed=0", or KONECT's "% sym".
  std::optional<std::uint64_t> declared_vertices;
  std::optional<std::uint64_t> declared_edges;
  relation_direction direction = relation_direction::giver_to_taker;
  /// The third column is a number or NetworkX's dictionary.
  bool has_attributes = false;

  // Of matrices.
  /// Rows and columns have names.
  bool has_labels = true;
};

/// Finds out separator, header and kind. Throws parse_error with a word on what it is for a table
/// that is no network or not what was wanted, std::invalid_argument for a column that the caller
/// named and the table does not have.
[[nodiscard]] table_layout examine_table(const text_source& source, const read_options& options,
                                         table_wanted wanted);

}  // namespace valuenet::detail
