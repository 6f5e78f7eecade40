// The summary and its accounting as tables and as JSON.
#pragma once

#include "valuenet/io/accounting.hpp"
#include "valuenet/network/published.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/summary.hpp"
#include "valuenet/report/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

/// Statistic, value, definition and population; with published values also these and whether the
/// computed value reproduces them: "yes", to the printed digits; "within 0.005", of the end of a
/// search, which no tool repeats to the third digit; "impossible", where the published edges and
/// nodes contradict the published average degree; "NO"; "undefined".
[[nodiscard]] table summary_table(const summary_result& summary,
                                  const std::vector<published_value>& published = {});

/// Statistic by reading; with published values a column that names the readings that reproduce
/// each.
[[nodiscard]] table conventions_table(const std::vector<reading>& readings,
                                      const std::vector<published_value>& published = {});

/// Where every row went, in sentences: one or more lines for each file, one for the selection.
[[nodiscard]] std::vector<std::string> accounting_lines(const import_accounting& imported);
[[nodiscard]] std::vector<std::string> accounting_lines(const selection_accounting& selected);

/// {"valuenet": VERSION, "convention", "direction", "notice"?, "statistics": {NAME: {"value",
/// "definition", "population", "seed"?, "published"?, "reproduced"?, "verdict"?}}, "import": {...},
/// "selection": {...}}. An undefined value is null.
[[nodiscard]] std::string summary_json(const summary_result& summary,
                                       const import_accounting& imported,
                                       const selection_accounting& selected,
                                       const std::vector<published_value>& published = {});

[[nodiscard]] std::string conventions_json(const std::vector<reading>& readings,
                                           const import_accounting& imported,
                                           const std::vector<published_value>& published = {});

}  // namespace valuenet
