// YAML in, with the limits that hostile input asks for: the one place that knows libyaml. A
// YamlNode is a plain value with positions, so that its reader can say where something is wrong.
// Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace peer {

struct YamlNode {  // NOLINT(misc-no-recursion): copied no deeper than YamlLimits allow
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  std::string text;  ///< of a scalar
  bool quoted =
      false;  ///< a scalar that can only be text: in quotes, a block (`|`, `>`), or marked `!!str`
  std::uint32_t line = 1;    ///< 1-based; an empty value stands where its key does
  std::uint32_t column = 1;  ///< 1-based, in characters
  std::string key;           ///< under which it stands in a map, else ""
  std::uint32_t key_line = 0, key_column = 0;  ///< of the key; 0 outside a map
  std::vector<YamlNode> children;              ///< of a sequence or map, in order

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }

  /// The value under `name` in a map, or null.
  [[nodiscard]] const YamlNode* find(std::string_view name) const;
  /// The value at "a.b.c", or null.
  [[nodiscard]] const YamlNode* find_path(std::string_view dotted) const;
  /// YAML 1.2's `true` and `false` (also True, TRUE), unquoted; `yes` and `on` are text, not
  /// booleans.
  [[nodiscard]] std::optional<bool> as_bool() const;
  /// A decimal integer, unquoted: `010` is ten.
  [[nodiscard]] std::optional<std::int64_t> as_integer() const;
  /// A decimal number, unquoted and finite.
  [[nodiscard]] std::optional<double> as_number() const;
  /// "line 3, column 7".
  [[nodiscard]] std::string where() const;
};

struct YamlLimits {
  std::size_t max_bytes = std::size_t{256} << 10U;
  std::size_t max_depth = 32;
  /// Aliases (`*name`) stand for a copy of what they name instead of being refused; all copies of a
  /// text together may have this many nodes. 0: aliases are refused.
  std::size_t max_alias_nodes = 0;
};

/// Parses the one document of `text`; an empty one is null. Fails with invalid_input and PEER-E140,
/// naming line and column, on: a syntax error, text that is not UTF-8, control characters, more
/// bytes or deeper nesting than `limits` allow, an alias (`*name`), a key that stands twice in a
/// map, a key that is not a scalar, a tag other than YAML's own, a second document.
[[nodiscard]] Result<YamlNode> load_yaml(std::string_view text, const YamlLimits& limits = {});

/// The same for a text of several documents (`---` between them), in order; empty ones are null.
/// What stands in a document before an error is lost with it, and so is all that follows.
[[nodiscard]] Result<std::vector<YamlNode>> load_yaml_documents(std::string_view text,
                                                                const YamlLimits& limits = {});

/// "0.2.5".
[[nodiscard]] std::string_view libyaml_version();

/// Whether no reader of YAML would take `text`: not what is merely refused here.
[[nodiscard]] bool is_no_yaml(std::string_view text);

}  // namespace peer
