#include "valuenet/error.hpp"
#include "valuenet/io/csv.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/io/snapshot.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/synthesis/random_graph.hpp"
#include "valuenet/synthesis/surrogate.hpp"

#include <cstdint>
#include <filesystem>
#include <random>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "io/snapshot_file.hpp"
#include "io_helpers.hpp"

namespace vn = valuenet;
namespace fs = std::filesystem;
using io_test::content_of;
using io_test::identical;

namespace {

void put(const std::string& file, std::string_view bytes) {
  fs::remove(file);  // some file systems wait for the disk where a file is emptied and filled anew
  io_test::write_file(file, bytes);
}

vn::text_column column(std::initializer_list<const char*> values) {
  vn::text_column made;
  for (const char* value : values) made.push_back(value);
  return made;
}

/// Every column there is, Chinese and empty values among them.
vn::value_network full_network() {
  vn::actor_table actors;
  for (const char* id : {"a", "百度", "c,d"}) actors.ids.intern(id);
  actors.label = column({"甲公司", "", "C \"quoted\"\n"});
  actors.roles = {vn::role::sample, vn::role::unknown, vn::role::relation};
  actors.type = column({"firm", "firm", ""});
  actors.country = column({"中国", "", "United States"});
  actors.province = column({"北京", "四川", ""});
  actors.city = column({"北京", "成都", ""});
  actors.sector = column({"core", "", ""});
  actors.industry = column({"", "", "医疗"});
  actors.more = {{"注册资本", column({"1", "2", ""})}, {"", column({"", "", "x"})}, {"empty", {}}};
  vn::relation_table relations;
  relations.givers = {0, 1, 2, 2};
  relations.takers = {1, 0, 2, 0};
  relations.dimension = column({"technology", "investment", "", "technology"});
  relations.kind = column({"input", "received", "", "input"});
  relations.technology = column({"视觉", "", "", ""});
  relations.application = column({"", "", "", "智能网联汽车"});
  relations.weights = {1.0, 2.5, 0.1, 1e300};
  relations.years = {2019, vn::no_year, -3, 2021};
  relations.both_ways = {0, 1, 0, 0};
  relations.more = {{"note", column({"", "注", "", ""})}};
  return {std::move(actors), std::move(relations)};
}

vn::value_network bare_network() {
  vn::actor_table actors;
  for (const char* id : {"x", "y"}) actors.ids.intern(id);
  vn::relation_table relations;
  relations.givers = {0};
  relations.takers = {1};
  return {std::move(actors), std::move(relations)};
}

std::string random_word(std::mt19937& random) {
  static const std::vector<std::string> letters{"a", "Z", " ", ",", "中", "é", "\n", "0", "😀"};
  std::string word;
  for (auto i = random() % 9; i > 0; --i) word += letters[random() % letters.size()];
  return word;
}

vn::value_network random_network(unsigned seed) {
  std::mt19937 random(seed);
  const auto text = [&](std::size_t rows) {
    vn::text_column made;
    if (random() % 2 == 0) return made;
    for (std::size_t row = 0; row < rows; ++row) made.push_back(random_word(random));
    return made;
  };
  vn::actor_table actors;
  const std::size_t n = random() % 40 + 1;
  while (actors.size() < n) actors.ids.intern(random_word(random) + std::to_string(random() % 90));
  if (random() % 2 == 0) {
    for (std::size_t i = 0; i < n; ++i) {
      actors.roles.push_back(static_cast<vn::role>(random() % 3));
    }
  }
  actors.label = text(n);
  actors.city = text(n);
  for (auto i = random() % 4; i > 0; --i) actors.more.push_back({random_word(random), text(n)});
  vn::relation_table relations;
  const std::size_t m = random() % 60;
  for (std::size_t i = 0; i < m; ++i) {
    relations.givers.push_back(static_cast<vn::actor_id>(random() % n));
    relations.takers.push_back(static_cast<vn::actor_id>(random() % n));
  }
  relations.kind = text(m);
  relations.application = text(m);
  if (random() % 2 == 0) {
    for (std::size_t i = 0; i < m; ++i)
      relations.weights.push_back(1.0 / static_cast<double>(1 + random() % 9));
  }
  if (random() % 2 == 0) {
    for (std::size_t i = 0; i < m; ++i) relations.years.push_back(2000 + static_cast<int>(i));
  }
  if (random() % 2 == 0) relations.both_ways.assign(m, 1);
  for (auto i = random() % 4; i > 0; --i) {
    relations.more.push_back({random_word(random), text(m)});
  }
  return {std::move(actors), std::move(relations)};
}

constexpr vn::snapshot_options trusting{.check = vn::snapshot_check::header};
constexpr vn::snapshot_options undamaged{.check = vn::snapshot_check::damage};

void check_round_trip(const vn::value_network& network, const std::string& file) {
  const vn::write_result written = vn::write_snapshot(network, file);
  CHECK(written.actors == network.actor_count());
  CHECK(written.relations == network.relation_count());
  for (const vn::snapshot_options& options : {vn::snapshot_options{}, undamaged, trusting}) {
    const vn::value_network again = vn::read_network_snapshot(file, options);
    CHECK(identical(again, network));
    CHECK(again.surrogate_notice() == network.surrogate_notice());
    CHECK(again.is_undirected() == network.is_undirected());
    for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
      if (again.find_actor(network.id(a)) != a) FAIL("an actor is not found by its id");
    }
  }
}

}  // namespace

TEST_CASE("a network comes back from its snapshot as it was", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("network.vnet");
  check_round_trip(vn::value_network{}, file);
  check_round_trip(bare_network(), file);
  check_round_trip(full_network(), file);
  for (unsigned seed = 0; seed < 60; ++seed) check_round_trip(random_network(seed), file);
  CHECK(directory.count() == 1);
  // A column may be given without a value, and have words that no row has.
  vn::value_network odd = [] {
    vn::actor_table actors;
    actors.ids.intern("a");
    vn::vocabulary unused;
    unused.intern("nobody");
    actors.type = vn::text_column(unused, {0});
    actors.city = vn::text_column(unused, {});
    return vn::value_network(std::move(actors), {});
  }();
  check_round_trip(odd, file);
}

TEST_CASE("real networks come back from their snapshots", "[snapshot]") {
  const fs::path data = fs::path(VALUENET_SHARED_DIR) / "data";
  if (!fs::exists(data)) {
    WARN("skipped: " << data << " is not there");
    return;
  }
  const io_test::temporary_directory directory;
  const std::string file = directory.file("network.vnet");
  int networks = 0;
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    if (!entry.is_regular_file() || entry.file_size() > 4'000'000) continue;
    vn::value_network network;
    try {
      network = vn::read_network(entry.path().string()).network;
    } catch (const vn::parse_error&) {
      continue;  // some of them are there to be refused
    }
    INFO(entry.path());
    ++networks;
    vn::write_snapshot(network, file);
    const vn::read_result again = vn::read_network(file);
    CHECK(identical(again.network, network));
    io_test::check_closes(again.accounting);
    CHECK(again.accounting.files.at(0).format == "snapshot");
    CHECK(again.accounting.files.at(0).bytes == fs::file_size(file));
    CHECK(again.accounting.relations == network.relation_count());
  }
  CHECK(networks > 40);
}

TEST_CASE("a snapshot is told by its content and keeps what it is", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("anything.csv");
  vn::write_snapshot(full_network(), file);
  CHECK(identical(vn::read_network(file).network, full_network()));
  CHECK(identical(vn::read_network(file, vn::read_options{.format = "snapshot"}).network,
                  full_network()));
  // Kinds that hold both ways are told when reading.
  const vn::value_network both =
      vn::read_network(file, {.undirected_kinds = {"input", "nothing"}}).network;
  CHECK(both.relations().both_ways == std::vector<std::uint8_t>{1, 1, 0, 1});
  CHECK_THROWS_WITH(vn::read_csv({.relations = file}), Catch::Contains("is a snapshot"));
  put(file, "source,target\na,b\n");
  CHECK_THROWS_WITH(vn::read_network(file, vn::read_options{.format = "snapshot"}),
                    Catch::Contains("not a valuenet snapshot"));
  CHECK_THROWS_AS(vn::read_network("-", vn::read_options{.format = "snapshot"}),
                  std::runtime_error);
  vn::write_snapshot(vn::graph{}, file);
  CHECK_THROWS_WITH(vn::read_network(file),
                    Catch::Contains("a graph's snapshot where a value network's was expected"));
}

TEST_CASE("a surrogate's snapshot says that it is one", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("made.vnet");
  const vn::value_network made = vn::surrogate(vn::profile("2021"));
  CHECK(made.surrogate_notice().starts_with("surrogate"));
  vn::write_snapshot(made, file, {}, {.threads = 1});
  const std::string bytes = content_of(file);
  for (const int threads : {2, 8}) {
    vn::write_snapshot(made, file, {}, {.threads = threads});
    CHECK(content_of(file) == bytes);
    const vn::value_network again = vn::read_network_snapshot(file, {}, {.threads = threads});
    CHECK(identical(again, made));
    CHECK(again.surrogate_notice() == made.surrogate_notice());
  }
}

TEST_CASE("a selection and computed columns are written as the tables would be", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("part.vnet");
  const vn::csv_files tables{.actors = directory.file("a.csv"),
                             .relations = directory.file("r.csv")};
  const auto check = [&](const auto& what, const vn::write_options& options) {
    const vn::write_result written = vn::write_snapshot(what, file, options);
    vn::write_csv(what, tables, options);
    const vn::value_network snapshot = vn::read_network(file).network;
    const vn::value_network text = vn::read_csv(tables).network;
    CHECK(written.actors == snapshot.actor_count());
    CHECK(written.relations == snapshot.relation_count());
    CHECK(identical(snapshot, text));
  };
  const std::string example = std::string(VALUENET_SOURCE_DIR) + "/data/example/";
  const vn::value_network network =
      vn::read_csv({.actors = example + "actors.csv", .relations = example + "relations.csv"})
          .network;
  check(vn::select(network, {}), {});
  check(vn::select(network, {.dimension = "technology", .until_year = 2019}), {});
  const vn::selection undirected = vn::select(network, {.direction = vn::direction::undirected});
  std::vector<double> halves(undirected.graph().vertex_count(), 0.5);
  check(undirected, {.actor_columns = {{"half", halves}}});
  std::vector<double> third(network.relation_count(), 1.0 / 3.0);
  check(network, {.relation_columns = {{"third", third}}});
  CHECK_THROWS_AS(vn::write_snapshot(network, file, {.relation_columns = {{"few", halves}}}),
                  std::invalid_argument);
}

TEST_CASE("no changed byte and no truncation of a network's snapshot is read", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("network.vnet");
  vn::write_snapshot(full_network(), file);
  const std::string good = content_of(file);
  std::mt19937 random(5);
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (random() % 8)));
    put(file, bad);
    CHECK_THROWS_AS(vn::read_network_snapshot(file), vn::parse_error);
    if (at % 5 != 0) continue;
    CHECK_THROWS_AS(vn::read_network_snapshot(file, undamaged), vn::parse_error);
    // Whoever reads it as any file hears of it too, and not of a table that it is not.
    CHECK_THROWS_AS(vn::read_network(file), vn::parse_error);
    try {
      (void)vn::read_network_snapshot(file, trusting);  // may be wrong, but sound
    } catch (const vn::parse_error&) {
    }
  }
  for (std::size_t size = 0; size < good.size(); size += 1 + size / 97) {
    put(file, good.substr(0, size));
    CHECK_THROWS_AS(vn::read_network_snapshot(file, trusting), vn::parse_error);
  }
  put(file, good + std::string(64, '\0'));
  CHECK_THROWS_AS(vn::read_network_snapshot(file, trusting), vn::parse_error);
}

TEST_CASE("text that is no UTF-8 is not written", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string file = directory.file("network.vnet");
  const auto with = [](std::string id, std::string name) {
    vn::actor_table actors;
    actors.ids.intern("b");
    actors.ids.intern(id);
    actors.more = {{name, column({"v", ""})}};
    return vn::value_network(std::move(actors), {});
  };
  CHECK_THROWS_AS(vn::write_snapshot(with("\xFF", "n"), file), std::invalid_argument);
  CHECK_THROWS_AS(vn::write_snapshot(with(std::string(1, '\0'), "n"), file), std::invalid_argument);
  CHECK_THROWS_AS(vn::write_snapshot(with("ok", "\xC3"), file), std::invalid_argument);
  // Two halves of a character are none.
  vn::actor_table halves;
  halves.ids.intern("\xC3");
  halves.ids.intern("\xA9");
  CHECK_THROWS_AS(vn::write_snapshot(vn::value_network(std::move(halves), {}), file),
                  std::invalid_argument);
  CHECK(directory.count() == 0);
}

TEST_CASE("reading a snapshot stops when it is told to", "[snapshot]") {
  const io_test::temporary_directory directory;
  const std::string network = directory.file("network.vnet");
  const std::string graph = directory.file("graph.vnet");
  vn::write_snapshot(vn::surrogate(vn::profile("2021")), network);
  vn::write_snapshot(vn::rmat({.scale = 17}), graph);
  // Asked to stop when it first says that it has come somewhere, in each of its tasks.
  const auto stops = [](const std::string& task, const auto& read) {
    std::stop_source stop;
    vn::execution exec{.threads = 1, .stop = stop.get_token()};
    bool was_there = false;
    exec.progress = [&](const vn::progress_report& report) {
      if (report.task != task || report.fraction <= 0.0 || report.fraction >= 1.0) return;
      was_there = true;
      stop.request_stop();
    };
    CHECK_THROWS_AS(read(exec), vn::cancelled);
    CHECK(was_there);
  };
  stops("checking the snapshot",
        [&](const vn::execution& exec) { return vn::read_graph_snapshot(graph, {}, exec); });
  stops("checking the snapshot",
        [&](const vn::execution& exec) { return vn::read_graph_snapshot(graph, undamaged, exec); });
  stops("reading the snapshot",
        [&](const vn::execution& exec) { return vn::read_network_snapshot(network, {}, exec); });
  stops("reading the snapshot",
        [&](const vn::execution& exec) { return vn::read_network(network, {}, exec); });
}
