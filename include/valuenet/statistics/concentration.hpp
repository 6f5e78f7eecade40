// How unequally a quantity is spread: over actors, cities, provinces, kinds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace valuenet {

/// Common to all of these: `values` are amounts, finite and >= 0, in any order; zeros are members
/// of the population that have nothing (leave them out where they should not count). Results do not
/// depend on the order: sums run over the sorted values. A population that is empty or has nothing
/// at all has no concentration: nothing is returned. Throws std::invalid_argument for a negative or
/// non-finite value. O(n log n), n values of scratch.

/// Share of the total that the largest ceil(fraction * n) values hold (at least one of them); with
/// a fraction of 0.01, what the top 1 % hold. Throws std::invalid_argument unless 0 < fraction
/// <= 1.
[[nodiscard]] std::optional<double> top_share(std::span<const double> values, double fraction);

/// Share of the total that the k largest values hold (k over n counts as n): the concentration
/// ratio CR_k of industrial economics.
[[nodiscard]] std::optional<double> concentration_ratio(std::span<const double> values,
                                                        std::size_t k);

/// A point of the Lorenz curve: the `population` poorest share holds the share `value`.
struct lorenz_point {
  double population = 0.0;
  double value = 0.0;
};

/// n + 1 points from (0, 0) to (1, 1), ascending. Empty where there is nothing to share.
[[nodiscard]] std::vector<lorenz_point> lorenz_curve(std::span<const double> values);

/// Gini coefficient of the population: G = sum_i (2 i - n - 1) x_(i) / (n sum x), x_(i) ascending.
/// 0: all alike; (n - 1) / n: one has everything. Twice the area between Lorenz curve and diagonal.
[[nodiscard]] std::optional<double> gini(std::span<const double> values);

struct herfindahl_result {
  /// H = sum s_i^2 with shares s_i: 1/n to 1.
  double index = 0.0;
  /// (H - 1/n) / (1 - 1/n): 0 to 1. Nothing for a single value.
  std::optional<double> normalized;
  /// 1 / H: how many equal ones would be as concentrated.
  double effective_number = 0.0;
};

/// Herfindahl-Hirschman index.
[[nodiscard]] std::optional<herfindahl_result> herfindahl(std::span<const double> values);

/// Shannon entropy of the shares in nats, -sum s ln s; between 0 and ln n.
[[nodiscard]] std::optional<double> entropy(std::span<const double> values);

/// Theil's T of the population: (1/n) sum (x/mu) ln(x/mu), 0 ln 0 = 0. From 0 to ln n.
[[nodiscard]] std::optional<double> theil(std::span<const double> values);

/// What one group adds to Theil's T.
struct theil_group {
  std::size_t members = 0;
  /// Its share of the total.
  double share = 0.0;
  /// T within the group; nothing where the group has nothing.
  std::optional<double> within;
};

/// T = within + between, with within = sum_g s_g T_g and between = sum_g s_g ln(mu_g / mu).
struct theil_decomposition {
  double total = 0.0;
  double within = 0.0;
  double between = 0.0;
  std::vector<theil_group> groups;
};

/// groups[i] is the group of values[i], numbered from 0. Throws std::invalid_argument also where
/// the lengths differ. Groups without members have share 0. Source: H. Theil 1967, "Economics and
/// Information Theory", North-Holland.
[[nodiscard]] std::optional<theil_decomposition> decompose_theil(
    std::span<const double> values, std::span<const std::uint32_t> groups);

struct rank_size_result {
  /// zeta of ln(rank - 1/2) = c - zeta ln(size): 1 is Zipf's rule; smaller is more concentrated.
  double exponent = 0.0;
  /// zeta sqrt(2 / n), asymptotic.
  double standard_error = 0.0;
  double intercept = 0.0;
  double r_squared = 0.0;
  /// Values that entered: positive, and among the `top` largest.
  std::size_t population = 0;
};

/// Least squares of the rank-size rule over the positive values (or only the `top` largest of them;
/// 0: all). Equal values keep distinct ranks. Nothing below three values or where all are equal.
/// Source: X. Gabaix and R. Ibragimov 2011, doi:10.1198/jbes.2009.06157.
[[nodiscard]] std::optional<rank_size_result> rank_size(std::span<const double> values,
                                                        std::size_t top = 0);

/// Location quotients of a table of amounts (rows x columns, row-major: places x sectors):
/// LQ_ij = (x_ij / x_i.) / (x_.j / x_..). Above 1: the place holds more of the sector than the
/// whole does. Nothing in the cells of an empty row or column. Throws std::invalid_argument unless
/// values.size() == rows * columns.
[[nodiscard]] std::vector<std::optional<double>> location_quotients(std::span<const double> values,
                                                                    std::size_t rows,
                                                                    std::size_t columns);

}  // namespace valuenet
