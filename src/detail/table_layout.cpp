#include "detail/table_layout.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "detail/cell_values.hpp"
#include "detail/utf8.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t sampled_rows = 100;
constexpr std::size_t sampled_bytes = std::size_t{4} << 20;
/// As many as the widest spreadsheet has.
constexpr std::size_t most_columns = 16384;

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

using row = std::vector<std::string>;

/// The first rows of the text from `begin` on, by a dialect. A row that the sample's end cuts is
/// left out.
std::vector<row> sample_rows(std::string_view text, std::size_t begin, const dialect& how,
                             bool skips_comments) {
  const std::string_view sample =
      text.substr(0, begin + std::min(sampled_bytes, text.size() - begin));
  std::vector<row> rows;
  std::vector<field> fields;
  for (std::size_t at = begin; at < sample.size() && rows.size() < sampled_rows;) {
    const bool is_comment = skips_comments && (sample[at] == '#' || sample[at] == '%');
    at = read_record(sample, at, how, fields);
    if (at == sample.size() && sample.size() != text.size()) break;
    if (is_comment || fields.empty()) continue;
    row& values = rows.emplace_back();
    for (const field& each : fields) values.push_back(value_of(each));
  }
  return rows;
}

bool is_number(std::string_view text) {
  text = trim(text);
  return !text.empty() && parse_number(text, true).problem == number_problem::none;
}

std::string list_of(const row& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 8); ++i) {
    if (i != 0) list += ", ";
    list += utf8_prefix(names[i], 40);
  }
  if (names.size() > 8) list += ", ... (" + std::to_string(names.size()) + " columns)";
  return list;
}

/// Names as they are kept: without blanks around, none empty, none twice.
void tidy_header(row& header) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::string name(trim(header[i]));
    if (name.empty()) name = "column_" + std::to_string(i + 1);
    std::size_t& times = seen[name];
    header[i] = ++times == 1 ? name : name + '_' + std::to_string(times);
  }
}

std::vector<field_wish<relation_field>> relation_wishes(const read_options& options) {
  std::vector<field_wish<relation_field>> wishes;
  const std::pair<relation_field, const std::string*> named[] = {
      {relation_field::giver, &options.giver_column},
      {relation_field::taker, &options.taker_column},
      {relation_field::weight, &options.weight_column},
      {relation_field::kind, &options.kind_column},
      {relation_field::dimension, &options.dimension_column},
      {relation_field::year, &options.year_column},
  };
  for (const auto& [field, column] : named) {
    if (!column->empty()) wishes.push_back({field, *column});
  }
  return wishes;
}

std::vector<field_wish<actor_field>> actor_wishes(const read_options& options) {
  std::vector<field_wish<actor_field>> wishes;
  if (!options.id_column.empty()) wishes.push_back({actor_field::id, options.id_column});
  if (!options.label_column.empty()) wishes.push_back({actor_field::label, options.label_column});
  return wishes;
}

template <class Field>
bool has_field(const std::vector<Field>& fields, Field wanted) {
  return std::find(fields.begin(), fields.end(), wanted) != fields.end();
}

bool names_relations(const std::vector<relation_field>& fields) {
  return has_field(fields, relation_field::giver) && has_field(fields, relation_field::taker);
}

/// Throws when the caller named a column that is not there.
template <class Field>
void check_wishes(const std::vector<field_wish<Field>>& wishes, const row& header,
                  const std::string& file) {
  for (const field_wish<Field>& wish : wishes) {
    const std::string plain = plain_name(wish.column);
    const bool is_there = std::any_of(header.begin(), header.end(), [&](const std::string& name) {
      return plain_name(name) == plain;
    });
    if (is_there) continue;
    throw std::invalid_argument("read_options." + std::string(name_of(wish.field)) +
                                "_column is \"" + std::string(wish.column) + "\"; the columns of " +
                                file + " are " + list_of(header));
  }
}

/// Finds out what a table is, step by step.
class examiner {
 public:
  examiner(const text_source& source, const read_options& options, table_wanted wanted)
      : source_(source), text_(source.text()), options_(options), wanted_(wanted) {}

  table_layout run() {
    skip_blank_lines();
    read_separator_line();
    read_comments();
    if (begin_ >= text_.size()) {
      if (layout_.declared_vertices) return edge_list({});
      source_.fail(0, "holds comments and no table");
    }
    choose_dialect();
    rows_ = sample_rows(text_, begin_, layout_.how, false);
    if (rows_.empty())
      source_.fail(0, "holds nothing but blanks and separators; a table was expected");
    check_width();
    const bool is_any = options_.format != "csv";
    if (options_.format == "edge list") return headless_edge_list();
    if (options_.format == "matrix") return matrix();
    if (recognise_header()) return std::move(layout_);
    if (is_any && wanted_ == table_wanted::any && looks_like_matrix()) return matrix();
    if (is_any && wanted_ != table_wanted::actors) return headless_edge_list();
    refuse_header();
  }

 private:
  void skip_blank_lines() {
    // Blanks that stand before the first value belong to its line.
    std::size_t at = 0;
    while (at < text_.size() && (is_line_end(text_[at]) || text_[at] == ' ' || text_[at] == '\t')) {
      if (is_line_end(text_[at])) begin_ = at + 1;
      ++at;
    }
  }

  [[nodiscard]] std::string_view line_at(std::size_t begin) const {
    return text_.substr(begin, text_.find_first_of("\r\n", begin) - begin);
  }

  /// A spreadsheet's first line "sep=;".
  void read_separator_line() {
    const std::string_view line = line_at(begin_);
    if (line.size() == 5 && plain_name(line.substr(0, 4)) == "sep=") {
      separator_ = line[4];
      begin_ += line.size();
      while (begin_ < text_.size() && is_line_end(text_[begin_])) ++begin_;
    }
  }

  /// Lines that begin with '#' or '%' before the first row.
  void read_comments() {
    while (begin_ < text_.size() && (text_[begin_] == '#' || text_[begin_] == '%')) {
      const std::string_view line = line_at(begin_);
      if (line.starts_with("%%MatrixMarket")) {
        source_.fail(begin_,
                     "is a Matrix Market file; valuenet reads edge lists: rows of two ids and "
                     "perhaps a weight, without the line of sizes");
      }
      read_declaration(line);
      last_comment_ = line.substr(1);
      begin_ += line.size();
      while (begin_ < text_.size() && is_line_end(text_[begin_])) ++begin_;
    }
  }

  void read_declaration(std::string_view line) {
    const auto number_behind = [&](std::string_view key) -> std::optional<std::uint64_t> {
      const std::size_t at = line.find(key);
      if (at == npos) return std::nullopt;
      std::uint64_t value = 0;
      const char* const first = line.data() + at + key.size();
      const auto [end, problem] = std::from_chars(first, line.data() + line.size(), value);
      return problem == std::errc{} ? std::optional(value) : std::nullopt;
    };
    if (const auto vertices = number_behind("vertices=")) {
      layout_.declared_vertices = vertices;
      layout_.declared_edges = number_behind("edges=");
      if (number_behind("directed=") == 0U) layout_.direction = relation_direction::both_ways;
    }
    if (line.starts_with("% sym")) layout_.direction = relation_direction::both_ways;
  }

  [[nodiscard]] std::vector<relation_field> relation_meaning(const row& header) const {
    const auto wishes = relation_wishes(options_);
    return detail::relation_fields(header, wishes);
  }
  [[nodiscard]] std::vector<actor_field> actor_meaning(const row& header) const {
    const auto wishes = actor_wishes(options_);
    return detail::actor_fields(header, wishes);
  }

  void choose_dialect() {
    char wanted = options_.separator != 0 ? options_.separator : separator_;
    if (wanted == 0) {
      double best = 0.0;
      for (const char candidate : {'\t', ';', ',', '|', ' '}) {
        const double value = merit(candidate);
        if (value > best) {
          best = value;
          wanted = candidate;
        }
      }
    }
    if (wanted != 0) layout_.how = dialect_of(wanted);
  }

  [[nodiscard]] static dialect dialect_of(char separator) {
    return {.separator = separator, .is_blank_separated = separator == ' '};
  }

  /// How well the text divides by a separator: 0 is not at all, up to 1 for equal rows, 1 more for
  /// a header that is known.
  [[nodiscard]] double merit(char separator) const {
    dialect how = dialect_of(separator);
    std::vector<row> rows = sample_rows(text_, begin_, how, false);
    if (rows.empty() || rows[0].size() < 2) return 0.0;
    for (std::string& name : rows[0]) name = trim(name);
    const bool is_known = names_relations(relation_meaning(rows[0])) ||
                          has_field(actor_meaning(rows[0]), actor_field::id);
    // NetworkX's edge lists end in a dictionary, with blanks and commas of its own.
    if (separator == ' ' && rows[0].size() > 2 && rows[0][2].starts_with('{')) return 1.5;
    const auto equal = std::count_if(
        rows.begin(), rows.end(), [&](const row& each) { return each.size() == rows[0].size(); });
    return (is_known ? 1.0 : 0.0) + static_cast<double>(equal) / static_cast<double>(rows.size());
  }

  void check_width() const {
    if (rows_[0].size() <= most_columns || options_.format == "matrix") return;
    if (looks_like_matrix()) return;
    source_.fail(begin_, "has " + std::to_string(rows_[0].size()) +
                             " columns in its first row; at most " + std::to_string(most_columns) +
                             " are read");
  }

  /// Whether the first row names the columns of relations or actors; sets the layout then.
  bool recognise_header() {
    row header = rows_[0];
    tidy_header(header);
    const auto relations = relation_meaning(header);
    const auto actors = actor_meaning(header);
    // Names without ids make a table of actors only for whoever says that it is one.
    const bool has_ids = !options_.id_column.empty() ||
                         std::any_of(header.begin(), header.end(), [](const std::string& name) {
                           return actor_field_named(name) == actor_field::id;
                         });
    const bool are_actors =
        has_field(actors, actor_field::id) && (has_ids || wanted_ == table_wanted::actors);
    layout_.header = std::move(header);
    if (wanted_ == table_wanted::actors) {
      check_wishes(actor_wishes(options_), layout_.header, source_.file());
      if (are_actors && (!names_relations(relations) || !options_.id_column.empty())) {
        return set_header(table_kind::actors, {}, actors);
      }
      if (names_relations(relations)) {
        source_.fail(begin_, "is a table of relations (columns " + list_of(layout_.header) +
                                 ") where a table of actors was expected; give it as the table of "
                                 "relations");
      }
      return false;
    }
    if (names_relations(relations) || wanted_ == table_wanted::relations ||
        !options_.giver_column.empty() || !options_.taker_column.empty()) {
      check_wishes(relation_wishes(options_), layout_.header, source_.file());
    }
    if (names_relations(relations)) return set_header(table_kind::relations, relations, {});
    if (!are_actors) return false;
    if (wanted_ == table_wanted::relations) {
      source_.fail(begin_, "is a table of actors (columns " + list_of(layout_.header) +
                               ") without columns for giver and taker, such as Source and Target; "
                               "give it as the table of actors, or name the two columns with "
                               "read_options.giver_column and taker_column");
    }
    return set_header(table_kind::actors, {}, actors);
  }

  bool set_header(table_kind kind, std::vector<relation_field> relations,
                  std::vector<actor_field> actors) {
    std::vector<field> fields;
    layout_.data_begin = read_record(text_, begin_, layout_.how, fields);
    layout_.kind = kind;
    layout_.relation_fields = std::move(relations);
    layout_.actor_fields = std::move(actors);
    return true;
  }

  [[noreturn]] void refuse_header() const {
    const char* const expected =
        wanted_ == table_wanted::actors
            ? "a column id (or Id, name, 编号) was expected; name it with read_options.id_column"
            : "columns for giver and taker (or Source and Target, from and to, 来源 and 目标) were "
              "expected; name them with read_options.giver_column and taker_column";
    source_.fail(begin_, "the columns " + list_of(rows_[0]) + " name no network: " + expected);
  }

  [[nodiscard]] bool looks_like_matrix() const {
    const row& header = rows_[0];
    if (header.size() < 3 || rows_.size() < 2) return false;
    // Pairs of numbers may be edges, whatever they repeat.
    if (is_number(header[0])) return false;
    const std::set<std::string> names(header.begin() + 1, header.end());
    for (std::size_t r = 1; r < rows_.size(); ++r) {
      if (rows_[r].size() != header.size() || names.count(rows_[r][0]) == 0) return false;
      for (std::size_t c = 1; c < std::min<std::size_t>(rows_[r].size(), 100); ++c) {
        if (!trim(rows_[r][c]).empty() && !is_number(rows_[r][c])) return false;
      }
    }
    // As many rows as columns, as far as the sample goes.
    return rows_.size() == header.size() || rows_.size() == sampled_rows ||
           text_.size() - begin_ > sampled_bytes;
  }

  table_layout matrix() {
    layout_.kind = table_kind::matrix;
    layout_.how.quotes_span_lines = true;
    layout_.has_labels =
        looks_like_matrix() || !is_number(rows_[0][0]) || trim(rows_[0][0]).empty();
    layout_.data_begin = begin_;
    if (layout_.has_labels) {
      std::vector<field> fields;
      layout_.data_begin = read_record(text_, begin_, layout_.how, fields);
      layout_.header = rows_[0];
    }
    return std::move(layout_);
  }

  table_layout edge_list(row columns) {
    layout_.kind = table_kind::edge_list;
    layout_.how.quotes_span_lines = false;
    layout_.data_begin = begin_;
    layout_.relation_fields = relation_meaning(columns);
    layout_.header = std::move(columns);
    return std::move(layout_);
  }

  /// Columns that the last comment names, as in SNAP's "# FromNodeId ToNodeId".
  [[nodiscard]] row commented_header(std::size_t columns) const {
    std::vector<row> named = sample_rows(last_comment_, 0, layout_.how, false);
    if (named.empty() || named[0].size() != columns) return {};
    tidy_header(named[0]);
    return names_relations(relation_meaning(named[0])) ? named[0] : row{};
  }

  table_layout headless_edge_list() {
    dialect how = layout_.how;
    how.quotes_span_lines = false;
    const std::vector<row> rows = sample_rows(text_, begin_, how, true);
    if (rows.empty()) source_.fail(begin_, "holds comments and no table");
    const auto [least, most] = std::minmax_element(
        rows.begin(), rows.end(), [](const row& a, const row& b) { return a.size() < b.size(); });
    const bool has_dictionary = std::any_of(rows.begin(), rows.end(), [](const row& each) {
      return each.size() > 2 && each[2].starts_with('{');
    });
    const std::size_t columns = has_dictionary ? 3 : most->size();
    const auto single =
        std::count_if(rows.begin(), rows.end(), [](const row& each) { return each.size() == 1; });
    if (static_cast<std::size_t>(single) * 2 > rows.size()) refuse_single_column(rows);
    const bool is_forced = options_.format == "edge list";
    if (!is_forced) refuse_unknown_header(rows);
    if (columns > 4 && least->size() != most->size()) {
      source_.fail(begin_,
                   "has rows of " + std::to_string(least->size()) + " to " +
                       std::to_string(most->size()) +
                       " values, as adjacency lists have; an edge list has two ids a row and "
                       "perhaps a weight");
    }
    if (columns > 4 && !is_forced) refuse_header();

    row names = commented_header(columns);
    if (names.empty()) {
      const bool third_is_number = std::all_of(rows.begin(), rows.end(), [](const row& each) {
        return each.size() < 3 || trim(each[2]).empty() || is_number(each[2]) ||
               each[2].starts_with('{');
      });
      names = {"giver", "taker"};
      if (columns > 2) names.emplace_back(third_is_number ? "weight" : "kind");
      for (std::size_t c = 3; c < columns; ++c) names.push_back("column_" + std::to_string(c + 1));
    }
    layout_.has_attributes = has_dictionary;
    return edge_list(std::move(names));
  }

  [[noreturn]] void refuse_single_column(const std::vector<row>& rows) const {
    const auto numbers =
        std::count_if(rows.begin(), rows.end(), [](const row& each) { return is_number(each[0]); });
    const bool are_numbers = static_cast<std::size_t>(numbers) * 10 >= rows.size() * 8;
    source_.fail(begin_,
                 are_numbers
                     ? "is a column of numbers, such as a degree sequence, and no network: a "
                       "relation needs a giver and a taker; valuenet fit reads samples"
                     : "is a single column of text and no network: a relation needs a giver "
                       "and a taker");
  }

  /// A first row that is no pair of ids like the others is a header that nobody knows.
  void refuse_unknown_header(const std::vector<row>& rows) const {
    const bool is_usual =
        layout_.how.is_blank_separated || layout_.how.separator == '\t' || !last_comment_.empty();
    const row& first = rows[0];
    if (first.size() < 2) refuse_header();
    std::set<std::string_view> others;
    bool are_numbers = rows.size() > 1;
    for (std::size_t r = 1; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < std::min<std::size_t>(2, rows[r].size()); ++c) {
        others.insert(rows[r][c]);
        are_numbers = are_numbers && is_number(rows[r][c]);
      }
    }
    if (are_numbers) {
      if (!is_number(first[0]) || !is_number(first[1])) refuse_header();
      return;
    }
    const bool recurs = others.count(first[0]) != 0 || others.count(first[1]) != 0;
    const bool are_both_numbers = is_number(first[0]) && is_number(first[1]);
    if (!recurs && !is_usual && !are_both_numbers) refuse_header();
  }

  const text_source& source_;
  std::string_view text_;
  const read_options& options_;
  table_wanted wanted_;
  table_layout layout_;
  std::size_t begin_ = 0;
  char separator_ = 0;
  std::string_view last_comment_;
  std::vector<row> rows_;
};

}  // namespace

table_layout examine_table(const text_source& source, const read_options& options,
                           table_wanted wanted) {
  for (const char known : {'\0', ',', ';', '\t', ' ', '|'}) {
    if (options.separator == known) return examiner(source, options, wanted).run();
  }
  throw std::invalid_argument(std::string("read_options.separator is '") + options.separator +
                              "'; give one of , ; tab blank |, or 0 to find it out");
}

}  // namespace valuenet::detail
