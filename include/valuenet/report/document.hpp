// The report: everything that the library computes for one network as one document, and the forms
// in which it is read: a page, Markdown, JSON.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/graph/convention.hpp"
#include "valuenet/io/accounting.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace valuenet {

enum class language : std::uint8_t { english, chinese };

/// Words of ours in both languages. Words of the network (labels, places, types) are plain strings
/// and stay as they are.
struct bilingual {
  std::string english;
  std::string chinese;

  [[nodiscard]] const std::string& in(language which) const noexcept {
    return which == language::english ? english : chinese;
  }
};

/// How the values of a column are written for people; as data they are always in full.
enum class column_format : std::uint8_t {
  text,
  count,     ///< whole, thousands separated
  number,    ///< six significant digits
  estimate,  ///< four: more would not mean anything
  p_value,   ///< three, and "< 0.001" below that
  share,     ///< 0.1234 as 12.34%
  year,      ///< whole, nothing separated
};

struct document_column {
  /// For programs: "average_path_length".
  std::string id;
  bilingual title;
  column_format format = column_format::text;
};

/// Nothing where a value is undefined or not given, a word of the network, words of ours, a number.
using document_cell = std::variant<std::monostate, std::string, bilingual, double>;

struct document_table {
  /// Unique in the document.
  std::string id;
  bilingual title;
  std::vector<document_column> columns{};
  /// Each as long as `columns`.
  std::vector<std::vector<document_cell>> rows{};
  std::vector<bilingual> notes{};
  /// false: a chart's data, there to be saved; the page and Markdown do not print its rows.
  bool is_shown = true;
};

enum class document_chart_kind : std::uint8_t {
  lines,     ///< y over x, a line for each series
  bars,      ///< y of each x, side by side
  stacked,   ///< y of each x, on top of each other
  heat_map,  ///< colour by value over x (columns) and y (rows)
  chord,     ///< flows from x to y as ribbons
};

enum class document_scale : std::uint8_t { linear, logarithmic };

struct document_axis {
  bilingual title;
  document_scale scale = document_scale::linear;
};

/// A picture of the table of the same document that `table` names.
struct document_chart {
  /// Unique in the document.
  std::string id;
  bilingual title;
  document_chart_kind kind = document_chart_kind::lines;
  std::string table;
  /// Columns of the table.
  std::string x;
  std::vector<std::string> y{};
  /// Empty, or the column whose words tell series apart; then `y` is one column. Of heat maps and
  /// chords the column with the flow.
  std::string series{};
  /// Series (y columns, or words in English of the series column) drawn as points, not lines.
  std::vector<std::string> points{};
  /// Series drawn dashed.
  std::vector<std::string> dashed{};
  document_axis x_axis{};
  document_axis y_axis{};
  /// What is to be seen, and how to read it.
  bilingual caption{};
};

using document_block = std::variant<bilingual, document_table, document_chart>;

struct document_section {
  /// "input", "statistics", "conventions", "rankings", "degrees", "places", "concentration",
  /// "evolution", "roles", "layers", "communities", "network", "provenance".
  std::string id;
  bilingual title;
  std::vector<document_block> blocks{};
};

/// The network as a picture: one entry an actor, and one an edge. The page draws it.
struct network_picture {
  std::vector<float> x;
  std::vector<float> y;
  /// In the units of x and y; circles do not overlap.
  std::vector<float> radius;
  std::vector<std::string> label;
  std::vector<std::uint32_t> community;
  std::vector<valuenet::role> role;
  /// Positions in `types` and `places`, or no_word.
  std::vector<std::uint32_t> type;
  std::vector<std::uint32_t> place;
  std::vector<std::string> types;
  std::vector<std::string> places;
  /// What `places` are: "province", ...; empty where no place is given.
  std::string place_column;
  std::vector<std::uint32_t> giver;
  std::vector<std::uint32_t> taker;
  /// Position in `dimensions`, or no_word.
  std::vector<std::uint32_t> dimension;
  std::vector<std::string> dimensions;
  bool is_directed = true;

  static constexpr std::uint32_t no_word = 0xFFFFFFFFU;
};

struct document {
  bilingual title;
  /// Empty, or what a reader must be told of the network first ("surrogate ...").
  std::string notice;
  std::vector<document_section> sections;
  network_picture picture;

  /// nullptr when there is none.
  [[nodiscard]] const document_section* find_section(std::string_view id) const noexcept;
  [[nodiscard]] const document_table* find_table(std::string_view id) const noexcept;
  [[nodiscard]] const document_chart* find_chart(std::string_view id) const noexcept;
};

struct document_options {
  /// Empty: "Value network report".
  std::string title{};
  selection_options selection{};
  /// Of the statistics; the section on conventions shows all.
  valuenet::convention convention = valuenet::convention::gephi;
  /// Actors, places and flows that a table lists.
  std::size_t top = 20;
  /// Replicates of the power laws' p-values.
  std::uint64_t replicates = 1000;
  /// Permutations of QAP.
  int permutations = 200;
  /// False: no network picture, which saves the layout.
  bool with_picture = true;
  std::uint64_t seed = 42;
  /// For the section on provenance, as the caller knows them: the command, and when it ran. Nothing
  /// computed depends on them.
  std::string command{};
  std::string time{};
};

/// Computes everything for one network and puts it into words, tables and charts. Sections come in
/// the order of document_section::id; a section that the tables give nothing for (no years, no
/// places, one dimension only) says so in a sentence, and `evolution` is there only with years.
///
/// Every number is that of the library's own call with the options above and else its defaults;
/// each table says which. Cost: that of the calls, of which the seven summaries of
/// compare_conventions(), the power laws' bootstraps and the layout take most: a network of 43,742
/// actors and 98,005 relations is a matter of seconds. Throws what select() throws, and
/// std::invalid_argument for top = 0 or permutations < 1; cancelled. Deterministic by its seed at
/// any number of threads.
[[nodiscard]] document compose_document(const read_result& input,
                                        const document_options& options = {},
                                        const execution& exec = {});

/// One page for a browser, whole in itself: no request to anywhere, no server. Both languages are
/// in it; `first` is shown first. Tables are plain HTML, readable without scripts; charts and the
/// network picture are drawn by the scripts in the page. Words of the network are escaped: none
/// can become markup or script.
[[nodiscard]] std::string render_html(const document& report, language first = language::english);

/// GitHub's Markdown in one language; charts as links to their tables' titles, no picture.
[[nodiscard]] std::string render_markdown(const document& report,
                                          language words = language::english);

/// {"valuenet": VERSION, "verb": "report", "title", "notice"?, "sections": [{"id", "title",
/// "blocks": [{"type": "text", "text"} | {"type": "table", "id", "title", "columns": [{"id",
/// "title", "format"}], "rows": [[...]], "notes", "is_shown"} | {"type": "chart", "id", "title",
/// "kind", "table", "x", "y", "series", ...}]}], "picture"?: {"actors", "edges", ...}}. Words of
/// ours are {"en", "zh"}, words of the network strings, undefined values null.
[[nodiscard]] std::string render_json(const document& report);

}  // namespace valuenet
