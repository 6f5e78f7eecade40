// Tables of actors and relations as text: CSV, TSV and their kin.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/accounting.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/io/write.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <string>

namespace valuenet {

/// The two tables of a value network. Either may be missing (empty), not both; one of them may be
/// "-", standard input.
struct csv_files {
  std::string actors{};
  std::string relations{};
};

/// Reads a table of actors and a table of relations.
///
/// Conventions. Separators (comma, semicolon, tab, blank, |), encodings, line ends (LF, CRLF, CR)
/// and gzip are found out. Values that hold separators or line ends stand in double quotes, a quote
/// within them is doubled (RFC 4180); blanks around a value without quotes are no part of it. The
/// first row names the columns, in any order and case: ours (id, label, role, type, country,
/// province, city, sector, industry; giver, taker, dimension, kind, weight, year, technology,
/// application), Gephi's (Id, Label; Source, Target, Type, Kind, Weight), common English and
/// Chinese names (from and to, 来源 and 目标, 国家, ...), and those named in `options`. Every other
/// column is kept under its name. Without a header the relations may be an edge list: two ids a row
/// and perhaps a weight (a kind, where it is no number), comments behind # or %; the comment
/// "# vertices=N edges=M directed=0" says that relations hold both ways and how many vertices there
/// are: those in no row follow, in the order of their numbers, when ids are numbers from 0 or 1.
///
/// Actors are numbered in order of first appearance: the table of actors first, then relations, the
/// giver before the taker. An actor listed twice is joined, gaps filled. An empty weight is 1; one
/// that is no finite number rejects its row. Of dates the year is taken and the date kept beside
/// it. A giver among empty values ("F,,") is an actor without relations; any other row without
/// giver or taker, or with more values than columns, is rejected; rows of empty values are passed
/// over. Gephi's Type (Directed, Undirected) says of each row whether it holds both ways; a Type
/// that says something else is the kind. Relations of `undirected_kinds` and of kinds that end in
/// "_undirected" hold both ways.
///
/// Cost: one pass over the bytes by all threads, at some hundred MB a second for two; memory: the
/// network, while it is made up to twice its relations, and 60 bytes for each distinct word and
/// thread. Deterministic at any number of threads. Throws parse_error (file, line, column, what was
/// expected), io_error, cancelled; std::invalid_argument when no file is given or a named column is
/// not there.
[[nodiscard]] read_result read_csv(const csv_files& files, const read_options& options = {},
                                   const execution& exec = {});

/// Writes the two tables so that read_csv, and Gephi, read the same network back: comma, LF, UTF-8
/// without byte order mark, values quoted where they must be (RFC 4180). Actors: id, label, role
/// and the columns given, computed statistics last; relations: giver, taker, kind, weight, and the
/// columns given, Type (Directed or Undirected) where some relation holds both ways. A column
/// without a value is left out. Either name may be empty: then that table is not written. Cost:
/// O(files), a buffer of about 1 MB. Both files are written beside their places and renamed when
/// both are whole. Throws std::invalid_argument for a computed column of a wrong length, io_error,
/// cancelled.
write_result write_csv(const value_network& network, const csv_files& files,
                       const write_options& options = {}, const execution& exec = {});

/// Writes a selection: its vertices, and every edge of its graph once, with the graph's weight. Of
/// the relations behind an edge a column's value is written where all of them agree.
write_result write_csv(const selection& selected, const csv_files& files,
                       const write_options& options = {}, const execution& exec = {});

}  // namespace valuenet
