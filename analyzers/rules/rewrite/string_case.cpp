#include "analyzers/rules/rewrite/string_case.hpp"

#include <algorithm>
#include <array>
#include <clocale>
#include <cwctype>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::array<std::string_view, 7> kCases{
    "lowerCase", "upperCase", "capitalize", "camelCase", "snakeCase", "kebabCase", "pascalCase"};
constexpr std::array<std::string_view, 6> kSeparators{"caseChange", "dash",  "dot",
                                                      "slash",      "space", "underscore"};
constexpr std::array<char, 6> kMarks{'\0', '-', '.', '/', ' ', '_'};  // of kSeparators
constexpr char32_t kSharpS = 0xDF;                                    // upper case is two letters

/// Letters as Unicode tells them apart, whatever locale the process runs in.
class Letters {
 public:
  Letters() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  ~Letters() {
    if (locale_ != nullptr) freelocale(locale_);
  }
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  [[nodiscard]] bool is_upper(char32_t c) const {
    if (c < 0x80 || locale_ == nullptr) return c >= 'A' && c <= 'Z';
    return iswupper_l(static_cast<wint_t>(c), locale_) != 0;
  }
  [[nodiscard]] bool is_lower(char32_t c) const {
    if (c < 0x80 || locale_ == nullptr) return c >= 'a' && c <= 'z';
    return iswlower_l(static_cast<wint_t>(c), locale_) != 0;
  }
  [[nodiscard]] char32_t to_upper(char32_t c) const {
    if (c < 0x80 || locale_ == nullptr) return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    return static_cast<char32_t>(towupper_l(static_cast<wint_t>(c), locale_));
  }
  [[nodiscard]] char32_t to_lower(char32_t c) const {
    if (c < 0x80 || locale_ == nullptr) return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    return static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), locale_));
  }

 private:
  locale_t locale_;
};

const Letters& letters() {
  static const Letters kLetters;
  return kLetters;
}

/// Appends the character at the front of `text`, changed, and takes it off. Malformed bytes stay as
/// they are.
template <class Change>
void move_changed(std::string& out, std::string_view& text, Change&& change) {
  const auto c = decode_utf8(text);
  if (c.valid)
    change(out, c.code_point);
  else
    out += text[0];
  text.remove_prefix(c.length);
}

void add_upper(std::string& out, char32_t c) {
  if (c == kSharpS)
    out += "SS";
  else
    append_utf8(out, letters().to_upper(c));
}

void add_lower(std::string& out, char32_t c) { append_utf8(out, letters().to_lower(c)); }

std::string all_upper(std::string_view text) {
  std::string out;
  while (!text.empty())
    move_changed(out, text, add_upper);
  return out;
}

std::string all_lower(std::string_view text) {
  std::string out;
  while (!text.empty())
    move_changed(out, text, add_lower);
  return out;
}

std::string first_upper(std::string_view text) {
  std::string out;
  if (!text.empty()) move_changed(out, text, add_upper);
  return out.append(text);
}

std::string joined_lower(const std::vector<std::string_view>& words, char separator) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += separator;
    out += all_lower(words[i]);
  }
  return out;
}

std::string camel(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += i == 0 ? all_lower(words[i]) : first_upper(words[i]);
  return out;
}

std::string pascal(const std::vector<std::string_view>& words) {
  std::string out;
  for (const auto word : words)
    out += first_upper(word);
  return out;
}

/// Cuts a name into words, one character at a time.
class WordCutter {
 public:
  WordCutter(std::string_view text, bool case_change) : text_(text), case_change_(case_change) {}

  void separator(std::size_t at, std::size_t length) {
    cut(at);
    begin_ = at + length;
    uppers_ = 0;
  }
  void letter(char32_t c, std::size_t at) {
    if (!case_change_) return;
    if (letters().is_lower(c)) {
      if (uppers_ > 1) cut(last_upper_);
      uppers_ = 0;
      return;
    }
    // what is neither counts as upper case once a word has begun so: digits stay with capitals
    if (uppers_ == 0 && letters().is_upper(c)) cut(at);
    ++uppers_;
    last_upper_ = at;
  }
  std::vector<std::string_view> finish() {
    cut(text_.size());
    return std::move(words_);
  }

 private:
  void cut(std::size_t at) {
    if (at > begin_) words_.push_back(text_.substr(begin_, at - begin_));
    begin_ = at;
  }

  std::string_view text_;
  bool case_change_;
  std::size_t begin_ = 0, last_upper_ = 0, uppers_ = 0;
  std::vector<std::string_view> words_;
};

}  // namespace

std::optional<StringCase> parse_string_case(std::string_view name) {
  const auto* it = std::find(kCases.begin(), kCases.end(), name);
  if (it == kCases.end()) return std::nullopt;
  return static_cast<StringCase>(it - kCases.begin());
}

std::optional<Separator> parse_separator(std::string_view name) {
  const auto* it = std::find(kSeparators.begin(), kSeparators.end(), name);
  if (it == kSeparators.end()) return std::nullopt;
  return static_cast<Separator>(it - kSeparators.begin());
}

std::span<const std::string_view> string_case_names() { return kCases; }
std::span<const std::string_view> separator_names() { return kSeparators; }

std::vector<std::string_view> words_of(std::string_view text,
                                       std::span<const Separator> separators) {
  const auto has = [&](Separator s) {
    return std::find(separators.begin(), separators.end(), s) != separators.end();
  };
  WordCutter cutter(text, has(Separator::case_change));
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode_utf8(text.substr(at));
    const auto* mark = std::find(kMarks.begin() + 1, kMarks.end(), text[at]);
    if (mark != kMarks.end() && has(static_cast<Separator>(mark - kMarks.begin())))
      cutter.separator(at, c.length);
    else
      cutter.letter(c.code_point, at);
    at += c.length;
  }
  return cutter.finish();
}

std::string converted(std::string_view text, StringCase to,
                      const std::optional<std::vector<Separator>>& separators) {
  static constexpr std::array kAll{Separator::case_change, Separator::dash,  Separator::dot,
                                   Separator::slash,       Separator::space, Separator::underscore};
  const auto words = [&] {
    return words_of(text, separators ? std::span<const Separator>(*separators)
                                     : std::span<const Separator>(kAll));
  };
  switch (to) {
    case StringCase::lower:
      return all_lower(text);
    case StringCase::upper:
      return all_upper(text);
    case StringCase::capitalize:
      return first_upper(text);
    case StringCase::camel:
      return camel(words());
    case StringCase::snake:
      return joined_lower(words(), '_');
    case StringCase::kebab:
      return joined_lower(words(), '-');
    case StringCase::pascal:
      return pascal(words());
  }
  return std::string(text);
}

}  // namespace peer::rules
