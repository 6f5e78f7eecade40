// GML, with the liberties that NetworkX, igraph and Gephi take: ids that are words, nodes without
// ids, entities, repeated keys for lists.
#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "detail/cell_values.hpp"
#include "detail/edge_ids.hpp"
#include "detail/format_readers.hpp"
#include "detail/gml_tokens.hpp"
#include "detail/wording.hpp"

namespace valuenet::detail {
namespace {

using std::string_view;

constexpr std::size_t deepest = 1000;

bool is_word(string_view text, string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  });
}

/// What a key of a node or edge means here.
enum class gml_meaning : std::uint8_t { column, id, label, source, target, weight, value };

/// A key that nodes (or edges) have, with its value in the row under way.
struct gml_key {
  std::string name;
  gml_meaning meaning = gml_meaning::column;
  std::optional<std::uint32_t> column;
  /// The row that last had it.
  std::uint64_t row = 0;
  string_view value;
  /// Where the value is when it was put together from several; else nullptr.
  std::string* joined = nullptr;
};

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(string_view text) const noexcept { return std::hash<string_view>{}(text); }
};

/// The keys of nodes, or those of edges.
class gml_keys {
 public:
  explicit gml_keys(std::initializer_list<std::pair<string_view, gml_meaning>> known)
      : known_(known) {}

  gml_key& operator[](string_view name) {
    const auto found = keys_.find(name);
    if (found != keys_.end()) return found->second;
    gml_key& made = keys_[std::string(name)];
    made.name = name;
    for (const auto& [word, meaning] : known_) {
      if (is_word(name, word)) made.meaning = meaning;
    }
    return made;
  }

 private:
  std::vector<std::pair<string_view, gml_meaning>> known_;
  std::unordered_map<std::string, gml_key, text_hash, std::equal_to<>> keys_;
};

class gml_reader {
 public:
  gml_reader(const text_source& source, network_builder& network, const execution& exec)
      : source_(source),
        network_(network),
        exec_(exec),
        look_(exec, source.text().size()),
        tokens_(source, &look_),
        ids_(network) {}

  void read() {
    while (true) {
      const gml_token key = tokens_.next();
      if (key.kind == gml_kind::end) break;
      check_key(key);
      const gml_token value = value_of(key);
      if (value.kind != gml_kind::open) continue;
      if (!is_word(key.raw, "graph")) {
        skip_list(value);
      } else {
        ++graphs_;
        read_graph(value);
      }
    }
    if (graphs_ == 0) source_.fail(0, "holds no graph [ ... ]; a GML file has one");
    check_ends();
    ids_.finish();
    take_notes();
  }

 private:
  void check_key(const gml_token& token) {
    if (token.kind == gml_kind::word) return;
    if (token.kind == gml_kind::close) source_.fail(token.offset, "] closes nothing");
    source_.fail(token.offset, fmt::format("{} where a key was expected", describe(token)));
  }

  static std::string describe(const gml_token& token) {
    switch (token.kind) {
      case gml_kind::open:
        return "[";
      case gml_kind::close:
        return "]";
      case gml_kind::end:
        return "the end of the file";
      case gml_kind::text:
        return fmt::format("the string \"{}\"", shortened(token.raw));
      case gml_kind::number:
      case gml_kind::word:
        break;
    }
    return fmt::format("\"{}\"", shortened(token.raw));
  }

  gml_token value_of(const gml_token& key) {
    const gml_token value = tokens_.next();
    if (value.kind == gml_kind::close || value.kind == gml_kind::end) {
      source_.fail(value.offset, fmt::format("{} where the value of \"{}\" was expected",
                                             describe(value), shortened(key.raw)));
    }
    return value;
  }

  [[noreturn]] void fail_open(const gml_token& open) {
    source_.fail(source_.text().size(),
                 fmt::format("the file ends before the ] of the [ in line {}; it is not whole",
                             source_.position(open.offset).line));
  }

  /// Passes over a list whose [ was read.
  void skip_list(const gml_token& open) {
    std::size_t depth = 1;
    while (depth > 0) {
      const gml_token token = tokens_.next();
      if (token.kind == gml_kind::end) fail_open(open);
      if (token.kind == gml_kind::close) --depth;
      if (token.kind == gml_kind::open && ++depth > deepest) {
        source_.fail(token.offset, fmt::format("lists lie more than {} deep in one another; no "
                                               "network file does",
                                               deepest));
      }
    }
  }

  void read_graph(const gml_token& open) {
    while (true) {
      const gml_token key = tokens_.next();
      if (key.kind == gml_kind::close) return;
      if (key.kind == gml_kind::end) fail_open(open);
      check_key(key);
      const gml_token value = value_of(key);
      if (is_word(key.raw, "directed")) {
        set_directed(value.raw);
      } else if (value.kind != gml_kind::open) {
        continue;  // a fact about the graph as a whole
      } else if (is_word(key.raw, "node")) {
        read_row(value, node_keys_);
        add_node(key);
      } else if (is_word(key.raw, "edge")) {
        if (!knows_direction_) look_ahead_for_direction();
        read_row(value, edge_keys_);
        add_edge(key);
      } else {
        ++lists_;
        list_ = shortened(key.raw);
        skip_list(value);
      }
    }
  }

  void set_directed(string_view value) {
    if (graphs_ > 1) return;
    knows_direction_ = true;
    both_ways_ = value == "0" || is_word(value, "false");
    if (value != "0" && value != "1" && odd_direction_.empty()) odd_direction_ = value;
  }

  /// `directed` may stand behind the edges.
  void look_ahead_for_direction() {
    knows_direction_ = true;
    execution quiet = exec_;
    quiet.progress = {};
    reading_look look(quiet, source_.text().size());
    gml_tokens ahead = tokens_.copy(look);
    if (ahead.rest().find("irected") == string_view::npos) return;
    std::size_t depth = 2;  // an edge's [ was read
    while (depth > 0) {
      const gml_token token = ahead.next();
      if (token.kind == gml_kind::end) return;
      if (token.kind == gml_kind::open) ++depth;
      if (token.kind == gml_kind::close) --depth;
      if (depth == 1 && token.kind == gml_kind::word && is_word(token.raw, "directed")) {
        set_directed(ahead.next().raw);
        return;
      }
    }
  }

  /// The keys and values of a node or edge whose [ was read.
  void read_row(const gml_token& open, gml_keys& keys) {
    ++row_;
    given_.clear();
    texts_.clear();
    only_ = {};
    is_twice_ = false;
    while (true) {
      const gml_token token = tokens_.next();
      if (token.kind == gml_kind::close) return;
      if (token.kind == gml_kind::end) fail_open(open);
      check_key(token);
      const gml_token value = value_of(token);
      if (value.kind == gml_kind::open) {
        ++lists_;
        list_ = shortened(token.raw);
        skip_list(value);
        continue;
      }
      string_view text = value.raw;
      if (value.kind == gml_kind::text && text.find('&') != string_view::npos) {
        text = keep(gml_text(text));
      }
      give(keys[token.raw], text);
    }
  }

  void give(gml_key& key, string_view text) {
    if (key.row != row_) {
      key.row = row_;
      key.value = text;
      key.joined = nullptr;
      string_view& only = only_[static_cast<std::size_t>(key.meaning)];
      if (key.meaning == gml_meaning::id || key.meaning == gml_meaning::source ||
          key.meaning == gml_meaning::target) {
        is_twice_ = is_twice_ || !only.empty();
      } else {
        given_.push_back(&key);
      }
      only = text;
    } else if (key.meaning == gml_meaning::id || key.meaning == gml_meaning::source ||
               key.meaning == gml_meaning::target) {
      is_twice_ = true;
    } else if (text != "_networkx_list_start") {
      // NetworkX writes a list as one key again and again, and this mark before a list of one.
      ++joined_;
      if (key.joined == nullptr) {
        texts_.emplace_back(key.value == "_networkx_list_start" ? string_view{} : key.value);
        key.joined = &texts_.back();
      }
      if (!key.joined->empty()) key.joined->append("; ");
      key.joined->append(text);
      key.value = *key.joined;
    }
  }

  [[nodiscard]] string_view only(gml_meaning meaning) const {
    return only_[static_cast<std::size_t>(meaning)];
  }

  string_view keep(std::string text) {
    texts_.push_back(std::move(text));
    return texts_.back();
  }

  [[nodiscard]] row_place place_of(const gml_token& key) const {
    constexpr std::size_t shown = 200;
    const string_view text = source_.text().substr(key.offset, shown);
    return {key.offset, text.substr(0, std::min(text.size(), text.find(']')) + 1)};
  }

  void add_node(const gml_token& key) {
    if (graphs_ > 1) {
      network_.drop_actors("in a further graph of the file");
      return;
    }
    ++nodes_;
    if (is_twice_) {
      network_.reject_actor(place_of(key), "the node has two ids");
      return;
    }
    string_view id = only(gml_meaning::id);
    if (id.empty()) {
      ++nodes_without_id_;
      std::string made = fmt::format("#{}", nodes_);
      while (network_.has_actor(made)) made = fmt::format("#{}", made);
      id = keep(std::move(made));
    }
    if (!unknown_ends_.empty()) unknown_ends_.erase(std::string(id));
    cells_.clear();
    for (gml_key* each : given_) {
      if (each->meaning == gml_meaning::label) {
        // The better name for a label has the column, whichever stands first.
        if (!each->column) each->column = network_.actor_column("label");
        if (each->value == id) continue;
        cells_.push_back({*each->column, each->value});
      }
    }
    for (gml_key* each : given_) {
      if (each->meaning == gml_meaning::label) continue;
      if (!each->column) each->column = network_.actor_column(each->name);
      cells_.push_back({*each->column, each->value});
    }
    network_.add_actor(place_of(key), id, cells_);
  }

  void add_edge(const gml_token& key) {
    if (graphs_ > 1) {
      network_.drop_relations("in a further graph of the file");
      return;
    }
    const string_view giver = only(gml_meaning::source);
    const string_view taker = only(gml_meaning::target);
    if (is_twice_ || giver.empty() || taker.empty()) {
      network_.reject_relation(place_of(key),
                               is_twice_ ? "the edge has two sources, targets or ids"
                                         : fmt::format("the edge has no {}; an edge must name its "
                                                       "source and its target",
                                                       giver.empty() ? "source" : "target"));
      return;
    }
    for (const string_view end : {giver, taker}) {
      if (!network_.has_actor(end)) unknown_ends_.emplace(end, key.offset);
    }
    // Newman's files and Gephi have an edge's weight as its value.
    const bool value_is_weight = only(gml_meaning::weight).empty();
    cells_.clear();
    for (gml_key* each : given_) {
      if (each->meaning == gml_meaning::value && value_is_weight) {
        ++values_as_weights_;
        cells_.push_back({network_.relation_column("weight"), each->value});
        continue;
      }
      if (!each->column) {
        each->column = network_.relation_column(
            each->meaning == gml_meaning::weight ? string_view("weight") : each->name);
      }
      cells_.push_back({*each->column, each->value});
    }
    ids_.add(only(gml_meaning::id), cells_);
    network_.add_relation(
        place_of(key), giver, taker,
        both_ways_ ? relation_direction::both_ways : relation_direction::giver_to_taker, cells_);
  }

  /// In GML an edge joins nodes of the file; igraph and NetworkX, too, refuse any other.
  void check_ends() {
    const auto first = std::min_element(
        unknown_ends_.begin(), unknown_ends_.end(), [](const auto& a, const auto& b) {
          return a.second != b.second ? a.second < b.second : a.first < b.first;
        });
    if (first == unknown_ends_.end()) return;
    source_.fail(first->second,
                 fmt::format("the edge joins the node \"{}\", which the file does not have; the "
                             "file is damaged or not whole",
                             shortened(first->first)));
  }

  void take_notes() {
    if (graphs_ > 1) {
      network_.note(fmt::format("the file holds {} graphs; only the first was read", graphs_));
    }
    if (nodes_without_id_ != 0) {
      network_.note(count_of(nodes_without_id_, "node has", "nodes have") +
                    " no id; ids are their numbers (#1, #2, ...)");
    }
    if (!odd_direction_.empty()) {
      network_.note(fmt::format("directed is \"{}\" where GML has 0 or 1; read as {}",
                                shortened(odd_direction_), both_ways_ ? "undirected" : "directed"));
    }
    if (values_as_weights_ != 0) {
      network_.note("the key value of " + count_of(values_as_weights_, "edge", "edges") +
                    " was read as weight");
    }
    if (joined_ != 0) {
      network_.note(count_of(joined_, "value repeats its key", "values repeat their keys") +
                    "; joined with \"; \"");
    }
    if (lists_ != 0) {
      network_.note(
          fmt::format("{} such as {} [ ... ] not read", count_of(lists_, "list", "lists"), list_));
    }
  }

  const text_source& source_;
  network_builder& network_;
  const execution& exec_;
  reading_look look_;
  gml_tokens tokens_;
  edge_ids ids_;
  gml_keys node_keys_{{"id", gml_meaning::id}, {"label", gml_meaning::label}};
  gml_keys edge_keys_{{"id", gml_meaning::id},
                      {"source", gml_meaning::source},
                      {"target", gml_meaning::target},
                      {"weight", gml_meaning::weight},
                      {"value", gml_meaning::value}};
  /// The row under way: its keys but ids and ends, and the values of meanings.
  std::uint64_t row_ = 0;
  std::vector<gml_key*> given_;
  std::array<string_view, 7> only_{};
  bool is_twice_ = false;
  std::deque<std::string> texts_;
  std::vector<cell> cells_;
  /// Nodes that edges named before (or without) being there, with the first such edge.
  std::unordered_map<std::string, std::size_t> unknown_ends_;

  bool both_ways_ = true;
  bool knows_direction_ = false;
  std::string odd_direction_;
  std::string list_;
  std::uint64_t graphs_ = 0;
  std::uint64_t nodes_ = 0;
  std::uint64_t nodes_without_id_ = 0;
  std::uint64_t values_as_weights_ = 0;
  std::uint64_t joined_ = 0;
  std::uint64_t lists_ = 0;
};

}  // namespace

void read_gml(const text_source& source, network_builder& network, const execution& exec) {
  gml_reader(source, network, exec).read();
}

}  // namespace valuenet::detail
