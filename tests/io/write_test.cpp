// Writing GEXF and GraphML: what is read back is the network that was written.
#include "valuenet/io/gexf.hpp"
#include "valuenet/io/graphml.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>

#include <pugixml.hpp>

#include "detail/random.hpp"
#include "reading.hpp"

namespace vn = valuenet;
using namespace valuenet::test;

namespace {

const auto formats = {"gexf", "graphml"};

template <class Source>
std::string written(const std::string& format, const Source& what,
                    const vn::write_options& options = {}, vn::write_result* result = nullptr) {
  std::ostringstream to;
  const vn::write_result wrote =
      format == "gexf" ? vn::write_gexf(what, to, options) : vn::write_graphml(what, to, options);
  if (result != nullptr) *result = wrote;
  pugi::xml_document document;
  CHECK(document.load_string(to.str().c_str()));
  return to.str();
}

template <class Source>
vn::value_network written_and_read(const std::string& format, const Source& what,
                                   const vn::write_options& options = {}) {
  const vn::read_result read = read_text(format, written(format, what, options));
  CHECK(read.accounting.rejected_count == 0);
  return read.network;
}

constexpr std::array actor_columns{"type", "country", "province", "city", "sector", "industry"};
constexpr std::array relation_columns{"dimension", "kind", "technology", "application"};

/// The names of further columns, sorted: their order is nobody's business.
template <class Table>
texts further(const Table& table) {
  texts names;
  for (const vn::named_column& each : table.more) names.push_back(each.name);
  std::sort(names.begin(), names.end());
  return names;
}

/// Every id, label, column, role, end, weight, year and direction, one line each.
std::string everything(const vn::value_network& network) {
  std::ostringstream all;
  const auto column = [&](const auto& table, const std::string& name) {
    for (std::size_t row = 0; row < table.size(); ++row) {
      all << name << ' ' << row << ": " << value(table, name, row) << '\n';
    }
  };
  for (vn::actor_id a = 0; a < network.actor_count(); ++a) {
    all << network.id(a) << '|' << network.label(a) << '|' << to_string(network.role(a)) << '\n';
  }
  for (const char* name : actor_columns) column(network.actors(), name);
  for (const std::string& name : further(network.actors())) column(network.actors(), name);
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    all << network.giver(r) << '>' << network.taker(r) << ' ' << network.weight(r) << ' '
        << network.year(r).value_or(-1) << ' ' << network.holds_both_ways(r) << '\n';
  }
  for (const char* name : relation_columns) column(network.relations(), name);
  for (const std::string& name : further(network.relations())) column(network.relations(), name);
  return all.str();
}

/// The first line in which two networks differ, as both have it.
std::string difference(const vn::value_network& a, const vn::value_network& b) {
  std::istringstream left(everything(a));
  std::istringstream right(everything(b));
  for (std::string x, y;;) {
    const bool more_left = static_cast<bool>(std::getline(left, x));
    const bool more_right = static_cast<bool>(std::getline(right, y));
    if (!more_left && !more_right) return {};
    if (more_left != more_right) return "one has more lines";
    if (x != y) return x.append(" <> ").append(y);
  }
}

vn::text_column column_of(std::initializer_list<const char*> values) {
  vn::text_column column;
  for (const char* each : values) column.push_back(each);
  return column;
}

/// Four actors and six relations with everything that a network may have.
vn::value_network example() {
  vn::actor_table actors;
  for (const char* id : {"甲", "b \"2\" <x>", "c&c", "alone"}) actors.ids.intern(id);
  actors.label = column_of({"深圳 甲公司\n(总部)", "", "tab\there ]]> '", "\r cr "});
  actors.roles = {vn::role::sample, vn::role::relation, vn::role::unknown, vn::role::sample};
  actors.type = column_of({"firm", "university", "", "firm"});
  actors.city = column_of({"深圳", "北京", "", ""});
  actors.more.push_back({"employees", column_of({"1200", "", "-7", "0"})});
  actors.more.push_back({"code", column_of({"001216", "301", "", ""})});
  actors.more.push_back({"growth", column_of({"0.5", "1e-06", "-12", ""})});
  actors.more.push_back({"备注 1", column_of({"😀", "", "", " "})});
  vn::relation_table relations;
  relations.givers = {1, 1, 0, 2, 0, 0};
  relations.takers = {0, 0, 2, 2, 1, 1};
  relations.dimension = column_of({"technology", "technology", "", "investment", "", ""});
  relations.kind = column_of({"input", "licence", "input", "", "shared_person", "shared_person"});
  relations.technology = column_of({"计算机视觉", "", "", "", "", ""});
  relations.weights = {1.0, 0.1, -3.5, 0.0, 1e300, 5e-324};
  relations.years = {2018, vn::no_year, 2021, -5, 0, 2020};
  relations.both_ways = {0, 0, 0, 0, 1, 1};
  relations.more.push_back({"label", column_of({"<first>", "", "", "", "", ""})});
  relations.more.push_back({"source note", column_of({"x", "y", "", "", "", "z"})});
  return {std::move(actors), std::move(relations)};
}

}  // namespace

TEST_CASE("a network that was written is read back the same") {
  for (const std::string format : formats) {
    CAPTURE(format);
    const vn::value_network network = example();
    const vn::value_network read = written_and_read(format, network);
    CHECK(difference(read, network) == "");
    CHECK(read.weight(1) == 0.1);
    CHECK(read.weight(5) == 5e-324);
    CHECK(written(format, read) == written(format, network));
  }
}

TEST_CASE("networks without weights, without relations and without anything") {
  for (const std::string format : formats) {
    CAPTURE(format);
    vn::write_result result;
    const std::string empty = written(format, vn::value_network(), {}, &result);
    CHECK(result.actors == 0);
    CHECK(read_text(format, empty).network.actor_count() == 0);
    vn::actor_table actors;
    actors.ids.intern("one");
    const vn::value_network one(std::move(actors), {});
    CHECK(difference(written_and_read(format, one), one) == "");
    vn::actor_table pair;
    pair.ids.intern("a");
    pair.ids.intern("b");
    vn::relation_table both;
    both.givers = {0, 1};
    both.takers = {1, 1};
    both.both_ways = {1, 1};
    const vn::value_network undirected(std::move(pair), std::move(both));
    const vn::value_network read = written_and_read(format, undirected);
    CHECK(read.is_undirected());
    CHECK(difference(read, undirected) == "");
    CHECK(written(format, undirected).find("weight") == std::string::npos);
  }
}

TEST_CASE("random networks of odd texts are read back the same") {
  const std::vector<std::string> pieces{"中", "国",  "é",    "😀",  "&",    "<", ">",  "\"",
                                        "'",  "]]>", "\n",   "\t", "\r",   " ", "a",  "0",
                                        "1.", ",",   "&#9;", "\\", "\x7f", ";", "：", "|"};
  for (const std::string format : formats) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      CAPTURE(format, seed);
      vn::detail::random_stream random(seed);
      const auto text = [&](std::size_t least) {
        std::string made;
        const std::size_t length = least + random.below(6);
        for (std::size_t i = 0; i < length; ++i) made += pieces[random.below(pieces.size())];
        return made;
      };
      vn::actor_table actors;
      while (actors.size() < 1 + random.below(20)) actors.ids.intern(text(1));
      const std::size_t count = actors.size();
      vn::text_column more;
      for (std::size_t a = 0; a < count; ++a) {
        actors.label.push_back(text(0));
        actors.city.push_back(text(0));
        more.push_back(text(0));
      }
      actors.more.push_back({"x " + text(1), more});
      vn::relation_table relations;
      const std::size_t rows = random.below(30);
      for (std::size_t r = 0; r < rows; ++r) {
        relations.givers.push_back(static_cast<vn::actor_id>(random.below(count)));
        relations.takers.push_back(static_cast<vn::actor_id>(random.below(count)));
        relations.kind.push_back(text(0));
        relations.weights.push_back(random.normal());
        relations.years.push_back(static_cast<std::int32_t>(random.below(4000)));
        relations.both_ways.push_back(static_cast<std::uint8_t>(random.below(2)));
      }
      const vn::value_network network(std::move(actors), std::move(relations));
      CHECK(difference(written_and_read(format, network), network) == "");
    }
  }
}

TEST_CASE("statistics are written beside the network, undefined ones left out") {
  const vn::value_network network = example();
  vn::write_options options;
  const std::vector<int> degrees{4, 3, 2, 0};
  options.actor_columns.emplace_back("degree", degrees);
  options.actor_columns.emplace_back(
      "clustering",
      std::vector<double>{0.5, 0.1 + 0.2, std::numeric_limits<double>::infinity(), 7.0},
      std::vector<bool>{true, true, true, false});
  options.relation_columns.emplace_back("betweenness",
                                        std::vector<double>{1.5, 0.0, 2.0, 3.0, 4.0, 5.0});
  options.positions = {{1.0, -2.5}, {0.0, 0.0}, {3.0, 1e-3}, {4.0, 4.0}};
  options.description = "made for a test";
  for (const std::string format : formats) {
    CAPTURE(format);
    const std::string text = written(format, network, options);
    const vn::value_network read = read_text(format, text).network;
    CHECK(value(read.actors(), "degree", 0) == "4");
    CHECK(value(read.actors(), "degree", 3) == "0");
    CHECK(value(read.actors(), "clustering", 1) == "0.30000000000000004");
    CHECK(value(read.actors(), "clustering", 2) == "INF");
    CHECK(value(read.actors(), "clustering", 3).empty());
    CHECK(value(read.relations(), "betweenness", 0) == "1.5");
    CHECK(value(read.relations(), "betweenness", 1) == "0");
    CHECK(text.find("made for a test") != std::string::npos);
    const bool is_gexf = format == "gexf";
    CHECK(text.find(is_gexf ? "<attribute id=\"degree\" title=\"degree\" type=\"long\"/>"
                            : "attr.name=\"degree\" attr.type=\"long\"/>") != std::string::npos);
    CHECK(text.find(is_gexf
                        ? "title=\"clustering\" type=\"double\"/>"
                        : "attr.name=\"clustering\" attr.type=\"double\"/>") != std::string::npos);
    CHECK(text.find(is_gexf ? "<viz:position x=\"1\" y=\"-2.5\" z=\"0\"/>"
                            : "<data key=\"x\">1</data><data key=\"y\">-2.5</data>") !=
          std::string::npos);
  }
}

TEST_CASE("GEXF shows a drawing's places, sizes and colours") {
  const vn::value_network network = example();
  const std::size_t count = network.actor_count();
  vn::write_options options;
  for (std::size_t i = 0; i < count; ++i) {
    options.positions.push_back({0.5 * static_cast<double>(i), -1.0});
    options.sizes.push_back(1.0 + static_cast<double>(i));
    options.colors.push_back({static_cast<std::uint8_t>(i), 114, 255});
  }
  std::ostringstream out;
  vn::write_gexf(network, out, options);
  pugi::xml_document document;
  REQUIRE(document.load_string(out.str().c_str()));
  std::size_t i = 0;
  for (const pugi::xml_node node :
       document.child("gexf").child("graph").child("nodes").children("node")) {
    CHECK(node.child("viz:position").attribute("x").as_double() == 0.5 * static_cast<double>(i));
    CHECK(node.child("viz:position").attribute("y").as_double() == -1.0);
    CHECK(node.child("viz:size").attribute("value").as_double() == 1.0 + static_cast<double>(i));
    CHECK(node.child("viz:color").attribute("r").as_uint() == i);
    CHECK(node.child("viz:color").attribute("g").as_uint() == 114);
    CHECK(node.child("viz:color").attribute("b").as_uint() == 255);
    ++i;
  }
  CHECK(i == count);
  options.sizes.pop_back();
  CHECK_THROWS_AS(vn::write_gexf(network, out, options), std::invalid_argument);
  options.sizes.push_back(-1.0);
  CHECK_THROWS_AS(vn::write_gexf(network, out, options), std::invalid_argument);
  options.sizes.clear();
  options.colors.pop_back();
  CHECK_THROWS_AS(vn::write_gexf(network, out, options), std::invalid_argument);
}

TEST_CASE("columns have the type that all their values have") {
  for (const std::string format : formats) {
    const std::string text = written(format, example());
    const auto type = [&](const std::string& name) {
      const std::size_t at =
          text.find((format == "gexf" ? "title=\"" : "attr.name=\"") + name + '"');
      REQUIRE(at != std::string::npos);
      const std::size_t begin = text.find("type=\"", at) + 6;
      return text.substr(begin, text.find('"', begin) - begin);
    };
    CHECK(type("employees") == "long");
    CHECK(type("growth") == "double");
    CHECK(type("code") == "string");
    CHECK(type("备注 1") == "string");
    CHECK(type("year") == "long");
  }
}

TEST_CASE("a computed column takes the place of one of its name, and that is told") {
  const vn::value_network network = example();
  vn::write_options options;
  options.actor_columns.emplace_back("employees", std::vector<double>{1.0, 2.0, 3.0, 4.0});
  for (const std::string format : formats) {
    vn::write_result result;
    const std::string text = written(format, network, options, &result);
    CHECK(result.replaced_columns == texts{"employees"});
    CHECK(result.actors == 4);
    CHECK(result.relations == 6);
    CHECK(value(read_text(format, text).network.actors(), "employees", 0) == "1");
  }
}

TEST_CASE("wrong options are named") {
  const vn::value_network network = example();
  std::ostringstream to;
  vn::write_options options;
  options.actor_columns.emplace_back("degree", std::vector<int>{1, 2});
  CHECK_THROWS_WITH(vn::write_gexf(network, to, options),
                    "actor_columns[0] (\"degree\") has 2 values where there are 4 actors");
  options = {};
  options.relation_columns.emplace_back("x", std::vector<int>(6), std::vector<bool>{true});
  CHECK_THROWS_WITH(
      vn::write_graphml(network, to, options),
      "relation_columns[0] (\"x\").defined has 1 entries where there are 6 relations");
  options = {};
  options.positions = {{0.0, 0.0}};
  CHECK_THROWS_AS(vn::write_gexf(network, to, options), std::invalid_argument);
  options.positions.assign(4, {0.0, std::numeric_limits<double>::quiet_NaN()});
  CHECK_THROWS_WITH(vn::write_gexf(network, to, options), "positions[0] is not finite");
  options = {};
  options.actor_columns.emplace_back("", std::vector<int>(4));
  CHECK_THROWS_AS(vn::write_graphml(network, to, options), std::invalid_argument);
}

TEST_CASE("what XML cannot hold becomes U+FFFD and is counted") {
  vn::actor_table actors;
  actors.ids.intern("a\x01z");
  actors.label = column_of({"bell \x07, bad \xff\xC0 byte, \xEF\xBF\xBF, good \xEF\xBF\xBD"});
  const vn::value_network network(std::move(actors), {});
  for (const std::string format : formats) {
    vn::write_result result;
    const std::string text = written(format, network, {}, &result);
    CHECK(result.replaced_characters == 5);
    const vn::value_network read = read_text(format, text).network;
    CHECK(read.id(0) == "a\uFFFDz");
    CHECK(read.label(0) == "bell \uFFFD, bad \uFFFD\uFFFD byte, \uFFFD, good \uFFFD");
  }
}

TEST_CASE("a made-up network says so in its description") {
  vn::actor_table actors;
  actors.ids.intern("a");
  actors.more.push_back({std::string(vn::value_network::provenance_column),
                         column_of({"surrogate of the 2021 report, seed 7"})});
  const vn::value_network network(std::move(actors), {});
  for (const std::string format : formats) {
    const std::string text = written(format, network, {.description = "More words"});
    const std::string element = format == "gexf" ? "description>" : "desc>";
    CHECK(text.find('<' + element + "surrogate of the 2021 report, seed 7. More words</" +
                    element) != std::string::npos);
    CHECK(read_text(format, text).network.surrogate_notice() == network.surrogate_notice());
  }
}

TEST_CASE("edge ids are the relations' own where each has one") {
  for (const std::string format : formats) {
    vn::actor_table actors;
    actors.ids.intern("a");
    vn::relation_table relations;
    relations.givers = relations.takers = {0, 0, 0};
    relations.more.push_back({"id", column_of({"x", "y", "z"})});
    const vn::value_network network(actors, relations);
    CHECK(written(format, network).find("<edge id=\"y\"") != std::string::npos);
    CHECK(difference(written_and_read(format, network), network) == "");
    relations.more[0].values = column_of({"x", "y", "x"});
    const vn::value_network repeated(actors, relations);
    CHECK(written(format, repeated).find("<edge id=\"1\"") != std::string::npos);
    CHECK(value(written_and_read(format, repeated).relations(), "relation_id", 2) == "x");
  }
}

TEST_CASE("a selection is written as its graph is") {
  const vn::value_network network = example();
  for (const std::string format : formats) {
    CAPTURE(format);
    const vn::selection all = vn::select(network);
    vn::write_options options;
    std::vector<double> numbers;
    for (vn::arc_id arc = 0; arc < all.graph().arc_count(); ++arc) {
      numbers.push_back(static_cast<double>(arc) + 0.5);
    }
    options.relation_columns.emplace_back("arc", numbers);
    options.actor_columns.emplace_back("vertex", std::vector<int>{0, 1, 2});
    const vn::value_network read = written_and_read(format, all, options);
    // "alone" is left out; the two shared persons are one edge of summed weight, either way.
    REQUIRE(read.actor_count() == 3);
    CHECK(read.id(1) == "b \"2\" <x>");
    REQUIRE(read.relation_count() == all.graph().edge_count());
    CHECK(read.relation_count() == 6);
    for (vn::relation_id r = 0; r < read.relation_count(); ++r) {
      CHECK(value(read.relations(), "arc", r) == std::to_string(r) + ".5");
      CHECK(read.giver(r) == all.graph().source(r));
      CHECK(read.taker(r) == all.graph().target(r));
      CHECK(read.weight(r) == all.graph().weight(r));
      CHECK_FALSE(read.holds_both_ways(r));
      const auto rows = all.relations(r);
      CHECK(read.relations().kind[r] == network.relations().kind[rows[0]]);
      CHECK(value(read.relations(), "relations", r) == std::to_string(rows.size()));
      if (rows.size() == 2) CHECK_FALSE(read.year(r));  // 0 and 2020
      if (rows.size() == 1) CHECK(read.year(r) == network.year(rows[0]));
    }

    const vn::selection undirected =
        vn::select(network, {.all_actors = true, .direction = vn::direction::undirected});
    const vn::value_network edges = written_and_read(format, undirected);
    CHECK(edges.is_undirected());
    CHECK(edges.actor_count() == 4);
    CHECK(edges.relation_count() == undirected.graph().edge_count());
  }
}

TEST_CASE("a file is written whole or not at all") {
  const std::string folder =
      std::filesystem::temp_directory_path().string() + "/valuenet_write_test";
  std::filesystem::create_directories(folder);
  const vn::value_network network = example();
  for (const std::string format : formats) {
    const std::string file = folder + "/network." + format;
    const auto write = [&](const vn::execution& exec) {
      return format == "gexf" ? vn::write_gexf(network, file, {}, exec)
                              : vn::write_graphml(network, file, {}, exec);
    };
    write({});
    CHECK(contents(file) == written(format, network));
    CHECK(difference(vn::read_network(file).network, network) == "");
    std::ofstream(file) << "old";
    std::stop_source stop;
    stop.request_stop();
    vn::execution exec;
    exec.stop = stop.get_token();
    CHECK_THROWS_AS(write(exec), vn::cancelled);
    CHECK(contents(file) == "old");
  }
  std::size_t files = 0;
  for (const auto& each : std::filesystem::directory_iterator(folder)) {
    files += each.is_regular_file() ? 1 : 0;
  }
  CHECK(files == 2);
  std::filesystem::remove_all(folder);
  CHECK_THROWS_AS(vn::write_gexf(network, folder + "/no/such/folder.gexf"), vn::io_error);
  std::ostringstream broken;
  broken.setstate(std::ios::badbit);
  CHECK_THROWS_AS(vn::write_graphml(network, broken), vn::io_error);
}
