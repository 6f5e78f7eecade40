// Files that appear whole or not at all.
#pragma once

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

  /// Throws io_error when the system does not take it all (disk full).
  void write(std::string_view bytes);
  /// Brings the bytes to the disk and gives the file its name. Throws io_error; then nothing
  /// changed.
  void commit();

 private:
  [[noreturn]] void fail(const char* action) const;

  std::string file_;
  std::string target_;  // behind symbolic links
  std::string part_;    // empty where the file is written directly, and after commit
  int descriptor_ = -1;
};

}  // namespace valuenet::detail
