// The program as a person and a script meet it: exit codes, what goes where, Ctrl-C.
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "catch.hpp"

namespace fs = std::filesystem;
using Catch::Approx;

namespace {

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct folder {
  fs::path path = fs::temp_directory_path() / ("valuenet-program-" + std::to_string(::getpid()));
  folder() { fs::create_directories(path); }
  ~folder() { fs::remove_all(path); }
  [[nodiscard]] std::string operator/(const char* name) const { return (path / name).string(); }
};

struct outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// A program under way, its output in files, its input from a file or a pipe that stays open.
class child {
 public:
  child(const folder& here, std::vector<std::string> arguments, int input)
      : out_(here / "stdout"), err_(here / "stderr") {
    arguments.insert(arguments.begin(), VALUENET_PROGRAM);
    id_ = fork();
    if (id_ != 0) return;
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    dup2(input, STDIN_FILENO);
    dup2(open(out_.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600), STDOUT_FILENO);
    dup2(open(err_.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600), STDERR_FILENO);
    execv(VALUENET_PROGRAM, pointers.data());
    _exit(126);
  }

  void interrupt() const { kill(id_, SIGINT); }

  outcome wait() const {
    int status = 0;
    waitpid(id_, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(out_), content(err_)};
  }

 private:
  std::string out_;
  std::string err_;
  pid_t id_ = 0;
};

outcome run(const folder& here, const std::vector<std::string>& arguments,
            const std::string& input = "") {
  std::ofstream(here / "stdin", std::ios::binary) << input;
  const int descriptor = open((here / "stdin").c_str(), O_RDONLY);
  const outcome result = child(here, arguments, descriptor).wait();
  close(descriptor);
  return result;
}

const std::string actors = std::string(VALUENET_SOURCE_DIR) + "/data/example/actors.csv";
const std::string relations = std::string(VALUENET_SOURCE_DIR) + "/data/example/relations.csv";

}  // namespace

TEST_CASE("the program says what it is and refuses what makes no sense") {
  const folder here;
  const outcome version = run(here, {"--version"});
  CHECK(version.exit_code == 0);
  CHECK(version.out.find("valuenet 0.") == 0);
  const outcome help = run(here, {"--help"});
  CHECK(help.exit_code == 0);
  for (const char* verb : {"summary", "conventions", "convert", "generate", "Exit codes"}) {
    CHECK(help.out.find(verb) != std::string::npos);
  }
  CHECK(run(here, {"summary", "--help"}).exit_code == 0);
  CHECK(run(here, {}).exit_code == 2);
  CHECK(run(here, {"summarise"}).exit_code == 2);
  CHECK(run(here, {"summary", relations, "--convention", "mine"}).exit_code == 2);
  CHECK(run(here, {"summary", relations, "--from", "2020", "--until", "2019"}).exit_code == 2);
  CHECK(run(here, {"summary", relations, "--where", "colour=red"}).exit_code == 2);
  CHECK(run(here, {"summary", relations, "--published", "degree=many"}).exit_code == 2);
  CHECK(run(here, {"summary", relations, "--threads", "-1"}).exit_code == 2);
}

TEST_CASE("missing, broken and unwritable files have exit codes and one sentence") {
  const folder here;
  const outcome missing = run(here, {"summary", here / "none.csv"});
  CHECK(missing.exit_code == 4);
  CHECK(missing.err.find("none.csv") != std::string::npos);
  CHECK(missing.out.empty());
  std::ofstream(here / "broken.gexf") << "<gexf><graph>";
  CHECK(run(here, {"summary", here / "broken.gexf"}).exit_code == 3);
  const outcome unwritable =
      run(here, {"summary", actors, relations, "-o", (here.path / "no" / "where").string()});
  CHECK(unwritable.exit_code == 4);
}

TEST_CASE("the summary of the example, as JSON, with its accounting") {
  const folder here;
  const outcome result = run(here, {"summary", actors, relations, "--json", "--published",
                                    "nodes=12,average_degree=2.08"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  const auto value = [&](const char* name) {
    return json.at("statistics").at(name).at("value").get<double>();
  };
  // data/example: 12 actors of which 5 are sample, 26 rows of which one repeats ding -> gui.
  CHECK(value("nodes") == 12);
  CHECK(value("sample_nodes") == 5);
  CHECK(value("relation_nodes") == 7);
  CHECK(value("edges") == 25);
  CHECK(value("average_degree") == Approx(25.0 / 12.0));
  CHECK(json.at("statistics").at("average_degree").at("reproduced").get<bool>());
  CHECK(json.at("import").at("relations").get<int>() == 26);
  CHECK(json.at("selection").at("merged").get<int>() == 1);
  CHECK(result.err.find("rows read") != std::string::npos);
  CHECK(run(here, {"summary", actors, relations, "--quiet"}).err.empty());
}

TEST_CASE("the same network by file, by standard input, as text, CSV and Markdown") {
  const folder here;
  const outcome file = run(here, {"summary", relations});
  const outcome piped = run(here, {"summary", "-"}, content(relations));
  CHECK(file.exit_code == 0);
  CHECK(file.out == piped.out);
  CHECK(run(here, {"summary", relations, "--csv"}).out.find("statistic,value") == 0);
  CHECK(run(here, {"summary", relations, "--markdown"}).out.find("| --- |") != std::string::npos);
  const outcome saved = run(here, {"summary", relations, "-o", here / "table.txt"});
  CHECK(saved.out.empty());
  CHECK(content(here / "table.txt") == file.out);
}

TEST_CASE("threads change nothing") {
  const folder here;
  const auto with = [&](const char* threads) {
    return run(here, {"summary", actors, relations, "--threads", threads, "--json"}).out;
  };
  CHECK(with("1") == with("2"));
  CHECK(with("1") == with("8"));
}

TEST_CASE("actors are ranked by where they stand on and from shortest paths") {
  const folder here;
  const std::string path = here / "path.csv";
  std::ofstream(path) << "source,target\na,b\nb,c\nc,d\n";
  for (const auto& [by, first, value] :
       {std::tuple{"betweenness", "b", 2.0}, std::tuple{"closeness", "c", 1.0},
        std::tuple{"harmonic", "c", 1.0}}) {
    const outcome result = run(here, {"rank", path, "--by", by, "--json"});
    REQUIRE(result.exit_code == 0);
    const auto ranked = nlohmann::json::parse(result.out).at("actors");
    CHECK(ranked.at(0).at("label") == first);
    CHECK(ranked.at(0).at("value") == value);
  }
}

TEST_CASE("filters select, and say what they dropped") {
  const folder here;
  const outcome result = run(here, {"summary", actors, relations, "--dimension", "technology",
                                    "--until", "2019", "--json"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("selection").at("dropped").at("dimension").get<int>() == 9);
  CHECK(json.at("selection").at("selected").get<int>() == 9);
  CHECK(run(here, {"summary", actors, relations, "--where", "city=深圳"}).exit_code == 0);
}

TEST_CASE("conventions names the readings that reproduce a published value") {
  const folder here;
  const outcome result = run(here, {"conventions", actors, relations, "--json", "--published",
                                    "average_degree=2.08,diameter=99"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("readings").size() == 7);
  const auto& by = json.at("published").at("average_degree").at("reproduced_by");
  REQUIRE(by.size() >= 1);
  CHECK(by.at(0) == "gephi directed");
  CHECK(json.at("published").at("diameter").at("reproduced_by").empty());
}

TEST_CASE("convert writes what Gephi and the next run read") {
  const folder here;
  REQUIRE(run(here, {"convert", actors, relations, here / "n.gexf", "--statistics"}).exit_code ==
          0);
  CHECK(content(here / "n.gexf").find("Modularity Class") != std::string::npos);
  REQUIRE(run(here, {"convert", actors, relations, here / "n.graphml"}).exit_code == 0);
  REQUIRE(run(here, {"convert", here / "n.graphml", here / "n.csv"}).exit_code == 0);
  const auto statistics = [&](const std::vector<std::string>& files) {
    std::vector<std::string> arguments{"summary", "--json"};
    arguments.insert(arguments.end(), files.begin(), files.end());
    return nlohmann::json::parse(run(here, arguments).out).at("statistics");
  };
  const auto original = statistics({actors, relations});
  CHECK(statistics({here / "n.actors.csv", here / "n.relations.csv"}) == original);
  CHECK(statistics({here / "n.graphml"}) == original);
  CHECK(run(here, {"convert", relations, here / "n.xyz"}).exit_code == 2);
}

TEST_CASE("a snapshot stands for the tables that it was made of") {
  const folder here;
  REQUIRE(run(here, {"convert", actors, relations, here / "n.vnet"}).exit_code == 0);
  for (const char* verb : {"summary", "rank", "roles", "count"}) {
    INFO(verb);
    const outcome tables = run(here, {verb, actors, relations});
    const outcome snapshot = run(here, {verb, here / "n.vnet"});
    CHECK(snapshot.exit_code == 0);
    CHECK(snapshot.out == tables.out);
  }
  CHECK(run(here, {"summary", here / "n.vnet"}).err.find("snapshot") != std::string::npos);
  // A part of it, with statistics: the same as by way of GEXF.
  for (const char* name : {"part.vnet", "part.gexf"}) {
    REQUIRE(run(here, {"convert", here / "n.vnet", here / name, "--dimension", "technology",
                       "--statistics"})
                .exit_code == 0);
  }
  CHECK(run(here, {"summary", here / "part.vnet"}).out ==
        run(here, {"summary", here / "part.gexf"}).out);

  std::string bytes = content(here / "n.vnet");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(here / "bad.vnet", std::ios::binary) << bytes;
  const outcome altered = run(here, {"summary", here / "bad.vnet"});
  CHECK(altered.exit_code == 3);
  CHECK(altered.out.empty());
  CHECK(altered.err.find("damaged: the checksum of section") != std::string::npos);
  std::ofstream(here / "short.vnet", std::ios::binary) << bytes.substr(0, bytes.size() - 64);
  CHECK(run(here, {"summary", here / "short.vnet"}).err.find("truncated") != std::string::npos);
  const outcome piped = run(here, {"summary", "-"}, content(here / "n.vnet"));
  CHECK(piped.exit_code == 3);
  CHECK(piped.err.find("is a snapshot: give it as a file by itself") != std::string::npos);
}

TEST_CASE("a surrogate says that it is one, wherever it goes") {
  const folder here;
  REQUIRE(run(here, {"generate", "--like", "2021", "--output", here / "made"}).exit_code == 0);
  const std::string made_actors = here / "made.actors.csv";
  const std::string made_relations = here / "made.relations.csv";
  CHECK(content(made_relations).find("surrogate") != std::string::npos);
  const outcome table = run(here, {"summary", made_actors, made_relations, "--runs", "1"});
  CHECK(table.out.find("surrogate") != std::string::npos);
  const auto json =
      nlohmann::json::parse(run(here, {"summary", made_relations, "--json", "--runs", "1"}).out);
  CHECK(json.at("notice").get<std::string>().find("surrogate") == 0);
  CHECK(json.at("statistics").at("edges").at("value").get<int>() == 97980);
  CHECK(run(here, {"generate", "--output", here / "x"}).exit_code == 2);
  CHECK(run(here, {"generate", "--like", "1999", "--output", here / "x"}).exit_code == 2);
}

TEST_CASE("fit answers for a list of numbers, a column and the degrees of a network") {
  const folder here;
  // The quantiles of a zeta-like law above 2, behind a header.
  std::ofstream list(here / "list.txt");
  list << "degree\n";
  for (int i = 0; i < 2000; ++i)
    list << static_cast<int>(2.0 / std::sqrt((i + 0.5) / 2000)) << '\n';
  list.close();
  const outcome found = run(here, {"fit", here / "list.txt", "--json", "--replicates", "50"});
  REQUIRE(found.exit_code == 0);
  const auto json = nlohmann::json::parse(found.out);
  CHECK(json.at("sample").at("values").get<int>() == 2000);
  const auto& fit = json.at("fit");
  for (const char* name : {"alpha", "alpha_standard_error", "x_min", "tail_size", "ks_distance",
                           "log_likelihood", "p_value"}) {
    CHECK(fit.at(name).is_number());
  }
  CHECK(fit.at("alpha").get<double>() == Approx(3.0).margin(0.3));
  CHECK(fit.at("kind") == "discrete");
  for (const char* name :
       {"exponential", "lognormal", "stretched_exponential", "power_law_with_cutoff", "poisson"}) {
    const auto& alternative = json.at("alternatives").at(name);
    CHECK(alternative.at("log_likelihood_ratio").is_number());
    CHECK(alternative.at("indistinguishable").is_boolean());
    CHECK(alternative.at("collapsed").is_boolean());
    CHECK(alternative.contains("vuong"));
    CHECK(alternative.contains("p_value"));
  }
  CHECK_FALSE(json.at("verdict").at("headline").get<std::string>().empty());
  // The same bits at any thread count, by column number, from standard input.
  CHECK(
      run(here, {"fit", here / "list.txt", "--json", "--replicates", "50", "--threads", "8"}).out ==
      found.out);
  const auto piped =
      nlohmann::json::parse(run(here, {"fit", "-", "--column", "1", "--json", "--replicates", "50"},
                                content(here / "list.txt"))
                                .out);
  CHECK(piped.at("fit") == fit);
  const auto continuous = nlohmann::json::parse(
      run(here, {"fit", here / "list.txt", "--json", "--continuous", "--replicates", "0"}).out);
  CHECK(continuous.at("fit").at("kind") == "continuous");
  CHECK(continuous.at("fit").at("p_value").is_null());
  CHECK(run(here, {"fit", here / "list.txt", "--curves", "--csv"})
            .out.find("curve,x,y\nccdf,2,1\n") == 0);

  const auto value_of = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"fit", "--json", "--replicates", "0", "--intervals", "0"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return nlohmann::json::parse(run(here, all).out).at("sample");
  };
  CHECK(value_of({actors, relations}).at("values") == 12);
  CHECK(value_of({actors, relations, "--degree", "in"}).at("name") == "in degrees");
  CHECK(value_of({relations, "--column", "weight"}).at("values") == 26);
  std::ofstream(here / "plain.csv") << "1,10\n2,\n3,30\n";
  CHECK(value_of({here / "plain.csv", "--column", "2"}).at("values") == 2);
  CHECK(value_of({here / "plain.csv", "--column", "2"}).at("empty_cells") == 1);
}

TEST_CASE("fit --degree all has a line for every degree distribution") {
  const folder here;
  const outcome result = run(here, {"fit", actors, relations, "--degree", "all", "--json",
                                    "--replicates", "20", "--intervals", "0"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  const auto& list = json.at("distributions");
  // Whole, three dimensions, two roles; three kinds; edges and (a repeated row adds up) weights.
  CHECK(list.size() == 36);
  CHECK(list.at(0).at("name") == "total degree");
  CHECK(list.at(0).at("sample").at("values") == 12);
  CHECK(list.at(0).at("fit").at("p_value").is_number());
  CHECK(json.at("class").is_string());
  CHECK(run(here, {"fit", actors, relations, "--degree", "all", "--replicates", "0"}).exit_code ==
        0);
}

TEST_CASE("evolve tells how the network grows") {
  const folder here;
  const outcome result = run(here, {"evolve", actors, relations, "--json", "--runs", "1"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("densification").at("points").size() == json.at("slices").size());
  CHECK(json.at("densification").at("exponent").get<double>() > 1.0);
  for (const char* kind : {"total", "in", "out"}) {
    CHECK(json.at("preferential_attachment").at(kind).at("kernel").size() > 2);
  }
  CHECK(run(here, {"evolve", actors, relations, "--laws", "--csv"}).out.find("law,") == 0);
}

TEST_CASE("smallworld holds a network against chance and a lattice") {
  const folder here;
  const outcome result =
      run(here, {"smallworld", actors, relations, "--json", "--replicates", "10"});
  REQUIRE(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.out);
  CHECK(json.at("clustering").at("replicates").get<int>() == 10);
  const double c = json.at("clustering").at("value").get<double>() /
                   json.at("clustering").at("random_mean").get<double>();
  const double l = json.at("mean_distance").at("value").get<double>() /
                   json.at("mean_distance").at("random_mean").get<double>();
  CHECK(json.at("sigma").get<double>() == Approx(c / l));
  CHECK(
      run(here, {"smallworld", actors, relations, "--json", "--replicates", "10", "--threads", "8"})
          .out == result.out);
  CHECK(run(here, {"smallworld", relations, "--csv", "--connected"}).out.find("statistic,value") ==
        0);
  CHECK(run(here, {"smallworld", relations, "--replicates", "1"}).exit_code == 2);
}

TEST_CASE("fit gives one reason where there is no answer") {
  const folder here;
  const auto reason = [&](const std::string& text) {
    std::ofstream(here / "n.txt") << text;
    const outcome result = run(here, {"fit", here / "n.txt", "--json"});
    CHECK(result.exit_code == 0);
    const auto json = nlohmann::json::parse(result.out);
    CHECK(json.at("fit").is_null());
    return json.at("sample").at("no_fit").get<std::string>();
  };
  CHECK(reason("7\n7\n7\n").find("the same") != std::string::npos);
  CHECK(reason("0\n0\n-2\n").find("no value is positive") != std::string::npos);
  CHECK(reason("5\n").find("the same") != std::string::npos);
  const auto broken = [&](const std::string& text, std::vector<std::string> more) {
    std::ofstream(here / "b.csv") << text;
    more.insert(more.begin(), {"fit", here / "b.csv"});
    const outcome result = run(here, more);
    CHECK(result.out.empty());
    return std::to_string(result.exit_code) + " " + result.err;
  };
  CHECK(broken("1\n2\ninf\n", {}).find("3 valuenet: ") == 0);
  CHECK(broken("1\n2\nnan\n", {}).find("b.csv:3:1: \"nan\" is not a finite number") !=
        std::string::npos);
  CHECK(broken("a,b\n1,2\n3,x\n", {"--column", "b"}).find("b.csv:3:3: \"x\"") != std::string::npos);
  CHECK(broken("a,b\n1,2\n", {"--column", "c"}).find("has 2: a, b") != std::string::npos);
  CHECK(broken("a,b\n1,\"2\n", {"--column", "b"})[0] == '3');
  CHECK(broken("", {})[0] == '3');
  CHECK(broken("1\n2\n3\n", {"--degree", "in"})[0] == '2');
  CHECK(broken("1\n2\n3\n", {"--dimension", "technology"})[0] == '2');
  CHECK(broken("1\n2\n3\n", {"--x-min", "-1"})[0] == '2');
  CHECK(broken("1\n2\n3\n", {"--discrete", "--continuous"})[0] == '2');
  CHECK(broken("1\n2\n3\n", {"--replicates", "-1"})[0] == '2');
}

TEST_CASE("Ctrl-C stops within a second, even while waiting for input") {
  const folder here;
  int ends[2] = {-1, -1};
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  const child waiting(here, {"summary", "-", "-o", here / "result"}, ends[0]);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto before = std::chrono::steady_clock::now();
  waiting.interrupt();
  // A program that does not stop by itself gets the end of its input after all.
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::seconds(5));
    close(ends[1]);
  });
  const outcome result = waiting.wait();
  const auto took = std::chrono::steady_clock::now() - before;
  release.join();
  close(ends[0]);
  CHECK(result.exit_code == 130);
  CHECK(took < std::chrono::seconds(2));
  CHECK_FALSE(fs::exists(here / "result"));
}

TEST_CASE("index weighs judgements, scores objects and recovers judgements") {
  const folder here;
  const auto file = [&](const char* name, const char* text) {
    std::ofstream(here / name, std::ios::binary) << text;
    return here / name;
  };
  const std::string judgements = file("j.csv", "c,a,b,c\na,1,1/5,1/3\nb,,1,3\nc,,,1\n");
  const outcome weighed =
      run(here, {"index", "weights", judgements, "--json", "--random-index", "gong_xu_1986"});
  REQUIRE(weighed.exit_code == 0);
  const auto json = nlohmann::json::parse(weighed.out);
  CHECK(json.at("consistency_ratio").get<double>() == Approx(0.0370).margin(0.00005));
  CHECK(json.at("weights").at(1).at("weight").get<double>() == Approx(0.6370).margin(0.0001));

  const std::string weights =
      file("w.csv", "criterion,parent,weight,cost\nA,,3,\na,A,1,\nb,A,3,\nB,,1,1\n");
  const std::string values = file("v.csv", "name,a,b,B\n京,0,0,1\n沪,5,1,2\n粤,10,4,3\n川,,4,3\n");
  const outcome scored = run(here, {"index", weights, values, "--json"});
  REQUIRE(scored.exit_code == 0);
  const auto scores = nlohmann::json::parse(scored.out).at("scores");
  CHECK(scores.at(0).at("name").get<std::string>() == "粤");
  CHECK(scores.at(0).at("score").get<double>() == Approx(75.0));
  CHECK(scores.at(3).at("score").is_null());
  CHECK(run(here, {"index", weights, values, "--json", "--threads", "8"}).out == scored.out);
  CHECK(run(here, {"index", weights, values, "--csv"}).out.find("rank,name,score") == 0);

  const std::string printed = file("r.csv", "criterion,weight\na,0.0195\nb,0.1188\nc,0.0482\n");
  const outcome back = run(here, {"index", "recover", printed, "--ratio", "0.037", "--total",
                                  "0.1865", "--random-index", "gong_xu_1986", "--json"});
  REQUIRE(back.exit_code == 0);
  const auto recovered = nlohmann::json::parse(back.out);
  CHECK(recovered.at("unique").get<bool>());
  const outcome any =
      run(here, {"index", "recover", printed, "--ratio", "0.037", "--total", "0.1865", "--json"});
  const auto tried = nlohmann::json::parse(any.out);
  CHECK(tried.at("tables").size() == 4);
  CHECK(tried.at("unique").get<bool>());  // the same matrix by the two tables with RI(3) = 0.52
  CHECK(tried.at("matrices").size() == 2);
  CHECK(tried.at("implied_random_index").is_null());
  CHECK(recovered.at("matrices").at(0).at("judgements").at(1).at(0).get<double>() == 5.0);

  CHECK(run(here, {"index", "weights", weights}).exit_code == 3);
  CHECK(run(here, {"index", weights, printed}).exit_code == 3);
  CHECK(run(here, {"index", "weights", file("bad.csv", "c,a,b\na,1,2\nb,2,1\n")}).exit_code == 3);
  CHECK(run(here, {"index"}).exit_code == 2);
  CHECK(run(here, {"index", weights}).exit_code == 2);
}

TEST_CASE("index reads a hierarchy of judgements and indicators by year") {
  const folder here;
  const auto file = [&](const char* name, const std::string& text) {
    std::ofstream(here / name, std::ios::binary) << text;
    return here / name;
  };
  const std::string hierarchy = file("h.json", R"({"random_index": "gong_xu_1986",
    "circles": {"all": ["u", "v"]},
    "criteria": [{"name": "A", "judgements": [[1, "1/3"], [null, 1]],
                  "criteria": [{"name": "a"}, {"name": "b"}]},
                 {"name": "B", "cost": true}],
    "judgements": [{"member": "x", "matrix": [[1, 4], [null, 1]]},
                   {"member": "y", "matrix": [[1, 1], [1, 1]]}]})");
  const std::string rows = "name,year,a,b,B\nu,2020,0,0,2\nv,2020,1,2,1\nu,2021,2,4,0\n";
  const std::string values = file("v.csv", rows + "v,2021,1,2,1\n");
  const outcome scored = run(here, {"index", hierarchy, values, "--json"});
  REQUIRE(scored.exit_code == 0);
  const auto found = nlohmann::json::parse(scored.out);
  // The members' 4 and 1 make 2: A weighs 2/3; b weighs three times a.
  CHECK(found.at("weights").at(0).at("weight").get<double>() == Approx(2.0 / 3));
  CHECK(found.at("weights").at(2).at("weight").get<double>() == Approx(0.5));
  CHECK(found.at("comparisons").size() == 2);
  const auto& scores = found.at("scores");
  REQUIRE(scores.size() == 4);
  CHECK(scores.at(0).at("name").get<std::string>() == "v");
  CHECK(scores.at(2).at("name").get<std::string>() == "u");
  CHECK(scores.at(2).at("score").get<double>() == Approx(100.0));
  CHECK(scores.at(2).at("rank_change").get<int>() == 1);
  CHECK(found.at("circles").at(1).at("score").get<double>() == Approx(150.0));
  CHECK(run(here, {"index", hierarchy, values, "--random-index", "saaty_1980"})
            .out.find("random index saaty_1980") != std::string::npos);

  CHECK(run(here, {"index", hierarchy, file("twice.csv", rows + "u,2021,1,2,1\n")}).exit_code == 3);
  CHECK(run(here, {"index", hierarchy, file("half.csv", rows)}).exit_code == 3);
  for (const char* broken :
       {"{", "{}", "{\"criteria\": []}", "{\"criteria\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}",
        "{\"criteria\": [{\"name\": \"a\", \"wieght\": 1}]}",
        "{\"criteria\": [{\"name\": \"a\", \"weight\": \"1/0\"}]}",
        "{\"criteria\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"judgements\": [[1, 2], [2, 1]]}",
        "{\"criteria\": [{\"name\": \"a\"}], \"random_index\": \"mine\"}"}) {
    const outcome refused = run(here, {"index", file("broken.json", broken), values});
    CHECK(refused.exit_code == 3);
    CHECK(refused.err.find("broken.json") != std::string::npos);
  }
}
