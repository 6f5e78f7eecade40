// Ctrl-C.
#pragma once

#include <stop_token>
#include <thread>

namespace valuenet::cli {

/// Waits for SIGINT and SIGTERM in a thread of its own, so that the handler may do anything. The
/// first asks the work to stop; the second ends the program at once, with the exit status given.
/// Make it before any other thread.
class interrupt_watch {
 public:
  explicit interrupt_watch(int exit_status);
  ~interrupt_watch();
  interrupt_watch(const interrupt_watch&) = delete;
  interrupt_watch& operator=(const interrupt_watch&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::thread watcher_;
};

}  // namespace valuenet::cli
