// Formats that have no reader yet say so.
#include "detail/format_readers.hpp"

namespace valuenet::detail {

void read_gexf(const text_source& source, network_builder&, const execution&) {
  source.fail(0, "this valuenet does not read GEXF; export the network as CSV");
}
void read_graphml(const text_source& source, network_builder&, const execution&) {
  source.fail(0, "this valuenet does not read GraphML; export the network as CSV");
}
void read_gml(const text_source& source, network_builder&, const execution&) {
  source.fail(0, "this valuenet does not read GML; export the network as CSV");
}
void read_pajek(const text_source& source, network_builder&, const execution&) {
  source.fail(0, "this valuenet does not read Pajek files; export the network as CSV");
}

}  // namespace valuenet::detail
