// What the program's definition says of its options and arguments, for help, manual and completion.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace valuenet::cli {

/// An option, a flag or an argument without a name.
struct parameter {
  /// "-o", "--output"; of an argument what it is called: "FILE".
  std::vector<std::string> names;
  /// Empty: of no group.
  std::string group;
  std::string meaning;
  /// What it takes: "FILE", "YEAR", "TEXT"; empty for a flag.
  std::string value;
  /// Nothing but these is taken; empty: anything.
  std::vector<std::string> words;
  /// "0 to 1024", "a positive number"; empty: any.
  std::string range;
  std::string standard;
  std::vector<std::string> excludes;
  bool is_argument = false;
  bool is_required = false;
  /// The value is a path.
  bool is_file = false;
  int fewest = 0;
  int most = 0;

  /// "FILE", "gephi|networkx|igraph": what stands behind the name; a long list of words by its
  /// name.
  [[nodiscard]] std::string value_text() const;
  /// The meaning with range, words, default and exclusions, in sentences.
  [[nodiscard]] std::string full_meaning() const;
};

/// Of a verb with its option groups, in the order of their definition; hidden ones left out.
[[nodiscard]] std::vector<parameter> parameters_of(const CLI::App& verb);
/// Its subcommands, in the order of their definition.
[[nodiscard]] std::vector<const CLI::App*> verbs_of(const CLI::App& app);
/// "valuenet rank [OPTIONS] FILE [FILE]".
[[nodiscard]] std::string usage_of(const CLI::App& verb);
/// Whether many verbs share the group: reading, selecting, output.
[[nodiscard]] bool is_shared_group(const std::string& group);

}  // namespace valuenet::cli
