// Whose definition of a statistic is meant.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace valuenet {

/// One name of a statistic hides several definitions. Each metric's header says what it computes
/// under each of these where they differ.
enum class convention : std::uint8_t {
  gephi,     ///< Gephi 0.9.2
  networkx,  ///< NetworkX 2.8
  igraph,    ///< igraph 0.10
};

inline constexpr std::array conventions{convention::gephi, convention::networkx,
                                        convention::igraph};

/// "gephi", "networkx", "igraph".
[[nodiscard]] std::string_view to_string(convention value) noexcept;
/// The inverse of to_string; nothing when the name is unknown.
[[nodiscard]] std::optional<convention> parse_convention(std::string_view name) noexcept;

}  // namespace valuenet
