# Reads every #include of the project and fails where one breaks the house rules:
#  - public headers include the standard library and each other, nothing else (interop/ aside);
#  - a room includes rooms on its own floor or below, never one above; nothing includes the program;
#  - public headers never include src/.
# Usage: cmake -D ROOT=DIRECTORY -P check_includes.cmake
cmake_minimum_required(VERSION 3.25)

set(floor_ 0) # error.hpp, execution.hpp, version.hpp
set(floor_graph 1)
set(floor_metrics 2)
set(floor_statistics 2)
set(floor_network 3)
set(floor_index 3)
set(floor_io 4)
set(floor_synthesis 4)
set(floor_report 5)
set(floor_interop 6)
set(floor_cli 7)

set(standard_headers
    algorithm any array atomic barrier bit bitset cassert ccomplex cctype cerrno cfenv cfloat charconv
    chrono cinttypes climits clocale cmath compare complex concepts condition_variable coroutine csetjmp
    csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception
    execution filesystem format forward_list fstream functional future initializer_list iomanip ios
    iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex new
    numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set
    shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view
    strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map
    unordered_set utility valarray variant vector version)

set(failures 0)
macro(complain message)
  message(SEND_ERROR "${file}: ${message}")
  math(EXPR failures "${failures} + 1")
endmacro()

# The room of a path below include/valuenet or src; empty for files on the ground floor.
function(room_of path result)
  get_filename_component(room "${path}" DIRECTORY)
  string(REGEX REPLACE "/.*" "" room "${room}")
  set(${result} "${room}" PARENT_SCOPE)
endfunction()

function(includes_of path result)
  file(STRINGS "${path}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  set(found)
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*)[>\"].*$" "\\1" name "${line}")
    list(APPEND found "${name}")
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

set(checked 0)
foreach(base IN ITEMS include/valuenet src)
  file(GLOB_RECURSE files RELATIVE ${ROOT}/${base} ${ROOT}/${base}/*.hpp ${ROOT}/${base}/*.cpp)
  foreach(path IN LISTS files)
    math(EXPR checked "${checked} + 1")
    set(file ${base}/${path})
    room_of(${path} room)
    set(is_umbrella FALSE)
    if(file STREQUAL "include/valuenet/valuenet.hpp")
      set(is_umbrella TRUE)
    endif()
    if(NOT room STREQUAL "detail" AND NOT DEFINED floor_${room})
      complain("the room '${room}' has no floor; name it in tests/headers/check_includes.cmake")
      continue()
    endif()
    includes_of(${ROOT}/${file} includes)
    foreach(include IN LISTS includes)
      set(own FALSE)
      if(include MATCHES "^valuenet/(.*)$")
        set(own TRUE)
        room_of("${CMAKE_MATCH_1}" included_room)
        if(NOT EXISTS ${ROOT}/include/${include})
          complain("includes ${include}, which does not exist")
        endif()
      elseif(base STREQUAL "include/valuenet")
        if(EXISTS ${ROOT}/src/${include})
          complain("a public header includes ${include} of src/")
        elseif(NOT room STREQUAL "interop" AND NOT include IN_LIST standard_headers)
          complain("a public header includes <${include}>, which is not of the standard library")
        endif()
      elseif(EXISTS ${ROOT}/src/${include})
        set(own TRUE)
        room_of("${include}" included_room)
      endif()
      if(NOT own OR is_umbrella)
        continue()
      endif()
      if(include STREQUAL "valuenet/valuenet.hpp" AND NOT room STREQUAL "cli")
        complain("includes the umbrella; include what is used")
      elseif(NOT room STREQUAL "detail" AND NOT included_room STREQUAL "detail"
             AND DEFINED floor_${included_room} AND floor_${included_room} GREATER floor_${room})
        complain("includes ${include}, a floor above")
      elseif(included_room STREQUAL "cli" AND NOT room STREQUAL "cli")
        complain("includes ${include} of the program")
      elseif(included_room STREQUAL "interop" AND NOT room STREQUAL "interop")
        complain("includes ${include}; interop/ is opt-in")
      endif()
    endforeach()
  endforeach()
endforeach()

if(checked EQUAL 0)
  message(FATAL_ERROR "no file below ${ROOT}")
endif()
message(STATUS "${checked} files checked, ${failures} broken rules")
