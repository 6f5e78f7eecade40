// The one way in which every reader makes actors and relations, whatever the format: ids in order
// of first appearance, repeated actors joined, columns by name, weights and years read, rejected
// rows collected, and the accounting kept so that it closes.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/io/accounting.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detail/column_names.hpp"
#include "detail/parallel.hpp"
#include "detail/table_parser.hpp"
#include "detail/text_source.hpp"

namespace valuenet::detail {

/// One value of a row: a column as actor_column or relation_column gave it. An empty text is a
/// value that is not given.
struct cell {
  std::uint32_t column = 0;
  std::string_view text;
};

/// Where a row stands: its offset into the source's text, and what of it to show when it is
/// rejected.
struct row_place {
  std::size_t offset = 0;
  std::string_view text;
};

/// What the format itself says of a relation's direction. A kind (or Gephi's Type) that holds both
/// ways makes any relation hold both ways.
enum class relation_direction : std::uint8_t { giver_to_taker, both_ways };

/// A column of interned text that grows row by row.
struct building_column {
  std::string name;
  vocabulary words;
  /// Shorter than the table while its last rows have no value.
  std::vector<symbol> codes;
};

class network_builder {
 public:
  explicit network_builder(const read_options& options) : options_(options) {}
  network_builder(const network_builder&) = delete;
  network_builder& operator=(const network_builder&) = delete;

  [[nodiscard]] const read_options& options() const noexcept { return options_; }

  /// Rows from now on come from this file. `source` must outlive the builder's next start_file or
  /// finish. `format`: as file_accounting names it.
  void start_file(const text_source& source, std::string format);

  /// The column of this name, made when it is new. Names are recognised as those of CSV headers are
  /// ("国家" is the country), the first column that means a field has it; a further one, and every
  /// name without a meaning, is a further column. "id", "giver" and "taker" are no columns of that
  /// meaning here: they are arguments of their own.
  [[nodiscard]] std::uint32_t actor_column(std::string_view name);
  [[nodiscard]] std::uint32_t relation_column(std::string_view name);

  /// A row of actors. An id that was there before is joined with it: values that were not given are
  /// filled in, of two different ones the first stays (and a note says so), role sample wins.
  /// Rejected (false) when the id is empty.
  bool add_actor(row_place place, std::string_view id, std::span<const cell> cells);

  /// A relation; actors that are new appear. Rejected (false) when an end is empty or its weight is
  /// no finite number.
  bool add_relation(row_place place, std::string_view giver, std::string_view taker,
                    relation_direction direction, std::span<const cell> cells);
  /// The same with a weight that was read already. Precondition: it is finite, and no cell is of a
  /// column of weights.
  bool add_relation(row_place place, std::string_view giver, std::string_view taker,
                    relation_direction direction, double weight, std::span<const cell> cells);

  /// A value that a reader learns of only after its relation was added. The row has none so far.
  void fill_in_relation(std::size_t relation, const cell& value);

  /// A row that the reader itself cannot accept, or leaves out on purpose. `reason` is a sentence
  /// (rejected: what was found, what was expected).
  void reject_actor(row_place place, std::string reason);
  void reject_relation(row_place place, std::string reason);
  void drop_actors(const std::string& reason, std::uint64_t count = 1);
  void drop_relations(const std::string& reason, std::uint64_t count = 1);
  /// A fact about the file that its reader should know.
  void note(std::string fact);

  /// Whether anybody will see the next rejected row: where not, reject_unseen counts as well.
  [[nodiscard]] bool shows_rejected() const noexcept;
  enum class row_of : std::uint8_t { actors, relations };
  void reject_unseen(row_of table, std::uint64_t count);

  /// A whole table of actors or relations at once, each column with its name and what it means.
  /// The same as adding its rows one by one. Of relations at most one table, and none before it.
  struct actor_table_column {
    actor_field field;
    std::string name;
    parsed_words values;
  };
  struct relation_table_column {
    relation_field field;
    std::string name;
    parsed_words values;
  };
  void adopt_actors(parsed_table table, std::vector<actor_table_column> columns, parallel& workers);
  void adopt_relations(parsed_table table, std::vector<relation_table_column> columns,
                       relation_direction direction, parallel& workers);
  /// An actor that the file declares without giving it a row.
  void declare_actor(std::string_view id) { (void)intern_actor(id); }

  /// Whether the id is known, and how many actors and relations there are so far.
  [[nodiscard]] bool has_actor(std::string_view id) const noexcept;
  [[nodiscard]] std::string_view actor_name(std::size_t actor) const noexcept {
    return ids_[static_cast<symbol>(actor + 1)];
  }
  [[nodiscard]] std::size_t actor_count() const noexcept { return ids_.size() - 1; }
  [[nodiscard]] std::size_t relation_count() const noexcept { return givers_.size(); }

  /// The network and where every row went. The builder is empty afterwards.
  [[nodiscard]] read_result finish(const execution& exec);

 private:
  struct actor_building : building_column {
    actor_field field = actor_field::more;
  };
  struct relation_building : building_column {
    relation_field field = relation_field::more;
  };

  file_accounting& file() { return accounting_.files.back(); }
  void reject(row_place place, std::string reason);
  void drop(const std::string& reason, std::uint64_t count);
  actor_id intern_actor(std::string_view id);
  std::vector<actor_id> intern_actors(vocabulary words, parallel& workers);
  void set_actor_cell(std::size_t actor, const cell& value);
  void set_relation_cell(std::size_t relation, const cell& value);
  void check_columns(std::size_t columns) const;
  void charge_cells(std::size_t cells);
  void close_file();
  [[nodiscard]] actor_table finish_actors();
  [[nodiscard]] relation_table finish_relations(parallel& workers);
  [[nodiscard]] bool finish_roles(actor_table& actors, const building_column& column);
  [[nodiscard]] bool finish_years(relation_table& relations, const building_column& column,
                                  parallel& workers);
  [[nodiscard]] bool finish_directions(const building_column& column, std::size_t rows,
                                       bool has_kinds);
  void finish_kinds(relation_table& relations, parallel& workers);

  const read_options& options_;
  const text_source* source_ = nullptr;
  line_counter lines_{std::string_view{}};
  import_accounting accounting_;

  vocabulary ids_;
  std::vector<actor_building> actor_columns_;
  std::vector<std::uint8_t> has_row_;  // of actors: whether there is a row of their own
  std::uint64_t contradictions_ = 0;

  std::vector<actor_id> givers_;
  std::vector<actor_id> takers_;
  std::vector<double> weights_;
  std::vector<std::uint8_t> both_ways_;
  std::vector<relation_building> relation_columns_;
  std::uint64_t decimal_commas_ = 0;
  std::uint64_t zero_weights_ = 0;

  std::uint64_t cell_memory_ = 0;
  std::uint64_t cell_memory_limit_ = 0;
};

}  // namespace valuenet::detail
