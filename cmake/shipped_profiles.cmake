# The profiles of data/profiles/ become string literals, so that a fresh machine needs no data files.
file(GLOB profile_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/profiles/*.json)
set(shipped_profiles "")
foreach(profile_file IN LISTS profile_files)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${profile_file})
  get_filename_component(profile_name ${profile_file} NAME_WE)
  file(READ ${profile_file} profile_text)
  string(APPEND shipped_profiles "    {\"${profile_name}\", R\"profile(${profile_text})profile\"},\n")
endforeach()
file(CONFIGURE OUTPUT generated/detail/shipped_profiles.hpp CONTENT [=[
// Made by cmake/shipped_profiles.cmake from data/profiles/.
#pragma once

#include <string_view>
#include <utility>

namespace valuenet::detail {

/// Name and JSON text of each.
inline constexpr std::pair<std::string_view, std::string_view> shipped_profiles[] = {
@shipped_profiles@};

}  // namespace valuenet::detail
]=] @ONLY)
