// What the columns of tables are called: ours, Gephi's, and what people write in English and
// Chinese.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet::detail {

/// What a column of an actor table says.
enum class actor_field : std::uint8_t {
  id,
  label,
  role,
  type,
  country,
  province,
  city,
  sector,
  industry,
  more,  ///< something that valuenet has no meaning for
};

/// What a column of a relation table says.
enum class relation_field : std::uint8_t {
  giver,
  taker,
  dimension,
  kind,
  technology,
  application,
  weight,
  year,
  direction,  ///< Gephi's Type: Directed or Undirected; where it says something else, a kind
  more,
};

/// In lower case (ASCII), without blanks, '_', '-', '.' and ':': how names are compared.
[[nodiscard]] std::string plain_name(std::string_view name);

/// What a column of this name says when nothing else is known.
[[nodiscard]] actor_field actor_field_named(std::string_view name);
[[nodiscard]] relation_field relation_field_named(std::string_view name);

/// A caller's own name for a field's column.
template <class Field>
struct field_wish {
  Field field;
  std::string_view column;
};

/// For every column of a header its field; no field but `more` occurs twice. The caller's names
/// come first, then of two columns with names for one field the one with the better known name,
/// then the earlier. An actor table with labels and no ids has its labels for ids.
[[nodiscard]] std::vector<actor_field> actor_fields(std::span<const std::string> header,
                                                    std::span<const field_wish<actor_field>> named);
[[nodiscard]] std::vector<relation_field> relation_fields(
    std::span<const std::string> header, std::span<const field_wish<relation_field>> named);

/// "giver", "taker", "id", ... as valuenet itself writes them; empty for `more`.
[[nodiscard]] std::string_view name_of(actor_field field);
[[nodiscard]] std::string_view name_of(relation_field field);

}  // namespace valuenet::detail
