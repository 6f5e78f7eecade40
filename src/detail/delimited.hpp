// Separated text: how it is cut into records and fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detail/parallel.hpp"

namespace valuenet::detail {

/// How fields and records end.
struct dialect {
  char separator = ',';
  /// The separator is any run of blanks and tabs.
  bool is_blank_separated = false;
  /// Quoted fields may hold line ends. Where not, a record is a line, whatever stands in it.
  bool quotes_span_lines = true;
  /// A record keeps this many fields at most: of those beyond, the last that is not empty takes the
  /// last place.
  std::size_t most_fields = std::size_t{1} << 18;
};

/// How the value of a field follows from its text.
enum class field_form : std::uint8_t {
  plain,    ///< it is the text
  quoted,   ///< it is the text, which stood in quotes
  doubled,  ///< it stood in quotes; two quotes stand for one
  mixed,    ///< quotes with something behind them: "a"b is ab
};

struct field {
  std::string_view text;
  field_form form = field_form::plain;
};

/// Reads the record that begins at `begin` into `fields` (the old ones go) and returns the place
/// behind its line end. Blanks around a field that is not quoted are no part of it. A blank line
/// has no fields. Precondition: begin < text.size(), and outside of quotes.
std::size_t read_record(std::string_view text, std::size_t begin, const dialect& how,
                        std::vector<field>& fields);

/// Appends the value of the field.
void append_value(const field& from, std::string& to);
[[nodiscard]] std::string value_of(const field& from);

/// Where the chunks of the text begin, for reading them independently: each at the first record
/// that begins at or behind its share of the bytes; the last entry is the text's end. The same at
/// any number of threads. With quotes, every chunk is first scanned as if it began outside and as
/// if it began inside of a quoted field; the true one of the two is then known from the chunk
/// before. Returns the offset of a quote that is never closed in `unclosed`, npos if there is none.
struct record_chunks {
  std::vector<std::size_t> begins;
  std::size_t unclosed = std::string_view::npos;
};
[[nodiscard]] record_chunks cut_records(std::string_view text, std::size_t data_begin,
                                        const dialect& how, std::size_t chunk_bytes,
                                        parallel& workers);

}  // namespace valuenet::detail
