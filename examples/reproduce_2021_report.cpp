// The industry report of 2021, table by table: published | computed | difference.
//
// Source: 全面融合发展中的中国人工智能科技产业 (2021), its tables in data/published/r2021_*.csv.
// Its 2,205 sample firms, 41,537 relation actors and 97,980 relations are private. Computed here is
// on a surrogate: a made-up network that has the printed counts and degrees and whose structure is
// calibrated (docs/surrogate.md). So an equal figure shows that the figures of the report can stand
// together and that the computation is the report's; a different one shows what the surrogate does
// not match. The small networks of chapters 八 and 十 are expanded from their printed shares.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <valuenet/network/accounting.hpp>
#include <valuenet/network/grouping.hpp>
#include <valuenet/network/rankings.hpp>
#include <valuenet/network/sectors.hpp>
#include <valuenet/network/selection.hpp>
#include <valuenet/network/summary.hpp>
#include <valuenet/synthesis/surrogate.hpp>

#include "report_comparison.hpp"
#include "share_expansion.hpp"

namespace vn = valuenet;
using namespace report;

namespace {

constexpr const char* home = "中国";

class report_2021 {
 public:
  report_2021(const std::string& folder, tally& all)
      : folder_(folder), all_(all), network_(vn::surrogate(vn::profile("2021"))) {
    std::cout << "Computed on a " << network_.surrogate_notice() << "\n\n";
  }

  // 二, 三: the sample.
  void sample() const {
    const vn::sample_structure who = vn::structure_of_sample(network_);
    comparison table(all_, "表1 Sample firms");
    for (const row& one : read(folder_ + "r2021_sample_history.csv")) {
      const bool now = one.at("year") == "2021";
      table.add(one.at("year"), one.at("firms"),
                now ? std::optional(to_double(who.sample_actors)) : std::nullopt,
                now ? "" : "an earlier report's sample");
    }
    table.print();

    comparison places(all_, "三(二) Sample firms by place, per cent");
    for (const row& one : read(folder_ + "r2021_firms_by_place.csv")) {
      const vn::relation_counts firms =
          vn::count_actors(network_, place_grouping(one.at("scope")),
                           {.selection = {.role = "sample", .all_actors = true}});
      const auto share = percent(count_of(firms, one.at("place")), firms.selected);
      places.add(one.at("scope") + " " + one.at("place"), one.at("percent"), share);
    }
    places.print();
  }

  // 四(一): the whole network, as Gephi's dialogs give it for a directed graph.
  void structure() const {
    const vn::summary_result summary = vn::summarize(vn::select(network_, {.all_actors = true}));
    comparison table(all_, "表3 Network statistics (Gephi's definitions, directed)");
    for (const row& one : read(folder_ + "r2021_network_statistics.csv")) {
      const vn::statistic* found = summary.find(one.at("statistic"));
      const bool degree = one.at("statistic").find("degree") != std::string::npos;
      table.add(one.at("statistic"), one.at("value"),
                found == nullptr ? std::nullopt : found->value,
                degree ? "no network has it: 97980 / 43742 = 2.240" : "",
                one.at("statistic") == "density" ? 3 : 0);
    }
    table.print();
  }

  // 四(二): relations by kind, domestic where the partner of the sample firm is.
  void kinds() const {
    comparison table(all_, "表4 Relations by dimension and kind");
    double sum = 0.0;
    for (const row& one : read(folder_ + "r2021_relation_kinds.csv")) {
      const std::string name = one.at("dimension") + " " + one.at("kind");
      const vn::relation_counts counts =
          vn::count_relations(network_, vn::group_relations(network_, "kind"), of(one.at("kind")));
      sum += std::stod(one.at("relations"));
      table.add(name, one.at("relations"), counts.selected);
      if (one.at("domestic").empty()) continue;
      for (const char* origin : {"domestic", "foreign"}) {
        table.add(name + ", " + origin, one.at(origin),
                  partners(one.at("kind"), origins(), origin));
      }
    }
    table.note("The printed kinds sum to " + fixed(sum, 0) +
               ", not to 97980: in the surrogate 25 rows repeat a giver, taker and kind.");
    table.print();
  }

  // 四(三): who leads.
  void leaders() const {
    const vn::selection technology = vn::select(network_, {.dimension = "technology"});
    const auto ranked = [&](vn::actor_metric metric, const char* role) {
      const auto among = vn::matching_vertices(technology, {.role = role});
      return ranked_names(network_, vn::rank_by(technology, metric, {.k = 0, .among = among}));
    };
    ranking("表5 Degree over technology relations", "r2021_top30_degree.csv",
            {{"sample_node", "sample_degree", ranked(vn::actor_metric::degree, "sample")},
             {"relation_node", "relation_degree", ranked(vn::actor_metric::degree, "relation")}});
    ranking("表6 Sample firms by technology taken in and given",
            "r2021_top_technology_sample_nodes.csv",
            {{"input_node", "input_relations", ranked(vn::actor_metric::in_degree, "sample")},
             {"empowerment_node", "empowerment_relations",
              ranked(vn::actor_metric::out_degree, "sample")}});
    ranking("表7 Relation actors by technology taken in and given",
            "r2021_top20_technology_relation_nodes.csv",
            {{"input_node", "input_relations", ranked(vn::actor_metric::in_degree, "relation")},
             {"empowerment_node", "empowerment_relations",
              ranked(vn::actor_metric::out_degree, "relation")}});
    const auto given = [&](const char* kind, const std::function<bool(vn::actor_id)>& counts) {
      const vn::selection selected = vn::select(network_, {.kind = kind});
      std::vector<std::uint8_t> among;
      for (const vn::actor_id a : selected.actors()) among.push_back(counts(a) ? 1 : 0);
      return ranked_names(
          network_, vn::rank_by(selected, vn::actor_metric::out_degree, {.k = 0, .among = among}));
    };
    const auto foreign = [&](vn::actor_id a) {
      const std::string_view country = network_.actors().country[a];
      return !country.empty() && country != home;
    };
    const auto domestic = [&](vn::actor_id a) { return !foreign(a); };
    ranking("表8 Where the people studied and worked before",
            "r2021_top20_human_capital_sources.csv",
            {{"study_domestic", "study_domestic_degree", given("prior_study", domestic)},
             {"study_foreign", "study_foreign_degree", given("prior_study", foreign)},
             {"work_domestic", "work_domestic_degree", given("prior_work", domestic)},
             {"work_foreign", "work_foreign_degree", given("prior_work", foreign)}});
    const auto institutional = [&](vn::actor_id a) {
      return network_.actors().type[a] == "investor";
    };
    const auto other = [&](vn::actor_id a) { return !institutional(a); };
    ranking("表9 Investors by sample firms invested in", "r2021_top20_investors.csv",
            {{"institutional_investor", "sample_firms_invested", given("received", institutional)},
             {"other_investor", "sample_firms_invested_by_other", given("received", other)}});
  }

  // 五: places. A relation counts at the sample firm's partner; investments at both ends.
  void places() const {
    comparison technology(all_, "五(一) Technology relations by place, of the partner");
    for (const row& one : read(folder_ + "r2021_technology_by_place.csv")) {
      const vn::grouping groups = place_grouping(one.at("scope"));
      const bool country = one.at("scope") == "country";
      const std::string& direction = one.at("direction");
      std::optional<double> here;
      std::optional<double> whole;
      const auto add = [&](const char* kind) {
        const auto count = partners(kind, groups, one.at("place"));
        // Countries: of the foreign relations, but of all where one direction is meant.
        const auto of_kind = !country             ? partners(kind, origins(), "domestic")
                             : direction == "all" ? partners(kind, origins(), "foreign")
                                                  : std::optional(selected(kind));
        here = here ? sum_of(here, count) : count;
        whole = whole ? sum_of(whole, of_kind) : of_kind;
      };
      if (direction != "empowerment") add("input");
      if (direction != "input") add("empowerment");
      const std::string what = one.at("scope") + " " + one.at("place") + ", " + direction;
      technology.add(what, one.at("relations"), here);
      technology.add(what + ", %", one.at("percent"), percent(here, whole));
    }
    technology.note(
        "Shares of countries: all, of foreign relations; input and empowerment, of all of the "
        "kind. Of provinces and cities: of domestic relations.");
    technology.print();

    const vn::grouping countries = vn::group_actors(network_, vn::by::country);
    const vn::grouping provinces = vn::group_actors(network_, vn::by::province);
    const auto human = [&](const vn::grouping& groups, const std::string& label) {
      return sum_of(partners("prior_study", groups, label), partners("prior_work", groups, label));
    };
    comparison by_country(all_, "表10 Human capital by country");
    const double people = selected("prior_study") + selected("prior_work");
    for (const row& one : read(folder_ + "r2021_human_capital_by_country.csv")) {
      const auto count = known(countries) ? human(countries, one.at("country")) : std::nullopt;
      by_country.add(one.at("country"), one.at("relations"), count);
      by_country.add(one.at("country") + ", %", one.at("percent"), percent(count, people));
    }
    by_country.print();

    comparison by_province(all_, "五(二)2 Human capital by province");
    for (const row& one : read(folder_ + "r2021_human_capital_by_province.csv")) {
      const auto count = human(provinces, one.at("province"));
      by_province.add(one.at("province"), one.at("relations"), count);
      by_province.add(one.at("province") + ", %", one.at("percent"),
                      percent(count, human(origins(), "domestic")));
    }
    by_province.print();

    comparison by_region(all_, "表11 Study and work before, by region, per cent");
    for (const row& one : read(folder_ + "r2021_human_capital_by_region.csv")) {
      const auto domestic = [&](const char* kind, const std::string& place) {
        return percent(partners(kind, provinces, place), partners(kind, origins(), "domestic"));
      };
      const auto foreign = [&](const char* kind, const std::string& place) {
        return known(countries) ? percent(partners(kind, countries, place), selected(kind))
                                : std::nullopt;
      };
      const std::string rank = one.at("rank") + " ";
      by_region.add(rank + one.at("study_domestic") + ", study", one.at("percent"),
                    domestic("prior_study", one.at("study_domestic")));
      by_region.add(rank + one.at("study_foreign") + ", study", one.at("percent2"),
                    foreign("prior_study", one.at("study_foreign")));
      by_region.add(rank + one.at("work_domestic") + ", work", one.at("percent3"),
                    domestic("prior_work", one.at("work_domestic")));
      by_region.add(rank + one.at("work_foreign") + ", work", one.at("percent4"),
                    foreign("prior_work", one.at("work_foreign")));
    }
    by_region.note(
        "Shares of provinces are of the domestic relations of the kind, of countries of all "
        "of the kind: only so do they give the counts of 表10 and of the provinces.");
    by_region.print();

    comparison investment(all_, "表12 Investment by country, counted at both ends");
    const auto ends = [&](const vn::grouping& groups, vn::counted_end end,
                          const std::string& label) {
      return count_of(vn::count_relations(network_, vn::group_relations(network_, groups, end),
                                          {.selection = {.dimension = "investment"}}),
                      label);
    };
    std::set<std::string> seen;
    for (const row& one : read(folder_ + "r2021_investment_by_country.csv")) {
      const bool again = !seen.insert(one.at("country")).second;
      investment.add(one.at("country"), one.at("relations"),
                     known(countries) && !again
                         ? ends(countries, vn::counted_end::both, one.at("country"))
                         : std::nullopt,
                     again ? "printed twice" : "");
    }
    investment.print();

    comparison invested(all_, "五(三)2 Investment by province");
    for (const row& one : read(folder_ + "r2021_investment_by_province.csv")) {
      const std::string& direction = one.at("direction");
      const vn::counted_end end = direction == "made"       ? vn::counted_end::giver
                                  : direction == "received" ? vn::counted_end::taker
                                                            : vn::counted_end::both;
      const auto count = ends(provinces, end, one.at("province"));
      const std::string what = one.at("province") + ", " + direction;
      invested.add(what, one.at("relations"), count);
      invested.add(what + ", %", one.at("percent"),
                   percent(count, ends(origins(), end, "domestic")));
    }
    invested.note(
        "Made: at the giver; received: at the taker; all: at both ends. Of the domestic ends.");
    invested.print();
  }

  // 六: the core and the converged industries.
  void sectors() const {
    const vn::text_column& sector = network_.actors().sector;
    std::vector<std::uint8_t> core(network_.actor_count(), 0);
    for (vn::actor_id a = 0; a < network_.actor_count(); ++a) core[a] = sector[a] == "core" ? 1 : 0;
    const auto exchange_with = [&](const vn::grouping& groups) {
      return vn::exchange(network_, core, groups, {.selection = {.dimension = "technology"}});
    };
    struct amount {
      std::optional<double> given;
      std::optional<double> taken;
      [[nodiscard]] std::optional<double> both() const { return sum_of(given, taken); }
    };
    const auto all_of = [](const vn::exchange_result& found) {
      return found.given + found.taken > 0.0 ? amount{found.given, found.taken} : amount{};
    };
    const auto part_of = [](const vn::exchange_result& found, const std::string& name) {
      if (found.given + found.taken <= 0.0) return amount{};
      for (const vn::exchange_partner& each : found.partners) {
        if (each.name == name) return amount{each.given, each.taken};
      }
      return amount{0.0, 0.0};
    };
    // What the core empowers are its empowerments, what it takes in are inputs: a partner in the
    // core has relations of its own that neither counts.
    const auto sides = [&](const char* kind) {
      return vn::exchange(network_, core, vn::group_actors(network_, vn::by::sector),
                          {.selection = {.kind = kind}});
    };
    const auto of_industry = [&](const std::string& name) {
      return part_of(exchange_with(industries_with(network_, name)), name);
    };
    comparison table(all_, "六 Core and converged sectors, per cent");
    for (const row& one : read(folder_ + "r2021_sectors.csv")) {
      const std::string& what = one.at("flow");
      const std::string& name = one.at("sector");
      std::optional<double> share;
      if (what == "core_empowers" || what == "core_input") {
        const bool taken = what == "core_input";
        const vn::exchange_result found = sides(taken ? "input" : "empowerment");
        const amount converged = part_of(found, "converged");
        const auto across = taken ? converged.taken : converged.given;
        share = percent(name == "core" ? std::optional(found.within) : across,
                        sum_of(across, found.within));
      } else if (what == "core_empowers_converged" || what == "converged_empowers_core") {
        const amount industry = of_industry(name);
        const amount all = all_of(exchange_with(industries_with(network_, "tertiary")));
        share = what == "core_empowers_converged" ? percent(industry.given, all.given)
                                                  : percent(industry.taken, all.taken);
      } else {
        const amount industry =
            of_industry(what == "core_manufacturing" ? "制造业" : what.substr(5));
        share =
            percent(name.starts_with("core_to") ? industry.given : industry.taken, industry.both());
      }
      table.add(what + ": " + name, one.at("percent"), share);
    }
    table.note("converged_empowers_core is printed with a sum of 100.54.");
    table.print();

    comparison industries(all_, "六(二)-(四) Industries that the core exchanges with, per cent");
    for (const row& one : read(folder_ + "r2021_industry_shares.csv")) {
      const std::string& what = one.at("flow");
      const std::string& name = one.at("industry");
      const amount part = of_industry(name);
      const amount whole = of_industry(what.find("manufacturing") != std::string::npos ? "制造业"
                                       : what.find("secondary") != std::string::npos   ? "secondary"
                                                                                     : "tertiary");
      industries.add(what + ": " + name, one.at("percent"),
                     what.starts_with("core_empowers") ? percent(part.given, whole.given)
                     : what.starts_with("core_with")   ? percent(part.both(), whole.both())
                                                       : percent(part.taken, whole.taken));
    }
    industries.print();
  }

 private:
  struct ranked_columns {
    std::string name;
    std::string value;
    ranked_names names;
  };

  void ranking(const std::string& title, const std::string& file,
               const std::vector<ranked_columns>& columns) const {
    comparison table(all_, title);
    const std::vector<row> rows = read(folder_ + file);
    for (const ranked_columns& column : columns) {
      for (const row& one : rows) {
        if (one.at(column.name).empty()) continue;
        add_ranked(table, column.names, one.at(column.name), one.at(column.value),
                   std::stoul(one.at("rank")), " (" + column.value + ")");
      }
    }
    table.note("Remark: the rank here, where the printed one is not its place nor that of a tie.");
    table.print();
  }

  [[nodiscard]] static vn::count_options of(const std::string& kind) {
    return {.selection = {.kind = kind}};
  }

  [[nodiscard]] double selected(const std::string& kind) const {
    return vn::count_relations(network_, vn::group_relations(network_, "kind"), of(kind)).selected;
  }

  /// Relations of a kind whose partner, the end that is not the surveyed one, is in the group.
  [[nodiscard]] std::optional<double> partners(const std::string& kind, const vn::grouping& groups,
                                               const std::string& label) const {
    const bool sample_gives = kind == "empowerment" || kind == "made";
    return count_of(vn::count_relations(network_,
                                        vn::group_relations(network_, groups,
                                                            sample_gives ? vn::counted_end::taker
                                                                         : vn::counted_end::giver),
                                        of(kind)),
                    label);
  }

  /// Whether the network says who is at home: without that no country's share means anything.
  [[nodiscard]] static bool known(const vn::grouping& countries) {
    return std::find(countries.labels.begin(), countries.labels.end(), home) !=
           countries.labels.end();
  }

  [[nodiscard]] vn::grouping origins() const {
    if (known(vn::group_actors(network_, vn::by::country))) {
      return vn::group_by_origin(network_, home);
    }
    return no_groups(network_);
  }

  [[nodiscard]] vn::grouping place_grouping(const std::string& scope) const {
    if (scope == "circle") return vn::group_actors(network_, vn::default_circles());
    return vn::group_actors(network_, scope == "country"    ? vn::by::country
                                      : scope == "province" ? vn::by::province
                                                            : vn::by::city);
  }

  std::string folder_;
  tally& all_;
  vn::value_network network_;
};

// 八 and 十: networks whose shares alone were printed.

/// A relation table under construction: sample actors, and a partner for every relation.
class expansion {
 public:
  vn::actor_id sample(const std::string& name, const std::string& type) {
    return actor(name, type, home, vn::role::sample);
  }
  vn::actor_id partner(const std::string& type, const std::string& country = home) {
    return actor(type + " " + std::to_string(++partners_), type, country, vn::role::relation);
  }
  void relate(vn::actor_id giver, vn::actor_id taker, const std::string& kind,
              const std::string& technology, const std::string& application) {
    relations_.givers.push_back(giver);
    relations_.takers.push_back(taker);
    relations_.dimension.push_back("technology");
    relations_.kind.push_back(kind);
    relations_.technology.push_back(technology);
    relations_.application.push_back(application);
  }
  [[nodiscard]] vn::value_network network() const { return {actors_, relations_}; }

 private:
  vn::actor_id actor(const std::string& name, const std::string& type, const std::string& country,
                     vn::role role) {
    actors_.ids.intern(name);
    actors_.type.push_back(type);
    actors_.country.push_back(country);
    actors_.roles.push_back(role);
    return static_cast<vn::actor_id>(actors_.size() - 1);
  }

  vn::actor_table actors_{};
  vn::relation_table relations_{};
  std::size_t partners_ = 0;
};

/// Hands out words in the counts given, then "".
class dealer {
 public:
  void add(const std::string& word, std::uint32_t count) { words_.emplace_back(word, count); }
  std::string next() {
    while (at_ < words_.size() && words_[at_].second == 0) ++at_;
    if (at_ == words_.size()) return {};
    --words_[at_].second;
    return words_[at_].first;
  }

 private:
  std::vector<std::pair<std::string, std::uint32_t>> words_{};
  std::size_t at_ = 0;
};

struct printed_shares {
  std::vector<row> rows;

  /// All are printed to two decimals (but for a 33% in 十); the table of numbers drops their zeros.
  explicit printed_shares(const std::string& file) : rows(read(file)) {
    for (row& one : rows) one["percent"] = fixed(std::stod(one["percent"]), 2);
  }
  [[nodiscard]] const std::string& of(const std::string& table, const std::string& category) const {
    for (const row& one : rows) {
      if (one.at("table") == table && one.at("category") == category) return one.at("percent");
    }
    throw std::runtime_error("no share of " + table + ", " + category);
  }
  [[nodiscard]] std::vector<std::string> all_of(const std::string& table) const {
    std::vector<std::string> shares;
    for (const row& one : rows) {
      if (one.at("table") == table) shares.push_back(one.at("percent"));
    }
    return shares;
  }
};

std::optional<double> share_of(const vn::relation_counts& counts, const std::string& label,
                               std::optional<double> whole = {}) {
  return percent(count_of(counts, label), whole ? whole : std::optional(counts.total));
}

/// Deals the categories of a table over the smallest number of relations that their shares allow.
std::uint32_t deal(const printed_shares& shares, const std::string& table, std::uint32_t most,
                   dealer& to) {
  const std::uint32_t total = smallest_total(shares.all_of(table), {}, most).value_or(most);
  for (const row& one : shares.rows) {
    if (one.at("table") == table) {
      to.add(one.at("category"), nearest_count(one.at("percent"), total));
    }
  }
  return total;
}

void new_institutions(const std::string& folder, tally& all) {
  const printed_shares shares(folder + "r2021_new_institutions.csv");
  const auto relation = [&](const char* name) { return shares.of("relations", name); };
  const std::vector<std::string> cells{"general input", "general empowerment", "specialised input",
                                       "specialised empowerment"};
  std::vector<std::string> printed;
  for (const std::string& cell : cells) printed.push_back(shares.of("relations", cell));
  const auto total = smallest_total(shares.all_of("relations"),
                                    {{relation("input"), relation("empowerment")}, printed});
  if (!total) throw std::runtime_error("no number of relations has these shares");
  const std::uint32_t given = nearest_count(relation("empowerment"), *total);
  const std::uint32_t firms = nearest_count(shares.of("empowered actors", "firms"), given);
  dealer takers;
  takers.add("AI firms", nearest_count(shares.of("empowered firms", "AI firms"), firms));
  takers.add("traditional firms",
             nearest_count(shares.of("empowered firms", "traditional firms"), firms));
  takers.add("government", nearest_count(shares.of("empowered actors", "government"), given));
  dealer applications;
  const std::uint32_t applied = deal(shares, "application", *total, applications);

  expansion made;
  std::map<std::string, std::vector<vn::actor_id>> institutions;
  const std::uint32_t specific = nearest_count(shares.of("institutions", "specific field"), 52);
  for (std::uint32_t i = 0; i < 52; ++i) {
    const std::string type = i < specific ? "specialised" : "general";
    institutions[type].push_back(made.sample("institution " + std::to_string(i + 1), type));
  }
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string type = cells[c].substr(0, cells[c].find(' '));
    const std::string kind = cells[c].substr(cells[c].find(' ') + 1);
    for (std::uint32_t i = 0; i < nearest_count(printed[c], *total); ++i) {
      const vn::actor_id who = institutions[type][i % institutions[type].size()];
      if (kind == "input") {
        made.relate(made.partner("source"), who, kind, "", applications.next());
      } else {
        const std::string taker = takers.next();
        made.relate(who, made.partner(taker.empty() ? "others" : taker), kind, "",
                    applications.next());
      }
    }
  }
  const vn::value_network network = made.network();

  std::cout << "八 The 52 new institutions: their shares are those of " << *total
            << " relations and of no smaller number, " << given << " of them empowerment, " << firms
            << " of\nthese of firms; the fields of application are shares of " << applied
            << ". Which relation has which partner and field was not printed: they are dealt in\n"
               "order. Counted again from the relation table:\n\n";
  comparison table(all, "八 New institutions, per cent");
  std::map<std::string, double> of_type;
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    if (network.role(a) == vn::role::sample) of_type[std::string(network.actors().type[a])] += 1.0;
  }
  const vn::relation_grouping kind = vn::group_relations(network, "kind");
  const vn::grouping types = vn::group_actors(network, vn::by::type);
  const vn::relation_counts kinds = vn::count_relations(network, kind);
  const vn::relation_counts inputs =
      vn::count_relations(network, vn::group_relations(network, types, vn::counted_end::taker),
                          {.selection = {.kind = "input"}});
  const vn::relation_counts givers =
      vn::count_relations(network, vn::group_relations(network, types, vn::counted_end::giver),
                          {.selection = {.kind = "empowerment"}});
  const vn::relation_counts empowered =
      vn::count_relations(network, vn::group_relations(network, types, vn::counted_end::taker),
                          {.selection = {.kind = "empowerment"}});
  const auto firms_empowered =
      sum_of(count_of(empowered, "AI firms"), count_of(empowered, "traditional firms"));
  const vn::relation_counts fields =
      vn::count_relations(network, vn::group_relations(network, "application"));
  for (const row& one : shares.rows) {
    const std::string& what = one.at("table");
    const std::string& name = one.at("category");
    std::optional<double> share;
    if (what == "institutions") {
      share = percent(of_type[name == "specific field" ? "specialised" : "general"], 52.0);
    } else if (what == "relations" && (name == "input" || name == "empowerment")) {
      share = share_of(kinds, name);
    } else if (what == "relations") {
      const std::string type = name.substr(0, name.find(' '));
      share = share_of(name.ends_with("input") ? inputs : givers, type, kinds.total);
    } else if (what == "empowered actors") {
      share =
          name == "firms" ? percent(firms_empowered, empowered.total) : share_of(empowered, name);
    } else if (what == "empowered firms") {
      share = share_of(empowered, name, firms_empowered);
    } else {
      share = share_of(fields, name, applied);
    }
    table.add(what + ": " + name, one.at("percent"), share);
  }
  table.print();
}

void car_industry(const std::string& folder, tally& all) {
  const printed_shares shares(folder + "r2021_car_network.csv");
  const std::vector<std::pair<std::string, std::uint32_t>> types{
      {"整车企业", 13}, {"智能装备企业", 11}, {"智能网联汽车企业", 8}};
  const std::vector<std::string> kinds{"input", "empowerment"};
  std::vector<std::string> printed = shares.all_of("relations");
  std::vector<std::string> cells;
  for (const auto& type : types) {
    printed.push_back(shares.of("firm type", type.first));
    for (const std::string& kind : kinds) cells.push_back(shares.of(kind, type.first));
  }
  const auto total =
      smallest_total(printed, {shares.all_of("relations"), shares.all_of("firm type"), cells});
  if (!total) throw std::runtime_error("no number of relations has these shares");
  dealer technologies;
  const std::uint32_t classified = deal(shares, "technology", *total, technologies);
  dealer applications;
  const std::uint32_t applied = deal(shares, "application", *total, applications);

  expansion made;
  std::vector<std::string> impossible;
  for (const auto& [type, firms] : types) {
    std::vector<vn::actor_id> members;
    for (std::uint32_t i = 0; i < firms; ++i) {
      members.push_back(made.sample(type + " " + std::to_string(i + 1), type));
    }
    for (const std::string& kind : kinds) {
      const std::uint32_t count = nearest_count(shares.of(kind, type), *total);
      const std::string& foreign_share = shares.of("foreign " + kind, type);
      const std::uint32_t foreign = nearest_count(foreign_share, count);
      if (!count_printed_as(foreign_share, count)) {
        impossible.push_back("foreign " + kind + " of " + type + ": no count out of " +
                             std::to_string(count) + " is " + foreign_share +
                             "%; the smallest number of which one is is " +
                             std::to_string(smallest_total({foreign_share}).value_or(0)));
      }
      for (std::uint32_t i = 0; i < count; ++i) {
        const vn::actor_id who = members[i % members.size()];
        const vn::actor_id other = made.partner("partner", i < foreign ? "abroad" : home);
        const bool takes = kind == "input";
        made.relate(takes ? other : who, takes ? who : other, kind, technologies.next(),
                    applications.next());
      }
    }
  }
  const vn::value_network network = made.network();

  std::cout << "十 The 32 firms of the car industry: their shares are those of " << *total
            << " relations and of no smaller number; technologies are shares of " << classified
            << ",\napplications of " << applied << ". Counted again from the relation table:\n\n";
  comparison table(all, "十 Car industry, per cent");
  const vn::grouping groups = vn::group_actors(network, vn::by::type);
  const vn::relation_grouping origin = vn::group_domestic_foreign(network, home);
  const vn::relation_counts by_kind =
      vn::count_relations(network, vn::group_relations(network, "kind"));
  const auto of_kind = [&](const std::string& kind, bool foreign_only) {
    const vn::counted_end end = kind == "input" ? vn::counted_end::taker : vn::counted_end::giver;
    const vn::relation_counts counts = vn::count_relations(
        network, vn::group_relations(network, groups, end), origin, {.selection = {.kind = kind}});
    return [counts, foreign_only](const std::string& type) -> std::optional<double> {
      for (std::size_t r = 0; r < counts.rows.size(); ++r) {
        if (counts.rows[r] != type) continue;
        if (!foreign_only) return counts.row_totals[r];
        for (std::size_t c = 0; c < counts.columns.size(); ++c) {
          if (counts.columns[c] == "foreign") return counts(r, c);
        }
      }
      return 0.0;
    };
  };
  const vn::relation_counts by_technology =
      vn::count_relations(network, vn::group_relations(network, "technology"));
  const vn::relation_counts by_application =
      vn::count_relations(network, vn::group_relations(network, "application"));
  for (const row& one : shares.rows) {
    const std::string& what = one.at("table");
    const std::string& name = one.at("category");
    std::optional<double> share;
    if (what == "relations") {
      share = share_of(by_kind, name);
    } else if (what == "firm type") {
      share = percent(sum_of(of_kind("input", false)(name), of_kind("empowerment", false)(name)),
                      by_kind.total);
    } else if (what.starts_with("foreign ")) {
      const std::string kind = what.substr(std::string("foreign ").size());
      share = percent(of_kind(kind, true)(name), of_kind(kind, false)(name));
    } else if (what == "technology") {
      share = share_of(by_technology, name, classified);
    } else if (what == "application") {
      share = share_of(by_application, name, applied);
    } else {
      share = percent(of_kind(what, false)(name), by_kind.total);
    }
    table.add(what + ": " + name, one.at("percent"), share);
  }
  for (const std::string& one : impossible) table.note(one + ".");
  table.print();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/published/";
    tally all;
    const report_2021 report(folder, all);
    report.sample();
    report.structure();
    report.kinds();
    report.leaders();
    report.places();
    report.sectors();
    new_institutions(folder, all);
    car_industry(folder, all);
    print_tally(all);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
