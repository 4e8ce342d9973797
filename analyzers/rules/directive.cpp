#include "analyzers/rules/directive.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/aliases.hpp"
#include "analyzers/rules/comments.hpp"
#include "analyzers/rules/scanner_codes.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostPerLine = 64;
constexpr std::size_t kMostPerFile = 5000;
constexpr std::size_t kMostLooks = 256;  // at keywords of one line
constexpr std::size_t kMostIds = 32;
constexpr std::uint32_t kMostLines = 500;  // that one of them speaks of
constexpr std::uint32_t kMostBytes =
    2000;  // of ids and reason: a hostile line holds a keyword every few bytes

/// Which line a directive speaks of.
enum class Reach { here_or_next, here, next, file };

enum class Form { ours, semgrep, clang_tidy, eslint, ast_grep, flake8, nosec, golangci };

struct Keyword {
  std::string_view text;
  Form form;
  Reach reach;
};

// longer ones before what they begin with
constexpr std::array kKeywords{
    Keyword{"peer-ignore-file", Form::ours, Reach::file},
    Keyword{"peer-ignore", Form::ours, Reach::here_or_next},
    Keyword{"nosemgrep", Form::semgrep, Reach::here_or_next},
    Keyword{"NOLINTNEXTLINE", Form::clang_tidy, Reach::next},
    Keyword{"NOLINT", Form::clang_tidy, Reach::here},
    Keyword{"eslint-disable-next-line", Form::eslint, Reach::next},
    Keyword{"eslint-disable-line", Form::eslint, Reach::here},
    Keyword{"ast-grep-ignore", Form::ast_grep, Reach::here_or_next},
    Keyword{"noqa", Form::flake8, Reach::here},
    Keyword{"NOQA", Form::flake8, Reach::here},
    Keyword{"nosec", Form::nosec, Reach::here_or_next},
    Keyword{"nolint", Form::golangci, Reach::here_or_next},
};

/// What is searched for, by the byte of it that is rarest in code: looking for one byte reads 32 at once.
struct Needle {
  std::string_view text;
  char rare;
};
constexpr std::array<Needle, 7> kNeedles{{{"peer-ignore", '-'},
                                          {"nosemgrep", 'g'},
                                          {"NOLINT", 'L'},
                                          {"eslint-disable-", '-'},
                                          {"ast-grep-ignore", '-'},
                                          {"noqa", 'q'},
                                          {"NOQA", 'Q'}}};

/// A word that counts right behind a mark, blanks between, in files of a language: looked for by the mark, which is rarer.
struct Marked {
  std::string_view language, mark, word;
};
constexpr std::array<Marked, 3> kMarked{{{"python", "#", "nosec"}, {"go", "#", "nosec"}, {"go", "//", "nolint"}}};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

void find_marked(std::string_view text, const Marked& marked, std::vector<std::uint32_t>& found) {
  for (auto at = text.find(marked.mark); at != std::string_view::npos; at = text.find(marked.mark, at)) {
    at = std::min(text.find_first_not_of(" \t", at + marked.mark.size()), text.size());
    if (text.substr(at).starts_with(marked.word)) found.push_back(static_cast<std::uint32_t>(at));
  }
}

std::vector<std::uint32_t> needles_in(const SourceFile& file) {
  const auto text = file.text();
  std::vector<std::uint32_t> found;
  for (const auto& marked : kMarked)
    if (file.language() != nullptr && file.language()->name == marked.language) find_marked(text, marked, found);
  for (const auto& [needle, rare] : kNeedles) {
    const auto offset = needle.find(rare);
    for (std::size_t from = offset; from < text.size();) {
      const auto at = text.find(rare, from);
      if (at == std::string_view::npos) break;
      const bool stands = text.substr(at - offset).starts_with(needle);
      if (stands) found.push_back(static_cast<std::uint32_t>(at - offset));
      from = stands ? at + needle.size() : at + 1;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

const Keyword* keyword_at(std::string_view text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1])) return nullptr;
  for (const auto& keyword : kKeywords) {
    const auto end = at + keyword.text.size();
    if (text.substr(at).starts_with(keyword.text) && (end == text.size() || !is_word(text[end])))
      return &keyword;
  }
  return nullptr;
}

/// Words between blanks and commas, with their places.
std::vector<DirectiveId> ids_in(std::string_view text, std::uint32_t begin) {
  constexpr std::string_view kBetween = " \t\r,";
  std::vector<DirectiveId> ids;
  for (std::size_t at = 0; ids.size() < kMostIds;) {
    at = text.find_first_not_of(kBetween, at);
    if (at == std::string_view::npos) break;
    const auto end = std::min(text.find_first_of(kBetween, at), text.size());
    const auto from = begin + static_cast<std::uint32_t>(at);
    ids.push_back({std::string(text.substr(at, end - at)),
                   {from, from + static_cast<std::uint32_t>(end - at)}});
    at = end;
  }
  return ids;
}

/// `F401` and the like; flake8 ends its list at the first word that is no code.
bool is_code(std::string_view word) {
  const auto digits = word.find_first_of("0123456789");
  return digits != 0 && digits != std::string_view::npos &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == digits &&
         word.find_first_not_of("0123456789", digits) == std::string_view::npos;
}

/// Leaves the codes that `ids` begins with. False where it begins with something else.
bool keep_codes(std::vector<DirectiveId>& ids) {
  const auto end = std::find_if(ids.begin(), ids.end(), [](const DirectiveId& id) { return !is_code(id.id); });
  const bool is_list = end != ids.begin() || ids.empty();
  ids.erase(end, ids.end());
  return is_list;
}

/// What follows a keyword, taken apart: ids, then " -- reason".
struct Arguments {
  std::string_view ids;
  std::uint32_t ids_begin = 0;
  bool has_colon = false;
  std::string_view reason;
};

Arguments split_arguments(std::string_view rest, std::uint32_t begin) {
  Arguments out;
  const auto dashes = rest.starts_with("--") ? 0 : rest.find(" --");
  if (dashes != std::string_view::npos) {
    out.reason = trim(rest.substr(dashes + (dashes == 0 ? 2 : 3)));
    rest = rest.substr(0, dashes);
  }
  const auto first = rest.find_first_not_of(" \t");
  if (first != std::string_view::npos && rest[first] == ':') {
    out.has_colon = true;
    rest.remove_prefix(first + 1);
    begin += static_cast<std::uint32_t>(first) + 1;
  }
  out.ids = rest;
  out.ids_begin = begin;
  return out;
}

/// Fills in ids and reason. False where the words are no directive after all.
bool read_arguments(Directive& directive, Form form, std::string_view rest, std::uint32_t begin) {
  const auto given = split_arguments(rest, begin);
  directive.reason = given.reason;
  if (form == Form::clang_tidy) {
    const auto close = given.ids.find(')');
    if (given.ids.starts_with('(') && close != std::string_view::npos)
      directive.ids = ids_in(given.ids.substr(1, close - 1), given.ids_begin + 1);
    else if (given.ids.starts_with('('))
      return false;
  } else if (form == Form::eslint || given.has_colon) {
    directive.ids = ids_in(given.ids, given.ids_begin);
  } else if (form == Form::ours && !trim(given.ids).empty()) {
    // the colon forgotten, or a sentence that begins with the word
    directive.ids = ids_in(given.ids, given.ids_begin);
    return !directive.ids.empty() && directive.ids.front().id.find('-') != std::string::npos;
  }
  if (form == Form::flake8 && !keep_codes(directive.ids)) return false;
  if (form == Form::nosec) {
    directive.ids = ids_in(given.ids, given.ids_begin);
    (void)keep_codes(directive.ids);
    directive.security_only = directive.ids.empty();
    return true;
  }
  if (form == Form::golangci) {
    // gosec has one name there, whatever it found
    const auto names = ids_in(given.ids.substr(0, given.ids.find("//")), given.ids_begin);
    directive.security_only = std::any_of(names.begin(), names.end(), [](const DirectiveId& each) { return each.id == "gosec"; });
    directive.ids.clear();
    return given.has_colon && directive.security_only;
  }
  // written for a security scanner, of whose findings it says nothing to us
  if (form == Form::semgrep && directive.ids.empty()) return false;
  directive.lint_only = form != Form::ours && directive.ids.empty();
  return true;
}

/// Not at the beginning of its comment alone.
bool stands_anywhere(Form form) {
  return form == Form::clang_tidy || form == Form::nosec || form == Form::golangci;
}

void name_as_ours(DirectiveId& id) {
  const auto cwe = weaknesses_of(id.id.substr(id.id.find_last_of('/') + 1));
  id.cwe.assign(cwe.begin(), cwe.end());
  id.id = our_name(id.id);
}

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file), code_(file) {}

  std::vector<Directive> read() {
    const auto at = needles_in(file_);
    if (at.empty()) return {};
    auto next = at.begin();
    for (const auto comment : comments_holding(file_, at)) {
      next = std::lower_bound(next, at.end(), comment.begin);
      for (; next != at.end() && *next < comment.end; ++next) {
        if (directives_.size() >= kMostPerFile) return std::move(directives_);
        read_one(comment, *next);
      }
    }
    return std::move(directives_);
  }

 private:
  void read_one(Span comment, std::uint32_t at) {
    const auto* keyword = keyword_at(file_.text(), at);
    if (keyword == nullptr) return;
    Directive directive;
    directive.comment = comment;
    directive.line = file_.lines().line_of(at);
    if (++seen_[directive.line] > kMostLooks) return;
    directive.ours = keyword->form == Form::ours;
    directive.of_ast_grep = keyword->form == Form::ast_grep;
    directive.whole_file = keyword->reach == Reach::file;
    const auto line = file_.lines().line_span(directive.line);
    auto before = file_.text({std::max(comment.begin, line.begin), at});
    if (keyword->form == Form::flake8) {
      for (const std::string_view tool : {"flake8:", "ruff:"}) {
        if (!trim_end(before).ends_with(tool)) continue;
        before = trim_end(before);
        before.remove_suffix(tool.size());
        directive.whole_file = true;
      }
    }
    if (!ends_in_comment_marker(before) && !stands_anywhere(keyword->form)) return;
    const auto begin = at + static_cast<std::uint32_t>(keyword->text.size());
    const auto rest = words_from(begin, std::min({comment.end, line.end, begin + kMostBytes}));
    if (!read_arguments(directive, keyword->form, rest, begin)) return;
    if (!directive.ours)
      for (auto& id : directive.ids) name_as_ours(id);
    directive.words = {at, begin + static_cast<std::uint32_t>(rest.size())};
    directive.target = directive.whole_file ? 0 : target_of(directive, keyword->reach);
    directive.last_target = covers_node(keyword->form) ? end_of_what_begins_on(directive.target) : directive.target;
    if (++count_[directive.target] <= kMostPerLine) directives_.push_back(std::move(directive));
  }

  /// To the end of the line or of the comment, without what closes it.
  [[nodiscard]] std::string_view words_from(std::uint32_t begin, std::uint32_t end) const {
    auto text = file_.text({begin, std::max(begin, end)});
    for (const std::string_view close : {"*/", "-->", "]]"})
      text = text.substr(0, text.find(close));
    return trim_end(text);
  }

  std::uint32_t target_of(const Directive& directive, Reach reach) {
    if (reach == Reach::here) return directive.line;
    const auto& lines = file_.lines();
    const auto first = lines.line_of(directive.comment.begin);
    auto last = lines.line_of(std::max(directive.comment.end, directive.comment.begin + 1) - 1);
    const auto before = trim(file_.text({lines.line_span(first).begin, directive.comment.begin}));
    const auto after_end = std::max(lines.line_span(last).end, directive.comment.end);
    const auto after = trim(file_.text({directive.comment.end, after_end}));
    if (reach == Reach::next) return last < lines.line_count() ? last + 1 : 0;
    // JSX needs braces around a comment
    const bool alone = (before.empty() && after.empty()) || (before == "{" && after == "}");
    if (alone) return code_.next(last);
    return before.empty() ? last : first;
  }

  /// gosec and golangci-lint mean all of the declaration or statement that such a comment stands before, or on whose first line.
  [[nodiscard]] bool covers_node(Form form) const {
    return (form == Form::nosec || form == Form::golangci) && file_.language()->name == "go";
  }

  /// The last line of the largest piece of code that begins on `line`; `line` itself where there is none, or it is too long.
  [[nodiscard]] std::uint32_t end_of_what_begins_on(std::uint32_t line) const {
    if (line == 0 || file_.tree() == nullptr) return line;
    const auto span = file_.lines().line_span(line);
    const auto indent = file_.text(span).find_first_not_of(" \t\r\n");
    if (indent == std::string_view::npos) return line;
    const auto begin = span.begin + static_cast<std::uint32_t>(indent);
    auto node = file_.tree()->root().smallest_holding({begin, begin + 1});
    for (auto parent = node.parent(); parent && parent.parent() && parent.begin() == begin; parent = node.parent()) node = parent;
    const auto last = node ? file_.lines().line_of(std::max(node.end(), begin + 1) - 1) : line;
    return last >= line && last - line <= kMostLines ? last : line;
  }

  const SourceFile& file_;
  CodeLines code_;
  std::vector<Directive> directives_;
  std::map<std::uint32_t, std::size_t> seen_;   // keywords by the line they stand on
  std::map<std::uint32_t, std::size_t> count_;  // of directives by the line they silence
};

}  // namespace

std::vector<Directive> read_directives(const SourceFile& file) { return Reader(file).read(); }

}  // namespace peer
