#include "analyzers/taint/object_types.hpp"

#include <algorithm>
#include <array>

#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

/// Reads a text outwards from a word, over blanks and what points to something.
class Around {
 public:
  Around(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text), begin_(begin), end_(end) {}

  /// The sign before, which is passed; 0 at the beginning of the text.
  char sign_before() {
    skip_before();
    return begin_ == 0 ? '\0' : text_[--begin_];
  }
  [[nodiscard]] char peek_before() {
    skip_before();
    return begin_ == 0 ? '\0' : text_[begin_ - 1];
  }
  std::string_view word_before() {
    skip_before();
    const auto last = begin_;
    while (begin_ > 0 && is_word(text_[begin_ - 1]))
      --begin_;
    return text_.substr(begin_, last - begin_);
  }
  /// Over `<..>` and the like.
  std::string_view word_after() {
    constexpr std::size_t kMostArguments = 100;
    if (end_ < text_.size() && text_[end_] == '<') {
      const auto closed = text_.substr(end_, kMostArguments).find('>');
      if (closed == std::string_view::npos) return {};
      end_ += closed + 1;
    }
    while (end_ < text_.size() && is_blank(text_[end_]))
      ++end_;
    const auto first = end_;
    while (end_ < text_.size() && is_word(text_[end_]))
      ++end_;
    return text_.substr(first, end_ - first);
  }
  /// From `Store` of `State<Arc<Store>>` to all of it: whose methods are called is the same.
  void leave_wrappers() {
    constexpr int kMostWrappers = 4;
    for (int i = 0; i < kMostWrappers && end_ < text_.size() && text_[end_] == '>'; ++i) {
      Around wrapper = *this;
      if (wrapper.sign_before() != '<' || !is_wrapper(wrapper.word_before())) return;
      wrapper.leave_path();
      begin_ = wrapper.begin_;
      ++end_;
    }
  }
  /// `x` of `State(x)`, which ends here.
  std::string_view word_in_brackets_before() {
    if (peek_before() == ')') sign_before();
    return word_before();
  }
  [[nodiscard]] char sign_after() const {
    auto at = end_;
    while (at < text_.size() && text_[at] == ' ')
      ++at;
    return at < text_.size() ? text_[at] : '\0';
  }

 private:
  static bool is_wrapper(std::string_view word) {
    constexpr std::array kWrappers{"Arc",        "Rc",        "Box",      "Option",  "State",
                                   "Data",       "Extension", "Mutex",    "RwLock",  "shared_ptr",
                                   "unique_ptr", "Lazy",      "Optional", "Provider"};
    return std::find(kWrappers.begin(), kWrappers.end(), word) != kWrappers.end();
  }
  /// Over `std::sync::`.
  void leave_path() {
    constexpr std::size_t kMostParts = 6;
    for (std::size_t i = 0; i < kMostParts && text_.substr(0, begin_).ends_with("::"); ++i) {
      begin_ -= 2;
      word_before();
    }
  }
  static bool is_blank(char c) { return c == ' ' || c == '*' || c == '&' || c == '?' || c == '$'; }
  void skip_before() {
    while (begin_ > 0 && is_blank(text_[begin_ - 1]))
      --begin_;
  }

  std::string_view text_;
  std::size_t begin_, end_;
};

bool is_keyword(std::string_view word) {
  constexpr std::array kWords{"new",    "class",    "struct", "type",  "extends", "implements",
                              "return", "import",   "from",   "throw", "public",  "private",
                              "static", "final",    "in",     "is",    "as",      "if",
                              "for",    "operator", "func",   "def",   "where",   "instanceof"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// What the type that stands at [begin, end) is said of; "" where it is of nothing.
std::string_view object_of(std::string_view text, std::size_t begin, std::size_t end) {
  Around around(text, begin, end);
  around.leave_wrappers();
  Around before = around;
  if (Around probe = before; probe.word_before() == "new") before.word_before();
  const char sign = before.sign_before();
  if (sign == '=') {
    if (before.peek_before() == ':') before.sign_before();  // :=
    return before.word_before();
  }
  if (sign == ':' && before.peek_before() != ':') return before.word_in_brackets_before();
  const auto named = around.word_after();
  const char after = around.sign_after();
  const bool declares = after == ';' || after == ',' || after == ')' || after == '=';
  if (!named.empty() && !is_keyword(named) && declares) return named;
  Around left = around;
  const auto word = left.word_before();  // Go: `s *Store`
  const bool ends = named.empty() &&
                    (after == ')' || after == ',' || after == '\n' || after == '{' || after == '}');
  return ends && !is_keyword(word) ? word : std::string_view{};
}

}  // namespace

std::unordered_map<std::string_view, std::string_view> object_types(
    std::string_view text, const std::unordered_set<std::string_view>& types) {
  std::unordered_map<std::string_view, std::string_view> found;
  if (types.empty()) return found;
  for_each_word(text, [&](std::string_view type) {
    if (!types.contains(type)) return;
    const auto begin = static_cast<std::size_t>(type.data() - text.data());
    const auto object = object_of(text, begin, begin + type.size());
    if (object.empty() || types.contains(object)) return;
    const auto [known, is_new] = found.try_emplace(object, type);
    if (!is_new && known->second != type) known->second = {};
  });
  return found;
}

}  // namespace peer::taint
