// A calibration report as a person and as a program reads it.
#pragma once

#include "valuenet/report/table.hpp"
#include "valuenet/synthesis/calibration.hpp"
#include "valuenet/synthesis/surrogate_spread.hpp"

#include "cli/output.hpp"

namespace valuenet::cli {

/// Every target a row; `brief`: named degrees and shares that are all met become a row a list.
[[nodiscard]] table calibration_table(const calibration_report& report, const std::string& title,
                                      bool brief);
[[nodiscard]] json calibration_json(const calibration_report& report);

/// Statistics that no printed figure settles, a row each.
[[nodiscard]] table spread_table(const spread_result& spread, const std::string& title);
[[nodiscard]] json spread_json(const spread_result& spread);

}  // namespace valuenet::cli
