#include "valuenet/io/snapshot.hpp"

#include "valuenet/error.hpp"
#include "valuenet/graph/builder.hpp"
#include "valuenet/graph/subgraph.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

#include "catch.hpp"
#include "io/snapshot_file.hpp"

namespace vn = valuenet;
namespace fs = std::filesystem;

namespace {

/// A directory that goes when the test does.
class scratch {
 public:
  scratch()
      : path_(fs::temp_directory_path() /
              ("valuenet_snapshot_" + std::to_string(::getpid()) + "_" + std::to_string(made_++))) {
    fs::create_directories(path_);
  }
  ~scratch() { fs::remove_all(path_); }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  inline static int made_ = 0;
  fs::path path_;
};

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& file, const std::string& bytes) {
  fs::remove(file);  // some file systems wait for the disk where a file is emptied and filled anew
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

vn::graph random_graph(vn::direction direction, bool weighted, unsigned seed,
                       vn::vertex_id vertices = 9, int rows = 30) {
  std::mt19937 random(seed);
  std::vector<vn::vertex_id> sources;
  std::vector<vn::vertex_id> targets;
  std::vector<double> weights;
  for (int i = 0; i < rows; ++i) {
    sources.push_back(static_cast<vn::vertex_id>(random() % vertices));
    targets.push_back(static_cast<vn::vertex_id>(random() % vertices));
    if (weighted) weights.push_back(static_cast<double>(random() % 100) / 7.0);
  }
  return vn::build_graph(
      vn::edge_columns{.sources = sources, .targets = targets, .weights = weights},
      {.direction = direction, .vertex_count = vertices});
}

bool same(const vn::graph& a, const vn::graph& b) {
  return a.direction() == b.direction() && a.is_weighted() == b.is_weighted() &&
         a.vertex_count() == b.vertex_count() && a.loop_count() == b.loop_count() &&
         a.parallel_arc_count() == b.parallel_arc_count() &&
         std::ranges::equal(a.out_offsets(), b.out_offsets()) &&
         std::ranges::equal(a.out_targets(), b.out_targets()) &&
         std::ranges::equal(a.out_weights(), b.out_weights()) &&
         std::ranges::equal(a.in_offsets(), b.in_offsets()) &&
         std::ranges::equal(a.in_sources(), b.in_sources()) &&
         std::ranges::equal(a.in_weights(), b.in_weights());
}

constexpr vn::snapshot_options trusting{.check = vn::snapshot_check::header};
constexpr vn::snapshot_options undamaged{.check = vn::snapshot_check::damage};

/// The arrays of a snapshot to be, which a test may spoil: the checksums will be right.
struct arrays {
  std::uint32_t vertex_count = 3;
  std::uint8_t is_directed = 1;
  std::uint8_t is_weighted = 0;
  std::uint64_t arc_count = 3;
  std::uint64_t loop_count = 0;
  std::uint64_t parallel_arc_count = 0;
  // 0 -> 1, 0 -> 2, 1 -> 2
  std::vector<std::uint64_t> out_offsets{0, 2, 3, 3};
  std::vector<std::uint32_t> out_targets{1, 2, 2};
  std::vector<double> out_weights{};
  std::vector<std::uint64_t> in_offsets{0, 0, 1, 3};
  std::vector<std::uint32_t> in_sources{0, 0, 1};
  std::vector<double> in_weights{};

  void write(const std::string& file) const {
    struct {
      std::uint32_t vertex_count;
      std::uint8_t is_directed;
      std::uint8_t is_weighted;
      std::uint16_t zero;
      std::uint64_t arc_count;
      std::uint64_t loop_count;
      std::uint64_t parallel_arc_count;
    } const record{vertex_count, is_directed, is_weighted,       0,
                   arc_count,    loop_count,  parallel_arc_count};
    vn::detail::snapshot_writer writer(vn::detail::snapshot_content::graph);
    writer.add("graph", std::span(&record, 1));
    writer.add("out.off", std::span(out_offsets));
    writer.add("out.to", std::span(out_targets));
    if (is_weighted != 0) writer.add("out.w", std::span(out_weights));
    if (is_directed != 0) {
      writer.add("in.off", std::span(in_offsets));
      writer.add("in.from", std::span(in_sources));
      if (is_weighted != 0) writer.add("in.w", std::span(in_weights));
    }
    writer.write(file, {});
  }
};

}  // namespace

TEST_CASE("a graph comes back from its snapshot as it was", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  for (const vn::direction direction : {vn::direction::directed, vn::direction::undirected}) {
    for (const bool weighted : {false, true}) {
      for (unsigned seed = 0; seed < 10; ++seed) {
        const vn::graph g = random_graph(direction, weighted, seed, 1 + seed * 3, 40);
        vn::write_snapshot(g, file);
        for (const vn::snapshot_options& options : {vn::snapshot_options{}, undamaged, trusting}) {
          CHECK(same(vn::read_graph_snapshot(file, options), g));
        }
      }
    }
  }
  for (const vn::graph& g :
       {vn::graph{}, vn::path_graph(1), vn::build_graph(vn::edge_columns{}, {.vertex_count = 5}),
        vn::transpose(random_graph(vn::direction::directed, true, 3)), vn::rmat({.scale = 14})}) {
    vn::write_snapshot(g, file);
    CHECK(same(vn::read_graph_snapshot(file), g));
  }
  CHECK(directory.files() == 1);  // nothing was left beside
}

TEST_CASE("the file is used in place and outlives its replacement", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  const vn::graph g = vn::rmat({.scale = 8});
  vn::write_snapshot(g, file);
  const vn::graph mapped = vn::read_graph_snapshot(file);
  const vn::graph copy = mapped;
  CHECK(copy.out_targets().data() == mapped.out_targets().data());
  CHECK(reinterpret_cast<std::uintptr_t>(mapped.out_targets().data()) % 64 == 0);
  vn::write_snapshot(vn::path_graph(3), file);
  CHECK(same(mapped, g));
  vn::write_snapshot(mapped, file);  // from the old file that has no name any more
  CHECK(same(vn::read_graph_snapshot(file), g));
}

TEST_CASE("a snapshot is the same bytes whatever wrote it", "[snapshot]") {
  const scratch directory;
  const vn::graph g = vn::rmat({.scale = 16});
  vn::write_snapshot(g, directory.file("one"), {.threads = 1});
  for (const int threads : {2, 8}) {
    vn::write_snapshot(g, directory.file("many"), {.threads = threads});
    CHECK(bytes_of(directory.file("one")) == bytes_of(directory.file("many")));
    CHECK(same(vn::read_graph_snapshot(directory.file("one"), {}, {.threads = threads}), g));
  }
}

TEST_CASE("every single changed byte is found", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  vn::write_snapshot(random_graph(vn::direction::directed, true, 1), file);
  const std::string good = bytes_of(file);
  std::mt19937 random(1);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (random() % 8)));
    put(file, bad);
    CHECK_THROWS_AS(vn::read_graph_snapshot(file), vn::parse_error);
    CHECK_THROWS_AS(vn::read_graph_snapshot(file, undamaged), vn::parse_error);
  }
}

TEST_CASE("every truncation is found, trusting or not", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  vn::write_snapshot(random_graph(vn::direction::undirected, true, 1), file);
  const std::string good = bytes_of(file);
  for (std::size_t size = 0; size < good.size(); ++size) {
    put(file, good.substr(0, size));
    CHECK_THROWS_AS(vn::read_graph_snapshot(file), vn::parse_error);
    CHECK_THROWS_AS(vn::read_graph_snapshot(file, trusting), vn::parse_error);
  }
  put(file, good + std::string(64, '\0'));
  CHECK_THROWS_AS(vn::read_graph_snapshot(file, trusting), vn::parse_error);
}

TEST_CASE("errors say what is wrong with which file", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  const auto fails_with = [&](const std::string& words) {
    CHECK_THROWS_WITH(vn::read_graph_snapshot(file),
                      Catch::Contains(file) && Catch::Contains(words));
  };
  CHECK_THROWS_AS(vn::read_graph_snapshot(directory.file("none")), vn::io_error);
  CHECK_THROWS_AS(vn::read_graph_snapshot(directory.file("")), vn::io_error);
  CHECK_THROWS_AS(vn::read_graph_snapshot("/dev/null"), vn::parse_error);
  CHECK_THROWS_AS(vn::write_snapshot(vn::graph{}, directory.file("no/such/directory")),
                  vn::io_error);
  put(file, "");
  fails_with("not a valuenet snapshot");
  put(file, "source,target\n1,2\n");
  fails_with("not a valuenet snapshot");
  vn::write_snapshot(vn::path_graph(3), file);
  const std::string good = bytes_of(file);
  put(file, good.substr(0, 40));
  fails_with("truncated");
  put(file, good.substr(0, good.size() - 1));
  fails_with("truncated: " + std::to_string(good.size() - 1) + " bytes where the header says " +
             std::to_string(good.size()));
  std::string bad = good;
  bad[8] = 2;
  put(file, bad);
  fails_with("snapshot version 2 where version 1 was expected");
  bad = good;
  bad[40] = static_cast<char>(bad[40] + 1);
  put(file, bad);
  fails_with("header's checksum");
  bad = good;
  bad.back() = 1;  // padding of the last section
  put(file, bad);
  fails_with("checksum of section 'out.to'");
  vn::detail::snapshot_writer other(vn::detail::snapshot_content::value_network);
  other.write(file, {});
  fails_with("a value network's snapshot where a graph's was expected");
  vn::detail::snapshot_writer empty(vn::detail::snapshot_content::graph);
  empty.write(file, {});
  fails_with("section 'graph' is missing");
}

TEST_CASE("arrays that are no graph are refused even with right checksums", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  const auto fails_with = [&](const arrays& spoiled, const std::string& words) {
    INFO(words);
    spoiled.write(file);
    CHECK_THROWS_WITH(vn::read_graph_snapshot(file), Catch::Contains(words));
  };
  arrays good;
  good.write(file);
  CHECK(vn::read_graph_snapshot(file).edge_count() == 3);

  arrays bad = good;
  bad.out_targets[2] = 3;
  fails_with(bad, "vertex out of range");
  bad = good;
  bad.in_sources[0] = 0xFFFFFFFF;
  fails_with(bad, "vertex out of range");
  bad = good;
  std::swap(bad.out_targets[0], bad.out_targets[1]);
  fails_with(bad, "out of order");
  bad = good;
  bad.out_offsets = {0, 4, 3, 3};
  fails_with(bad, "do not rise");
  bad.out_offsets = {0, 2, 3, 1ULL << 60};
  fails_with(bad, "do not rise");
  bad.out_offsets = {1, 2, 3, 3};
  fails_with(bad, "do not rise");
  bad = good;
  bad.in_offsets = {0, 0, 1, 2};
  fails_with(bad, "do not rise");
  bad = good;
  bad.in_sources = {0, 0, 0};  // sorted and in range, but not the out-rows turned round
  bad.parallel_arc_count = 1;
  fails_with(bad, "other numbers of loops or parallel arcs");
  bad = good;
  bad.in_sources = {0, 1, 1};
  fails_with(bad, "");
  bad = good;
  bad.in_offsets = {0, 0, 2, 3};
  bad.in_sources = {0, 1, 0};
  fails_with(bad, "");
  bad = good;
  bad.in_offsets = {0, 1, 1, 3};
  bad.in_sources = {1, 0, 1};
  fails_with(bad, "not its out-rows turned round");
  bad = good;
  bad.loop_count = 1;
  fails_with(bad, "other numbers of loops");
  bad = good;
  bad.vertex_count = 0xFFFFFFFF;
  fails_with(bad, "describes no graph");
  bad = good;
  bad.vertex_count = 0xFFFFFFFE;
  fails_with(bad, "section 'out.off' has 32 bytes");
  bad = good;
  bad.arc_count = 1ULL << 62;
  fails_with(bad, "section 'out.to'");
  bad = good;
  bad.is_directed = 2;
  fails_with(bad, "describes no graph");
  bad = good;
  bad.is_weighted = 1;
  bad.out_weights = {1.0, 2.0, 3.0};
  bad.in_weights = {1.0, 2.0, 4.0};
  fails_with(bad, "not its out-rows turned round");
  bad.in_weights = {1.0, 2.0, std::numeric_limits<double>::quiet_NaN()};
  fails_with(bad, "not finite");
  bad.in_weights = {1.0, 2.0};
  fails_with(bad, "section 'in.w'");
  bad = good;  // undirected: 0-1 from both ends, 1-2 from one
  bad.is_directed = 0;
  bad.out_offsets = {0, 1, 3, 3};
  bad.out_targets = {1, 0, 2};
  fails_with(bad, "missing at one of its ends");
  bad.arc_count = 4;
  bad.out_offsets = {0, 1, 3, 4};
  bad.out_targets = {1, 0, 2, 1};
  bad.write(file);
  CHECK(vn::read_graph_snapshot(file).edge_count() == 2);
}

TEST_CASE("random arrays with right checksums are refused or are a graph", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  std::mt19937 random(7);
  int accepted = 0;
  for (int trial = 0; trial < 120; ++trial) {
    arrays a;
    const auto spoil = [&](auto& values) {
      if (values.empty() || random() % 3 != 0) return;
      values[random() % values.size()] = random() % 4;
    };
    spoil(a.out_offsets);
    spoil(a.out_targets);
    spoil(a.in_offsets);
    spoil(a.in_sources);
    if (random() % 2 == 0) a.is_directed = 0;
    a.write(file);
    try {
      const vn::graph g = vn::read_graph_snapshot(file);
      ++accepted;
      for (vn::vertex_id v = 0; v < g.vertex_count(); ++v) {
        for (std::size_t i = 0; i < g.in_neighbors(v).size(); ++i) {
          REQUIRE(g.in_arc(v, i) < g.arc_count());
          REQUIRE(g.target(g.in_arc(v, i)) == v);
        }
      }
    } catch (const vn::parse_error&) {
    }
  }
  CHECK(accepted > 10);
  CHECK(accepted < 96);
}

TEST_CASE("a stopped write leaves what was there", "[snapshot]") {
  const scratch directory;
  const std::string file = directory.file("graph.vns");
  vn::write_snapshot(vn::path_graph(3), file);
  const std::string before = bytes_of(file);
  std::stop_source stop;
  vn::execution exec{.threads = 1, .stop = stop.get_token()};
  // Asked to stop when the first part has been written.
  exec.progress = [&](const vn::progress_report& report) {
    if (report.fraction > 0.0) stop.request_stop();
  };
  const vn::graph large = vn::build_graph(vn::edge_columns{}, {.vertex_count = 3'000'000});
  CHECK_THROWS_AS(vn::write_snapshot(large, file, exec), vn::cancelled);
  CHECK(stop.stop_requested());
  CHECK(bytes_of(file) == before);
  CHECK(directory.files() == 1);
}

TEST_CASE("a weight that is not finite is not written", "[snapshot]") {
  const scratch directory;
  const double infinite = std::numeric_limits<double>::infinity();
  const vn::graph g = vn::build_graph(std::vector<vn::edge>{{0, 1, infinite}});
  CHECK_THROWS_AS(vn::write_snapshot(g, directory.file("g")), std::invalid_argument);
  CHECK(directory.files() == 0);
}
