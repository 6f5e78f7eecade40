// The manual page, written from the program's own definition.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace valuenet::cli {

/// valuenet(1), in the man macros of roff.
[[nodiscard]] std::string manual_page(const CLI::App& app);

}  // namespace valuenet::cli
