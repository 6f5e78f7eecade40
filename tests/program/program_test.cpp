// The program as a person and a script meet it: exit codes, what goes where, Ctrl-C.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
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
