#include "bot/rules/find_rules.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string>

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "bot/git/walk.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFileBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostFiles = 20'000;

bool is_yaml(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

Result<std::string> read_rules(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error))  // a link may lead to what waits for a writer for ever
    return fail(ErrorKind::not_found, fmt::format("{} cannot be read", path.string()));
  return read_file(path, kMostFileBytes);
}

/// A rule test or its snapshots: they lie among the rules of many a folder.
bool is_rule_test(std::string_view text) {
  bool test = false;
  for (const auto line : split_lines(text)) {
    if (line.starts_with("rule:") || line.starts_with("language:")) return false;
    test = test || line.starts_with("valid:") || line.starts_with("invalid:") ||
           line.starts_with("snapshots:");
  }
  return test;
}

/// A file as the built-in pack has it beside its rules, whose sets rules of one's own may name too.
bool is_named_sets(std::string_view path, std::string_view text) {
  if (path != "sets.yml" && !path.ends_with("/sets.yml")) return false;
  const auto lines = split_lines(text);
  return std::none_of(lines.begin(), lines.end(),
                      [](std::string_view line) { return line.starts_with("rule:"); });
}

/// The YAML files below `folder`, sorted; what cannot be read is noted.
void add_folder(const fs::path& folder, const std::string& shown, bool utility,
                RuleLocation& into) {
  auto walked = walk(DiskRoot(folder), "", [](const std::string& path) {
    return path.ends_with("/node_modules/") || path.starts_with("node_modules/") ||
           path.find("__snapshots__/") != std::string::npos;
  });
  if (!walked) {
    ++into.unread;
    return into.notes.push_back(fmt::format("{}: {}", shown, walked.error().message));
  }
  for (const auto& [path, why] : walked->unseen) {
    ++into.unread;
    into.notes.push_back(fmt::format("{}: {}", shown, why.message));
  }
  for (const auto& path : paths_of(std::move(*walked))) {
    if (!is_yaml(path) || path.ends_with(kProjectFile)) continue;
    if (into.files.size() >= kMostFiles) {
      ++into.unread;
      return into.notes.push_back(
          fmt::format("{} holds more than {} rule files: the rest was not read",
                      visible(shown, false), kMostFiles));
    }
    auto text = read_rules(folder / path);
    if (!text) {
      ++into.unread;
      into.notes.push_back(fmt::format("{}: not read as rules", text.error().message));
    } else if (is_named_sets(path, *text)) {
      into.notes.push_back(fmt::format(
          "{}/{} is not read: named sets belong to the built-in rules, one's own have their "
          "sources and sanitizers in the rule",
          shown, path));
    } else if (!is_rule_test(*text))
      into.files.push_back({fmt::format("{}/{}", shown, path), std::move(*text), utility, {}, {}});
  }
}

/// Adds the folders `dirs` that the project file `shown` names.
void add_folders(const std::vector<std::string>& dirs, const std::string& shown, bool utility,
                 RuleLocation& into) {
  for (const auto& dir : dirs) {
    std::error_code error;
    if (fs::is_directory(into.folder / dir, error)) {
      add_folder(into.folder / dir, dir, utility, into);
      continue;
    }
    ++into.unread;
    into.notes.push_back(fmt::format("{}: there is no folder {}", shown, visible(dir, false)));
  }
}

Result<RuleLocation> read_project(const fs::path& file, const std::string& shown) {
  const auto text = read_rules(file);
  if (!text) return fail(text.error());
  auto project = parse_project(*text);
  if (!project) return fail(project.error().with_context(file.string()));
  RuleLocation location;
  location.folder = location.globs = file.parent_path();
  for (const auto& note : project->notes)
    location.notes.push_back(fmt::format("{}: {}", shown, note));
  add_folders(project->util_dirs, shown, true, location);
  add_folders(project->rule_dirs, shown, false, location);
  location.tests = std::move(project->tests);
  location.language_globs = std::move(project->language_globs);
  return location;
}

/// The repository's own rules.
void add_repository(const ReadTrusted& read, const ListTrusted& list, FoundRules& found) {
  if (!read || !list) return;
  const auto paths = list(kRulesFolder);
  if (!paths) {
    ++found.unread;
    return found.notes.push_back(
        fmt::format("{} was not read: {}", kRulesFolder, paths.error().message));
  }
  const auto utilities = fmt::format("{}/utils/", kRulesFolder);
  for (const auto& path : *paths) {
    if (!is_yaml(path) || path.ends_with(kProjectFile) ||
        path.find("__snapshots__/") != std::string::npos ||
        found.sources.files.size() >= kMostFiles)
      continue;
    auto text = read(path);
    if (text && *text && (*text)->size() > kMostFileBytes)
      text = fail(ErrorKind::invalid_input, "it is over 1 MB");
    if (!text) {
      ++found.unread;
      found.notes.push_back(
          fmt::format("{} was not read: {}", visible(path, false), text.error().message));
    } else if (*text && !is_rule_test(**text))
      found.sources.files.push_back({path, std::move(**text), path.starts_with(utilities), {}, {}});
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

/// `inner` as seen from `outer`, which holds it: "a/b/"; "" where they are one or it does not.
std::string seen_from(const fs::path& outer, const fs::path& inner) {
  const auto path = inner.lexically_relative(outer);
  if (path.empty() || path == "." || *path.begin() == "..") return {};
  return path.generic_string() + "/";
}

void set_globs(RuleLocation& location, const fs::path& root) {
  std::error_code error;
  const auto top = root.empty() ? fs::path() : fs::canonical(root, error);
  const auto folder = fs::canonical(location.globs.empty() ? fs::path(".") : location.globs, error);
  if (error || top.empty()) return;
  for (auto& file : location.files) {
    file.globs_below = seen_from(top, folder);
    file.globs_above = seen_from(folder, top);
  }
}

std::string no_rule_in(const std::vector<std::string>& places) {
  std::vector<std::string> shown;
  shown.reserve(places.size());
  for (const auto& place : places)
    shown.push_back(visible(place, false));
  if (shown.empty()) shown.emplace_back(kRulesFolder);
  return fmt::format("--only-rules: there is no rule file in {}", join(shown, ", "));
}

}  // namespace

Result<RuleLocation> read_rule_location(const fs::path& path, const std::string& shown) {
  std::error_code error;
  const auto type = fs::status(path, error).type();
  if (type == fs::file_type::directory) {
    if (fs::is_regular_file(path / kProjectFile, error))
      return read_project(path / kProjectFile, shown);
    RuleLocation location;
    location.globs = path;
    add_folder(path, shown, false, location);
    return location;
  }
  if (type != fs::file_type::regular)
    return fail(ErrorKind::not_found,
                fmt::format("--rules {}: there is no such file or folder", visible(shown, false)));
  if (path.filename() == kProjectFile) return read_project(path, shown);
  auto text = read_rules(path);
  if (!text) return fail(text.error());
  RuleLocation location;
  location.globs = path.parent_path();
  location.files.push_back({shown, std::move(*text), false, {}, {}});
  return location;
}

Result<FoundRules> find_rules(const Invocation& invocation, const Session& session,
                              const ReadTrusted& read, const ListTrusted& list,
                              const fs::path& root) {
  FoundRules found;
  found.sources.built_in = !invocation.has("only-rules");
  add_repository(read, list, found);
  for (const auto& given : invocation.values("rules")) {
    auto location = read_rule_location(session.folder / given, given);
    if (!location) return fail(location.error());
    auto& sources = found.sources;
    set_globs(*location, root);
    std::move(location->files.begin(), location->files.end(), std::back_inserter(sources.files));
    std::move(location->language_globs.begin(), location->language_globs.end(),
              std::back_inserter(sources.language_globs));
    std::move(location->notes.begin(), location->notes.end(), std::back_inserter(found.notes));
    found.unread += location->unread;
  }
  // a run without a single rule finds nothing, which is not to be taken for clean; what was not
  // read is told as such
  if (!found.sources.built_in && found.sources.files.empty() && found.unread == 0)
    return fail(ErrorKind::invalid_input, no_rule_in(invocation.values("rules")));
  add_severities(invocation, found.sources);
  return found;
}

}  // namespace peer
