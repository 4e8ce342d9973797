#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_css();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".css"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(@import url("base.css");

:root {
  --accent: #0366d6;
}

.basket > li {
  color: var(--accent);
}

@media (max-width: 40em) {
  .basket {
    display: none;
  }
}
)peer";
constexpr std::array<OutlineRule, 2> kOutline{{
    {.node = "rule_set", .kind = SymbolKind::type, .name_field = "", .body_field = ""},
    {.node = "import_statement", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::import) {
    name_by_children(symbol, site.node, site.text);
    return true;
  }
  for_each_child(site.node, [&](Node child) {
    if (child.kind() == "selectors") name_symbol(symbol, child, site.text);
    if (child.kind() == "block") symbol.body = child.span();
  });
  return true;
}

}  // namespace

const Language& language_css() {
  static const Language kLanguage{
      .name = "css",
      .display_name = "CSS",
      .extensions = kExtensions,
      .grammar = tree_sitter_css,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
