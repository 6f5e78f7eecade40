// Progress of one task, told to the caller now and then from whichever worker gets there.
#pragma once

#include "valuenet/execution.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace valuenet::detail {

/// Counts finished units of work; thread-safe; free when nobody listens. `task` must outlive it.
class progress {
 public:
  progress(const execution& exec, std::string_view task, std::uint64_t total)
      : listener_(exec.progress ? &exec.progress : nullptr), task_(task), total_(total) {
    if (listener_ != nullptr) (*listener_)({task_, 0.0});
  }

  void advance(std::uint64_t units = 1) {
    if (listener_ == nullptr) return;
    const std::uint64_t done = done_.fetch_add(units, std::memory_order_relaxed) + units;
    constexpr std::uint64_t steps = 200;
    const auto step = static_cast<std::uint64_t>(fraction(done) * static_cast<double>(steps));
    if (step <= told_.load(std::memory_order_relaxed)) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock() || step <= told_.load(std::memory_order_relaxed)) return;
    told_.store(step, std::memory_order_relaxed);
    (*listener_)({task_, fraction(done)});
  }

 private:
  [[nodiscard]] double fraction(std::uint64_t done) const {
    if (total_ == 0 || done >= total_) return 1.0;
    return static_cast<double>(done) / static_cast<double>(total_);
  }

  const std::function<void(const progress_report&)>* listener_;
  std::string_view task_;
  std::uint64_t total_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<std::uint64_t> told_{0};
  std::mutex mutex_;
};

}  // namespace valuenet::detail
