#include "valuenet/graph/convention.hpp"

namespace valuenet {

std::string_view to_string(convention value) noexcept {
  switch (value) {
    case convention::gephi:
      return "gephi";
    case convention::networkx:
      return "networkx";
    case convention::igraph:
      return "igraph";
  }
  return "";
}

std::optional<convention> parse_convention(std::string_view name) noexcept {
  for (const convention value : conventions) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

}  // namespace valuenet
