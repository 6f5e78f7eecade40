#include "detail/text_source.hpp"

#include "valuenet/error.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stop_token>
#include <string>

#include <zlib.h>

#include "catch.hpp"
#include "detail/xxhash.hpp"

namespace vn = valuenet;
using vn::detail::text_of_bytes;
using vn::detail::text_source;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

text_source from(std::string bytes, const vn::read_options& options = {}, int threads = 2) {
  return text_of_bytes(std::move(bytes), "some.csv", options, {.threads = threads});
}

/// The error that reading the bytes gives.
vn::parse_error error_of(std::string bytes, const vn::read_options& options = {}) {
  try {
    (void)from(std::move(bytes), options);
  } catch (const vn::parse_error& error) {
    return error;
  }
  FAIL("no error");
  throw 0;
}

}  // namespace

TEST_CASE("XXH64 gives the values of its specification") {
  const auto hash = [](std::string_view text) {
    vn::detail::xxh64 all;
    all.update(text);
    vn::detail::xxh64 pieces;
    for (std::size_t i = 0; i < text.size(); i += 7) pieces.update(text.substr(i, 7));
    CHECK(all.value() == pieces.value());
    return vn::detail::hexadecimal(all.value());
  };
  CHECK(hash("") == "ef46db3751d8e999");
  CHECK(hash("a") == "d24ec4f1a98c6e5b");
  CHECK(hash("abc") == "44bc2cf5ad770999");
  CHECK(hash("Nobody inspects the spammish repetition") == "fbcea83c8a378bf1");
}

TEST_CASE("Plain UTF-8 passes through, a byte order mark goes") {
  const text_source plain = from("Id,Label\n1,\xE7\x94\xB2\n");
  CHECK(plain.text() == "Id,Label\n1,\xE7\x94\xB2\n");
  CHECK(plain.encoding() == "utf-8");
  CHECK(plain.bytes() == 15);
  CHECK_FALSE(plain.was_compressed());
  CHECK(from("\xEF\xBB\xBF"
             "a,b")
            .text() == "a,b");
}

TEST_CASE("UTF-16 and UTF-32 are found by mark, UTF-16 by its zeros too") {
  const std::string text = "a,\xE7\x94\xB2\n";  // 甲 is U+7532
  const std::string little("a\0,\0\x32\x75\n\0", 8);
  const std::string big("\0a\0,\x75\x32\0\n", 8);
  CHECK(from("\xFF\xFE" + little).text() == text);
  CHECK(from("\xFF\xFE" + little).encoding() == "utf-16le");
  CHECK(from("\xFE\xFF" + big).text() == text);
  CHECK(from(little).text() == text);
  CHECK(from(little).encoding() == "utf-16le");
  CHECK(from(big).encoding() == "utf-16be");
  CHECK(from(std::string("\xFF\xFE\0\0a\0\0\0", 8)).text() == "a");
  CHECK(from("\xFE\xFF" + big, {.encoding = "UTF-16"}).text() == text);
  // Half a character at the end.
  CHECK(error_of("\xFF\xFE" + little + "x").position().line == 2);
}

TEST_CASE("GB18030 is told from UTF-8, from Latin letters and from Big5") {
  const std::string chinese = "\xC9\xDB\xD1\xF4,\xBC\xD7\n";  // 邵阳,甲
  CHECK(from("1," + chinese).text() == "1,\xE9\x82\xB5\xE9\x98\xB3,\xE7\x94\xB2\n");
  CHECK(from("1," + chinese).encoding() == "gb18030");
  CHECK(from("1," + chinese, {.encoding = "GBK"}).encoding() == "gbk");
  const vn::parse_error latin = error_of("id,label\n1,Fran\xE7ois\n");
  CHECK(latin.position().line == 2);
  CHECK(latin.position().column == 7);
  CHECK_THAT(latin.what(), Catch::Contains("0xe7") && Catch::Contains("GB18030"));
  CHECK(from("1,Fran\xE7ois", {.encoding = "ISO-8859-1"}).text() == "1,Fran\xC3\xA7ois");
  // 資本主義 in Big5.
  CHECK_THROWS_AS(from("1,\xB8\xEA\xA5\xBB\xA5\x44\xB8\x71\n"), vn::parse_error);
  CHECK(from("1,\xA5\xBB", {.encoding = "big5"}).text() == "1,\xE6\x9C\xAC");
}

TEST_CASE("Bytes that are wrong in the named encoding are placed") {
  const vn::parse_error error = error_of("a\nbc\x81", {.encoding = "GB18030"});
  CHECK(error.position().line == 2);
  CHECK(error.position().column == 3);
  CHECK(error_of("a\r\nb\xFF", {.encoding = "utf-8"}).position().line == 2);
  CHECK_THROWS_AS(from("a", {.encoding = "klingon"}), std::invalid_argument);
  CHECK_THROWS_AS(from("a", {.encoding = "GBK//IGNORE"}), std::invalid_argument);
}

TEST_CASE("UTF-8 is checked to the letter") {
  for (const std::string bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE7\x94",
                                "\xF0\x8F\xBF\xBF", "\xFF"}) {
    for (const std::size_t before : {0U, 1U, 7U, 8U, 9U, 31U}) {
      const std::string text = std::string(before, 'x') + bad;
      CHECK_THROWS_AS(from(text, {.encoding = "utf-8"}), vn::parse_error);
    }
  }
  CHECK(error_of(std::string("ab\0c", 4)).position().column == 3);
}

TEST_CASE("Characters that cross the chunks of parallel checking and decoding survive") {
  std::string text;
  std::string wide;
  for (std::size_t i = 0; text.size() < (std::size_t{5} << 20); ++i) {
    text += "\xE7\x94\xB2";
    wide += "\x32\x75";
    if (i % 1001 == 0) {
      text += "\xF0\x9F\x98\x80\n";
      wide += std::string("\x3D\xD8\x00\xDE\n\0", 6);
    }
  }
  for (const int threads : {1, 2, 8}) {
    for (std::size_t shift = 0; shift < 4; ++shift) {
      const std::string moved = std::string(shift, 'x') + text;
      CHECK(from(moved, {}, threads).text() == moved);
    }
    CHECK(from("\xFF\xFE" + wide, {}, threads).text() == text);
  }
  // The first of two errors is told, wherever the chunks are cut.
  std::string broken = text;
  broken[3000000 / 3 * 3] = 'x';
  CHECK_THROWS_AS(from(broken), vn::parse_error);
}

TEST_CASE("GB18030 is decoded in pieces without cutting a character") {
  std::string chinese;
  std::string expected;
  while (chinese.size() < (std::size_t{3} << 20)) {
    chinese += "\xC9\xDB\xD1\xF4,\xBC\xD7";
    expected += "\xE9\x82\xB5\xE9\x98\xB3,\xE7\x94\xB2";
  }
  CHECK(from(chinese).text() == expected);  // no line feed at all: one piece
  for (std::size_t at = 1000; at + 7 < chinese.size(); at += 7 * 1000)
    chinese[at / 7 * 7 + 4] = '\n';
  std::string lines = expected;
  for (std::size_t at = 1000; at + 7 < chinese.size(); at += 7 * 1000)
    lines[at / 7 * 10 + 6] = '\n';
  CHECK(from(chinese, {}, 1).text() == lines);
  CHECK(from(chinese, {}, 8).text() == lines);
}

TEST_CASE("gzip is inflated, all its members, and refused when damaged") {
  const std::string text = "giver,taker\na,b\n";
  const text_source inflated = from(gzip(text));
  CHECK(inflated.text() == text);
  CHECK(inflated.was_compressed());
  CHECK(inflated.bytes() == gzip(text).size());
  CHECK(from(gzip("a,") + gzip("b\n")).text() == "a,b\n");
  CHECK(from(gzip(text) + std::string(512, '\0')).text() == text);
  CHECK_THAT(error_of(gzip(text) + "rest").what(), Catch::Contains("damaged"));
  const std::string whole = gzip(text);
  for (std::size_t cut = 2; cut < whole.size(); ++cut) {
    CHECK_THROWS_AS(from(whole.substr(0, cut)), vn::parse_error);
  }
  std::string broken = gzip(std::string(5000, 'x') + text);
  broken[broken.size() - 6] = static_cast<char>(broken[broken.size() - 6] ^ 1);
  CHECK_THROWS_AS(from(broken), vn::parse_error);
  CHECK_THAT(error_of(gzip(gzip(text))).what(), Catch::Contains("twice"));
}

TEST_CASE("A gzip bomb stops at the limit") {
  const std::string bomb = gzip(std::string(std::size_t{32} << 20, 'a'));
  CHECK(bomb.size() < 100000);
  const vn::parse_error error = error_of(bomb, {.memory_limit = std::uint64_t{4} << 20});
  CHECK_THAT(error.what(), Catch::Contains("4 MiB") && Catch::Contains("memory_limit"));
}

TEST_CASE("What is no text is named") {
  CHECK_THAT(error_of("").what(), Catch::Contains("empty"));
  CHECK_THAT(error_of(gzip("")).what(), Catch::Contains("empty"));
  CHECK_THAT(error_of("PK\3\4xyz").what(), Catch::Contains("spreadsheet"));
}

TEST_CASE("An XML declaration's encoding is honoured") {
  CHECK(from("<?xml version=\"1.0\" encoding=\"GB18030\"?><a b=\"\xBC\xD7\"/>").encoding() ==
        "gb18030");
  CHECK(from("<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xE7'/>").text().find("\xC3\xA7") !=
        std::string::npos);
  // Without one it is UTF-8, and not guessed to be Chinese.
  CHECK_THROWS_AS(from("<?xml version='1.0'?><a b='\xBC\xD7'/>"), vn::parse_error);
}

TEST_CASE("Lines end with LF, CR or CRLF") {
  const text_source text = from("a\nbc\rd\r\nef");
  const auto at = [&](std::size_t offset) {
    const vn::input_position position = text.position(offset);
    return std::pair(position.line, position.column);
  };
  using place = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(at(0) == place(1, 1));
  CHECK(at(1) == place(1, 2));
  CHECK(at(3) == place(2, 2));
  CHECK(at(5) == place(3, 1));
  CHECK(at(7) == place(3, 3));
  CHECK(at(8) == place(4, 1));
  CHECK(at(10) == place(4, 3));
  vn::detail::line_counter lines(text.text());
  CHECK(lines.line(7) == 3);
  CHECK(lines.line(7) == 3);
  CHECK(lines.line(9) == 4);
  CHECK(lines.column(9) == 2);
}

TEST_CASE("Files that cannot be opened say why") {
  CHECK_THROWS_AS(vn::detail::open_text("no such file.csv", {}, {}), vn::io_error);
  CHECK_THROWS_AS(vn::detail::open_text(".", {}, {}), vn::io_error);
}

TEST_CASE("A file is mapped, hashed and read") {
  const auto path = std::filesystem::temp_directory_path() / "valuenet_text_source_test.csv";
  std::ofstream(path) << "abc";
  const text_source source = vn::detail::open_text(path.string(), {}, {});
  CHECK(source.text() == "abc");
  CHECK(source.hash() == "44bc2cf5ad770999");
  std::filesystem::remove(path);
}

TEST_CASE("Opening a text can be cancelled") {
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(text_of_bytes("abc", "x", {}, {.stop = stop.get_token()}), vn::cancelled);
}
