// JSON read strictly: every field is asked for, anything else is an error that says where it
// stands.
#pragma once

#include "valuenet/error.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace valuenet::detail {

/// A JSON value and where it stands.
class json_place {
 public:
  using json = nlohmann::ordered_json;

  json_place(const json& value, const std::string& file, std::string pointer)
      : value_(&value), file_(&file), pointer_(std::move(pointer)) {}

  [[nodiscard]] const json& value() const { return *value_; }

  [[noreturn]] void fail(const std::string& expected) const {
    std::string found = value_->is_object() ? "an object"
                        : value_->is_array()
                            ? fmt::format("an array of {}", value_->size())
                            : value_->dump(-1, ' ', false, json::error_handler_t::replace);
    if (found.size() > 60) found = found.substr(0, 57) + "...";
    fail_with(fmt::format("found {}, expected {}", found, expected));
  }
  [[noreturn]] void fail_with(const std::string& message) const {
    throw parse_error({*file_, 0, 0},
                      fmt::format("{}: {}", pointer_.empty() ? "/" : pointer_, message));
  }

  [[nodiscard]] std::string text() const {
    if (!value_->is_string()) fail("text");
    return value_->get<std::string>();
  }
  [[nodiscard]] std::string text_of(const std::string& expected) const {
    if (!value_->is_string() || value_->get<std::string>().empty()) fail(expected);
    return value_->get<std::string>();
  }
  [[nodiscard]] std::uint32_t count(std::uint32_t least = 0,
                                    std::uint32_t most = 2147483647U) const {
    const bool fits = value_->is_number_unsigned() && value_->get<std::uint64_t>() >= least &&
                      value_->get<std::uint64_t>() <= most;
    if (!fits) fail(fmt::format("a whole number from {} to {}", least, most));
    return value_->get<std::uint32_t>();
  }
  [[nodiscard]] bool flag() const {
    if (!value_->is_boolean()) fail("true or false");
    return value_->get<bool>();
  }
  [[nodiscard]] double number(double least, double most) const {
    if (!value_->is_number() ||
        !(value_->get<double>() >= least && value_->get<double>() <= most)) {
      fail(fmt::format("a number from {} to {}", least, most));
    }
    return value_->get<double>();
  }

  /// The field, or an error.
  [[nodiscard]] json_place at(const std::string& key) const {
    if (!value_->is_object()) fail("an object");
    const auto found = value_->find(key);
    if (found == value_->end()) fail_with(fmt::format("has no field \"{}\"", key));
    return {*found, *file_, pointer_ + "/" + key};
  }
  [[nodiscard]] std::optional<json_place> find(const std::string& key) const {
    if (!value_->is_object()) fail("an object");
    const auto found = value_->find(key);
    if (found == value_->end()) return std::nullopt;
    return json_place(*found, *file_, pointer_ + "/" + key);
  }
  /// Calls each(place) for every entry of an array, or each(key, place) for every field.
  void for_entries(const std::function<void(const json_place&)>& each) const {
    if (!value_->is_array()) fail("an array");
    for (std::size_t i = 0; i < value_->size(); ++i) {
      each({(*value_)[i], *file_, fmt::format("{}/{}", pointer_, i)});
    }
  }
  void for_fields(const std::function<void(const std::string&, const json_place&)>& each) const {
    if (!value_->is_object()) fail("an object");
    for (const auto& [key, field] : value_->items())
      each(key, {field, *file_, pointer_ + "/" + key});
  }
  /// Refuses any field that is not one of these.
  void only(std::initializer_list<std::string_view> known) const {
    for_fields([&](const std::string& key, const json_place&) {
      std::string all;
      for (const std::string_view each : known) {
        if (key == each) return;
        all += (all.empty() ? "" : ", ") + std::string(each);
      }
      fail_with(fmt::format("found the field \"{}\", expected {}", key, all));
    });
  }

 private:
  const json* value_;
  const std::string* file_;
  std::string pointer_;
};

}  // namespace valuenet::detail
