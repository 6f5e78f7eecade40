#include "detail/write_beside.hpp"

#include "valuenet/error.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

#include "catch.hpp"

namespace vn = valuenet;
namespace fs = std::filesystem;

namespace {

struct folder {
  fs::path path = fs::temp_directory_path() / ("valuenet-write-" + std::to_string(::getpid()));
  folder() { fs::create_directories(path); }
  ~folder() { fs::remove_all(path); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

std::string content(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a file appears when it is whole, and leaves no neighbour") {
  const folder here;
  const std::string file = (here.path / "结果.csv").string();
  vn::detail::write_beside(file, "a,b\n");
  CHECK(content(file) == "a,b\n");
  vn::detail::write_beside(file, "c\n");
  CHECK(content(file) == "c\n");
  CHECK(here.files() == 1);
}

TEST_CASE("what was there survives work that did not finish") {
  const folder here;
  const std::string file = (here.path / "old.csv").string();
  vn::detail::write_beside(file, "old");
  {
    vn::detail::file_beside unfinished(file);
    unfinished.write("half of the n");
  }
  CHECK(content(file) == "old");
  CHECK(here.files() == 1);
}

TEST_CASE("a link stays a link, a missing folder is an error that names the file") {
  const folder here;
  const fs::path real = here.path / "real";
  vn::detail::write_beside(real.string(), "1");
  fs::create_symlink(real, here.path / "link");
  vn::detail::write_beside((here.path / "link").string(), "2");
  CHECK(fs::is_symlink(here.path / "link"));
  CHECK(content(real) == "2");
  const std::string nowhere = (here.path / "no" / "where.csv").string();
  CHECK_THROWS_AS(vn::detail::write_beside(nowhere, ""), vn::io_error);
  CHECK_THROWS_WITH(vn::detail::write_beside(nowhere, ""), Catch::Contains("where.csv"));
}

TEST_CASE("devices are written as they are") {
  vn::detail::write_beside("/dev/null", "gone");
  CHECK(fs::is_character_file("/dev/null"));
}
