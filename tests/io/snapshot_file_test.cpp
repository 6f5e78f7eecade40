// Snapshots that are not what they say, with checksums that are right: files as a hostile hand
// would make them, by an assembler that shares nothing with the library.
#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/io/snapshot.hpp"
#include "valuenet/metrics/clustering.hpp"
#include "valuenet/network/selection.hpp"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "detail/piece_hash.hpp"
#include "io_helpers.hpp"

namespace vn = valuenet;
namespace fs = std::filesystem;

namespace {

/// hash_piece as docs/formats.md defines it.
std::uint64_t naive_hash(const std::string& bytes) {
  const auto step = [](std::uint64_t lane, std::uint64_t word) {
    lane += word;
    lane = (lane << 29) | (lane >> 35);
    return lane * 0x9E3779B97F4A7C15U;
  };
  std::vector<std::uint64_t> lanes{1, 2, 3, 4, 5, 6, 7, 8};
  for (std::size_t i = 0; i < bytes.size() / 8; ++i) {
    std::uint64_t word = 0;
    for (std::size_t byte = 8; byte-- > 0;) {
      word = word << 8 | static_cast<unsigned char>(bytes[8 * i + byte]);
    }
    lanes[i % 8] = step(lanes[i % 8], word);
  }
  lanes.push_back(bytes.size());
  std::uint64_t hash = 0;
  for (const std::uint64_t lane : lanes) hash = step(hash, lane);
  hash ^= hash >> 32;
  hash *= 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29);
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + 63) / 64 * 64);
  return bytes;
}

template <class T>
void put_number(std::string& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}
template <class T>
T number_at(const std::string& bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

std::uint64_t hash_of_numbers(const std::vector<std::uint64_t>& numbers) {
  std::string bytes(numbers.size() * 8, '\0');
  for (std::size_t i = 0; i < numbers.size(); ++i) put_number(bytes, 8 * i, numbers[i]);
  return naive_hash(padded(bytes));
}

struct section {
  std::string name;
  std::string bytes;
};

/// A snapshot taken apart and put together again.
struct forgery {
  std::uint32_t content = 1;
  std::vector<section> sections;

  explicit forgery(const std::string& file) {
    const std::string bytes = io_test::content_of(file);
    content = number_at<std::uint32_t>(bytes, 12);
    for (std::uint32_t i = 0; i < number_at<std::uint32_t>(bytes, 24); ++i) {
      const std::size_t entry = 64 + std::size_t{32} * i;
      const auto offset = number_at<std::uint64_t>(bytes, entry + 8);
      const auto size = number_at<std::uint64_t>(bytes, entry + 16);
      sections.push_back({std::string(bytes.substr(entry, 8).c_str()), bytes.substr(offset, size)});
    }
  }

  [[nodiscard]] std::string bytes() const {
    std::string front(64, '\0');
    front.replace(0, 8, "\x89VNS\r\n\x1A\n", 8);
    put_number(front, 8, std::uint32_t{1});
    put_number(front, 12, content);
    put_number(front, 24, static_cast<std::uint32_t>(sections.size()));
    front.resize(64 + 32 * sections.size());
    front = padded(front);
    std::string body;
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const std::size_t entry = 64 + 32 * i;
      const std::string whole = padded(sections[i].bytes);
      std::vector<std::uint64_t> pieces;
      for (std::size_t at = 0; at < whole.size(); at += 1 << 18) {
        pieces.push_back(naive_hash(whole.substr(at, 1 << 18)));
      }
      front.replace(entry, sections[i].name.size(), sections[i].name);
      put_number(front, entry + 8, std::uint64_t{front.size() + body.size()});
      put_number(front, entry + 16, std::uint64_t{sections[i].bytes.size()});
      put_number(front, entry + 24, hash_of_numbers(pieces));
      body += whole;
    }
    put_number(front, 16, std::uint64_t{front.size() + body.size()});
    return signed_again(front + body, front.size());
  }

  /// With the checksum of header and table that its first bytes ask for.
  [[nodiscard]] static std::string signed_again(std::string bytes, std::size_t front) {
    put_number(bytes, 32, std::uint64_t{0});
    put_number(bytes, 32,
               hash_of_numbers(
                   {naive_hash(bytes.substr(0, 64)), naive_hash(bytes.substr(64, front - 64))}));
    return bytes;
  }
};

void put(const std::string& file, const std::string& bytes) {
  fs::remove(file);  // some file systems wait for the disk where a file is emptied and filled anew
  io_test::write_file(file, bytes);
}

constexpr vn::snapshot_options trusting{.check = vn::snapshot_check::header};

/// 0 -> 1, 0 -> 2, 1 -> 2, 2 -> 2, weighted, or the same undirected.
vn::graph small_graph(vn::direction direction) {
  return vn::build_graph(std::vector<vn::edge>{{0, 1, 1.5}, {0, 2, 1.0}, {1, 2, 3.0}, {2, 2, 1.0}},
                         {.direction = direction, .vertex_count = 4});
}

vn::value_network small_network() {
  vn::actor_table actors;
  for (const char* id : {"a", "百度", "c"}) {
    actors.ids.intern(id);
    actors.city.push_back(id[0] == 'a' ? "北京" : "é");
  }
  actors.roles = {vn::role::sample, vn::role::relation, vn::role::unknown};
  vn::relation_table relations;
  relations.givers = {0, 1, 2};
  relations.takers = {1, 2, 0};
  relations.weights = {1.0, 2.0, 0.5};
  relations.years = {2019, vn::no_year, 2021};
  relations.both_ways = {0, 1, 0};
  relations.kind.push_back("input");
  relations.kind.pad(3);
  relations.more.push_back({"注", relations.kind});
  return {std::move(actors), std::move(relations)};
}

/// Goes over everything that a kernel could trip over.
void use(const vn::graph& g) {
  for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
    for (std::size_t i = 0; i < g.in_neighbors(v).size(); ++i) {
      REQUIRE(g.in_arc(v, i) < g.arc_count());
      REQUIRE(g.target(g.in_arc(v, i)) == v);
    }
  }
  (void)vn::clustering(g, {});
}

void use(const vn::value_network& network) {
  std::size_t bytes = 0;
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    bytes += network.id(a).size() + network.label(a).size() + network.actors().city[a].size();
    bytes += vn::to_string(network.role(a)).size();
  }
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    bytes += network.relations().kind[r].size() + (network.year(r) ? 1 : 0);
    for (const vn::named_column& column : network.relations().more)
      bytes += column.values[r].size();
  }
  REQUIRE(bytes > 0);
  REQUIRE(vn::select(network, {.all_actors = true}).graph().vertex_count() ==
          network.actor_count());
}

/// Whether a file is accepted; what is accepted is used.
bool accepts_graph(const std::string& file, const vn::snapshot_options& options = {}) {
  try {
    use(vn::read_graph_snapshot(file, options));
    return true;
  } catch (const vn::parse_error&) {
    return false;
  }
}
bool accepts_network(const std::string& file, const vn::snapshot_options& options = {}) {
  try {
    use(vn::read_network_snapshot(file, options));
    return true;
  } catch (const vn::parse_error&) {
    return false;
  }
}

constexpr std::uint64_t extremes[]{0,
                                   1,
                                   2,
                                   0x7FFFFFFF,
                                   0x80000000,
                                   0xFFFFFFFE,
                                   0xFFFFFFFF,
                                   0x100000000,
                                   0x7FFFFFFFFFFFFFFF,
                                   0x8000000000000000,
                                   0xFFFFFFFFFFFFFFC0,
                                   0xFFFFFFFFFFFFFFFF};

/// Every byte another value, and every place an extreme number.
template <class Try>
void spoil_sections(const forgery& good, const Try& attempt) {
  std::mt19937 random(3);
  for (std::size_t s = 0; s < good.sections.size(); ++s) {
    for (std::size_t at = 0; at < good.sections[s].bytes.size(); ++at) {
      forgery bad = good;
      char& byte = bad.sections[s].bytes[at];
      byte = static_cast<char>(byte ^ static_cast<char>(1 + random() % 255));
      attempt(bad);
      if (at % 4 != 0) continue;
      for (const std::uint64_t extreme : extremes) {
        bad = good;
        const std::size_t room = std::min<std::size_t>(8, bad.sections[s].bytes.size() - at);
        if (room < 4) continue;
        std::memcpy(bad.sections[s].bytes.data() + at, &extreme, room < 8 || at % 8 != 0 ? 4 : 8);
        attempt(bad);
      }
    }
    forgery bad = good;
    bad.sections[s].bytes += std::string(8, '\0');
    attempt(bad);
    bad.sections[s].bytes = good.sections[s].bytes.substr(0, good.sections[s].bytes.size() / 2);
    attempt(bad);
    bad = good;
    bad.sections.erase(bad.sections.begin() + static_cast<std::ptrdiff_t>(s));
    attempt(bad);
    bad = good;
    bad.sections.push_back(bad.sections[s]);
    attempt(bad);
    bad = good;
    std::swap(bad.sections[s], bad.sections[s / 2]);
    attempt(bad);
  }
}

}  // namespace

TEST_CASE("the checksum is what the documents say", "[snapshot]") {
  std::mt19937_64 random(9);
  for (const unsigned size : {0U, 64U, 128U, 640U, 64000U}) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    CHECK(vn::detail::hash_piece(bytes) == naive_hash(bytes));
    CHECK(vn::detail::hash_piece(std::string(size, '\0')) == naive_hash(std::string(size, '\0')));
  }
  // No change of one bit, of two or of a run of bytes goes unseen.
  std::string bytes(256, '\x5A');
  const std::uint64_t good = vn::detail::hash_piece(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    for (std::size_t other = bit; other < bytes.size() * 8; other += 1 + other % 61) {
      std::string bad = bytes;
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
      if (other != bit) bad[other / 8] = static_cast<char>(bad[other / 8] ^ (1 << (other % 8)));
      if (vn::detail::hash_piece(bad) == good) FAIL("bits " << bit << " and " << other);
    }
  }
  CHECK(vn::detail::hash_piece(std::string(64, '\0')) !=
        vn::detail::hash_piece(std::string(128, '\0')));
}

TEST_CASE("a snapshot's bytes are what the documents say", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  // Over one piece too.
  const vn::graph large = vn::build_graph(std::vector<vn::edge>{{0, 70'000}, {3, 40'000}});
  for (const vn::graph& g : {small_graph(vn::direction::directed), large}) {
    vn::write_snapshot(g, file);
    CHECK(forgery(file).bytes() == io_test::content_of(file));
  }
  vn::write_snapshot(small_network(), file);
  CHECK(forgery(file).bytes() == io_test::content_of(file));
}

TEST_CASE("headers and tables that lie are refused, trusting or not", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  for (const bool is_graph : {true, false}) {
    if (is_graph) {
      vn::write_snapshot(small_graph(vn::direction::directed), file);
    } else {
      vn::write_snapshot(small_network(), file);
    }
    const std::string good = io_test::content_of(file);
    const auto sections = number_at<std::uint32_t>(good, 24);
    const std::size_t front = (64 + 32 * sections + 63) / 64 * 64;
    const auto refused = [&](const std::string& bytes) {
      put(file, bytes);
      for (const vn::snapshot_options& options : {vn::snapshot_options{}, trusting}) {
        CHECK_FALSE((is_graph ? accepts_graph(file, options) : accepts_network(file, options)));
      }
    };
    for (std::uint32_t i = 0; i < sections; ++i) {
      const std::size_t entry = 64 + std::size_t{32} * i;
      const auto offset = number_at<std::uint64_t>(good, entry + 8);
      const auto size = number_at<std::uint64_t>(good, entry + 16);
      for (std::uint64_t lie : extremes) {
        for (const std::uint64_t base : {std::uint64_t{0}, offset, size}) {
          std::string bad = good;
          lie += base;
          if (lie != offset) {
            put_number(bad, entry + 8, lie);
            refused(forgery::signed_again(bad, front));
          }
          bad = good;
          put_number(bad, entry + 16, lie);
          if (lie != size) refused(forgery::signed_again(bad, front));
        }
      }
      std::string bad = good;
      bad[entry] = 'X';
      refused(forgery::signed_again(bad, front));
    }
    for (const std::uint64_t lie : extremes) {
      std::string bad = good;
      put_number(bad, 24, static_cast<std::uint32_t>(lie));
      refused(forgery::signed_again(bad, front));
      bad = good;
      put_number(bad, 16, lie);
      refused(forgery::signed_again(bad, front));
      bad = good;
      put_number(bad, 12, static_cast<std::uint32_t>(lie));
      if (number_at<std::uint32_t>(good, 12) != static_cast<std::uint32_t>(lie)) {
        refused(forgery::signed_again(bad, front));
      }
    }
    // A section in another's place: they may not overlap, nor leave a gap.
    std::string bad = good;
    put_number(bad, 64 + 32 + 8, number_at<std::uint64_t>(good, 64 + 8));
    refused(forgery::signed_again(bad, front));
    refused(good + good);
    refused(forgery::signed_again(good.substr(0, front), front));
  }
}

TEST_CASE("garbage is refused", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  std::mt19937 random(11);
  for (int trial = 0; trial < 300; ++trial) {
    std::string bytes(64 * (1 + random() % 20), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (trial % 3 != 0) {
      bytes.replace(0, 8, "\x89VNS\r\n\x1A\n", 8);
      put_number(bytes, 8, std::uint32_t{1});
      put_number(bytes, 12, static_cast<std::uint32_t>(1 + trial % 2));
      put_number(bytes, 16, std::uint64_t{bytes.size()});
      put_number(bytes, 24, static_cast<std::uint32_t>(random() % 8));
      const std::size_t front = (64 + 32 * number_at<std::uint32_t>(bytes, 24) + 63) / 64 * 64;
      if (trial % 3 == 1 && front <= bytes.size()) bytes = forgery::signed_again(bytes, front);
    }
    put(file, bytes);
    for (const vn::snapshot_options& options : {vn::snapshot_options{}, trusting}) {
      CHECK_FALSE(accepts_graph(file, options));
      CHECK_FALSE(accepts_network(file, options));
    }
    try {
      (void)vn::read_network(file);
    } catch (const vn::parse_error&) {
    }
  }
}

TEST_CASE("graphs with right checksums are refused or are graphs", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    vn::write_snapshot(small_graph(direction), file);
    int tried = 0;
    int accepted = 0;
    spoil_sections(forgery(file), [&](const forgery& bad) {
      put(file, bad.bytes());
      ++tried;
      if (accepts_graph(file)) ++accepted;
    });
    CHECK(tried > 500);
    CHECK(accepted < tried / 8);
  }
}

TEST_CASE("networks with right checksums are refused or sound", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  vn::write_snapshot(small_network(), file);
  int tried = 0;
  int accepted = 0;
  spoil_sections(forgery(file), [&](const forgery& bad) {
    put(file, bad.bytes());
    ++tried;
    for (const vn::snapshot_options& options : {vn::snapshot_options{}, trusting}) {
      if (accepts_network(file, options)) ++accepted;
    }
  });
  CHECK(tried > 1000);
  CHECK(accepted > 10);  // other weights and years are as good
}

TEST_CASE("errors say what is wrong with a network's snapshot", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("s.vnet");
  vn::write_snapshot(small_network(), file);
  const forgery good(file);
  const auto at = [&](forgery& from, const std::string& name, std::size_t which) -> std::string& {
    for (section& each : from.sections) {
      if (each.name == name && which-- == 0) return each.bytes;
    }
    throw std::logic_error("no section " + name);
  };
  const auto fails_with = [&](const std::string& name, std::size_t which, const std::string& bytes,
                              const std::string& words) {
    forgery bad = good;
    at(bad, name, which).replace(0, bytes.size(), bytes);
    put(file, bad.bytes());
    INFO(words);
    CHECK_THROWS_WITH(vn::read_network_snapshot(file),
                      Catch::Contains(file) && Catch::Contains(words));
    CHECK_THROWS_WITH(vn::read_network(file), Catch::Contains(file) && Catch::Contains(words));
  };
  const std::string three("\3\0\0\0", 4);
  fails_with("takers", 0, three, "name an actor beyond the last of 3");
  fails_with("roles", 0, "\3", "role that is neither");
  fails_with("weights", 0, std::string("\0\0\0\0\0\0\xF0\x7F", 8), "not finite");
  fails_with("symbols", 0, std::string("\x09\0\0\0", 4), "holds symbol 9");
  fails_with("words", 0, "c", "same word twice");
  fails_with("words", 0, "\xFF", "no UTF-8");
  fails_with("ends", 0, std::string("\2\0\0\0\0\0\0\0", 8), "no UTF-8");
  fails_with("ends", 0, std::string("\0\0\0\0\0\0\0\0", 8), "do not follow");
  fails_with("names", 0, "\xFF", "name of a column is no UTF-8");
  forgery bad = good;
  at(bad, "network", 0)[4] = 4;
  put(file, bad.bytes());
  CHECK_THROWS_WITH(vn::read_network_snapshot(file), Catch::Contains("section 'givers' has"));
}
