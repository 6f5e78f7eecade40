// Files that appear whole or not at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace valuenet::detail {

/// A file being written under another name beside its own, which it gets with commit(). Until then,
/// and when commit() is never reached (an exception, a stop), what was there stays untouched and
/// the part written is removed. A symbolic link is followed. What is no regular file, such as
/// /dev/null or a pipe, is written directly.
class write_beside {
 public:
  /// Throws io_error when nothing can be written there.
  explicit write_beside(const std::string& file);
  ~write_beside();
  write_beside(const write_beside&) = delete;
  write_beside& operator=(const write_beside&) = delete;

  /// Throws io_error when the system does not take it all (disk full). Waits for the disk now and
  /// then, so that commit() never has long to wait and a caller who looks for a stop between calls
  /// of some megabytes finds one in time.
  void write(std::string_view bytes);
  /// Brings the bytes to the disk and gives the file its name. Throws io_error; then nothing
  /// changed.
  void commit();

 private:
  [[noreturn]] void fail(const char* action) const;
  void pass_to_disk() noexcept;

  std::string file_;
  std::string target_;  // behind symbolic links
  std::string part_;    // empty where the file is written directly, and after commit
  int descriptor_ = -1;
  std::uint64_t written_ = 0;
  std::uint64_t passed_ = 0;  // what the disk has, or had begun to take
};

}  // namespace valuenet::detail
