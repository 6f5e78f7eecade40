#include "cli/terminal.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

interrupt_watch::interrupt_watch() {
  sigset_t signals = stop_signals();
  sigaddset(&signals, SIGUSR1);  // sent by the destructor to end the thread
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this, signals] {
    while (true) {
      int received = 0;
      if (sigwait(&signals, &received) != 0 || received == SIGUSR1) return;
      if (!source_.request_stop()) std::_Exit(static_cast<int>(exit_code::interrupted));
    }
  });
}

interrupt_watch::~interrupt_watch() {
  pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
}

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
