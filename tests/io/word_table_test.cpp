#include "detail/word_table.hpp"

#include "valuenet/execution.hpp"

#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "detail/random.hpp"
#include "detail/vocabulary_access.hpp"

using namespace valuenet::detail;
using valuenet::symbol;

namespace {

/// Words of lengths around those that are kept in place, alike at both ends.
std::vector<std::string> make_words(std::size_t count) {
  random_stream random(3, 1);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count; ++i) {
    const auto length = random.below(40);
    std::string word(length, 'a');
    for (std::uint64_t k = 0; k < std::min<std::uint64_t>(length, 3); ++k) {
      word[random.below(length)] = static_cast<char>('a' + random.below(3));
    }
    words.push_back(word);
  }
  return words;
}

}  // namespace

TEST_CASE("Words are numbered as they come, whether in the text or copied") {
  const std::vector<std::string> words = make_words(20000);
  std::string text;
  for (const std::string& word : words) text += word + ',';
  for (const bool in_text : {true, false}) {
    word_table table(in_text ? std::string_view(text) : std::string_view{}, 12345);
    std::vector<placed_word> placed;
    std::size_t at = 0;
    for (const std::string& word : words) {
      placed.push_back({in_text ? std::string_view(text).substr(at, word.size()) : word, at});
      at += word.size() + 1;
    }
    std::vector<symbol> numbers(words.size());
    // In pieces of odd sizes.
    for (std::size_t begin = 0; begin < placed.size();) {
      const std::size_t piece = std::min<std::size_t>(1 + begin % 77, placed.size() - begin);
      table.intern(std::span(placed).subspan(begin, piece), numbers.data() + begin);
      begin += piece;
    }
    std::map<std::string, symbol> oracle{{"", 0}};
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto [found, is_new] = oracle.try_emplace(words[i], static_cast<symbol>(oracle.size()));
      REQUIRE(numbers[i] == found->second);
      if (is_new) REQUIRE(table[numbers[i]].word == words[i]);
    }
    CHECK(table.size() == oracle.size());
  }
}

TEST_CASE("Tables of many workers merge into the order of the text") {
  const std::vector<std::string> words = make_words(5000);
  random_stream random(5, 1);
  for (const std::size_t workers : {1U, 2U, 7U}) {
    std::vector<word_table> tables;
    for (std::size_t i = 0; i < workers; ++i) tables.emplace_back(std::string_view{}, 99);
    std::vector<std::size_t> worker_of;
    std::vector<symbol> local;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto worker = random.below(workers);
      const placed_word word{words[i], i};
      symbol number = 0;
      tables[worker].intern({&word, 1}, &number);
      worker_of.push_back(worker);
      local.push_back(number);
    }
    std::vector<const word_table*> pointers;
    for (const word_table& table : tables) pointers.push_back(&table);
    const merged_words merged = merge(pointers, {}, 99);
    std::map<std::string, symbol> oracle{{"", 0}};
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto found = oracle.try_emplace(words[i], static_cast<symbol>(oracle.size())).first;
      const symbol number = merged.numbers[worker_of[i]][local[i]];
      REQUIRE(number == found->second);
      if (number != 0) REQUIRE(merged.words[number - 1] == words[i]);
    }
    CHECK(merged.words.size() + 1 == oracle.size());
  }
}

TEST_CASE("A vocabulary of distinct words is as if they had been interned") {
  parallel workers({.threads = 2});
  std::vector<std::string> words;
  for (int i = 0; i < 100000; ++i) words.push_back("word " + std::to_string(i));
  const std::vector<std::string_view> views(words.begin(), words.end());
  valuenet::vocabulary made = vocabulary_access::of_distinct(views, workers);
  CHECK(made.size() == words.size() + 1);
  for (std::size_t i = 0; i < words.size(); i += 997) {
    CHECK(made[static_cast<symbol>(i + 1)] == words[i]);
    CHECK(made.find(words[i]) == static_cast<symbol>(i + 1));
  }
  CHECK_FALSE(made.find("none"));
  CHECK(made.intern("new") == words.size() + 1);
  const valuenet::vocabulary copied = made;
  CHECK(copied.find("new") == made.find("new"));
  CHECK(vocabulary_access::of_distinct({}, workers).size() == 1);
}
