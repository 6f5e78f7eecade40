// The regional competitiveness index of 2021, from its printed tables: do weights and scores add
// up, and which judgements lie behind the weights?
//
// Source: 中国新一代人工智能科技产业区域竞争力评价指数（2021）, tables 1-4 and 12-42, in
// data/published/index2021_*.csv. Its indicator values are private; what follows from the printed
// tables alone is computed here.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <valuenet/index/ahp.hpp>
#include <valuenet/index/composite.hpp>
#include <valuenet/report/table.hpp>

namespace vn = valuenet;

namespace {

using row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
  return cells;
}

/// The rows by column name; the published tables quote nothing.
std::vector<row> read(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error("cannot read " + file);
  const std::vector<std::string> header = cells_of(line);
  std::vector<row> rows;
  while (std::getline(in, line)) {
    std::vector<std::string> cells = cells_of(line);
    cells.resize(header.size());
    row one;
    for (std::size_t i = 0; i < header.size(); ++i) one[header[i]] = cells[i];
    rows.push_back(one);
  }
  return rows;
}

std::string fixed(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// A printed number against the sum of `terms` others, all printed to `digits` digits.
struct comparison {
  explicit comparison(const std::string& title, int printed_digits) : digits(printed_digits) {
    shown.title = title;
    shown.columns = {{"what", vn::alignment::left},
                     {"published", vn::alignment::right},
                     {"computed", vn::alignment::right},
                     {"difference", vn::alignment::right},
                     {"remark", vn::alignment::left}};
  }

  void add(const std::string& what, const std::string& published, double computed,
           std::size_t terms) {
    if (published.empty()) {
      shown.rows.push_back({what, "(lost)", fixed(computed, digits), "", "recovered"});
      return;
    }
    const double unit = std::pow(10.0, -digits);
    const double difference = std::round(computed / unit) * unit - std::stod(published);
    const double size = std::abs(difference);
    // Every term is off by half a unit at most, and so is the printed sum; one printed number and
    // its other print must be the same.
    const double explained = terms > 1 ? (static_cast<double>(terms) + 1.0) * unit / 2 : 0.0;
    const char* remark = "";
    if (size > unit / 10) remark = size <= explained + unit / 10 ? "rounding" : "INCONSISTENT";
    shown.rows.push_back({what, fixed(std::stod(published), digits), fixed(computed, digits),
                          size > unit / 10 ? fixed(difference, digits) : fixed(0.0, digits),
                          remark});
  }

  void print() const { std::cout << vn::render(shown) << "\n"; }

  int digits;
  vn::table shown;
};

struct level {
  std::string name;
  std::string printed;
  std::vector<std::string> children;
  double sum = 0.0;
};

level& find_or_add(std::vector<level>& levels, const std::string& name,
                   const std::string& printed) {
  for (level& one : levels) {
    if (one.name == name) return one;
  }
  levels.push_back({name, printed, {}, 0.0});
  return levels.back();
}

struct judged {
  std::string name;
  std::vector<std::string> criteria;
  std::vector<double> weights;
  double total = 1.0;
};

/// Table 1: weights through the hierarchy; returns the seven comparisons.
std::vector<judged> check_weights(const std::string& folder) {
  const std::vector<row> rows = read(folder + "index2021_weights.csv");
  // A weight lost from level 3 is what is missing of its level 2.
  std::map<std::string, double> second_sums;
  for (const row& one : rows) {
    if (!one.at("weight3").empty()) second_sums[one.at("level2")] += std::stod(one.at("weight3"));
  }
  comparison table("Weights through the hierarchy (table 1)", 4);
  std::vector<level> first;
  std::vector<level> second;
  std::map<std::string, std::string> parent;
  std::map<std::string, double> third;
  std::vector<std::pair<std::string, double>> lost;
  for (const row& one : rows) {
    level& above = find_or_add(second, one.at("level2"), one.at("weight2"));
    find_or_add(first, one.at("level1"), one.at("weight1"));
    parent[one.at("level2")] = one.at("level1");
    double weight = 0.0;
    if (one.at("weight3").empty()) {
      weight = std::stod(one.at("weight2")) - second_sums[one.at("level2")];
      lost.emplace_back(one.at("level3"), weight);
    } else {
      weight = std::stod(one.at("weight3"));
    }
    third[one.at("level3")] = weight;
    above.children.push_back(one.at("level3"));
    above.sum += weight;
  }
  for (const level& one : second) table.add(one.name, one.printed, one.sum, one.children.size());
  for (const auto& [name, weight] : lost) table.add(name, "", weight, 1);
  std::vector<judged> comparisons{{"区域竞争力", {}, {}, 1.0}};
  double printed_total = 0.0;
  for (level& one : first) {
    judged below{one.name, {}, {}, 0.0};
    double sum = 0.0;
    std::size_t terms = 0;
    for (const level& child : second) {
      if (parent[child.name] != one.name) continue;
      sum += std::stod(child.printed);
      ++terms;
      for (const std::string& leaf : child.children) {
        below.criteria.push_back(leaf);
        below.weights.push_back(third[leaf]);
      }
    }
    table.add(one.name, one.printed, sum, std::max<std::size_t>(2, terms));
    below.total = one.printed.empty() ? sum : std::stod(one.printed);
    printed_total += below.total;
    comparisons[0].criteria.push_back(one.name);
    comparisons[0].weights.push_back(below.total);
    comparisons.push_back(below);
  }
  table.add("区域竞争力", "1.0000", printed_total, first.size());
  table.print();
  return comparisons;
}

std::string judgement_text(double value) {
  return value >= 1.0 ? fixed(value, 0) : "1/" + fixed(1.0 / value, 0);
}

/// Table 2: the judgements behind the weights, and forward again.
void recover(const std::string& folder, const std::vector<judged>& comparisons) {
  std::map<std::string, std::string> ratios;
  for (const row& one : read(folder + "index2021_consistency.csv")) {
    ratios[one.at("matrix")] = one.at("consistency_ratio");
  }
  std::map<std::string, std::map<vn::random_index, vn::recover_result>> all;
  std::map<vn::random_index, std::size_t> possible;
  for (const judged& one : comparisons) {
    for (const vn::random_index table : vn::every_random_index) {
      const vn::recover_options options{.random_index = table,
                                        .total = one.total,
                                        .maximum_matrices = 50,
                                        .maximum_steps = 10'000'000};
      vn::recover_result& found = all[one.name][table];
      found = vn::recover_judgements(one.weights, std::stod(ratios.at(one.name)), options);
      if (!found.matrices.empty()) ++possible[table];
    }
  }
  vn::random_index known = vn::random_index::saaty_1980;
  std::cout << "Random-index tables, and the comparisons that some matrix gives with them\n";
  for (const auto& [table, count] : possible) {
    std::cout << "  " << vn::name(table) << ": " << count << " of " << comparisons.size() << "\n";
    if (count > possible[known]) known = table;
  }
  std::cout << "\n";
  comparison forward("From the recovered judgements forward (tables 1 and 2)", 4);
  for (const judged& one : comparisons) {
    const double ratio = std::stod(ratios.at(one.name));
    std::cout << one.name << ": consistency ratio " << fixed(ratio, 4) << "\n";
    for (const vn::random_index table : vn::every_random_index) {
      const vn::recover_result& found = all.at(one.name).at(table);
      std::cout << "  " << vn::name(table) << ": " << (found.exhausted ? "" : "at least ")
                << found.matrices.size() << " fit" << (found.unique() ? " (the only one)" : "")
                << "\n";
    }
    const vn::recover_result& found = all.at(one.name).at(known);
    const vn::recovered_matrix& best = found.matrices.at(0);
    vn::table matrix;
    matrix.columns.push_back({"", vn::alignment::left});
    for (const std::string& name : one.criteria) {
      matrix.columns.push_back({name, vn::alignment::right});
    }
    for (std::size_t i = 0; i < one.criteria.size(); ++i) {
      matrix.rows.push_back({one.criteria[i]});
      for (std::size_t j = 0; j < one.criteria.size(); ++j) {
        matrix.rows.back().push_back(judgement_text(best.judgements.at(i, j)));
      }
    }
    std::cout << vn::render(matrix) << "\n";
    const vn::priorities_result again = vn::priorities(best.judgements, {.random_index = known});
    for (std::size_t i = 0; i < one.criteria.size(); ++i) {
      forward.add(one.criteria[i], fixed(one.weights[i], 4), again.weights[i] * one.total, 2);
    }
    forward.add(one.name + " CR", fixed(ratio, 4), again.consistency_ratio.value_or(0.0), 1);
  }
  forward.print();
}

/// Provinces, circles and ranks: what is printed twice, and what is a sum.
void check_scores(const std::string& folder) {
  const std::vector<row> scores = read(folder + "index2021_scores.csv");
  std::vector<std::string> provinces;
  std::vector<double> values;
  for (const row& one : scores) {
    provinces.push_back(one.at("province"));
    values.push_back(std::stod(one.at("score")));
  }
  const auto place = [&](const std::string& name) {
    for (std::size_t i = 0; i < provinces.size(); ++i) {
      if (provinces[i] == name) return i;
    }
    throw std::runtime_error("no province " + name);
  };
  const std::vector<std::string> parts{"企业能力",   "学术生态", "资本环境",
                                       "国际开放度", "链接能力", "政府响应能力"};

  comparison text("Scores in the summary against tables 12-42", 2);
  for (const row& one : read(folder + "index2021_text_scores.csv")) {
    text.add(one.at("province"), one.at("score"), values[place(one.at("province"))], 1);
  }
  text.print();

  comparison levels("Level-1 scores summing to totals", 2);
  for (const row& one : read(folder + "index2021_level1_scores.csv")) {
    double sum = 0.0;
    for (const std::string& part : parts) sum += std::stod(one.at(part));
    levels.add(one.at("province"), one.at("total"), sum, parts.size());
  }
  levels.print();

  const std::map<std::string, std::vector<std::string>> members{
      {"京津冀", {"北京市", "天津市", "河北省"}},
      {"长三角", {"上海市", "江苏省", "浙江省", "安徽省"}},
      {"珠三角", {"广东省"}},
      {"川渝", {"四川省", "重庆市"}}};
  const std::vector<row> circles = read(folder + "index2021_circles.csv");
  std::vector<vn::object_group> groups;
  for (const row& one : circles) {
    vn::object_group group{one.at("circle"), {}};
    for (const std::string& name : members.at(group.name)) group.members.push_back(place(name));
    groups.push_back(group);
  }
  const auto totals = vn::group_totals(values, groups);
  comparison circle_table("Circles (table 4): of provinces, and of their own level-1 scores", 2);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    double sum = 0.0;
    for (const std::string& part : parts) sum += std::stod(circles[g].at(part));
    circle_table.add(groups[g].name + ", sum of provinces", circles[g].at("total"), *totals[g],
                     groups[g].members.size());
    circle_table.add(groups[g].name + ", sum of level 1", circles[g].at("total"), sum,
                     parts.size());
  }
  circle_table.print();

  comparison ranks("Ranks (table 3) from the scores of tables 12-42", 0);
  const std::vector<std::uint32_t> computed = vn::ranks_of(values);
  const std::vector<row> printed = read(folder + "index2021_ranks.csv");
  for (const row& one : printed) {
    const std::size_t at = place(one.at("province"));
    // Equal in print, two scores may differ in digits that are not printed.
    ranks.add(one.at("province"), one.at("total_2021"), computed[at],
              std::count(values.begin(), values.end(), values[at]) > 1 ? 2 : 1);
  }
  ranks.print();

  // In a column of ranks each must be one more than the number of smaller ones.
  comparison orders("Ranks of table 3 that no order of scores gives", 0);
  for (const auto& entry : printed.front()) {
    const std::string& column = entry.first;
    if (column == "province") continue;
    std::vector<double> reversed;
    for (const row& one : printed) reversed.push_back(-std::stod(one.at(column)));
    const std::vector<std::uint32_t> due = vn::ranks_of(reversed);
    for (std::size_t i = 0; i < printed.size(); ++i) {
      if (due[i] == static_cast<std::uint32_t>(std::stoul(printed[i].at(column)))) continue;
      orders.add(column + " " + printed[i].at("province"), printed[i].at(column), due[i], 1);
    }
  }
  if (orders.shown.rows.empty()) orders.shown.notes.push_back("None.");
  orders.print();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string folder = std::string(argc > 1 ? argv[1] : "data") + "/published/";
    const std::vector<judged> comparisons = check_weights(folder);
    recover(folder, comparisons);
    check_scores(folder);
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
