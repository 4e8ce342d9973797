#include "cache/paths.hpp"

#include <string_view>

namespace peer {
namespace {

bool is_usable(const std::optional<std::string>& value) {
  return value && value->starts_with('/') && value->find('\0') == std::string::npos;
}

Result<std::filesystem::path> place(const std::optional<std::string>& xdg,
                                    const std::optional<std::string>& home,
                                    std::string_view variable, std::string_view below_home,
                                    std::string_view file) {
  if (is_usable(xdg)) return std::filesystem::path(*xdg) / "peer" / file;
  if (is_usable(home)) return std::filesystem::path(*home) / below_home / "peer" / file;
  return fail(ErrorKind::unavailable,
              "there is no place for " + std::string(file) + ": neither HOME nor " +
                  std::string(variable) + " names a folder",
              "PEER-E162");
}

}  // namespace

Result<std::filesystem::path> cache_path(const StoreEnvironment& environment) {
  return place(environment.xdg_cache_home, environment.home, "XDG_CACHE_HOME", ".cache",
               "cache.db");
}

Result<std::filesystem::path> state_path(const StoreEnvironment& environment) {
  return place(environment.xdg_state_home, environment.home, "XDG_STATE_HOME", ".local/state",
               "state.db");
}

}  // namespace peer
