// Characters that make people see other code than the compiler does: "Trojan Source" (Boucher and
// Anderson, 2021), hidden text, homoglyphs and raw control bytes.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/trojan_source/bidi_line.hpp"
#include "analyzers/checks/trojan_source/characters.hpp"
#include "analyzers/checks/trojan_source/prose.hpp"
#include "analyzers/checks/trojan_source/rules.hpp"
#include "analyzers/test_code.hpp"
#include "base/text.hpp"

namespace peer {
namespace trojan {
namespace {

constexpr std::size_t kMostShown = 80;      // bytes of a line in a message
constexpr std::uint32_t kSameTrouble = 20;  // lines between controls that are reported together
constexpr std::size_t kMostEdits = 32;      // places on a line that a fix still deletes from
constexpr std::size_t kHiddenRun = 8;       // hidden characters in a row that carry a message

bool is_ascii_word(char32_t c) { return c < 0x80 && is_identifier_part(c); }

class Search {
 public:
  Search(FileExam& exam, std::vector<Finding>& out)
      : file_(exam.after()), text_(file_.text()), out_(out), prose_file_(is_prose_file(file_)) {}

  void run() {
    std::size_t at = find_unusual(text_, 0);
    while (at < text_.size()) {
      // from here to the end of the line character by character
      const auto line_end = std::min(text_.find('\n', at), text_.size());
      scan_line(at, line_end);
      at = find_unusual(text_, line_end);
    }
    flush_controls();
  }

 private:
  void scan_line(std::size_t at, std::size_t end) {
    bidi_.reset();
    const auto line_begin = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
    line_begin_ = line_begin;
    line_end_ = end;
    binary_.reset();
    word_begin_ = at;
    while (word_begin_ > line_begin &&
           is_ascii_word(static_cast<unsigned char>(text_[word_begin_ - 1])))
      --word_begin_;
    latin_ = word_begin_ < at;
    alike_ = foreign_ = 0;
    right_to_left_ = false;
    while (at < end)
      at = step(at, end);
    end_word(end);
    if (bidi_) end_bidi();
    flush();
  }

  /// Looks at the character at `at`; gives the place after it.
  std::size_t step(std::size_t at, std::size_t end) {
    if (static_cast<unsigned char>(text_[at]) < 0x80) return step_ascii(at);
    const auto here = text_.substr(at, end - at);
    const auto decoded = decode_utf8(here);
    const auto c = decoded.code_point;
    const auto next = at + decoded.length;
    if (!decoded.valid) {
      end_word(at);
      word_begin_ = next;
      return next;
    }
    if (c == 0x1F3F4 || is_tag(c) || is_variation_selector(c) || is_hidden(c)) {
      if (const auto passed = hidden(at, end, c)) return *passed;
    } else if (is_control(c)) {
      control(at, next);
    } else if (is_bidi_control(c)) {
      if (!bidi_) bidi_.emplace();
      bidi_->add(c, span(at, next));
    }
    right_to_left_ = right_to_left_ || is_right_to_left(c);
    if (!is_identifier_part(c)) {
      end_word(at);
      word_begin_ = next;
    } else if (!is_hidden(c)) {
      ++(lookalike_of(c) != '\0' ? alike_ : foreign_);
    }
    return next;
  }

  std::size_t step_ascii(std::size_t at) {
    const auto c = static_cast<unsigned char>(text_[at]);
    if (is_control(c)) control(at, at + 1);
    if (!is_identifier_part(c)) {
      end_word(at);
      word_begin_ = at + 1;
    } else if (c >= 'A') {  // of what may stand in an identifier, the letters and '_'
      latin_ = latin_ || c != '_';
    }
    return at + 1;
  }

  /// A run of characters that are not shown. Gives the place after it where nothing else is to be
  /// seen there.
  std::optional<std::size_t> hidden(std::size_t at, std::size_t end, char32_t first) {
    if (first == 0x1F3F4) {
      const auto flag = flag_length(text_.substr(at, end - at));
      if (flag == 0) return std::nullopt;
      return at + flag;
    }
    std::size_t tags = 0, selectors = 0, blanks = 0;
    std::string message;
    auto stop = at;
    while (stop < end) {
      const auto decoded = decode_utf8(text_.substr(stop, end - stop));
      const auto c = decoded.code_point;
      if (is_tag(c)) {
        ++tags;
        if (c >= 0xE0020 && c < 0xE007F) message += static_cast<char>(c - 0xE0000);
      } else if (is_variation_selector(c)) {
        ++selectors;
      } else if (is_hidden(c)) {
        ++blanks;
      } else {
        break;
      }
      stop += decoded.length;
    }
    if (tags > 0 || selectors >= 4 || blanks + selectors >= kHiddenRun) {
      hidden_text(at, stop, message);
    } else if (blanks > 0) {
      invisible(at, stop, first);
    }
    return stop;
  }

  void hidden_text(std::size_t at, std::size_t end, const std::string& message) {
    auto said = fmt::format("characters that are not shown ({} bytes)", end - at);
    if (!message.empty())
      said += fmt::format(", which spell \"{}\"", message.substr(0, kMostShown));
    report(kTag, span(at, end), std::move(said), {{span(at, end), ""}});
  }

  void invisible(std::size_t at, std::size_t end, char32_t c) {
    if (at == 0 && c == 0xFEFF) return;  // byte order mark
    if (prose_file_) return;
    const char32_t before = at > 0 ? static_cast<unsigned char>(text_[at - 1]) : U' ';
    const char32_t after = end < text_.size() ? static_cast<unsigned char>(text_[end]) : U' ';
    const bool joins_letters = (c == 0x200C || c == 0x200D) && before >= 0x80 && after >= 0x80;
    if (joins_letters) return;
    // a language without a tree (too large, too slow): only what certainly splits a name
    const bool in_code =
        file_.tree() != nullptr ? !is_prose(at) : is_ascii_word(before) && is_ascii_word(after);
    if (!in_code) return;
    report(kInvisible, span(at, end),
           fmt::format("{} in code", visible(text_.substr(at, end - at))), {{span(at, end), ""}});
  }

  void end_word(std::size_t end) {
    const bool mixed = latin_ && alike_ > 0 && foreign_ == 0;
    if (mixed && !prose_file_ && file_.tree() != nullptr && !is_prose(word_begin_)) {
      const auto word = text_.substr(word_begin_, end - word_begin_);
      report(kHomoglyph, span(word_begin_, end),
             fmt::format("{} is not \"{}\"", spelled(word), as_latin(word)), {});
    }
    latin_ = false;
    alike_ = foreign_ = 0;
  }

  static std::string as_latin(std::string_view word) {
    std::string out;
    while (!word.empty()) {
      const auto decoded = decode_utf8(word);
      const char latin = lookalike_of(decoded.code_point);
      if (latin != '\0')
        out += latin;
      else if (!is_hidden(decoded.code_point))
        append_utf8(out, decoded.code_point);
      word.remove_prefix(decoded.length);
    }
    return out;
  }

  /// `s<U+0430>y`
  static std::string spelled(std::string_view word) {
    std::string out;
    while (!word.empty()) {
      const auto decoded = decode_utf8(word);
      if (decoded.code_point < 0x80)
        out += static_cast<char>(decoded.code_point);
      else
        out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(decoded.code_point));
      word.remove_prefix(decoded.length);
    }
    return out;
  }

  void end_bidi() {
    const auto& line = *bidi_;
    bool harmless = false;
    if (prose_file_) {
      // words in Hebrew or Arabic are often opened and left open, their paragraph ends them
      harmless =
          line.override_ ? line.balanced() && right_to_left_ : line.balanced() || right_to_left_;
    } else {
      harmless = !line.override_ && line.balanced() && right_to_left_;
    }
    // data of a test is often what a program must survive
    if (harmless || (prose_file_ && is_test_path(file_.path()))) return;
    const auto shown =
        visible(text_.substr(line.span.begin, std::min<std::size_t>(line.span.size(), kMostShown)));
    report(kBidi, line.span, fmt::format("the line holds bidirectional controls: {}", shown),
           line.removal);
  }

  void control(std::size_t at, std::size_t end) {
    // C1 bytes in prose are what is left of text in an old encoding; only those that command a
    // terminal matter
    const auto c = decode_utf8(text_.substr(at, end - at)).code_point;
    const bool commands = c == 0x1B || c == 0x9B || c == 0x9D || c == 0x90;
    if (!commands && (prose_file_ || (c >= 0x80 && is_prose(at)))) return;
    // what a program printed in colours, kept as the expectation of a test
    if (file_.language() == nullptr && (is_test_path(file_.path()) || binary_line())) return;
    const auto line = file_.lines().line_of(static_cast<std::uint32_t>(at));
    if (controls_ > 0 && line - control_line_ > kSameTrouble) flush_controls();
    if (controls_++ == 0) first_control_ = span(at, end);
    control_line_ = line;
  }

  /// Bytes that are no text at all, as in a drawing whose file opens like a text.
  bool binary_line() {
    if (!binary_) binary_ = !is_utf8(text_.substr(line_begin_, line_end_ - line_begin_));
    return *binary_;
  }

  void flush_controls() {
    if (controls_ == 0) return;
    auto said = fmt::format("raw control byte {}",
                            visible(text_.substr(first_control_.begin, first_control_.size())));
    if (controls_ > 1) said += fmt::format(" and {} near it", count_of(controls_ - 1, "other"));
    out_.push_back(make_finding(rules()[kControl], file_, first_control_, std::move(said)));
    controls_ = 0;
  }

  bool is_prose(std::size_t at) {
    if (!prose_) prose_.emplace(file_);
    return prose_->holds(static_cast<std::uint32_t>(at));
  }

  /// Notes trouble; each rule speaks once per line, so that a hostile line cannot raise a flood.
  void report(Rule rule, Span at, std::string message, std::vector<Edit> removal) {
    auto& pending = pending_[rule];
    if (pending.count++ == 0) {
      pending.at = at;
      pending.message = std::move(message);
    }
    pending.removal.insert(pending.removal.end(), removal.begin(), removal.end());
  }

  void flush() {
    for (std::size_t rule = 0; rule < pending_.size(); ++rule) {
      auto& pending = pending_[rule];
      if (pending.count == 0) continue;
      if (pending.count > 1)
        pending.message += fmt::format(", {} times on this line", pending.count);
      auto finding = make_finding(rules()[rule], file_, pending.at, std::move(pending.message));
      if (!pending.removal.empty() && pending.removal.size() <= kMostEdits)
        finding.fix =
            Fix{"delete what is not shown", std::move(pending.removal), Safety::unsafe, "rule"};
      out_.push_back(std::move(finding));
      pending = {};
    }
  }

  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  struct Pending {
    Span at;
    std::string message;
    std::vector<Edit> removal;
    std::size_t count = 0;
  };

  const SourceFile& file_;
  std::string_view text_;
  std::vector<Finding>& out_;
  bool prose_file_;
  std::optional<ProseMap> prose_;
  std::optional<BidiLine> bidi_;
  std::size_t word_begin_ = 0;
  std::size_t line_begin_ = 0, line_end_ = 0;
  std::optional<bool> binary_;  // whether the line is, once asked
  bool latin_ = false;
  bool right_to_left_ = false;
  std::size_t alike_ = 0, foreign_ = 0;
  std::array<Pending, kRules> pending_;  // by rule, of the line at hand
  std::size_t controls_ = 0;
  Span first_control_;
  std::uint32_t control_line_ = 0;
};

void run(FileExam& exam, std::vector<Finding>& out) { Search(exam, out).run(); }

}  // namespace
}  // namespace trojan

const Check& check_trojan_source() {
  static const Check kCheck{
      .name = "trojan_source",
      .rules = trojan::rules,
      .run = trojan::run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
