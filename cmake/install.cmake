# Installs the library, its headers and, when it was built, the program with its manual page and completion;
# and what find_package(valuenet) and pkg-config need to find them.
include(CMakePackageConfigHelpers)

set(valuenet_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/valuenet)

install(TARGETS valuenet EXPORT valuenet-targets
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/valuenet DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Of the scripts that a report's page holds.
install(FILES web/dist/LICENSES.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME LICENSES-page.txt)
if(TARGET valuenet_program)
  set_target_properties(valuenet_program PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(TARGETS valuenet_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  if(NOT CMAKE_CROSSCOMPILING)
    install(FILES ${PROJECT_BINARY_DIR}/valuenet.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  endif()
  install(FILES src/cli/completion/valuenet.bash RENAME valuenet
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES src/cli/completion/_valuenet DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES src/cli/completion/valuenet.fish
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

get_target_property(valuenet_type valuenet TYPE)
install(EXPORT valuenet-targets NAMESPACE valuenet:: DESTINATION ${valuenet_config_dir})
configure_package_config_file(cmake/valuenet-config.cmake.in ${PROJECT_BINARY_DIR}/valuenet-config.cmake
                              INSTALL_DESTINATION ${valuenet_config_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/valuenet-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/valuenet-config.cmake
              ${PROJECT_BINARY_DIR}/valuenet-config-version.cmake
        DESTINATION ${valuenet_config_dir})

# A static library needs its dependencies named by every user, a shared one brings them along.
set(valuenet_pc_libraries "tbb >= 2021.5, pugixml, fmt, zlib, pangocairo >= 1.50")
if(valuenet_type STREQUAL "STATIC_LIBRARY")
  set(valuenet_pc_requires "${valuenet_pc_libraries}")
  set(valuenet_pc_requires_private "")
else()
  set(valuenet_pc_requires "")
  set(valuenet_pc_requires_private "${valuenet_pc_libraries}")
endif()
set(valuenet_pc_iconv "")
if(NOT Iconv_IS_BUILT_IN)
  set(valuenet_pc_iconv " -liconv")
endif()
# Relative to the .pc file, so that `cmake --install --prefix` and moved trees work.
file(RELATIVE_PATH valuenet_pc_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/valuenet.pc.in ${PROJECT_BINARY_DIR}/valuenet.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/valuenet.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
