#include "cli/parameters.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace valuenet::cli {

namespace {

// Longer lists of words go into the meaning.
constexpr std::size_t longest_value_text = 40;

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == ' ';
  });
}

std::vector<std::string> split(std::string_view text, char delimiter) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(delimiter);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "TEXT:{a,b}" (a check) and "a|b" (its author's own text) name all words.
std::vector<std::string> words_in(std::string_view type) {
  std::vector<std::string> words;
  const std::size_t open = type.find('{');
  if (open != std::string_view::npos && type.find('}', open) != std::string_view::npos) {
    words = split(type.substr(open + 1, type.find('}', open) - open - 1), ',');
  } else if (type.find('|') != std::string_view::npos) {
    words = split(type, '|');
  }
  if (!std::all_of(words.begin(), words.end(), is_word)) words.clear();
  return words;
}

// "INT:INT in [0 - 1024]" and "FLOAT:POSITIVE", as CLI11 writes them.
std::string range_in(std::string_view type) {
  const std::size_t in = type.find(" in [");
  if (in != std::string_view::npos) {
    std::string_view range = type.substr(in + 5);
    range = range.substr(0, range.find(']'));
    const std::size_t dash = range.find(" - ");
    if (dash != std::string_view::npos) {
      return fmt::format("{} to {}", range.substr(0, dash), range.substr(dash + 3));
    }
  }
  if (type.find(":POSITIVE") != std::string_view::npos) return "above 0";
  if (type.find(":NONNEGATIVE") != std::string_view::npos) return "0 or above";
  return {};
}

parameter describe(const CLI::Option& option, const std::string& group) {
  parameter result;
  result.meaning = option.get_description();
  result.group = group;
  result.is_required = option.get_required();
  if (option.get_positional() && !option.nonpositional()) {
    result.is_argument = true;
    result.names = {option.get_name(true)};
  } else {
    for (const std::string& name : option.get_snames()) result.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) result.names.push_back("--" + name);
  }
  for (const CLI::Option* other : option.get_excludes()) {
    result.excludes.push_back(other->get_lnames().empty() ? other->get_name()
                                                          : "--" + other->get_lnames().front());
  }
  std::sort(result.excludes.begin(), result.excludes.end());
  result.fewest = option.get_items_expected_min();
  result.most = option.get_items_expected_max();
  if (option.get_items_expected_max() == 0) return result;
  const std::string type =
      option.get_option_text().empty() ? option.get_type_name() : option.get_option_text();
  result.words = words_in(type);
  result.range = range_in(type);
  result.standard = option.get_default_str();
  result.value = type.substr(0, type.find_first_of(":{|"));
  if (!result.words.empty() && (result.value.empty() || result.value == result.words.front())) {
    result.value = "WORD";
  }
  result.is_file = result.words.empty() &&
                   (result.is_argument || result.value == "FILE" || result.value == "PREFIX");
  return result;
}

}  // namespace

std::string parameter::value_text() const {
  const std::string joined = fmt::format("{}", fmt::join(words, "|"));
  return !words.empty() && joined.size() <= longest_value_text ? joined : value;
}

std::string parameter::full_meaning() const {
  std::string text = meaning;
  if (!words.empty() && value_text() == value) {
    text += fmt::format(". One of: {}", fmt::join(words, ", "));
  }
  if (!range.empty()) text += fmt::format(" ({})", range);
  if (!standard.empty() && standard != "[]" && standard != "\"\"") {
    text += fmt::format(" [{}]", standard);
  }
  if (!excludes.empty()) text += fmt::format(" (not with {})", fmt::join(excludes, ", "));
  if (is_required && !is_argument) text += " (required)";
  return text;
}

std::vector<parameter> parameters_of(const CLI::App& verb) {
  std::vector<parameter> result;
  const auto add = [&](const CLI::App& part, const std::string& fixed_group) {
    for (const CLI::Option* option : part.get_options([](const CLI::Option*) { return true; })) {
      if (option->get_group().empty()) continue;
      if (&part != &verb && option == part.get_help_ptr()) continue;
      const std::string group =
          option->get_group() == "Options" ? fixed_group : option->get_group();
      result.push_back(describe(*option, group));
    }
  };
  add(verb, "");
  // CLI11 keeps groups with rules of their own as subcommands without a name.
  for (const CLI::App* part : verb.get_subcommands([](const CLI::App*) { return true; })) {
    if (!part->get_name().empty()) continue;
    const std::string rule = part->get_require_option_min() == 1 ? " (one of these)" : "";
    add(*part, part->get_group() + rule);
  }
  return result;
}

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* part) { return !part->get_name().empty(); });
}

std::string usage_of(const CLI::App& verb) {
  std::string name = verb.get_name();
  for (const CLI::App* outer = verb.get_parent(); outer != nullptr; outer = outer->get_parent()) {
    name = outer->get_name() + " " + name;
  }
  std::string text = name + " [OPTIONS]";
  for (const parameter& each : parameters_of(verb)) {
    if (!each.is_argument) continue;
    const int shown = std::min(each.most, 3);
    const int required = each.is_required ? std::max(each.fewest, 1) : 0;
    for (int i = 0; i < shown; ++i) {
      text += i < required ? " " + each.names.front() : " [" + each.names.front() + "]";
    }
    if (each.most > 3) text += "...";
  }
  if (!verbs_of(verb).empty()) {
    text += verb.get_require_subcommand_min() > 0 ? " VERB" : " [VERB]";
  }
  return text;
}

bool is_shared_group(const std::string& group) {
  return group == "Reading" || group.starts_with("Selecting") ||
         group == "From relations to the graph" || group == "Output";
}

}  // namespace valuenet::cli
