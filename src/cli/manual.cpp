#include "cli/manual.hpp"

#include "valuenet/version.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/parameters.hpp"

namespace valuenet::cli {

namespace {

// Text that roff leaves as it is.
std::string literal(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) {
      result += std::string("\\&") + c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string entry(const parameter& each) {
  std::vector<std::string> names;
  for (const std::string& name : each.names) names.push_back("\\fB" + literal(name) + "\\fR");
  std::string text = fmt::format(".TP\n{}", fmt::join(names, ", "));
  if (!each.is_argument && !each.value.empty()) {
    text += " \\fI" + literal(each.value_text()) + "\\fR";
  }
  return text + "\n" + literal(each.full_meaning()) + "\n";
}

// The options of a group that at least half of the verbs with that group have alike. A group of
// few verbs is shown with each of them.
constexpr std::size_t fewest_sharing_verbs = 4;
struct shared_group {
  std::string name;
  std::vector<std::string> entries;
};

void collect_verbs(const CLI::App& app, std::vector<const CLI::App*>& all) {
  for (const CLI::App* verb : verbs_of(app)) {
    all.push_back(verb);
    collect_verbs(*verb, all);
  }
}

std::vector<shared_group> shared_groups(const std::vector<const CLI::App*>& verbs) {
  struct counted {
    std::string entry;
    std::size_t verbs = 0;
  };
  struct counted_group {
    std::string name;
    std::size_t verbs = 0;
    std::vector<counted> entries;
  };
  std::vector<counted_group> groups;
  for (const CLI::App* verb : verbs) {
    std::vector<std::string> seen;
    for (const parameter& each : parameters_of(*verb)) {
      if (each.group.empty() || each.is_argument) continue;
      auto group = std::find_if(groups.begin(), groups.end(),
                                [&](const counted_group& g) { return g.name == each.group; });
      if (group == groups.end()) group = groups.insert(groups.end(), {each.group, 0, {}});
      if (std::find(seen.begin(), seen.end(), each.group) == seen.end()) {
        seen.push_back(each.group);
        ++group->verbs;
      }
      const std::string text = entry(each);
      auto known = std::find_if(group->entries.begin(), group->entries.end(),
                                [&](const counted& c) { return c.entry == text; });
      if (known == group->entries.end()) {
        known = group->entries.insert(group->entries.end(), {text, 0});
      }
      ++known->verbs;
    }
  }
  std::vector<shared_group> result;
  for (const counted_group& group : groups) {
    if (group.verbs < fewest_sharing_verbs) continue;
    shared_group shared{group.name, {}};
    for (const counted& each : group.entries) {
      if (2 * each.verbs >= group.verbs) shared.entries.push_back(each.entry);
    }
    if (!shared.entries.empty()) result.push_back(std::move(shared));
  }
  return result;
}

std::string verb_section(const CLI::App& verb, const std::vector<shared_group>& shared) {
  const std::string usage = usage_of(verb);
  std::string text = fmt::format(".SS \"{}\"\n{}.\n.PP\n.B {}\n",
                                 literal(usage.substr(9, usage.find(" [OPTIONS]") - 9)),
                                 literal(verb.get_description()), literal(usage));
  std::vector<std::string> own;
  const std::vector<parameter> all = parameters_of(verb);
  for (const parameter& each : all) {
    if (each.names.back() != "--help") own.push_back(entry(each));
  }
  std::vector<std::string> also;
  for (const shared_group& group : shared) {
    const bool has_all =
        std::all_of(group.entries.begin(), group.entries.end(), [&](const std::string& each) {
          return std::find(own.begin(), own.end(), each) != own.end();
        });
    if (!has_all) continue;
    also.push_back("\\fB" + literal(group.name.substr(0, group.name.find(" ("))) + "\\fR");
    std::erase_if(own, [&](const std::string& each) {
      return std::find(group.entries.begin(), group.entries.end(), each) != group.entries.end();
    });
  }
  for (const std::string& each : own) text += each;
  if (!also.empty()) {
    text += fmt::format(".PP\nAnd the options under {}.\n", fmt::join(also, ", "));
  }
  if (!verb.get_footer().empty()) {
    text += ".PP\n.nf\n" + literal(verb.get_footer()) + "\n.fi\n";
  }
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app) {
  std::vector<const CLI::App*> verbs;
  collect_verbs(app, verbs);
  const std::vector<shared_group> shared = shared_groups(verbs);

  // No date: the same source makes the same page.
  std::string text = fmt::format(
      ".TH VALUENET 1 \"\" \"valuenet {}\" \"User Commands\"\n.SH NAME\nvaluenet \\- statistics of "
      "value networks\n.SH SYNOPSIS\n.B {}\n[ARGUMENTS]\n.SH DESCRIPTION\n{}\n",
      version(), literal(usage_of(app)), literal(app.get_description()));
  text +=
      ".PP\nEvery number comes with its definition, the population that it was averaged over, and "
      "an account of every row that was read. Results go to standard output, all else to standard "
      "error. The same input, options and seed give the same answer at any number of threads.\n"
      ".SH OPTIONS\nOf every verb, before or behind it:\n";
  for (const parameter& each : parameters_of(app)) text += entry(each);
  text += ".SH VERBS\n";
  for (const CLI::App* verb : verbs) text += verb_section(*verb, shared);
  text += ".SH SHARED OPTIONS\n";
  for (const shared_group& group : shared) {
    text += ".SS \"" + literal(group.name) + "\"\n";
    for (const std::string& each : group.entries) text += each;
  }
  text +=
      ".SH EXIT STATUS\n"
      ".TP\n.B 0\nSuccess.\n"
      ".TP\n.B 1\nThe program itself failed: please report it.\n"
      ".TP\n.B 2\nArguments that make no sense.\n"
      ".TP\n.B 3\nInput that cannot be understood: the message names file, line and column.\n"
      ".TP\n.B 4\nA file that cannot be opened or written.\n"
      ".TP\n.B 5\nNot enough memory.\n"
      ".TP\n.B 130\nInterrupted; nothing was written.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n.B NO_COLOR\nSet to anything: no colours on standard error.\n"
      ".SH FILES\n"
      "What is read and written: tables (CSV, TSV), edge lists, adjacency matrices, GEXF, GraphML, "
      "GML, Pajek and snapshots, plain or compressed by gzip, in UTF\\-8, UTF\\-16 or GB18030.\n"
      ".SH SEE ALSO\n.BR gzip (1),\n.BR iconv (1)\n";
  return text;
}

}  // namespace valuenet::cli
