// Relatedness: which categories (technologies, applications) go together in the same places, how
// diversified places are, and what lies near to what they have.
#pragma once

#include "valuenet/execution.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

/// How near two categories are, from the places that have an advantage in both.
enum class proximity_measure : std::uint8_t {
  conditional_probability,  ///< both / max(u_i, u_j): the least of P(i | j) and P(j | i)
  cosine,                   ///< both / sqrt(u_i u_j)
};

struct relatedness_options {
  /// A place has an advantage in a category where the quotient exceeds this; 0 or more.
  double threshold = 1.0;
  proximity_measure proximity = proximity_measure::conditional_probability;
};

struct relatedness_result {
  std::size_t places = 0;
  std::size_t categories = 0;
  /// Row-major places x categories: RCA_pc = (x_pc / x_p.) / (x_.c / x_..), the location quotient;
  /// nothing in the cells of an empty row or column.
  std::vector<std::optional<double>> advantage;
  /// M_pc, row-major: nonzero where the advantage exceeds the threshold.
  std::vector<std::uint8_t> has_advantage;
  /// Of every place: categories with an advantage; Shannon entropy of its amounts in nats, nothing
  /// where it has nothing; mean ubiquity of the categories with an advantage, nothing without one.
  std::vector<std::size_t> diversity;
  std::vector<std::optional<double>> entropy;
  std::vector<std::optional<double>> mean_ubiquity;
  /// Of every category: places with an advantage; their mean diversity, nothing without one.
  std::vector<std::size_t> ubiquity;
  std::vector<std::optional<double>> mean_diversity;
  /// phi, row-major categories x categories, symmetric; 0 with a category that no place has an
  /// advantage in; the diagonal is 1, or 0 for such.
  std::vector<double> proximity;
  /// omega_pc = sum over c' != c of M_pc' phi_cc' / sum over c' != c of phi_cc', row-major places x
  /// categories: which part of what is near to c the place has. Nothing where nothing is near to c.
  std::vector<std::optional<double>> density;

  [[nodiscard]] double proximity_of(std::size_t a, std::size_t b) const noexcept {
    return proximity[a * categories + b];
  }
};

/// Of a table of amounts (places x categories, row-major), finite and 0 or more. O(places x
/// categories x diversity); 25 bytes a cell and 8 a pair of categories. Throws
/// std::invalid_argument for a size that is not rows x columns, over 2^13 categories or 2^26 cells,
/// an amount or threshold out of range. Deterministic, the same bits at any number of threads.
/// Source: C. A. Hidalgo, B. Klinger, A.-L. Barabasi and R. Hausmann 2007,
/// doi:10.1126/science.1144581; diversity and ubiquity: C. A. Hidalgo and R. Hausmann 2009,
/// doi:10.1073/pnas.0900943106.
[[nodiscard]] relatedness_result relatedness(std::span<const double> amounts, std::size_t places,
                                             std::size_t categories,
                                             const relatedness_options& options = {},
                                             const execution& exec = {});

}  // namespace valuenet
