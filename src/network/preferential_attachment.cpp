// Two passes over the years. The first keeps, for every year with arrivals, how many actors have
// each degree and how many ends they received: all that likelihood and kernel need. The second
// replays the years to gather each actor's share of the score, which the robust error needs.
#include "valuenet/network/preferential_attachment.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "detail/parallel.hpp"
#include "network/dated_edges.hpp"

namespace valuenet {
namespace {

struct degree_class {
  std::uint64_t degree = 0;
  double log_degree = 0.0;
  double actors = 0.0;
  double arrivals = 0.0;
};

/// A year with arrivals: the actors by their degree the year before.
struct growth_year {
  std::vector<degree_class> classes;
  double arrivals = 0.0;
};

/// Ends of a year's edges that count, by actor.
template <class Use>
void for_each_end(const detail::dated_edge& edge, bool is_directed, degree_kind kind, Use&& use) {
  if (!is_directed || kind != degree_kind::in) use(edge.source);
  if (!is_directed || kind != degree_kind::out) use(edge.target);
}

/// Walks the years: begin(ends of the year by actor) is called with the degrees of the year before.
template <class Visit>
void replay(const detail::dated_edges& dated, const attachment_options& options,
            std::vector<std::uint64_t>& degrees, Visit&& visit) {
  degrees.assign(dated.vertices, 0);
  std::vector<std::uint64_t> ends(dated.vertices, 0);
  std::vector<vertex_id> touched;
  for (std::size_t i = 0; i < dated.edges.size();) {
    const int year = dated.edges[i].year;
    for (; i < dated.edges.size() && dated.edges[i].year == year; ++i) {
      for_each_end(dated.edges[i], dated.is_directed, options.kind, [&](vertex_id v) {
        if (ends[v]++ == 0) touched.push_back(v);
      });
    }
    const bool is_measured = year != detail::before_all_years &&
                             (!options.selection.from_year || year >= *options.selection.from_year);
    visit(is_measured, touched, ends);
    for (const vertex_id v : touched) {
      degrees[v] += ends[v];
      ends[v] = 0;
    }
    touched.clear();
  }
}

/// ln likelihood, its slope and minus its curvature at an exponent.
struct likelihood {
  double value = 0.0;
  double score = 0.0;
  double information = 0.0;
};

/// Mean and variance of ln k under k^b over the actors of a year, and ln of the sum of k^b.
struct year_moments {
  double log_sum = 0.0;
  double mean = 0.0;
  double variance = 0.0;
};

year_moments moments(const growth_year& year, double exponent) {
  // Classes ascend; the largest term is taken out so that nothing overflows.
  const double top = exponent * (exponent > 0.0 ? year.classes.back().log_degree
                                                : year.classes.front().log_degree);
  double sum = 0.0;
  double first = 0.0;
  for (const degree_class& each : year.classes) {
    const double weight = each.actors * std::exp(exponent * each.log_degree - top);
    sum += weight;
    first += weight * each.log_degree;
  }
  const double mean = first / sum;
  double second = 0.0;
  for (const degree_class& each : year.classes) {
    const double off = each.log_degree - mean;
    second += each.actors * std::exp(exponent * each.log_degree - top) * off * off;
  }
  return {std::log(sum) + top, mean, second / sum};
}

likelihood evaluate(const std::vector<growth_year>& years, double exponent,
                    detail::parallel& workers) {
  return workers.reduce(
      years.size(), 16, likelihood{},
      [&](std::size_t begin, std::size_t end) {
        likelihood part;
        for (std::size_t t = begin; t < end; ++t) {
          const growth_year& year = years[t];
          const year_moments at = moments(year, exponent);
          for (const degree_class& each : year.classes) {
            part.value += each.arrivals * (exponent * each.log_degree - at.log_sum);
            part.score += each.arrivals * (each.log_degree - at.mean);
          }
          part.information += year.arrivals * at.variance;
        }
        return part;
      },
      [](likelihood a, const likelihood& b) {
        a.value += b.value;
        a.score += b.score;
        a.information += b.information;
        return a;
      });
}

/// Bounds 1, 2, 3, 4, 5, 6, 8, 10, 13, ...: ten to a factor of ten once that is more than one each.
std::vector<std::uint64_t> bin_begins(std::uint64_t largest) {
  std::vector<std::uint64_t> begins;
  for (int i = 0;; ++i) {
    const double bound = std::round(std::pow(10.0, i / 10.0));
    if (bound > static_cast<double>(largest)) return begins;
    const auto begin = static_cast<std::uint64_t>(bound);
    if (begins.empty() || begin > begins.back()) begins.push_back(begin);
  }
}

/// The kernel as a step function, by the fixed point that its likelihood equations are.
std::vector<kernel_bin> step_kernel(const std::vector<growth_year>& years,
                                    detail::parallel& workers) {
  std::uint64_t largest = 1;
  for (const growth_year& year : years) largest = std::max(largest, year.classes.back().degree);
  const std::vector<std::uint64_t> begins = bin_begins(largest);
  const std::size_t bins = begins.size();
  // actors[t * bins + b]
  std::vector<double> actors(years.size() * bins, 0.0);
  std::vector<double> arrivals(bins, 0.0);
  std::vector<double> exposure(bins, 0.0);
  std::vector<double> degree_sum(bins, 0.0);
  double all_arrivals = 0.0;
  for (std::size_t t = 0; t < years.size(); ++t) {
    double present = 0.0;
    for (const degree_class& each : years[t].classes) present += each.actors;
    for (const degree_class& each : years[t].classes) {
      const auto b = static_cast<std::size_t>(
          std::upper_bound(begins.begin(), begins.end(), each.degree) - begins.begin() - 1);
      actors[t * bins + b] += each.actors;
      arrivals[b] += each.arrivals;
      const double share = years[t].arrivals * each.actors / present;
      exposure[b] += share;
      degree_sum[b] += share * static_cast<double>(each.degree);
    }
    all_arrivals += years[t].arrivals;
  }
  std::vector<double> kernel(bins, 0.0);
  for (std::size_t b = 0; b < bins; ++b) {
    if (exposure[b] > 0.0) kernel[b] = arrivals[b] / exposure[b];
  }
  std::vector<double> expected(bins);
  // Bounds the work where very many years make every round long.
  const auto most_rounds =
      static_cast<int>(std::min<std::size_t>(20'000, 100 + 2'000'000'000 / actors.size()));
  double change = 1.0;
  for (int round = 0; round < most_rounds && change > 1e-10; ++round) {
    if (round % 64 == 0) workers.check_stop();
    std::fill(expected.begin(), expected.end(), 0.0);
    for (std::size_t t = 0; t < years.size(); ++t) {
      const double* row = actors.data() + t * bins;
      double sum = 0.0;
      for (std::size_t b = 0; b < bins; ++b) sum += kernel[b] * row[b];
      for (std::size_t b = 0; b < bins; ++b) expected[b] += years[t].arrivals * row[b] / sum;
    }
    // Only ratios are determined: an average actor's attractiveness is held at 1.
    double scale = 0.0;
    change = 0.0;
    std::vector<double> next(bins, 0.0);
    for (std::size_t b = 0; b < bins; ++b) {
      if (expected[b] > 0.0) next[b] = arrivals[b] / expected[b];
      scale += next[b] * exposure[b];
    }
    scale /= all_arrivals;
    for (std::size_t b = 0; b < bins; ++b) {
      next[b] /= scale;
      if (next[b] > 0.0) change = std::max(change, std::abs(next[b] - kernel[b]) / next[b]);
    }
    kernel = next;
  }
  std::vector<kernel_bin> result;
  for (std::size_t b = 0; b < bins; ++b) {
    if (exposure[b] <= 0.0) continue;
    kernel_bin bin{.from = begins[b], .to = b + 1 < bins ? begins[b + 1] - 1 : largest};
    bin.degree = degree_sum[b] / exposure[b];
    bin.arrivals = static_cast<std::uint64_t>(arrivals[b]);
    bin.attractiveness = kernel[b];
    if (bin.arrivals > 0) bin.standard_error = kernel[b] / std::sqrt(arrivals[b]);
    result.push_back(bin);
  }
  return result;
}

/// Sum over the actors of the square of their share of the score.
double squared_scores(const detail::dated_edges& dated, const attachment_options& options,
                      const std::vector<growth_year>& years, double exponent,
                      detail::parallel& workers) {
  std::vector<double> scores(dated.vertices, 0.0);
  std::vector<double> expected;  // by degree
  std::vector<std::uint64_t> degrees;
  std::size_t t = 0;
  replay(dated, options, degrees,
         [&](bool is_measured, const std::vector<vertex_id>& touched,
             const std::vector<std::uint64_t>& ends) {
           workers.check_stop();
           const bool arrived = std::any_of(touched.begin(), touched.end(),
                                            [&](vertex_id v) { return degrees[v] > 0; });
           if (!is_measured || !arrived) return;
           const growth_year& year = years[t++];
           const year_moments at = moments(year, exponent);
           expected.resize(year.classes.back().degree + 1, 0.0);
           for (const degree_class& each : year.classes) {
             expected[each.degree] = year.arrivals *
                                     std::exp(exponent * each.log_degree - at.log_sum) *
                                     (each.log_degree - at.mean);
           }
           for (vertex_id v = 0; v < dated.vertices; ++v) {
             if (degrees[v] > 0) scores[v] -= expected[degrees[v]];
           }
           for (const vertex_id v : touched) {
             if (degrees[v] == 0) continue;
             scores[v] += static_cast<double>(ends[v]) *
                          (std::log(static_cast<double>(degrees[v])) - at.mean);
           }
         });
  double sum = 0.0;
  for (const double score : scores) sum += score * score;
  return sum;
}

std::vector<growth_year> growth_years(const detail::dated_edges& dated,
                                      const attachment_options& options, attachment_result& result,
                                      detail::parallel& workers) {
  constexpr std::size_t most_years = 10'000;
  std::vector<growth_year> years;
  std::map<std::uint64_t, std::uint64_t> actors;  // by degree
  std::map<std::uint64_t, std::uint64_t> arrivals;
  std::vector<std::uint64_t> degrees;
  replay(dated, options, degrees,
         [&](bool is_measured, const std::vector<vertex_id>& touched,
             const std::vector<std::uint64_t>& ends) {
           workers.check_stop();
           if (is_measured) {
             arrivals.clear();
             std::uint64_t sum = 0;
             for (const vertex_id v : touched) {
               if (degrees[v] == 0) {
                 result.first_ends += ends[v];
               } else {
                 arrivals[degrees[v]] += ends[v];
                 sum += ends[v];
               }
             }
             if (sum > 0) {
               growth_year year{.classes = {}, .arrivals = static_cast<double>(sum)};
               for (const auto& [degree, count] : actors) {
                 const auto found = arrivals.find(degree);
                 year.classes.push_back(
                     {degree, std::log(static_cast<double>(degree)), static_cast<double>(count),
                      found == arrivals.end() ? 0.0 : static_cast<double>(found->second)});
               }
               years.push_back(std::move(year));
               result.arrivals += sum;
               if (years.size() > most_years) {
                 throw std::invalid_argument(
                     "preferential_attachment: relations of more than 10,000 different years; give "
                     "from_year and until_year");
               }
             }
           }
           for (const vertex_id v : touched) {
             const auto old = actors.find(degrees[v]);
             if (old != actors.end() && --old->second == 0) actors.erase(old);
             ++actors[degrees[v] + ends[v]];
           }
         });
  result.years = years.size();
  return years;
}

/// Newton within a bracket that the sign of the score narrows.
void fit_exponent(const std::vector<growth_year>& years, attachment_result& result,
                  detail::parallel& workers) {
  constexpr double bound = 64.0;
  constexpr int most_iterations = 200;
  double low = -bound;
  double high = bound;
  if (evaluate(years, low, workers).score <= 0.0 || evaluate(years, high, workers).score >= 0.0) {
    result.status = attachment_status::unbounded;
    return;
  }
  double exponent = 1.0;
  for (result.iterations = 1; result.iterations <= most_iterations; ++result.iterations) {
    const likelihood at = evaluate(years, exponent, workers);
    (at.score > 0.0 ? low : high) = exponent;
    double next = exponent + at.score / at.information;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double step = std::abs(next - exponent);
    exponent = next;
    if (step <= 1e-12 * std::max(1.0, std::abs(exponent))) {
      result.converged = true;
      break;
    }
  }
  result.status = attachment_status::fitted;
  result.exponent = exponent;
  const likelihood best = evaluate(years, exponent, workers);
  result.standard_error = 1.0 / std::sqrt(best.information);
  result.gain_over_uniform = best.value - evaluate(years, 0.0, workers).value;
  result.gain_over_linear = best.value - evaluate(years, 1.0, workers).value;
}

}  // namespace

std::string explain(attachment_status status) {
  switch (status) {
    case attachment_status::fitted:
      return "the kernel was fitted";
    case attachment_status::no_years:
      return "no relation has a year";
    case attachment_status::no_arrivals:
      return "no new relation reaches an actor that had one the year before";
    case attachment_status::no_choice:
      return "whenever a relation arrived, every actor had the same degree";
    case attachment_status::unbounded:
      return "every new relation went to an actor of the largest degree, or every one to the "
             "least: no exponent is the best";
  }
  return {};
}

attachment_result preferential_attachment(const value_network& network,
                                          const attachment_options& options,
                                          const execution& exec) {
  const detail::dated_edges dated = detail::date_edges(network, options.selection, exec);
  detail::parallel workers(exec);
  attachment_result result;
  result.undated = dated.undated;
  if (dated.edges.empty() || dated.edges.back().year == detail::before_all_years) return result;
  const std::vector<growth_year> years = growth_years(dated, options, result, workers);
  if (years.empty()) {
    result.status = attachment_status::no_arrivals;
    return result;
  }
  result.kernel = step_kernel(years, workers);
  const bool has_choice = std::any_of(
      years.begin(), years.end(), [](const growth_year& year) { return year.classes.size() > 1; });
  if (!has_choice) {
    result.status = attachment_status::no_choice;
    return result;
  }
  fit_exponent(years, result, workers);
  if (!result.exponent) return result;
  result.robust_standard_error =
      std::sqrt(squared_scores(dated, options, years, *result.exponent, workers)) *
      result.standard_error * result.standard_error;
  return result;
}

}  // namespace valuenet
