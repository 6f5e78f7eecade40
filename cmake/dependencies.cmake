# Everything comes from the system (Debian 12's packages by name in scripts/install-packages).
# What a static valuenet needs at link time stands in valuenet-config.cmake.in and install.cmake too.
find_package(TBB 2021.5 REQUIRED)
find_package(pugixml REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED)
find_package(Iconv REQUIRED)
find_package(Threads REQUIRED)
# Debian's cairo and Pango come with pkg-config files only.
find_package(PkgConfig REQUIRED)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo>=1.50)
