// Meta variables as patterns write them: `$A`, `$$A`, `$$$A`, `$_`. Grammars to which `$` is no
// letter read another character in its place (the expando). Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peer {
struct Language;
}

namespace peer::rules {

struct MetaVariable {
  enum class Form : std::uint8_t {
    capture,        ///< $A
    dropped,        ///< $_, $_A: binds nothing
    multiple,       ///< $$$, $$$_A: any number of nodes, binds nothing
    multi_capture,  ///< $$$A
  };
  Form form = Form::capture;
  bool named_only = true;  ///< false for $$A: unnamed nodes too
  std::string_view name;   ///< of a capture; a view of the text
};

/// The character that stands for `$` in patterns of this language, in UTF-8.
[[nodiscard]] std::string_view expando_of(const Language& language);

/// A pattern with the `$` of its meta variables replaced by the expando.
[[nodiscard]] std::string with_expando(std::string_view pattern, const Language& language);

/// The meta variable that `text` is, all of it; `sigil` is `$` or the expando.
[[nodiscard]] std::optional<MetaVariable> read_meta_variable(std::string_view text,
                                                             std::string_view sigil);

}  // namespace peer::rules
