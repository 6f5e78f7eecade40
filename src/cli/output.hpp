// A verb's result in the form that was asked for.
#pragma once

#include "valuenet/report/table.hpp"

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/input.hpp"

namespace valuenet::cli {

using json = nlohmann::ordered_json;

/// Adds who made it, and the notice of a made-up network, to the front of an object.
[[nodiscard]] json with_provenance(const value_network& network, const std::string& verb);

/// Prints the table, or the object with --json.
void print_result(const output_arguments& output, const table& text, const json& object);

/// The same of several tables, one below the other; as CSV only the first.
void print_results(const output_arguments& output, const std::vector<table>& tables,
                   const json& object);

/// null where there is no value.
[[nodiscard]] json optional_json(const std::optional<double>& value);
/// A number for a cell, or what to print where there is none.
[[nodiscard]] std::string optional_text(const std::optional<double>& value,
                                        const char* absent = "undefined");
/// 12.34%
[[nodiscard]] std::string percent(double share);

}  // namespace valuenet::cli
