# The scripts, styles and licences of the report's page (web/dist/, built by scripts/web) become string
# literals, in pieces that every compiler takes.
set(page_bundle "")
foreach(part "script;page.js" "style;page.css" "licenses;LICENSES.txt")
  list(GET part 0 part_name)
  list(GET part 1 part_file)
  set(part_file ${PROJECT_SOURCE_DIR}/web/dist/${part_file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${part_file})
  file(READ ${part_file} part_text)
  string(LENGTH "${part_text}" part_length)
  set(part_pieces "")
  set(part_count 0)
  set(part_at 0)
  while(part_at LESS part_length)
    # Cut behind a line, so that no character is cut in two; a long line is of a script, and ASCII.
    string(SUBSTRING "${part_text}" ${part_at} 60000 part_piece)
    string(FIND "${part_piece}" "\n" part_line REVERSE)
    math(EXPR part_size "${part_line} + 1")
    if(part_size GREATER 0)
      string(SUBSTRING "${part_piece}" 0 ${part_size} part_piece)
    else()
      string(LENGTH "${part_piece}" part_size)
    endif()
    string(APPEND part_pieces "    R\"vnpage(${part_piece})vnpage\"sv,\n")
    math(EXPR part_at "${part_at} + ${part_size}")
    math(EXPR part_count "${part_count} + 1")
  endwhile()
  string(APPEND page_bundle
         "inline constexpr std::array<std::string_view, ${part_count}> page_${part_name}{\n${part_pieces}};\n\n")
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/dist/page.js.sha256)
file(STRINGS ${PROJECT_SOURCE_DIR}/web/dist/page.js.sha256 page_script_sha256 LIMIT_COUNT 1)
file(CONFIGURE OUTPUT generated/detail/page_bundle.hpp CONTENT [=[
// Made by cmake/page_bundle.cmake from web/dist/.
#pragma once

#include <array>
#include <string_view>

namespace valuenet::detail {

// Literals know their length: Clang counts only so far at compile time.
using std::string_view_literals::operator""sv;

/// Of page_script, base64: the page runs this script and no other.
inline constexpr std::string_view page_script_sha256 = "@page_script_sha256@";

@page_bundle@}  // namespace valuenet::detail
]=] @ONLY)
