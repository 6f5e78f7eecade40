#include "cli/interrupt_watch.hpp"

#include <csignal>
#include <cstdlib>

#include <pthread.h>

namespace valuenet::cli {

interrupt_watch::interrupt_watch(int exit_status) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);  // sent by the destructor to end the thread
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::thread([this, signals, exit_status] {
    while (true) {
      int received = 0;
      if (sigwait(&signals, &received) != 0 || received == SIGUSR1) return;
      if (!source_.request_stop()) std::_Exit(exit_status);
    }
  });
}

interrupt_watch::~interrupt_watch() {
  pthread_kill(watcher_.native_handle(), SIGUSR1);
  watcher_.join();
}

}  // namespace valuenet::cli
