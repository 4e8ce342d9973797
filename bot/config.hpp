// Every decision of a run, resolved once: flags over environment over the user's file over the
// repository's .peer.yml over defaults. Const afterwards; nobody below bot/ sees it, each folder
// gets its own options struct.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/examine.hpp"
#include "analyzers/finding.hpp"
#include "base/result.hpp"
#include "llm/options.hpp"

namespace peer {

/// Looks up an environment variable; nullopt when it is not set. The only reading of the process
/// environment is process_environment(); tests give their own.
using Environment = std::function<std::optional<std::string>(std::string_view)>;
[[nodiscard]] Environment process_environment();
/// All of it, as NAME=VALUE.
[[nodiscard]] std::vector<std::string> process_variables();
/// Overwrites the values of the variables that `secret` names where this process holds them, so
/// that nobody can read them there any more. While there is one thread.
void wipe_variables(const std::function<bool(std::string_view name)>& secret);

/// Which findings of a changed file are reported.
enum class Filter {
  added,    ///< on added lines, or brought about by the change
  context,  ///< also on the unchanged lines that a hunk shows
  file,     ///< all of the changed files
  all,      ///< as `file`, generated and vendored files included
};

enum class Switch { automatic, always, never };

/// Paths on which some rules do not count.
struct PathIgnore {
  std::string glob;
  std::vector<std::string> rules;  ///< ids; "*" for every rule
};

struct RuleSources;

struct Config {
  ExamineOptions examine;
  /// Where examine.rules came from, for worker processes, which load them again; null: none.
  std::shared_ptr<const RuleSources> rule_sources;
  Filter filter = Filter::added;
  Severity fail_on = Severity::error;
  bool fail_never = false;
  Severity min_severity = Severity::hint;
  double min_confidence = 0.6;
  std::vector<std::string> exclude;  ///< globs of files that are out of scope
  bool include_generated = false;
  bool include_vendored = false;
  std::vector<PathIgnore> per_file_ignores;
  std::string default_branch;  ///< "" : origin/HEAD, else main, else master
  std::string baseline = ".peer/baseline.json";
  std::vector<std::string> imports;  ///< files with other tools' findings
  unsigned jobs = 0;                 ///< threads; 0: one per core
  Switch isolate = Switch::automatic;
  Switch color = Switch::automatic;
  bool cache = true;
  bool recall = true;  ///< what the cache holds is used, not only added to
  AiOptions ai;
  std::string verify_cmd;
  std::vector<std::string> verify_rw;
  std::filesystem::path cache_dir;  ///< of cache.db
  std::filesystem::path state_dir;  ///< of state.db

  /// Where each key that is not at its default was set: (key, "flag" | "environment" | file name).
  std::vector<std::pair<std::string, std::string>> origins;
};

/// A file that may set keys.
struct ConfigFile {
  std::string name;  ///< for messages: ".peer.yml", "~/.config/peer/config.yml"
  std::string text;
};

struct ConfigSources {
  /// (key, values) in the order given.
  std::vector<std::pair<std::string, std::vector<std::string>>> flags;
  Environment environment;
  std::optional<ConfigFile> user_file;
  std::optional<ConfigFile> repository_file;
};

/// Resolves all sources. Fails with every mistake found, one per line with file, line and the
/// nearest valid key.
[[nodiscard]] Result<Config> resolve_config(const ConfigSources& sources);

/// Where the user's file is looked for: --config, PEER_CONFIG, $XDG_CONFIG_HOME/peer/config.yml,
/// ~/.config/peer/config.yml.
[[nodiscard]] std::optional<std::filesystem::path> user_config_path(const Environment& environment);

[[nodiscard]] std::optional<Filter> parse_filter(std::string_view name);
[[nodiscard]] std::string_view to_string(Filter filter);
[[nodiscard]] std::string_view to_string(Switch value);

}  // namespace peer
