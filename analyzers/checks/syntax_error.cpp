// Syntax errors that a change introduces. An ERROR node alone is not one: grammars lag behind their
// languages, and macros cannot be parsed at all. So the base must have been sound, and where a
// grammar is known to stumble over good code, something besides the tree must say so too: brackets
// that do not pair, a missing semicolon.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/syntax_error_brackets.hpp"
#include "analyzers/checks/syntax_error_place.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "syntax-error",
      .category = "correctness",
      .severity = Severity::error,
      .confidence = 0.95,
      .title = "syntax error",
      .why = "The file no longer parses: it will not compile or load.",
      .help = "Complete the statement: look for a bracket, quote, comma or keyword that is missing "
              "or left over here.",
      .relative = true,
      .bad = {{.path = "a.py",
               .code = "def f(a):\n    return (a + 1\n\n\ndef g():\n    pass\n",
               .lines = {2}},
              {.path = "A.java",
               .code = "class A {\n  int f() {\n    return 1\n  }\n}\n",
               .lines = {3}},
              {.path = "a.json", .code = "{\n  \"a\": 1,\n  \"b\" 2\n}\n", .lines = {3}},
              {.path = "a.js", .code = "f(1, [2, 3);\n", .lines = {1}, .before = "f(1, [2, 3]);\n"},
              {.path = "a.c",
               .code = "int f(int a) {\n  if (a {\n    return 1;\n  }\n  return 0;\n}\n",
               .lines = {2},
               .before = "int f(int a) {\n  if (a) {\n    return 1;\n  }\n  return 0;\n}\n"},
              {.path = "a.go",
               .code = "package a\n\nfunc f() {\n\tx := 1 +\n}\n",
               .lines = {4},
               .before = "package a\n\nfunc f() {\n\tx := 1\n}\n"},
              {.path = "a.yml",
               .code = "a: 1\nb: [x, y\nc: 2\n",
               .lines = {2},
               .before = "a: 1\nb: [x, y]\nc: 2\n"}},
      .good =
          {{.path = "a.js", .code = "f(1, [2, 3);\n"},
           {.path = "a.c",
            .code = "FOO(a) BAR {\n  x = va_arg(v, void *);\n}\n",
            .before = "FOO(a) {\n}\n"},
           {.path = "a.rs",
            .code = "fn f() { let a = try!(g(1)); }\n",
            .before = "fn f() { let a = g(1); }\n"},
           {.path = "a.yml", .code = "a: 1\nb: {{ .Values.b }}\nc: [\n", .before = "a: 1\nb: 2\n"},
           {.path = "tsconfig.json", .code = "{\n  \"a\": 1,\n}\n"},
           {.path = "a.py", .code = "print \"Python 2\"\nx = constants.False\n"},
           {.path = "a.js", .code = "f(1, [2, 3);\ng();\n", .before = "f(1, [2, 3);\n"}},
  }}};
  return kRules;
}

/// Languages whose grammars accept nearly all good code, measured on file pairs of real histories:
/// a new error in a file that had none is an error.
bool grammar_is_trusted(std::string_view language) {
  constexpr std::array<std::string_view, 10> kTrusted{
      "go", "java", "javascript", "typescript", "tsx", "python", "ruby", "php", "lua", "json"};
  return std::find(kTrusted.begin(), kTrusted.end(), language) != kTrusted.end();
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// Files that are not what their names say, or broken on purpose.
bool is_excused(const SourceFile& file) {
  const auto path = to_lower(file.path());
  if (has_any(path, {"fixture", "testdata", "test_data", "test-data", "invalid", "malformed",
                     "broken", "{{", ".min."}))
    return true;
  const auto text = file.text();
  if (has_any(text, {"{%", "<%"})) return true;  // a template
  // merge-conflict-marker says it better
  return has_any(text, {"<<<<<<<"}) && has_any(text, {">>>>>>>"});
}

/// Likewise, where no base shows whether the file was ever sound.
bool is_doubtful(std::string_view path) {
  return has_any(to_lower(path), {"archetype-resources", "snapshot", "corpus", "syntax", "parser",
                                  "bad_", "/bad", "template", "skeleton", "scaffold",
                                  "cookiecutter", "error", "lib2to3", "langtools"});
}

/// JSON as editors and compilers read it: comments and trailing commas are welcome.
bool is_relaxed_json(const SourceFile& file) {
  const auto path = to_lower(file.path());
  const auto name = std::string_view(path).substr(path.rfind('/') + 1);
  if (has_any(path, {".vscode/", ".devcontainer", ".jsonc", ".json5", "tsconfig", "jsconfig",
                     "eslintrc", "babelrc", "tslint", "jshintrc", "swcrc", "code-workspace",
                     "language-configuration", "api-extractor", "sublime", "/zed/", "/.zed/"}))
    return true;
  if (name == "settings.json" || name == "launch.json" || name == "tasks.json" ||
      name == "deno.json" || name == "biome.json" || name == "turbo.json" ||
      name == "wrangler.json" || name == "typedoc.json")
    return true;
  return has_any(file.text(), {"//", "/*", "{{", "${", "NaN", "Infinity"}) &&
         has_comment_or_odd_value(file);
}

bool is_python_2(std::string_view text) {
  return has_any(
      text, {"print \"", "print '", R"(print("""%)", "except Exception, ", "constants.False",
             "constants.True", "raw_input(", "unicode(", "xrange(", ".has_key(", "iteritems()",
             "python2", "python 2", "basestring", "urllib2", "__metaclass__", "exec \"", "<>"});
}

void report(FileExam& exam, const ErrorPlace& place, std::vector<Finding>& out) {
  auto finding = make_finding(rule_table()[0], exam.after(), place.at, place.message);
  finding.in_change = true;  // an error may surface below the line that made it
  out.push_back(std::move(finding));
}

/// Without a base: only where an ERROR nearly always is one.
void judge_alone(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  if (!exam.whole_file() && exam.change().hunks.empty())
    return;  // the base itself, looked at for comparison
  if (!file.language()->grammar_is_exact || is_doubtful(file.path())) return;
  if (file.language()->name == "json" && is_relaxed_json(file)) return;
  if (file.language()->name == "python" && is_python_2(file.text())) return;
  report(exam, place_error(exam, {1, file.lines().line_count()}), out);
}

/// Words of a shell that come in pairs, as far as the tree shows them.
bool shell_words_pair(const SourceFile& file) {
  std::array<int, 3> open{};
  walk(file.tree()->root(), [&](Node node) {
    if (node.child_count() > 0) return true;
    const auto kind = node.kind();
    open[0] += kind == "if" ? 1 : kind == "fi" ? -1 : 0;
    open[1] += kind == "do" ? 1 : kind == "done" ? -1 : 0;
    open[2] += kind == "case" ? 1 : kind == "esac" ? -1 : 0;
    return false;
  });
  return open[0] == 0 && open[1] == 0 && open[2] == 0;
}

/// A semicolon that tree-sitter had to make up at the end of an added line: a real gap in C#, and
/// in C where no macro can stand for it.
bool lacks_semicolon(FileExam& exam) {
  const auto& file = exam.after();
  const auto language = file.language()->name;
  if (language != "c" && language != "csharp") return false;
  const auto errors = error_nodes(file);
  if (errors.size() != 1 || !errors[0].is_missing() || errors[0].kind() != ";") return false;
  const Span at = before_gap(errors[0], file);
  const auto line = file.lines().line_of(at.begin);
  const auto text = trim(file.text({file.lines().line_span(line).begin, at.end}));
  const auto next = trim(file.text(file.lines().line_span(line + 1)));
  if (!exam.is_added(at) || text.starts_with('#') || next.starts_with('#')) return false;
  if (language == "csharp") return true;
  // MACRO(x) and MACRO alone on a line are good C
  const auto word = text.substr(text.find_last_of(" \t") + 1);
  const bool macro =
      std::all_of(word.begin(), word.end(), [](char c) { return c < 'a' || c > 'z'; });
  return text.back() != ')' && !macro && text.find_first_of(" =+-") != std::string_view::npos;
}

/// What besides the tree says that the head is broken, for grammars that cannot be trusted.
bool has_evidence(FileExam& exam, const SourceFile& before) {
  const auto& file = exam.after();
  const auto language = file.language()->name;
  if (can_scan_brackets(language)) {
    if (!scan_brackets(before) && scan_brackets(file)) return true;
    return !before.tree()->root().has_error() && lacks_semicolon(exam);
  }
  // words that were no keywords once, or are not everywhere (Rust's try!), leave the brackets whole
  if (language == "rust")
    return !before.tree()->root().has_error() && tree_brackets(file).has_value();
  if (language == "yaml") {
    if (has_any(file.text(), {"{{"})) return false;  // a template
    return !is_no_yaml(before.text()) && is_no_yaml(file.text());
  }
  if (language == "bash")
    return !before.tree()->root().has_error() && shell_words_pair(before) &&
           !shell_words_pair(file);
  return false;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  if (!file.tree()->root().has_error() || is_excused(file)) return;
  const auto* before = exam.before();
  if (before == nullptr) return judge_alone(exam, out);
  if (before->tree() == nullptr || exam.change().hunks.empty()) return;
  if (file.language()->name == "json" && is_relaxed_json(file)) return;
  const bool trusted = grammar_is_trusted(file.language()->name);
  if (trusted ? before->tree()->root().has_error() : !has_evidence(exam, *before)) return;
  report(exam, place_error(exam, guilty_lines(exam)), out);
}

}  // namespace

const Check& check_syntax_error() {
  static const Check kCheck{
      .name = "syntax_error",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
  };
  return kCheck;
}

}  // namespace peer
