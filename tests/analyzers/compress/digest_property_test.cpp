// What holds for every digest: it fits, nothing of the change is missing, and its map is right.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/compress/digest.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using Random = std::mt19937;

std::string word(Random& random) {
  static const std::vector<std::string> kWords{"basket", "total", "price", "item",
                                               "load",   "store", "walk",  "Order",
                                               "Cart",   "MAX",   "limit", "größe"};
  return kWords[random() % kWords.size()] + std::to_string(random() % 30);
}

std::string statement(Random& random, const std::string& indent, bool python) {
  const std::string end = python ? "\n" : ";\n";
  switch (random() % 4) {
    case 0:
      return indent + word(random) + " = " + word(random) + "(" + word(random) + ", 12)" + end;
    case 1:
      return indent + "return " + word(random) + end;
    case 2:
      return "\n";
    default:
      return indent + word(random) + "(\"some text, 'quoted'\", " + word(random) + ")" + end;
  }
}

std::string python(Random& random, int functions) {
  std::string text =
      "import os\nfrom shop import " + word(random) + "\n\n" + word(random) + " = 1\n\n";
  for (int i = 0; i < functions; ++i) {
    const bool method = random() % 2 == 0;
    if (method) text += "class " + word(random) + "(Base):\n    size = 3\n";
    const std::string indent = method ? "    " : "";
    text += indent + "def " + word(random) + "(self, " + word(random) + "=1):\n";
    for (auto n = random() % 12 + 1; n > 0; --n)
      text += statement(random, indent + "    ", true);
    text += indent + "    pass\n\n";
  }
  return text;
}

std::string braces(Random& random, int functions, bool cpp) {
  std::string text =
      cpp ? "#include <string>\n\nstatic const int " + word(random) + " = 3;\n\n"
          : "import { " + word(random) + " } from 'shop';\nconst " + word(random) + " = 3;\n\n";
  for (int i = 0; i < functions; ++i) {
    const bool method = random() % 2 == 0;
    if (method) text += "class " + word(random) + " {\n";
    const std::string indent = method ? "  " : "";
    text += indent +
            (cpp      ? "int "
             : method ? ""
                      : "function ") +
            word(random) + "(" + (cpp ? "int " : "") + word(random) + ") {\n";
    for (auto n = random() % 12 + 1; n > 0; --n)
      text += statement(random, indent + "  ", false);
    text += indent + "}\n" + (method ? cpp ? "};\n\n" : "}\n\n" : "\n");
  }
  return text;
}

std::string prose(Random& random, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i)
    text += std::string(random() % 5, ' ') + word(random) + ": " + word(random) + " and the rest\n";
  return text;
}

/// A file of some kind; every third is broken.
std::pair<std::string, std::string> any_file(Random& random) {
  const int size = static_cast<int>(random() % 60) + 1;
  std::pair<std::string, std::string> file;
  switch (random() % 5) {
    case 0:
      file = {"a.py", python(random, size)};
      break;
    case 1:
      file = {"a.cpp", braces(random, size, true)};
      break;
    case 2:
      file = {"a.js", braces(random, size, false)};
      break;
    case 3:
      file = {"a.zig", braces(random, size, false)};
      break;
    default:
      file = {"a.conf", prose(random, size * 4)};
  }
  if (random() % 3 != 0) return file;
  for (int i = 0; i < 20 && !file.second.empty(); ++i)
    file.second.erase(random() % file.second.size(), random() % 3);
  return file;
}

std::vector<LineRange> any_change(Random& random, std::uint32_t lines) {
  std::vector<LineRange> changed;
  for (auto ranges = random() % 4; ranges > 0; --ranges)
    changed.push_back({static_cast<std::uint32_t>(random() % (lines + 3)) + 1,
                       static_cast<std::uint32_t>(random() % (random() % 5 == 0 ? 200 : 8))});
  return changed;
}

DigestRequest any_request(Random& random, const SourceFile& file) {
  static const std::vector<TokenMeter> kMeters{{},
                                               {Vocabulary::cl100k_base, 1.0},
                                               {Vocabulary::o200k_base, 1.35},
                                               {Vocabulary::o200k_base, 1.75}};
  DigestRequest request;
  request.changed = any_change(random, file.lines().line_count());
  if (random() % 2 == 0) request.level = static_cast<DigestLevel>(random() % 4);
  if (random() % 8 != 0)
    request.budget = random() % 3 == 0 ? kLeastBudget + random() % 300 : 2048 + random() % 2048;
  request.meter = kMeters[random() % kMeters.size()];
  if (random() % 4 == 0) request.ranking = {word(random), "not there", word(random)};
  return request;
}

/// The lines of a digest between LFs, as line_map counts them.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

void expect_it_fits(const std::vector<Digest>& digests, const DigestRequest& request) {
  ASSERT_FALSE(digests.empty());
  for (const auto& digest : digests) {
    EXPECT_EQ(digest.tokens_after, request.meter.count(digest.text));
    EXPECT_EQ(digest.parts, digests.size());
    if (request.budget != 0) {
      EXPECT_LE(digest.tokens_after, request.budget);
    }
    if (request.level && digests.size() == 1) {
      EXPECT_GE(digest.level, *request.level);
    }
  }
}

void expect_the_change_is_there(const std::vector<Digest>& digests, const DigestRequest& request,
                                const SourceFile& file) {
  std::map<std::uint32_t, std::string>
      shown;  // what the digests show of each line, one after the other
  for (const auto& digest : digests) {
    const auto lines = lines_of(digest.text);
    for (std::size_t i = 0; i < lines.size() && i < digest.line_map.size(); ++i)
      shown[digest.line_map[i]] += lines[i];
  }
  for (const auto& range : request.changed)
    for (auto line = range.first; line < range.end() && line <= file.lines().line_count(); ++line) {
      const auto text = std::string(trim(file.text(file.lines().line_span(line))));
      EXPECT_NE(shown[line].find(text), std::string::npos)
          << "line " << line << ": " << text.substr(0, 200);
    }
}

void expect_the_map_is_right(const std::vector<Digest>& digests, const SourceFile& file) {
  for (const auto& digest : digests) {
    const auto lines = lines_of(digest.text);
    ASSERT_EQ(lines.size(), digest.line_map.size());
    EXPECT_TRUE(std::is_sorted(digest.line_map.begin(), digest.line_map.end()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto line = file.text(file.lines().line_span(digest.line_map[i]));
      const auto first = lines[i].substr(0, lines[i].find(" ..."));
      const auto trimmed = trim(first);
      const auto blank = trimmed.find(' ');
      const bool is_name = digest.level == DigestLevel::symbols &&
                           blank != std::string_view::npos &&
                           line.find(trimmed.substr(blank + 1)) != std::string_view::npos;
      EXPECT_TRUE(is_name || line.find(trimmed) != std::string_view::npos)
          << "line " << digest.line_map[i] << " is not: " << lines[i].substr(0, 200);
    }
  }
}

void expect_all(const SourceFile& file, const DigestRequest& request) {
  const auto digests = digests_of(file, request);
  expect_it_fits(digests, request);
  expect_the_change_is_there(digests, request, file);
  expect_the_map_is_right(digests, file);
}

TEST(DigestProperty, FitsShowsTheChangeAndKnowsItsLines) {
  Random random(41);
  for (int i = 0; i < 1500 && !::testing::Test::HasFailure(); ++i) {
    const auto [path, text] = any_file(random);
    const auto file = parse(path, text);
    const auto request = any_request(random, file);
    SCOPED_TRACE(path + ", round " + std::to_string(i) + ", budget " +
                 std::to_string(request.budget));
    expect_all(file, request);
  }
}

TEST(DigestProperty, HoldsForHostileText) {
  const auto repeat = [](const std::string& part, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += part;
    return text;
  };
  const std::vector<std::pair<std::string, std::string>> files{
      {"line.js", "var a = '" + repeat("x", 1'000'000) + "';"},
      {"min.js", repeat("function f(a){return a+1}var b=f(2);", 12'000)},
      {"deep.js", repeat("(", 100'000)},
      {"nest.js", repeat("function f(){", 20'000)},
      {"deep.py", repeat("[", 100'000)},
      {"brackets.txt", repeat("{", 100'000)},
      {"staircase.zig",
       [&] {
         std::string text;
         for (int i = 0; i < 1200; ++i)
           text += std::string(static_cast<std::size_t>(i), ' ') + "fn a() {\n";
         return text;
       }()},
      {"newlines.py", repeat("\n", 300'000)},
      {"words.cpp", repeat("int a(); ", 60'000)},
      {"bytes.c", repeat("\xff\xfe\x80 int f() { return \xff; }\n", 8'000)},
      {"empty.py", ""},
      {"cr.py", repeat("def a():\r    pass\r", 500)},
      {"crlf.py", repeat("def a():\r\n    pass\r\n", 500)}};
  for (const auto& [path, text] : files) {
    SCOPED_TRACE(path);
    const auto began = std::clock();
    const auto file = parse(path, text);
    for (const bool changed : {false, true}) {
      DigestRequest request;
      request.budget = 2048;
      if (changed) request.changed = {{1, 50}, {400, 0}};
      expect_all(file, request);
    }
    EXPECT_LT(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC, 12.0);
  }
}

TEST(DigestProperty, KeysDifferWhereDigestsMay) {
  DigestRequest request;
  const auto key = digest_key("blob", "a.py", request);
  EXPECT_EQ(digest_key("blob", "a.py", request), key);
  EXPECT_NE(digest_key("other", "a.py", request), key);
  EXPECT_NE(digest_key("blob", "a.js", request), key);
  auto other = request;
  other.budget = 4096;
  EXPECT_NE(digest_key("blob", "a.py", other), key);
  other = request;
  other.changed = {{1, 2}};
  EXPECT_NE(digest_key("blob", "a.py", other), key);
  other = request;
  other.level = DigestLevel::symbols;
  EXPECT_NE(digest_key("blob", "a.py", other), key);
  other = request;
  other.meter = meter_of("claude-3-haiku");
  EXPECT_NE(digest_key("blob", "a.py", other), key);
}

}  // namespace
}  // namespace peer
