// docs/errors.md names every code, once, with the files that make it: a code that is used somewhere
// new, or anew, is seen.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace peer {
namespace {

namespace fs = std::filesystem;
using FilesByCode = std::map<std::string, std::set<std::string>>;

const fs::path kRoot = PEER_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> all_matches(const std::string& text, const std::regex& pattern,
                                  std::size_t group) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
    found.insert((*at)[group]);
  return found;
}

/// The codes in the sources, comments left out, with the files that hold them.
FilesByCode codes_in_sources() {
  static const std::regex kCode("PEER-E[0-9]+");
  FilesByCode codes;
  for (const auto* folder : {"base", "cache", "analyzers", "memory", "llm", "reporters", "bot"}) {
    if (!fs::exists(kRoot / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      std::istringstream lines(text_of(entry.path()));
      for (std::string line; std::getline(lines, line);)
        for (const auto& code : all_matches(line.substr(0, line.find("//")), kCode, 0))
          codes[code].insert(fs::relative(entry.path(), kRoot).generic_string());
    }
  }
  return codes;
}

/// The rows of the table; a code with two rows is told of.
FilesByCode codes_in_table() {
  static const std::regex kFile("`([a-z_/]+\\.[ch]pp)`");
  FilesByCode codes;
  std::istringstream lines(text_of(kRoot / "docs/errors.md"));
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("| PEER-E", 0) != 0) continue;
    const auto code = line.substr(2, line.find(' ', 2) - 2);
    EXPECT_EQ(codes.count(code), 0U) << code << " has two rows";
    codes[code] = all_matches(line, kFile, 1);
  }
  return codes;
}

TEST(ErrorCodes, AreAllInTheTableWithTheFilesThatMakeThem) {
  const auto sources = codes_in_sources(), table = codes_in_table();
  ASSERT_GT(sources.size(), 20U);
  for (const auto& [code, files] : sources) {
    ASSERT_EQ(table.count(code), 1U)
        << code << " of " << *files.begin() << " is not in docs/errors.md";
    EXPECT_EQ(table.at(code), files)
        << code << ": does it mean in all of them what docs/errors.md says?";
  }
  for (const auto& [code, files] : table)
    EXPECT_EQ(sources.count(code), 1U) << code << " is in docs/errors.md and nowhere else";
}

TEST(ErrorCodes, AreNamedInDocumentsAsInTheTable) {
  static const std::regex kCode("PEER-E[0-9]+");
  const auto table = codes_in_table();
  std::set<std::string> named = all_matches(text_of(kRoot / "README.md"), kCode, 0);
  for (const auto& entry : fs::directory_iterator(kRoot / "docs")) {
    if (entry.path().extension() == ".md")
      named.merge(all_matches(text_of(entry.path()), kCode, 0));
  }
  for (const auto& code : named)
    EXPECT_EQ(table.count(code), 1U) << code;
}

}  // namespace
}  // namespace peer
