// The argument --published: values, or a file of them.
#pragma once

#include "valuenet/network/published.hpp"
#include "valuenet/network/table_checks.hpp"

#include <map>
#include <string>
#include <vector>

namespace valuenet::cli {

/// "" gives none; text with '=' is NAME=VALUE[,...]; anything else is a CSV file whose header has
/// `statistic` and `value`. Throws std::invalid_argument, io_error, parse_error.
[[nodiscard]] std::vector<published_value> read_published(const std::string& text_or_file);

/// Reads a printed table: CSV with a header, cells as they are printed. Its name is the file's,
/// without the folder. A row shorter than the header is filled up with empty cells. Throws
/// parse_error for a longer one.
[[nodiscard]] printed_table read_printed_table(const std::string& file);
/// The printed titles of tables, by their files' names: CSV with columns `file` and `title`.
[[nodiscard]] std::map<std::string, std::string> read_titles(const std::string& file);

}  // namespace valuenet::cli
