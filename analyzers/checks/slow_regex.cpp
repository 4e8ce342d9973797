// Regular expressions whose time grows exponentially with the text.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "analyzers/characters.hpp"
#include "analyzers/checks/check.hpp"
#include "analyzers/checks/slow_regex/ambiguity.hpp"
#include "analyzers/checks/slow_regex/literal.hpp"
#include "analyzers/checks/slow_regex/use.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 1>& rule_table() {
  // NOLINTBEGIN(modernize-raw-string-literal): all examples look alike
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "slow-regex",
      .category = "security",
      .severity = Severity::warning,
      .confidence = 0.8,
      .title = "regular expression with exponential running time",
      .why = "Where a text can be read in two ways, all of them are tried before the expression "
             "gives up: a prepared text of fifty characters keeps a core busy for hours, and "
             "whoever may send one stops the service.",
      .help = "Let each text be read in one way only: no repetition directly in a repetition "
              "(`(?:\\w+\\s)*` instead of `(?:\\w+\\s?)*`), and alternatives that begin "
              "differently. An engine without backtracking (RE2), a limit of time or of length "
              "help where the expression must stay.",
      .cwe = {1333, 400},
      .references =
          {"https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
           "https://cwe.mitre.org/data/definitions/1333.html"},
      .bad = {{.path = "words.py",
               .code = "import re\n\nWORDS = re.compile(r\"^(\\w+\\s?)*$\")\n",
               .lines = {3}},
              {.path = "list.js",
               .code = "export function isList(text) {\n  return /^([0-9]+,?)+$/.test(text);\n}\n",
               .lines = {2}},
              {.path = "Run.java",
               .code = "class Run {\n"
                       "  private static final String RUN = \"(a|aa)+\";\n"
                       "\n"
                       "  boolean isRun(String text) {\n"
                       "    return text.matches(RUN);\n"
                       "  }\n"
                       "}\n",
               .lines = {5}},
              {.path = "mail.php",
               .code = "<?php\n"
                       "if (!preg_match('/^([a-z0-9]+\\.?)+@/i', $mail)) {\n"
                       "    exit('no address');\n"
                       "}\n",
               .lines = {2}}},
      .good = {{.path = "words.py",
                .code = "import re\n"
                        "\n"
                        "WORDS = re.compile(r\"^\\w+(\\s\\w+)*$\")\n"
                        "HELP = \"use (a+)+ to repeat\"\n"},
               {.path = "list.js",
                .code = "export function isList(text) {\n"
                        "  return /^[0-9]+(,[0-9]+)*$/.test(text) || /([a-z]+ ?)+/.test(text);\n"
                        "}\n"},
               {.path = "Run.java",
                .code = "class Run {\n"
                        "  boolean isRun(String text) {\n"
                        "    return text.matches(\"(?>a|aa)+b\") || text.matches(\"(a|b)+\");\n"
                        "  }\n"
                        "}\n"},
               {.path = "Run.cs",
                .code = "using System;\n"
                        "using System.Text.RegularExpressions;\n"
                        "\n"
                        "class Run {\n"
                        "  static readonly Regex Word = new Regex(@\"^(\\w+)+$\", "
                        "RegexOptions.None, TimeSpan.FromSeconds(1));\n"
                        "}\n"}},
  }}};
  // NOLINTEND(modernize-raw-string-literal)
  return kRules;
}

/// The next place at or behind `at` where a group is repeated, which every slow expression has;
/// npos where there is none.
std::size_t next_repeated_group(std::string_view text, std::size_t at) {
  for (at = text.find(')', at); at != std::string_view::npos; at = text.find(')', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const char behind = at + 2 < text.size() ? text[at + 2] : '\0';
    if (next == '*' || next == '+' || (next == '{' && (is_digit(behind) || behind == ',')))
      return at;
  }
  return at;
}

struct Slow {
  std::string text;  ///< what makes it slow
  std::string expression;
  Span written;  ///< where the expression stands
  slow_regex::Use use;
};

/// `literal` ends with the text, or the sum of texts. `steps` are what may still be spent on
/// looking for two ways.
std::optional<Slow> slow(const slow_regex::Path& literal, std::string_view source,
                         std::string_view language, slow_regex::Uses& uses, std::size_t& steps) {
  constexpr std::size_t kLongest = 4000;
  std::string written = slow_regex::expression_in(literal.back(), source, language);
  if (steps == 0 || written.size() > kLongest ||
      next_repeated_group(written, 0) == std::string::npos)
    return std::nullopt;
  const auto use = uses.of(literal);
  if (!use) return std::nullopt;
  auto flags = use->flags;
  std::string_view expression = written;
  if (use->has_delimiters) expression = slow_regex::without_delimiters(expression, flags);
  const auto parsed = slow_regex::parse(expression, flags);
  if (!parsed) return std::nullopt;
  const auto automaton = slow_regex::automaton_of(*parsed, use->to_the_end);
  if (!automaton) return std::nullopt;
  steps -= std::min(steps, slow_regex::size_of(*automaton));
  auto text = slow_regex::text_with_many_ways(*automaton, steps);
  if (!text) return std::nullopt;
  return Slow{std::move(text->repeated), std::string(expression), literal.back().span(), *use};
}

std::string shortened(const std::string& text) {
  constexpr std::size_t kMost = 60;
  return text.size() > kMost ? valid_utf8(text.substr(0, kMost)) + ".." : text;
}

Finding finding_of(const Slow& slow, const SourceFile& file) {
  constexpr double kByName = 0.65;
  constexpr double kLimited = 0.4;
  auto out = make_finding(rule_table()[0], file, slow.use.at.span(),
                          "`" + shortened(slow_regex::shown(slow.expression)) +
                              "` takes twice as long for each `" + slow_regex::shown(slow.text) +
                              "` more in a text that does not match");
  if (slow.use.at.span() != slow.written)
    out.related.push_back({file.locate(slow.written), "the expression", {}});
  if (slow.use.is_by_name) out.confidence = kByName;
  if (slow.use.is_limited) out.confidence = kLimited;
  return out;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const SourceFile& file = exam.after();
  if (file.tree() == nullptr || file.language() == nullptr) return;
  const std::string_view text = file.text();
  std::size_t next = next_repeated_group(text, 0);
  if (next == std::string_view::npos) return;
  const auto* const library = slow_regex::library_of(file.language()->name, text);
  if (library == nullptr) return;
  slow_regex::Uses uses(text, *library);
  std::size_t steps = 5'000'000;  // in all expressions of the file
  slow_regex::Path path;
  const auto look = [&] {
    if (const auto found = slow(path, text, file.language()->name, uses, steps))
      out.push_back(finding_of(*found, file));
  };
  // Only down to where groups are repeated, from one to the next.
  walk(
      file.tree()->root(),
      [&](Node node) {
        while (next < node.begin())
          next = next_repeated_group(text, node.begin());
        if (node.end() <= next || exam.stop().stop_requested()) return false;
        const bool is_in_sum = !path.empty() && slow_regex::is_sum(path.back(), text);
        path.push_back(node);
        const bool is_literal = slow_regex::is_literal(node);
        if (!is_in_sum && (is_literal || slow_regex::is_sum(node, text))) look();
        if (is_literal) {
          path.pop_back();
          next = next_repeated_group(text, node.end());
        }
        return !is_literal;
      },
      [&](Node) { path.pop_back(); });
}

}  // namespace

const Check& check_slow_regex() {
  static const Check kCheck{
      .name = "slow_regex",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
