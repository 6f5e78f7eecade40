// The argument --published: values, or a file of them.
#pragma once

#include "valuenet/network/published.hpp"

#include <string>
#include <vector>

namespace valuenet::cli {

/// "" gives none; text with '=' is NAME=VALUE[,...]; anything else is a CSV file whose header has
/// `statistic` and `value`. Throws std::invalid_argument, io_error, parse_error.
[[nodiscard]] std::vector<published_value> read_published(const std::string& text_or_file);

}  // namespace valuenet::cli
