// What kind of file a path names, as far as it matters for guessing secrets. Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer::secrets {

struct Place {
  bool guess =
      true;  ///< generic secrets are looked for at all: not in tests, documentation, lock files
  bool pretence = false;     ///< tests, examples, documentation: what stands there is rarely in use
  bool bare_values = false;  ///< values stand without quotes: .env, properties, YAML, shell
};

[[nodiscard]] Place place_of(std::string_view path);

}  // namespace peer::secrets
