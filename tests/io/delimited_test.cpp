#include "detail/delimited.hpp"

#include "valuenet/execution.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"

using namespace valuenet::detail;

namespace {

using rows = std::vector<std::vector<std::string>>;

rows read_all(std::string_view text, const dialect& how = {}) {
  rows result;
  std::vector<field> fields;
  for (std::size_t at = 0; at < text.size();) {
    at = read_record(text, at, how, fields);
    if (fields.empty()) continue;
    result.emplace_back();
    for (const field& each : fields) result.back().push_back(value_of(each));
  }
  return result;
}

/// The same by a machine of states that looks at one character at a time.
rows oracle(std::string_view text, const dialect& how) {
  rows result;
  std::vector<std::string> row;
  std::string value;
  std::string blanks;  // that belong to the value only if something follows
  enum { before, plain, inside, behind } now = before;
  bool was_quoted = false;
  const auto is_separator = [&](char c) { return c == how.separator; };
  const auto end_field = [&] {
    row.push_back(value);
    value.clear();
    blanks.clear();
    now = before;
  };
  const auto end_record = [&] {
    end_field();
    if (row.size() > 1 || !row[0].empty() || was_quoted) result.push_back(row);
    row.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (now == inside) {
      if (c != '"') {
        value += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        value += c;
        ++i;
      } else {
        now = behind;
      }
    } else if (c == '\n' || c == '\r') {
      end_record();
    } else if (is_separator(c)) {
      end_field();
    } else if (c == ' ') {
      if (now != before) blanks += c;
    } else if (c == '"' && now == before) {
      now = inside;
      was_quoted = true;
    } else {
      if (now == before) now = plain;
      value += blanks;
      value += c;
      blanks.clear();
    }
  }
  if (!text.empty() && text.back() != '\n' && text.back() != '\r') end_record();
  return result;
}

bool is_closed(std::string_view text, const dialect& how) {
  valuenet::detail::parallel workers({.threads = 1});
  return cut_records(text, 0, how, 1000, workers).unclosed == std::string_view::npos;
}

}  // namespace

TEST_CASE("Fields are cut at separators outside of quotes") {
  CHECK(read_all("a,b\nc,d") == rows{{"a", "b"}, {"c", "d"}});
  CHECK(read_all("a,b\r\nc,d\r\n") == rows{{"a", "b"}, {"c", "d"}});
  CHECK(read_all("a,b\rc,d\r") == rows{{"a", "b"}, {"c", "d"}});
  CHECK(read_all("\n\na,\n,b\n\n") == rows{{"a", ""}, {"", "b"}});
  CHECK(read_all("\"a,b\",\"c\nd\"\n") == rows{{"a,b", "c\nd"}});
  CHECK(read_all("\"a \"\"b\"\"\",\"\",\"\"\"\"\n") == rows{{"a \"b\"", "", "\""}});
  CHECK(read_all(" a b , \"c \" ,d\n") == rows{{"a b", "c ", "d"}});
  CHECK(read_all("5\" pipe,a\"b\"c\n") == rows{{"5\" pipe", "a\"b\"c"}});
  CHECK(read_all("\"a\"b,\"c\"\"d\" e \n") == rows{{"ab", "c\"d e"}});
  CHECK(read_all("\"\"\"\"\"a\"\"b\"x,y\n") == rows{{"\"\"a\"bx", "y"}});
  CHECK(read_all("a;b,c", {.separator = ';'}) == rows{{"a", "b,c"}});
  CHECK(read_all("a\t\t b", {.separator = '\t'}) == rows{{"a", "", "b"}});
  CHECK(read_all("\"\"\n") == rows{{""}});
}

TEST_CASE("Blanks separate in runs, and quotes keep them") {
  const dialect blanks{.separator = ' ', .is_blank_separated = true};
  CHECK(read_all("  1  2\t3 \n\n4 5", blanks) == rows{{"1", "2", "3"}, {"4", "5"}});
  CHECK(read_all("\"Ann B\"  \"\"  x\n", blanks) == rows{{"Ann B", "", "x"}});
}

TEST_CASE("Where quotes do not span lines, an open one is a character") {
  const dialect lines{.separator = ' ', .is_blank_separated = true, .quotes_span_lines = false};
  CHECK(read_all("\"a b\n\"c d\" e\n", lines) == rows{{"\"a", "b"}, {"c d", "e"}});
}

TEST_CASE("A record of many fields keeps the last that is not empty") {
  const dialect narrow{.most_fields = 3};
  CHECK(read_all("a,b,c,d,,\nx,,,,\n", narrow) == rows{{"a", "b", "d"}, {"x", "", ""}});
}

TEST_CASE("Reading agrees with a machine of states on random texts") {
  valuenet::detail::random_stream random(7, 1);
  constexpr std::string_view letters = "\"\"\",,\n\r a\"b\xE7";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const auto length = random.below(24);
    for (std::uint64_t i = 0; i < length; ++i) text += letters[random.below(letters.size())];
    const dialect how{.separator = round % 2 == 0 ? ',' : '\t'};
    if (!is_closed(text, how)) continue;
    INFO(text);
    REQUIRE(read_all(text, how) == oracle(text, how));
  }
}

TEST_CASE("Chunks of any size begin where records begin") {
  valuenet::detail::parallel workers({.threads = 1});
  valuenet::detail::random_stream random(11, 1);
  constexpr std::string_view letters = "\"\"\"\"\",,\n\n\r a";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const auto length = 1 + random.below(40);
    for (std::uint64_t i = 0; i < length; ++i) text += letters[random.below(letters.size())];
    const dialect how{.separator = round % 3 == 0 ? ' ' : ',',
                      .is_blank_separated = round % 3 == 0,
                      .quotes_span_lines = round % 5 != 0};
    const std::size_t data_begin = random.below(std::min<std::uint64_t>(length, 4));
    std::vector<field> fields;
    std::vector<std::size_t> starts;
    for (std::size_t at = data_begin; at < text.size();) {
      starts.push_back(at);
      at = read_record(text, at, how, fields);
    }
    for (const std::size_t bytes : {1U, 2U, 3U, 7U, 100U}) {
      const record_chunks cut = cut_records(text, data_begin, how, bytes, workers);
      INFO(text << "|" << bytes);
      if (cut.unclosed != std::string_view::npos) {
        REQUIRE(text[cut.unclosed] == '"');
        continue;
      }
      REQUIRE(std::is_sorted(cut.begins.begin(), cut.begins.end()));
      REQUIRE(cut.begins.back() == text.size());
      // Reading chunk by chunk meets the same records; only an empty one, within CR LF, may be new.
      std::vector<std::size_t> met;
      for (std::size_t i = 0; i + 1 < cut.begins.size(); ++i) {
        for (std::size_t at = cut.begins[i]; at < cut.begins[i + 1];) {
          const bool within_line_end = at > data_begin && text[at] == '\n' && text[at - 1] == '\r';
          if (!within_line_end) met.push_back(at);
          at = read_record(text, at, how, fields);
        }
      }
      REQUIRE(met == starts);
    }
  }
}

TEST_CASE("A quote that is never closed is found") {
  valuenet::detail::parallel workers({.threads = 2});
  for (const std::size_t bytes : {1U, 3U, 1000U}) {
    CHECK(cut_records("a,\"b\"\nc,\"d\ne,f\n", 0, {}, bytes, workers).unclosed == 8);
    CHECK(cut_records("a,\"b\"\nc,d\"\n", 0, {}, bytes, workers).unclosed ==
          std::string_view::npos);
  }
}
