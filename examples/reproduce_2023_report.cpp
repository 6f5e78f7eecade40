// The industry report of 2023, table by table: published | computed | difference.
//
// Source: 建设具有全球竞争力的人工智能产业集群 (2023), its tables in data/published/r2023_*.csv.
// The relations of its 2,200 firms and 200 platforms are private. Computed here is on surrogates:
// made-up networks with the printed counts (docs/surrogate.md). Where valuenet ships no calibrated
// profile for the platforms, one is made here from their printed sizes alone; its structure is
// then what chance gives, and the differences say how far that is from the report's.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <valuenet/network/accounting.hpp>
#include <valuenet/network/flows.hpp>
#include <valuenet/network/grouping.hpp>
#include <valuenet/network/rankings.hpp>
#include <valuenet/network/selection.hpp>
#include <valuenet/network/slices.hpp>
#include <valuenet/statistics/concentration.hpp>
#include <valuenet/synthesis/surrogate.hpp>

#include "report_comparison.hpp"

namespace vn = valuenet;
using namespace report;

namespace {

std::uint32_t whole(const std::string& text) {
  return static_cast<std::uint32_t>(std::stoul(text));
}

bool ships(const std::string& name) {
  const std::vector<std::string> names = vn::profile_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Technology taken in and given in the proportion of 2021: that of 2023 was not printed. Only
/// technology, because the printed degrees leave room for nothing else: from 2021 to 2023 the
/// degrees of 华为, 腾讯 and 清华大学 over technology grew by 1.6 to 1.8, and 83,815 relations
/// are 1.64 times the 51,166 technology relations of 2021, but fewer than its 97,980 of all
/// dimensions.
std::vector<vn::kind_target> technology_kinds(std::uint32_t relation_actors) {
  std::vector<vn::kind_target> kinds;
  double relations = 0.0;
  double partners = 0.0;
  for (const vn::kind_target& kind : vn::profile("2021").kinds) {
    if (kind.dimension != "technology") continue;
    kinds.push_back(kind);
    relations += kind.relations.value_or(0);
    partners += kind.relation_side_actors;
  }
  for (vn::kind_target& kind : kinds) {
    kind.share = kind.relations.value_or(0) / relations;
    kind.relations.reset();
    // Three in ten relation actors take and give, so that the two sides overlap.
    kind.relation_side_actors =
        static_cast<std::uint32_t>(1.3 * kind.relation_side_actors / partners * relation_actors);
  }
  return kinds;
}

vn::surrogate_profile bare_profile(const std::string& name, const std::string& title) {
  vn::surrogate_profile made;
  made.name = name;
  made.title = "surrogate of the " + title + " (made up: only sizes and printed degrees are real)";
  made.source = "data/published/r2023_*.csv";
  return made;
}

/// The last printed year as one stage: how the relations spread over the years before is what a
/// calibrated profile finds.
void add_last_year(vn::surrogate_profile& made, const row& last, std::uint32_t sample_actors) {
  vn::stage_target stage;
  stage.year = std::stoi(last.at("year"));
  stage.actors = whole(last.at("nodes"));
  stage.edges = whole(last.at("edges"));
  stage.sample_actors = sample_actors;
  made.stages.push_back(stage);
}

vn::value_network platform_network(const std::string& folder) {
  if (ships("platforms")) return vn::surrogate(vn::profile("platforms"));
  vn::surrogate_profile made = bare_profile("platforms", "2023 report's platform network of 2021");
  add_last_year(made, read(folder + "r2023_platform_network_by_year.csv").back(), 200);
  made.kinds = technology_kinds(made.actor_count() - 200);
  // Nobody beyond 华为 of table 3; with 200 platforms a partner has fewer of them.
  made.sample_caps = {{"technology", vn::degree_side::in, 2502},
                      {"technology", vn::degree_side::out, 4882}};
  made.relation_caps = {{"technology", vn::degree_side::in, 150},
                        {"technology", vn::degree_side::out, 150}};
  made.sample_spread = 1.0;
  return vn::surrogate(made, {.effort = vn::surrogate_effort::counts_alone});
}

/// A printed column of yearly statistics, and what the slices have.
void by_year(tally& all, const std::string& title, const std::vector<row>& rows,
             const vn::value_network& network, const std::vector<std::string>& columns) {
  // Roles of the year, where the network tells them; without years it is that of the last one.
  const vn::text_column* from = vn::find_column(network.actors(), "sample_from");
  const vn::text_column* until = vn::find_column(network.actors(), "sample_until");
  const auto samples_of = [&](int year) {
    double samples = 0.0;
    const vn::selection selected = vn::select(network, {.until_year = year});
    for (const vn::actor_id a : selected.actors()) {
      if ((*from)[a].empty() || std::stoi(std::string((*from)[a])) > year) continue;
      const bool left =
          until != nullptr && !(*until)[a].empty() && std::stoi(std::string((*until)[a])) < year;
      if (!left) samples += 1.0;
    }
    return samples;
  };
  const vn::evolution_result slices = vn::evolution(network, {.summary = {.runs = 1}});
  const vn::summary_result last =
      vn::summarize(vn::select(network, {.all_actors = true}), {.runs = 1});
  comparison table(all, title);
  for (const row& one : rows) {
    const vn::summary_result* summary = nullptr;
    for (const vn::network_slice& each : slices.slices) {
      if (each.until_year == std::stoi(one.at("year"))) summary = &each.summary;
    }
    if (slices.slices.empty() && &one == &rows.back()) summary = &last;
    for (const std::string& column : columns) {
      std::optional<double> value;
      if (summary != nullptr) {
        const vn::statistic* found = summary->find(column);
        if (found != nullptr) value = found->value;
        if (from != nullptr && column == "sample_nodes") {
          value = samples_of(std::stoi(one.at("year")));
        } else if (from != nullptr && column == "relation_nodes") {
          value = *summary->find("nodes")->value - samples_of(std::stoi(one.at("year")));
        }
      }
      table.add(one.at("year") + " " + column, one.at(column), value);
    }
  }
  table.print();
}

class report_2023 {
 public:
  report_2023(const std::string& folder, tally& all)
      : folder_(folder), all_(all), network_(vn::surrogate(vn::profile("2023"))) {
    std::cout << "Computed on a " << network_.surrogate_notice() << "\n\n";
  }

  // 五(二): the clusters' network.
  void structure() const {
    by_year(all_, "表2 The network by year, cumulative (Gephi's definitions, directed)",
            read(folder_ + "r2023_network_by_year.csv"), network_,
            {"sample_nodes", "relation_nodes", "nodes", "edges", "average_degree", "diameter",
             "average_path_length", "average_clustering"});
    leaders("表3 Sample firms by degree", "r2023_top20_sample_nodes.csv", "sample");
    leaders("表4 Relation actors by degree", "r2023_top20_relation_nodes.csv", "relation");
  }

  void clusters() const {
    comparison table(all_, "五(二), 七 Where firms, platforms and new organisations are");
    for (const row& one : read(folder_ + "r2023_cluster_facts.csv")) {
      const std::string& subject = one.at("subject");
      std::optional<double> share;
      if (subject == "firms") share = firms_in(one.at("place"));
      table.add(subject + ", " + one.at("place"), one.at("percent_or_count"), share,
                subject == "firms" ? "" : "an attribute of other lists than the network's");
    }
    table.print();
  }

  // 六(一): provinces and cities.
  void places() const {
    const vn::flow_options technology{.selection = {.dimension = "technology"}};
    const vn::flow_matrix_result provinces =
        vn::flow_matrix(network_, vn::by::province, technology);
    const vn::flow_matrix_result cities = vn::flow_matrix(network_, vn::by::city, technology);
    place_shares("表7 Provinces giving and taking technology, per cent",
                 "r2023_technology_by_province.csv", provinces);
    flows("表8 Flows between provinces, per cent", "r2023_province_flows.csv", provinces);
    flows("表9 Flows between cities, per cent", "r2023_city_flows.csv", cities);
    place_shares("表10 Cities giving and taking technology, per cent",
                 "r2023_technology_by_city.csv", cities);
  }

  // 六(二)-(四): technologies, applications, industries.
  void categories() const {
    comparison table(all_, "六(二)-(四) Technologies, applications, industries, per cent");
    const std::map<std::string, std::string> whole{
        {"tertiary", "tertiary"}, {"secondary", "secondary"}, {"manufacturing", "制造业"}};
    for (const row& one : read(folder_ + "r2023_shares.csv")) {
      const std::string& what = one.at("table");
      const std::string& name = one.at("category");
      std::optional<double> share;
      if (what == "technology" || what == "application") {
        const vn::text_column* column = vn::find_column(network_.relations(), what);
        if (column != nullptr && column->is_given()) {
          const vn::relation_counts counts =
              vn::count_relations(network_, vn::group_relations(network_, what));
          share = percent(count_of(counts, name), counts.total);
        }
      } else {
        const auto of = whole.find(what);
        share =
            percent(industry(name), of == whole.end() ? all_industries() : industry(of->second));
      }
      table.add(what + ": " + name, one.at("percent"), share);
    }
    table.note("Industries: of the technology relations' partners that have one.");
    table.print();
  }

 private:
  void leaders(const std::string& title, const std::string& file, const char* role) const {
    const vn::selection technology = vn::select(network_, {.dimension = "technology"});
    const auto among = vn::matching_vertices(technology, {.role = role});
    comparison table(all_, title);
    for (const auto& [column, metric] : {std::pair{"in_degree", vn::actor_metric::in_degree},
                                         std::pair{"out_degree", vn::actor_metric::out_degree},
                                         std::pair{"degree", vn::actor_metric::degree}}) {
      const ranked_names names(network_, vn::rank_by(technology, metric, {.k = 0, .among = among}));
      for (const row& one : read(folder_ + file)) {
        const auto found = names.by_name.find(plain_name(one.at("node")));
        const std::string what = one.at("rank") + " " + one.at("node") + ", " + column;
        if (found == names.by_name.end()) {
          table.add(what, one.at(column), std::nullopt, "no such node");
          continue;
        }
        const bool ranked = std::string(column) == "degree";
        table.add(what, one.at(column), found->second.value,
                  ranked ? names.rank_remark(found->second, std::stoul(one.at("rank"))) : "");
      }
    }
    table.note(
        "Over technology relations: 清华大学's 257 given would be fewer than its 275 students of "
        "2021, "
        "were people counted.");
    table.print();
  }

  [[nodiscard]] std::optional<double> firms_in(const std::string& place) const {
    for (const vn::grouping& groups : {vn::group_actors(network_, vn::default_circles()),
                                       vn::group_actors(network_, vn::by::province)}) {
      const vn::relation_counts firms =
          vn::count_actors(network_, groups, {.selection = {.role = "sample", .all_actors = true}});
      const auto& labels = groups.labels;
      if (std::find(labels.begin(), labels.end(), place) == labels.end()) continue;
      return percent(count_of(firms, place), firms.selected);
    }
    return std::nullopt;
  }

  static std::optional<std::size_t> index_of(const std::vector<std::string>& labels,
                                             const std::string& label) {
    const auto found = std::find(labels.begin(), labels.end(), label);
    if (found == labels.end()) return std::nullopt;
    return static_cast<std::size_t>(found - labels.begin());
  }

  void place_shares(const std::string& title, const std::string& file,
                    const vn::flow_matrix_result& matrix) const {
    comparison table(all_, title);
    for (const row& one : read(folder_ + file)) {
      for (const bool gives : {true, false}) {
        const std::string& place = one.at(gives ? "empowering" : "receiving");
        const auto at = index_of(matrix.giver_groups, place);
        std::optional<double> amount;
        if (matrix.total > 0.0) amount = at ? (gives ? matrix.given : matrix.taken)[*at] : 0.0;
        table.add(one.at("rank") + " " + place + (gives ? ", giving" : ", taking"),
                  one.at(gives ? "percent" : "percent_received"), percent(amount, matrix.total));
      }
    }
    table.note("Of the technology relations with a place at both ends.");
    table.print();
  }

  void flows(const std::string& title, const std::string& file,
             const vn::flow_matrix_result& matrix) const {
    comparison table(all_, title);
    for (const row& one : read(folder_ + file)) {
      const auto from = index_of(matrix.giver_groups, one.at("from"));
      const auto to = index_of(matrix.taker_groups, one.at("to"));
      std::optional<double> amount;
      if (matrix.total > 0.0) amount = from && to ? matrix(*from, *to) : 0.0;
      table.add(one.at("from") + "-" + one.at("to") + " (" + one.at("type") + ")",
                one.at("percent"), percent(amount, matrix.total));
    }
    table.note("Of the technology relations with a place at both ends.");
    table.print();
  }

  /// Technology relations whose partner is of the industry, whichever column has it.
  [[nodiscard]] std::optional<double> industry(const std::string& name) const {
    return partners(industries_with(network_, name), name);
  }
  [[nodiscard]] std::optional<double> all_industries() const {
    const auto lower = sum_of(industry("primary"), industry("secondary"));
    return sum_of(lower, industry("tertiary"));
  }
  [[nodiscard]] std::optional<double> partners(const vn::grouping& groups,
                                               const std::string& label) const {
    const auto of = [&](const char* kind, vn::counted_end end) {
      return count_of(vn::count_relations(network_, vn::group_relations(network_, groups, end),
                                          {.selection = {.kind = kind}}),
                      label);
    };
    return sum_of(of("input", vn::counted_end::giver), of("empowerment", vn::counted_end::taker));
  }

  std::string folder_;
  tally& all_;
  vn::value_network network_;
};

/// Are the 83,815 relations technology alone? What the twenty leading firms would hold of it.
void print_leaders_share(const std::string& folder) {
  const auto sum = [&](const std::string& file, const std::string& column) {
    const std::vector<row> rows = read(folder + file);
    double all = 0.0;
    for (std::size_t i = 0; i < 20 && i < rows.size(); ++i) all += std::stod(rows[i].at(column));
    return all;
  };
  double input = 0.0;
  double empowerment = 0.0;
  double relations = 0.0;
  for (const row& one : read(folder + "r2021_relation_kinds.csv")) {
    const double count = std::stod(one.at("relations"));
    relations += count;
    if (one.at("kind") == "input") input = count;
    if (one.at("kind") == "empowerment") empowerment = count;
  }
  const double edges = std::stod(read(folder + "r2023_network_by_year.csv").back().at("edges"));
  const double taken = sum("r2023_top20_sample_nodes.csv", "in_degree");
  const double given = sum("r2023_top20_sample_nodes.csv", "out_degree");
  vn::table shown{
      .title = "The twenty leading firms' degrees as a share of all inputs and empowerments"};
  shown.columns = {{"if", vn::alignment::left},
                   {"of inputs", vn::alignment::right},
                   {"of empowerments", vn::alignment::right}};
  const auto add = [&](const std::string& what, double in, double out) {
    shown.rows.push_back({what, fixed(100.0 * in, 1) + "%", fixed(100.0 * out, 1) + "%"});
  };
  const std::string file = "r2021_top_technology_sample_nodes.csv";
  add("2021 (表6 and 表4)", sum(file, "input_relations") / input,
      sum(file, "empowerment_relations") / empowerment);
  const double technology = input + empowerment;
  add("2022, all relations technology", taken / (edges * input / technology),
      given / (edges * empowerment / technology));
  add("2022, dimensions as in 2021", taken / (edges * input / relations),
      given / (edges * empowerment / relations));
  std::cout << vn::render(shown) << "\n";
}

// 五(三): the 200 platforms and their innovation ecology.
void platforms(const std::string& folder, tally& all) {
  const vn::value_network network = platform_network(folder);
  std::cout << "Computed on a " << network.surrogate_notice() << "\n\n";
  const vn::selection selected = vn::select(network, {.all_actors = true});
  const vn::summary_result summary = vn::summarize(selected);
  comparison table(all, "表5 The platforms' network (Gephi's definitions, directed)");
  for (const row& one : read(folder + "r2023_platform_network_statistics.csv")) {
    const vn::statistic* found = summary.find(one.at("statistic"));
    table.add(one.at("statistic"), one.at("value"), found == nullptr ? std::nullopt : found->value,
              "", one.at("statistic") == "density" ? 3 : 0);
  }
  table.print();
  by_year(all, "表6 The platforms' network by year, cumulative",
          read(folder + "r2023_platform_network_by_year.csv"), network,
          {"nodes", "edges", "average_degree", "diameter", "average_path_length",
           "average_clustering"});
  std::vector<double> given;
  const vn::actor_metric_result out = vn::actor_values(selected, vn::actor_metric::out_degree);
  comparison top(all, "图15 Share of all technology given by the top of the nodes, per cent");
  for (const row& one : read(folder + "r2023_platform_out_degree_concentration.csv")) {
    const auto share = vn::top_share(out.values, std::stod(one.at("top_percent_of_nodes")) / 100.0);
    top.add("top " + one.at("top_percent_of_nodes") + "% of nodes", one.at("percent_of_out_degree"),
            share ? std::optional(100.0 * *share) : std::nullopt);
  }
  top.print();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/published/";
    tally all;
    const report_2023 report(folder, all);
    report.structure();
    print_leaders_share(folder);
    platforms(folder, all);
    report.places();
    report.categories();
    report.clusters();
    print_tally(all);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
