#include "analyzers/rules/aliases.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

struct Alias {
  std::string_view foreign, ours;
};

constexpr std::array kAliases{
    Alias{"C901", "complexity"},
    Alias{"E999", "syntax-error"},
    Alias{"F401", "unused-import"},
    Alias{"F811", "unused-import"},
    Alias{"PLE2502", "trojan-source-bidi"},
    Alias{"PLE2510", "trojan-source-control"},
    Alias{"PLE2512", "trojan-source-control"},
    Alias{"PLE2513", "trojan-source-control"},
    Alias{"PLE2514", "trojan-source-control"},
    Alias{"PLE2515", "trojan-source-invisible"},
    Alias{"RUF001", "trojan-source-homoglyph"},
    Alias{"RUF002", "trojan-source-homoglyph"},
    Alias{"RUF003", "trojan-source-homoglyph"},
    Alias{"S105", "secret-assignment"},
    Alias{"S106", "secret-assignment"},
    Alias{"S107", "secret-assignment"},
    Alias{"T100", "debug-leftover"},
    Alias{"T201", "debug-leftover"},
    Alias{"T203", "debug-leftover"},
    Alias{"cognitive-complexity", "complexity"},
    Alias{"misc-confusable-identifiers", "trojan-source-homoglyph"},
    Alias{"misc-misleading-bidirectional", "trojan-source-bidi"},
    Alias{"no-console", "debug-leftover"},
    Alias{"no-debugger", "debug-leftover"},
    Alias{"no-unused-imports", "unused-import"},
    Alias{"no-unused-vars", "unused-import"},
    Alias{"readability-function-cognitive-complexity", "complexity"},
};

}  // namespace

std::string_view our_name(std::string_view foreign) {
  const auto name = foreign.substr(foreign.find_last_of("/.") + 1);
  const auto* alias = std::find_if(kAliases.begin(), kAliases.end(),
                                   [&](const Alias& a) { return a.foreign == name; });
  return alias == kAliases.end() ? name : alias->ours;
}

}  // namespace peer
