// The reference collection of samples with their exact fits.
#pragma once

#include "valuenet/statistics/value_counts.hpp"

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace power_law_samples {

using csv_row = std::map<std::string, std::string>;

inline std::vector<csv_row> read_csv(const std::string& path) {
  std::ifstream file(path);
  const auto split = [](const std::string& line) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    return cells;
  };
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = split(line);
  std::vector<csv_row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = split(line);
    csv_row row;
    for (std::size_t i = 0; i < names.size() && i < cells.size(); ++i) row[names[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

inline std::string reference_directory() {
  return std::string(VALUENET_SOURCE_DIR) + "/tests/reference/power_law/";
}

inline const std::vector<csv_row>& expected_rows() {
  static const std::vector<csv_row> rows = read_csv(reference_directory() + "expected.csv");
  return rows;
}

inline const csv_row& expected(const std::string& name) {
  for (const csv_row& row : expected_rows()) {
    if (row.at("name") == name) return row;
  }
  throw std::out_of_range("no reference row " + name);
}

/// A row's sample: from tests/reference, else from beside the checkout; nothing when it is not
/// there.
inline std::optional<valuenet::value_counts> load(const csv_row& row) {
  std::vector<double> values;
  if (std::ifstream(reference_directory() + row.at("name") + ".csv").good()) {
    std::vector<std::uint64_t> counts;
    for (const csv_row& cell : read_csv(reference_directory() + row.at("name") + ".csv")) {
      values.push_back(std::stod(cell.at("value")));
      counts.push_back(std::stoull(cell.at("count")));
    }
    return valuenet::count_values(values, counts);
  }
  std::ifstream file(std::string(VALUENET_SHARED_DIR) + "/reference/power_law/" + row.at("file"));
  if (!file) return std::nullopt;
  const double divisor = row.at("transform") == "/1000" ? 1000.0 : 1.0;
  for (double value = 0.0; file >> value;) values.push_back(value / divisor);
  return valuenet::count_values(values);
}

}  // namespace power_law_samples
