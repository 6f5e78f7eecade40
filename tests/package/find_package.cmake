include(${SOURCE_DIR}/steps.cmake)
build_and_run(find_package -D CMAKE_PREFIX_PATH=${PREFIX})

# A version that this one does not stand for is refused.
file(WRITE ${WORK_DIR}/find_newer/CMakeLists.txt
     "cmake_minimum_required(VERSION 3.25)\nproject(newer LANGUAGES CXX)\nfind_package(valuenet 99 REQUIRED)\n")
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK_DIR}/find_newer -B ${WORK_DIR}/find_newer/build
                        -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${PREFIX}
                RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE error)
if(status EQUAL 0 OR NOT error MATCHES "compatible with requested version")
  message(FATAL_ERROR "find_package(valuenet 99) was not refused for its version:\n${error}")
endif()
