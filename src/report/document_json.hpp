// The document as JSON, for render_json() and for the page, whose scripts read the same.
#pragma once

#include "valuenet/report/document.hpp"

#include <string>

#include <nlohmann/json.hpp>

namespace valuenet::detail {

using json = nlohmann::ordered_json;

[[nodiscard]] json document_json(const document& report);
/// As text; indent -1: in one line.
[[nodiscard]] std::string dumped(const json& value, int indent = -1);

}  // namespace valuenet::detail
