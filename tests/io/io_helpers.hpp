// What tests of readers and writers share.
#pragma once

#include "valuenet/error.hpp"
#include "valuenet/io/accounting.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/network/value_network.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <unistd.h>

#include "catch.hpp"
#include "detail/table_reader.hpp"

namespace io_test {

namespace vn = valuenet;

/// Every row of every file is kept, dropped or rejected.
inline void check_closes(const vn::import_accounting& accounting) {
  std::uint64_t rejected = 0;
  for (const vn::file_accounting& file : accounting.files) {
    std::uint64_t accounted = file.actors_kept + file.relations_kept + file.rejected;
    for (const vn::reason_count& each : file.dropped) accounted += each.count;
    CHECK(file.actor_rows + file.relation_rows == accounted);
    rejected += file.rejected;
  }
  CHECK(accounting.rejected_count == rejected);
  CHECK(accounting.rejected.size() <= rejected);
}

inline vn::read_result read_text(std::string text, const vn::read_options& options = {},
                                 int threads = 2,
                                 vn::detail::table_wanted wanted = vn::detail::table_wanted::any) {
  const vn::execution exec{.threads = threads};
  const auto source = vn::detail::text_of_bytes(std::move(text), "t.csv", options, exec);
  vn::detail::network_builder network(options);
  vn::detail::read_table(source, wanted, network, exec);
  vn::read_result read = network.finish(exec);
  check_closes(read.accounting);
  CHECK(read.accounting.actors == read.network.actor_count());
  CHECK(read.accounting.relations == read.network.relation_count());
  return read;
}

/// What reading the text throws; fails where it throws nothing.
inline std::string error_of(std::string text, const vn::read_options& options = {},
                            vn::detail::table_wanted wanted = vn::detail::table_wanted::any) {
  try {
    (void)read_text(std::move(text), options, 2, wanted);
  } catch (const vn::parse_error& error) {
    return error.what();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no error";
}

inline bool same_texts(const vn::text_column& a, const vn::text_column& b) {
  if (a.words().size() != b.words().size() ||
      !std::equal(a.codes().begin(), a.codes().end(), b.codes().begin(), b.codes().end())) {
    return false;
  }
  for (vn::symbol s = 0; s < a.words().size(); ++s) {
    if (a.words()[s] != b.words()[s]) return false;
  }
  return true;
}

inline bool same_columns(const std::vector<vn::named_column>& a,
                         const std::vector<vn::named_column>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const vn::named_column& one, const vn::named_column& other) {
                      return one.name == other.name && same_texts(one.values, other.values);
                    });
}

/// To the last bit: numbers of actors and of words too.
inline bool identical(const vn::value_network& a, const vn::value_network& b) {
  const vn::actor_table& x = a.actors();
  const vn::actor_table& y = b.actors();
  if (x.size() != y.size() || a.relation_count() != b.relation_count()) return false;
  for (vn::actor_id i = 0; i < a.actor_count(); ++i) {
    if (a.id(i) != b.id(i)) return false;
  }
  const vn::relation_table& r = a.relations();
  const vn::relation_table& s = b.relations();
  return x.roles == y.roles && same_texts(x.label, y.label) && same_texts(x.type, y.type) &&
         same_texts(x.country, y.country) && same_texts(x.province, y.province) &&
         same_texts(x.city, y.city) && same_texts(x.sector, y.sector) &&
         same_texts(x.industry, y.industry) && same_columns(x.more, y.more) &&
         r.givers == s.givers && r.takers == s.takers && same_texts(r.dimension, s.dimension) &&
         same_texts(r.kind, s.kind) && same_texts(r.technology, s.technology) &&
         same_texts(r.application, s.application) && r.weights == s.weights && r.years == s.years &&
         r.both_ways == s.both_ways && same_columns(r.more, s.more);
}

/// A directory of its own that goes with everything in it.
class temporary_directory {
 public:
  temporary_directory()
      : path_(std::filesystem::temp_directory_path() /
              ("valuenet_io_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~temporary_directory() { std::filesystem::remove_all(path_); }
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;
  [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }
  [[nodiscard]] auto count() const {
    return std::distance(std::filesystem::directory_iterator(path_),
                         std::filesystem::directory_iterator());
  }

 private:
  std::filesystem::path path_;
};

inline std::string content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::string& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace io_test
