// How scores that matter only relative to each other are scaled.
#pragma once

#include <cstdint>

namespace valuenet {

enum class score_scale : std::uint8_t {
  maximum,    ///< the largest is 1 (Gephi and igraph)
  sum,        ///< they sum to 1 (NetworkX's HITS)
  euclidean,  ///< their squares sum to 1 (NetworkX's eigenvector and Katz centrality)
};

}  // namespace valuenet
