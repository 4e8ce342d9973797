#include "bot/settings.hpp"

#include <fmt/format.h>

#include "base/read_file.hpp"

namespace peer {
namespace {

constexpr std::string_view kMisnamedConfig = ".peer.yaml";
constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

Result<std::optional<ConfigFile>> user_file(const Invocation& invocation, const Session& session) {
  if (invocation.has("config")) {
    const auto path = session.folder / invocation.value("config");
    auto text = read_file(path, kMostBytes);
    if (!text) return fail(ErrorKind::invalid_input, "--config: " + text.error().message);
    return std::optional<ConfigFile>(ConfigFile{invocation.value("config"), std::move(*text)});
  }
  const auto path = user_config_path(session.environment);
  if (!path) return std::optional<ConfigFile>{};
  auto text = read_file(*path, kMostBytes);
  if (!text && text.error().kind != ErrorKind::not_found) return fail(std::move(text.error()));
  if (!text) return std::optional<ConfigFile>{};
  return std::optional<ConfigFile>(ConfigFile{path->string(), std::move(*text)});
}

}  // namespace

Result<Config> load_config(const Invocation& invocation, const Session& session,
                           const ReadTrusted& read_trusted) {
  ConfigSources sources;
  sources.environment = session.environment;
  auto file = user_file(invocation, session);
  if (!file) return fail(file.error());
  sources.user_file = std::move(*file);
  if (read_trusted) {
    auto text = read_trusted(kRepositoryConfig);
    if (!text) return fail(text.error());
    if (*text)
      sources.repository_file = ConfigFile{std::string(kRepositoryConfig), std::move(**text)};
    // silently without the settings that somebody wrote down would be worse than not at all
    else if (auto other = read_trusted(kMisnamedConfig); other && *other)
      return fail(ErrorKind::invalid_input, fmt::format("{} is not read: the file is called {}",
                                                        kMisnamedConfig, kRepositoryConfig));
  }
  for (const auto& [name, values] : invocation.flags) {
    const auto* flag = find_flag(name);
    if (flag == nullptr || flag->key.empty()) continue;
    std::vector<std::string> given = values;
    if (flag->value.empty()) given = {std::string(flag->key_value)};
    sources.flags.emplace_back(flag->key, std::move(given));
  }
  return resolve_config(sources);
}

}  // namespace peer
