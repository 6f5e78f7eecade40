#include "detail/delimited.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace valuenet::detail {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool ends_field(char c, const dialect& how) {
  return is_line_end(c) || (how.is_blank_separated ? is_blank(c) : c == how.separator);
}

/// Eight copies of a byte.
constexpr std::uint64_t eight(char byte) {
  return 0x0101010101010101U * static_cast<unsigned char>(byte);
}

/// Marks the zero bytes of a word in their highest bits. On a little-endian machine the lowest mark
/// is right; one above it may come from a borrow.
std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - eight(1)) & ~word & eight(static_cast<char>(0x80));
}

std::uint64_t load_eight(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, 8);
  return word;
}

constexpr bool is_little_endian = std::endian::native == std::endian::little;

/// The first quote in [begin, end), or `end`.
std::size_t find_quote(std::string_view text, std::size_t begin, std::size_t end) {
  if constexpr (is_little_endian) {  // most quotes are near
    for (int i = 0; i < 2 && begin + 8 <= end; ++i, begin += 8) {
      const std::uint64_t marks = zero_bytes(load_eight(text.data() + begin) ^ eight('"'));
      if (marks != 0) return begin + static_cast<std::size_t>(std::countr_zero(marks)) / 8;
    }
  }
  if (begin >= end) return end;
  const void* const found = std::memchr(text.data() + begin, '"', end - begin);
  return found == nullptr ? end
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// The place of the quote that closes a field whose content begins at `begin`, or `end`; and
/// whether there are doubled quotes before it.
struct closing_quote {
  std::size_t at;
  bool is_doubled = false;
};
closing_quote find_closing(std::string_view text, std::size_t begin, std::size_t end) {
  bool is_doubled = false;
  for (std::size_t at = find_quote(text, begin, end); at < end;
       at = find_quote(text, at + 2, end)) {
    if (at + 1 >= text.size() || text[at + 1] != '"') return {at, is_doubled};
    is_doubled = true;
  }
  return {end, is_doubled};
}

/// Whether the quote at `at`, met outside of quotes, begins a quoted field: nothing but blanks
/// stands between it and the separator, line end or data begin before it.
bool opens_field(std::string_view text, std::size_t at, std::size_t data_begin,
                 const dialect& how) {
  while (at > data_begin) {
    const char before = text[--at];
    if (ends_field(before, how)) return true;
    if (!is_blank(before)) return false;
  }
  return true;
}

/// What is going on at the first byte of a chunk.
enum class state : std::uint8_t {
  outside,
  inside,            // of a quoted field
  inside_at_second,  // at the second of two quotes that stand for one
};

/// Goes from quote to quote through [begin, end), from a state assumed at its begin.
class quote_walker {
 public:
  quote_walker(std::string_view text, std::size_t begin, std::size_t end, state assumed)
      : text_(text), at_(begin), end_(end), state_(assumed) {
    if (state_ == state::inside_at_second) {
      state_ = state::inside;
      ++at_;
    }
    at_ = find_quote(text_, at_, end_);
  }
  [[nodiscard]] bool is_done() const { return at_ >= end_; }
  /// The place of the next quote; once done, at least the end.
  [[nodiscard]] std::size_t place() const { return at_; }
  [[nodiscard]] state now() const { return state_; }
  /// Takes the next quote. Precondition: not done.
  void step(std::size_t data_begin, const dialect& how) {
    if (state_ == state::outside) {
      if (opens_field(text_, at_, data_begin, how)) state_ = state::inside;
      ++at_;
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      if (at_ + 1 == end_) state_ = state::inside_at_second;
      at_ += 2;
    } else {
      state_ = state::outside;
      ++at_;
    }
    at_ = find_quote(text_, at_, end_);
  }
  friend bool operator==(const quote_walker& a, const quote_walker& b) {
    return a.state_ == b.state_ && (a.at_ == b.at_ || (a.is_done() && b.is_done()));
  }

 private:
  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
  state state_;
};

constexpr std::size_t states = 3;

/// The state at `end` for each state at `begin`. Walkers that meet in one state go on as one, which
/// in ordinary text they do within a few quotes.
std::array<state, states> walk(std::string_view text, std::size_t begin, std::size_t end,
                               std::size_t data_begin, const dialect& how) {
  std::array<quote_walker, states> walkers{quote_walker(text, begin, end, state::outside),
                                           quote_walker(text, begin, end, state::inside),
                                           quote_walker(text, begin, end, state::inside_at_second)};
  std::array<std::size_t, states> follows{0, 1, 2};  // whose way a walker goes
  while (true) {
    std::size_t last = states;  // the one furthest behind
    for (std::size_t i = 0; i < states; ++i) {
      for (std::size_t j = 0; j < i && follows[i] == i; ++j) {
        if (follows[j] == j && walkers[i] == walkers[j]) {
          std::replace(follows.begin(), follows.end(), i, j);
        }
      }
      if (follows[i] != i || walkers[i].is_done()) continue;
      if (last == states || walkers[i].place() < walkers[last].place()) last = i;
    }
    if (last == states) break;
    const bool is_alone = follows[0] == follows[1] && follows[1] == follows[2];
    do {
      walkers[last].step(data_begin, how);
    } while (is_alone && !walkers[last].is_done());
  }
  return {walkers[follows[0]].now(), walkers[follows[1]].now(), walkers[follows[2]].now()};
}

/// Where the quote opens that the text's end finds open.
std::size_t last_opening(std::string_view text, std::size_t data_begin, const dialect& how) {
  std::size_t opening = data_begin;
  for (quote_walker walker(text, data_begin, text.size(), state::outside); !walker.is_done();) {
    const bool was_outside = walker.now() == state::outside;
    const std::size_t place = walker.place();
    walker.step(data_begin, how);
    if (was_outside && walker.now() == state::inside) opening = place;
  }
  return opening;
}

/// The first record start in [begin, end), or npos.
std::size_t first_record(std::string_view text, std::size_t begin, std::size_t end, state now,
                         std::size_t data_begin, const dialect& how) {
  if (begin == data_begin) return begin;
  if (now == state::outside && is_line_end(text[begin - 1])) return begin;
  std::size_t at = begin + (now == state::inside_at_second ? 1 : 0);
  bool is_inside = now != state::outside;
  while (at < end) {
    if (is_inside) {
      at = find_closing(text, at, end).at + 1;
      is_inside = false;
      continue;
    }
    const char c = text[at];
    if (is_line_end(c)) return at + 1 < end ? at + 1 : npos;
    is_inside = how.quotes_span_lines && c == '"' && opens_field(text, at, data_begin, how);
    ++at;
  }
  return npos;
}

}  // namespace

namespace {

/// Finds where a field without quotes ends, eight bytes at a time.
class field_end {
 public:
  explicit field_end(const dialect& how) : how_(how) {
    ends_[0] = eight('\n');
    ends_[1] = eight('\r');
    ends_[2] = eight(how.is_blank_separated ? ' ' : how.separator);
    ends_[3] = how.is_blank_separated ? eight('\t') : ends_[2];
  }
  const char* operator()(const char* at, const char* end) const {
    if constexpr (is_little_endian) {
      for (; end - at >= 8; at += 8) {
        const std::uint64_t word = load_eight(at);
        std::uint64_t marks =
            zero_bytes(word ^ ends_[0]) | zero_bytes(word ^ ends_[1]) | zero_bytes(word ^ ends_[2]);
        if (how_.is_blank_separated) marks |= zero_bytes(word ^ ends_[3]);
        if (marks != 0) return at + std::countr_zero(marks) / 8;
      }
    }
    while (at != end && !ends_field(*at, how_)) ++at;
    return at;
  }

 private:
  const dialect& how_;
  std::array<std::uint64_t, 4> ends_{};
};

/// A field that begins with a quote, at `at`, which moves to its end. Where the quote is not closed
/// on its line and must be, it is a character like any other.
field read_quoted(std::string_view text, const char*& at, const dialect& how,
                  const field_end& find_end) {
  const char* const start = at;
  const char* const end = text.data() + text.size();
  const auto content = static_cast<std::size_t>(at - text.data()) + 1;
  const std::size_t limit = how.quotes_span_lines
                                ? text.size()
                                : std::min(text.size(), text.find_first_of("\r\n", content));
  const auto [close, is_doubled] = find_closing(text, content, limit);
  const bool is_closed = close != limit || how.quotes_span_lines;
  field found;
  if (is_closed) {
    found.text = text.substr(content, close - content);
    found.form = is_doubled ? field_form::doubled : field_form::quoted;
    at = text.data() + std::min(close + 1, text.size());
  }
  const char* const behind = at;
  at = find_end(at, end);
  const char* last = at;
  while (last != behind && is_blank(last[-1])) --last;
  if (!is_closed || last != behind) {
    found.text = std::string_view(start, static_cast<std::size_t>(last - start));
    found.form = is_closed ? field_form::mixed : field_form::plain;
  }
  return found;
}

}  // namespace

std::size_t read_record(std::string_view text, std::size_t begin, const dialect& how,
                        std::vector<field>& fields) {
  const field_end find_end(how);
  const char* const end = text.data() + text.size();
  const char* at = text.data() + begin;
  fields.clear();
  while (true) {
    while (at != end && is_blank(*at) && (how.is_blank_separated || *at != how.separator)) ++at;
    if (how.is_blank_separated && (at == end || is_line_end(*at))) break;
    field next;
    if (at != end && *at == '"') {
      next = read_quoted(text, at, how, find_end);
    } else {
      const char* const start = at;
      at = find_end(at, end);
      const char* last = at;
      while (last != start && is_blank(last[-1])) --last;
      next.text = std::string_view(start, static_cast<std::size_t>(last - start));
    }
    if (fields.size() < how.most_fields) {
      fields.push_back(next);
    } else if (!next.text.empty()) {
      fields.back() = next;
    }
    if (at == end || is_line_end(*at)) break;
    ++at;  // the separator
  }
  if (at != end) at += at[0] == '\r' && at + 1 != end && at[1] == '\n' ? 2 : 1;
  if (fields.size() == 1 && fields[0].text.empty() && fields[0].form == field_form::plain) {
    fields.clear();
  }
  return static_cast<std::size_t>(at - text.data());
}

void append_value(const field& from, std::string& to) {
  std::string_view rest = from.text;
  std::string_view behind;
  switch (from.form) {
    case field_form::plain:
    case field_form::quoted:
      to.append(rest);
      return;
    case field_form::mixed: {
      const std::size_t close = find_closing(rest, 1, rest.size()).at;
      behind = rest.substr(close + 1);
      rest = rest.substr(1, close - 1);
      break;
    }
    case field_form::doubled:
      break;
  }
  for (std::size_t at = rest.find('"'); at != npos; at = rest.find('"')) {
    to.append(rest.substr(0, at + 1));
    rest.remove_prefix(std::min(at + 2, rest.size()));
  }
  to.append(rest);
  to.append(behind);
}

std::string value_of(const field& from) {
  std::string value;
  append_value(from, value);
  return value;
}

record_chunks cut_records(std::string_view text, std::size_t data_begin, const dialect& how,
                          std::size_t chunk_bytes, parallel& workers) {
  const std::size_t bytes = text.size() - data_begin;
  const std::size_t chunks = (bytes + chunk_bytes - 1) / chunk_bytes;
  record_chunks result;
  result.begins.assign(chunks + 1, text.size());
  std::vector<state> begin_state(chunks + 1, state::outside);

  std::vector<std::uint8_t> has_quotes(chunks, 0);
  if (how.quotes_span_lines) {
    workers.for_chunks(bytes, chunk_bytes, [&](std::size_t begin, std::size_t end) {
      has_quotes[begin / chunk_bytes] =
          find_quote(text, data_begin + begin, data_begin + end) != data_begin + end ? 1 : 0;
    });
  }
  if (std::find(has_quotes.begin(), has_quotes.end(), 1) != has_quotes.end()) {
    std::vector<std::array<state, states>> moves(chunks);
    workers.for_chunks(bytes, chunk_bytes, [&](std::size_t begin, std::size_t end) {
      moves[begin / chunk_bytes] =
          walk(text, data_begin + begin, data_begin + end, data_begin, how);
    });
    for (std::size_t i = 0; i < chunks; ++i) {
      begin_state[i + 1] = moves[i][static_cast<std::size_t>(begin_state[i])];
    }
    if (begin_state[chunks] != state::outside) {
      result.unclosed = last_opening(text, data_begin, how);
      return result;
    }
  }
  workers.for_chunks(bytes, chunk_bytes, [&](std::size_t begin, std::size_t end) {
    const std::size_t i = begin / chunk_bytes;
    const std::size_t first =
        first_record(text, data_begin + begin, data_begin + end, begin_state[i], data_begin, how);
    if (first != npos) result.begins[i] = first;
  });
  for (std::size_t i = chunks; i-- > 0;) {
    result.begins[i] = std::min(result.begins[i], result.begins[i + 1]);
  }
  return result;
}

}  // namespace valuenet::detail
