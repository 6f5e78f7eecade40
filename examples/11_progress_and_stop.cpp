// How a computation is carried out never changes what it computes: threads, progress, stopping.
#include <iostream>
#include <stop_token>

#include <valuenet/error.hpp>
#include <valuenet/metrics/distances.hpp>
#include <valuenet/synthesis/random_graph.hpp>

namespace vn = valuenet;

int main() {
  const vn::graph g = vn::rmat({.scale = 12});
  const double alone = *vn::distances(g, {}, {.threads = 1}).mean;
  const double together = *vn::distances(g, {}, {.threads = 8}).mean;
  std::cout << (alone == together ? "the same bits\n" : "different\n");

  std::stop_source stop;
  double last = 0.0;
  vn::execution exec{.stop = stop.get_token()};
  exec.progress = [&](const vn::progress_report& report) {
    last = report.fraction;
    if (report.fraction > 0.2) stop.request_stop();
  };
  try {
    const vn::distances_result all = vn::distances(g, {}, exec);
    std::cout << "finished, diameter " << *all.diameter << "\n";
  } catch (const vn::cancelled& reason) {
    std::cout << reason.what() << (last < 1.0 ? ", before the end" : "") << "\n";
  }
}
