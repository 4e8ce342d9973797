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

/// What is searched for, by the byte of it that is rarest in code: looking for one byte reads 32 at
/// once.
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

/// A word that counts right behind a mark, blanks between, in files of a language: looked for by
/// the mark, which is rarer.
struct Marked {
  std::string_view language, mark, word;
};
constexpr std::array<Marked, 3> kMarked{
    {{"python", "#", "nosec"}, {"go", "#", "nosec"}, {"go", "//", "nolint"}}};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

void find_marked(std::string_view text, const Marked& marked, std::vector<std::uint32_t>& found) {
  for (auto at = text.find(marked.mark); at != std::string_view::npos;
       at = text.find(marked.mark, at)) {
    at = std::min(text.find_first_not_of(" \t", at + marked.mark.size()), text.size());
    if (text.substr(at).starts_with(marked.word)) found.push_back(static_cast<std::uint32_t>(at));
  }
}

std::vector<std::uint32_t> needles_in(const SourceFile& file) {
  const auto text = file.text();
  std::vector<std::uint32_t> found;
  for (const auto& marked : kMarked)
    if (file.language() != nullptr && file.language()->name == marked.language)
      find_marked(text, marked, found);
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
  const auto end =
      std::find_if(ids.begin(), ids.end(), [](const DirectiveId& id) { return !is_code(id.id); });
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

/// What follows `nosec`: the codes that stand anywhere in it (`B303, B304`, `(G104)`, `see G104`).
/// Without any all of security is meant, unless it is a check by its name (`assert_used`), which we
/// do not know.
bool read_nosec(Directive& directive, const Arguments& given) {
  constexpr std::size_t kCode = 4;  // "B303"
  const auto is_inside_word = [](char c) { return is_word(c) || c == '.'; };
  for (std::size_t at = 0; at + kCode <= given.ids.size() && directive.ids.size() < kMostIds;
       ++at) {
    const bool begins = at == 0 || !is_inside_word(given.ids[at - 1]);
    const bool ends = at + kCode == given.ids.size() || !is_word(given.ids[at + kCode]);
    auto code = std::string(given.ids.substr(at, kCode));
    if (code[0] >= 'a' && code[0] <= 'z') code[0] = static_cast<char>(code[0] - 'a' + 'A');
    if (!begins || !ends || !is_code(code)) continue;
    const auto from = given.ids_begin + static_cast<std::uint32_t>(at);
    directive.ids.push_back({std::move(code), {from, from + static_cast<std::uint32_t>(kCode)}});
  }
  if (!directive.ids.empty()) return true;
  const auto words = trim(given.ids);
  const auto word = words.substr(0, words.find_first_of(" \t,"));
  const bool is_name =
      word.find('_') != std::string_view::npos &&
      word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  directive.security_only = !is_name;
  return directive.security_only;
}

/// What follows `nolint`: the names of linters. gosec has one there, whatever it found.
bool read_nolint(Directive& directive, const Arguments& given) {
  auto names = given.ids.substr(0, given.ids.find("//"));
  while (given.has_colon && !names.empty() && !directive.security_only) {
    const auto name = trim(names.substr(0, names.find(',')));
    directive.security_only = name.substr(0, name.find_first_of(" \t")) == "gosec";
    const auto comma = names.find(',');
    names = comma == std::string_view::npos ? std::string_view{} : names.substr(comma + 1);
  }
  return directive.security_only;
}

/// Fills in ids and reason. False where the words are no directive after all.
bool read_arguments(Directive& directive, Form form, std::string_view rest, std::uint32_t begin) {
  const auto given = split_arguments(rest, begin);
  directive.reason = given.reason;
  if (form == Form::nosec) return read_nosec(directive, given);
  if (form == Form::golangci) return read_nolint(directive, given);
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
      for (auto& id : directive.ids)
        name_as_ours(id);
    directive.words = {at, begin + static_cast<std::uint32_t>(rest.size())};
    // bandit looks at the lines of a statement alone
    const bool stays = keyword->form == Form::nosec && !is_go();
    directive.target =
        directive.whole_file ? 0 : target_of(directive, stays ? Reach::here : keyword->reach);
    directive.last_target = directive.target;
    directive.speaks_of_node =
        is_go() && (keyword->form == Form::nosec || keyword->form == Form::golangci);
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

  [[nodiscard]] bool is_go() const {
    return file_.language() != nullptr && file_.language()->name == "go";
  }

  const SourceFile& file_;
  CodeLines code_;
  std::vector<Directive> directives_;
  std::map<std::uint32_t, std::size_t> seen_;   // keywords by the line they stand on
  std::map<std::uint32_t, std::size_t> count_;  // of directives by the line they silence
};

/// What a comment of gosec's or golangci-lint's can be said of as a whole.
bool is_whole(Node node, bool is_above) {
  constexpr std::array<std::string_view, 6> kBeside{"var_declaration",       "const_declaration",
                                                    "short_var_declaration", "assignment_statement",
                                                    "keyed_element",         "return_statement"};
  const auto kind = node.kind();
  if (is_above && (kind.ends_with("_statement") || kind.ends_with("_declaration") ||
                   kind.ends_with("_spec") || kind == "keyed_element"))
    return true;
  return std::find(kBeside.begin(), kBeside.end(), kind) != kBeside.end();
}

/// gosec and golangci-lint mean all of the declaration or statement that such a comment stands
/// above; beside the first line of one all of a value that is written over several lines. One walk
/// for all comments.
void reach_over_nodes(std::vector<Directive>& directives, const SourceFile& file) {
  std::map<std::uint32_t, std::vector<Directive*>> waiting;  // by the line they speak of
  for (auto& each : directives)
    if (each.speaks_of_node && each.target != 0) waiting[each.target].push_back(&each);
  if (waiting.empty() || file.tree() == nullptr) return;
  walk(file.tree()->root(), [&](Node node) {
    const auto first = node.line();
    const auto last = file.lines().line_of(std::max(node.end(), node.begin() + 1) - 1);
    const auto at = waiting.lower_bound(first);
    if (at == waiting.end() || at->first > last) return false;
    if (at->first != first || !node.is_named()) return true;
    auto& comments = at->second;
    std::erase_if(comments, [&](Directive* each) {
      if (!is_whole(node, each->line < each->target)) return false;
      if (last - first <= kMostLines) each->last_target = last;
      return true;
    });
    if (comments.empty()) waiting.erase(at);
    return true;
  });
}

}  // namespace

std::vector<Directive> read_directives(const SourceFile& file) {
  auto directives = Reader(file).read();
  reach_over_nodes(directives, file);
  return directives;
}

}  // namespace peer
