#include "detail/write_beside.hpp"

#include "valuenet/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace valuenet::detail {
namespace {

[[noreturn]] void fail(const std::string& file, const char* what) {
  const int why = errno;
  throw io_error(file + ": " + what + ": " + std::generic_category().message(why));
}

/// A place in which a rename would put a file where a device, a pipe or a link is.
bool is_special(const std::string& file) {
  std::error_code ignored;
  const auto status = std::filesystem::status(file, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

/// A link stays a link: what it points to is replaced.
std::string behind_links(const std::string& file) {
  std::error_code failed;
  if (!std::filesystem::is_symlink(file, failed)) return file;
  const auto real = std::filesystem::weakly_canonical(file, failed);
  return failed ? file : real.string();
}

}  // namespace

file_beside::file_beside(std::string file) : file_(behind_links(file)) {
  if (is_special(file_)) {
    stream_ = std::fopen(file_.c_str(), "wb");
    if (stream_ == nullptr) fail(file_, "cannot be opened for writing");
    return;
  }
  beside_ = file_ + ".XXXXXX";
  const int descriptor = mkostemp(beside_.data(), O_CLOEXEC);
  if (descriptor < 0) {
    beside_.clear();
    fail(file_, "cannot be written here");
  }
  // mkostemp makes private files; a result is as readable as any other new file, or as the old one.
  struct stat old {};
  const mode_t mask = umask(0);
  umask(mask);
  const mode_t mode = stat(file_.c_str(), &old) == 0 ? old.st_mode & 07777U : 0666U & ~mask;
  stream_ = fchmod(descriptor, mode) == 0 ? fdopen(descriptor, "wb") : nullptr;
  if (stream_ == nullptr) {
    const int why = errno;
    close(descriptor);
    unlink(beside_.c_str());
    errno = why;
    fail(file_, "cannot be opened for writing");
  }
}

file_beside::~file_beside() {
  if (stream_ != nullptr) std::fclose(stream_);
  if (!beside_.empty()) unlink(beside_.c_str());
}

void file_beside::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream_) != text.size()) {
    fail(file_, "could not be written");
  }
}

void file_beside::commit() {
  const bool flushed =
      std::fflush(stream_) == 0 && (beside_.empty() || fsync(fileno(stream_)) == 0);
  if (!flushed) fail(file_, "could not be written");
  if (std::fclose(std::exchange(stream_, nullptr)) != 0) fail(file_, "could not be written");
  if (beside_.empty()) return;
  if (std::rename(beside_.c_str(), file_.c_str()) != 0) fail(file_, "could not be put in place");
  beside_.clear();
}

void write_beside(const std::string& file, std::string_view text) {
  file_beside out(file);
  out.write(text);
  out.commit();
}

}  // namespace valuenet::detail
