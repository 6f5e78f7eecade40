// The analytic hierarchy process: weights from pairwise judgements, how consistent the judgements
// are, and the way back from published weights to the judgements behind them.
#pragma once

#include "valuenet/execution.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace valuenet {

/// Judgements of n criteria, row by row: values[i * order + j] says how many times criterion i
/// matters as much as j. 0 where the pair was not judged. The diagonal is 1.
struct judgement_matrix {
  std::size_t order = 0;
  std::vector<double> values{};

  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return values[row * order + column];
  }
  friend bool operator==(const judgement_matrix&, const judgement_matrix&) = default;
};

/// The reciprocal matrix of the judgements above the diagonal, row by row: (0,1), (0,2), ...,
/// (1,2), ...; 0: not judged. Throws std::invalid_argument when `upper` does not have
/// order * (order - 1) / 2 values, each 0 or positive and finite, or order exceeds 1,000.
[[nodiscard]] judgement_matrix make_judgements(std::size_t order, std::span<const double> upper);

/// Mean consistency index of random reciprocal matrices on Saaty's scale. Each table is a
/// simulation; docs/metrics/competitiveness_index.md has how far it is from one of ours.
enum class random_index : std::uint8_t {
  saaty_1980,          // T. L. Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980
  saaty_tran_2007,     // Saaty and Tran 2007, doi:10.1016/j.mcm.2007.03.022
  alonso_lamata_2006,  // 100,000 matrices; Alonso and Lamata 2006, doi:10.1142/S0218488506004114
  gong_xu_1986  // the table of Chinese textbooks and programs, there said to be of Gong Musen
                // and Xu Shubo 1986, from 1,000 matrices (the original was not seen)
};

inline constexpr random_index every_random_index[] = {
    random_index::saaty_1980, random_index::saaty_tran_2007, random_index::alonso_lamata_2006,
    random_index::gong_xu_1986};

/// "saaty_1980", ...
[[nodiscard]] std::string_view name(random_index table) noexcept;

/// The table's value for matrices of this order: 0 for 1 and 2; nothing above 15, where the tables
/// end.
[[nodiscard]] std::optional<double> random_index_value(random_index table,
                                                       std::size_t order) noexcept;

struct random_index_estimate {
  /// Mean consistency index of the matrices drawn, and the standard error of this mean.
  double mean = 0.0;
  double standard_error = 0.0;
};

/// The random index by simulation: `matrices` reciprocal matrices whose judgements above the
/// diagonal are drawn evenly from the 17 of Saaty's scale, 1/9, ..., 1/2, 1, ..., 9.
///
/// O(matrices * order^3 * rounds). Throws std::invalid_argument unless order is in [1, 100] and
/// matrices in [2, 10,000,000]; cancelled. Each matrix draws from its own stream: the same bits at
/// any number of threads.
[[nodiscard]] random_index_estimate simulate_random_index(std::size_t order, std::uint32_t matrices,
                                                          std::uint64_t seed = 42,
                                                          const execution& exec = {});

enum class priority_method : std::uint8_t {
  eigenvector,    // A w = lambda_max w (Saaty 1977, doi:10.1016/0022-2496(77)90033-5)
  geometric_mean  // row geometric means (Crawford and Williams 1985,
                  // doi:10.1016/0022-2496(85)90002-1); least squares of logarithms where
                  // judgements are missing
};

struct priorities_options {
  priority_method method = priority_method::eigenvector;
  valuenet::random_index random_index = valuenet::random_index::saaty_1980;
  /// How far a(i,j) a(j,i) may be from 1.
  double reciprocity_tolerance = 0.005;
};

struct worst_judgement {
  std::size_t row = 0;
  std::size_t column = 0;
  /// a(row, column) as given, and the ratio of the weights that it should be near.
  double given = 0.0;
  double implied = 0.0;
};

struct priorities_result {
  /// Sum to 1.
  std::vector<double> weights{};
  /// Of the matrix as given, whatever the method; of Harker's matrix where judgements are missing.
  double lambda_max = 0.0;
  /// (lambda_max - n) / (n - 1); 0 for n < 2.
  double consistency_index = 0.0;
  /// consistency_index / random index; 0 for n < 3, nothing above the table's end.
  std::optional<double> consistency_ratio{};
  /// The pair above the diagonal with the largest |log(given / implied)|; nothing when every
  /// judgement agrees with the weights to 1e-9.
  std::optional<worst_judgement> worst{};
  std::size_t missing_pairs = 0;
};

/// Weights of the criteria of a reciprocal matrix, with its consistency.
///
/// Missing judgements are completed by Harker's rule (1987, doi:10.1016/0270-0255(87)90503-3): 0 in
/// their place and 1 + (number missing in the row) on the diagonal; the judgements made must
/// connect all criteria. The consistency ratio of an incomplete matrix is a lower estimate: the
/// random index is that of complete ones. O(n^3).
///
/// Throws std::invalid_argument when the matrix is empty, not square, not finite and non-negative,
/// not 1 on its diagonal, not reciprocal (the cell is named), not connected, or of an order above
/// 1,000. Deterministic, single-threaded.
[[nodiscard]] priorities_result priorities(const judgement_matrix& judgements,
                                           const priorities_options& options = {});

/// Aggregation of individual judgements (AIJ): the weighted geometric mean of every cell over the
/// members who judged it; a pair that nobody judged stays missing. `importance`: of each member;
/// empty: all alike. (Forman and Peniwati 1998, doi:10.1016/S0377-2217(97)00244-0.) Throws
/// std::invalid_argument as priorities() does, when orders differ, or when importances are not one
/// positive number a member.
[[nodiscard]] judgement_matrix aggregate_judgements(std::span<const judgement_matrix> members,
                                                    std::span<const double> importance = {});

/// Aggregation of individual priorities (AIP): each member's weights, combined by weighted
/// geometric mean and scaled to sum 1. Same source and errors.
[[nodiscard]] std::vector<double> aggregate_priorities(std::span<const judgement_matrix> members,
                                                       std::span<const double> importance = {},
                                                       const priorities_options& options = {});

struct recover_options {
  valuenet::random_index random_index = valuenet::random_index::saaty_1980;
  /// What the weights sum to but for rounding (a group's global weight); nothing: their sum.
  std::optional<double> total{};
  /// How far a printed weight and a printed ratio may be from the computed ones.
  double weight_tolerance = 0.0001;
  double ratio_tolerance = 0.00005;
  /// Stop after this many matrices, or this many steps of the search.
  std::size_t maximum_matrices = 100;
  std::uint64_t maximum_steps = 400'000'000;
};

struct recovered_matrix {
  judgement_matrix judgements{};
  /// Times the total: as printed.
  std::vector<double> weights{};
  double lambda_max = 0.0;
  double consistency_ratio = 0.0;
  /// Largest |computed - printed| weight.
  double largest_difference = 0.0;
  /// Criteria of equal printed weight are judged alike: 1 between them, the same against others.
  bool alike_judged_alike = false;
};

struct recover_result {
  /// Those that judge equals alike first, then by largest_difference.
  std::vector<recovered_matrix> matrices{};
  /// The whole space was searched: what is not listed does not fit.
  bool exhausted = false;
  std::uint64_t steps = 0;

  [[nodiscard]] bool unique() const noexcept { return exhausted && matrices.size() == 1; }
};

/// The matrices on Saaty's scale (1/9, 1/8, ..., 1, ..., 9) whose principal eigenvector and
/// consistency ratio are the printed ones.
///
/// With e(i,j) = a(i,j) w(j) / w(i), every row must satisfy sum_j e(i,j) = lambda_max, which the
/// ratio and the table's random index give, and sum_{i<j} (e + 1/e - 2) = n (lambda_max - n). A
/// depth-first search over the pairs, the likeliest judgement first, prunes by both, with intervals
/// for the printed numbers; each complete matrix is solved and compared. First the matrices that
/// judge equal weights alike, then all. Where the search was cut short `exhausted` is false, and
/// other matrices may fit too. Exponential in n at worst, bounded by maximum_steps (about 20
/// million a second).
///
/// Throws std::invalid_argument unless there are 1 to 9 weights, positive and finite, above the
/// tolerance, and the ratio is in [0, 10] and the tolerances non-negative; cancelled.
/// Deterministic, single-threaded.
[[nodiscard]] recover_result recover_judgements(std::span<const double> weights,
                                                double consistency_ratio,
                                                const recover_options& options = {},
                                                const execution& exec = {});

}  // namespace valuenet
