// Names of provinces, written with and without their rank.
#pragma once

#include <array>
#include <string_view>

namespace valuenet::detail {

/// 江苏省 -> 江苏, 北京市 -> 北京, 广西壮族自治区 -> 广西; other names as they are.
inline std::string_view without_rank(std::string_view province) noexcept {
  constexpr std::array<std::string_view, 7> ranks{
      "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "省", "市"};
  for (const std::string_view rank : ranks) {
    if (province.size() > rank.size() && province.ends_with(rank)) {
      return province.substr(0, province.size() - rank.size());
    }
  }
  return province;
}

}  // namespace valuenet::detail
