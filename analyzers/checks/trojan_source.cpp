// Characters that make people see other code than the compiler does: "Trojan Source" (Boucher and
// Anderson, 2021), hidden text, homoglyphs and raw control bytes.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/trojan_source/characters.hpp"
#include "analyzers/checks/trojan_source/prose.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using namespace trojan;

constexpr std::size_t kMostShown = 80;      // bytes of a line in a message
constexpr std::uint32_t kSameTrouble = 20;  // lines between controls that are reported together
constexpr std::size_t kMostEdits = 32;      // places on a line that a fix still deletes from
constexpr std::size_t kHiddenRun = 8;       // hidden characters in a row that carry a message

constexpr std::string_view kSee = "https://trojansource.codes/";

enum Rule : std::size_t { kBidi, kTag, kInvisible, kHomoglyph, kControl };

const std::array<RuleInfo, 5>& rule_table() {
  static const std::array<RuleInfo, 5> kRules{{
      {
          .id = "trojan-source-bidi",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.95,
          .title = "bidirectional control character",
          .why = "It changes the order in which the line is shown: reviewers see other code than "
                 "the compiler reads.",
          .help = "Delete the character. Where a text needs it, write it as an escape (\\u202E).",
          .cwe = {1007},
          .references = {kSee},
          .bad = {{.path = "a.py",
                   .code = "def f(a):\n    if a != \"user\xE2\x80\xAE \xE2\x81\xA6# "
                           "Check\xE2\x81\xA9 \xE2\x81\xA6\":\n        return 1\n",
                   .lines = {2}}},
          .good = {{.path = "a.py",
                    .code = "title = \"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x81\xA6"
                            "C++\xE2\x81\xA9\"\n"},
                   {.path = "he.po",
                    .code = "msgstr \"\xE2\x80\xAB\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\"\n"}},
      },
      {
          .id = "trojan-source-hidden-text",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.95,
          .title = "text hidden in characters that are not shown",
          .why = "Tag characters and runs of variation selectors or zero-width characters can "
                 "carry a message that people "
                 "do not see and language models read.",
          .help = "Delete the characters, and find out how they came in.",
          .cwe = {506, 1007},
          .bad = {{.path = "AGENTS.md",
                   .code = "Be kind.\xF3\xA0\x81\xB2\xF3\xA0\x81\xAD\n",
                   .lines = {1}}},
          .good = {{.path = "a.md",
                    .code = "\xF0\x9F\x8F\xB4\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xB3\xF3"
                            "\xA0\x81\xA3"
                            "\xF3\xA0\x81\xB4\xF3\xA0\x81\xBF Scotland\n"}},
      },
      {
          .id = "trojan-source-invisible",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.9,
          .title = "invisible character in code",
          .why = "Two names that look the same are different ones, or a name looks like nothing at "
                 "all.",
          .help = "Delete the character.",
          .cwe = {1007},
          .references = {kSee},
          .bad = {{.path = "a.js",
                   .code = "const is\xE2\x80\x8B"
                           "Admin = false;\n",
                   .lines = {1}}},
          .good = {{.path = "a.js",
                    .code = "const text = \"zero\xE2\x80\x8Bwidth\"; // a\xE2\x80\x8B"
                            "b\n"}},
      },
      {
          .id = "trojan-source-homoglyph",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.9,
          .title = "name that mixes Latin letters with lookalikes of another script",
          .why = "It looks like another name and is not: a call may reach a function that the "
                 "writer chose.",
          .help = "Write the name in the letters of one script.",
          .cwe = {1007},
          .references = {kSee},
          .bad = {{.path = "a.py", .code = "def s\xD0\xB0y(x):\n    return x\n", .lines = {1}}},
          .good = {{.path = "a.py",
                    .code = "\xCE\x94t = 1\n\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 = 2  "
                            "# s\xD0\xB0y\n"}},
      },
      {
          .id = "trojan-source-control",
          .category = "security",
          .severity = Severity::warning,
          .confidence = 0.8,
          .title = "raw control byte",
          .why = "A terminal that prints the file obeys it: lines can be hidden or rewritten, and "
                 "what is reviewed is not "
                 "what is there.",
          .help = "Write it as an escape (\\x1b), or delete it.",
          .cwe = {150},
          .bad = {{.path = "a.py", .code = "x = 1  # \x1B[8m hidden\n", .lines = {1}}},
          .good = {{.path = "a.py", .code = "x = \"\\x1b[0m\"\n\f\ny = 2\n"}},
      },
  }};
  return kRules;
}

bool is_ascii_word(char32_t c) { return c < 0x80 && is_identifier_part(c); }

/// The controls of one line, to decide whether they can mislead.
struct BidiLine {
  Span span;               // from the first to the last
  std::vector<char> open;  // 'e' an embedding or override, 'i' an isolate
  bool stray = false;      // an end without a begin
  bool override_ = false;
  std::vector<Edit> removal;

  void add(char32_t c, Span at) {
    if (removal.empty()) span = at;
    span.end = at.end;
    removal.push_back({at, ""});
    override_ = override_ || is_override(c);
    if (c == 0x202C) {
      close('e');
    } else if (c == 0x2069) {
      close('i');
    } else {
      open.push_back(c >= 0x2066 ? 'i' : 'e');
    }
  }

  void close(char kind) {
    if (open.empty() || open.back() != kind) {
      stray = true;
    } else {
      open.pop_back();
    }
  }

  [[nodiscard]] bool balanced() const { return open.empty() && !stray; }
};

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
    const auto here = text_.substr(at, end - at);
    const auto decoded = decode_utf8(here);
    const auto c = decoded.code_point;
    const auto next = at + decoded.length;
    if (c < 0x80) {
      if (is_control(c)) control(at, next);
    } else if (!decoded.valid) {
      return end_word(at), word_begin_ = next;
    } else if (c == 0x1F3F4 || is_tag(c) || is_variation_selector(c) || is_hidden(c)) {
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
    } else if (c >= 0x80 && !is_hidden(c)) {
      ++(lookalike_of(c) != '\0' ? alike_ : foreign_);
    } else if ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z') {
      latin_ = true;
    }
    return next;
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
    const auto before = at > 0 ? static_cast<unsigned char>(text_[at - 1]) : ' ';
    const auto after = end < text_.size() ? static_cast<unsigned char>(text_[end]) : ' ';
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
    if (harmless) return;
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
    if (prose_file_ && !commands) return;
    const auto line = file_.lines().line_of(static_cast<std::uint32_t>(at));
    if (controls_ > 0 && line - control_line_ > kSameTrouble) flush_controls();
    if (controls_++ == 0) first_control_ = span(at, end);
    control_line_ = line;
  }

  void flush_controls() {
    if (controls_ == 0) return;
    auto said = fmt::format("raw control byte {}",
                            visible(text_.substr(first_control_.begin, first_control_.size())));
    if (controls_ > 1) said += fmt::format(" and {} near it", count_of(controls_ - 1, "other"));
    out_.push_back(make_finding(rule_table()[kControl], file_, first_control_, std::move(said)));
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
      auto finding =
          make_finding(rule_table()[rule], file_, pending.at, std::move(pending.message));
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
  bool latin_ = false;
  bool right_to_left_ = false;
  std::size_t alike_ = 0, foreign_ = 0;
  std::array<Pending, 5> pending_;  // by rule, of the line at hand
  std::size_t controls_ = 0;
  Span first_control_;
  std::uint32_t control_line_ = 0;
};

void run(FileExam& exam, std::vector<Finding>& out) { Search(exam, out).run(); }

}  // namespace

const Check& check_trojan_source() {
  static const Check kCheck{
      .name = "trojan_source",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
