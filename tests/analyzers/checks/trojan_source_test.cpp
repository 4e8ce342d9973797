// Trojan Source in all its forms is found, and honest text in any script is left alone.
#include <fmt/format.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/trojan_source/characters.hpp"
#include "analyzers/examine.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

FileReview review(const std::string& path, std::string text) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = std::move(text);
  job.whole_file = true;
  return examine(job, {});
}

std::vector<std::string> rules_in(const FileReview& file) {
  std::vector<std::string> rules;
  for (const auto& finding : file.findings)
    if (finding.rule.starts_with("trojan-source")) rules.push_back(finding.rule);
  return rules;
}

bool has_rule(const FileReview& file, std::string_view rule) {
  for (const auto& found : rules_in(file))
    if (found == rule) return true;
  return false;
}

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

struct Host {
  const char* path;
  const char* code;  // "{}" is where the character goes
};

const std::vector<Host> kHosts{
    {"a.py", "def f(a):\n    return a  # note {} here\n"},
    {"a.js", "if (level != \"user{} // check\") {{ run(); }}\n"},
    {"a.c", "/*{} begin admins only */\nint x = 1;\n"},
    {"a.go", "package a\n\nvar s = \"go{} x\"\n"},
    {"a.rs", "fn main() {{ let s = \"a{}b\"; }}\n"},
    {"A.java", "class A {{ String s = \"a{}b\"; }}\n"},
};

TEST(TrojanSource, FindsEveryBidirectionalControlInEveryLanguage) {
  const std::vector<char32_t> controls{0x202A, 0x202B, 0x202C, 0x202D, 0x202E,
                                       0x2066, 0x2067, 0x2068, 0x2069};
  for (const auto& host : kHosts)
    for (const auto c : controls) {
      const auto file = review(host.path, fmt::format(fmt::runtime(host.code), utf8(c)));
      EXPECT_TRUE(has_rule(file, "trojan-source-bidi"))
          << host.path << " " << static_cast<unsigned>(c);
    }
}

TEST(TrojanSource, FindsTagCharactersInCodeAndProse) {
  std::vector<Host> hosts = kHosts;
  hosts.push_back({"AGENTS.md", "Be kind.{}\n"});
  hosts.push_back({"a.json", "{{\"a\": \"b{}\"}}\n"});
  hosts.push_back({"LICENSE", "Free{}\n"});
  for (const auto& host : hosts)
    for (const char32_t c : {0xE0001U, 0xE0020U, 0xE0041U, 0xE0061U, 0xE007AU, 0xE007FU}) {
      const auto file = review(host.path, fmt::format(fmt::runtime(host.code), utf8(c)));
      EXPECT_TRUE(has_rule(file, "trojan-source-hidden-text"))
          << host.path << " " << static_cast<unsigned>(c);
    }
}

TEST(TrojanSource, SpellsOutWhatTagCharactersHide) {
  std::string text = "Be kind.";
  for (const char c : std::string("rm -rf"))
    text += utf8(0xE0000U + static_cast<unsigned char>(c));
  const auto file = review("notes.md", text + "\n");
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_NE(file.findings[0].message.find("\"rm -rf\""), std::string::npos);
  ASSERT_TRUE(file.findings[0].fix.has_value());
  EXPECT_EQ(file.findings[0].fix->safety, Safety::unsafe);
}

TEST(TrojanSource, FindsZeroWidthCharactersAndFillersInNames) {
  for (const char32_t c :
       {0x200BU, 0x200CU, 0x200DU, 0x2060U, 0xFEFFU, 0x00ADU, 0x180EU, 0x3164U, 0x115FU, 0xFFA0U}) {
    EXPECT_TRUE(has_rule(review("a.py", fmt::format("is{}admin = 1\n", utf8(c))),
                         "trojan-source-invisible"))
        << static_cast<unsigned>(c);
    EXPECT_TRUE(has_rule(review("a.js", fmt::format("const {{ a,{}}} = b;\n", utf8(c))),
                         "trojan-source-invisible"))
        << static_cast<unsigned>(c);
  }
}

TEST(TrojanSource, FindsNamesThatOnlyLookLatin) {
  for (const std::string name : {"sc\u043Epe", "\u0430dmin", "us\u0435r_id", "\u0420assword",
                                 "T\u03BFken", "isAdm\u0456n", "\uFF45val", "\U0001D41Eval"})
    for (const std::string path : {"a.py", "a.js", "a.go", "a.rb"}) {
      const std::string code =
          path == "a.go" ? "package a\n\nfunc " + name + "() {}\n" : name + " = 1\n";
      const auto file = review(path, code);
      EXPECT_TRUE(has_rule(file, "trojan-source-homoglyph")) << path << " " << visible(name);
    }
}

TEST(TrojanSource, FindsEscapesAndOtherControlBytes) {
  for (const std::string control : {"\x1B[2K", "\x07", "\x08", "\x7F", "\xC2\x9B", "\x01"})
    EXPECT_TRUE(has_rule(review("a.py", "x = 1  # " + control + "\n"), "trojan-source-control"))
        << visible(control);
  EXPECT_TRUE(has_rule(review("notes.txt", "\x1B]0;title\n"), "trojan-source-control"));
}

TEST(TrojanSource, LeavesColoursInTheExpectationsOfTestsAlone) {
  const std::string text = "v1.2.3 \x1B[0;37m (old)\x1B[0m\n";
  EXPECT_FALSE(has_rule(review("test/mocks/list of versions.txt", text), "trojan-source-control"));
  EXPECT_TRUE(has_rule(review("list.txt", text), "trojan-source-control"));
  EXPECT_TRUE(has_rule(review("test/list.py", "# " + text), "trojan-source-control"));
}

TEST(TrojanSource, ReportsADumpOfATerminalOnce) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += "\x1B[31mred\x1B[0m\n";
  EXPECT_EQ(rules_in(review("dump.txt", text)).size(), 1U);
}

TEST(TrojanSource, ShowsCharactersEscaped) {
  const auto file = review("a.py", "x = \"a\u202Eb\"\n");
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_NE(file.findings[0].message.find("<U+202E>"), std::string::npos);
  EXPECT_EQ(file.findings[0].message.find("\u202E"), std::string::npos);
}

TEST(TrojanSource, LeavesHonestTextAlone) {
  const std::vector<std::pair<std::string, std::string>> files{
      {"a.py",
       "name = \"\u05E9\u05DC\u05D5\u05DD\u200F (C++)\u200E\"  # \u0645\u0631\u062D\u0628\u0627\n"},
      {"a.py", "\u0394t = 1\n\u03BB_max = \u03B82\nd\u03BD = 3\n"},
      {"a.py",
       "\u0438\u043C\u044F = "
       "1\nget\u041F\u043E\u043B\u044C\u0437\u043E\u0432\u0430\u0442\u0435\u043B\u044F = 2\n"},
      {"a.js", "const family = \"\U0001F468\u200D\U0001F469\u200D\U0001F467\"; // \u200B\n"},
      {"a.js", "const t = `a\u200Bb ${x} c\u00ADd`;\n"},
      {"a.js", "// \u0440assword in mixed letters, in words\nconst s = \"p\u0430ss\";\n"},
      {"a.swift",
       "let flag = \"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F\"\n"},
      {"fa.json",
       "{\"a\": \"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645\", \"b\": "
       "\"\u2068{name}\u2069\"}\n"},
      {"he.po", "msgid \"a\"\nmsgstr \"\u202B\u05E9\u05DC\u05D5\u05DD\"\n"},
      {"readme.txt", "zero\u200Bwidth, so\u00ADft, \uFEFF and \u0085\n"},
      {"src/locales/ar.ts",
       "export default { a: \"\u202B\u0645\u0631\u062D\u0628\u0627\u202C\" };\n"},
      {"bom.py", "\uFEFFx = 1\n"},
      {"page.c", "int a;\n\f\nint b;\n"},
      {"latin1.c", "/* caf\xE9 */\nint a;\n"},
      {"heart.md", "\u2764\uFE0F \U0001F1E9\U0001F1EA \u845B\U000E0100\n"},
  };
  for (const auto& [path, text] : files) {
    const auto file = review(path, text);
    EXPECT_TRUE(rules_in(file).empty())
        << path << ": " << visible(text) << "\n-> " << file.findings[0].message;
  }
}

TEST(TrojanSource, RaisesNoAlarmOnAMillionLinesOfTranslations) {
  const std::vector<std::string> lines{
      "msgstr \"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 %s\u200F\"\n",
      "msgstr \"\u05E9\u05DC\u05D5\u05DD \u200Eversion 2\u200E\"\n",
      "msgstr \"\u0915\u094D\u200D\u0937 \u0939\u093F\u0928\u094D\u0926\u0940\"\n",
      "msgstr \"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F "
      "\U0001F469\u200D\U0001F680\"\n",
      "msgstr \"Donau\u00ADdampf\u00ADschiff\u200B-Kapit\u00E4n\"\n",
      "msgstr \"\u2068{$count}\u2069 \u043F\u0438\u0441\u0435\u043C\"\n",
      "msgstr \"\u845B\U000E0100\u98FE\u533A \uFF21\uFF22\uFF23\"\n",
      "msgstr \"\u202B\u0627\u0644\u0639\u0631\u0628\u064A\u0629\u202C (OK)\"\n",
      "msgid \"plain words in English\"\n",
      "\n",
  };
  std::string text;
  for (int i = 0; i < 100000; ++i)
    for (const auto& line : lines)
      text += line;
  EXPECT_TRUE(rules_in(review("all.po", text)).empty());
}

TEST(TrojanSource, IsLinearOnHostileText) {
  std::string code;
  while (code.size() < 900000)
    code += "a\u200Bb=1;";
  EXPECT_FALSE(rules_in(review("a.js", code)).empty());
  std::string words;
  while (words.size() < 900000)
    words += "\U0001F3F4\U000E0067";
  EXPECT_FALSE(rules_in(review("a.txt", words)).empty());
}

TEST(TrojanCharacters, FindsTheFirstUnusualByteWhereverItStands) {
  for (std::size_t size = 1; size < 40; ++size)
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, 'a');
      text[size / 2] = '\n';
      text[at] = '\x1B';
      EXPECT_EQ(trojan::find_unusual(text, 0), at);
      text[at] = '\xE2';
      EXPECT_EQ(trojan::find_unusual(text, 0), at);
      text[at] = '\x7F';
      EXPECT_EQ(trojan::find_unusual(text, 0), at);
      text[at] = '\t';
      EXPECT_EQ(trojan::find_unusual(text, 0), size);
    }
}

}  // namespace
}  // namespace peer
