#include "valuenet/network/degree_distributions.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace valuenet {
namespace {

constexpr std::array kinds{degree_kind::total, degree_kind::in, degree_kind::out};
constexpr std::array roles{role::sample, role::relation, role::unknown};

/// Degrees of a part of the selection's relations, one for each actor of the whole.
class part_degrees {
 public:
  part_degrees(const selection& whole, const selection& part) {
    const auto actors = whole.actors();
    vertices_ = actors.size();
    place_.reserve(part.actors().size());
    std::size_t at = 0;
    for (const actor_id actor : part.actors()) {
      at = static_cast<std::size_t>(
          std::lower_bound(actors.begin() + static_cast<std::ptrdiff_t>(at), actors.end(), actor) -
          actors.begin());
      place_.push_back(at);
    }
  }

  template <class T>
  [[nodiscard]] std::vector<T> spread(std::vector<T> values) const {
    if (values.size() == vertices_) return values;
    std::vector<T> all(vertices_, T{});
    for (std::size_t i = 0; i < values.size(); ++i) all[place_[i]] = values[i];
    return all;
  }

 private:
  std::vector<std::size_t> place_;
  std::size_t vertices_ = 0;
};

class collector {
 public:
  collector(const selection& whole, const execution& exec) : whole_(whole), exec_(exec) {
    for (const role each : roles) {
      const auto count = std::count_if(whole.actors().begin(), whole.actors().end(),
                                       [&](actor_id a) { return whole.network().role(a) == each; });
      if (count > 0) occurring_.push_back(each);
    }
  }

  void add_whole() {
    for_each_kind(whole_.graph(), [&](degree_sample sample, const auto& values) {
      samples.push_back(std::move(sample));
      samples.back().counts = count_values(std::span(values), exec_);
    });
  }

  void add_dimension(const std::string& dimension, const selection& part) {
    const part_degrees spreading(whole_, part);
    for_each_kind(part.graph(), [&](degree_sample sample, const auto& values) {
      const auto all = spreading.spread(values);
      sample.dimension = dimension;
      samples.push_back(std::move(sample));
      samples.back().counts = count_values(std::span(all), exec_);
    });
  }

  void add_roles() {
    if (occurring_.size() < 2) return;
    for (const role each : occurring_) {
      for_each_kind(whole_.graph(), [&](degree_sample sample, const auto& values) {
        auto chosen = values;
        chosen.clear();
        for (std::size_t i = 0; i < values.size(); ++i) {
          if (whole_.network().role(whole_.actors()[i]) == each) chosen.push_back(values[i]);
        }
        sample.role = each;
        samples.push_back(std::move(sample));
        samples.back().counts = count_values(std::span(std::as_const(chosen)), exec_);
      });
    }
  }

  std::vector<degree_sample> samples;

 private:
  template <class Add>
  void for_each_kind(const graph& g, Add&& add) const {
    const std::size_t most = g.is_directed() ? kinds.size() : 1;
    for (std::size_t i = 0; i < most; ++i) {
      add(degree_sample{.kind = kinds[i], .weighting = degree_weighting::edges},
          degrees(g, kinds[i], exec_));
    }
    if (!whole_.graph().is_weighted()) return;
    for (std::size_t i = 0; i < most; ++i) {
      add(degree_sample{.kind = kinds[i], .weighting = degree_weighting::weight},
          weighted_degrees(g, kinds[i], exec_));
    }
  }

  const selection& whole_;
  const execution& exec_;
  std::vector<role> occurring_;
};

}  // namespace

std::string degree_sample::name() const {
  std::string text = weighting == degree_weighting::weight ? "weighted " : "";
  text += kind == degree_kind::in ? "in-degree" : kind == degree_kind::out ? "out-degree" : "";
  if (kind == degree_kind::total)
    text += weighting == degree_weighting::weight ? "degree" : "total degree";
  if (dimension) text += ", " + *dimension;
  if (role) {
    text +=
        ", " +
        (*role == valuenet::role::unknown ? std::string("other") : std::string(to_string(*role))) +
        " actors";
  }
  return text;
}

std::vector<degree_sample> degree_distributions(const value_network& network,
                                                const degree_distributions_options& options,
                                                const execution& exec) {
  const selection whole = select(network, options.selection, exec);
  collector found(whole, exec);
  found.add_whole();
  const text_column& dimensions = network.relations().dimension;
  std::vector<std::uint8_t> is_listed(dimensions.words().size(), 0);
  for (const std::string& name : options.selection.dimension.values()) {
    if (const auto word = dimensions.words().find(name)) is_listed[*word] = 1;
  }
  for (symbol word = 1; word < dimensions.words().size(); ++word) {
    if (options.selection.dimension.is_given() && is_listed[word] == 0) continue;
    selection_options choice = options.selection;
    choice.dimension = dimensions.words()[word];
    choice.direction = whole.graph().direction();
    choice.all_actors = false;
    const selection part = select(network, choice, exec);
    if (part.accounting().selected == 0) continue;
    found.add_dimension(std::string(dimensions.words()[word]), part);
  }
  found.add_roles();
  return std::move(found.samples);
}

}  // namespace valuenet
