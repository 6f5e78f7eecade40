#include "detail/table_parser.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <span>
#include <utility>

#include "detail/cell_values.hpp"
#include "detail/progress.hpp"
#include "detail/vocabulary_access.hpp"
#include "detail/word_table.hpp"

namespace valuenet::detail {
namespace {

/// As large as pays, and many of them in a small file too, for all workers.
std::size_t chunk_bytes(std::size_t text_bytes) {
  return std::clamp(text_bytes / 16, std::size_t{1} << 16, std::size_t{1} << 20);
}

constexpr std::size_t block_rows = 256;

/// What a chunk's records became; words by the numbers of the worker that read them.
struct chunk_rows {
  std::size_t worker = 0;
  std::size_t rows = 0;
  std::vector<symbol> ids;                 // one or two a row
  std::vector<std::vector<symbol>> texts;  // shorter than rows while the last ones are empty
  std::vector<double> weights;             // empty while all are 1
  std::uint64_t decimal_commas = 0;
  std::uint64_t empty_rows = 0;
  std::uint64_t lone_actors = 0;
  std::vector<problem_row> rejected;
};

/// Words of one column that wait to be looked up together, with their rows.
struct waiting_words {
  std::vector<placed_word> words;
  std::vector<std::size_t> rows;
};

/// A worker's tables of words, and what of its chunk waits.
struct reading_worker {
  word_table ids;
  std::vector<word_table> texts;
  std::vector<field> fields;
  std::vector<placed_word> waiting_ids;
  /// Places in waiting_ids of actors that stand alone: they are numbered, and belong to no row.
  std::vector<std::size_t> lone_at;
  std::vector<waiting_words> waiting_texts;
  std::size_t waiting_rows = 0;
  std::vector<symbol> numbers;
  /// Values of fields with doubled quotes among what waits; the first `values_used` are taken.
  std::vector<std::unique_ptr<std::string>> values;
  std::size_t values_used = 0;
  /// Bytes of cells of text that the chunk may still take.
  std::size_t cell_budget = 0;

  reading_worker(std::string_view text, std::uint64_t seed, std::size_t columns)
      : ids(text, seed), waiting_texts(columns), numbers(2 * block_rows) {
    texts.reserve(columns);
    while (texts.size() < columns) texts.emplace_back(text, seed);
  }

  std::string_view value(const field& from) {
    if (from.form == field_form::plain || from.form == field_form::quoted) return from.text;
    if (values_used == values.size()) values.push_back(std::make_unique<std::string>());
    std::string& value = *values[values_used++];
    value.clear();
    append_value(from, value);
    return value;
  }
};

/// {'weight': 2.0, ...} as Python writes a dictionary: the weight's text; empty without one.
std::string_view weight_in_attributes(std::string_view attributes) {
  std::size_t at = attributes.find("weight");
  if (at == std::string_view::npos) return {};
  at = attributes.find(':', at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = attributes.find_first_of(",}", at);
  return trim(attributes.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
}

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

class parser {
 public:
  parser(const text_source& source, const table_plan& plan, parallel& workers,
         const execution& exec)
      : source_(source),
        text_(source.text()),
        plan_(plan),
        threads_(workers),
        told_(exec, "reading", text_.size() - plan.data_begin) {
    for (std::size_t i = 0; i < plan.columns.size(); ++i) {
      switch (plan.columns[i]) {
        case column_use::first_id:
          first_at_ = i;
          break;
        case column_use::second_id:
          second_at_ = i;
          break;
        case column_use::weight:
        case column_use::weight_or_attributes:
          weight_at_ = i;
          break;
        case column_use::text:
          texts_at_.push_back(i);
          break;
      }
    }
    const std::string& digits = source.hash();
    std::from_chars(digits.data(), digits.data() + digits.size(), seed_, 16);
    readers_.resize(workers.workers());
  }

  parsed_table run() {
    const record_chunks cut =
        cut_records(text_, plan_.data_begin, plan_.how, chunk_bytes(text_.size()), threads_);
    if (cut.unclosed != std::string_view::npos) {
      source_.fail(cut.unclosed,
                   "a quoted field begins here and is never closed; close it, or double the quote "
                   "if it is part of the text");
    }
    chunks_.resize(cut.begins.size() - 1);
    threads_.for_chunks(chunks_.size(), 1, [&](std::size_t i, std::size_t, std::size_t worker) {
      if (!readers_[worker]) {
        readers_[worker] = std::make_unique<reading_worker>(text_, seed_, texts_at_.size());
      }
      chunks_[i].worker = worker;
      read_chunk(cut.begins[i], cut.begins[i + 1], chunks_[i], *readers_[worker]);
      told_.advance(cut.begins[i + 1] - cut.begins[i]);
    });
    return join();
  }

 private:
  [[nodiscard]] std::size_t ids_of_row() const noexcept { return plan_.has_pairs ? 2 : 1; }
  [[noreturn]] void refuse_emptiness() const {
    throw parse_error({source_.file(), 0, 0},
                      "its " + std::to_string(plan_.columns.size()) +
                          " columns are nearly empty: they would take over 64 times the file's "
                          "size of memory; remove columns that hold no values");
  }

  void read_chunk(std::size_t at, std::size_t end, chunk_rows& chunk, reading_worker& mine) const;
  void read_row(std::size_t offset, chunk_rows& chunk, reading_worker& mine) const;
  bool read_weight(std::vector<field>& fields, chunk_rows& chunk, reading_worker& mine,
                   double& weight) const;
  void flush(chunk_rows& chunk, reading_worker& mine) const;
  parsed_table join();
  template <class TableOf>
  [[nodiscard]] merged_words merge_tables(TableOf table_of) const;
  [[nodiscard]] parsed_words join_texts(std::size_t column, const std::vector<std::size_t>& begins);

  const text_source& source_;
  std::string_view text_;
  const table_plan& plan_;
  parallel& threads_;
  progress told_;
  std::size_t first_at_ = nowhere;
  std::size_t second_at_ = nowhere;
  std::size_t weight_at_ = nowhere;
  std::vector<std::size_t> texts_at_;
  std::uint64_t seed_ = 0;
  std::vector<std::unique_ptr<reading_worker>> readers_;
  std::vector<chunk_rows> chunks_;
};

void parser::read_chunk(std::size_t at, std::size_t end, chunk_rows& chunk,
                        reading_worker& mine) const {
  chunk.texts.resize(texts_at_.size());
  mine.cell_budget = (std::size_t{4} << 20) + 64 * (end - at);
  const std::size_t begin = at;
  while (at < end) {
    if (plan_.has_comments && (text_[at] == '#' || text_[at] == '%')) {
      at = text_.find_first_of("\r\n", at);
      if (at == std::string_view::npos) break;
      ++at;
      continue;
    }
    const std::size_t record = at;
    at = read_record(text_, record, plan_.how, mine.fields);
    if (mine.fields.empty()) continue;
    read_row(record, chunk, mine);
    if (mine.waiting_rows < block_rows) continue;
    flush(chunk, mine);
    if (chunk.rows == block_rows) {  // the first rows tell about how many there will be
      const std::size_t expected = (end - begin) / ((at - begin) / block_rows) * 9 / 8 + block_rows;
      chunk.ids.reserve(expected * ids_of_row());
      for (std::vector<symbol>& codes : chunk.texts) {
        if (!codes.empty()) codes.reserve(expected);
      }
    }
  }
  flush(chunk, mine);
}

bool parser::read_weight(std::vector<field>& fields, chunk_rows& chunk, reading_worker& mine,
                         double& weight) const {
  if (weight_at_ >= fields.size()) return true;
  std::string_view text = fields[weight_at_].text;
  if (plan_.columns[weight_at_] == column_use::weight_or_attributes && text.starts_with('{')) {
    // The dictionary may have blanks in it: it goes on to the end of the line.
    const std::string_view last = fields.back().text;
    text = {text.data(), static_cast<std::size_t>(last.data() + last.size() - text.data())};
    fields.resize(weight_at_ + 1);
    text = weight_in_attributes(text);
  } else {
    text = mine.value(fields[weight_at_]);
  }
  text = trim(text);
  if (text.empty()) return true;
  const parsed_number number = parse_number(text, plan_.comma_is_decimal);
  weight = number.value;
  if (number.had_comma && number.problem == number_problem::none) ++chunk.decimal_commas;
  return number.problem == number_problem::none;
}

void parser::read_row(std::size_t offset, chunk_rows& chunk, reading_worker& mine) const {
  std::vector<field>& fields = mine.fields;
  const auto value_at = [&](std::size_t i) {
    return i < fields.size() ? mine.value(fields[i]) : std::string_view{};
  };
  const std::size_t values_before = mine.values_used;
  const auto reject = [&](row_problem problem) {
    mine.values_used = values_before;
    const bool is_empty =
        std::all_of(fields.begin(), fields.end(), [](const field& f) { return f.text.empty(); });
    if (is_empty) {
      ++chunk.empty_rows;
    } else {
      chunk.rejected.push_back({offset, problem});
    }
  };
  const std::string_view first = value_at(first_at_);
  if (first.empty()) return reject(row_problem::no_first_id);
  const std::string_view second = value_at(second_at_);
  if (plan_.has_pairs && second.empty()) {
    // "F,,": a giver among empty fields is an actor without relations, as Gephi reads it.
    const bool stands_alone =
        fields.size() > 1 && std::count_if(fields.begin(), fields.end(),
                                           [](const field& f) { return !f.text.empty(); }) == 1;
    if (!stands_alone) return reject(row_problem::no_second_id);
    ++chunk.lone_actors;
    ++mine.waiting_rows;
    mine.lone_at.push_back(mine.waiting_ids.size());
    mine.waiting_ids.push_back({first, offset});
    return;
  }
  double weight = 1.0;
  if (!read_weight(fields, chunk, mine, weight)) return reject(row_problem::bad_weight);
  for (std::size_t i = plan_.columns.size(); i < fields.size(); ++i) {
    if (!fields[i].text.empty()) return reject(row_problem::too_many_fields);
  }

  const std::size_t row = chunk.rows++;
  ++mine.waiting_rows;
  // Records with two ids have a separator between them: offset + 1 is still this record's.
  mine.waiting_ids.push_back({first, offset});
  if (plan_.has_pairs) mine.waiting_ids.push_back({second, offset + 1});
  for (std::size_t c = 0; c < texts_at_.size() && texts_at_[c] < fields.size(); ++c) {
    const std::string_view text = value_at(texts_at_[c]);
    if (text.empty()) continue;
    mine.waiting_texts[c].words.push_back({text, offset});
    mine.waiting_texts[c].rows.push_back(row);
  }
  if (weight != 1.0 || !chunk.weights.empty()) {
    chunk.weights.resize(row, 1.0);
    chunk.weights.push_back(weight);
  }
}

void parser::flush(chunk_rows& chunk, reading_worker& mine) const {
  const std::size_t before = chunk.ids.size();
  chunk.ids.resize(before + mine.waiting_ids.size());
  mine.ids.intern(mine.waiting_ids, chunk.ids.data() + before);
  mine.waiting_ids.clear();
  if (!mine.lone_at.empty()) {
    std::size_t kept = before;
    std::size_t next_lone = 0;
    for (std::size_t i = before; i < chunk.ids.size(); ++i) {
      if (next_lone < mine.lone_at.size() && i - before == mine.lone_at[next_lone]) {
        ++next_lone;
      } else {
        chunk.ids[kept++] = chunk.ids[i];
      }
    }
    chunk.ids.resize(kept);
    mine.lone_at.clear();
  }
  for (std::size_t c = 0; c < texts_at_.size(); ++c) {
    waiting_words& waiting = mine.waiting_texts[c];
    if (waiting.words.empty()) continue;
    mine.texts[c].intern(waiting.words, mine.numbers.data());
    std::vector<symbol>& codes = chunk.texts[c];
    const std::size_t cells = (waiting.rows.back() + 1 - codes.size()) * sizeof(symbol);
    if (cells > mine.cell_budget) refuse_emptiness();
    mine.cell_budget -= cells;
    codes.resize(waiting.rows.back() + 1, 0);
    for (std::size_t i = 0; i < waiting.rows.size(); ++i) codes[waiting.rows[i]] = mine.numbers[i];
    waiting.words.clear();
    waiting.rows.clear();
  }
  mine.waiting_rows = 0;
  mine.values_used = 0;
}

template <class TableOf>
merged_words parser::merge_tables(TableOf table_of) const {
  static const word_table none({}, 0);
  std::vector<const word_table*> tables;
  tables.reserve(readers_.size());
  for (const auto& reader : readers_) tables.push_back(reader ? &table_of(*reader) : &none);
  return merge(tables, text_, seed_);
}

parsed_words parser::join_texts(std::size_t column, const std::vector<std::size_t>& begins) {
  parsed_words joined;
  const merged_words words = merge_tables(
      [&](const reading_worker& reader) -> const word_table& { return reader.texts[column]; });
  if (words.words.empty()) return joined;
  joined.words = vocabulary_access::of_distinct(words.words, threads_);
  joined.codes.resize(begins.back());
  threads_.for_each(chunks_.size(), 1, [&](std::size_t i) {
    const std::vector<symbol>& numbers = words.numbers[chunks_[i].worker];
    std::vector<symbol> codes = std::move(chunks_[i].texts[column]);
    std::transform(codes.begin(), codes.end(),
                   joined.codes.begin() + static_cast<std::ptrdiff_t>(begins[i]),
                   [&](symbol local) { return numbers[local]; });
  });
  return joined;
}

parsed_table parser::join() {
  parsed_table table;
  std::vector<std::size_t> begins(chunks_.size() + 1, 0);
  for (std::size_t i = 0; i < chunks_.size(); ++i) begins[i + 1] = begins[i] + chunks_[i].rows;
  table.rows = begins.back();
  if (table.rows > 0xFFFFFFFEU) {
    throw parse_error({source_.file(), 0, 0},
                      "holds " + std::to_string(table.rows) + " rows; at most 4294967294 are read");
  }
  bool is_weighted = false;
  for (chunk_rows& chunk : chunks_) {
    is_weighted = is_weighted || !chunk.weights.empty();
    table.decimal_commas += chunk.decimal_commas;
    table.empty_rows += chunk.empty_rows;
    table.lone_actors += chunk.lone_actors;
    table.rejected.insert(table.rejected.end(), chunk.rejected.begin(), chunk.rejected.end());
    chunk.rejected = {};
  }

  {
    const merged_words ids =
        merge_tables([](const reading_worker& reader) -> const word_table& { return reader.ids; });
    table.ids = vocabulary_access::of_distinct(ids.words, threads_);
    table.first.resize(table.rows);
    table.second.resize(plan_.has_pairs ? table.rows : 0);
    if (is_weighted) table.weights.assign(table.rows, 1.0);
    threads_.for_each(chunks_.size(), 1, [&](std::size_t i) {
      const std::vector<symbol>& numbers = ids.numbers[chunks_[i].worker];
      const std::vector<symbol> local = std::move(chunks_[i].ids);
      const std::size_t step = ids_of_row();
      for (std::size_t r = 0; r < chunks_[i].rows; ++r) {
        table.first[begins[i] + r] = numbers[local[step * r]];
        if (step == 2) table.second[begins[i] + r] = numbers[local[2 * r + 1]];
      }
      const std::vector<double> weights = std::move(chunks_[i].weights);
      if (!weights.empty()) {
        std::copy(weights.begin(), weights.end(),
                  table.weights.begin() + static_cast<std::ptrdiff_t>(begins[i]));
      }
    });
  }

  std::size_t given = 0;
  for (std::size_t c = 0; c < texts_at_.size(); ++c) {
    const bool is_given = std::any_of(chunks_.begin(), chunks_.end(), [&](const chunk_rows& chunk) {
      return !chunk.texts[c].empty();
    });
    given += is_given ? 1 : 0;
  }
  if (given * table.rows * sizeof(symbol) > (std::size_t{64} << 20) + 64 * text_.size()) {
    refuse_emptiness();
  }
  for (std::size_t c = 0; c < texts_at_.size(); ++c) {
    table.texts.push_back(join_texts(c, begins));
    for (const auto& reader : readers_) {
      if (reader) reader->texts[c] = word_table({}, 0);
    }
  }
  return table;
}

}  // namespace

parsed_table parse_table(const text_source& source, const table_plan& plan, parallel& workers,
                         const execution& exec) {
  return parser(source, plan, workers, exec).run();
}

}  // namespace valuenet::detail
