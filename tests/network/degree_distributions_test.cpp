#include "valuenet/network/degree_distributions.hpp"

#include <algorithm>

#include "catch.hpp"

namespace vn = valuenet;

namespace {

// a (sample) gives to b, c (technology) and d (investment, weight 5); b gives to a (technology); e
// stands alone.
vn::value_network example(bool weighted = true) {
  vn::actor_table actors;
  for (const char* id : {"a", "b", "c", "d", "e"}) actors.ids.intern(id);
  actors.roles = {vn::role::sample, vn::role::relation, vn::role::relation, vn::role::relation,
                  vn::role::sample};
  vn::relation_table relations;
  relations.givers = {0, 0, 0, 1};
  relations.takers = {1, 2, 3, 0};
  for (const char* d : {"technology", "technology", "investment", "technology"}) {
    relations.dimension.push_back(d);
  }
  if (weighted) relations.weights = {1.0, 2.0, 5.0, 1.5};
  return {std::move(actors), std::move(relations)};
}

const vn::degree_sample* find(const std::vector<vn::degree_sample>& samples,
                              const std::string& name) {
  const auto found =
      std::find_if(samples.begin(), samples.end(),
                   [&](const vn::degree_sample& sample) { return sample.name() == name; });
  return found == samples.end() ? nullptr : &*found;
}

void check(const std::vector<vn::degree_sample>& samples, const std::string& name,
           const std::vector<double>& values, const std::vector<std::uint64_t>& counts) {
  INFO(name);
  const vn::degree_sample* found = find(samples, name);
  REQUIRE(found != nullptr);
  CHECK(found->counts.values == values);
  CHECK(found->counts.counts == counts);
}

}  // namespace

TEST_CASE("every degree distribution of a network in one call") {
  const auto samples = vn::degree_distributions(example(), {.selection = {.all_actors = true}});
  CHECK(samples.size() == 30);  // whole, two dimensions, two roles; three kinds; edges and weight
  check(samples, "total degree", {0, 1, 2, 4}, {1, 2, 1, 1});
  check(samples, "in-degree", {0, 1}, {1, 4});
  check(samples, "out-degree", {0, 1, 3}, {3, 1, 1});
  check(samples, "weighted degree", {0, 2, 2.5, 5, 9.5}, {1, 1, 1, 1, 1});
  check(samples, "total degree, technology", {0, 1, 2, 3}, {2, 1, 1, 1});
  check(samples, "weighted in-degree, investment", {0, 5}, {4, 1});
  check(samples, "out-degree, sample actors", {0, 3}, {1, 1});
  check(samples, "total degree, relation actors", {1, 2}, {2, 1});
  for (const auto& sample : samples) {
    const std::uint64_t actors = !sample.role ? 5 : *sample.role == vn::role::sample ? 2 : 3;
    CHECK(sample.counts.total() == actors);
  }
}

TEST_CASE("only what there is has a distribution") {
  CHECK(vn::degree_distributions(vn::value_network()).size() == 3);
  const auto plain = vn::degree_distributions(example(false));
  CHECK(plain.size() == 15);
  CHECK(find(plain, "weighted degree") == nullptr);
  const auto undirected =
      vn::degree_distributions(example(), {.selection = {.direction = vn::direction::undirected}});
  CHECK(undirected.size() == 10);
  check(undirected, "total degree", {1, 3}, {3, 1});  // a-b is one edge
  const auto one =
      vn::degree_distributions(example(false), {.selection = {.dimension = "investment"}});
  CHECK(find(one, "in-degree, investment") != nullptr);
  CHECK(find(one, "in-degree, technology") == nullptr);
  CHECK(find(one, "in-degree")->counts.total() == 2);
}
