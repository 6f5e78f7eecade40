// The library's version, by semantic versioning.
#pragma once

namespace valuenet {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

/// "MAJOR.MINOR.PATCH" of the compiled library (the constants above are the headers').
[[nodiscard]] const char* version() noexcept;

}  // namespace valuenet
