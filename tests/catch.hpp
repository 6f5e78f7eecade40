// Catch2 2.13 (Debian 12) and 3.x behind one include.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <string>
#include <utility>

#include <catch2/catch_all.hpp>
namespace Catch {
inline auto Contains(std::string text) {
  return Matchers::ContainsSubstring(std::move(text));
}
using Matchers::StartsWith;
}  // namespace Catch
#else
#include <catch2/catch.hpp>
namespace Catch {
using Detail::Approx;
}
#endif
