// What the writers of network files have in common: statistics to write beside the network, and
// what they give back.
#pragma once

#include <cstdint>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace valuenet {

/// Numbers that were computed for every actor or every relation of what is written (for a
/// selection: for every vertex or every arc, in their order), under the name that the file shows.
/// Copies the numbers: 8 bytes each.
struct computed_column {
  std::string name;
  std::vector<double> values;
  /// Empty: every value is defined. Else one entry a value; an undefined one is left out.
  std::vector<bool> defined;
  /// Written as integers.
  bool whole_numbers = false;

  computed_column() = default;
  /// From any range of numbers. Ranges of an integer type are written as integers.
  template <std::ranges::input_range Values>
  computed_column(std::string column, const Values& numbers) : name(std::move(column)) {
    for (const auto& number : numbers) values.push_back(static_cast<double>(number));
    whole_numbers = std::is_integral_v<std::ranges::range_value_t<Values>>;
  }
  /// The same with a range of flags: nonzero where the number is defined.
  template <std::ranges::input_range Values, std::ranges::input_range Flags>
  computed_column(std::string column, const Values& numbers, const Flags& is_defined)
      : computed_column(std::move(column), numbers) {
    for (const auto& flag : is_defined) defined.push_back(static_cast<bool>(flag));
  }
};

/// Where an actor stands in a drawing.
struct position {
  double x = 0.0;
  double y = 0.0;
};

/// The colour of a circle in a drawing: red, green and blue, 0 to 255.
struct drawn_color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

struct write_options {
  /// Statistics of actors, one value for each (of a selection: for each vertex).
  std::vector<computed_column> actor_columns{};
  /// Statistics of relations, one value for each (of a selection: for each arc; of an undirected
  /// edge's two arcs the one from the smaller vertex is written).
  std::vector<computed_column> relation_columns{};
  /// Empty, or one for every actor (vertex).
  std::vector<position> positions{};
  /// The same: the radius of its circle, in the unit of the positions. GEXF only, as are colours.
  std::vector<double> sizes{};
  std::vector<drawn_color> colors{};
  /// A sentence for the file's description. A made-up network's notice stands before it anyway.
  std::string description{};
};

/// What went into the file.
struct write_result {
  std::uint64_t actors = 0;
  /// Of a selection: edges of its graph.
  std::uint64_t relations = 0;
  /// Characters that the format cannot hold (such as control characters in XML) and that became
  /// U+FFFD.
  std::uint64_t replaced_characters = 0;
  /// Columns of the network that gave way to a computed column of the same name.
  std::vector<std::string> replaced_columns{};
};

}  // namespace valuenet
