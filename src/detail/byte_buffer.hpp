// Bytes that grow without being cleared or, where the system can remap pages, copied.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string_view>

namespace valuenet::detail {

/// Thrown by what would grow beyond its limit; whoever knows the file turns it into a parse_error.
struct length_limit : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "longer than its limit"; }
};

class byte_buffer {
 public:
  byte_buffer() = default;
  /// Throws length_limit once more than `limit` bytes are wanted.
  explicit byte_buffer(std::uint64_t limit) : limit_(limit) {}

  [[nodiscard]] std::string_view view() const noexcept { return {data_.get(), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// Room for at least `bytes` more, which the caller fills and then counts with grow_by.
  [[nodiscard]] char* room(std::size_t bytes) {
    if (bytes > capacity_ - size_) reserve(size_ + bytes);
    return data_.get() + size_;
  }
  void grow_by(std::size_t bytes) {
    size_ += bytes;
    if (size_ > limit_) throw length_limit();
  }
  void append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::copy(bytes.begin(), bytes.end(), room(bytes.size()));
    grow_by(bytes.size());
  }

 private:
  void reserve(std::size_t wanted) {
    const std::size_t capacity = std::max(wanted, capacity_ + capacity_ / 2);
    char* const moved = static_cast<char*>(std::realloc(data_.get(), capacity));
    if (moved == nullptr) throw std::bad_alloc();
    (void)data_.release();
    data_.reset(moved);
    capacity_ = capacity;
  }

  struct release {
    void operator()(char* memory) const noexcept { std::free(memory); }
  };
  std::unique_ptr<char, release> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::uint64_t limit_ = ~std::uint64_t{0};
};

}  // namespace valuenet::detail
