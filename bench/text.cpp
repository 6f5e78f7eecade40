#include "text.hpp"

#include "valuenet/report/table.hpp"

#include <utility>

#include <fmt/format.h>

namespace bench {

std::string time_text(double seconds) {
  const auto [factor, unit] = seconds >= 1.0    ? std::pair{1.0, "s"}
                              : seconds >= 1e-3 ? std::pair{1e3, "ms"}
                                                : std::pair{1e6, "us"};
  return fmt::format("{} {}", valuenet::format_number(seconds * factor, 3), unit);
}

std::string rate_number(double value) {
  const auto [factor, prefix] = value >= 1e12  ? std::pair{1e-12, "T"}
                                : value >= 1e9 ? std::pair{1e-9, "G"}
                                : value >= 1e6 ? std::pair{1e-6, "M"}
                                               : std::pair{1e-3, "k"};
  return fmt::format("{} {}", valuenet::format_number(value * factor, 3), prefix);
}

}  // namespace bench
