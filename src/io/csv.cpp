#include "valuenet/io/csv.hpp"

#include <stdexcept>
#include <string>

#include "detail/network_builder.hpp"
#include "detail/table_reader.hpp"
#include "detail/text_source.hpp"

namespace valuenet {

read_result read_csv(const csv_files& files, const read_options& options, const execution& exec) {
  if (files.actors.empty() && files.relations.empty()) {
    throw std::invalid_argument("csv_files names no file; give actors, relations or both");
  }
  if (files.actors == "-" && files.relations == "-") {
    throw std::invalid_argument(
        "csv_files names standard input twice; only one table can be \"-\"");
  }
  detail::network_builder network(options);
  if (!files.actors.empty()) {
    const detail::text_source actors = detail::open_text(files.actors, options, exec);
    detail::read_table(actors, detail::table_wanted::actors, network, exec);
  }
  if (!files.relations.empty()) {
    const detail::text_source relations = detail::open_text(files.relations, options, exec);
    detail::read_table(relations, detail::table_wanted::relations, network, exec);
  }
  return network.finish(exec);
}

}  // namespace valuenet
