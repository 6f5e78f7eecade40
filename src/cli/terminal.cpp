#include "cli/terminal.hpp"

#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

namespace valuenet::cli {

void progress_line::operator()(const progress_report& report) {
  using namespace std::chrono_literals;
  const auto now = std::chrono::steady_clock::now();
  if (report.task != task_) {
    clear();
    task_ = report.task;
    started_ = now;
  }
  if (now - started_ < 1s) return;
  if (report.fraction >= 1.0) {
    clear();
    return;
  }
  fmt::print(stderr, "\r{} {:3.0f}%", task_, 100.0 * report.fraction);
  std::fflush(stderr);
  shown_ = true;
}

void progress_line::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  shown_ = false;
}

bool stderr_is_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

bool stderr_takes_color() {
  const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): one thread yet
  return stderr_is_terminal() && (no_color == nullptr || *no_color == '\0');
}

}  // namespace valuenet::cli
