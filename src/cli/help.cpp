#include "cli/help.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/parameters.hpp"

namespace valuenet::cli {

namespace {

constexpr std::size_t meaning_column = 30;
constexpr std::size_t page_width = 100;

// The name in the left column, the meaning beside it, broken between words.
std::string entry(const std::string& name, std::string_view meaning) {
  std::string text = "  " + name;
  std::size_t column = text.size();
  if (column + 2 > meaning_column) {
    text += "\n";
    column = 0;
  }
  text.append(meaning_column - column, ' ');
  column = meaning_column;
  while (!meaning.empty()) {
    const std::size_t end = std::min(meaning.find(' '), meaning.size());
    const std::string_view word = meaning.substr(0, end);
    if (column > meaning_column && column + 1 + word.size() > page_width) {
      text += "\n";
      text.append(meaning_column, ' ');
      column = meaning_column;
    } else if (column > meaning_column) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
    meaning.remove_prefix(std::min(end + 1, meaning.size()));
  }
  return text + "\n";
}

std::string entry(const parameter& each) {
  std::string name = fmt::format("{}", fmt::join(each.names, ", "));
  if (!each.is_argument && !each.value.empty()) name += " " + each.value_text();
  return entry(name, each.full_meaning());
}

}  // namespace

std::string help_formatter::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  std::string text = app->get_description() + "\n\nUsage: " + usage_of(*app) + "\n";
  const std::vector<parameter> all = parameters_of(*app);
  std::vector<std::string> groups;
  std::string arguments;
  for (const parameter& each : all) {
    if (each.is_argument) {
      arguments += entry(each);
    } else if (std::find(groups.begin(), groups.end(), each.group) == groups.end()) {
      groups.push_back(each.group);
    }
  }
  if (!arguments.empty()) text += "\nArguments:\n" + arguments;
  std::stable_partition(groups.begin(), groups.end(),
                        [](const std::string& group) { return !is_shared_group(group); });
  for (const std::string& group : groups) {
    text += "\n" + (group.empty() ? "Options" : group) + ":\n";
    for (const parameter& each : all) {
      if (!each.is_argument && each.group == group) text += entry(each);
    }
  }
  const std::vector<const CLI::App*> verbs = verbs_of(*app);
  if (!verbs.empty()) {
    text += "\nVerbs:\n";
    for (const CLI::App* verb : verbs) text += entry(verb->get_name(), verb->get_description());
  }
  if (!app->get_footer().empty()) text += "\n" + app->get_footer() + "\n";
  return text;
}

}  // namespace valuenet::cli
