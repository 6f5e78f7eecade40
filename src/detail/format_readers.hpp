// The readers of network formats, one function each. read_network opens the text, finds out the
// format, starts the file with the builder, calls one of these, and finishes the builder.
//
// A reader adds every actor and relation to `network` (see network_builder.hpp), rejects rows that
// it cannot accept, notes what its user should know, and throws parse_error through
// source.fail(offset, message) for a file that is broken. `source.text()` is valid UTF-8 whatever
// the file was encoded in (an XML declaration's encoding was honoured and is still in the text:
// parse it as UTF-8). Long loops poll exec.stop.
#pragma once

#include "valuenet/execution.hpp"

#include "detail/network_builder.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

void read_gexf(const text_source& source, network_builder& network, const execution& exec);
void read_graphml(const text_source& source, network_builder& network, const execution& exec);
void read_gml(const text_source& source, network_builder& network, const execution& exec);
void read_pajek(const text_source& source, network_builder& network, const execution& exec);

}  // namespace valuenet::detail
