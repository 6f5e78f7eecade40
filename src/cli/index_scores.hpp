// valuenet index HIERARCHY INDICATORS: scores, sub-indices and ranks, by year and circle.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/program.hpp"

namespace valuenet::cli {

/// Adds the arguments of the verb without a subcommand, and what it then does.
void add_index_scores(CLI::App& verb, program& shared);

}  // namespace valuenet::cli
