#include "detail/parallel.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

// oneTBB's library is not compiled with the thread sanitizer, which therefore does not see that
// tasks start after what their caller wrote and end before it goes on. So it is told, and does not
// look at this file.
#ifdef VALUENET_THREAD_SANITIZER
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace valuenet::detail {
namespace {

/// What the threads of one run have done before they release is done for those that acquire.
class happened_before {
 public:
#ifdef VALUENET_THREAD_SANITIZER
  void acquire() {
    __tsan_acquire(this);
  }
  void release() {
    __tsan_release(this);
  }
#else
  void acquire() {}
  void release() {}
#endif
};

}  // namespace

struct parallel::arena {
  explicit arena(int workers) : tasks(workers) {}
  tbb::task_arena tasks;
};

parallel::parallel(const execution& exec) : stop_(exec.stop) {
  if (exec.threads < 0) {
    throw std::invalid_argument("execution.threads is " + std::to_string(exec.threads) +
                                "; give 0 for every core, or a positive number");
  }
  // oneTBB never gives a process more workers than this, and says so on stderr when asked to.
  const auto most = static_cast<int>(std::clamp<std::size_t>(
      tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism), 1, 1024));
  const int wanted = exec.threads == 0 ? most : std::min(exec.threads, most);
  workers_ = static_cast<std::size_t>(wanted);
  if (wanted > 1) arena_ = std::make_unique<arena>(wanted);
}

parallel::~parallel() = default;

void parallel::check_stop() const {
  if (stop_.stop_requested()) throw cancelled();
}

void parallel::run(std::size_t count, std::size_t grain, void* context, chunk_call call) {
  check_stop();
  const std::size_t chunks = count / grain + (count % grain != 0 ? 1 : 0);
  const auto one = [&](std::size_t chunk, std::size_t worker) {
    check_stop();
    const std::size_t begin = chunk * grain;
    call(context, begin, std::min(count, begin + grain), worker);
  };
  if (!arena_ || chunks <= 1) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) one(chunk, 0);
    return;
  }
  arena_->tasks.execute([&] {
    // One long-lived task a worker, chunks handed out by a counter: cheaper than splitting ranges,
    // balanced when chunks differ in cost, and low chunk numbers (the expensive hubs) start first.
    std::atomic<std::size_t> next{0};
    happened_before start;
    happened_before end;
    const auto take_chunks = [&] {
      start.acquire();
      const auto worker = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
      try {
        for (std::size_t chunk = next++; chunk < chunks; chunk = next++) one(chunk, worker);
      } catch (...) {
        next = chunks;  // nobody starts another chunk
        end.release();
        throw;
      }
      end.release();
    };
    start.release();
    try {
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, std::min(workers_, chunks), 1),
          [&](const tbb::blocked_range<std::size_t>& range) {
            for (std::size_t task = range.begin(); task != range.end(); ++task) take_chunks();
          },
          tbb::simple_partitioner{});
    } catch (...) {
      end.acquire();
      throw;
    }
    end.acquire();
  });
}

}  // namespace valuenet::detail
