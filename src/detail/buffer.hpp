// An array whose entries start out unset: a vector would fill gigabytes with zeros on one thread
// before the workers fill them again.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace valuenet::detail {

/// Fixed size, moved but not copied. Large ones ask the system for huge pages: random access into
/// them misses the page tables' cache less, and their first use faults 512 times less often.
template <class T>
class buffer {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  using value_type = T;

  buffer() noexcept = default;

  explicit buffer(std::size_t size) : size_(size) {
    if (size == 0) return;
    if (size > std::numeric_limits<std::size_t>::max() / 2 / sizeof(T)) throw std::bad_alloc();
    constexpr std::size_t line = 64;
    constexpr std::size_t huge_page = std::size_t{1} << 21;
    const std::size_t bytes = size * sizeof(T);
    const bool large = bytes >= huge_page;
    const std::size_t alignment = large ? huge_page : line;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    entries_.reset(static_cast<T*>(std::aligned_alloc(alignment, rounded)));
    if (!entries_) throw std::bad_alloc();
#if defined(__linux__)
    if (large) ::madvise(entries_.get(), rounded, MADV_HUGEPAGE);  // a hint: failing is no harm
#endif
  }

  buffer(buffer&& other) noexcept
      : entries_(std::move(other.entries_)), size_(std::exchange(other.size_, 0)) {}
  buffer& operator=(buffer&& other) noexcept {
    entries_ = std::move(other.entries_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }

  [[nodiscard]] std::size_t size() const noexcept {
    return size_;
  }
  [[nodiscard]] bool empty() const noexcept {
    return size_ == 0;
  }
  [[nodiscard]] T* data() noexcept {
    return entries_.get();
  }
  [[nodiscard]] const T* data() const noexcept {
    return entries_.get();
  }
  [[nodiscard]] T* begin() noexcept {
    return data();
  }
  [[nodiscard]] T* end() noexcept {
    return data() + size_;
  }
  [[nodiscard]] const T* begin() const noexcept {
    return data();
  }
  [[nodiscard]] const T* end() const noexcept {
    return data() + size_;
  }
  [[nodiscard]] T& operator[](std::size_t i) noexcept {
    return entries_.get()[i];
  }
  [[nodiscard]] const T& operator[](std::size_t i) const noexcept {
    return entries_.get()[i];
  }

 private:
  struct release {
    void operator()(T* entries) const noexcept { std::free(entries); }
  };
  std::unique_ptr<T, release> entries_;
  std::size_t size_ = 0;
};

}  // namespace valuenet::detail
