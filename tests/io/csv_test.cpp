#include "valuenet/io/csv.hpp"

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>

#include "catch.hpp"
#include "detail/random.hpp"
#include "io_helpers.hpp"

namespace vn = valuenet;
using io_test::error_of;
using io_test::identical;
using io_test::read_text;
using vn::detail::table_wanted;

namespace {

/// "a>b" for every relation, "a-b" for one that holds both ways.
std::string relations_of(const vn::value_network& network) {
  std::string all;
  for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
    if (r != 0) all += ' ';
    all += network.id(network.giver(r));
    all += network.holds_both_ways(r) ? '-' : '>';
    all += network.id(network.taker(r));
  }
  return all;
}

std::string_view more(const vn::value_network& network, std::string_view column, std::size_t row) {
  const vn::text_column* found = find_column(network.relations(), column);
  return found == nullptr ? "no such column" : (*found)[row];
}

}  // namespace

TEST_CASE("a giver among empty values is an actor without relations", "[csv]") {
  const auto read = read_text("Source,Target,Weight\nF,,\nA,B,1\nE,,\nB,,7\n", {});
  REQUIRE(read.network.actor_count() == 4);
  CHECK(read.network.id(0) == "F");
  CHECK(read.network.id(3) == "E");
  CHECK(read.network.relation_count() == 1);
  CHECK(read.accounting.rejected_count == 1);  // a weight of nothing
  CHECK(read.accounting.files[0].actor_rows == 2);
  CHECK(read.accounting.files[0].actors_kept == 2);
}

TEST_CASE("The example's tables are read as they stand") {
  const std::string data = std::string(VALUENET_SOURCE_DIR) + "/data/example/";
  const auto [network, accounting] =
      vn::read_csv({.actors = data + "actors.csv", .relations = data + "relations.csv"});
  io_test::check_closes(accounting);
  CHECK(network.actor_count() == 12);
  CHECK(network.relation_count() == 26);
  CHECK(network.id(0) == "jia");
  CHECK(network.label(0) == "甲大学");
  CHECK(network.role(0) == vn::role::relation);
  CHECK(network.role(3) == vn::role::sample);
  CHECK(network.actors().city[2] == "深圳");
  CHECK(network.label(11) == "Chou Labs");
  CHECK(network.id(network.giver(0)) == "jia");
  CHECK(network.relations().kind[0] == "input");
  CHECK(network.year(0) == 2016);
  CHECK(network.weight(3) == 2.0);
  CHECK(network.relations().application[6] == "云计算");
  REQUIRE(accounting.files.size() == 2);
  CHECK(accounting.files[0].format == "csv actor table");
  CHECK(accounting.files[0].actors_kept == 12);
  CHECK(accounting.files[1].format == "csv edge table");
  CHECK(accounting.files[1].relations_kept == 26);
  CHECK(accounting.files[1].hash.size() == 16);
  CHECK(accounting.hash_name == "XXH64");
  // read_network of two files is the same.
  CHECK(identical(network, vn::read_network(data + "actors.csv", data + "relations.csv").network));
}

TEST_CASE("One table in every separator, line end and encoding is one network") {
  const std::string table =
      "来源,目标,关系,权重,年份\n甲大学,乙公司,赋能,2,2019\n\"丙, "
      "丁\",乙公司,\"投\n资\",1.5,2020\n";
  const vn::value_network expected = read_text(table).network;
  CHECK(expected.actor_count() == 3);
  CHECK(expected.id(2) == "丙, 丁");
  CHECK(expected.relations().kind[1] == "投\n资");
  CHECK(expected.weight(1) == 1.5);
  CHECK(expected.year(1) == 2020);
  for (const char separator : {',', ';', '\t', '|'}) {
    std::string other;
    bool inside = false;
    for (const char c : table) {
      if (c == '"') inside = !inside;
      other += c == ',' && !inside ? separator : c;
    }
    CHECK(identical(expected, read_text(other).network));
    CHECK(identical(expected, read_text("\xEF\xBB\xBF" + other).network));
    CHECK(identical(expected, read_text(other, {.separator = separator}).network));
    CHECK(identical(expected, read_text(std::string("sep=") + separator + "\r\n" + other).network));
  }
  for (const std::string end : {"\r\n", "\r"}) {
    std::string other;
    bool inside = false;
    for (const char c : table) {
      if (c == '"') inside = !inside;
      other += c == '\n' && !inside ? end : std::string(1, c);
    }
    CHECK(identical(expected, read_text(other).network));
    // No line end at the end.
    CHECK(identical(expected, read_text(other.substr(0, other.size() - end.size())).network));
  }
}

TEST_CASE("Gephi's columns are understood") {
  const auto read = read_text(
      "Source,Target,Type,Id,Label,Weight,Kind\n1,2,Directed,0,x,\"1,33\",a\n2,3,Undirected,1,,,"
      "b\n");
  const vn::value_network& network = read.network;
  CHECK(relations_of(network) == "1>2 2-3");
  CHECK(network.weight(0) == 1.33);
  CHECK(network.weight(1) == 1.0);
  CHECK(network.relations().kind[1] == "b");
  CHECK(more(network, "Id", 1) == "1");
  CHECK(more(network, "Label", 0) == "x");
  CHECK(find_column(network.relations(), "Type") == nullptr);
  REQUIRE(read.accounting.files[0].notes.size() == 1);
  CHECK_THAT(read.accounting.files[0].notes[0], Catch::Contains("decimal comma"));
}

TEST_CASE("Columns are found by many names, the better name first") {
  const char* const headers[] = {
      "giver,taker",       "SOURCE,Target",         "from,to",
      "From_Node,To Node", "source_org,target_org", "来源,目标",
      "源节点,目标节点",   "投资方,被投资方",       ":START_ID,:END_ID",
  };
  for (const std::string header : headers) {
    CHECK(relations_of(read_text(header + "\na,b\n").network) == "a>b");
  }
  // giver and taker before from and to, which stay as they are.
  const auto read = read_text("from,to,taker,giver\n1,2,b,a\n");
  CHECK(relations_of(read.network) == "a>b");
  CHECK(more(read.network, "from", 0) == "1");
  // Columns without a name, and twice the same one.
  const auto odd = read_text("giver,taker,,x,x,\na,b,1,2,3,4\n");
  CHECK(more(odd.network, "column_3", 0) == "1");
  CHECK(more(odd.network, "x", 0) == "2");
  CHECK(more(odd.network, "x_2", 0) == "3");
  CHECK(more(odd.network, "column_6", 0) == "4");
}

TEST_CASE("The caller's names come first, and must be there") {
  const vn::read_options options{.giver_column = "Acquirer",
                                 .taker_column = "company",
                                 .weight_column = "price",
                                 .kind_column = "what",
                                 .dimension_column = "area",
                                 .year_column = "acquired_at"};
  const auto read = read_text(
      "company,acquirer,acquired_at,price,what,area,source,target\n"
      "b,a,2012-07-23,3,acquire,investment,s,t\n",
      options);
  CHECK(relations_of(read.network) == "a>b");
  CHECK(read.network.year(0) == 2012);
  CHECK(read.network.weight(0) == 3.0);
  CHECK(read.network.relations().kind[0] == "acquire");
  CHECK(read.network.relations().dimension[0] == "investment");
  CHECK(more(read.network, "acquired_at", 0) == "2012-07-23");
  CHECK(more(read.network, "source", 0) == "s");
  CHECK_THROWS_AS(read_text("a,b\n1,2\n", options), std::invalid_argument);
  CHECK_THAT(error_of("company,acquirer\n1,2\n", options),
             Catch::Contains("weight_column is \"price\"") && Catch::Contains("company, acquirer"));
  CHECK_THROWS_AS(read_text("giver,taker\n1,2\n", {.separator = 'x'}), std::invalid_argument);
}

TEST_CASE("Rows that cannot be kept are rejected with line, reason and text") {
  std::vector<vn::rejected_row> seen;
  vn::read_options options;
  options.rejected_kept = 3;
  options.on_rejected = [&](const vn::rejected_row& row) { seen.push_back(row); };
  const std::string table =
      "giver,taker,weight\n"
      "a,b,1\n"
      ",b,1\n"
      "a,,1\n"
      "\"a\nx\",b,heavy\n"
      "a,b,Infinity\n"
      "a,b,NaN\n"
      "a,b,1e999\n"
      "a,b,1,left over\n"
      "a,b,\"1,234\"\n"
      ",,\n"
      "\n"
      "a,b\n"
      "a,b,2,,\n";
  const auto read = read_text(table, options);
  CHECK(relations_of(read.network) == "a>b a>b a>b");
  CHECK(read.network.weight(2) == 2.0);
  CHECK(read.accounting.rejected_count == 8);
  CHECK(read.accounting.rejected.size() == 3);
  CHECK(read.accounting.files[0].relation_rows == 11);
  REQUIRE(seen.size() == 8);
  CHECK(seen[0].line == 3);
  CHECK(seen[0].text == ",b,1");
  CHECK(seen[0].reason == "the giver is missing");
  CHECK(seen[1].reason == "the taker is missing");
  CHECK(seen[2].line == 5);
  CHECK_THAT(seen[2].reason, Catch::Contains("\"heavy\" is not a number"));
  CHECK(seen[3].line == 7);
  CHECK_THAT(seen[3].reason, Catch::Contains("\"Infinity\" is not finite"));
  CHECK_THAT(seen[4].reason, Catch::Contains("not finite"));
  CHECK_THAT(seen[5].reason, Catch::Contains("not finite"));
  CHECK_THAT(seen[6].reason, Catch::Contains("more values than the 3 columns"));
  CHECK_THAT(seen[7].reason, Catch::Contains("thousands comma"));
  CHECK_THAT(read.accounting.files[0].notes.at(0), Catch::Contains("1 row of empty values"));
  // Without a listener the rest is counted all the same.
  CHECK(read_text(table, {.rejected_kept = 1}).accounting.rejected_count == 8);
}

TEST_CASE("Decimal commas are clear where commas do not separate") {
  const auto read = read_text("giver;taker;weight\na;b;1,234\nb;a;0,5\n");
  CHECK(read.network.weight(0) == 1.234);
  CHECK(read.network.weight(1) == 0.5);
}

TEST_CASE("Years come from years and dates") {
  const auto read = read_text(
      "giver,taker,year\na,b,2012\na,b,2012-07-23\na,b,2012/7/23\na,b,23.07.2012\na,b,20120723\n"
      "a,b,2012年7月\na,b,2012-07-23T10:00:00Z\na,b,12\na,b,-50\na,b,n/a\na,b,\n");
  for (vn::relation_id r = 0; r < 7; ++r) CHECK(read.network.year(r) == 2012);
  CHECK(read.network.year(7) == 12);
  CHECK(read.network.year(8) == -50);
  CHECK_FALSE(read.network.year(9));
  CHECK_FALSE(read.network.year(10));
  CHECK(more(read.network, "date", 1) == "2012-07-23");
}

TEST_CASE("Tables of actors alone are networks without relations") {
  const auto read =
      read_text("Id,Label,国家,logo\n1,uno,中国,a.png\n2,,,\n2,dos,美国,\n,x,,\n,,,\n");
  CHECK(read.network.actor_count() == 2);
  CHECK(read.network.relation_count() == 0);
  CHECK(read.network.label(1) == "dos");
  CHECK(read.network.actors().country[1] == "美国");
  CHECK((*find_column(read.network.actors(), "logo"))[0] == "a.png");
  const vn::file_accounting& file = read.accounting.files[0];
  CHECK(file.format == "csv actor table");
  CHECK(file.actor_rows == 4);
  CHECK(file.actors_kept == 2);
  CHECK(file.rejected == 1);
  CHECK(read.accounting.rejected[0].reason == "the actor has no id");
  // Names are ids only when the table is given as one of actors.
  CHECK(read_text("name,type\na,b\n", {}, 2, table_wanted::actors).network.id(0) == "a");
  CHECK_THAT(error_of("name,value\na,b\n"), Catch::Contains("name no network"));
  CHECK(read_text("nom,type\na,b\n", {.id_column = "nom"}).network.id(0) == "a");
}

TEST_CASE("A header without rows is an empty network") {
  CHECK(read_text("Source,Target,Type\n").network.relation_count() == 0);
  CHECK(read_text("Source,Target,Type").network.actor_count() == 0);
  CHECK(read_text("id").network.actor_count() == 0);
}

TEST_CASE("Edge lists need no header") {
  CHECK(relations_of(read_text("1 2\n2 3\n").network) == "1>2 2>3");
  CHECK(relations_of(read_text("# a comment\n1\t2\n% another\n2\t3\n").network) == "1>2 2>3");
  CHECK(relations_of(read_text("  1   2  \n 10   2\n").network) == "1>2 10>2");
  CHECK(relations_of(read_text("1,2\n2,3\n").network) == "1>2 2>3");
  CHECK(relations_of(read_text("ann,bob\nbob,cid\n").network) == "ann>bob bob>cid");
  CHECK(relations_of(read_text("\"ann b\" bob\nbob \"cid \"\n").network) == "ann b>bob bob>cid ");
  const auto weighted = read_text("1 2 0.5\n1 3 4\n1\n2 3 x\n");
  CHECK(weighted.network.relations().kind.is_given());  // one of them is no number
  const auto kinds = read_text("a b input\nb c made\n").network;
  CHECK(kinds.relations().kind[1] == "made");
  const auto numbers = read_text("1 2 0.5\n1 3 4\n1\n");
  CHECK(numbers.network.weight(0) == 0.5);
  CHECK(numbers.accounting.rejected_count == 1);
  CHECK(numbers.accounting.files[0].format == "edge list");
  // What NetworkX writes.
  const auto networkx = read_text("0 1 {'weight': 2.5, 'color': 'x y'}\n1 2 {}\n");
  CHECK(networkx.network.weight(0) == 2.5);
  CHECK(networkx.network.weight(1) == 1.0);
  CHECK(networkx.accounting.rejected_count == 0);
  // What SNAP and KONECT write.
  CHECK(relations_of(read_text("# x\n# ToNodeId\tFromNodeId\n1\t2\n").network) == "2>1");
  CHECK(relations_of(read_text("% sym unweighted\n1 2\n").network) == "1-2");
  CHECK(relations_of(read_text("% asym unweighted\n1 2\n").network) == "1>2");
  // A quote that is not closed on its line does not swallow the next.
  CHECK(relations_of(read_text("1 2\n3 \"4\n5 6\n").network) == "1>2 3>\"4 5>6");
}

TEST_CASE("An edge list's header fixes direction and isolated vertices") {
  const auto read = read_text("# vertices=5 edges=2 directed=0\n3 1\n1 2\n");
  CHECK(relations_of(read.network) == "3-1 1-2");
  REQUIRE(read.network.actor_count() == 5);
  CHECK(read.network.id(0) == "3");  // in order of appearance
  CHECK(read.network.id(3) == "0");  // then the isolated ones by number
  CHECK(read.network.id(4) == "4");
  CHECK_THAT(read.accounting.files[0].notes.at(0), Catch::Contains("2 vertices without relations"));
  // From 1 where the last is named and 0 is not.
  CHECK(read_text("# vertices=3 edges=1 directed=1\n3 1\n").network.id(2) == "2");
  CHECK(read_text("# vertices=2 edges=0 directed=1\n").network.actor_count() == 2);
  const auto wrong = read_text("# vertices=2 edges=7 directed=1\n1 2\n2 3\n");
  CHECK(wrong.network.actor_count() == 3);
  CHECK(wrong.accounting.files[0].notes.size() == 2);
  const auto named = read_text("# vertices=4 edges=1 directed=1\na b\n");
  CHECK(named.network.actor_count() == 2);
  CHECK_THAT(named.accounting.files[0].notes.at(0), Catch::Contains("have no names"));
  CHECK_THAT(error_of("# vertices=4294967295 edges=1 directed=1\n1 2\n"),
             Catch::Contains("declares 4294967295 vertices"));
}

TEST_CASE("Adjacency matrices are read with their labels") {
  const auto read = read_text(" ,A,B,C\nA,0,1,\nB,2.5, 0,0\nC,0,0, 4 \n");
  CHECK(relations_of(read.network) == "A>B B>A C>C");
  CHECK(read.network.weight(1) == 2.5);
  CHECK(read.network.weight(2) == 4.0);
  const vn::file_accounting& file = read.accounting.files[0];
  CHECK(file.format == "adjacency matrix");
  CHECK(file.actors_kept == 3);
  CHECK(file.relations_kept == 3);
  const auto symmetric = read_text("\"\";\"\";\"x y\"\n\"\";0;1,5\n\"x y\";1,5;0\n");
  CHECK(relations_of(symmetric.network) == "row_1-x y");
  CHECK(symmetric.network.weight(0) == 1.5);
  CHECK(symmetric.accounting.files[0].notes.size() == 2);
  // Rows in another order than columns.
  CHECK(relations_of(read_text(";A;B\nB;1;0\nA;0;2\n").network) == "B>A A>B");
  // Without labels, when told so.
  CHECK(relations_of(read_text("0 1\n0 0\n", {.format = "matrix"}).network) == "1>2");
  const auto bad = read_text(";A;B\nA;x;1\nB;0;0\n", {.format = "matrix"});
  CHECK(bad.accounting.rejected_count == 1);
  CHECK_THAT(bad.accounting.rejected[0].reason, Catch::Contains("row A, column A"));
  CHECK_THAT(error_of(";A;B\nA;0;1\nB;0;0\nC;1;1\n", {.format = "matrix"}),
             Catch::Contains("more rows"));
}

TEST_CASE("What is no network is refused with a word on what it is") {
  CHECK_THAT(error_of("3\n1\n4\n1\n5\n"), Catch::Contains("column of numbers"));
  CHECK_THAT(error_of("alpha\nbeta\n"), Catch::Contains("single column of text"));
  CHECK_THAT(error_of("1 2 3 4 5\n2 3\n3 1 4\n"), Catch::Contains("adjacency list"));
  CHECK_THAT(error_of("id,label\n1,a\n", {}, table_wanted::relations),
             Catch::Contains("table of actors"));
  CHECK_THAT(error_of("source,target\n1,a\n", {}, table_wanted::actors),
             Catch::Contains("table of relations"));
  CHECK_THAT(error_of("height,width\n1,2\n3,4\n"), Catch::Contains("height, width"));
  CHECK_THAT(error_of("%%MatrixMarket matrix coordinate pattern general\n2 2 1\n1 2\n"),
             Catch::Contains("Matrix Market"));
  CHECK_THAT(error_of("# only\n# comments\n"), Catch::Contains("comments and no table"));
  CHECK_THAT(error_of("giver,taker\na,\"b\nc,d\n"), Catch::Contains("t.csv:2:3: a quoted field"));
  CHECK_THAT(error_of("source\n1\n", {}, table_wanted::relations),
             Catch::Contains("single column"));
  CHECK_THROWS_AS(vn::read_csv({}), std::invalid_argument);
  CHECK_THROWS_AS(vn::read_csv({.actors = "-", .relations = "-"}), std::invalid_argument);
}

TEST_CASE("A table of nearly empty columns is refused") {
  std::string table = "giver,taker";
  std::string full = "a,b";
  for (int i = 0; i < 10000; ++i) {
    table.append(",c").append(std::to_string(i));
    full += ",x";
  }
  table += '\n' + full + '\n';
  for (int i = 0; i < 200000; ++i) table += "a,b\n";
  CHECK_THAT(error_of(table), Catch::Contains("nearly empty"));
  std::string late = table + full + '\n';
  CHECK_THAT(error_of(late), Catch::Contains("nearly empty"));
  std::string wide = "giver,taker";
  for (int i = 0; i < 20000; ++i) wide += ',';
  CHECK_THAT(error_of(wide + "\na,b\n"), Catch::Contains("columns"));
}

namespace {

/// Some megabytes with quotes, line ends in fields, new and old ids, gaps and bad rows.
std::string big_table(std::size_t bytes) {
  vn::detail::random_stream random(17, 1);
  std::string table = "giver,taker,kind,weight,year,note\n";
  while (table.size() < bytes) {
    const auto giver = random.below(1 + table.size() / 50);
    const auto taker = random.below(1000);
    const bool is_quoted = random.below(4) == 0;
    table += is_quoted ? "\"firm " : "f";
    table += std::to_string(giver);
    table += is_quoted ? ", Ltd.\"," : ",";
    if (random.below(500) != 0) table.append("某大学").append(std::to_string(taker));
    table += random.below(2) == 0 ? ",input," : ",shared_undirected,";
    table += random.below(300) == 0 ? "?" : std::to_string(random.below(4));
    table.append(",").append(std::to_string(1990 + random.below(30)));
    switch (random.below(6)) {
      case 0:
        table += ",\"said \"\"yes\"\"\nand went\"";
        break;
      case 1:
        table += ",5\" tall";
        break;
      default:
        table += ',';
    }
    table += random.below(3) == 0 ? "\r\n" : "\n";
  }
  return table;
}

}  // namespace

TEST_CASE("The same bits come out at any number of threads") {
  const std::string table = big_table(std::size_t{6} << 20);
  std::vector<vn::rejected_row> rejected[3];
  std::vector<vn::read_result> reads;
  const int threads[] = {1, 2, 8};
  for (std::size_t i = 0; i < 3; ++i) {
    vn::read_options options;
    options.on_rejected = [&, i](const vn::rejected_row& row) { rejected[i].push_back(row); };
    reads.push_back(read_text(table, options, threads[i]));
  }
  CHECK(reads[0].network.relation_count() > 50000);
  CHECK(rejected[0].size() > 100);
  for (std::size_t i = 1; i < 3; ++i) {
    CHECK(identical(reads[0].network, reads[i].network));
    CHECK(reads[0].accounting.files[0].notes == reads[i].accounting.files[0].notes);
    REQUIRE(rejected[0].size() == rejected[i].size());
    for (std::size_t r = 0; r < rejected[0].size(); ++r) {
      CHECK(rejected[0][r].line == rejected[i][r].line);
      CHECK(rejected[0][r].text == rejected[i][r].text);
    }
  }
  // Against a reader of one line after the other.
  std::map<std::string, vn::actor_id> actors;
  std::string cell;
  std::vector<std::string> row;
  bool inside = false;
  std::size_t records = 0;
  std::size_t kept = 0;
  const vn::value_network& network = reads[0].network;
  for (std::size_t i = table.find('\n') + 1; i < table.size(); ++i) {
    const char c = table[i];
    if (c == '"' && (inside || cell.empty())) {
      if (inside && table[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        inside = !inside;
      }
      continue;
    }
    if (!inside && (c == ',' || c == '\n')) {
      if (cell.ends_with('\r')) cell.pop_back();
      row.push_back(cell);
      cell.clear();
    } else {
      cell += c;
    }
    if (inside || c != '\n') continue;
    ++records;
    REQUIRE(row.size() == 6);
    if (!row[1].empty() && row[3] != "?") {
      const auto giver = actors.try_emplace(row[0], static_cast<vn::actor_id>(actors.size()));
      const auto taker = actors.try_emplace(row[1], static_cast<vn::actor_id>(actors.size()));
      const auto r = static_cast<vn::relation_id>(kept++);
      REQUIRE(network.giver(r) == giver.first->second);
      REQUIRE(network.taker(r) == taker.first->second);
      REQUIRE(network.relations().kind[r] == row[2]);
      REQUIRE(network.weight(r) == std::stod(row[3]));
      REQUIRE(network.year(r) == std::stoi(row[4]));
      REQUIRE(network.holds_both_ways(r) == (row[2] == "shared_undirected"));
      REQUIRE(more(network, "note", r) == row[5]);
    }
    row.clear();
  }
  CHECK(kept == network.relation_count());
  CHECK(actors.size() == network.actor_count());
  CHECK(reads[0].accounting.files[0].relation_rows == records);
}

TEST_CASE("Reading can be cancelled and tells its progress") {
  const std::string table = big_table(std::size_t{3} << 20);
  const vn::read_options options;
  std::stop_source stop;
  std::vector<double> told;
  vn::execution exec{.threads = 2};
  exec.progress = [&](const vn::progress_report& report) {
    if (report.task == "reading") told.push_back(report.fraction);
  };
  const auto source = vn::detail::text_of_bytes(table, "t.csv", options, {});
  vn::detail::network_builder network(options);
  vn::detail::read_table(source, table_wanted::any, network, exec);
  REQUIRE(told.size() >= 2);
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(told.back() == 1.0);
  exec.stop = stop.get_token();
  exec.progress = [&](const vn::progress_report& report) {
    if (report.fraction > 0) stop.request_stop();
  };
  vn::detail::network_builder stopped(options);
  CHECK_THROWS_AS(vn::detail::read_table(source, table_wanted::any, stopped, exec), vn::cancelled);
}
