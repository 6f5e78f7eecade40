// The person at the terminal: progress on stderr.
#pragma once

#include "valuenet/execution.hpp"

#include <chrono>
#include <string>

namespace valuenet::cli {

/// One line on stderr, rewritten in place, once a task has taken a second. Nothing unless stderr is
/// a terminal.
class progress_line {
 public:
  void operator()(const progress_report& report);
  /// Wipes the line, before anything else is printed.
  void clear();

 private:
  std::string task_;
  std::chrono::steady_clock::time_point started_{};
  bool shown_ = false;
};

[[nodiscard]] bool stderr_is_terminal();
/// A terminal, and NO_COLOR is not set (no-color.org).
[[nodiscard]] bool stderr_takes_color();

}  // namespace valuenet::cli
