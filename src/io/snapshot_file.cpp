#include "io/snapshot_file.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <fstream>

#include "detail/piece_hash.hpp"
#include "detail/progress.hpp"
#include "detail/write_beside.hpp"

namespace valuenet::detail {
namespace {

// As PNG's: a byte that is no text, a name, and line ends that a careless copy would change.
constexpr std::string_view magic{"\x89VNS\r\n\x1A\n", 8};
constexpr std::uint32_t version = 1;
constexpr std::size_t alignment = 64;
constexpr std::size_t most_sections = std::size_t{1} << 20;

struct header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t content;
  std::uint64_t file_size;
  std::uint32_t section_count;
  std::uint32_t zero;
  std::uint64_t checksum;
  char reserved[24];
};
static_assert(sizeof(header) == alignment);
constexpr std::size_t table_entry = 32;

std::uint64_t padded(std::uint64_t size) {
  return (size + alignment - 1) / alignment * alignment;
}

/// Of the numbers, padded with 0 to 64 bytes.
std::uint64_t hash_numbers(std::vector<std::uint64_t> numbers) {
  numbers.resize((numbers.size() + 7) / 8 * 8);
  return hash_piece({reinterpret_cast<const char*>(numbers.data()), numbers.size() * 8});
}

std::size_t piece_count(std::uint64_t bytes) {
  return static_cast<std::size_t>((bytes + snapshot_piece - 1) / snapshot_piece);
}

/// Of a section's piece, with the padding that need not follow it in memory.
std::uint64_t hash_padded(std::string_view piece) {
  const std::size_t whole = piece.size() / alignment * alignment;
  if (whole == piece.size()) return hash_piece(piece);
  std::string padded_piece(piece);
  padded_piece.resize(padded(piece.size()));
  return hash_piece(padded_piece);
}

void require_little_endian(const std::string& file) {
  if constexpr (std::endian::native != std::endian::little) {
    throw io_error(file + ": snapshots are little-endian and used in place; this machine is not");
  }
}

/// Of header and table as they stand in the file, the checksum field 0.
std::uint64_t front_checksum(std::string_view front) {
  header start{};
  std::memcpy(&start, front.data(), sizeof start);
  start.checksum = 0;
  return hash_numbers({hash_piece({reinterpret_cast<const char*>(&start), sizeof start}),
                       hash_piece(front.substr(sizeof start))});
}

}  // namespace

void snapshot_writer::add_bytes(std::string_view name, std::string_view bytes) {
  assert(!name.empty() && name.size() <= 8 && sections_.size() < most_sections);
  sections_.push_back({std::string(name), bytes});
}

void snapshot_writer::write(const std::string& file, const execution& exec) const {
  require_little_endian(file);
  parallel workers(exec);
  header start{};
  std::copy(magic.begin(), magic.end(), start.magic);
  start.version = version;
  start.content = static_cast<std::uint32_t>(content_);
  start.section_count = static_cast<std::uint32_t>(sections_.size());

  std::string front(padded(sizeof start + sections_.size() * table_entry), '\0');
  std::uint64_t offset = front.size();
  char* entry = front.data() + sizeof start;
  std::uint64_t total = 0;
  for (const section& each : sections_) total += each.bytes.size();
  progress summed(exec, "summing the snapshot", total);
  for (const section& each : sections_) {
    std::vector<std::uint64_t> pieces(piece_count(each.bytes.size()));
    workers.for_chunks(each.bytes.size(), snapshot_piece, [&](std::size_t begin, std::size_t end) {
      pieces[begin / snapshot_piece] = hash_padded(each.bytes.substr(begin, end - begin));
      summed.advance(end - begin);
    });
    const std::uint64_t fields[3] = {offset, each.bytes.size(), hash_numbers(std::move(pieces))};
    std::copy(each.name.begin(), each.name.end(), entry);
    std::memcpy(entry + 8, fields, sizeof fields);
    entry += table_entry;
    offset += padded(each.bytes.size());
  }
  start.file_size = offset;
  std::memcpy(front.data(), &start, sizeof start);
  start.checksum = front_checksum(front);
  std::memcpy(front.data(), &start, sizeof start);

  constexpr std::array<char, alignment> zeros{};
  constexpr std::size_t written_at_once = std::size_t{1} << 23;
  progress done(exec, "writing the snapshot", start.file_size);
  write_beside output(file);
  const auto put = [&](std::string_view bytes) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), written_at_once))) {
      workers.check_stop();
      const std::string_view part = bytes.substr(0, written_at_once);
      output.write(part);
      done.advance(part.size());
    }
  };
  put(front);
  for (const section& each : sections_) {
    put(each.bytes);
    put({zeros.data(), padded(each.bytes.size()) - each.bytes.size()});
  }
  output.commit();
}

bool is_snapshot(std::string_view bytes) noexcept {
  return bytes.starts_with(magic);
}

bool is_snapshot_file(const std::string& file) {
  if (!is_regular_file(file)) return false;
  std::ifstream stream(file, std::ios::binary);
  std::array<char, magic.size()> first{};
  return stream.read(first.data(), first.size()) && is_snapshot({first.data(), first.size()});
}

snapshot_file::snapshot_file(const std::string& file, snapshot_content content) : name_(file) {
  require_little_endian(file);
  if (!is_regular_file(file)) refuse("a snapshot must be a file: it is mapped into memory");
  file_ = mapped_file(file);
  const std::string_view bytes = file_.bytes();
  if (!is_snapshot(bytes)) refuse("not a valuenet snapshot: the first 8 bytes are others");
  header start{};
  if (bytes.size() < sizeof start) {
    refuse("truncated: " + std::to_string(bytes.size()) + " bytes are less than a header of 64");
  }
  std::memcpy(&start, bytes.data(), sizeof start);
  if (start.version != version) {
    refuse("snapshot version " + std::to_string(start.version) + " where version " +
           std::to_string(version) + " was expected; write it anew with this version of valuenet");
  }
  if (start.file_size != bytes.size()) {
    refuse((start.file_size > bytes.size() ? "truncated: " : "damaged: ") +
           std::to_string(bytes.size()) + " bytes where the header says " +
           std::to_string(start.file_size) + "; write or copy it anew");
  }
  const std::uint64_t front_size =
      padded(sizeof start + std::uint64_t{start.section_count} * table_entry);
  if (start.section_count > most_sections || front_size > bytes.size() ||
      front_checksum(bytes.substr(0, front_size)) != start.checksum) {
    refuse("damaged: the header's checksum does not agree; write or copy it anew");
  }
  const auto is = [&](snapshot_content each) {
    return start.content == static_cast<std::uint32_t>(each);
  };
  if (!is(content)) {
    refuse(is(snapshot_content::graph) ? "a graph's snapshot where a value network's was expected"
           : is(snapshot_content::value_network)
               ? "a value network's snapshot where a graph's was expected"
               : "a snapshot of unknown content");
  }
  sections_.resize(start.section_count);
  static_assert(sizeof(section) == table_entry);
  if (!sections_.empty()) {
    std::memcpy(sections_.data(), bytes.data() + sizeof start, sections_.size() * table_entry);
  }
  std::uint64_t expected = front_size;
  for (const section& each : sections_) {
    if (each.offset != expected || each.size > bytes.size() - each.offset ||
        padded(each.size) > bytes.size() - each.offset) {
      refuse("damaged: its sections do not lie where they should; write or copy it anew");
    }
    expected += padded(each.size);
  }
  if (expected != bytes.size()) {
    refuse("damaged: there are bytes behind its last section; write or copy it anew");
  }
}

void snapshot_file::check_sections(parallel& workers, const execution& exec) const {
  std::vector<section_check> checks;
  checks.reserve(sections_.size());
  for (std::size_t i = 0; i < sections_.size(); ++i) checks.emplace_back(*this, i);
  // Pieces of all sections together, so that many small ones are as quick as a large one.
  std::vector<std::size_t> first_piece{0};
  for (const section_check& each : checks) {
    first_piece.push_back(first_piece.back() + piece_count(each.bytes()));
  }
  progress told(exec, "checking the snapshot", first_piece.back());
  // A small file is checked before other threads are awake.
  constexpr std::size_t small = std::size_t{1} << 22;
  const std::size_t pieces_at_once = bytes().size() <= small ? first_piece.back() : 4;
  workers.for_chunks(first_piece.back(), pieces_at_once, [&](std::size_t begin, std::size_t end) {
    auto next = std::upper_bound(first_piece.begin(), first_piece.end(), begin);
    for (std::size_t piece = begin; piece < end; ++piece) {
      while (*next <= piece) ++next;
      const auto number = static_cast<std::size_t>(next - first_piece.begin() - 1);
      const std::size_t at = (piece - first_piece[number]) * snapshot_piece;
      checks[number].look(at, at + snapshot_piece);
    }
    told.advance(end - begin);
  });
  for (const section_check& each : checks) each.finish();
}

section_check::section_check(const snapshot_file& file, std::size_t section)
    : file_(&file), section_(section) {
  const auto& is = file.sections_[section];
  bytes_ = file.bytes().substr(is.offset, padded(is.size));
  pieces_.resize(piece_count(bytes_.size()));
}

void section_check::look(std::size_t begin, std::size_t end) noexcept {
  end = std::min(end, bytes_.size());
  for (; begin < end; begin += snapshot_piece) {
    const std::size_t size = std::min(snapshot_piece, bytes_.size() - begin);
    pieces_[begin / snapshot_piece] = hash_piece({bytes_.data() + begin, size});
  }
}

void section_check::finish() const {
  const auto& is = file_->sections_[section_];
  if (hash_numbers(pieces_) == is.checksum) return;
  file_->refuse("damaged: the checksum of section '" + std::string(snapshot_file::name_of(is)) +
                "' at byte " + std::to_string(is.offset) +
                " does not agree; write or copy it anew");
}

std::string_view snapshot_file::name_of(const section& each) noexcept {
  return {each.name, ::strnlen(each.name, sizeof each.name)};
}

void snapshot_file::refuse(const std::string& message) const {
  throw parse_error({.file = name_}, message);
}

std::string_view section_cursor::next_bytes(std::string_view name, std::uint64_t count,
                                            std::size_t size) {
  const auto& sections = file_->sections_;
  if (at_ == sections.size() || snapshot_file::name_of(sections[at_]) != name) {
    file_->refuse("broken: section '" + std::string(name) + "' is missing; write it anew");
  }
  const auto& found = sections[at_++];
  if (found.size / size != count || found.size % size != 0) {
    file_->refuse("broken: section '" + std::string(name) + "' has " + std::to_string(found.size) +
                  " bytes where " + std::to_string(count) + " values of " + std::to_string(size) +
                  " were expected; write it anew");
  }
  return file_->bytes().substr(found.offset, found.size);
}

void section_cursor::finish() const {
  if (at_ != file_->sections_.size()) {
    file_->refuse("broken: it has sections that belong to nothing; write it anew");
  }
}

}  // namespace valuenet::detail
