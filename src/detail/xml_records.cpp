#include "detail/xml_records.hpp"

#include "valuenet/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "detail/available_memory.hpp"
#include "detail/reading_look.hpp"
#include "detail/wording.hpp"

namespace valuenet::detail {
namespace {

constexpr std::size_t deepest = 1000;
/// Records are handed to pugixml in stretches of about this many bytes.
constexpr std::size_t stretch_size = std::size_t{1} << 18;
constexpr std::size_t none = std::string_view::npos;

/// The name without the root's prefix.
std::string_view local_name(std::string_view name, std::string_view prefix) {
  if (!prefix.empty() && name.starts_with(prefix)) name.remove_prefix(prefix.size());
  return name;
}

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// What ends a name in a tag.
constexpr bool ends_name(char c) {
  return is_space(c) || c == '>' || c == '/' || c == '=';
}

bool is_xml_character(std::uint32_t code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

/// Whether "&...;" (without & and ;) is one of XML's own five or a legal number.
bool is_known_reference(std::string_view name) {
  constexpr std::array<std::string_view, 5> own{"amp", "lt", "gt", "quot", "apos"};
  if (std::find(own.begin(), own.end(), name) != own.end()) return true;
  if (name.size() < 2 || name[0] != '#') return false;
  const bool hexadecimal = name[1] == 'x';
  const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  return problem == std::errc{} && end == digits.data() + digits.size() && is_xml_character(code);
}

class walker {
 public:
  walker(const text_source& source, const xml_handler& handler, const execution& exec)
      : source_(source), text_(source.text()), handler_(handler), look_(exec, text_.size()) {}

  void walk() {
    look_.at(0);
    while (at_ < text_.size()) {
      look_.at(at_);
      const std::size_t begin = at_;
      const std::size_t tag = std::min(text_.find('<', at_), text_.size());
      pass_text(begin, tag);
      if (tag == text_.size()) {
        at_ = tag;
        break;
      }
      at_ = tag;
      pass_markup();
    }
    if (depth_ > 0) {
      fail(text_.size(),
           fmt::format("the file ends inside <{}>, which was opened in line {}; it is not whole",
                       shortened(name_at(record_begin_)), line_of(record_begin_)));
    }
    if (!path_.empty()) {
      fail(text_.size(),
           fmt::format("the file ends before </{0}>; <{0}> was opened in line {1}; it is not whole",
                       shortened(tags_.back()), line_of(opened_.back())));
    }
    flush();
    if (!saw_root_) fail(text_.size(), "no element was found; expected an XML document");
  }

 private:
  [[noreturn]] void fail(std::size_t offset, const std::string& message) {
    source_.fail(offset, message);
  }

  [[nodiscard]] std::uint64_t line_of(std::size_t offset) const {
    return source_.position(offset).line;
  }

  /// Text between two tags.
  void pass_text(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (path_.empty() && depth_ == 0) {
      for (std::size_t i = begin; i < end; ++i) {
        if (is_space(text_[i])) continue;
        fail(i, saw_root_ ? "text after the last element, where nothing may follow"
                          : "text before the first element, where XML begins with <");
      }
      return;
    }
    check_references(begin, end);
  }

  void check_references(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const void* found = std::memchr(text_.data() + i, '&', end - i);
      if (found == nullptr) return;
      i = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
      const std::string_view rest = text_.substr(i + 1, std::min<std::size_t>(end - i - 1, 64));
      const std::size_t semicolon = rest.find(';');
      const std::string_view name = rest.substr(0, semicolon);
      if (semicolon != none && is_known_reference(name)) continue;
      const bool looks_like_one =
          semicolon != none && std::none_of(name.begin(), name.end(), is_space);
      if (looks_like_one) {
        fail(i, fmt::format("&{}; stands for no character; XML knows &amp; &lt; &gt; &quot; "
                            "&apos; and numbers such as &#20013;",
                            shortened(name)));
      }
      fail(i, "a bare &; XML wants &amp; in its place");
    }
  }

  [[nodiscard]] std::string_view name_at(std::size_t tag) const {
    std::size_t begin = tag + 1;
    if (begin < text_.size() && text_[begin] == '/') ++begin;
    std::size_t end = begin;
    while (end < text_.size() && !ends_name(text_[end])) ++end;
    return text_.substr(begin, end - begin);
  }

  void pass_markup() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("<!--")) {
      skip_past("-->", 4, "a comment");
    } else if (rest.starts_with("<![CDATA[")) {
      if (path_.empty() && depth_ == 0) fail(at_, "CDATA outside of every element");
      skip_past("]]>", 9, "a CDATA section");
    } else if (rest.starts_with("<!DOCTYPE")) {
      pass_doctype();
    } else if (rest.starts_with("<?")) {
      skip_past("?>", 2, "a processing instruction");
    } else if (rest.starts_with("<!")) {
      fail(at_, "<! begins neither a comment nor CDATA");
    } else if (rest.starts_with("</")) {
      pass_end_tag();
    } else {
      pass_start_tag();
    }
  }

  void skip_past(std::string_view end, std::size_t opening, const char* what) {
    const std::size_t found = text_.find(end, at_ + opening);
    if (found == none) fail(at_, fmt::format("{} without its end {}", what, end));
    at_ = found + end.size();
  }

  /// A document type may name its DTD, which is not fetched. What it declares itself is looked
  /// through for entities.
  void pass_doctype() {
    if (saw_root_) fail(at_, "a DOCTYPE after the first element, where none may be");
    const std::size_t begin = at_;
    int brackets = 0;
    for (std::size_t i = begin + 9; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"' || c == '\'') {
        i = text_.find(c, i + 1);
        if (i == none) break;
      } else if (text_.substr(i).starts_with("<!--")) {
        i = text_.find("-->", i + 4);
        if (i == none) break;
        i += 2;
      } else if (text_.substr(i).starts_with("<!ENTITY")) {
        fail(i,
             "the document declares entities of its own, which valuenet refuses (they can make "
             "a small file endless, or draw in others); write the text itself");
      } else if (c == '%') {
        fail(i, "the document type draws in a parameter entity, which valuenet refuses");
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '>' && brackets <= 0) {
        at_ = i + 1;
        return;
      }
    }
    fail(begin, "a DOCTYPE without its end >");
  }

  /// Moves behind the tag at at_.
  void skip_tag() {
    const std::size_t begin = at_;
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '>') {
        at_ = i + 1;
        check_references(begin, at_);
        return;
      }
      if (c == '"' || c == '\'') {
        ++quotes_in_record_;
        i = text_.find(c, i + 1);
        if (i == none) break;
      } else if (c == '<') {
        break;
      }
    }
    fail(begin, fmt::format("the tag <{} has no end >", shortened(name_at(begin))));
  }

  void pass_start_tag() {
    const std::size_t begin = at_;
    const std::string_view name = name_at(begin);
    if (name.empty()) fail(begin, "< without a name; as text XML wants &lt;");
    skip_tag();
    const bool empty = text_[at_ - 2] == '/';
    if (depth_ > 0) {
      ++tags_in_record_;
      if (!empty) go_deeper(begin);
      return;
    }
    if (path_.empty()) {
      if (saw_root_)
        fail(begin, fmt::format("a second element <{}> after the first", shortened(name)));
      saw_root_ = true;
      const std::size_t colon = name.find(':');
      if (colon != none) prefix_ = name.substr(0, colon + 1);
    }
    path_.push_back(local_name(name, prefix_));
    switch (handler_.part(path_)) {
      case xml_part::container:
        flush();
        tags_.push_back(name);
        opened_.push_back(begin);
        if (path_.size() > deepest) fail_depth(begin);
        open(begin, at_, empty);
        if (empty) close();
        break;
      case xml_part::record:
        path_.pop_back();
        if (stretch_begin_ == none) stretch_begin_ = begin;
        begin_record(begin, empty, false);
        break;
      case xml_part::skipped:
        path_.pop_back();
        flush();
        begin_record(begin, empty, true);
        break;
    }
  }

  void begin_record(std::size_t begin, bool empty, bool skipped) {
    record_begin_ = begin;
    tags_in_record_ = 0;
    quotes_in_record_ = 0;
    skipping_ = skipped;
    if (empty) {
      end_record();
    } else {
      go_deeper(begin);
    }
  }

  void go_deeper(std::size_t offset) {
    ++depth_;
    if (depth_ + path_.size() > deepest) fail_depth(offset);
  }

  [[noreturn]] void fail_depth(std::size_t offset) {
    fail(offset, fmt::format("elements lie more than {} deep in one another; no network file does",
                             deepest));
  }

  void pass_end_tag() {
    const std::size_t begin = at_;
    const std::string_view name = name_at(begin);
    skip_tag();
    if (depth_ > 0) {
      --depth_;
      if (depth_ > 0) return;
      // Inside a record pugixml looks at the pairs; of one passed over, only the last is checked.
      if (skipping_ && name != name_at(record_begin_))
        fail_pair(begin, name_at(record_begin_), record_begin_);
      end_record();
      return;
    }
    if (path_.empty()) fail(begin, fmt::format("</{}> closes nothing", shortened(name)));
    if (name != tags_.back()) fail_pair(begin, tags_.back(), opened_.back());
    flush();
    close();
  }

  [[noreturn]] void fail_pair(std::size_t begin, std::string_view expected, std::size_t opened) {
    fail(begin, fmt::format("</{0}> where </{1}> was expected: <{1}> was opened in line {2}",
                            shortened(name_at(begin)), shortened(expected), line_of(opened)));
  }

  void end_record() {
    if (skipping_) {
      skipping_ = false;
      return;
    }
    // pugixml's nodes (an element and its text) and attributes, and the copy of the text.
    constexpr std::size_t node_bytes = 144;
    constexpr std::size_t attribute_bytes = 48;
    constexpr std::size_t surely_fits = std::size_t{256} << 20;
    const std::size_t tree =
        tags_in_record_ * node_bytes + quotes_in_record_ * attribute_bytes + (at_ - record_begin_);
    if (tree > surely_fits && tree > available_memory() / 2) {
      fail(record_begin_,
           fmt::format("the element <{}> holds {} elements, whose tree would take {} MB of memory; "
                       "divide it, or use a larger machine",
                       shortened(name_at(record_begin_)), tags_in_record_, tree / 1000000));
    }
    stretch_end_ = at_;
    if (stretch_end_ - stretch_begin_ >= stretch_size) flush();
  }

  void close() {
    if (handler_.close) handler_.close(path_);
    path_.pop_back();
    tags_.pop_back();
    opened_.pop_back();
  }

  void parse(std::size_t begin, std::size_t end) {
    const pugi::xml_parse_result parsed = tree_.load_buffer_inplace(
        buffer_.data(), buffer_.size(),
        pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_fragment,
        pugi::encoding_utf8);
    if (parsed) return;
    if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
    const std::size_t offset =
        std::min(end, begin + static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)));
    std::string what;
    switch (parsed.status) {
      case pugi::status_end_element_mismatch:
        what = "an end tag that does not fit the element it would close";
        break;
      case pugi::status_bad_attribute:
        what = "an attribute that is not NAME=\"VALUE\"";
        break;
      case pugi::status_bad_start_element:
        what = "a start tag that XML does not allow";
        break;
      case pugi::status_bad_end_element:
        what = "an end tag that XML does not allow";
        break;
      default:
        what = "no well-formed XML";
        break;
    }
    fail(offset, what);
  }

  /// The start tag alone, as an element without children.
  void open(std::size_t begin, std::size_t end, bool empty) {
    buffer_.assign(text_.substr(begin, end - begin));
    if (!empty) buffer_.insert(buffer_.size() - 1, 1, '/');
    parse(begin, end);
    if (handler_.open) handler_.open(path_, {tree_.first_child(), begin, prefix_});
  }

  void flush() {
    if (stretch_begin_ == none) return;
    const std::size_t begin = std::exchange(stretch_begin_, none);
    buffer_.assign(text_.substr(begin, stretch_end_ - begin));
    parse(begin, stretch_end_);
    path_.emplace_back();
    for (pugi::xml_node node : tree_.children()) {
      if (node.type() != pugi::node_element) continue;
      path_.back() = local_name(node.name(), prefix_);
      const std::ptrdiff_t name = node.offset_debug();  // behind the <
      const std::size_t offset =
          begin + static_cast<std::size_t>(std::max<std::ptrdiff_t>(name - 1, 0));
      handler_.record(path_, {node, offset, prefix_});
    }
    path_.pop_back();
  }

  const text_source& source_;
  std::string_view text_;
  const xml_handler& handler_;
  reading_look look_;

  std::size_t at_ = 0;
  bool saw_root_ = false;
  std::string_view prefix_;
  /// Open containers: names without prefix, names as written, and where they were opened.
  std::vector<std::string_view> path_;
  std::vector<std::string_view> tags_;
  std::vector<std::size_t> opened_;
  /// Elements open inside the record at record_begin_.
  std::size_t depth_ = 0;
  std::size_t record_begin_ = 0;
  bool skipping_ = false;
  std::size_t tags_in_record_ = 0;
  std::size_t quotes_in_record_ = 0;
  /// Records that wait for pugixml.
  std::size_t stretch_begin_ = none;
  std::size_t stretch_end_ = 0;
  std::string buffer_;
  pugi::xml_document tree_;
};

}  // namespace

void walk_xml(const text_source& source, const xml_handler& handler, const execution& exec) {
  walker(source, handler, exec).walk();
}

row_place row_at(const text_source& source, std::size_t offset) {
  constexpr std::size_t shown = 200;
  const std::string_view text = source.text().substr(offset, shown);
  return {offset, text.substr(0, std::min(text.size(), text.find('>')) + 1)};
}

std::string_view trim_xml(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

void append_text(pugi::xml_node element, std::string& to) {
  for (const pugi::xml_node child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) to += child.value();
  }
}

}  // namespace valuenet::detail
