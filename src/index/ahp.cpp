#include "valuenet/index/ahp.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include <Eigen/Dense>

#include "detail/parallel.hpp"
#include "detail/random.hpp"

namespace valuenet {
namespace {

constexpr std::size_t maximum_order = 1000;
constexpr std::size_t table_size = 16;

// Index: the order of the matrix.
constexpr std::array<std::array<double, table_size>, 4> tables{{
    {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59},
    {0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59},
    {0, 0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365,
     1.5551, 1.5713, 1.5838},
    {0, 0, 0, 0.52, 0.89, 1.12, 1.26, 1.36, 1.41, 1.46, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59},
}};

std::string cell_name(std::size_t i, std::size_t j) {
  return "judgements: row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1) + ": ";
}

void check(const judgement_matrix& m, double tolerance) {
  if (m.order == 0 || m.order > maximum_order || m.values.size() != m.order * m.order) {
    throw std::invalid_argument("judgements: order " + std::to_string(m.order) + " with " +
                                std::to_string(m.values.size()) +
                                " values; a square matrix of order 1 to 1000 expected");
  }
  for (std::size_t i = 0; i < m.order; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const double a = m.at(i, j);
      const double b = m.at(j, i);
      if (!(a >= 0.0) || !(b >= 0.0) || !std::isfinite(a) || !std::isfinite(b)) {
        throw std::invalid_argument(cell_name(i, j) +
                                    "a positive number, or 0 where not judged, expected");
      }
      const bool missing = i != j && a == 0.0 && b == 0.0;
      if (!missing && !(std::abs(a * b - 1.0) <= tolerance)) {
        throw std::invalid_argument(cell_name(i, j) + std::to_string(a) +
                                    " is not the reciprocal of " + std::to_string(b) +
                                    " across the diagonal");
      }
    }
  }
  std::vector<char> reached(m.order, 0);
  std::vector<std::size_t> open{0};
  reached[0] = 1;
  while (!open.empty()) {
    const std::size_t i = open.back();
    open.pop_back();
    for (std::size_t j = 0; j < m.order; ++j) {
      if (reached[j] == 0 && m.at(i, j) > 0.0) {
        reached[j] = 1;
        open.push_back(j);
      }
    }
  }
  for (std::size_t i = 0; i < m.order; ++i) {
    if (reached[i] == 0) {
      throw std::invalid_argument("judgements: no chain of judgements connects criterion 1 with " +
                                  std::to_string(i + 1));
    }
  }
}

/// With Harker's rule where judgements are missing.
Eigen::MatrixXd dense(const judgement_matrix& m, std::size_t& missing) {
  const auto n = static_cast<Eigen::Index>(m.order);
  Eigen::MatrixXd a(n, n);
  missing = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      a(i, j) = m.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
    }
    const auto row_missing = (a.row(i).array() == 0.0).count();
    missing += static_cast<std::size_t>(row_missing);
    a(i, i) = 1.0 + static_cast<double>(row_missing);
  }
  missing /= 2;
  return a;
}

struct principal_pair {
  double value = 0.0;
  Eigen::VectorXd vector{};
};

/// Of an irreducible non-negative matrix, by Noda's inverse iteration (T. Noda 1971, Numerische
/// Mathematik 17, 382-386): quadratic, and positive all the way, from bounds that close in on the
/// value.
principal_pair perron(const Eigen::MatrixXd& a) {
  const Eigen::Index n = a.rows();
  Eigen::VectorXd x = Eigen::VectorXd::Constant(n, 1.0 / static_cast<double>(n));
  for (int round = 0; round < 200; ++round) {
    const Eigen::VectorXd y = a * x;
    const Eigen::ArrayXd ratios = y.array() / x.array();
    const double high = ratios.maxCoeff();
    if (high - ratios.minCoeff() <= 1e-13 * high) break;
    const Eigen::MatrixXd shifted = high * Eigen::MatrixXd::Identity(n, n) - a;
    Eigen::VectorXd next = Eigen::PartialPivLU<Eigen::MatrixXd>(shifted).solve(x);
    // Where the shift has met the value to the last bit, a plain power step.
    if (!next.allFinite() || next.minCoeff() <= 0.0) next = y;
    x = next / next.sum();
  }
  return {(a * x).sum() / x.sum(), x};
}

/// Least squares of log a(i,j) = x(i) - x(j) over the pairs judged, x(0) = 0: the row geometric
/// means where all are.
Eigen::VectorXd geometric_means(const judgement_matrix& m) {
  const auto n = static_cast<Eigen::Index>(m.order);
  Eigen::MatrixXd laplacian = Eigen::MatrixXd::Zero(n, n);
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      const double a = m.at(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
      if (i == j || a == 0.0) continue;
      laplacian(i, i) += 1.0;
      laplacian(i, j) -= 1.0;
      sums(i) += std::log(a);
    }
  }
  Eigen::VectorXd x = Eigen::VectorXd::Zero(n);
  if (n > 1) {
    x.tail(n - 1) = laplacian.bottomRightCorner(n - 1, n - 1).ldlt().solve(sums.tail(n - 1).eval());
  }
  return (x.array() - x.maxCoeff()).exp().matrix();
}

std::vector<double> checked_importance(std::size_t members, std::span<const double> importance) {
  if (members == 0) throw std::invalid_argument("members: none given");
  std::vector<double> shares(importance.begin(), importance.end());
  if (shares.empty()) shares.assign(members, 1.0);
  double sum = 0.0;
  for (const double share : shares) {
    if (!(share > 0.0) || !std::isfinite(share)) {
      throw std::invalid_argument("importance: " + std::to_string(share) +
                                  ", a positive number expected");
    }
    sum += share;
  }
  if (shares.size() != members) {
    throw std::invalid_argument("importance: " + std::to_string(shares.size()) + " values for " +
                                std::to_string(members) + " members");
  }
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace

judgement_matrix make_judgements(std::size_t order, std::span<const double> upper) {
  if (order > maximum_order || upper.size() != order * (order == 0 ? 0 : order - 1) / 2) {
    throw std::invalid_argument("upper: " + std::to_string(upper.size()) +
                                " judgements for a matrix of order " + std::to_string(order));
  }
  judgement_matrix m{order, std::vector<double>(order * order, 1.0)};
  std::size_t next = 0;
  for (std::size_t i = 0; i < order; ++i) {
    for (std::size_t j = i + 1; j < order; ++j) {
      const double a = upper[next++];
      if (!(a >= 0.0) || !std::isfinite(a)) {
        throw std::invalid_argument(cell_name(i, j) +
                                    "a positive number, or 0 where not judged, expected");
      }
      m.values[i * order + j] = a;
      m.values[j * order + i] = a == 0.0 ? 0.0 : 1.0 / a;
    }
  }
  return m;
}

std::string_view name(random_index table) noexcept {
  switch (table) {
    case random_index::saaty_1980:
      return "saaty_1980";
    case random_index::saaty_tran_2007:
      return "saaty_tran_2007";
    case random_index::alonso_lamata_2006:
      return "alonso_lamata_2006";
    case random_index::gong_xu_1986:
      return "gong_xu_1986";
  }
  return "";
}

std::optional<double> random_index_value(random_index table, std::size_t order) noexcept {
  if (order >= table_size) return std::nullopt;
  return tables[static_cast<std::size_t>(table)][order];
}

random_index_estimate simulate_random_index(std::size_t order, std::uint32_t matrices,
                                            std::uint64_t seed, const execution& exec) {
  if (order < 1 || order > 100) {
    throw std::invalid_argument("order: " + std::to_string(order) + ", 1 to 100 expected");
  }
  if (matrices < 2 || matrices > 10'000'000) {
    throw std::invalid_argument("matrices: " + std::to_string(matrices) +
                                ", 2 to 10,000,000 expected");
  }
  if (order <= 2) return {};
  struct sums {
    double values = 0.0;
    double squares = 0.0;
  };
  detail::parallel workers(exec);
  const auto some = [&](std::size_t begin, std::size_t end) {
    sums part;
    const auto n = static_cast<Eigen::Index>(order);
    Eigen::MatrixXd a = Eigen::MatrixXd::Ones(n, n);
    for (std::size_t m = begin; m < end; ++m) {
      workers.check_stop();
      detail::random_stream random(seed, m);
      for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = i + 1; j < n; ++j) {
          const auto step = static_cast<double>(random.below(17)) - 8.0;
          a(i, j) = step < 0.0 ? 1.0 / (1.0 - step) : 1.0 + step;
          a(j, i) = 1.0 / a(i, j);
        }
      }
      const double index = (perron(a).value - static_cast<double>(n)) / static_cast<double>(n - 1);
      part.values += index;
      part.squares += index * index;
    }
    return part;
  };
  const auto both = [](sums left, const sums& right) {
    return sums{left.values + right.values, left.squares + right.squares};
  };
  const sums all = workers.reduce(matrices, std::size_t{256}, sums{}, some, both);
  const double count = matrices;
  const double mean = all.values / count;
  const double variance = std::max(0.0, all.squares / count - mean * mean) * count / (count - 1.0);
  return {mean, std::sqrt(variance / count)};
}

priorities_result priorities(const judgement_matrix& judgements,
                             const priorities_options& options) {
  if (!(options.reciprocity_tolerance >= 0.0)) {
    throw std::invalid_argument("reciprocity_tolerance: must not be negative");
  }
  check(judgements, options.reciprocity_tolerance);
  const std::size_t n = judgements.order;
  priorities_result result;
  const Eigen::MatrixXd a = dense(judgements, result.missing_pairs);
  const principal_pair principal = perron(a);
  result.lambda_max = principal.value;
  Eigen::VectorXd weights = options.method == priority_method::eigenvector
                                ? principal.vector
                                : geometric_means(judgements);
  weights /= weights.sum();
  result.weights.assign(weights.data(), weights.data() + weights.size());
  if (n >= 2) {
    result.consistency_index =
        std::max(0.0, (result.lambda_max - static_cast<double>(n)) / static_cast<double>(n - 1));
  }
  if (const auto random = random_index_value(options.random_index, n)) {
    result.consistency_ratio = *random > 0.0 ? result.consistency_index / *random : 0.0;
  }
  double largest = 1e-9;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const double given = judgements.at(i, j);
      if (given == 0.0) continue;
      const double implied = result.weights[i] / result.weights[j];
      const double off = std::abs(std::log(given / implied));
      if (off > largest) {
        largest = off;
        result.worst = worst_judgement{i, j, given, implied};
      }
    }
  }
  return result;
}

judgement_matrix aggregate_judgements(std::span<const judgement_matrix> members,
                                      std::span<const double> importance) {
  const std::vector<double> shares = checked_importance(members.size(), importance);
  const std::size_t n = members.front().order;
  for (const judgement_matrix& m : members) {
    check(m, priorities_options{}.reciprocity_tolerance);
    if (m.order != n) throw std::invalid_argument("members: their matrices differ in order");
  }
  std::vector<double> upper;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      double logs = 0.0;
      double judged = 0.0;
      for (std::size_t k = 0; k < members.size(); ++k) {
        if (members[k].at(i, j) == 0.0) continue;
        logs += shares[k] * std::log(members[k].at(i, j));
        judged += shares[k];
      }
      upper.push_back(judged > 0.0 ? std::exp(logs / judged) : 0.0);
    }
  }
  return make_judgements(n, upper);
}

std::vector<double> aggregate_priorities(std::span<const judgement_matrix> members,
                                         std::span<const double> importance,
                                         const priorities_options& options) {
  const std::vector<double> shares = checked_importance(members.size(), importance);
  const std::size_t n = members.front().order;
  std::vector<double> logs(n, 0.0);
  for (std::size_t k = 0; k < members.size(); ++k) {
    if (members[k].order != n) {
      throw std::invalid_argument("members: their matrices differ in order");
    }
    const priorities_result one = priorities(members[k], options);
    for (std::size_t i = 0; i < n; ++i) logs[i] += shares[k] * std::log(one.weights[i]);
  }
  double sum = 0.0;
  for (double& value : logs) sum += value = std::exp(value);
  for (double& value : logs) value /= sum;
  return logs;
}

}  // namespace valuenet
