#include "cli/output.hpp"

#include "valuenet/version.hpp"

#include <fmt/format.h>

namespace valuenet::cli {

json with_provenance(const value_network& network, const std::string& verb) {
  json object;
  object["valuenet"] = version();
  object["verb"] = verb;
  if (!network.surrogate_notice().empty()) object["notice"] = network.surrogate_notice();
  return object;
}

void print_result(const output_arguments& output, const table& text, const json& object) {
  print_results(output, {text}, object);
}

void print_results(const output_arguments& output, const std::vector<table>& tables,
                   const json& object) {
  if (output.json) {
    write_output(output.file, object.dump(2, ' ', false, json::error_handler_t::replace) + '\n');
    return;
  }
  const table_format format = output.csv        ? table_format::csv
                              : output.markdown ? table_format::markdown
                                                : table_format::text;
  std::string text;
  for (const table& one : tables) {
    if (!text.empty() && format == table_format::csv) break;
    if (!text.empty()) text += '\n';
    text += render(one, format);
  }
  write_output(output.file, text);
}

json optional_json(const std::optional<double>& value) {
  return value ? json(*value) : json(nullptr);
}

std::string optional_text(const std::optional<double>& value, const char* absent) {
  return value ? format_number(*value) : absent;
}

std::string percent(double share) {
  return fmt::format("{:.2f}%", 100.0 * share);
}

}  // namespace valuenet::cli
