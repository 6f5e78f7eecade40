// The container of a snapshot: named sections of plain arrays in one file, little-endian, each on a
// 64-byte boundary, so that a memory map of the file is the arrays.
//
//   header    64 bytes: magic (8), version (4), content (4), file size (8), number of sections (4),
//             0 (4), checksum of header and table with this field 0 (8), 0 (24)
//   table     32 bytes a section: name (8, padded with 0), offset (8), bytes (8), checksum (8)
//   sections  in table order, each padded with 0 to the next 64 bytes
//
// A section is checked in pieces of 256 KiB, its padding included, so that all workers do it and
// whoever uses a piece finds it in a near cache: its checksum is hash_piece over the checksums of
// its pieces, that of header and table hash_piece over the two (each padded with 0 to 64 bytes).
#pragma once

#include "valuenet/execution.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "detail/mapped_file.hpp"
#include "detail/parallel.hpp"

namespace valuenet::detail {

/// Bytes of a section that are checked together.
inline constexpr std::size_t snapshot_piece = std::size_t{1} << 18;

enum class snapshot_content : std::uint32_t { graph = 1, value_network = 2 };

/// A snapshot to be: names the arrays, which must outlive it, and writes them.
class snapshot_writer {
 public:
  explicit snapshot_writer(snapshot_content content) : content_(content) {}

  /// `name` has at most 8 letters.
  template <class T>
  void add(std::string_view name, std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    add_bytes(name, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  void add_bytes(std::string_view name, std::string_view bytes);

  /// Throws io_error; then the file is as it was.
  void write(const std::string& file, const execution& exec) const;

 private:
  struct section {
    std::string name;
    std::string_view bytes;
  };
  snapshot_content content_;
  std::vector<section> sections_;
};

/// A snapshot's file mapped into memory, its header and table checked.
class snapshot_file {
 public:
  /// Throws io_error where the file cannot be mapped, parse_error where it is no snapshot of this
  /// version or content, or where header, table and size do not agree.
  snapshot_file(const std::string& file, snapshot_content content);

  /// Compares every section with its checksum. Throws parse_error.
  void check_sections(parallel& workers, const execution& exec) const;

  [[nodiscard]] std::string_view bytes() const noexcept { return file_.bytes(); }

  /// Throws parse_error for this file.
  [[noreturn]] void refuse(const std::string& message) const;

 private:
  friend class section_cursor;
  friend class section_check;
  struct section {
    char name[8];
    std::uint64_t offset;
    std::uint64_t size;
    std::uint64_t checksum;
  };
  static std::string_view name_of(const section& each) noexcept;

  std::string name_;
  mapped_file file_;
  std::vector<section> sections_;
};

/// Goes through a file's sections in the order in which they were written. The file must outlive
/// it and what it gives.
class section_cursor {
 public:
  explicit section_cursor(const snapshot_file& file) : file_(&file) {}

  /// The next section, as an array of `count` values. Throws parse_error where there is no further
  /// one, or one of another name or length.
  template <class T>
  [[nodiscard]] std::span<const T> next(std::string_view name, std::uint64_t count) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const std::string_view bytes = next_bytes(name, count, sizeof(T));
    return {reinterpret_cast<const T*>(bytes.data()), static_cast<std::size_t>(count)};
  }

  /// The number of the section that next() gave last.
  [[nodiscard]] std::size_t last() const noexcept { return at_ - 1; }

  /// Throws parse_error where sections are left.
  void finish() const;

 private:
  [[nodiscard]] std::string_view next_bytes(std::string_view name, std::uint64_t count,
                                            std::size_t size);

  const snapshot_file* file_;
  std::size_t at_ = 0;
};

/// The checksum of one section, found on the way by those who go through its bytes anyway.
class section_check {
 public:
  section_check(const snapshot_file& file, std::size_t section);

  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_.size(); }
  /// Looks at the pieces in the bytes [begin, end), where begin is the begin of a piece, and end is
  /// one or the section's end or behind it. Distinct pieces from any thread.
  void look(std::size_t begin, std::size_t end) noexcept;
  /// Precondition: every piece was looked at. Throws parse_error where one is not as it was
  /// written.
  void finish() const;

 private:
  const snapshot_file* file_;
  std::size_t section_;
  std::string_view bytes_;  // with the padding
  std::vector<std::uint64_t> pieces_;
};

/// Whether these first bytes of a file are a snapshot's.
[[nodiscard]] bool is_snapshot(std::string_view bytes) noexcept;
/// Whether the name leads to a regular file that begins so. Throws io_error where it leads nowhere.
[[nodiscard]] bool is_snapshot_file(const std::string& file);

}  // namespace valuenet::detail
