#include "valuenet/report/document.hpp"

#include "valuenet/report/table.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "detail/progress.hpp"
#include "network/arc_kinds.hpp"
#include "report/document_sections.hpp"

namespace valuenet {
namespace {

template <class Block>
const Block* find_block(const std::vector<document_section>& sections, std::string_view id) {
  for (const document_section& section : sections) {
    for (const document_block& block : section.blocks) {
      const auto* found = std::get_if<Block>(&block);
      if (found != nullptr && found->id == id) return found;
    }
  }
  return nullptr;
}

bool has_words(const text_column& column) {
  return column.is_given() && column.words().size() > 1;
}

std::string place_column_of(const value_network& network) {
  const actor_table& actors = network.actors();
  if (has_words(actors.province)) return "province";
  if (has_words(actors.city)) return "city";
  return has_words(actors.country) ? "country" : "";
}

bool has_years(const value_network& network) {
  const auto& years = network.relations().years;
  return std::any_of(years.begin(), years.end(), [](std::int32_t y) { return y != no_year; });
}

}  // namespace

const document_section* document::find_section(std::string_view id) const noexcept {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const document_section& s) { return s.id == id; });
  return found == sections.end() ? nullptr : &*found;
}

const document_table* document::find_table(std::string_view id) const noexcept {
  return find_block<document_table>(sections, id);
}

const document_chart* document::find_chart(std::string_view id) const noexcept {
  return find_block<document_chart>(sections, id);
}

document compose_document(const read_result& read, const document_options& options,
                          const execution& exec) {
  if (options.top == 0) throw std::invalid_argument("compose_document: top is 0; give 1 or more");
  if (options.permutations < 1) {
    throw std::invalid_argument(
        fmt::format("compose_document: permutations is {}; give 1 or more", options.permutations));
  }
  // The calls report their own progress; the document's is by its sections.
  detail::progress steps(exec, "report", 15);
  execution quiet = exec;
  quiet.progress = nullptr;

  detail::document_input input{.read = read, .options = options, .exec = quiet};
  input.place_column = place_column_of(read.network);
  input.has_years = has_years(read.network);
  input.selected = select(read.network, options.selection, quiet);
  input.summary =
      summarize(input.selected, {.convention = options.convention, .seed = options.seed}, quiet);
  steps.advance();
  const auto weights = input.selected.graph().out_weights();
  if (std::none_of(weights.begin(), weights.end(), [](double w) { return w < 0.0; })) {
    // As behind the summary's modularity.
    const std::vector<std::uint32_t> kinds = detail::arc_kinds_of(input.selected);
    const bool by_kinds =
        options.convention == convention::gephi && input.selected.graph().is_directed();
    const summary_options same{};
    input.communities = communities(input.selected.graph(),
                                    {.convention = options.convention,
                                     .arc_kinds = by_kinds ? std::span<const std::uint32_t>(kinds)
                                                           : std::span<const std::uint32_t>(),
                                     .seed = options.seed,
                                     .runs = static_cast<std::uint32_t>(same.runs),
                                     .finalists = same.finalists,
                                     .most_patience = same.most_patience},
                                    quiet);
  }
  steps.advance();

  document report;
  report.title = options.title.empty() ? bilingual{"Value network report", "价值网络报告"}
                                       : bilingual{options.title, options.title};
  report.notice = read.network.surrogate_notice();
  const auto add = [&](document_section section) {
    report.sections.push_back(std::move(section));
    steps.advance();
  };
  add(detail::input_section(input));
  add(detail::statistics_section(input));
  add(detail::conventions_section(input));
  add(detail::rankings_section(input));
  add(detail::degrees_section(input));
  add(detail::places_section(input));
  add(detail::concentration_section(input));
  if (input.has_years) add(detail::evolution_section(input));
  add(detail::roles_section(input));
  add(detail::layers_section(input));
  add(detail::communities_section(input));
  if (options.with_picture) {
    report.picture = detail::picture_of(input);
    add(detail::network_section(input, report.picture));
  }
  add(detail::provenance_section(input));
  return report;
}

namespace detail {

document_cell cell(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return {};
  return *value;
}

document_cell role_cell(role value) {
  switch (value) {
    case role::sample:
      return bilingual{"sample", "样本"};
    case role::relation:
      return bilingual{"relation", "关系"};
    case role::unknown:
      break;
  }
  return {};
}

std::string number_text(double value, column_format format) {
  switch (format) {
    case column_format::share:
      return fmt::format("{:.2f}%", 100.0 * value);
    case column_format::year:
      return fmt::format("{:.0f}", value);
    case column_format::estimate:
      return format_number(value, 4);
    case column_format::p_value:
      return value < 0.001 ? "< 0.001" : format_number(value, 3);
    case column_format::text:
    case column_format::count:
    case column_format::number:
      break;
  }
  return format_number(value);
}

std::string cell_text(const document_cell& value, column_format format, language words) {
  if (const auto* label = std::get_if<std::string>(&value)) return *label;
  if (const auto* ours = std::get_if<bilingual>(&value)) return ours->in(words);
  if (const auto* number = std::get_if<double>(&value)) return number_text(*number, format);
  return "–";
}

}  // namespace detail
}  // namespace valuenet
