// What every reader of a text does now and then: look whether it shall stop, and tell how far it
// is.
#pragma once

#include "valuenet/error.hpp"
#include "valuenet/execution.hpp"

#include <cstddef>

#include "detail/progress.hpp"

namespace valuenet::detail {

class reading_look {
 public:
  reading_look(const execution& exec, std::size_t text_size)
      : exec_(exec), told_(exec, "reading", text_size) {}

  /// Call often, with offsets that grow. Throws cancelled.
  void at(std::size_t offset) {
    if (offset >= next_) look(offset);
  }

 private:
  static constexpr std::size_t apart = std::size_t{1} << 18;

  void look(std::size_t offset) {
    if (exec_.stop.stop_requested()) throw cancelled();
    told_.advance(offset - looked_);
    looked_ = offset;
    next_ = offset + apart;
  }

  const execution& exec_;
  progress told_;
  std::size_t looked_ = 0;
  std::size_t next_ = 0;
};

}  // namespace valuenet::detail
