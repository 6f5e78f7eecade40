// The body of a table, read in parallel: records cut, fields read, words numbered, weights parsed.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/network/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detail/delimited.hpp"
#include "detail/parallel.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

/// What to do with a field, by its place in the record.
enum class column_use : std::uint8_t {
  first_id,   ///< the actor's id, or the giver
  second_id,  ///< the taker
  text,
  weight,
  weight_or_attributes,  ///< of edge lists: a number, or NetworkX's {'weight': 2.0}
};

struct table_plan {
  dialect how;
  /// Behind the header.
  std::size_t data_begin = 0;
  std::vector<column_use> columns;
  /// Whether records have a second id.
  bool has_pairs = false;
  /// Lines that begin with '#' or '%' are no records.
  bool has_comments = false;
  /// Numbers of this table are written with decimal commas.
  bool comma_is_decimal = false;
};

enum class row_problem : std::uint8_t { no_first_id, no_second_id, bad_weight, too_many_fields };

struct problem_row {
  std::size_t offset = 0;
  row_problem problem = row_problem::no_first_id;
};

/// Distinct words and, for every row, the number of its word (counting from 1; 0: empty).
struct parsed_words {
  vocabulary words;
  /// Empty where no row has a value.
  std::vector<symbol> codes;
};

struct parsed_table {
  std::size_t rows = 0;
  vocabulary ids;
  std::vector<symbol> first;
  std::vector<symbol> second;
  /// One for each column of use `text`, in order.
  std::vector<parsed_words> texts;
  /// Empty where every weight is 1.
  std::vector<double> weights;
  std::uint64_t decimal_commas = 0;
  /// Records of empty fields.
  std::uint64_t empty_rows = 0;
  /// Records of a giver among empty fields: actors without relations.
  std::uint64_t lone_actors = 0;
  std::vector<problem_row> rejected;
};

/// Reads the records from data_begin on. The result does not depend on the number of threads: ids
/// and words are numbered in order of first appearance, of two ids of a record the first before the
/// second. Throws parse_error for a quote that is never closed, and for a table whose columns are
/// so empty that it would take over 64 times its bytes. Memory while it runs: for each row about
/// twice what the result takes, for each distinct word about 60 bytes a worker.
[[nodiscard]] parsed_table parse_table(const text_source& source, const table_plan& plan,
                                       parallel& workers, const execution& exec);

}  // namespace valuenet::detail
