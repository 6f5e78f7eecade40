// How unequally relations are spread, between provinces and within them, and whether that changes.
#include <cstdint>
#include <cstdio>
#include <vector>

#include <valuenet/statistics/concentration.hpp>
#include <valuenet/statistics/trend.hpp>

namespace vn = valuenet;

int main() {
  // Relations of eight cities; the first three lie in one province, the others in another.
  const std::vector<double> relations{120, 30, 10, 60, 20, 5, 5, 0};
  const std::vector<std::uint32_t> province{0, 0, 0, 1, 1, 1, 1, 1};

  const vn::herfindahl_result herfindahl = *vn::herfindahl(relations);
  std::printf("Gini %.4f, Herfindahl %.4f (as %.2f cities of equal size)\n", *vn::gini(relations),
              herfindahl.index, herfindahl.effective_number);
  std::printf("the largest two hold %.1f%%\n", 100 * *vn::concentration_ratio(relations, 2));

  const vn::theil_decomposition theil = *vn::decompose_theil(relations, province);
  std::printf("Theil %.4f = %.4f between provinces + %.4f within\n", theil.total, theil.between,
              theil.within);

  std::puts("Lorenz curve:");
  for (const vn::lorenz_point& point : vn::lorenz_curve(relations)) {
    std::printf("  %.3f of the cities hold %.3f\n", point.population, point.value);
  }

  // The share of the largest, year by year: does it fall?
  const std::vector<double> year{2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021};
  const std::vector<double> share{0.61, 0.60, 0.57, 0.58, 0.55, 0.52, 0.53, 0.50};
  const vn::trend_result trend = *vn::trend(year, share);
  std::printf("trend: %+.4f a year, tau %.3f, p = %.4f\n", trend.slope, trend.tau, trend.p_value);
}
