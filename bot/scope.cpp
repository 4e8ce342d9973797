#include "bot/scope.hpp"

#include "base/glob.hpp"

namespace peer {

Result<ScopeRules> load_scope(const Input& /*input*/, const Config& config, const Invocation& /*invocation*/,
                              const Session& /*session*/) {
  ScopeRules rules;
  rules.scope = [exclude = GlobList(config.exclude)](const ChangedFile& file) {
    if (exclude.matches(file.path)) return Scope{false, "excluded by the configuration"};
    return Scope{};
  };
  return rules;
}

}  // namespace peer
