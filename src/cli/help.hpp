// What --help prints: a verb's own options first, those that many verbs share behind them.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace valuenet::cli {

class help_formatter : public CLI::FormatterBase {
 public:
  [[nodiscard]] std::string make_help(const CLI::App* app, std::string name,
                                      CLI::AppFormatMode mode) const override;
};

}  // namespace valuenet::cli
