// Holds the outline against Universal Ctags on real code of eleven languages: at least 98 % of what
// ctags calls a function, a method or a type must be in the outline, by name and line. The code
// comes from packages that ci/setup installs; where it is missing the test fails.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 150;
constexpr std::size_t kMostBytes = 3'000'000;
constexpr std::size_t kLargestFile = 200'000;
constexpr double kLeastShare = 0.98;

const std::string kTools = PEER_SOURCE_DIR "/tests/tools/node_modules/";
const std::string kGrammars = PEER_NODE_MODULES "/";

struct Subject {
  std::string language;
  std::string ctags_name;
  std::vector<std::string> roots;  // the last folder may end in `*`
  std::vector<std::string> endings;
  std::string packages;
};

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> kSubjects{
      {"c", "C", {kGrammars}, {".c", ".h"}, "the grammars of package.json"},
      {"cpp",
       "C++",
       {"/usr/src/googletest", "/usr/include/fmt", "/usr/include/CLI"},
       {".cc", ".h", ".hpp"},
       "libgtest-dev libfmt-dev libcli11-dev"},
      {"csharp", "C#", {kTools + "edge-js"}, {".cs"}, "tests/tools/package.json"},
      {"go", "Go", {"/usr/share/go-*"}, {".go"}, "golang-src"},
      {"java", "Java", {kTools + "@capacitor/android"}, {".java"}, "tests/tools/package.json"},
      {"javascript",
       "JavaScript",
       {kTools + "jquery/src", kTools + "undici/lib"},
       {".js"},
       "tests/tools/package.json"},
      {"php", "PHP", {"/usr/share/php/Symfony/Component"}, {".php"}, "php-symfony-http-kernel"},
      {"python", "Python", {"/usr/lib/python3.*"}, {".py"}, "python3"},
      {"ruby", "Ruby", {"/usr/lib/ruby/3.*"}, {".rb"}, "libruby"},
      {"rust", "Rust", {"/usr/src/rustc-*"}, {".rs"}, "rust-src"},
      {"typescript", "TypeScript", {kTools + "rxjs/src"}, {".ts"}, "tests/tools/package.json"},
  };
  return kSubjects;
}

/// Generated parsers, minified code, and files written to be wrong are nobody's everyday code.
bool is_everyday(const fs::path& path) {
  const auto text = path.string();
  for (const auto* part :
       {"/parser.c", ".min.", "/testdata/", "/src/test/", "/prebuilds/", "/wasm/"})
    if (text.find(part) != std::string::npos) return false;
  return true;
}

std::vector<fs::path> expand(const std::string& root) {
  if (!root.ends_with('*')) return {root};
  const fs::path pattern(root.substr(0, root.size() - 1));
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(pattern.parent_path()))
    if (entry.is_directory() && entry.path().string().starts_with(pattern.string()))
      found.push_back(entry.path());
  return found;
}

bool fits(const Subject& subject, const fs::directory_entry& entry) {
  if (!entry.is_regular_file() || entry.is_symlink()) return false;
  const auto ending = entry.path().extension().string();
  return std::find(subject.endings.begin(), subject.endings.end(), ending) !=
             subject.endings.end() &&
         entry.file_size() <= kLargestFile && is_everyday(entry.path());
}

/// Files from all over the subject's folders, the same on every run.
std::vector<std::string> sample_of(const Subject& subject) {
  std::vector<std::string> all;
  for (const auto& pattern : subject.roots) {
    for (const auto& root : expand(pattern)) {
      if (!fs::exists(root)) continue;
      for (const auto& entry : fs::recursive_directory_iterator(root))
        if (fits(subject, entry)) all.push_back(entry.path().string());
    }
  }
  std::sort(all.begin(), all.end());
  std::vector<std::string> picked;
  std::size_t bytes = 0;
  const auto count = std::min(all.size(), kMostFiles);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& path = all[i * all.size() / count];
    bytes += fs::file_size(path);
    if (bytes > kMostBytes) break;
    picked.push_back(path);
  }
  return picked;
}

/// A name as both tools write it.
std::string plain(std::string name) {
  name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
  if (!name.starts_with("operator"))
    if (const auto scope = name.rfind("::"); scope != std::string::npos) name.erase(0, scope + 2);
  if (name.starts_with('#')) name.erase(0, 1);  // a private method of JavaScript
  return name;
}

using Definition = std::tuple<std::string, std::uint32_t, std::string>;  // path, line, name

/// ctags takes any object of JavaScript for a class, and whatever a prototype is asked of; it
/// counts where it says so.
bool is_claimed(const Subject& subject, const nlohmann::json& tag) {
  static const std::set<std::string> kKinds{"function", "func",   "method",     "singletonMethod",
                                            "class",    "struct", "interface",  "trait",
                                            "enum",     "union",  "generator",  "getter",
                                            "setter",   "module", "constructor"};
  const auto kind = tag.value("kind", "");
  const auto name = tag.value("name", "");
  const bool member = kind == "member" && subject.language == "python";
  if (!member && !kKinds.contains(kind)) return false;
  if (kind == "module" && subject.language != "ruby") return false;
  if (name.starts_with("__anon") || name.starts_with("Anonymous")) return false;
  if (subject.language != "javascript" || kind != "class") return true;
  const auto line = tag.value("pattern", "");
  return line.find("class " + name) != std::string::npos ||
         line.find("function " + name) != std::string::npos;
}

std::vector<Definition> tags_of(const Subject& subject, const std::vector<std::string>& files) {
  const auto list = fs::path(::testing::TempDir()) / ("peer-ctags-" + subject.language + ".txt");
  std::ofstream(list) << join(files, "\n") << "\n";
  const auto command = "ctags --options=NONE --output-format=json --fields=+nKS --language-force=" +
                       subject.ctags_name + " -f - -L '" + list.string() + "' 2>/dev/null";
  std::vector<Definition> tags;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return tags;
  std::string output;
  for (std::array<char, 65'536> block{};
       const auto got = std::fread(block.data(), 1, block.size(), pipe);)
    output.append(block.data(), got);
  ::pclose(pipe);
  fs::remove(list);
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto tag = nlohmann::json::parse(line, nullptr, false);
    if (tag.is_discarded() || !is_claimed(subject, tag)) continue;
    tags.emplace_back(tag.at("path"), tag.at("line"), plain(tag.at("name")));
  }
  return tags;
}

std::set<Definition> definitions_of(const Subject& subject, const std::vector<std::string>& files) {
  std::set<Definition> found;
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    ParseOptions options;
    options.budget = std::chrono::seconds(60);  // the machine may be busy
    const auto file = parse(path, bytes.str(), options, {}, find_language(subject.language));
    for (const auto& symbol : outline_of(file).symbols)
      if (symbol.kind != SymbolKind::import)
        found.emplace(path, file.lines().line_of(symbol.name_span.begin), plain(symbol.name));
  }
  return found;
}

class OutlineAgainstCtags : public ::testing::TestWithParam<Subject> {};

TEST_P(OutlineAgainstCtags, HasNearlyAllOfItsFunctionsMethodsAndTypes) {
  const auto& subject = GetParam();
  const auto files = sample_of(subject);
  ASSERT_GE(files.size(), 5U) << "no code to try " << subject.language
                              << " on; run ci/setup --tests (" << subject.packages << ")";
  const auto tags = tags_of(subject, files);
  ASSERT_GE(tags.size(), 100U) << "ctags found next to nothing; is universal-ctags installed?";
  const auto found = definitions_of(subject, files);
  std::vector<std::string> missed;
  for (const auto& tag : tags)
    if (!found.contains(tag))
      missed.push_back(std::get<0>(tag) + ":" + std::to_string(std::get<1>(tag)) + " " +
                       std::get<2>(tag));
  const double share = 1.0 - static_cast<double>(missed.size()) / static_cast<double>(tags.size());
  RecordProperty("share_of_ctags", std::to_string(share));
  std::printf("%s: %.2f %% of %zu definitions in %zu files\n", subject.language.c_str(),
              share * 100, tags.size(), files.size());
  EXPECT_GE(share, kLeastShare) << join(missed, "\n");
}

std::string language_of(const ::testing::TestParamInfo<Subject>& parameter) {
  return parameter.param.language;
}

INSTANTIATE_TEST_SUITE_P(Languages, OutlineAgainstCtags, ::testing::ValuesIn(subjects()),
                         language_of);

}  // namespace
}  // namespace peer
