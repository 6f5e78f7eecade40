// The interval in which a number lies, for those who estimate it.
#pragma once

namespace valuenet {

struct interval {
  double lower = 0.0;
  double upper = 0.0;
};

}  // namespace valuenet
