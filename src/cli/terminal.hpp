// The person at the terminal: progress on stderr, Ctrl-C.
#pragma once

#include "valuenet/execution.hpp"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace valuenet::cli {

/// Waits for SIGINT and SIGTERM in a thread of its own, so that the handler may do anything. The
/// first asks the work to stop; the second ends the program at once. Make it before any other
/// thread.
class interrupt_watch {
 public:
  interrupt_watch();
  ~interrupt_watch();
  interrupt_watch(const interrupt_watch&) = delete;
  interrupt_watch& operator=(const interrupt_watch&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::thread watcher_;
};

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
