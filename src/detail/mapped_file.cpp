#include "detail/mapped_file.hpp"

#include "valuenet/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace valuenet::detail {
namespace {

[[noreturn]] void fail(const std::string& file, int problem) {
  throw io_error(file + ": cannot be read: " + std::strerror(problem));
}

/// Closes when it goes.
struct descriptor {
  int number = -1;
  explicit descriptor(int opened) : number(opened) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

bool is_regular_file(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) fail(file, errno);
  if (S_ISDIR(status.st_mode)) fail(file, EISDIR);
  return S_ISREG(status.st_mode);
}

mapped_file::mapped_file(const std::string& file) {
  const descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number < 0) fail(file, errno);
  struct stat status {};
  if (::fstat(opened.number, &status) != 0) fail(file, errno);
  if (S_ISDIR(status.st_mode)) fail(file, EISDIR);
  if (status.st_size == 0) return;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, opened.number, 0);
  if (mapped == MAP_FAILED) fail(file, errno);
  // A hint for reading ahead; reading works without it.
  (void)::madvise(mapped, size, MADV_WILLNEED);
  data_ = static_cast<const char*>(mapped);
  size_ = size;
}

mapped_file::~mapped_file() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace valuenet::detail
