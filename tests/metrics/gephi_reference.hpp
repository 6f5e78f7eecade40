// Networks with the statistics that Gephi 0.9.2 gave for them: tests/reference/gephi and, where it
// is there, the same folder beside the project.
#pragma once

#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/graph.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace gephi_reference {

struct network {
  std::vector<std::string> names;
  valuenet::graph graph;
  /// Kind of every arc.
  std::vector<std::uint32_t> arc_kinds;
};

struct gephi_case {
  std::string name;     // "selfloop"
  std::string variant;  // "directed", "undirected_nomerge", ...
  std::filesystem::path csv;
  nlohmann::json results;

  /// Whether Gephi held a directed model, and whether it read it as directed.
  [[nodiscard]] bool model_is_directed() const { return results.at("model_is_directed"); }
  [[nodiscard]] bool reads_directed() const { return results.at("interpretation") == "directed"; }
  /// A number of the results, or of one node.
  [[nodiscard]] double number(const std::string& key) const { return results.at(key); }
  [[nodiscard]] bool has(const std::string& key) const {
    return results.contains(key) && results.at(key).is_number();
  }
  [[nodiscard]] double node(const std::string& vertex, const std::string& column) const {
    return results.at("node_columns").at(vertex).at(column);
  }
};

/// Every case whose JSON file is in the project; with `large`, those beside it too.
inline std::vector<gephi_case> cases(bool large) {
  namespace fs = std::filesystem;
  std::vector<fs::path> folders{fs::path(VALUENET_SOURCE_DIR) / "tests/reference/gephi"};
  const fs::path shared = fs::path(VALUENET_SHARED_DIR) / "reference/gephi";
  if (large && fs::exists(shared)) folders.push_back(shared);
  std::vector<gephi_case> result;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      if (file.extension() != ".json") continue;
      const std::string stem = file.stem().string();
      const std::string name = stem.substr(0, stem.find('.'));
      const std::string variant = stem.substr(stem.find('.') + 1);
      const fs::path csv = folder / (name + ".csv");
      const bool seen = std::any_of(result.begin(), result.end(), [&](const gephi_case& each) {
        return each.name == name && each.variant == variant;
      });
      if (seen || variant == "directed_filtered" || !fs::exists(csv)) continue;
      std::ifstream in(file);
      result.push_back({name, variant, csv, nlohmann::json::parse(in)});
    }
  }
  return result;
}

/// The network as Gephi imported it for this case.
inline network read(const gephi_case& which) {
  std::ifstream in(which.csv);
  std::string line;
  std::getline(in, line);
  std::map<std::string, valuenet::vertex_id> ids;
  std::map<std::string, std::uint32_t> kind_ids;
  network result;
  const auto id = [&](const std::string& name) {
    const auto [at, fresh] = ids.try_emplace(name, static_cast<valuenet::vertex_id>(ids.size()));
    if (fresh) result.names.push_back(name);
    return at->second;
  };
  std::vector<valuenet::vertex_id> sources;
  std::vector<valuenet::vertex_id> targets;
  std::vector<double> weights;
  std::vector<std::uint32_t> kinds;
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    std::string source;
    std::string target;
    std::string weight;
    std::string kind;
    std::getline(fields, source, ',');
    std::getline(fields, target, ',');
    std::getline(fields, weight, ',');
    std::getline(fields, kind, ',');
    const auto s = id(source);
    if (target.empty()) continue;
    sources.push_back(s);
    targets.push_back(id(target));
    weights.push_back(weight.empty() ? 1.0 : std::stod(weight));
    kinds.push_back(
        kind_ids.try_emplace(kind, static_cast<std::uint32_t>(kind_ids.size())).first->second);
  }
  const bool merge = which.variant.find("nomerge") == std::string::npos;
  const auto built = valuenet::build_graph_with_rows(
      {.sources = sources, .targets = targets, .weights = weights, .keys = kinds},
      {.direction = which.model_is_directed() ? valuenet::direction::directed
                                              : valuenet::direction::undirected,
       .vertex_count = static_cast<valuenet::vertex_id>(ids.size()),
       .duplicates = merge ? valuenet::duplicates::sum : valuenet::duplicates::keep});
  result.graph = built.graph;
  for (valuenet::arc_id arc = 0; arc < built.graph.arc_count(); ++arc) {
    // With rows kept apart Gephi gives repeats of a row types of their own.
    result.arc_kinds.push_back(merge ? kinds[built.rows[arc].front()] : 0);
  }
  return result;
}

}  // namespace gephi_reference
