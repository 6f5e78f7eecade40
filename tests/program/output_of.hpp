// What the program prints, for tests that read it.
#pragma once

#include <array>
#include <cstdio>
#include <string>

#include "catch.hpp"

/// Standard output of a run that must succeed.
inline std::string output_of(const std::string& arguments) {
  std::string command = std::string(VALUENET_PROGRAM) + ' ' + arguments + " 2>/dev/null";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  std::array<char, 4096> bytes{};
  while (const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
    text.append(bytes.data(), got);
  }
  CHECK(::pclose(pipe) == 0);
  return text;
}

/// data/example: its two tables as arguments.
inline const std::string example = std::string(VALUENET_SOURCE_DIR) + "/data/example/actors.csv " +
                                   VALUENET_SOURCE_DIR + "/data/example/relations.csv";
