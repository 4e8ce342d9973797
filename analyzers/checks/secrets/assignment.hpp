// A name that is given a literal value: `api_key = "..."`, `"token": "..."`,
// `<password>...</password>`,
// `--token ...`, `export SECRET=...`. Works on text, so for any language. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "analyzers/span.hpp"

namespace peer::secrets {

struct Assignment {
  std::string_view name;  ///< the whole name: "config.api_key"
  Span value;             ///< without quotes
  bool quoted = false;
};

/// The assignment whose name holds `part` of `text`, or nothing. Looks at most a line and some
/// 1,000 bytes ahead.
[[nodiscard]] std::optional<Assignment> assignment_at(std::string_view text, Span part);

}  // namespace peer::secrets
