#include "analyzers/test_code.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "base/text.hpp"

namespace peer {
namespace {

/// What code says that a test framework runs, in any of the languages.
constexpr std::array<std::string_view, 44> kMarks{
    // Python
    "import pytest", "from pytest", "import unittest", "from unittest",
    // Java, Kotlin
    "org.junit", "org.testng", "kotlin.test", "io.kotest", "@Test",
    // JavaScript, TypeScript
    "describe('", "describe(\"", "describe(`", "it('", "it(\"", "it(`", "test('", "test(\"",
    "test(`", "t.test(", "node:test", "require('tap')", "require(\"tap\")", "from 'tap'", "vitest",
    "@jest/globals", "QUnit",
    // PHP, Ruby
    "PHPUnit\\", "minitest", "Minitest", "Test::Unit", "RSpec.",
    // C#, Rust
    "using Xunit", "[Fact]", "[Fact(", "[Theory]", "[TestMethod]", "NUnit.Framework", "#[test]",
    // C, C++
    "TEST(", "TEST_F(", "TEST_CASE(", "BOOST_AUTO_TEST_CASE", "START_TEST", "gtest/gtest.h"};

/// `mark` stands there as a word of its own: `it("adds")`, not `split("a")` nor
/// `pattern.test("a")`.
bool says(std::string_view text, std::string_view mark) {
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const auto before = at == 0 ? ' ' : text[at - 1];
    const bool is_inside = before == '_' || before == '.' || before == '$' ||
                           std::isalnum(static_cast<unsigned char>(before)) != 0;
    if (!is_inside) return true;
  }
  return false;
}

/// `class Logins extends DatabaseTestCase`, whatever the language writes between the two.
bool derives_from_test_case(std::string_view text) {
  for (auto at = text.find("TestCase"); at != std::string_view::npos;
       at = text.find("TestCase", at)) {
    const auto line = text.substr(0, at).rfind('\n') + 1;
    if (text.substr(line, at - line).find("class ") != std::string_view::npos) return true;
    at = std::min(text.find('\n', at), text.size());  // the first of a line tells
  }
  return false;
}

struct Word {
  std::string_view begin;
  bool whole;  // "spec", not "special"
};
constexpr std::array<Word, 11> kWords{{{"test", false},
                                       {"unittest", false},
                                       {"regress", false},
                                       {"spec", true},
                                       {"fixture", false},
                                       {"mock", false},
                                       {"generated", false},
                                       {"vendor", false},
                                       {"third_party", false},
                                       {"example", false},
                                       {"bench", false}}};
/// Of those the ones of tests.
constexpr auto kTestWords = std::span(kWords).first<6>();

/// One of `words` begins in the path where a name or a hump of it does.
bool holds_word(std::string_view path, std::span<const Word> words) {
  const auto lower = to_lower(path);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (const auto& [begin, whole] : words) {
    for (auto at = lower.find(begin); at != std::string::npos; at = lower.find(begin, at + 1)) {
      const bool hump = at > 0 && path[at] != lower[at] && path[at - 1] == lower[at - 1];
      if (at > 0 && is_letter(lower[at - 1]) && !hump) continue;  // "latest"
      auto end = at + begin.size();
      if (end < lower.size() && lower[end] == 's') ++end;
      if (!whole || end >= lower.size() || !is_letter(lower[end]) || path[end] != lower[end])
        return true;
    }
  }
  return false;
}

}  // namespace

bool is_test_path(std::string_view path) { return holds_word(path, kWords); }

bool is_test_code(std::string_view path, std::string_view text) {
  if (path.ends_with("_test.go") || path.substr(path.rfind('/') + 1) == "conftest.py") return true;
  if (!holds_word(path, kTestWords)) return false;
  // the runners of Python and Ruby collect functions from files of such names alone
  if (holds_word(path.substr(path.rfind('/') + 1), kTestWords) && says(text, "def test_"))
    return true;
  return derives_from_test_case(text) ||
         std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return says(text, mark); });
}

}  // namespace peer
