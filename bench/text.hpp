// Times and rates as the tables print them.
#pragma once

#include <string>

namespace bench {

/// "28.1 ms".
[[nodiscard]] std::string time_text(double seconds);
/// "97.9 k", "15.7 M".
[[nodiscard]] std::string rate_number(double value);

}  // namespace bench
