// What the program tells shells and readers of itself: completion, help, manual page.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "output_of.hpp"

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Candidates behind `words`, without their meanings.
std::vector<std::string> candidates(const std::string& words) {
  std::vector<std::string> result;
  for (const std::string& line : lines_of(output_of("--complete " + words))) {
    result.push_back(line.substr(0, line.find('\t')));
  }
  return result;
}

using words = std::vector<std::string>;

bool holds(const words& all, const std::string& word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// What stands in the left column of --help below `title`.
words listed(const std::string& help, const std::string& title) {
  words result;
  bool inside = false;
  for (const std::string& line : lines_of(help)) {
    if (line == title) {
      inside = true;
    } else if (inside && (line.empty() || line.front() != ' ')) {
      break;
    } else if (inside && line.size() > 2 && line[2] != ' ') {
      result.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
  }
  return result;
}

/// Every option named in the left column of --help.
words options_in(const std::string& help) {
  words result;
  for (const std::string& line : lines_of(help)) {
    if (line.size() < 3 || line.substr(0, 3) != "  -") continue;
    std::istringstream in(line);
    for (std::string word; in >> word && word.front() == '-';) {
      if (word.back() == ',') word.pop_back();
      result.push_back(word);
    }
  }
  return result;
}

/// Every verb, and those within verbs: "index recover".
words every_verb(const std::string& within = {}) {
  words result;
  for (const std::string& verb : listed(output_of(within + " --help"), "Verbs:")) {
    const std::string whole = within.empty() ? verb : within + " " + verb;
    result.push_back(whole);
    for (std::string& inner : every_verb(whole)) result.push_back(std::move(inner));
  }
  return result;
}

bool is_there(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("completion: verbs, options, their values, files") {
  CHECK(candidates("su") == words{"summary"});
  CHECK(candidates("''") == listed(output_of("--help"), "Verbs:"));
  CHECK(candidates("generate --like ''") == words{"2021", "2023", "platforms"});
  CHECK(candidates("generate --like=") == words{"--like=2021", "--like=2023", "--like=platforms"});
  CHECK(candidates("generate --like = 202") == words{"2021", "2023"});
  CHECK(candidates("summary --convention g") == words{"gephi"});
  CHECK(candidates("summary --conv") == words{"--convention"});
  CHECK(candidates("summary --distances ''") ==
        words{"automatic", "exact", "sampled", "hyperball"});
  CHECK(candidates("summary ''") == words{":files"});
  CHECK(candidates("summary a.csv b.csv ''").empty());
  CHECK(candidates("summary a.csv -o ''") == words{":files"});
  CHECK(candidates("summary --dimension ''").empty());
  // Options of the program stand behind the verb too, and before it.
  CHECK(holds(candidates("summary --th"), "--threads"));
  CHECK(candidates("--seed 3 --quiet smallw") == words{"smallworld"});
  CHECK(candidates("index ''") == words{"weights", "recover", ":files"});
  CHECK(candidates("index recover --random-index saaty_1") == words{"saaty_1980"});
  CHECK(candidates("--nothing").empty());
  CHECK(candidates("").empty() == false);
}

TEST_CASE("completion knows every option that help shows, and the examples of help use no other") {
  for (const std::string& verb : every_verb()) {
    CAPTURE(verb);
    const std::string help = output_of(verb + " --help");
    const words options = options_in(help);
    CHECK(options.size() > 1);
    const words known = candidates(verb + " -");
    for (const std::string& option : options) {
      CAPTURE(option);
      CHECK(holds(known, option));
    }
    const std::size_t shown = help.find("\nExample:\n");
    if (shown == std::string::npos) continue;
    std::istringstream in(help.substr(shown + 10));
    for (std::string word; in >> word;) {
      if (word.size() > 1 && word.front() == '-') CHECK(holds(known, word));
    }
  }
}

TEST_CASE("completion in bash") {
  const std::string script = std::string(VALUENET_SOURCE_DIR) + "/src/cli/completion/valuenet.bash";
  const auto completed = [&](const std::string& typed) {
    // As bash sets it out: the words, the last one begun.
    const std::string command = "bash -c '. " + script + "; COMP_WORDS=(" VALUENET_PROGRAM " " +
                                typed +
                                "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _valuenet; "
                                "printf \"%s\\n\" \"${COMPREPLY[@]}\"'";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
    CHECK(::pclose(pipe) == 0);
    return lines_of(text);
  };
  CHECK(completed("gen") == words{"generate"});
  CHECK(completed("generate --like \"\"") == words{"2021", "2023", "platforms"});
  CHECK(completed("generate --like =") == words{"2021", "2023", "platforms"});
  CHECK(completed("summary --quie") == words{"--quiet"});
  const std::string data = std::string(VALUENET_SOURCE_DIR) + "/data/example/";
  CHECK(completed("summary " + data + "act") == words{data + "actors.csv"});
  CHECK(completed("rank --by katz -o " + data + "rel") == words{data + "relations.csv"});
}

TEST_CASE("completion scripts are understood by zsh and fish") {
  const std::string folder = std::string(VALUENET_SOURCE_DIR) + "/src/cli/completion/";
  for (const auto& [shell, script] : {std::pair{"zsh", "_valuenet"}, {"fish", "valuenet.fish"}}) {
    if (!is_there(shell)) {
      WARN(shell << " is not installed: " << script << " was not looked at");
      continue;
    }
    CHECK(std::system((std::string(shell) + " -n " + folder + script).c_str()) == 0);
  }
}

TEST_CASE("the manual page names every verb and option, and roff takes it without a warning") {
  const std::string page = output_of("--man");
  const auto escaped = [](std::string text) {
    for (std::size_t at = 0; (at = text.find('-', at)) != std::string::npos; at += 2) {
      text.insert(at, "\\");
    }
    return text;
  };
  for (const std::string& verb : every_verb()) {
    CHECK(page.find(".SS \"" + escaped(verb) + "\"\n") != std::string::npos);
    for (const std::string& option : options_in(output_of(verb + " --help"))) {
      CAPTURE(verb, option);
      CHECK(page.find("\\fB" + escaped(option) + "\\fR") != std::string::npos);
    }
  }
  CHECK(holds(every_verb(), "index recover"));
  if (!is_there("groff")) {
    WARN("groff is not installed: the page was not formatted");
    return;
  }
  const auto file = std::filesystem::temp_directory_path() / "valuenet-test.1";
  std::ofstream(file, std::ios::binary) << page;
  const std::string complaints = file.string() + ".complaints";
  CHECK(std::system(
            ("groff -Kutf8 -Tutf8 -man -ww -z " + file.string() + " 2> " + complaints).c_str()) ==
        0);
  std::ifstream in(complaints);
  const std::string said{std::istreambuf_iterator<char>(in), {}};
  CHECK(said.empty());
  std::filesystem::remove(file);
  std::filesystem::remove(complaints);
}
