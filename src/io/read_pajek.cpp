// Pajek's .net files: vertices, arcs and edges with or without values, lists, matrices, several
// relations, two modes. Line by line; a line begins a section with *, a comment with %.
// Source: Batagelj, Mrvar, Pajek reference manual.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "detail/cell_values.hpp"
#include "detail/format_readers.hpp"
#include "detail/reading_look.hpp"
#include "detail/wording.hpp"

namespace valuenet::detail {
namespace {

using std::string_view;

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// A word of a line; quoted words come without their quotes.
struct pajek_word {
  string_view text;
  bool is_quoted = false;
};

/// Takes the first word off the line; nothing at its end.
std::optional<pajek_word> take_word(string_view& line) {
  std::size_t begin = 0;
  while (begin < line.size() && is_blank(line[begin])) ++begin;
  line.remove_prefix(begin);
  if (line.empty()) return std::nullopt;
  if (line[0] == '"') {
    const std::size_t close = std::min(line.find('"', 1), line.size());
    const pajek_word word{line.substr(1, close - 1), true};
    line.remove_prefix(std::min(close + 1, line.size()));
    return word;
  }
  std::size_t end = 0;
  while (end < line.size() && !is_blank(line[end])) ++end;
  const pajek_word word{line.substr(0, end), false};
  line.remove_prefix(end);
  return word;
}

std::optional<std::uint64_t> whole_number(string_view text) {
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_number(string_view text) {
  return parse_number(text, false).problem == number_problem::none;
}

bool is_directive(string_view word, string_view lower) {
  return std::equal(word.begin(), word.end(), lower.begin(), lower.end(), [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  });
}

enum class section : std::uint8_t {
  preface,  ///< before *Vertices
  vertices,
  arcs,
  edges,
  arc_lists,
  edge_lists,
  matrix,
  unread,  ///< what is no part of a network, and further networks
};

class pajek_reader {
 public:
  pajek_reader(const text_source& source, network_builder& network, const execution& exec)
      : source_(source),
        text_(source.text()),
        network_(network),
        look_(exec, source.text().size()) {}

  void read() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = std::min(text_.find_first_of("\r\n", at), text_.size());
      look_.at(at);
      read_line(at, text_.substr(at, end - at));
      at = end + 1;
    }
    end_section();
    if (!has_vertices_) source_.fail(0, "holds no *Vertices line; a Pajek network begins with one");
    take_notes();
  }

 private:
  void read_line(std::size_t offset, string_view line) {
    string_view rest = trim(line);
    if (rest.empty() || rest[0] == '%') return;
    if (rest[0] == '*') {
      end_section();
      begin_section(offset, rest);
      return;
    }
    const row_place place{offset, line};
    switch (section_) {
      case section::preface:
        ++preface_lines_;
        break;
      case section::vertices:
        read_vertex(place, rest);
        break;
      case section::arcs:
      case section::edges:
        read_edge(place, rest);
        break;
      case section::arc_lists:
      case section::edge_lists:
        read_list(place, rest);
        break;
      case section::matrix:
        read_matrix_row(place, rest);
        break;
      case section::unread:
        ++unread_lines_;
        break;
    }
  }

  void begin_section(std::size_t offset, string_view line) {
    section_offset_ = offset;
    const string_view name = take_word(line)->text;
    const bool is_relation = is_directive(name, "*arcs") || is_directive(name, "*edges") ||
                             is_directive(name, "*arcslist") || is_directive(name, "*edgeslist") ||
                             is_directive(name, "*matrix");
    if (is_directive(name, "*network")) {
      if (has_vertices_) is_over_ = true;
      if (is_over_ && unread_section_.empty()) unread_section_ = name;
      section_ = is_over_ ? section::unread : section::preface;
    } else if (is_directive(name, "*vertices") && !has_vertices_) {
      begin_vertices(offset, line);
    } else if (!is_relation || is_over_) {
      // Partitions, vectors and further networks have vertices of their own.
      if (has_vertices_) is_over_ = true;
      if (unread_section_.empty()) unread_section_ = shortened(name);
      section_ = section::unread;
    } else if (!has_vertices_) {
      source_.fail(offset, fmt::format("{} stands before *Vertices, which says how many vertices "
                                       "there are",
                                       name));
    } else {
      section_ = is_directive(name, "*arcs")        ? section::arcs
                 : is_directive(name, "*edges")     ? section::edges
                 : is_directive(name, "*arcslist")  ? section::arc_lists
                 : is_directive(name, "*edgeslist") ? section::edge_lists
                                                    : section::matrix;
      kind_ = relation_of(line);
      matrix_row_ = 0;
    }
  }

  /// ":2 \"advice\"" names one of several relations; without a name its number is the kind.
  static std::string relation_of(string_view line) {
    const auto number = take_word(line);
    if (!number || !number->text.starts_with(':')) return {};
    const auto name = take_word(line);
    return std::string(name && !name->text.empty() ? name->text : number->text.substr(1));
  }

  // --- Vertices --------------------------------------------------------------------------------

  void begin_vertices(std::size_t offset, string_view line) {
    const auto count = take_word(line);
    const auto number = count ? whole_number(count->text) : std::nullopt;
    if (!number) {
      source_.fail(offset, "*Vertices without the number of vertices; it reads *Vertices 43742");
    }
    // Vertices need no line of their own, so a few bytes could ask for any memory.
    const std::uint64_t most = 1000000 + static_cast<std::uint64_t>(text_.size());
    if (*number > most) {
      source_.fail(offset, fmt::format("*Vertices says {} vertices, which a file of {} bytes does "
                                       "not have; it is damaged",
                                       *number, text_.size()));
    }
    if (const auto first_mode = take_word(line)) {
      const auto size = whole_number(first_mode->text);
      if (!size || *size > *number) {
        source_.fail(offset, fmt::format("*Vertices {} {}: of two-mode vertices the second number "
                                         "says how many are in the first mode",
                                         *number, first_mode->text));
      }
      first_mode_ = *size;
    }
    has_vertices_ = true;
    vertex_count_ = *number;
    labels_.assign(vertex_count_, {});
    has_line_.assign(vertex_count_, false);
    section_ = section::vertices;
  }

  void read_vertex(row_place place, string_view line) {
    const auto number = take_word(line);
    const auto vertex = vertex_of(number->text);
    if (!vertex) {
      network_.reject_actor(place, no_vertex_reason(number->text));
      return;
    }
    if (has_line_[*vertex]) {
      network_.drop_actors("vertex listed before");
      return;
    }
    has_line_[*vertex] = true;
    if (const auto label = take_word(line)) labels_[*vertex] = label->text;
    if (!trim(line).empty()) has_drawing_ = true;
  }

  /// The place of a vertex's number.
  [[nodiscard]] std::optional<std::uint64_t> vertex_of(string_view text) const {
    const auto number = whole_number(text);
    if (!number || *number == 0 || *number > vertex_count_) return std::nullopt;
    return *number - 1;
  }

  [[nodiscard]] std::string no_vertex_reason(string_view text) const {
    return fmt::format("\"{}\" is no vertex; vertices are numbered from 1 to {}", shortened(text),
                       vertex_count_);
  }

  /// Every vertex is an actor, with a line or without.
  void end_vertices() {
    const std::uint32_t label = network_.actor_column("label");
    const std::uint32_t mode = first_mode_ ? network_.actor_column("mode") : 0;
    std::uint64_t without_line = 0;
    for (std::uint64_t v = 0; v < vertex_count_; ++v) {
      const std::string id = std::to_string(v + 1);
      cells_.clear();
      if (!labels_[v].empty() && labels_[v] != id) cells_.push_back({label, labels_[v]});
      if (first_mode_) cells_.push_back({mode, v < *first_mode_ ? "1" : "2"});
      network_.add_actor({section_offset_, {}}, id, cells_);
      if (!has_line_[v]) ++without_line;
    }
    if (without_line != 0) {
      network_.note(count_of(without_line, "vertex has no line of its own",
                             "vertices have no line of their own"));
    }
    labels_ = {};
    has_line_ = {};
  }

  /// The first word of what is left of a line of the text; long lines may be stopped in.
  std::optional<pajek_word> next_word(string_view& line) {
    look_.at(static_cast<std::size_t>(line.data() - text_.data()));
    return take_word(line);
  }

  // --- Arcs and edges --------------------------------------------------------------------------

  void read_edge(row_place place, string_view line) {
    const auto giver = next_word(line);
    const auto taker = next_word(line);
    if (!taker) {
      network_.reject_relation(place, "a single number; an arc or edge joins two vertices");
      return;
    }
    cells_.clear();
    if (auto word = next_word(line)) {
      if (!word->is_quoted && looks_like_value(word->text)) {
        cells_.push_back({network_.relation_column("weight"), word->text});
        word = next_word(line);
      }
      // Pairs of a property and its value: l "a label", c Red, w 2, p Dots ...
      for (; word; word = next_word(line)) {
        if (word->text.starts_with('[')) {
          ++times_;
        } else if (word->text == "l" && !word->is_quoted) {
          if (const auto label = next_word(line)) {
            cells_.push_back({network_.relation_column("label"), label->text});
          }
        } else {
          has_drawing_ = true;
          (void)next_word(line);
        }
      }
    }
    add(place, giver->text, taker->text);
  }

  static bool looks_like_value(string_view word) {
    const char c = word.empty() ? ' ' : word[0];
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  /// Adds a relation of the section between two vertices as they are written, with cells_.
  void add(row_place place, string_view giver, string_view taker) {
    const auto from = vertex_of(giver);
    const auto to = vertex_of(taker);
    if (!from || !to) {
      network_.reject_relation(place, no_vertex_reason(from ? taker : giver));
      return;
    }
    add(place, *from, *to);
  }

  void add(row_place place, std::uint64_t giver, std::uint64_t taker) {
    if (!kind_.empty()) cells_.push_back({network_.relation_column("kind"), kind_});
    const bool both_ways = section_ == section::edges || section_ == section::edge_lists ||
                           (section_ == section::matrix && first_mode_.has_value());
    write_id(giver, giver_);
    write_id(taker, taker_);
    network_.add_relation(
        place, giver_, taker_,
        both_ways ? relation_direction::both_ways : relation_direction::giver_to_taker, cells_);
  }

  /// Numbers as ids: 007 is 7.
  static void write_id(std::uint64_t vertex, std::string& id) { id = std::to_string(vertex + 1); }

  /// One vertex, and all that it is joined to.
  void read_list(row_place place, string_view line) {
    const auto giver = next_word(line);
    bool is_alone = true;
    while (const auto taker = next_word(line)) {
      is_alone = false;
      cells_.clear();
      add(place, giver->text, taker->text);
    }
    if (is_alone && !vertex_of(giver->text)) {
      network_.reject_relation(place, no_vertex_reason(giver->text));
    }
  }

  // --- Matrices --------------------------------------------------------------------------------

  [[nodiscard]] std::uint64_t matrix_rows() const { return first_mode_.value_or(vertex_count_); }
  [[nodiscard]] std::uint64_t first_column() const { return first_mode_.value_or(0); }

  void read_matrix_row(row_place place, string_view line) {
    const std::uint64_t columns = vertex_count_ - first_column();
    if (matrix_row_ >= matrix_rows()) {
      source_.fail(place.offset, fmt::format("a row beyond the {} of the matrix", matrix_rows()));
    }
    std::uint64_t column = 0;
    for (; const auto word = column < columns ? next_word(line) : std::nullopt; ++column) {
      if (!is_number(word->text)) {
        source_.fail(place.offset, fmt::format("\"{}\" in a matrix, where a number was expected",
                                               shortened(word->text)));
      }
      if (parse_number(word->text, false).value == 0.0) continue;
      cells_.assign(1, {network_.relation_column("weight"), word->text});
      add(place, matrix_row_, first_column() + column);
    }
    if (column != columns) {
      source_.fail(place.offset,
                   fmt::format("row {} of the matrix has {} values where {} were expected",
                               matrix_row_ + 1, column, columns));
    }
    if (!trim(line).empty()) ++long_rows_;
    ++matrix_row_;
  }

  void end_section() {
    if (section_ == section::vertices) end_vertices();
    if (section_ == section::matrix && matrix_row_ != matrix_rows()) {
      source_.fail(section_offset_,
                   fmt::format("the matrix has {} rows where {} were expected; the file is not "
                               "whole",
                               matrix_row_, matrix_rows()));
    }
    section_ = section::unread;
  }

  void take_notes() {
    if (preface_lines_ != 0) {
      network_.note(count_of(preface_lines_, "line", "lines") + " before *Vertices passed over");
    }
    if (!unread_section_.empty()) {
      network_.note(fmt::format("{} of further sections ({} ...) not read",
                                count_of(unread_lines_, "line", "lines"), unread_section_));
    }
    if (long_rows_ != 0) {
      network_.note(count_of(long_rows_, "row of the matrix goes", "rows of the matrix go") +
                    " on behind its last column; what stands there was not read");
    }
    if (has_drawing_) network_.note("coordinates, colours and shapes were not read");
    if (times_ != 0) {
      network_.note(
          fmt::format("the times [...] of {} relations were not read; they are kept for "
                      "all time",
                      times_));
    }
  }

  const text_source& source_;
  string_view text_;
  network_builder& network_;
  reading_look look_;

  section section_ = section::preface;
  std::size_t section_offset_ = 0;
  std::string kind_;
  bool has_vertices_ = false;
  bool is_over_ = false;
  bool has_drawing_ = false;
  std::uint64_t vertex_count_ = 0;
  /// Vertices of the first mode, of two.
  std::optional<std::uint64_t> first_mode_;
  std::vector<string_view> labels_;
  std::vector<bool> has_line_;
  std::vector<cell> cells_;
  std::string giver_;
  std::string taker_;
  std::uint64_t matrix_row_ = 0;
  std::uint64_t long_rows_ = 0;
  std::uint64_t preface_lines_ = 0;
  std::uint64_t unread_lines_ = 0;
  std::uint64_t times_ = 0;
  std::string unread_section_;
};

}  // namespace

void read_pajek(const text_source& source, network_builder& network, const execution& exec) {
  pajek_reader(source, network, exec).read();
}

}  // namespace valuenet::detail
