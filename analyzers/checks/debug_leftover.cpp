// What a programmer puts in to look at a running program and means to take out again: breakpoints,
// dumps, prints, and tests told to run alone. Only on lines that the change adds. Breakpoints and
// dumps are certain; a print is one only where the file does not print otherwise, and not in
// programs that talk through their output.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 2>& rule_table() {
  static const std::array<RuleInfo, 2> kRules{
      {{
           .id = "debug-leftover",
           .category = "maintainability",
           .severity = Severity::info,
           .confidence = 0.8,
           .title = "debugging aid left in the code",
           .why = "A breakpoint stops the program where nobody watches, and a stray print clutters "
                  "its output or shows what "
                  "should stay inside.",
           .help = "Remove it, or use the logger of the project if the output is wanted.",
           .bad = {{.path = "a.py",
                    .code = "def f(x):\n    breakpoint()\n    return x\n",
                    .lines = {2}},
                   {.path = "a.py", .code = "import pdb; pdb.set_trace()\n", .lines = {1}},
                   {.path = "a.js",
                    .code =
                        "export function f(x) {\n  debugger;\n  console.log(x);\n  return x;\n}\n",
                    .lines = {2, 3},
                    .before = "export function f(x) {\n  return x;\n}\n"},
                   {.path = "a.rb", .code = "def f(x)\n  binding.pry\n  x\nend\n", .lines = {2}},
                   {.path = "a.php",
                    .code = "<?php\nfunction f($x) {\n  var_dump($x);\n  return $x;\n}\n",
                    .lines = {3}},
                   {.path = "a.rs",
                    .code = "fn f(x: i32) -> i32 {\n    dbg!(x);\n    x\n}\n",
                    .lines = {2}},
                   {.path = "A.java",
                    .code = "class A {\n  int f(int x) {\n    System.out.println(x);\n    return "
                            "x;\n  }\n}\n",
                    .lines = {3},
                    .before = "class A {\n  int f(int x) {\n    return x;\n  }\n}\n"}},
           .good = {{.path = "a.py", .code = "# breakpoint() stops here\ns = 'pdb.set_trace()'\n"},
                    {.path = "cli.js", .code = "console.log(1);\n", .before = "f();\n"},
                    {.path = "a.js",
                     .code = "console.log(1);\nconsole.log(2);\n",
                     .before = "console.log(1);\n"},
                    {.path = "tests/a.rs", .code = "fn f() { dbg!(1); }\n"},
                    {.path = "a.rb", .code = "def f(x)\n  params.binding.pry_open\nend\n"},
                    {.path = "debugger.js", .code = "const a = { debugger: 1 };\n"}},
       },
       {
           .id = "focused-test",
           .category = "correctness",
           .severity = Severity::warning,
           .confidence = 0.9,
           .title = "test told to run alone",
           .why = "While one test is focused, the others of its file, or of the whole run, do not "
                  "run: the build is green "
                  "without them.",
           .help = "Remove the focus.",
           .bad = {{.path = "a.test.js",
                    .code = "describe('a', () => {\n  it.only('b', () => {});\n  fit('c', () => "
                            "{});\n});\n",
                    .lines = {2, 3}},
                   {.path = "a_spec.rb",
                    .code = "fdescribe 'a' do\n  fit('b') { c }\nend\n",
                    .lines = {1, 2}}},
           .good = {{.path = "a.test.js",
                     .code = "it('b', () => {});\nlist.only(1);\nmodel.fit(2);\n"},
                    {.path = "src/a.js", .code = "fit(curve, points);\n"},
                    {.path = "a.test.js", .code = "// it.only('b')\n"}},
       }}};
  return kRules;
}

enum class Kind {
  certain,  // nothing but a debugging aid
  print,    // one perhaps
  focus,    // a test that runs alone
};

/// What betrays a leftover: words that begin a piece of code, in some languages.
struct Sign {
  std::string_view languages;  // ids, blank separated
  std::string_view words;      // as written; what follows a trailing '(' must be a call
  Kind kind;
};

constexpr std::string_view kEcma = "javascript typescript tsx";
constexpr std::array<Sign, 34> kSigns{{
    {kEcma, "debugger", Kind::certain},
    {kEcma, "console.log(", Kind::print},
    {kEcma, "console.debug(", Kind::print},
    {kEcma, "console.dir(", Kind::print},
    {kEcma, "console.trace(", Kind::print},
    {kEcma, "it.only(", Kind::focus},
    {kEcma, "test.only(", Kind::focus},
    {kEcma, "describe.only(", Kind::focus},
    {kEcma, "context.only(", Kind::focus},
    {kEcma, "fdescribe(", Kind::focus},
    {kEcma, "fit(", Kind::focus},
    {"python", "breakpoint(", Kind::certain},
    {"python", "pdb.set_trace(", Kind::certain},
    {"python", "ipdb.set_trace(", Kind::certain},
    {"python", "pudb.set_trace(", Kind::certain},
    {"python", "print(", Kind::print},
    {"ruby", "binding.pry", Kind::certain},
    {"ruby", "binding.irb", Kind::certain},
    {"ruby", "byebug", Kind::certain},
    {"ruby", "fdescribe", Kind::focus},
    {"ruby", "fcontext", Kind::focus},
    {"ruby", "fit", Kind::focus},
    {"php", "var_dump(", Kind::certain},
    {"php", "dd(", Kind::certain},
    {"php", "print_r(", Kind::print},
    {"rust", "dbg!(", Kind::certain},
    {"go", "spew.Dump(", Kind::certain},
    {"go", "fmt.Println(", Kind::print},
    {"java", "System.out.println(", Kind::print},
    {"kotlin", "println(", Kind::print},
    {"csharp", "Debugger.Break(", Kind::certain},
    {"csharp", "Console.WriteLine(", Kind::print},
    {"swift", "debugPrint(", Kind::print},
    {"swift", "dump(", Kind::print},
}};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || c == '@';
}

bool has_word(std::string_view list, std::string_view word) {
  for (const auto each : split(list, ' '))
    if (each == word) return true;
  return false;
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_test(std::string_view path) {
  return contains_any(path, {"test", "spec", "__mocks__", "fixture", "benchmark", "bench/"});
}

/// Programs that talk through their output, and code that shows how to.
bool may_print(std::string_view path) {
  return is_test(path) ||
         contains_any(
             path,
             {"cli.",    "cli/",    "-cli",    "_cli",      "cmd",      "script",     "bin/",
              "example", "sample",  "demo",    "tool",      "doc/",     "docs/",      "tutorial",
              "console", "command", "main.",   "__main__",  "setup.py", "conftest",   "build",
              "gulp",    "grunt",   "webpack", "rollup",    "config",   "playground", "manage.py",
              "debug",   "logger",  "logging", "/log",      "/dev",     "task",       "ci/",
              "hack/",   "guide",   "manual",  "recipe",    "generate", "codegen",    "release",
              "repl",    "print",   "app.js",  "server.js", "index.js", "program.cs"});
}

/// The words as code at `at`: not part of a longer name, not behind a dot, no definition of that
/// name.
bool stands_alone(std::string_view text, std::size_t at, std::string_view words) {
  const char before = at > 0 ? text[at - 1] : '\n';
  if (is_word(before) || before == '.' || before == '>' || before == ':' || before == '\\' ||
      before == '#')
    return false;
  const auto line = text.substr(0, at).substr(text.substr(0, at).rfind('\n') + 1);
  for (const std::string_view keyword : {"def ", "function ", "fn ", "func ", "fun ", "void "})
    if (line.ends_with(keyword)) return false;
  const auto end = at + words.size();
  const char after = end < text.size() ? text[end] : '\n';
  return words.ends_with('(') || !(is_word(after) || after == '.' || after == ':' || after == '=' ||
                                   after == '?' || after == ',');
}

/// In a comment or a string the words only speak of it.
bool is_code(const SourceFile& file, std::size_t at, std::size_t size) {
  const auto begin = static_cast<std::uint32_t>(at);
  const Node node = file.tree()->root().smallest_holding(
      {begin, begin + static_cast<std::uint32_t>(std::min<std::size_t>(size, 2))});
  const auto kind = node.kind();
  return !node.is_extra() && kind.find("string") == std::string_view::npos &&
         kind.find("comment") == std::string_view::npos &&
         kind.find("text") == std::string_view::npos &&
         kind.find("heredoc") == std::string_view::npos;
}

/// `debugger` and `byebug` are statements: they begin a line.
bool begins_statement(std::string_view text, std::size_t at) {
  const auto head = text.substr(0, at).substr(text.substr(0, at).rfind('\n') + 1);
  const auto word = trim(head);
  return word.empty() || word.ends_with(';') || word.ends_with('{') || word.ends_with(')');
}

struct Hit {
  std::size_t at;
  const Sign* sign;
};

void collect(const SourceFile& file, const Sign& sign, std::vector<Hit>& hits) {
  const auto text = file.text();
  for (auto at = text.find(sign.words); at != std::string_view::npos;
       at = text.find(sign.words, at + sign.words.size())) {
    if (!stands_alone(text, at, sign.words)) continue;
    if (!sign.words.ends_with('(') && !begins_statement(text, at)) continue;
    if (is_code(file, at, sign.words.size())) hits.push_back({at, &sign});
  }
}

bool prints_already(FileExam& exam, const Sign& sign) {
  const auto* before = exam.before();
  return before == nullptr || before->text().find(sign.words) != std::string_view::npos;
}

/// A print counts where nobody else prints: not in new files, of which nothing is known, nor in
/// programs.
bool counts(FileExam& exam, const Sign& sign, std::string_view path) {
  switch (sign.kind) {
    case Kind::certain:
      return !is_test(path) && !contains_any(path, {"debug", "example"});
    case Kind::focus:
      return is_test(path);
    case Kind::print:
      break;
  }
  const auto text = exam.after().text();
  const bool program = text.starts_with("#!") ||
                       contains_any(text, {"__name__ ==", "package main", "static void main(",
                                           "fun main(", "process.argv", "static void Main("});
  return !may_print(path) && !program && !prints_already(exam, sign);
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  const auto path = to_lower(file.path());
  std::vector<Hit> hits;
  for (const auto& sign : kSigns) {
    if (!has_word(sign.languages, file.language()->name)) continue;
    // a search costs less than any question about the file
    if (file.text().find(sign.words) == std::string_view::npos || !counts(exam, sign, path))
      continue;
    collect(file, sign, hits);
  }
  for (const auto& [at, sign] : hits) {
    const auto size = sign->words.size() - (sign->words.ends_with('(') ? 1 : 0);
    const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)};
    if (!exam.is_added(span)) continue;
    const auto words = file.text(span);
    const bool focus = sign->kind == Kind::focus;
    auto finding =
        make_finding(rule_table()[focus ? 1 : 0], file, span,
                     focus ? fmt::format("'{}' keeps the other tests from running", words)
                           : fmt::format("'{}' looks left over from debugging", words));
    if (sign->kind == Kind::print) finding.confidence = 0.6;
    out.push_back(std::move(finding));
  }
}

}  // namespace

const Check& check_debug_leftover() {
  static const Check kCheck{
      .name = "debug_leftover",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
  };
  return kCheck;
}

}  // namespace peer
