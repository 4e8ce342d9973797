#include "analyzers/checks/trojan_source/rules.hpp"

#include <array>

namespace peer::trojan {
namespace {

constexpr std::string_view kSee = "https://trojansource.codes/";

RuleInfo bidi() {
  return {
      .id = "trojan-source-bidi",
      .category = "security",
      .severity = Severity::error,
      .confidence = 0.95,
      .title = "bidirectional control character",
      .why =
          "It changes the order in which the line is shown: reviewers see other code than "
          "the compiler reads.",
      .help = "Delete the character. Where a text needs it, write it as an escape (\\u202E).",
      .cwe = {1007},
      .references = {kSee},
      .bad =
          {{.path = "a.py",
            .code =
                "def f(a):\n"
                "    if a != \"user\xE2\x80\xAE \xE2\x81\xA6# Check\xE2\x81\xA9 \xE2\x81\xA6\":\n"
                "        return 1\n",
            .lines = {2}}},
      .good = {{.path = "a.py",
                .code = "title = \"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x81\xA6"
                        "C++\xE2\x81\xA9\"\n"},
               {.path = "he.po",
                .code = "msgstr \"\xE2\x80\xAB\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\"\n"}},
  };
}

RuleInfo hidden_text() {
  return {
      .id = "trojan-source-hidden-text",
      .category = "security",
      .severity = Severity::error,
      .confidence = 0.95,
      .title = "text hidden in characters that are not shown",
      .why =
          "Tag characters and runs of variation selectors or zero-width characters can "
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
  };
}

RuleInfo invisible() {
  return {
      .id = "trojan-source-invisible",
      .category = "security",
      .severity = Severity::error,
      .confidence = 0.9,
      .title = "invisible character in code",
      .why =
          "Two names that look the same are different ones, or a name looks like nothing at "
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
  };
}

RuleInfo homoglyph() {
  return {
      .id = "trojan-source-homoglyph",
      .category = "security",
      .severity = Severity::error,
      .confidence = 0.9,
      .title = "name that mixes Latin letters with lookalikes of another script",
      .why =
          "It looks like another name and is not: a call may reach a function that the "
          "writer chose.",
      .help = "Write the name in the letters of one script.",
      .cwe = {1007},
      .references = {kSee},
      .bad = {{.path = "a.py", .code = "def s\xD0\xB0y(x):\n    return x\n", .lines = {1}}},
      .good = {{.path = "a.py",
                .code = "\xCE\x94t = 1\n"
                        "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 = 2  # s\xD0\xB0y\n"}},
  };
}

RuleInfo control() {
  return {
      .id = "trojan-source-control",
      .category = "security",
      .severity = Severity::warning,
      .confidence = 0.8,
      .title = "raw control byte",
      .why =
          "A terminal that prints the file obeys it: lines can be hidden or rewritten, and "
          "what is reviewed is not "
          "what is there.",
      .help = "Write it as an escape (\\x1b), or delete it.",
      .cwe = {150},
      .bad = {{.path = "a.py", .code = "x = 1  # \x1B[8m hidden\n", .lines = {1}}},
      .good = {{.path = "a.py", .code = "x = \"\\x1b[0m\"\n\f\ny = 2\n"}},
  };
}

/// By Rule.
const std::array<RuleInfo, kRules>& table() {
  static const std::array<RuleInfo, kRules> kTable{bidi(), hidden_text(), invisible(), homoglyph(),
                                                   control()};
  return kTable;
}

}  // namespace

std::span<const RuleInfo> rules() { return table(); }

}  // namespace peer::trojan
