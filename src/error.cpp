#include "valuenet/error.hpp"

#include <utility>

namespace valuenet {
namespace {

std::string describe(const input_position& position, const std::string& message) {
  std::string text = position.file;
  if (position.line != 0) {
    text += ':' + std::to_string(position.line);
    if (position.column != 0) text += ':' + std::to_string(position.column);
  }
  if (!text.empty()) text += ": ";
  return text + message;
}

}  // namespace

parse_error::parse_error(input_position position, const std::string& message)
    : error(describe(position, message)), position_(std::move(position)), message_(message) {}

cancelled::cancelled() : error("cancelled") {}

}  // namespace valuenet
