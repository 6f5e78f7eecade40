# Runs an example and holds what it prints against the expected text. scripts/outputs rewrites that.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${PROGRAM} ${DATA} RESULT_VARIABLE status OUTPUT_VARIABLE printed
                ERROR_VARIABLE complaint)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${status}: ${complaint}")
endif()
file(READ ${EXPECTED} expected)
if(NOT printed STREQUAL expected)
  message(FATAL_ERROR "${PROGRAM} printed\n${printed}\nnot, as ${EXPECTED} has it,\n${expected}")
endif()
