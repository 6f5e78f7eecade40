// What the reproductions share: printed tables as rows, and published | computed | difference.
#pragma once

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <valuenet/report/table.hpp>

namespace published {

using row = std::map<std::string, std::string>;

inline std::vector<std::string> cells_of(const std::string& line, char separator) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, separator);) cells.push_back(cell);
  return cells;
}

struct file {
  std::vector<std::string> columns;
  std::vector<row> rows;
};

/// The rows by column name; the published tables quote nothing.
inline file read(const std::string& name) {
  std::ifstream in(name);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error("cannot read " + name);
  file result;
  result.columns = cells_of(line, ',');
  while (std::getline(in, line)) {
    std::vector<std::string> cells = cells_of(line, ',');
    cells.resize(result.columns.size());
    row one;
    for (std::size_t i = 0; i < cells.size(); ++i) one[result.columns[i]] = cells[i];
    result.rows.push_back(one);
  }
  return result;
}

inline std::string fixed(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

inline int digits_of(const std::string& printed) {
  const std::size_t point = printed.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(printed.size() - point - 1);
}

/// Printed numbers beside computed ones, each to the digits of the printed one.
struct comparison {
  explicit comparison(const std::string& title) {
    shown.title = title;
    shown.columns = {{"what", valuenet::alignment::left},
                     {"published", valuenet::alignment::right},
                     {"computed", valuenet::alignment::right},
                     {"difference", valuenet::alignment::right},
                     {"remark", valuenet::alignment::left}};
  }

  void add(const std::string& what, const std::string& printed, double computed,
           const std::string& remark = "") {
    const int digits = digits_of(printed);
    // A half is rounded up, as printed tables do: 2.675 must not fall to 2.67 for its last bit.
    const double unit = std::pow(10.0, -digits);
    const double rounded = std::floor(computed / unit + 0.5 + 1e-9) * unit;
    const double difference = rounded - std::stod(printed);
    const bool is_off = std::abs(difference) > unit / 10;
    differing += is_off ? 1 : 0;
    shown.rows.push_back({what, printed, fixed(rounded, digits),
                          is_off ? fixed(difference, digits) : "0", is_off ? remark : ""});
  }
  /// 2600余 is over 2600 and under 2700, 不足80 under 80: no difference where it is.
  void add_vague(const std::string& what, const std::string& printed, double computed,
                 const std::string& remark = "") {
    const bool is_under = printed.starts_with("不足");
    const std::string digits = printed.substr(is_under ? std::string("不足").size() : 0);
    const double bound = std::stod(digits);
    double unit = 1.0;
    while (std::fmod(bound, 10.0 * unit) == 0.0) unit *= 10.0;
    const bool fits = is_under ? computed < bound : computed >= bound && computed < bound + unit;
    differing += fits ? 0 : 1;
    shown.rows.push_back({what, printed, valuenet::format_number(computed, 4), fits ? "0" : "out",
                          fits ? "" : remark});
  }
  /// Something that was not printed.
  void add_computed(const std::string& what, const std::string& computed,
                    const std::string& remark = "") {
    shown.rows.push_back({what, "", computed, "", remark});
  }

  void print() {
    std::size_t compared = 0;
    for (const auto& each : shown.rows) compared += each[1].empty() ? 0 : 1;
    shown.notes.push_back(std::to_string(compared) + " numbers, " + std::to_string(differing) +
                          " differ.");
    std::cout << valuenet::render(shown) << "\n";
  }

  valuenet::table shown;
  std::size_t differing = 0;
};

}  // namespace published
