include(${SOURCE_DIR}/steps.cmake)
build_and_run(add_subdirectory -D VALUENET_DIR=${VALUENET_DIR})
