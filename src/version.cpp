#include "valuenet/version.hpp"

namespace valuenet {

const char* version() noexcept {
  return VALUENET_VERSION;
}

}  // namespace valuenet
