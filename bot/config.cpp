#include "bot/config.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"
#include "base/yaml.hpp"
#include "bot/config/keys.hpp"

namespace peer {
namespace {

constexpr std::array<std::pair<Filter, std::string_view>, 4> kFilters{{{Filter::added, "added"},
                                                                       {Filter::context, "context"},
                                                                       {Filter::file, "file"},
                                                                       {Filter::all, "all"}}};
constexpr std::array<std::string_view, 3> kSwitches{"auto", "always", "never"};

/// Collects every mistake instead of stopping at the first.
class Mistakes {
 public:
  void add(std::string message) { messages_.push_back(std::move(message)); }
  [[nodiscard]] bool any() const { return !messages_.empty(); }
  [[nodiscard]] tl::unexpected<Error> as_error() const {
    return fail(ErrorKind::invalid_input, join(messages_, "\n"), "PEER-E140");
  }

 private:
  std::vector<std::string> messages_;
};

std::string at(const ConfigFile& file, std::uint32_t line) {
  return fmt::format("{}:{}", file.name, line);
}

std::vector<std::string> items_of(const YamlNode& node) {
  if (node.is_scalar()) return {node.text};
  std::vector<std::string> items;
  for (const auto& child : node.children)
    items.push_back(child.text);
  return items;
}

bool all_scalars(const YamlNode& node) {
  return std::all_of(node.children.begin(), node.children.end(),
                     [](const YamlNode& c) { return c.is_scalar(); });
}

/// The node as a value of `key`'s type; an error says what shape was expected.
Result<ConfigValue> value_of(const ConfigKey& key, const YamlNode& node) {
  const auto expected = [&](std::string_view shape) {
    return fail(ErrorKind::invalid_input, fmt::format("{} takes {}", key.name, shape));
  };
  if (key.type == KeyType::mapping) {
    ConfigValue value;
    if (!node.is_map()) return expected("a mapping of patterns to rule ids");
    for (const auto& child : node.children) {
      if (!child.is_scalar() && !(child.is_sequence() && all_scalars(child)))
        return expected("a list of rule ids under each pattern");
      value.entries.emplace_back(child.key, items_of(child));
    }
    return value;
  }
  if (key.type == KeyType::list) {
    if (!node.is_scalar() && !(node.is_sequence() && all_scalars(node))) return expected("a list");
    return ConfigValue{items_of(node), {}};
  }
  if (!node.is_scalar()) return expected("a single value");
  return ConfigValue{{node.text}, {}};
}

std::string unknown_key(std::string_view typed) {
  std::vector<std::string_view> names;
  for (const auto& key : config_keys())
    names.push_back(key.name);
  const auto near = nearest(typed, names);
  return near.empty()
             ? fmt::format("unknown key {}", visible(typed, false))
             : fmt::format("unknown key {}; did you mean {}?", visible(typed, false), near);
}

bool is_group(std::string_view prefix) {
  return std::any_of(config_keys().begin(), config_keys().end(), [&](const ConfigKey& key) {
    return key.name.size() > prefix.size() && key.name.starts_with(prefix) &&
           key.name[prefix.size()] == '.';
  });
}

/// What sets a key: its name among the origins, and where people find it.
struct SetBy {
  std::string origin;
  std::string where;
};

void set_key(Config& config, const ConfigKey& key, const ConfigValue& value, const SetBy& by,
             Mistakes& mistakes) {
  if (const auto done = key.set(config, value); !done)
    return mistakes.add(fmt::format("{}: {}: {}", by.where, key.name, done.error().message));
  std::erase_if(config.origins, [&](const auto& entry) { return entry.first == key.name; });
  config.origins.emplace_back(key.name, by.origin);
}

/// A configuration file, and whether a repository brought it: then it may not set everything.
struct ReadFile {
  const ConfigFile& file;
  bool repository;
};

/// Reads one key of a file, `name` with the group it stands in ("parse: {max_bytes: ..}").
void read_entry(Config& config, const ReadFile& read, const std::string& name, const YamlNode& node,
                Mistakes& mistakes) {
  const auto* key = find_config_key(name);
  const auto where = at(read.file, node.key_line);
  if (key == nullptr) return mistakes.add(where + ": " + unknown_key(name));
  if (read.repository && key->user_only && !key->tightens)
    return mistakes.add(fmt::format(
        "{}: {} may not be set by a repository: only by your own configuration file, {} or a flag",
        where, name, environment_name(*key)));
  const auto value = value_of(*key, node);
  if (!value) return mistakes.add(where + ": " + value.error().message);
  set_key(config, *key, *value, {read.file.name, where}, mistakes);
}

void read_file(Config& config, const ReadFile& read, Mistakes& mistakes) {
  const auto& file = read.file;
  const auto root = load_yaml(file.text);
  if (!root) return mistakes.add(file.name + ": " + root.error().message);
  if (root->is_null()) return;
  if (!root->is_map())
    return mistakes.add(file.name + ": the file must be a mapping of keys to values");
  for (const auto& entry : root->children) {
    if (entry.is_null() && is_group(entry.key))
      continue;  // a group whose keys are all commented out
    if (entry.is_map() && find_config_key(entry.key) == nullptr && is_group(entry.key)) {
      for (const auto& child : entry.children)
        read_entry(config, read, entry.key + "." + child.key, child, mistakes);
    } else {
      read_entry(config, read, entry.key, entry, mistakes);
    }
  }
}

void read_environment(Config& config, const Environment& environment, Mistakes& mistakes) {
  for (const auto& key : config_keys()) {
    const auto name = environment_name(key);
    const auto value = environment(name);
    if (!value || value->empty() || key.type == KeyType::mapping) continue;
    ConfigValue parsed;
    if (key.type == KeyType::list) {
      for (const auto part : split(*value, ','))
        parsed.items.emplace_back(trim(part));
    } else {
      parsed.items = {*value};
    }
    set_key(config, key, parsed, {"environment", name}, mistakes);
  }
}

/// Names that people know from elsewhere; what has PEER_ in front of it wins.
void read_short_names(Config& config, const Environment& environment, Mistakes& mistakes) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kShort{
      {{"LLM_TIMEOUT_MS", "llm.timeout_ms"}, {"LLM_CONCURRENCY", "llm.concurrency"}}};
  for (const auto& [name, key] : kShort)
    if (const auto value = environment(name); value && !value->empty())
      set_key(config, *find_config_key(key), {{*value}, {}}, {"environment", std::string(name)},
              mistakes);
  // who names a provider wants it asked
  const auto provider = environment("LLM_PROVIDER");
  const bool silent = std::none_of(config.origins.begin(), config.origins.end(),
                                   [](const auto& entry) { return entry.first == "mode"; });
  if (provider && !provider->empty() && silent)
    set_key(config, *find_config_key("mode"), {{"auto"}, {}}, {"environment", "LLM_PROVIDER"},
            mistakes);
}

std::filesystem::path folder_from(const Environment& environment, const char* variable,
                                  const char* below_home) {
  if (const auto set = environment(variable); set && set->starts_with('/'))
    return std::filesystem::path(*set) / "peer";
  if (const auto home = environment("HOME"); home && !home->empty())
    return std::filesystem::path(*home) / below_home / "peer";
  return {};
}

/// The limits that a repository sets, taken out of `config`.
class RepositoryLimits {
 public:
  explicit RepositoryLimits(Config& config)
      : cost_(std::exchange(config.ai.max_cost_usd, {})),
        calls_(std::exchange(config.ai.max_calls, {})) {
    std::erase_if(config.origins, [](const auto& entry) {
      const auto* key = find_config_key(entry.first);
      return key != nullptr && key->tightens;
    });
  }
  /// Lowers what the user set, and never raises it.
  void tighten(Config& config) const {
    if (lower(config.ai.max_cost_usd, cost_)) came_from_repository(config, "llm.max_cost");
    if (lower(config.ai.max_calls, calls_)) came_from_repository(config, "llm.max_calls");
  }

 private:
  template <class T>
  static bool lower(std::optional<T>& limit, const std::optional<T>& other) {
    if (!other || (limit && *limit <= *other)) return false;
    limit = other;
    return true;
  }
  static void came_from_repository(Config& config, std::string_view name) {
    std::erase_if(config.origins, [&](const auto& entry) { return entry.first == name; });
    config.origins.emplace_back(name, ".peer.yml");
  }
  std::optional<double> cost_;
  std::optional<std::uint64_t> calls_;
};

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
}

std::vector<std::string> process_variables() {
  std::vector<std::string> all;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each)
    all.emplace_back(*each);
  return all;
}

void wipe_variables(const std::function<bool(std::string_view name)>& secret) {
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view entry(*each);
    const auto equals = entry.find('=');
    if (equals == std::string_view::npos || !secret(entry.substr(0, equals))) continue;
    explicit_bzero(*each + equals + 1, entry.size() - equals - 1);
  }
}

Result<Config> resolve_config(const ConfigSources& sources) {
  Config config;
  config.cache_dir = folder_from(sources.environment, "XDG_CACHE_HOME", ".cache");
  config.state_dir = folder_from(sources.environment, "XDG_STATE_HOME", ".local/state");
  Mistakes mistakes;
  if (sources.repository_file) read_file(config, {*sources.repository_file, true}, mistakes);
  const RepositoryLimits limits(config);
  if (sources.user_file) read_file(config, {*sources.user_file, false}, mistakes);
  read_short_names(config, sources.environment, mistakes);
  read_environment(config, sources.environment, mistakes);
  for (const auto& [name, values] : sources.flags)
    if (const auto* key = find_config_key(name))
      set_key(config, *key, {values, {}}, {"flag", "command line"}, mistakes);
  limits.tighten(config);
  if (mistakes.any()) return mistakes.as_error();
  return config;
}

std::optional<std::filesystem::path> user_config_path(const Environment& environment) {
  if (const auto path = environment("PEER_CONFIG"); path && !path->empty())
    return std::filesystem::path(*path);
  const auto folder = folder_from(environment, "XDG_CONFIG_HOME", ".config");
  if (folder.empty()) return std::nullopt;
  return folder / "config.yml";
}

std::optional<Filter> parse_filter(std::string_view name) {
  for (const auto& [value, word] : kFilters)
    if (word == name) return value;
  return std::nullopt;
}

std::string_view to_string(Filter filter) {
  for (const auto& [value, word] : kFilters)
    if (value == filter) return word;
  return {};
}

std::string_view to_string(Switch value) { return kSwitches[static_cast<std::size_t>(value)]; }

}  // namespace peer
