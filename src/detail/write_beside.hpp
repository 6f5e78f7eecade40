// Files are written beside their place and renamed into it when whole: nobody ever sees half a
// file, and what stood there before survives an error or Ctrl-C.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace valuenet::detail {

/// A file under way. Throws io_error, naming the file and what failed.
class file_beside {
 public:
  /// Creates FILE's neighbour. A device or pipe (/dev/stdout) is written directly.
  explicit file_beside(std::string file);
  /// Removes what was not committed.
  ~file_beside();
  file_beside(const file_beside&) = delete;
  file_beside& operator=(const file_beside&) = delete;

  void write(std::string_view text);
  /// Makes the file durable and puts it in its place. Call once, last.
  void commit();

 private:
  std::string file_;
  std::string beside_;
  std::FILE* stream_ = nullptr;
};

/// The whole text as a file.
void write_beside(const std::string& file, std::string_view text);

}  // namespace valuenet::detail
