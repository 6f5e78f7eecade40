// What the two ways to read a value network's snapshot share.
#pragma once

#include "valuenet/io/snapshot.hpp"
#include "valuenet/network/value_network.hpp"

#include "detail/parallel.hpp"
#include "io/snapshot_file.hpp"

namespace valuenet::detail {

/// Throws parse_error as read_network_snapshot does.
[[nodiscard]] value_network read_network_sections(const snapshot_file& file, snapshot_check check,
                                                  parallel& workers, const execution& exec);

}  // namespace valuenet::detail
