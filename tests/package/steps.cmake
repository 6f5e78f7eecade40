# The steps that the package tests share.
cmake_minimum_required(VERSION 3.25)

# Runs a command; fails with its whole output where it fails.
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(step_output "${output}" PARENT_SCOPE)
endfunction()

# Configures, builds and runs a project of this folder; further arguments go to cmake.
function(build_and_run project)
  set(build ${WORK_DIR}/${project})
  file(REMOVE_RECURSE ${build})
  step(${CMAKE_COMMAND} -S ${SOURCE_DIR}/${project} -B ${build} -G ${GENERATOR}
       -D CMAKE_CXX_COMPILER=${COMPILER} ${ARGN})
  step(${CMAKE_COMMAND} --build ${build})
  expect_consumer(${build}/consumer)
endfunction()

# Runs the consumer and looks at what it says.
function(expect_consumer program)
  step(${program})
  if(NOT step_output STREQUAL "valuenet ${VERSION}: 3 vertices, 2 arcs, 40 by 30 pixels\n")
    message(FATAL_ERROR "${program} printed '${step_output}'")
  endif()
endfunction()
