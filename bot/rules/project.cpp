#include "bot/rules/project.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/languages/language.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 6> kKeys{"ruleDirs",        "utilDirs",
                                                "testConfigs",     "languageGlobs",
                                                "customLanguages", "languageInjections"};
constexpr std::string_view kSnapshots = "__snapshots__";

Result<std::vector<std::string>> texts_of(const YamlNode& node) {
  std::vector<std::string> texts;
  for (const auto& child : node.children)
    if (child.is_scalar()) texts.push_back(child.text);
  if ((!node.is_sequence() && !node.is_null()) || texts.size() != node.children.size())
    return fail(ErrorKind::invalid_input,
                fmt::format("line {}: {} takes a list", node.line, node.key));
  return texts;
}

Result<std::vector<RuleTestFolder>> tests_of(const YamlNode& node) {
  std::vector<RuleTestFolder> folders;
  for (const auto& child : node.children) {
    const auto* tests = child.find("testDir");
    const auto* snapshots = child.find("snapshotDir");
    if (tests == nullptr || !tests->is_scalar())
      return fail(ErrorKind::invalid_input,
                  fmt::format("line {}: an entry of testConfigs needs testDir", child.line));
    folders.push_back({tests->text, snapshots != nullptr && snapshots->is_scalar()
                                        ? snapshots->text
                                        : std::string(kSnapshots)});
  }
  return folders;
}

Result<std::vector<LanguageGlob>> globs_of(const YamlNode& node) {
  std::vector<LanguageGlob> globs;
  for (const auto& child : node.children) {
    const auto* language = find_language(to_lower(child.key));
    if (language == nullptr)
      return fail(ErrorKind::invalid_input,
                  fmt::format("line {}: languageGlobs: no language is called {}", child.key_line,
                              visible(child.key, false)));
    auto list = texts_of(child);
    if (!list) return fail(list.error());
    for (auto& glob : *list)
      globs.push_back({std::move(glob), std::string(language->name)});
  }
  return globs;
}

template <class T>
Result<void> take(T& target, Result<T> value) {
  if (!value) return fail(value.error());
  target = std::move(*value);
  return {};
}

Result<void> read_key(RuleProject& project, const YamlNode& node) {
  if (node.key == "ruleDirs") return take(project.rule_dirs, texts_of(node));
  if (node.key == "utilDirs") return take(project.util_dirs, texts_of(node));
  if (node.key == "testConfigs") return take(project.tests, tests_of(node));
  if (node.key == "languageGlobs") return take(project.language_globs, globs_of(node));
  const bool known = std::find(kKeys.begin(), kKeys.end(), node.key) != kKeys.end();
  const auto near = known ? std::string_view() : nearest(node.key, kKeys);
  project.notes.push_back(
      known ? fmt::format("{} is not honoured", node.key)
            : fmt::format("line {}: {} is no key of a project{}", node.key_line,
                          visible(node.key, false),
                          near.empty() ? "" : fmt::format("; did you mean {}?", near)));
  return {};
}

}  // namespace

Result<RuleProject> parse_project(std::string_view yaml) {
  const auto root = load_yaml(yaml);
  if (!root) return fail(root.error());
  RuleProject project;
  if (root->is_null()) return project;
  if (!root->is_map())
    return fail(ErrorKind::invalid_input,
                "a project file is a map of keys: ruleDirs, utilDirs, ..");
  for (const auto& child : root->children)
    if (const auto done = read_key(project, child); !done) return fail(done.error());
  return project;
}

}  // namespace peer
