#include "detail/write_beside.hpp"

#include "valuenet/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace valuenet::detail {
namespace {

std::string behind_links(const std::string& file) {
  const std::unique_ptr<char, decltype(&std::free)> path(::realpath(file.c_str(), nullptr),
                                                         &std::free);
  return path ? std::string(path.get()) : file;  // does not exist yet
}

std::string directory_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : file.substr(0, slash);
}

}  // namespace

write_beside::write_beside(const std::string& file) : file_(file), target_(behind_links(file)) {
  struct stat status {};
  const bool exists = ::stat(target_.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail("be opened for writing");
    return;
  }
  if (exists && ::access(target_.c_str(), W_OK) != 0) fail("be written");
  for (unsigned number = 0; descriptor_ < 0; ++number) {
    part_ = target_ + '.' + std::to_string(::getpid()) + '-' + std::to_string(number) + ".part";
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) {
    part_.clear();
    fail("be written");
  }
  // Whoever may read the file that is replaced may read the new one.
  if (exists) (void)::fchmod(descriptor_, status.st_mode & 07777);
}

write_beside::~write_beside() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void write_beside::fail(const char* action) const {
  throw io_error(file_ + ": cannot " + action + ": " + std::strerror(errno));
}

void write_beside::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("be written to its end");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    written_ += static_cast<std::uint64_t>(written);
    pass_to_disk();
  }
}

/// Of every 16 MiB the disk begins to take them at once, and has the 16 MiB before.
void write_beside::pass_to_disk() noexcept {
#if defined(__linux__)
  constexpr std::uint64_t step = std::uint64_t{1} << 24;
  for (; written_ - passed_ >= step; passed_ += step) {
    // Hints: what fails here fails in commit() and is told there. Pipes and devices know none.
    const auto at = static_cast<off64_t>(passed_);
    (void)::sync_file_range(descriptor_, at, step, SYNC_FILE_RANGE_WRITE);
    if (passed_ == 0) continue;
    (void)::sync_file_range(
        descriptor_, at - static_cast<off64_t>(step), step,
        SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  }
#endif
}

void write_beside::commit() {
  // Pipes and devices know no fsync.
  if (::fsync(descriptor_) != 0 && !part_.empty()) fail("be written to its end");
  const int closing = std::exchange(descriptor_, -1);
  if (::close(closing) != 0) fail("be written to its end");
  if (part_.empty()) return;
  if (::rename(part_.c_str(), target_.c_str()) != 0) fail("be put in place");
  part_.clear();
  // The new name itself reaches the disk with its directory; where that fails the file is still
  // there.
  const int directory = ::open(directory_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    (void)::fsync(directory);
    ::close(directory);
  }
}

}  // namespace valuenet::detail
