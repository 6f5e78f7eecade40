#include "statistics/tail_distributions.hpp"

#include <cmath>
#include <functional>

#include "catch.hpp"
#include "statistics/cutoff_power_law.hpp"
#include "statistics/newton.hpp"

namespace detail = valuenet::detail;
using detail::second_order;

namespace {

// Derivatives by differences, to hold against those carried along.
void check_derivatives(const std::function<second_order(double, double)>& f, double a, double b) {
  INFO("a = " << a << ", b = " << b);
  const double ha = 1e-5 * (1.0 + std::abs(a));
  const double hb = b == 0.0 ? 1e-7 : 3e-4 * b;
  const second_order exact = f(a, b);
  const auto [g0, g1] = exact.first;
  CHECK((f(a + ha, b).value - f(a - ha, b).value) / (2 * ha) ==
        Approx(g0).epsilon(1e-5).margin(1e-7));
  CHECK((f(a + ha, b).first[0] - f(a - ha, b).first[0]) / (2 * ha) ==
        Approx(exact.second[0]).epsilon(1e-5).margin(1e-7));
  CHECK((f(a + ha, b).first[1] - f(a - ha, b).first[1]) / (2 * ha) ==
        Approx(exact.second[1]).epsilon(1e-5).margin(1e-7));
  if (b > 0.0) {
    CHECK((f(a, b + hb).value - f(a, b - hb).value) / (2 * hb) ==
          Approx(g1).epsilon(1e-5).margin(1e-7));
    CHECK((f(a, b + hb).first[1] - f(a, b - hb).first[1]) / (2 * hb) ==
          Approx(exact.second[2]).epsilon(1e-4).margin(1e-6));
  } else {  // at the boundary: from above
    CHECK((f(a, hb).value - exact.value) / hb == Approx(g1).epsilon(1e-4).margin(1e-6));
  }
}

template <template <class> class Model>
second_order survival(double a, double b, double u) {
  return Model<second_order>(second_order::parameter(a, 0), second_order::parameter(b, 1))
      .log_survival(u);
}

template <template <class> class Model>
second_order hazard(double a, double b, double u) {
  return Model<second_order>(second_order::parameter(a, 0), second_order::parameter(b, 1))
      .log_hazard(u);
}

// Simpson's rule over [from, infinity) of exp(log f), 60 units long.
double integral(const std::function<double(double)>& log_density, double from) {
  constexpr int steps = 60'000;
  constexpr double width = 60.0 / steps;
  double sum = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double weight = i == 0 || i == steps ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
    sum += weight * std::exp(log_density(from + i * width));
  }
  return sum * width / 3.0;
}

}  // namespace

TEST_CASE("the rivals' derivatives are those of their values", "[alternatives]") {
  for (const double u : {0.0, 0.3, 2.0, 7.0}) {
    for (const double b : {0.4, 2.5}) {
      for (const double c : {0.0, 3e-5, 0.02, 0.3}) {
        INFO("u = " << u);
        using namespace std::placeholders;
        check_derivatives(
            [&](double x, double y) { return survival<detail::lognormal_tail>(x, y, u); }, b, c);
        check_derivatives(
            [&](double x, double y) { return hazard<detail::lognormal_tail>(x, y, u); }, b, c);
        check_derivatives(
            [&](double x, double y) {
              return survival<detail::stretched_exponential_tail>(x, y, u);
            },
            b, c);
        check_derivatives(
            [&](double x, double y) { return hazard<detail::stretched_exponential_tail>(x, y, u); },
            b, c);
      }
    }
    check_derivatives([&](double x, double y) { return survival<detail::lognormal_tail>(x, y, u); },
                      -3.0, 0.8);
    check_derivatives([&](double x, double y) { return hazard<detail::lognormal_tail>(x, y, u); },
                      -3.0, 0.8);
  }
}

TEST_CASE("the lognormal's tail is the integral of its density", "[alternatives]") {
  for (const auto& [b, c] : std::vector<std::pair<double, double>>{{1.5, 0.0},
                                                                   {1.5, 1e-5},
                                                                   {1.5, 2e-3},
                                                                   {1.5, 0.1},
                                                                   {0.1, 2.0},
                                                                   {-2.0, 0.7},
                                                                   {-30.0, 5.0}}) {
    INFO("b = " << b << ", c = " << c);
    const auto log_density = [b = b, c = c](double u) { return -b * u - c * u * u; };
    const double total = integral(log_density, 0.0);
    const detail::lognormal_tail<double> model(b, c);
    for (const double u : {0.0, 0.2, 1.0, 4.0}) {
      CHECK(model.log_survival(u) ==
            Approx(std::log(integral(log_density, u) / total)).epsilon(1e-9).margin(1e-9));
      CHECK(model.log_hazard(u) + model.log_survival(u) ==
            Approx(log_density(u) - std::log(total)).epsilon(1e-9).margin(1e-9));
    }
  }
}

TEST_CASE("the stretched exponential is Weibull's law", "[alternatives]") {
  // P(X >= x | X >= s) = exp(-l (x^b - s^b)).
  const double lambda = 0.7;
  const double beta = 0.4;
  const double start = 3.0;
  const detail::stretched_exponential_tail<double> model(lambda * beta * std::pow(start, beta),
                                                         beta);
  for (const double x : {3.0, 4.0, 11.0, 500.0}) {
    CHECK(
        model.log_survival(std::log(x / start)) ==
        Approx(-lambda * (std::pow(x, beta) - std::pow(start, beta))).epsilon(1e-12).margin(1e-13));
  }
}

TEST_CASE("moments of the power law with cut-off equal plain sums", "[alternatives]") {
  const std::vector<std::array<double, 3>> cases{{2.5, 1e-4, 1.0},  {1.4, 1e-3, 7.0},
                                                 {-1.5, 0.02, 3.0}, {3.2, 5.0, 12.0},
                                                 {0.5, 0.5, 1.0},   {2.0, 2e-4, 900.0}};
  for (const auto& [alpha, lambda, x_min] : cases) {
    INFO("alpha = " << alpha << ", lambda = " << lambda << ", x_min = " << x_min);
    long double one = 0;
    long double l = 0;
    long double y = 0;
    long double ll = 0;
    long double ly = 0;
    long double yy = 0;
    for (double k = 0.0; k < 60.0 / lambda + 20'000; k += 1.0) {
      const double log_ratio = std::log1p(k / x_min);
      const long double w = std::exp(static_cast<long double>(-alpha * log_ratio - lambda * k));
      one += w;
      l += w * log_ratio;
      y += w * k;
      ll += w * log_ratio * log_ratio;
      ly += w * log_ratio * k;
      yy += w * k * k;
    }
    const detail::cutoff_moments m =
        detail::moments_with_cutoff(valuenet::sample_kind::discrete, alpha, lambda, x_min);
    const auto d = [](long double value) { return static_cast<double>(value); };
    CHECK(m.log_sum == Approx(d(std::log(one))).epsilon(1e-10).margin(1e-12));
    CHECK(m.mean_log == Approx(d(l / one)).epsilon(1e-9));
    CHECK(m.mean_excess == Approx(d(y / one)).epsilon(1e-9));
    CHECK(m.variance_log == Approx(d(ll / one - l / one * (l / one))).epsilon(1e-8));
    CHECK(m.covariance == Approx(d(ly / one - l / one * (y / one))).epsilon(1e-8));
    CHECK(m.variance_excess == Approx(d(yy / one - y / one * (y / one))).epsilon(1e-8));
  }
}

TEST_CASE("moments of the continuous cut-off law are the gamma distribution's", "[alternatives]") {
  // alpha = -2, x_min -> 0: x^2 exp(-lambda x) has mean 3/lambda and variance 3/lambda^2.
  const detail::cutoff_moments m =
      detail::moments_with_cutoff(valuenet::sample_kind::continuous, -2.0, 0.5, 1e-6);
  CHECK(m.mean_excess == Approx(6.0).epsilon(1e-5));
  CHECK(m.variance_excess == Approx(12.0).epsilon(1e-5));
  // E ln X = digamma(3) - ln lambda.
  CHECK(m.mean_log ==
        Approx(1.5 - 0.57721566490153286 + std::log(2.0) - std::log(1e-6)).epsilon(1e-9));
}

TEST_CASE("Newton's search finds inner and boundary maxima", "[alternatives]") {
  const auto parabola = [](double a, double b) {
    const second_order x = second_order::parameter(a, 0) - second_order(1.5);
    const second_order y = second_order::parameter(b, 1) - second_order(0.25);
    return -(x * x) - (2.0 * (y * y)) + 0.5 * (x * y);
  };
  const detail::maximum inner = detail::maximize(parabola, {10.0, 3.0});
  CHECK(inner.converged);
  CHECK(!inner.on_boundary);
  CHECK(inner.at[0] == Approx(1.5));
  CHECK(inner.at[1] == Approx(0.25));

  const auto outside = [](double a, double b) {  // peak at b = -1
    const second_order x = second_order::parameter(a, 0) - second_order(1.5);
    const second_order y = second_order::parameter(b, 1) - second_order(-1.0);
    return -(x * x) - (y * y) + 0.5 * (x * y);
  };
  const detail::maximum edge = detail::maximize(outside, {10.0, 3.0});
  CHECK(edge.converged);
  CHECK(edge.on_boundary);
  CHECK(edge.at[1] == 0.0);
  CHECK(edge.at[0] == Approx(1.75));
}
