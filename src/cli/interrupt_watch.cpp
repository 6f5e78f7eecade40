#include "cli/interrupt_watch.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>

#include <pthread.h>

namespace valuenet::cli {
namespace {

/// A signal sent to the process and to its group, as timeout(1) does, comes twice and is one.
constexpr std::chrono::milliseconds at_once{200};

}  // namespace

interrupt_watch::interrupt_watch(int exit_status) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);  // sent by the destructor to end the thread
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this, signals, exit_status] {
    using clock = std::chrono::steady_clock;
    clock::time_point first{};
    while (true) {
      int received = 0;
      if (sigwait(&signals, &received) != 0 || received == SIGUSR1) return;
      if (source_.request_stop()) {
        first = clock::now();
      } else if (clock::now() - first > at_once) {
        std::_Exit(exit_status);
      }
    }
  });
}

interrupt_watch::~interrupt_watch() {
  pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
}

}  // namespace valuenet::cli
