// The hierarchy of a competitiveness index, from a file: criteria, with weights or judgements.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/index/ahp.hpp"
#include "valuenet/index/composite.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace valuenet::cli {

/// Where judgements of siblings came from, and how consistent they are.
struct index_comparison {
  /// The criterion whose children are compared; empty: the first level.
  std::string of{};
  std::vector<std::size_t> criteria{};
  /// Of all members together.
  priorities_result found{};
  struct member {
    std::string name{};
    std::optional<double> consistency_ratio{};
  };
  /// Empty for one matrix.
  std::vector<member> members{};
};

struct index_circle {
  std::string name{};
  std::vector<std::string> members{};
};

struct index_hierarchy {
  std::string title{};
  std::vector<criterion> criteria{};
  std::vector<index_comparison> comparisons{};
  random_index table = random_index::saaty_1980;
  priority_method method = priority_method::eigenvector;
  yearly_options scoring{};
  /// Nothing: not said.
  std::optional<std::vector<index_circle>> circles{};
};

/// What the command line says instead of the file.
struct index_settings {
  std::optional<random_index> table{};
  std::optional<priority_method> method{};
  std::optional<valuenet::normalization> normalization{};
  std::optional<missing_rule> missing{};
  std::optional<standardized_over> over{};
};

/// Reads JSON (docs/program.md has the fields), or a table with the columns criterion and weight
/// and perhaps parent and cost. Throws io_error, and parse_error naming the field or cell.
[[nodiscard]] index_hierarchy read_index_hierarchy(const std::string& file,
                                                   const index_settings& settings,
                                                   const execution& exec);

// The words for options, in files and on the command line.
[[nodiscard]] const std::map<std::string, random_index>& random_index_words();
[[nodiscard]] const std::map<std::string, priority_method>& priority_method_words();
[[nodiscard]] const std::map<std::string, normalization>& normalization_words();
[[nodiscard]] const std::map<std::string, missing_rule>& missing_rule_words();
[[nodiscard]] const std::map<std::string, standardized_over>& standardized_over_words();

}  // namespace valuenet::cli
