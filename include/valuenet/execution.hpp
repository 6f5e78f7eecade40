// How a computation is carried out: never what it computes.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace valuenet {

/// A report of work under way. `task` names it for a person ("distances"); `fraction` is in [0, 1]
/// and never falls within one task.
struct progress_report {
  std::string_view task;
  double fraction = 0.0;
};

enum class severity { debug, info, warning };

/// Passed last to every call that may take long. A default one uses every core, cannot be stopped
/// and says nothing. Two calls that differ only in their `execution` give the same bits.
struct execution {
  /// Threads to use; 0 means one for every core. Negative: std::invalid_argument.
  int threads = 0;
  /// When triggered, the call throws `cancelled` within a fraction of a second.
  std::stop_token stop{};
  /// Called from any worker thread, never from two at once, at most about 200 times a task.
  std::function<void(const progress_report&)> progress{};
  /// Remarks on the way, such as which algorithm was picked. Never called from two threads at once.
  std::function<void(severity, std::string_view)> log{};
};

}  // namespace valuenet
