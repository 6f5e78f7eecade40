// The arguments by which a verb is given a network and a part of it.
#pragma once

#include "valuenet/io/read.hpp"
#include "valuenet/network/parties.hpp"
#include "valuenet/network/selection.hpp"

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/program.hpp"

namespace valuenet::cli {

/// Input files and how to read them.
struct input_arguments {
  std::vector<std::string> files;
  read_options options;
  std::string separator;
  std::string rejects_file;
  /// What stands between the parties of an end; empty: an end is one actor.
  std::string parties;
  std::string party_weight = "full";
  /// NAME=GIVER_COLUMN,TAKER_COLUMN: columns of actors that stand in the table of relations.
  std::vector<std::string> actor_columns;
};

struct filter_arguments;

/// Adds the positional files and the reading options to a verb.
void add_input(CLI::App& verb, input_arguments& input);
/// Reads, prints the accounting on stderr (unless quiet) and writes the rejects file.
/// With --parties the network between the parties, unless `ends` is empty: then the records.
[[nodiscard]] read_result read_input(const input_arguments& input, const program& shared,
                                     std::optional<party_ends> ends = party_ends::both);
/// The same; actors have their roles of the last year that is selected.
[[nodiscard]] read_result read_input(const input_arguments& input, const filter_arguments& filters,
                                     const program& shared,
                                     std::optional<party_ends> ends = party_ends::both);

/// The filters that all verbs share.
struct filter_arguments {
  std::vector<std::string> dimension, kind, technology, application, role, type, country, province,
      city, sector, industry, where;
  std::optional<int> from_year, until_year;
  bool keep_undated = false;
  std::string ends = "both";
  bool all_actors = false;
  bool related_actors = false;
  bool directed = false;
  bool undirected = false;
  std::string duplicates = "sum";
  std::string loops = "keep";
};

void add_filters(CLI::App& verb, filter_arguments& filters);
/// Whether any condition on actors or relations was given.
[[nodiscard]] bool has_conditions(const filter_arguments& filters);
/// As options of select(). Without conditions every actor of the file is kept, unless
/// --related-actors; with conditions those with a selected relation, unless --all-actors.
[[nodiscard]] selection_options selection_of(const filter_arguments& filters,
                                             const value_network& network);

/// --json, --csv, --markdown and --output.
struct output_arguments {
  bool json = false;
  bool csv = false;
  bool markdown = false;
  std::string file;
};

void add_output(CLI::App& verb, output_arguments& output);

}  // namespace valuenet::cli
