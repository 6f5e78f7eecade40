#include "valuenet/network/published.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace valuenet {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Half a unit of the last printed digit: "4.53" -> 0.005, "5.1e-5" -> 0.05e-5.
double half_unit(std::string_view printed) {
  const std::size_t exponent_at = printed.find_first_of("eE");
  const std::string_view mantissa = printed.substr(0, exponent_at);
  const std::size_t point = mantissa.find('.');
  const double decimals =
      point == std::string_view::npos ? 0.0 : static_cast<double>(mantissa.size() - point - 1);
  double exponent = 0.0;
  if (exponent_at != std::string_view::npos) {
    exponent = number(printed.substr(exponent_at + (printed[exponent_at + 1] == '+' ? 2 : 1)))
                   .value_or(0.0);
  }
  return 0.5 * std::pow(10.0, exponent - decimals);
}

}  // namespace

std::vector<published_value> parse_published(std::string_view text) {
  std::vector<published_value> values;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view pair = trimmed(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    const std::size_t equals = pair.find('=');
    const std::string_view name = trimmed(pair.substr(0, equals));
    const std::string_view printed =
        equals == std::string_view::npos ? std::string_view{} : trimmed(pair.substr(equals + 1));
    if (name.empty() || !number(printed)) {
      throw std::invalid_argument("published values: \"" + std::string(pair) +
                                  "\" is not NAME=NUMBER, such as average_degree=2.28");
    }
    values.push_back({std::string(name), std::string(printed)});
  }
  return values;
}

bool reproduces(double computed, std::string_view printed) {
  const std::optional<double> value = number(printed);
  if (!value) return false;
  // The slack covers decimal digits that a double cannot hold, such as those of 2.285.
  constexpr double slack = 1e-12;
  return std::abs(computed - *value) <= half_unit(printed) + slack * std::abs(*value);
}

std::vector<reading> compare_conventions(const value_network& network,
                                         const selection_options& selection,
                                         const summary_options& options, const execution& exec) {
  struct way {
    const char* name;
    convention whose;
    gephi_dialog dialog;
    direction read_as;
  };
  constexpr std::array ways{
      way{"gephi directed", convention::gephi, gephi_dialog::directed, direction::directed},
      way{"gephi directed, dialog undirected", convention::gephi, gephi_dialog::undirected,
          direction::directed},
      way{"gephi undirected", convention::gephi, gephi_dialog::directed, direction::undirected},
      way{"networkx directed", convention::networkx, gephi_dialog::directed, direction::directed},
      way{"networkx undirected", convention::networkx, gephi_dialog::directed,
          direction::undirected},
      way{"igraph directed", convention::igraph, gephi_dialog::directed, direction::directed},
      way{"igraph undirected", convention::igraph, gephi_dialog::directed, direction::undirected},
  };
  selection_options choice = selection;
  choice.direction = direction::directed;
  const valuenet::selection directed = select(network, choice, exec);
  choice.direction = direction::undirected;
  const valuenet::selection undirected = select(network, choice, exec);
  std::vector<reading> readings;
  for (const way& each : ways) {
    summary_options how = options;
    how.convention = each.whose;
    how.dialog = each.dialog;
    const bool as_directed = each.read_as == direction::directed;
    readings.push_back({each.name, summarize(as_directed ? directed : undirected, how, exec)});
  }
  return readings;
}

std::vector<published_match> match_published(const std::vector<reading>& readings,
                                             const std::vector<published_value>& published) {
  std::vector<published_match> matches;
  for (const published_value& value : published) {
    published_match match{.published = value, .readings = {}};
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const statistic* found = readings[i].summary.find(value.name);
      if (found == nullptr) continue;
      match.known = true;
      if (found->value && reproduces(*found->value, value.printed)) match.readings.push_back(i);
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace valuenet
