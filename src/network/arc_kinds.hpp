// The kinds of a selection's arcs, for what reads parallel arcs as Gephi does.
#pragma once

#include "valuenet/network/selection.hpp"

#include <cstdint>
#include <vector>

namespace valuenet::detail {

/// One entry an arc; empty where the relations have no kinds.
[[nodiscard]] inline std::vector<std::uint32_t> arc_kinds_of(const selection& selected) {
  const text_column& kind = selected.network().relations().kind;
  std::vector<std::uint32_t> kinds;
  if (!kind.is_given()) return kinds;
  kinds.resize(selected.graph().arc_count());
  for (arc_id arc = 0; arc < kinds.size(); ++arc) {
    kinds[arc] = kind.code(selected.relations(arc).front());
  }
  return kinds;
}

}  // namespace valuenet::detail
