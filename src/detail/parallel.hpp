// The one door to threads. Work is cut into chunks whose bounds depend on the problem alone, never
// on the number of threads; whoever combines the chunks' results in chunk order gets the same bits
// at any thread count. oneTBB stays behind parallel.cpp.
#pragma once

#include "valuenet/execution.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace valuenet::detail {

/// A call's worker threads: a task arena of its own, so that nothing process-wide is touched.
/// Cheap to make (microseconds) and reusable for many loops of one call. Not copyable.
class parallel {
 public:
  explicit parallel(const execution& exec);
  ~parallel();
  parallel(const parallel&) = delete;
  parallel& operator=(const parallel&) = delete;

  /// The number of workers, at least 1: the size that per-worker scratch needs.
  [[nodiscard]] std::size_t workers() const noexcept { return workers_; }

  /// Calls body(begin, end, worker) for every chunk [begin, end) of [0, count) of `grain` items
  /// (the last may be shorter). Chunks run in any order on any worker; `worker` < workers(), and no
  /// two chunks run on one worker number at once. Polls the stop token before each chunk; throws
  /// `cancelled`, or the first exception of a body. On one object, loops may be nested only where
  /// no body takes a worker number: an inner loop's chunks may run on that of an outer one's.
  template <class Body>
  void for_chunks(std::size_t count, std::size_t grain, Body&& body) {
    using plain = std::remove_reference_t<Body>;
    run(count, grain == 0 ? 1 : grain,
        const_cast<std::remove_const_t<plain>*>(std::addressof(body)),
        [](void* context, std::size_t begin, std::size_t end, std::size_t worker) {
          plain& call = *static_cast<plain*>(context);
          if constexpr (std::is_invocable_v<plain&, std::size_t, std::size_t, std::size_t>) {
            call(begin, end, worker);
          } else {
            call(begin, end);
          }
        });
  }

  /// Calls body(i) for every i of [0, count), `grain` of them a chunk.
  template <class Body>
  void for_each(std::size_t count, std::size_t grain, Body&& body) {
    for_chunks(count, grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) body(i);
    });
  }

  /// Combines map(begin, end) -> T of all chunks in chunk order: deterministic even where `combine`
  /// is not associative, such as the sum of doubles.
  template <class T, class Map, class Combine>
  [[nodiscard]] T reduce(std::size_t count, std::size_t grain, T identity, Map&& map,
                         Combine&& combine) {
    static_assert(!std::is_same_v<T, bool>, "chunks cannot write to a vector of bits at once");
    if (grain == 0) grain = 1;
    std::vector<T> parts((count + grain - 1) / grain, identity);
    for_chunks(count, grain,
               [&](std::size_t begin, std::size_t end) { parts[begin / grain] = map(begin, end); });
    T result = std::move(identity);
    for (T& part : parts) result = combine(std::move(result), std::move(part));
    return result;
  }

  /// Throws `cancelled` when the caller wants to stop: for serial stretches between loops.
  void check_stop() const;

 private:
  using chunk_call = void (*)(void* context, std::size_t begin, std::size_t end,
                              std::size_t worker);
  void run(std::size_t count, std::size_t grain, void* context, chunk_call call);

  struct arena;
  std::stop_token stop_;
  std::size_t workers_ = 1;
  std::unique_ptr<arena> arena_;
};

/// Sorts by `less`, in parallel; where `less` is a total order on the values, the result does not
/// depend on threads. O(n log n), n values of scratch.
template <class T, class Less>
void parallel_sort(parallel& workers, std::vector<T>& values, Less less) {
  constexpr std::size_t chunk = std::size_t{1} << 15;
  const std::size_t count = values.size();
  workers.for_chunks(count, chunk, [&](std::size_t begin, std::size_t end) {
    std::sort(values.begin() + static_cast<std::ptrdiff_t>(begin),
              values.begin() + static_cast<std::ptrdiff_t>(end), less);
  });
  std::vector<T> merged(count > chunk ? count : 0);
  for (std::size_t width = chunk; width < count; width *= 2) {
    workers.for_chunks((count + 2 * width - 1) / (2 * width), 1, [&](std::size_t i, std::size_t) {
      const auto first = static_cast<std::ptrdiff_t>(std::min(count, i * 2 * width));
      const auto middle = static_cast<std::ptrdiff_t>(std::min(count, i * 2 * width + width));
      const auto last = static_cast<std::ptrdiff_t>(std::min(count, (i + 1) * 2 * width));
      std::merge(values.begin() + first, values.begin() + middle, values.begin() + middle,
                 values.begin() + last, merged.begin() + first, less);
    });
    values.swap(merged);
  }
}

}  // namespace valuenet::detail
