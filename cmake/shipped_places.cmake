# The tables of data/places/ become string literals, so that maps need no data files.
file(GLOB place_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/places/*.csv)
set(shipped_places "")
foreach(place_file IN LISTS place_files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${place_file})
  get_filename_component(place_level ${place_file} NAME_WE)
  file(READ ${place_file} place_text)
  string(APPEND shipped_places "    {\"${place_level}\", R\"places(${place_text})places\"},\n")
endforeach()
file(CONFIGURE OUTPUT generated/detail/shipped_places.hpp CONTENT [=[
// Made by cmake/shipped_places.cmake from data/places/.
#pragma once

#include <string_view>
#include <utility>

namespace valuenet::detail {

/// "provinces", "cities", "countries", and the CSV text of each.
inline constexpr std::pair<std::string_view, std::string_view> shipped_places[] = {
@shipped_places@};

}  // namespace valuenet::detail
]=] @ONLY)
