// Writing GEXF, the format of Gephi. Reading it: io/read.hpp.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/write.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <iosfwd>
#include <string>

namespace valuenet {

/// Writes every actor and every relation as GEXF 1.3, so that Gephi opens it and read_network reads
/// the same network back: ids, labels, roles, kinds, weights, years, every further column, and
/// which relations hold both ways (type="undirected").
///
/// Conventions: an actor without a label is labelled with its id, as value_network::label says. The
/// kind is GEXF's own `kind`, so that Gephi keeps relations of two kinds apart; other columns are
/// attributes, typed long or double where every value given is such a number in its usual form,
/// else string. Infinite computed values are written INF and -INF. Positions, sizes and
/// colours are viz:position, viz:size and viz:color: Gephi shows the drawing that they were made
/// for. The
/// notice of a made-up network is in the file's description. No date is written: the same network
/// gives the same bytes. NetworkX reads no file in which some edges are directed and some are not:
/// for it, write a selection, whose edges are all of one sort.
///
/// Cost: O(file); memory a buffer of about 1 MB. Writes beside the file and renames at the end, so
/// that a failed or stopped call leaves what was there.
///
/// Throws std::invalid_argument for a column or positions of a wrong length, io_error, cancelled.
///
/// Source: GEXF Working Group, GEXF 1.3 (2022), https://gexf.net.
write_result write_gexf(const value_network& network, const std::string& file,
                        const write_options& options = {}, const execution& exec = {});

/// Writes a selection: its vertices, and every edge of its graph once, with the graph's weight. Of
/// the relations behind an edge a column's value is written where all of them agree. Where rows
/// were merged, the attribute `relations` says how many are behind each edge.
write_result write_gexf(const selection& selected, const std::string& file,
                        const write_options& options = {}, const execution& exec = {});

/// The same to a stream, such as std::cout. Throws io_error when the stream fails.
write_result write_gexf(const value_network& network, std::ostream& to,
                        const write_options& options = {}, const execution& exec = {});
write_result write_gexf(const selection& selected, std::ostream& to,
                        const write_options& options = {}, const execution& exec = {});

}  // namespace valuenet
