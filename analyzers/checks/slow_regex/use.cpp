#include "analyzers/checks/slow_regex/use.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <re2/re2.h>

#include "analyzers/characters.hpp"
#include "analyzers/checks/slow_regex/literal.hpp"
#include "base/text.hpp"

namespace peer::slow_regex {

struct Library {
  std::string_view language;
  re2::RE2 takers;      ///< what stands before the brackets of calls that take expressions
  re2::RE2 to_the_end;  ///< those of them that match the whole text
  /// What matches the whole text with an expression that was made before.
  re2::RE2 file_to_the_end;
  re2::RE2 bounded;     ///< in the call: its time is limited
  re2::RE2 needs = "";  ///< what the file must have
  bool has_delimiters = false;
};

namespace {

constexpr const char* kNothing = "[^\\s\\S]";

const std::array<Library, 13>& libraries() {
  static constexpr const char* kEcmascript =
      R"((^|\.|new\s+)(RegExp|match|matchAll|search|matches|regex|pattern)$)";
  static constexpr const char* kC =
      R"(\b(w?regex|basic_regex|regex_t|QRegularExpression|QRegExp|RegularExpression|pcre2?_compile\w*|regcomp)\b[^;{}()]*$)";
  static const std::array<Library, 13> kLibraries{{
      {"python",
       R"((^|\.)(_?re|regex)\.(compile|match|search|fullmatch|findall|finditer|subn?|split)$|(^|\.)(RegexValidator|re_path|url|Regexp|constr|StringConstraints)$|\.str\.(contains|match|extract|extractall|replace|findall|fullmatch)$)",
       R"(fullmatch$)", R"(\.fullmatch\()", R"(\btimeout\s*=)"},
      {"java",
       R"((^|\.)(compile|matches|replaceAll|replaceFirst|split|findAll|results|hasNext|useDelimiter)$|@(\w+\.)*Pattern$|RegExp?$|RegexValidator$)",
       R"((\.|^)matches$|Pattern$)", R"(\.matches\(\))", kNothing},
      {"kotlin", R"((^|\.)(Regex|compile|matches|Pattern)$)", R"(Pattern$)",
       R"(\.matches\(|\.matchEntire\()", kNothing},
      {"scala", R"((^|\.)(Regex|compile|matches|replaceAll|replaceFirst|split)$)", R"(\.matches$)",
       R"(\.matches\()", kNothing},
      {"csharp",
       R"((^|\.|new\s+|\s)(Regex|IsMatch|Match|Matches|Replace|Split|Count|RegularExpression(Attribute)?|GeneratedRegex(Attribute)?|RegexStringValidator|Matches)$|\bRegex\b[^;{}()]*=\s*new$)",
       R"(RegularExpression(Attribute)?$|(^|\.)Matches$)", kNothing,
       R"(NonBacktracking|TimeSpan|(?i)timeout)"},
      {"javascript", kEcmascript, kNothing, kNothing, kNothing},
      {"typescript", kEcmascript, kNothing, kNothing, kNothing},
      {"tsx", kEcmascript, kNothing, kNothing, kNothing},
      {"php", R"((?i)\b(preg_\w+|mb_ereg\w*|match|matchAll|isMatch|regex|regexp)$)", kNothing,
       kNothing, kNothing, "", true},
      {"ruby", R"((^|::)Regexp\.(new|compile)$)", kNothing, kNothing, R"(timeout:)"},
      {"c", kC, kNothing, kNothing, kNothing},
      {"cpp", kC, kNothing, R"(\bregex_match\s*\()", kNothing},
      {"rust", R"(\b(Regex|RegexBuilder)::(new|with_options)$)", kNothing, kNothing, kNothing,
       R"(\buse\s+(fancy_regex|pcre2::bytes|onig)::(\{[^}]*\b)?Regex(Builder)?\s*[,;}])"},
  }};
  return kLibraries;
}

const re2::RE2& words_for_expressions() {
  static const re2::RE2 kWords(
      R"((?i)(reg_?exp?|pattern|regular_?expression|[_-]re|[_-]rx)s?$|^(re|rx|regexp?|pattern)s?($|_))");
  return kWords;
}

bool is_bracket_of_call(Node node) {
  // `std::regex r(kWords);` may be read as the declaration of a function
  static constexpr std::array<std::string_view, 7> kKinds{"arguments",
                                                          "argument_list",
                                                          "value_arguments",
                                                          "attribute_argument_list",
                                                          "annotation_argument_list",
                                                          "initializer_list",
                                                          "parameter_list"};
  return node.is_named() && std::find(kKinds.begin(), kKinds.end(), node.kind()) != kKinds.end();
}

/// What stands before the brackets of a call, a construction, an annotation; of a declaration from
/// its type on.
std::string_view called(const Path& path, std::size_t brackets, std::string_view source) {
  const std::uint32_t end = path[brackets].begin();
  std::size_t whole = brackets;
  while (whole > 0 && path[whole].begin() == end)
    --whole;
  if (whole > 0 &&
      (path[whole].kind() == "init_declarator" || path[whole].kind() == "function_declarator"))
    --whole;
  if (path[whole].kind() == "implicit_object_creation_expression")  // `Regex r = new(..)`
    for (int up = 0; up < 4 && whole > 0 && path[whole].kind() != "variable_declaration" &&
                     path[whole].kind() != "property_declaration";
         ++up)
      --whole;
  constexpr std::uint32_t kFar = 300;
  const std::uint32_t begin = std::max(path[whole].begin(), end > kFar ? end - kFar : 0);
  return trim(source.substr(begin, end - begin));
}

bool matches(std::string_view text, const re2::RE2& words) {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), words);
}

Flags flags_in_call(std::string_view call) {
  static const re2::RE2 kBlanks(
      R"(\bre\.X\b|VERBOSE|\bCOMMENTS\b|IgnorePatternWhitespace|EXTENDED\b)");
  static const re2::RE2 kCase(R"(\bre\.I\b|(?i)ignore_?case|case_?insensitive|\bicase\b)");
  return {matches(call, kCase), matches(call, kBlanks)};
}

/// The last name in what is given a value: `b` of `a.b`.
std::string_view last_name(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !is_word(text[end - 1]))
    --end;
  std::size_t begin = end;
  while (begin > 0 && is_word(text[begin - 1]))
    --begin;
  return text.substr(begin, end - begin);
}

/// What `above` calls the value that `value` is in, or "".
std::string_view name_in(Node above, Node value, std::string_view source) {
  static constexpr std::array<std::string_view, 5> kFields{"name", "left", "key", "pattern",
                                                           "declarator"};
  for (const auto field : kFields)
    if (const Node named = above.field(field); named && named.end() <= value.begin())
      return last_name(named.text(source));
  if (const auto kind = above.kind();
      kind == "value_argument" || kind == "array_element_initializer" ||
      kind == "property_declaration" || kind == "argument" || kind == "attribute_argument") {
    const Node first = above.named_child(0);
    Node before =
        first;  // of `private val NAME: String = ..` what stands directly before the value
    for_each_child(above, [&](Node child) {
      if (child.is_named() && child.end() <= value.begin()) before = child;
    });
    if (before && before.end() <= value.begin()) return last_name(before.text(source));
  }
  return {};
}

std::optional<Use> use_in_call(const Path& path, std::size_t brackets, const Program& program) {
  const auto& [source, library, is_to_the_end] = program;
  const std::string_view name = called(path, brackets, source);
  if (!matches(name, library.takers)) return std::nullopt;
  const std::string_view call = path[brackets].text(source);
  if (matches(call, library.bounded)) return std::nullopt;
  return Use{path.back(), flags_in_call(call), matches(name, library.to_the_end) || is_to_the_end,
             library.has_delimiters};
}

bool is_block(Node node) {
  const auto kind = node.kind();
  return kind.find("block") != std::string_view::npos ||
         kind.find("body") != std::string_view::npos || kind == "compound_statement" ||
         kind == "declaration_list";
}

/// What becomes of the last node of `path` by what stands directly around it; `name` is set to what
/// it is kept under.
std::optional<Use> direct_use(const Path& path, const Program& program, std::string_view* name) {
  const auto& [source, library, is_to_the_end] = program;
  constexpr std::size_t kHighest = 10;
  constexpr std::string_view kBehind[] = {".toRegex", ".toPattern"};
  const Node value = path.back();
  for (const auto behind : kBehind)
    if (source.substr(value.end(), behind.size()) == behind) return Use{value, {}, is_to_the_end};
  std::optional<Use> by_name;
  for (std::size_t i = path.size() - 1; i-- > 0 && path.size() - i <= kHighest + 1;) {
    const Node above = path[i];
    if (is_block(above)) break;
    if (is_bracket_of_call(above)) {
      if (auto use = use_in_call(path, i, program)) return use;
      if (above.kind() != "initializer_list") break;
    }
    if (const auto given = name_in(above, value, source); !given.empty()) {
      if (matches(given, words_for_expressions()))
        by_name = Use{value, {}, is_to_the_end, library.has_delimiters, true};
      if (name != nullptr && name->empty()) *name = given;
    }
  }
  return by_name;
}

Path path_to(Node root, Span span) {
  Path out;
  for (Node node = root; node;) {
    out.push_back(node);
    const Node below = node.first_child_behind(span.begin);
    if (!below || !below.span().contains(span)) break;
    node = below;
  }
  return out;
}

/// The function around the end of `path` looks at how long something is before.
bool is_limited(const Path& path, std::string_view source) {
  static const re2::RE2 kLength(
      R"((\blen\(\s*\w+\s*\)|\blength(\(\))?|\bLength|strlen\([^()]*\)|\.size(\(\))?|\.count)\s*[<>])");
  const auto function = std::find_if(path.rbegin(), path.rend(), [](Node node) {
    return node.kind().find("function") != std::string_view::npos ||
           node.kind().find("method") != std::string_view::npos;
  });
  return function != path.rend() &&
         matches(source.substr(function->begin(), path.back().begin() - function->begin()),
                 kLength);
}

}  // namespace

const Library* library_of(std::string_view language, std::string_view source) {
  const auto& all = libraries();
  const auto* const found = std::find_if(
      all.begin(), all.end(), [&](const Library& library) { return library.language == language; });
  if (found == all.end()) return nullptr;
  return matches(source, found->needs) ? found : nullptr;
}

Uses::Uses(std::string_view source, const Library& library)
    : program_{source, library, matches(source, library.file_to_the_end)} {}

/// In the first call that takes what is kept under `name` for an expression.
std::optional<Use> Uses::of_name(std::string_view name, Node root) {
  for (std::size_t at = program_.source.find(name);
       at != std::string_view::npos && places_left_ > 0;
       at = program_.source.find(name, at + name.size())) {
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(at + name.size());
    if ((at > 0 && is_word(program_.source[at - 1])) ||
        (end < program_.source.size() && is_word(program_.source[end])))
      continue;
    --places_left_;
    const Path path = path_to(root, {begin, end});
    if (is_literal(path.back())) continue;
    auto use = direct_use(path, program_, nullptr);
    if (!use || use->is_by_name) continue;
    use->is_limited = is_limited(path, program_.source);
    return use;
  }
  return std::nullopt;
}

std::optional<Use> Uses::of(const Path& text) {
  if (is_regex(text.back()))
    return Use{.at = text.back(),
               .flags = flags_of(text.back(), program_.source),
               .is_limited = is_limited(text, program_.source)};
  std::string_view name;
  auto use = direct_use(text, program_, &name);
  if (use) use->is_limited = is_limited(text, program_.source);
  if ((use && !use->is_by_name) || name.empty()) return use;
  const auto [known, is_new] = of_names_.try_emplace(name);
  if (is_new) known->second = of_name(name, text.front());
  return known->second ? known->second : use;
}

}  // namespace peer::slow_regex
