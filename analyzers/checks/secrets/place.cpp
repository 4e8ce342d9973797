#include "analyzers/checks/secrets/place.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace peer::secrets {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return ends_with(text, end); });
}

/// A folder or a word of a file name that means: nothing here is real.
bool is_pretence(std::string_view word) {
  static constexpr std::array<std::string_view, 34> kWords{
      "test",       "tests",     "testing",   "testdata", "spec",     "specs",     "fixture",
      "fixtures",   "mock",      "mocks",     "mocked",   "example",  "examples",  "sample",
      "samples",    "doc",       "docs",      "demo",     "demos",    "e2e",       "cypress",
      "stories",    "snapshots", "dist",      "template", "tutorial", "tutorials", "benchmark",
      "benchmarks", "fuzz",      "cassettes", "golden",   "goldens",  "i18n"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_pretence_path(const std::string& lower) {
  std::size_t begin = 0;
  while (begin <= lower.size()) {
    const auto end = std::min(lower.find_first_of("/._- ", begin), lower.size());
    if (is_pretence(std::string_view(lower).substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

/// "PaymentServiceTest.java", "LoginSpec.scala", "testUtils.ts": the word is part of a longer one.
bool is_test_name(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto stem = name.substr(0, name.rfind('.'));
  return ends_with_any(stem, {"Test", "Tests", "Spec", "IT"}) ||
         stem.find("Test") != std::string_view::npos || stem.substr(0, 4) == "test";
}

/// Files made of hashes, translations or prose.
bool is_noise(const std::string& lower) {
  return ends_with_any(lower, {".lock",      "-lock.json",
                               "-lock.yaml", ".sum",
                               ".svg",       ".map",
                               ".min.js",    ".min.css",
                               ".po",        ".pot",
                               ".xliff",     ".xlf",
                               ".arb",       ".strings",

                               ".snap",      "npm-shrinkwrap.json",
                               ".resx",      ".sha256",
                               ".sha512",    ".md5",
                               "sha256sums"});
}

}  // namespace

Place place_of(std::string_view path) {
  if (path.empty()) return {.bare_values = true};
  const auto lower = to_lower(path);
  Place place;
  place.pretence = is_pretence_path(lower) || is_test_name(path);
  place.guess = !place.pretence && !is_noise(lower);
  const auto name = std::string_view(lower).substr(lower.rfind('/') + 1);
  place.bare_values =
      name.find(".env") != std::string_view::npos || name == "dockerfile" ||
      ends_with_any(name, {".properties", ".ini", ".cfg", ".conf", ".cnf", ".yml", ".yaml", ".sh",
                           ".bash", ".envrc", "npmrc", ".pypirc", ".netrc", ".toml", ".tfvars",
                           "credentials", ".config", ".xml"});
  return place;
}

}  // namespace peer::secrets
