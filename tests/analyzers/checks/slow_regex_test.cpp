// Expressions that take exponential time are found, where they are used as expressions, and no
// others. What the check says is held against an engine that counts what it tries.
#include <fmt/format.h>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/slow_regex/ambiguity.hpp"
#include "analyzers/examine.hpp"

namespace peer {
namespace {

using slow_regex::Part;

constexpr std::size_t kEnough = 3'000'000;

std::optional<slow_regex::SlowText> slow_text(std::string_view expression, bool to_the_end = false,
                                              slow_regex::Flags flags = {}) {
  const auto parsed = slow_regex::parse(expression, flags);
  if (!parsed) return std::nullopt;
  const auto automaton = slow_regex::automaton_of(*parsed, to_the_end);
  if (!automaton) return std::nullopt;
  std::size_t steps = kEnough;
  return slow_regex::text_with_many_ways(*automaton, steps);
}

TEST(SlowRegex, FindsWhatCanBeReadInTwoWays) {
  for (const char* expression : {
           R"(^(a+)+$)",
           R"(^(\w+\s?)*$)",
           R"(^(a|aa)+$)",
           R"(([0-9]+,?)+$)",
           R"((?:a*)*b)",
           R"((\s*,\s*)*x)",
           R"((.*)+;)",
           R"((x+x+)+y)",
           R"(^(?=.*[a-z])(\w+)+$)",
           R"((\w|\d)+\s)",
           R"((?i)(a|A)+x)",
           R"(<(\w+)([^>]*)*>)",
           R"(([^'"]+|'[^']*')*;)",
           R"((\p{L}+\s*)+!)",
           R"((?<word>\w+\d*)*;)",
           R"(^(.*,){11}P)",
           R"(^([a-z]{2,30}\.?)+$)",
           R"((?x) ^ ( \w+  # words
               \s* )+ $)",
           R"(^(([a-z])+.)+[A-Z]([a-z])+$)",
           R"((a|[ab])*c)",
           R"((\x61|a)*c)",
           R"(^((\w+)\s?)*\1$)",
           R"((\Qa\E|a)+b)",
           R"(([[:alpha:]]|x)+1)",
           R"((é+)+x)",
       })
    EXPECT_TRUE(slow_text(expression)) << expression;
}

TEST(SlowRegex, LeavesAloneWhatIsReadInOneWay) {
  for (const char* expression : {
           R"(^(a|b)+$)",
           R"([0-9]+(,[0-9]+)*$)",
           R"(^[a-z0-9]+(-[a-z0-9]+)*$)",
           R"("(?:[^"\\]|\\.)*")",
           R"((a?)*b)",
           R"((?>a+)+b)",
           R"((a++)+b)",
           R"((a|A)+x)",
           R"(^(\d{1,3}\.){3}\d{1,3}$)",
           R"(^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$)",
           R"((?:\/\*(?:[^*]|\*(?!\/))*\*\/))",
           R"(^\s+|\s+$)",
           R"(^[\w\-\.]+@([\w-]+\.)+[\w-]{2,4}$)",
           R"((\([^()]*\)|[^()])*x)",
           R"((foo|bar)*baz)",
           R"((?:\w{2}:){5}\w{2}$)",
           R"((a|b|[c-f])+;)",
       })
    EXPECT_FALSE(slow_text(expression)) << expression;
}

TEST(SlowRegex, NothingIsTriedAgainWhereTheExpressionMayEnd) {
  EXPECT_FALSE(slow_text("(a+)+"));
  EXPECT_FALSE(slow_text("(a+)+b?"));
  EXPECT_FALSE(slow_text("^(a+)+.*$"));
  EXPECT_TRUE(slow_text("(a+)+", true)) << "all of the text must match";
  EXPECT_TRUE(slow_text("(x(a|a)*y)*")) << "within a round it may not end";
}

TEST(SlowRegex, SaysWhatMakesItSlow) {
  EXPECT_EQ(slow_text(R"(^(\w+\s?)*$)")->repeated, "a");
  EXPECT_EQ(slow_text(R"(^(a|aa)+$)")->repeated, "aaa");
  EXPECT_EQ(slow_text(R"((\s*,\s*)*x)")->repeated, "  ,");
  const auto number = slow_text(R"(^no\. (\d+-?)+;$)");
  EXPECT_EQ(number->before, "no. 0");
  EXPECT_EQ(number->repeated, "0");
}

TEST(SlowRegex, MalformedExpressionsAreNoExpressions) {
  for (const char* expression : {"(", ")", "a{3,1}", "[a-", "*a", "(?<a", "(?P", "\\", "[\\",
                                 "[z-a]", "\\x{110000}", "(?(1)a|b)", "(?R)", "[[:alpha"})
    EXPECT_FALSE(slow_regex::parse(expression, {})) << expression;
  EXPECT_FALSE(slow_regex::parse(std::string(200, '(') + std::string(200, ')'), {})) << "too deep";
}

TEST(SlowRegex, LargeExpressionsAreGivenUp) {
  EXPECT_FALSE(slow_text("((((a{9}){9}){9}){9}){9}$")) << "too many states";
  std::string wide = "(";
  for (int i = 0; i < 190; ++i)
    wide += ".?";
  const auto automaton = slow_regex::automaton_of(*slow_regex::parse(wide + ")*x", {}), false);
  ASSERT_TRUE(automaton);
  std::size_t steps = 1000;
  EXPECT_FALSE(slow_regex::text_with_many_ways(*automaton, steps));
}

/// A matcher that backtracks, as engines do, and counts what it tries.
class Counter {
 public:
  /// How often it looks at a part before it knows whether `expression` matches all of `text`;
  /// `most` where that is not enough.
  static std::size_t tries(const Part& expression, std::string_view text, std::size_t most) {
    Counter counter(text, most);
    counter.match(expression, 0, [&](std::size_t at) { return at == text.size(); });
    return counter.tried_;
  }

 private:
  using Then = std::function<bool(std::size_t)>;
  Counter(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  bool match(const Part& part, std::size_t at, const Then& then) {
    if (++tried_ >= most_) return true;
    switch (part.kind) {
      case Part::Kind::chars:
        return at < text_.size() &&
               part.chars.common(slow_regex::CharSet(static_cast<char32_t>(text_[at]))) &&
               then(at + 1);
      case Part::Kind::choice:
        return std::any_of(part.parts.begin(), part.parts.end(),
                           [&](const Part& one) { return match(one, at, then); });
      case Part::Kind::repeat:
        return repeat(part, 0, at, then);
      case Part::Kind::sequence:
        break;
    }
    return sequence(part, 0, at, then);
  }
  bool sequence(const Part& part, std::size_t i, std::size_t at, const Then& then) {
    return i == part.parts.size() ? then(at) : match(part.parts[i], at, [&, i](std::size_t next) {
      return sequence(part, i + 1, next, then);
    });
  }
  bool repeat(const Part& part, std::uint32_t turn, std::size_t at, const Then& then) {
    const auto again = [&, turn](std::size_t next) {
      return (next != at || turn < part.least) && repeat(part, turn + 1, next, then);
    };
    if (turn < part.most && match(part.parts.front(), at, again)) return true;
    return turn >= part.least && then(at);
  }

  std::string_view text_;
  std::size_t most_;
  std::size_t tried_ = 0;
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

/// Two more of it take `growth` times as long, and two more again.
bool grows(const Part& expression, const std::string& before, const std::string& text, int times,
           double growth) {
  constexpr std::size_t kMost = 300'000;
  std::size_t last = 0;
  for (const int end = times + 4; times <= end; times += 2) {
    const std::size_t tries =
        Counter::tries(expression, before + repeated(text, times) + "!", kMost);
    if (tries >= kMost) return true;
    if (last != 0 && static_cast<double>(tries) < growth * static_cast<double>(last)) return false;
    last = tries;
  }
  return true;
}

/// A small expression over the letters a and b.
std::string random_expression(std::mt19937& random, int depth) {
  const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::string out;
  for (unsigned i = 0, parts = 1 + pick(2); i < parts; ++i) {
    constexpr const char* kTimes[] = {"", "", "*", "+", "?", "{2}", "{1,2}"};
    const bool is_group = depth > 0 && pick(2) == 0;
    if (is_group) {
      out += "(" + random_expression(random, depth - 1);
      if (pick(3) == 0) out += "|" + random_expression(random, depth - 1);
      out += ")";
    } else {
      constexpr const char* kAtoms[] = {"a", "b", "[ab]", "a"};
      out += kAtoms[pick(4)];
    }
    out += kTimes[pick(is_group ? 5 : 7)];
  }
  return out;
}

TEST(SlowRegex, AgreesWithAnEngineThatCounts) {
  std::mt19937 random(7);  // NOLINT: the same expressions each time
  const std::vector<std::string> before{"", "a", "b", "ab", "ba", "aab", "bba"};
  const std::vector<std::string> texts{"a", "b", "aa", "bb", "ab", "aab", "abb"};
  // With what n texts more cost: 2^n ways at the least if it is slow; hardly ever more than n^4 if
  // it is not.
  constexpr int kMany = 12, kFew = 8;
  constexpr double kSlow = 2, kFast = 3.3;
  int slow = 0;
  for (int i = 0; i < 400; ++i) {
    const std::string expression = random_expression(random, 2);
    const auto parsed = slow_regex::parse(expression, {});
    ASSERT_TRUE(parsed) << expression;
    if (const auto said = slow_text(expression, true)) {
      ++slow;
      EXPECT_TRUE(grows(*parsed, said->before, said->repeated, kMany, kSlow))
          << expression << " with " << said->repeated << " behind " << said->before;
      continue;
    }
    for (const auto& front : before)
      for (const auto& text : texts)
        EXPECT_FALSE(grows(*parsed, front, text, kFew, kFast))
            << expression << " with " << text << " behind " << front;
  }
  EXPECT_GT(slow, 40) << "too few for the test to say much";
}

std::vector<std::string> found(const std::string& path, const std::string& code) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = code;
  job.whole_file = true;
  std::vector<std::string> out;
  for (const auto& finding : examine(job, {}).findings)
    if (finding.rule == "slow-regex")
      out.push_back(fmt::format("{} {:.2f}", finding.at.start.line, finding.confidence));
  return out;
}

using Lines = std::vector<std::string>;

TEST(SlowRegex, IsToldWhereATextBecomesAnExpression) {
  EXPECT_EQ(
      found("a.py",
            "import re\nWORD = r'^(\\w+)+$'\n\ndef f(text):\n    return re.match(WORD, text)\n"),
      Lines{"5 0.80"});
  EXPECT_EQ(found("a.py", "EMAIL_RE = '^(a+)+@'\n"), Lines{"1 0.65"});
  EXPECT_EQ(found("a.py", "HELP = 'use (a+)+ to repeat$'\nprint('(a+)+$')\n"), Lines{});
  EXPECT_EQ(
      found(
          "a.ts",
          "const word = '^(a+)+$';\nexport const is = (s: string) => new RegExp(word).test(s);\n"),
      Lines{"2 0.80"});
  EXPECT_EQ(found("A.java", "class A {\n  @Pattern(regexp = \"([a-z]+)*\")\n  String name;\n}\n"),
            Lines{"2 0.80"});
  EXPECT_EQ(
      found("a.kt",
            "val word = \"^(\\\\w+)+$\".toRegex()\nval more = \"\"\"^(\\d+)+$\"\"\".toRegex()\n"),
      (Lines{"1 0.80", "2 0.80"}));
  EXPECT_EQ(found("a.cs", "class A { static readonly Regex R = new(@\"^(\\w+)+$\"); }\n"),
            Lines{"1 0.80"});
  EXPECT_EQ(found("a.rb",
                  "WORD = /\\A(\\w+)+\\z/\nMORE = Regexp.new('^(\\d+)+$')\nLESS = "
                  "Regexp.new('^(a+)+$', timeout: 1)\n"),
            (Lines{"1 0.80", "2 0.80"}));
  EXPECT_EQ(found("a.cpp", "#include <regex>\nstatic const std::regex word(R\"((\\w+)+;)\");\n"),
            Lines{"2 0.80"});
  EXPECT_EQ(
      found("a.php", "<?php\npreg_match('#^(a+)+$#i', $x);\npreg_match(\"~^(\\\\w+)+$~\", $x);\n"),
      (Lines{"2 0.80", "3 0.80"}));
  EXPECT_EQ(found("a.rs", "use fancy_regex::Regex;\nfn f() { Regex::new(r\"^(a+)+$\"); }\n"),
            Lines{"2 0.80"});
}

TEST(SlowRegex, SaysWhereTheExpressionStands) {
  FileJob job;
  job.file.path = job.file.old_path = "a.py";
  job.after = "import re\nWORD = r'^(\\w+)+$'\n\ndef f(text):\n    return re.match(WORD, text)\n";
  job.whole_file = true;
  const auto findings = examine(job, {}).findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "`^(\\w+)+$` takes twice as long for each `a` more in a text that does not match");
  ASSERT_EQ(findings[0].related.size(), 1U);
  EXPECT_EQ(findings[0].related[0].at.start.line, 2U);
}

TEST(SlowRegex, EnginesThatDoNotBacktrackAreNotSlow) {
  EXPECT_EQ(found("a.rs", "use regex::Regex;\nfn f() { Regex::new(r\"^(a+)+$\"); }\n"), Lines{});
  EXPECT_EQ(found("a.go", "package a\n\nvar word = regexp.MustCompile(`^(a+)+$`)\n"), Lines{});
  EXPECT_EQ(found("a.cs",
                  "class A { Regex R = new Regex(\"^(a+)+$\", RegexOptions.NonBacktracking); }\n"),
            Lines{});
}

TEST(SlowRegex, ShortTextsAreHardlySlow) {
  EXPECT_EQ(found("a.py",
                  "import re\n\ndef f(code):\n    if len(code) > 12:\n        return False\n    "
                  "return re.match('^(a+)+$', code)\n"),
            Lines{"6 0.40"});
}

TEST(SlowRegex, TextsOfManyPartsAreOne) {
  EXPECT_EQ(found("a.java",
                  "class A {\n  static final Pattern P = Pattern.compile(\n      \"^(\"\n      + "
                  "\"a+\"\n      + \")+$\");\n}\n"),
            Lines{"3 0.80"});
  EXPECT_EQ(
      found("a.py",
            "import re\n\ndef f(word, gap):\n    return re.compile('^(' + "
            "str(re.compile('(a|a)*b')) + word + gap + '?)+$'), re.compile(f'^({word}+)+$')\n"),
      (Lines{"4 0.80", "4 0.80"}))
      << "what is put in stands for itself";
}

TEST(SlowRegex, HostileFilesEnd) {
  std::string many = "import re\n";
  for (int i = 0; i < 2000; ++i)
    many += "re.compile(r'^(" + std::string(150, '.') + "?)*(a?b?c?d?e?f?g?h?)*x$')\n";
  (void)found("many.py", many);
  (void)found("deep.js", std::string(20'000, '(') + "a" + repeated(")*b", 20'000));
  (void)found("names.py", "import re\n" + repeated("A = '(a+)+$'\nB(A)\n", 3000));
}

}  // namespace
}  // namespace peer
