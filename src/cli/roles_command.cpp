// valuenet roles: who spans structural holes, who brokers between groups, who holds it together.
#include "valuenet/network/grouping.hpp"
#include "valuenet/network/rankings.hpp"
#include "valuenet/network/roles.hpp"

#include <algorithm>
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
};

const std::map<std::string, std::size_t> role_orders{
    {"coordinator", 0}, {"itinerant", 1}, {"gatekeeper", 2}, {"representative", 3}, {"liaison", 4}};

std::optional<double> value_where(bool defined, double value) {
  return defined ? std::optional(value) : std::nullopt;
}

void show_roles(const roles_arguments& arguments, const program& shared) {
  const read_result input = read_input(arguments.input, shared);
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
  if (has_groups) {
    const grouping groups = grouping_of(network, arguments.by);
    for (vertex_id v = 0; v < n; ++v) group[v] = groups.group[selected.actor(v)];
  } else {
    for (vertex_id v = 0; v < n; ++v) group[v] = v;
  }
  const brokerage_result broker = brokerage(
      g, group, {.permutations = has_groups ? arguments.permutations : 0, .seed = shared.seed},
      shared.exec);
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
                         {"brokerage", alignment::right}}};
  if (has_groups) {
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
             {"brokerage", all_paths(v)}};
    if (has_groups) {
      std::string highest;
      double most = 0.0;
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
                             "representative", "liaison", "constraint", "effective-size", "parts"}))
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
  verb->callback([arguments, &shared] {
    shared.action = [arguments, &shared] { show_roles(*arguments, shared); };
  });
}

}  // namespace valuenet::cli
