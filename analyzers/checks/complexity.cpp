// Functions that a change made too complex, or more complex than they already were.
#include "analyzers/complexity.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/imports/notes.hpp"
#include "analyzers/test_code.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kLongestLine = 400;  // a longer one was written by a minifier

// 16 cases: cyclomatic 17, cognitive 1
constexpr std::string_view kManyCases =
    "const char* name(int n) {\n  switch (n) {\n"
    "    case 0: return \"a\";\n    case 1: return \"b\";\n    case 2: return \"c\";\n    case 3: "
    "return \"d\";\n"
    "    case 4: return \"e\";\n    case 5: return \"f\";\n    case 6: return \"g\";\n    case 7: "
    "return \"h\";\n"
    "    case 8: return \"i\";\n    case 9: return \"j\";\n    case 10: return \"k\";\n    case "
    "11: return \"l\";\n"
    "    case 12: return \"m\";\n    case 13: return \"n\";\n    case 14: return \"o\";\n    case "
    "15: return \"p\";\n"
    "  }\n  return \"\";\n}\n";
constexpr std::string_view kFewCases =
    "const char* name(int n) {\n  switch (n) {\n    case 0: return \"a\";\n    default: return "
    "\"\";\n  }\n}\n";
// 1 + 2 + 3 + 4 + 5, and 1 for the run of `and`: cognitive 16, cyclomatic 8
constexpr std::string_view kDeep =
    "def pick(a, b, c):\n    for x in a:\n        for y in b:\n            if x:\n                "
    "while y:\n"
    "                    if c and x and y:\n                        return x\n    return None\n";
constexpr std::string_view kShallow =
    "def pick(a, b, c):\n    for x in a:\n        for y in b:\n            if x and y and c:\n     "
    "           return x\n"
    "    return None\n";

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "complexity",
      .category = "maintainability",
      .severity = Severity::info,
      .confidence = 0.9,
      .title = "function too complex to follow",
      .why = "Many paths through one function, or branches deep inside branches, are hard to read, "
             "to test and to change "
             "safely.",
      .help = "Move a branch or a loop body into a function of its own, return early instead of "
              "nesting, or replace a chain "
              "of conditions by a table.",
      .relative = true,
      .references = {"https://www.sonarsource.com/resources/cognitive-complexity/"},
      .bad = {{.path = "a.py", .code = kDeep, .lines = {1}},
              {.path = "a.py", .code = kDeep, .lines = {1}, .before = kShallow},
              {.path = "a.c", .code = kManyCases, .lines = {1}, .before = kFewCases}},
      .good = {{.path = "a.py", .code = kShallow},
               {.path = "a.py", .code = kDeep, .before = kDeep},
               {.path = "a.py", .code = kShallow, .before = kDeep}},
  }}};
  return kRules;
}

/// One of the two measures of a function, before and after.
struct Reading {
  std::string_view measure;
  std::uint32_t before = 0;
  std::uint32_t after = 0;
  std::uint32_t limit = 0;
  bool is_new = false;  // the function was not there before

  [[nodiscard]] bool is_too_high() const { return after > limit && after > before; }
  /// Over the limit already, and hardly worse: true, but no reason to hold a change up.
  [[nodiscard]] bool is_slight() const {
    return !is_too_high() || (before > limit && (after - before) * 10 <= before);
  }
};

/// Tests are long because they list cases, and a switch that is long and flat is read at a glance.
Severity severity_of(const Reading& cyclomatic, const Reading& cognitive, std::string_view path) {
  const bool slight = cyclomatic.is_slight() && cognitive.is_slight();
  const bool flat = cognitive.after * 2 <= cognitive.limit;
  return slight || flat || is_test_path(path) ? Severity::hint : rule_table()[0].severity;
}

std::string describe(const Reading& reading) {
  if (reading.is_new)
    return fmt::format("{} complexity {} (limit {})", reading.measure, reading.after,
                       reading.limit);
  return fmt::format("{} complexity {} -> {} (limit {})", reading.measure, reading.before,
                     reading.after, reading.limit);
}

void report(const ComplexityChange& change, const Symbol& symbol, FileExam& exam,
            std::vector<Finding>& out) {
  const bool is_new = change.cyclomatic_before == 0;
  const std::array<Reading, 2> readings{
      {{"cyclomatic", change.cyclomatic_before, change.cyclomatic_after,
        exam.options().max_cyclomatic, is_new},
       {"cognitive", change.cognitive_before, change.cognitive_after, exam.options().max_cognitive,
        is_new}}};
  std::string message;
  for (const auto& reading : readings)
    if (reading.is_too_high()) message += (message.empty() ? "" : ", ") + describe(reading);
  if (message.empty()) return;
  const Span at = symbol.name_span.empty() ? symbol.span : symbol.name_span;
  const auto& lines = exam.after().lines();
  if (lines.line_span(lines.line_of(at.begin)).size() > kLongestLine) return;
  auto finding = make_finding(rule_table()[0], exam.after(), at,
                              fmt::format("{}(): {}", symbol.name, message));
  finding.severity = severity_of(readings[0], readings[1], exam.after().path());
  finding.in_change = true;  // the name may stand on an unchanged line
  out.push_back(std::move(finding));
}

/// Where the parser stumbled the numbers may be wrong.
bool is_sound(const Symbol& symbol, const SourceFile& file) {
  return !file.tree()->root().smallest_holding(symbol.span).has_error();
}

/// What a function inside another one does counts for both: of the functions that the change made
/// worse only the innermost are told of, unless the outer one became worse by itself.
void report_changes(FileExam& exam, std::vector<Finding>& out) {
  const auto& changes = exam.complexity();
  std::vector<const Symbol*> worse;  // in source order: an outer function before its inner ones
  for (const auto& [change, symbol] : changes)
    if (symbol != nullptr && change.cognitive_after > change.cognitive_before &&
        change.cognitive_after > exam.options().max_cognitive)
      worse.push_back(symbol);
  for (const auto& [change, symbol] : changes) {
    if (symbol == nullptr || !is_sound(*symbol, exam.after())) continue;
    const auto next = std::upper_bound(
        worse.begin(), worse.end(), symbol->span.begin,
        [](std::uint32_t at, const Symbol* other) { return at < other->span.begin; });
    const bool has_worse_inside = next != worse.end() && (*next)->span.end <= symbol->span.end;
    const bool same_by_itself =  // the cyclomatic measure leaves inner functions out
        change.cyclomatic_before != 0 && change.cyclomatic_after <= change.cyclomatic_before;
    const bool passed_on = has_worse_inside && same_by_itself;
    if (!passed_on) report(change, *symbol, exam, out);
  }
}

void run(FileExam& exam, std::vector<Finding>& out) {
  if (imports::is_generated(exam.after().text())) return;  // nobody is going to simplify that
  if (exam.before() != nullptr) return report_changes(exam, out);
  if (!exam.whole_file() && exam.change().hunks.empty())
    return;  // the base itself, looked at for comparison
  const auto& outline = exam.outline();
  for (const auto& [index, value] : complexity_of(exam.after(), outline)) {
    const ComplexityChange change{{}, 0, value.cyclomatic, 0, value.cognitive};
    report(change, outline.symbols[index], exam, out);
  }
}

}  // namespace

const Check& check_complexity() {
  static const Check kCheck{
      .name = "complexity",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
  };
  return kCheck;
}

}  // namespace peer
