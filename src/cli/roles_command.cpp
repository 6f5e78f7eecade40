// valuenet roles: who spans structural holes, who brokers between groups, who holds it together.
#include "valuenet/metrics/core.hpp"
#include "valuenet/metrics/core_periphery.hpp"
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/rankings.hpp"
#include "valuenet/network/roles.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "cli/groups.hpp"
#include "cli/output.hpp"
#include "cli/program.hpp"

namespace valuenet::cli {
namespace {

struct roles_arguments {
  input_arguments input;
  filter_arguments filters;
  output_arguments output;
  std::string by;
  std::string order = "brokerage";
  std::size_t top = 20;
  int permutations = 100;
  bool weighted = false;
  bool groups = false;
  grouping_arguments names;
};

const std::map<std::string, std::size_t> role_orders{
    {"coordinator", 0}, {"itinerant", 1}, {"gatekeeper", 2}, {"representative", 3}, {"liaison", 4}};

std::optional<double> value_where(bool defined, double value) {
  return defined ? std::optional(value) : std::nullopt;
}

/// Instead of actors: what each group's actors broker, and the gatekeeper of most paths.
table groups_table(const selection& selected, const grouping& groups,
                   const std::vector<std::uint32_t>& group, const brokerage_result& broker,
                   json& object) {
  struct sums {
    std::array<std::uint64_t, brokerage_roles> paths{};
    std::uint64_t actors = 0;
    vertex_id gatekeeper = no_vertex;
    std::uint64_t most = 0;
  };
  std::vector<sums> of_group(groups.labels.size());
  constexpr auto gatekeeper = static_cast<std::size_t>(brokerage_role::gatekeeper);
  for (vertex_id v = 0; v < group.size(); ++v) {
    if (group[v] == no_group) continue;
    sums& own = of_group[group[v]];
    ++own.actors;
    for (std::size_t role = 0; role < brokerage_roles; ++role) {
      own.paths[role] += broker.counts[v][role];
    }
    if (broker.counts[v][gatekeeper] > own.most) {
      own.most = broker.counts[v][gatekeeper];
      own.gatekeeper = v;
    }
  }
  table text{.title = "What the actors of each " + groups.name + " broker",
             .columns = {{groups.name}, {"actors", alignment::right}}};
  for (const auto& [name, number] : role_orders) text.columns.push_back({name, alignment::right});
  text.columns.push_back({"first gatekeeper"});
  text.columns.push_back({"its share", alignment::right});
  object["groups"] = json::array();
  const value_network& network = selected.network();
  for (std::size_t i = 0; i < of_group.size(); ++i) {
    const sums& own = of_group[i];
    if (own.actors == 0) continue;
    std::vector<std::string> row{groups.labels[i], format_count(own.actors)};
    json one{{"name", groups.labels[i]}, {"actors", own.actors}};
    for (const auto& [name, number] : role_orders) {
      row.push_back(format_count(own.paths[number]));
      one[name] = own.paths[number];
    }
    const bool has_one = own.gatekeeper != no_vertex;
    const actor_id first = has_one ? selected.actor(own.gatekeeper) : 0;
    row.push_back(has_one ? std::string(network.label(first)) : std::string());
    row.push_back(has_one ? percent(static_cast<double>(own.most) /
                                    static_cast<double>(own.paths[gatekeeper]))
                          : std::string());
    one["first_gatekeeper"] = has_one ? json(network.id(first)) : json(nullptr);
    one["first_gatekeeper_paths"] = own.most;
    object["groups"].push_back(std::move(one));
    text.rows.push_back(std::move(row));
  }
  text.notes.push_back(
      "Paths a -> broker -> c without a -> c, by the broker's group: gatekeepers let in what comes "
      "from other groups, representatives let out.");
  return text;
}

void show_roles(const roles_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, arguments.filters, shared);
  const selection selected =
      select(input.network, selection_of(arguments.filters, input.network), shared.exec);
  const value_network& network = selected.network();
  const graph& g = selected.graph();
  const vertex_id n = g.vertex_count();
  const structural_holes_result holes = structural_holes(
      g, arguments.weighted ? tie_strength::weight : tie_strength::unit, shared.exec);
  const cut_result cut = cuts(g, shared.exec);

  // Without groups every actor is a group of its own: all brokers are liaisons.
  std::vector<std::uint32_t> group(n);
  const bool has_groups = !arguments.by.empty();
  grouping groups;
  if (has_groups) {
    groups = grouping_of(network, arguments.by, arguments.names);
    for (vertex_id v = 0; v < n; ++v) group[v] = groups.group[selected.actor(v)];
  } else {
    for (vertex_id v = 0; v < n; ++v) group[v] = v;
  }
  const brokerage_result broker = brokerage(
      g, group, {.permutations = has_groups ? arguments.permutations : 0, .seed = shared.seed},
      shared.exec);
  if (arguments.groups) {
    if (!has_groups) throw std::invalid_argument("--groups-only needs --by, such as --by province");
    json found = with_provenance(network, "roles");
    table text = groups_table(selected, groups, group, broker, found);
    if (!network.surrogate_notice().empty()) {
      text.notes.push_back("Made-up network: " + network.surrogate_notice());
    }
    print_result(arguments.output, text, found);
    return;
  }
  const core_result cores = core_numbers(g, shared.exec);
  const arc_weights weights = arguments.weighted ? arc_weights::use : arc_weights::ignore;
  const core_periphery_result core =
      core_periphery(g, {.weights = weights, .seed = shared.seed}, shared.exec);
  const coreness_result depth = coreness(g, {.weights = weights}, shared.exec);
  const participation_result spread =
      has_groups ? participation(g, group, shared.exec) : participation_result{};
  const auto all_paths = [&](vertex_id v) {
    std::uint64_t all = 0;
    for (const std::uint64_t count : broker.counts[v]) all += count;
    return all;
  };

  std::vector<double> order(n, 0.0);
  for (vertex_id v = 0; v < n; ++v) {
    const auto role = role_orders.find(arguments.order);
    if (role != role_orders.end()) {
      order[v] = static_cast<double>(broker.counts[v][role->second]);
    } else if (arguments.order == "effective-size") {
      order[v] = holes.effective_size[v];
    } else if (arguments.order == "constraint") {
      // Least constrained first; who has no contact comes last.
      order[v] = holes.defined[v] != 0 ? 1.0 / holes.constraint[v] : 0.0;
    } else if (arguments.order == "core-number") {
      order[v] = cores.core[v];
    } else if (arguments.order == "coreness") {
      order[v] = depth.score[v];
    } else if (arguments.order == "participation") {
      if (!has_groups) throw std::invalid_argument("--order participation needs --by");
      order[v] = spread.participation[v];
    } else if (arguments.order == "parts") {
      order[v] = cut.parts[v];
    } else {
      order[v] = static_cast<double>(all_paths(v));
    }
  }
  const ranking_result ranking =
      rank_actors(selected, order, {.k = arguments.top, .ties = tie_rule::ordinal});

  table text{.title = "Roles of actors, by " + arguments.order,
             .columns = {{"rank", alignment::right},
                         {"actor"},
                         {"constraint", alignment::right},
                         {"effective size", alignment::right},
                         {"efficiency", alignment::right},
                         {"hierarchy", alignment::right},
                         {"parts", alignment::right},
                         {"core number", alignment::right},
                         {"in core"},
                         {"coreness", alignment::right},
                         {"brokerage", alignment::right}}};
  if (has_groups) {
    text.columns.push_back({"participation", alignment::right});
    for (const auto& [name, number] : role_orders) text.columns.push_back({name, alignment::right});
    text.columns.push_back({"highest z"});
  }
  json object = with_provenance(network, "roles");
  object["by"] = has_groups ? json(arguments.by) : json(nullptr);
  object["order"] = arguments.order;
  object["permutations"] = broker.permutations;
  object["seed"] = shared.seed;
  object["bridges"] = cut.bridges.size();
  const auto articulations =
      std::count(cut.is_articulation.begin(), cut.is_articulation.end(), std::uint8_t{1});
  object["articulation_points"] = articulations;
  object["core"] = {{"size", core.core_size},
                    {"correlation", optional_json(core.correlation)},
                    {"core_density", optional_json(core.core_density)},
                    {"between_density", optional_json(core.between_density)},
                    {"periphery_density", optional_json(core.periphery_density)},
                    {"coreness_correlation", optional_json(depth.correlation)},
                    {"coreness_core_size", depth.core_size}};
  object["total"] = json::object();
  for (const auto& [name, number] : role_orders) object["total"][name] = broker.total[number];
  object["actors"] = json::array();
  for (const ranked_actor& each : ranking.actors) {
    const vertex_id v = each.vertex;
    const auto constraint = value_where(holes.defined[v] != 0, holes.constraint[v]);
    const auto size = value_where(holes.defined[v] != 0, holes.effective_size[v]);
    const auto efficiency = value_where(holes.defined[v] != 0, holes.efficiency[v]);
    const auto hierarchy = value_where(holes.hierarchy_defined[v] != 0, holes.hierarchy[v]);
    const std::string label(network.label(each.actor));
    text.rows.push_back({format_count(each.rank), label, optional_text(constraint, ""),
                         optional_text(size, ""), optional_text(efficiency, ""),
                         optional_text(hierarchy, ""), format_count(cut.parts[v]),
                         format_count(cores.core[v]), core.in_core[v] != 0 ? "yes" : "",
                         depth.correlation ? format_number(depth.score[v], 4) : std::string(),
                         format_count(all_paths(v))});
    json one{{"rank", each.rank},
             {"id", network.id(each.actor)},
             {"label", label},
             {"constraint", optional_json(constraint)},
             {"effective_size", optional_json(size)},
             {"efficiency", optional_json(efficiency)},
             {"hierarchy", optional_json(hierarchy)},
             {"parts", cut.parts[v]},
             {"articulation_point", cut.is_articulation[v] != 0},
             {"core_number", cores.core[v]},
             {"in_core", core.in_core[v] != 0},
             {"coreness", depth.correlation ? json(depth.score[v]) : json(nullptr)},
             {"brokerage", all_paths(v)}};
    if (has_groups) {
      std::string highest;
      double most = 0.0;
      const auto evenly = value_where(spread.defined[v] != 0, spread.participation[v]);
      text.rows.back().push_back(optional_text(evenly, ""));
      one["participation"] = optional_json(evenly);
      one["within_group_z"] =
          optional_json(value_where(spread.z_defined[v] != 0, spread.within_z[v]));
      one["roles"] = json::object();
      for (const auto& [name, number] : role_orders) {
        const auto role = static_cast<brokerage_role>(number);
        const auto z = broker.z_score(v, role);
        if (z && *z > most) {
          most = *z;
          highest = name + ' ' + format_number(*z, 3);
        }
        text.rows.back().push_back(format_count(broker.counts[v][number]));
        one["roles"][name] = {
            {"count", broker.counts[v][number]},
            {"expected",
             broker.expected.empty() ? json(nullptr) : json(broker.expected[v][number])},
            {"z_score", optional_json(z)}};
      }
      text.rows.back().push_back(highest);
    }
    object["actors"].push_back(std::move(one));
  }
  text.notes.push_back(
      "Constraint: sum_j (p_ij + sum_q p_iq p_qj)^2; effective size: contacts less their mean "
      "redundancy (Burt 1992).");
  text.notes.push_back("Parts: into how many its component falls without it. " +
                       format_count(static_cast<std::uint64_t>(articulations)) +
                       " articulation points, " + format_count(cut.bridges.size()) + " bridges.");
  text.notes.push_back(core.correlation
                           ? "Core: " + format_count(core.core_size) + " actors, correlation " +
                                 format_number(*core.correlation, 4) +
                                 " with an ideal core and periphery; density within " +
                                 optional_text(core.core_density, "-") + ", between " +
                                 optional_text(core.between_density, "-") + ", in the periphery " +
                                 optional_text(core.periphery_density, "-") +
                                 ". Coreness: correlation " + optional_text(depth.correlation) +
                                 (depth.converged ? "" : ", not converged: one star outgrows all") +
                                 " (Borgatti and Everett 1999)."
                           : std::string("No core: all pairs are tied alike."));
  if (has_groups) {
    text.notes.push_back("Participation: 1 - sum of the squared shares of the neighbours' " +
                         arguments.by + " (Guimera and Amaral 2005): 0 where all are of one.");
  }
  text.notes.push_back(
      "Brokerage: open paths a -> actor -> c without a -> c (Gould and Fernandez "
      "1989)" +
      (has_groups ? ", by the " + arguments.by + " of the three; z against " +
                        format_count(static_cast<std::uint64_t>(broker.permutations)) +
                        " dealings of the groups, seed " + std::to_string(shared.seed) + "."
                  : std::string(".")));
  if (!network.surrogate_notice().empty()) {
    text.notes.push_back("Made-up network: " + network.surrogate_notice());
  }
  print_result(arguments.output, text, object);
}

}  // namespace

void add_roles(CLI::App& app, program& shared) {
  CLI::App* verb = app.add_subcommand(
      "roles", "Structural holes, brokers and gatekeepers between groups, articulation points");
  auto arguments = std::make_shared<roles_arguments>();
  add_input(*verb, arguments->input);
  add_filters(*verb, arguments->filters);
  add_output(*verb, arguments->output);
  const auto group = "Roles";
  verb->add_option("--by", arguments->by,
                   "Groups that are brokered between: province, city, circle, type, ... (none: "
                   "brokers are only counted)")
      ->group(group);
  verb->add_option("--order", arguments->order, "What the actors are ordered by")
      ->check(CLI::IsMember({"brokerage", "coordinator", "itinerant", "gatekeeper",
                             "representative", "liaison", "constraint", "effective-size", "parts",
                             "core-number", "coreness", "participation"}))
      ->capture_default_str()
      ->group(group);
  verb->add_option("-k,--top", arguments->top, "How many; 0: all")
      ->capture_default_str()
      ->group(group);
  verb->add_option("--permutations", arguments->permutations,
                   "Dealings of the groups for expectation and z; 0: none")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str()
      ->group(group);
  verb->add_flag("--weighted", arguments->weighted, "Ties are as strong as their weights")
      ->group(group);
  verb->add_flag("--groups-only", arguments->groups,
                 "With --by: the groups instead of actors, and each one's first gatekeeper")
      ->group(group);
  add_grouping(*verb, arguments->names, group);
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_roles(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
