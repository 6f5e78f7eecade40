// Attributes as GEXF and GraphML declare them, and the cells of one node or edge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "detail/network_builder.hpp"

namespace valuenet::detail {

struct declared_attribute {
  std::string id;
  /// Which one of its attribute_columns it is.
  std::size_t place = 0;
  /// What the file calls it, and the column that it becomes.
  std::string title;
  std::uint32_t column = 0;
  bool is_boolean = false;
  /// Blanks around the value mean nothing.
  bool is_trimmed = false;
  /// Of nodes or edges that give none; empty: none.
  std::string default_value;
};

/// The attributes of nodes, or those of edges.
class attribute_columns {
 public:
  /// The attribute of this id; nullptr when there is none. Fast when asked for in the order of
  /// declaration, as files do.
  [[nodiscard]] declared_attribute* find(std::string_view id) {
    for (int i = 0; i < 2 && next_ < attributes_.size(); ++i) {
      if (attributes_[next_].id == id) return &attributes_[next_++];
      ++next_;
    }
    const auto found = places_.find(id);
    if (found == places_.end()) return nullptr;
    next_ = found->second + 1;
    return &attributes_[found->second];
  }

  /// False when the id is there already.
  bool declare(declared_attribute attribute) {
    attribute.place = attributes_.size();
    if (!places_.emplace(attribute.id, attribute.place).second) return false;
    attributes_.push_back(std::move(attribute));
    return true;
  }

  [[nodiscard]] std::deque<declared_attribute>& all() noexcept { return attributes_; }

  /// The titles, behind the names of what elements have themselves: a header to find meanings in.
  [[nodiscard]] std::vector<std::string> header(std::vector<std::string> own) const {
    for (const declared_attribute& each : attributes_) own.push_back(each.title);
    return own;
  }

  /// Gives every attribute its column: column_of(name), where the name is meaning(attribute), or
  /// the title where that is empty. Of two attributes with one name the later is called "TITLE
  /// (ID)".
  template <class Meaning, class Column>
  void give_columns(std::set<std::string> taken, const Meaning& meaning, const Column& column_of) {
    // Those that mean something first, so that no lesser name for it takes their column.
    for (const bool has_meaning : {true, false}) {
      for (declared_attribute& each : attributes_) {
        const std::string_view known = meaning(each);
        if (known.empty() == has_meaning) continue;
        std::string name(has_meaning ? known : std::string_view(each.title));
        if (!taken.insert(name).second) {
          name = fmt::format("{} ({})", each.title, each.id);
          taken.insert(name);
        }
        each.column = column_of(name);
      }
    }
  }

  // --- The cells of one node or edge -----------------------------------------------------------

  void start_row() {
    cells_.clear();
    texts_.clear();
    next_ = 0;
    ++row_;
    given_.resize(attributes_.size());
  }
  /// Whether the row had a value for it already. The last one stays.
  bool set(declared_attribute& attribute, std::string_view value);
  /// A value that belongs to no declared attribute.
  void add(std::uint32_t column, std::string_view value) { cells_.push_back({column, value}); }
  /// Keeps a text until the next row and gives a view of it.
  [[nodiscard]] std::string_view keep(std::string text) {
    texts_.push_back(std::move(text));
    return texts_.back();
  }
  /// The cells so far.
  [[nodiscard]] const std::vector<cell>& cells() const noexcept { return cells_; }
  /// The cells, defaults filled in.
  [[nodiscard]] std::vector<cell>& finish_row();

 private:
  std::deque<declared_attribute> attributes_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::size_t next_ = 0;
  std::vector<cell> cells_;
  std::deque<std::string> texts_;
  /// For each attribute the row that last gave a value, and its place in cells_.
  struct last_given {
    std::uint64_t row = 0;
    std::size_t place = 0;
  };
  std::vector<last_given> given_;
  std::uint64_t row_ = 0;
};

/// "true" or "false" for what XML and other tools write as a boolean, in any case; else the text
/// itself.
[[nodiscard]] std::string_view boolean_text(std::string_view value) noexcept;

}  // namespace valuenet::detail
