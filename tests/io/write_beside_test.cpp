#include "detail/write_beside.hpp"

#include "valuenet/error.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"

namespace fs = std::filesystem;
using valuenet::detail::write_beside;

namespace {

struct directory {
  fs::path path;
  directory() : path(fs::temp_directory_path() / ("valuenet_" + std::to_string(::getpid()))) {
    fs::create_directories(path);
  }
  ~directory() { fs::remove_all(path); }
  [[nodiscard]] std::string file(const char* name) const { return (path / name).string(); }
  [[nodiscard]] auto count() const {
    return std::distance(fs::directory_iterator(path), fs::directory_iterator());
  }
};

std::string content(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("A file gets its name with commit, and not before") {
  const directory where;
  const std::string file = where.file("a.csv");
  {
    write_beside out(file);
    out.write("abc");
    out.write("");
    out.write("def");
    CHECK_FALSE(fs::exists(file));
    out.commit();
    CHECK(content(file) == "abcdef");
  }
  CHECK(where.count() == 1);
  {
    write_beside given_up(file);
    given_up.write("xyz");
  }
  CHECK(content(file) == "abcdef");
  CHECK(where.count() == 1);
  write_beside again(file);
  again.write("new");
  again.commit();
  CHECK(content(file) == "new");
}

TEST_CASE("Links are followed and permissions kept") {
  const directory where;
  const std::string file = where.file("a.csv");
  const std::string link = where.file("link.csv");
  std::ofstream(file) << "old";
  ::chmod(file.c_str(), 0640);
  fs::create_symlink(file, link);
  write_beside out(link);
  out.write("new");
  out.commit();
  CHECK(fs::is_symlink(link));
  CHECK(content(file) == "new");
  CHECK((fs::status(file).permissions() & fs::perms::mask) == fs::perms{0640});
}

TEST_CASE("Where nothing can be written, that is said and nothing is left") {
  const directory where;
  CHECK_THROWS_AS(write_beside(where.file("none/a.csv")), valuenet::io_error);
  CHECK_THROWS_AS(write_beside(where.path.string()), valuenet::io_error);
  CHECK(where.count() == 0);
  write_beside nowhere("/dev/null");
  nowhere.write("abc");
  nowhere.commit();
  if (fs::exists("/dev/full")) {
    write_beside full("/dev/full");
    CHECK_THROWS_AS(full.write("abc"), valuenet::io_error);
  }
}
