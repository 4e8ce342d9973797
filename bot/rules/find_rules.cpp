#include "bot/rules/find_rules.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/walk.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{1} << 20U;
constexpr std::size_t kMostFiles = 20'000;

bool is_yaml(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

Result<std::string> slurp(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kMostFileBytes && !error)
    return fail(ErrorKind::invalid_input, fmt::format("{} is over 1 MB", path.string()));
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return fail(ErrorKind::not_found, fmt::format("{} cannot be read", path.string()));
  return text.str();
}

/// A rule test or its snapshots: they lie among the rules of many a folder.
bool is_rule_test(std::string_view text) {
  bool test = false;
  for (const auto line : split_lines(text)) {
    if (line.starts_with("rule:") || line.starts_with("language:")) return false;
    test = test || line.starts_with("valid:") || line.starts_with("invalid:") || line.starts_with("snapshots:");
  }
  return test;
}

/// The YAML files below `folder`, sorted; what cannot be read is noted.
void add_folder(const fs::path& folder, const std::string& shown, bool utility, RuleLocation& into) {
  const auto paths = walk_files(folder, "", [](const std::string& path) {
    return path.ends_with("/node_modules/") || path.starts_with("node_modules/") || path.find("__snapshots__/") != std::string::npos;
  });
  if (!paths) return into.notes.push_back(fmt::format("{}: {}", shown, paths.error().message));
  for (const auto& path : *paths) {
    if (!is_yaml(path) || path.ends_with(kProjectFile) || into.files.size() >= kMostFiles) continue;
    auto text = slurp(folder / path);
    if (!text) into.notes.push_back(text.error().message);
    else if (!is_rule_test(*text)) into.files.push_back({shown + "/" + path, std::move(*text), utility});
  }
}

Result<RuleLocation> read_project(const fs::path& file, const std::string& shown) {
  const auto text = slurp(file);
  if (!text) return fail(text.error());
  auto project = parse_project(*text);
  if (!project) return fail(project.error().with_context(file.string()));
  RuleLocation location;
  location.folder = file.parent_path();
  for (const auto& note : project->notes) location.notes.push_back(fmt::format("{}: {}", shown, note));
  const auto add = [&](const std::vector<std::string>& dirs, bool utility) {
    for (const auto& dir : dirs) {
      std::error_code error;
      if (!fs::is_directory(location.folder / dir, error)) location.notes.push_back(fmt::format("{}: there is no folder {}", shown, visible(dir, false)));
      else add_folder(location.folder / dir, dir, utility, location);
    }
  };
  add(project->util_dirs, true);
  add(project->rule_dirs, false);
  location.tests = std::move(project->tests);
  location.language_globs = std::move(project->language_globs);
  return location;
}

/// The repository's own rules.
void add_repository(const ReadTrusted& read, const ListTrusted& list, FoundRules& found) {
  if (!read || !list) return;
  const auto paths = list(kRulesFolder);
  if (!paths) return found.notes.push_back(fmt::format("{} was not read: {}", kRulesFolder, paths.error().message));
  const auto utilities = fmt::format("{}/utils/", kRulesFolder);
  for (const auto& path : *paths) {
    if (!is_yaml(path) || path.ends_with(kProjectFile) || path.find("__snapshots__/") != std::string::npos || found.sources.files.size() >= kMostFiles) continue;
    auto text = read(path);
    if (!text) found.notes.push_back(fmt::format("{} was not read: {}", visible(path, false), text.error().message));
    else if (*text && !is_rule_test(**text)) found.sources.files.push_back({path, std::move(**text), path.starts_with(utilities)});
  }
}

void add_severities(const Invocation& invocation, RuleSources& sources) {
  const auto add = [&](std::string_view flag, bool off, Severity severity) {
    for (const auto& id : invocation.values(flag))
      sources.severities.push_back({id == "*" ? "" : id, off, severity});
  };
  add("error", false, Severity::error);
  add("warning", false, Severity::warning);
  add("info", false, Severity::info);
  add("hint", false, Severity::hint);
  add("off", true, Severity::hint);
}

}  // namespace

Result<RuleLocation> read_rule_location(const fs::path& path, const std::string& shown) {
  std::error_code error;
  const auto type = fs::status(path, error).type();
  if (type == fs::file_type::directory) {
    if (fs::is_regular_file(path / kProjectFile, error)) return read_project(path / kProjectFile, shown);
    RuleLocation location;
    add_folder(path, shown, false, location);
    return location;
  }
  if (type != fs::file_type::regular)
    return fail(ErrorKind::not_found, fmt::format("--rules {}: there is no such file or folder", visible(shown, false)));
  if (path.filename() == kProjectFile) return read_project(path, shown);
  auto text = slurp(path);
  if (!text) return fail(text.error());
  RuleLocation location;
  location.files.push_back({shown, std::move(*text), false});
  return location;
}

Result<FoundRules> find_rules(const Invocation& invocation, const Session& session, const ReadTrusted& read,
                              const ListTrusted& list) {
  FoundRules found;
  found.sources.built_in = !invocation.has("only-rules");
  add_repository(read, list, found);
  for (const auto& given : invocation.values("rules")) {
    auto location = read_rule_location(session.folder / given, given);
    if (!location) return fail(location.error());
    auto& sources = found.sources;
    std::move(location->files.begin(), location->files.end(), std::back_inserter(sources.files));
    std::move(location->language_globs.begin(), location->language_globs.end(), std::back_inserter(sources.language_globs));
    std::move(location->notes.begin(), location->notes.end(), std::back_inserter(found.notes));
  }
  add_severities(invocation, found.sources);
  return found;
}

}  // namespace peer
