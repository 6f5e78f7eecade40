// What can stand next on a command line. The shells' scripts (src/cli/completion/) ask the program
// itself, so that they never fall behind it.
#pragma once

#include <span>
#include <string>

#include <CLI/CLI.hpp>

namespace valuenet::cli {

/// `words` are those behind the program's name up to the cursor, the last one begun or empty. One
/// candidate a line, with its meaning behind a tab; the line ":files" where paths may stand.
[[nodiscard]] std::string complete(const CLI::App& app, std::span<const std::string> words);

}  // namespace valuenet::cli
