// What the reference takes for text in YAML: it refuses `pattern: -0`, which is a number. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/yaml.hpp"

namespace peer::rules {

/// A scalar that is neither a number nor a truth value, or stands in quotes.
[[nodiscard]] bool is_text(const YamlNode& node);

/// `text`, written without quotes, is a number of YAML 1.2: `-0`, `0x1F`, `1_000`, `1e3`, `.inf`.
[[nodiscard]] bool reads_as_number(std::string_view text);

/// What to write instead, for people: "`pattern` takes text, and -0 is a number: write it in
/// quotes".
[[nodiscard]] std::string not_text(std::string_view key, const YamlNode& node);

}  // namespace peer::rules
