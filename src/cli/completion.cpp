#include "cli/completion.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/parameters.hpp"

namespace valuenet::cli {

namespace {

// Of the verb and, since options may stand anywhere, of the program itself.
std::vector<parameter> all_parameters(const CLI::App& verb) {
  std::vector<parameter> result = parameters_of(verb);
  for (const CLI::App* outer = verb.get_parent(); outer != nullptr; outer = outer->get_parent()) {
    for (parameter& each : parameters_of(*outer)) {
      if (!each.is_argument) result.push_back(std::move(each));
    }
  }
  return result;
}

std::optional<parameter> option_named(const CLI::App& verb, std::string_view name) {
  for (parameter& each : all_parameters(verb)) {
    if (!each.is_argument &&
        std::find(each.names.begin(), each.names.end(), name) != each.names.end()) {
      return std::move(each);
    }
  }
  return std::nullopt;
}

class candidates {
 public:
  explicit candidates(std::string_view begun) : begun_(begun) {}

  void add(const std::string& word, const std::string& meaning = {}) {
    if (!word.starts_with(begun_) || std::find(added_.begin(), added_.end(), word) != added_.end())
      return;
    added_.push_back(word);
    text_ += word;
    if (!meaning.empty()) text_ += "\t" + meaning;
    text_ += "\n";
  }
  void add_files() {
    if (!files_) text_ += ":files\n";
    files_ = true;
  }
  void add_values(const parameter& of, const std::string& before = {}) {
    for (const std::string& word : of.words) add(before + word);
    if (of.is_file) add_files();
  }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string_view begun_;
  std::vector<std::string> added_;
  std::string text_;
  bool files_ = false;
};

}  // namespace

std::string complete(const CLI::App& app, std::span<const std::string> words) {
  const CLI::App* verb = &app;
  std::optional<parameter> awaiting;  // an option whose value comes next
  std::size_t arguments = 0;
  for (const std::string& word : words.first(words.empty() ? 0 : words.size() - 1)) {
    // Bash makes a word of its own of the = in --option=value.
    if (word == "=" && awaiting) continue;
    if (awaiting) {
      awaiting.reset();
      continue;
    }
    if (word.size() > 1 && word.front() == '-') {
      if (word.find('=') != std::string::npos) continue;
      awaiting = option_named(*verb, word);
      if (awaiting && awaiting->value.empty()) awaiting.reset();
      continue;
    }
    const std::vector<const CLI::App*> inner = verbs_of(*verb);
    const auto chosen = std::find_if(
        inner.begin(), inner.end(), [&](const CLI::App* each) { return each->get_name() == word; });
    if (chosen != inner.end() && arguments == 0) {
      verb = *chosen;
    } else {
      ++arguments;
    }
  }

  std::string begun = words.empty() ? "" : words.back();
  if (awaiting && begun == "=") begun.clear();
  candidates found(begun);
  if (awaiting) {
    found.add_values(*awaiting);
    return std::move(found).text();
  }
  if (begun.starts_with("-")) {
    const std::size_t equals = begun.find('=');
    if (equals != std::string::npos) {
      const std::optional<parameter> option = option_named(*verb, begun.substr(0, equals));
      if (option) found.add_values(*option, begun.substr(0, equals + 1));
      return std::move(found).text();
    }
    for (const parameter& each : all_parameters(*verb)) {
      if (each.is_argument) continue;
      for (const std::string& name : each.names) found.add(name, each.meaning);
    }
    return std::move(found).text();
  }
  if (arguments == 0) {
    for (const CLI::App* each : verbs_of(*verb))
      found.add(each->get_name(), each->get_description());
  }
  // The argument that comes next.
  std::size_t before = 0;
  for (const parameter& each : parameters_of(*verb)) {
    if (!each.is_argument) continue;
    before += static_cast<std::size_t>(std::max(each.most, 1));
    if (arguments < before) {
      found.add_values(each);
      break;
    }
  }
  return std::move(found).text();
}

}  // namespace valuenet::cli
