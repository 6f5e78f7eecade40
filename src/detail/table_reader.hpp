// Tables of text: relations, actors, edge lists and adjacency matrices.
#pragma once

#include "valuenet/execution.hpp"

#include "detail/network_builder.hpp"
#include "detail/parallel.hpp"
#include "detail/table_layout.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

/// Finds out what the table is, starts the file with the builder and adds every row. Throws as
/// examine_table and parse_table do.
void read_table(const text_source& source, table_wanted wanted, network_builder& network,
                const execution& exec);

}  // namespace valuenet::detail
