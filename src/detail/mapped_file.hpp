// A file's bytes as memory, without a copy.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace valuenet::detail {

/// A regular file mapped read-only. A file that another program shortens while it is mapped ends
/// this program with SIGBUS, as with every mapped file.
class mapped_file {
 public:
  mapped_file() = default;
  /// Throws io_error when the file cannot be opened or mapped. Of what is no regular file (a pipe,
  /// a device) nothing is mapped: is_regular() is false and descriptor reading is up to the caller.
  explicit mapped_file(const std::string& file);
  ~mapped_file();
  mapped_file(mapped_file&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  mapped_file& operator=(mapped_file&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  [[nodiscard]] std::string_view bytes() const noexcept { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Whether the name leads to a regular file: one that can be mapped. Throws io_error when it leads
/// nowhere or to a directory.
[[nodiscard]] bool is_regular_file(const std::string& file);

}  // namespace valuenet::detail
