#include "analyzers/rules/aliases.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

struct Alias {
  std::string_view foreign, ours;
  bool loose = false;  ///< says more than ours: silences it, but is not the same
};

constexpr std::array kAliases{
    Alias{"B105", "secret-assignment"},
    Alias{"B106", "secret-assignment"},
    Alias{"B107", "secret-assignment"},
    Alias{"C901", "complexity"},
    Alias{"CognitiveComplexity", "complexity"},
    Alias{"CyclomaticComplexity", "complexity"},
    Alias{"CyclomaticComplexityCheck", "complexity"},
    Alias{"E999", "syntax-error"},
    Alias{"F401", "unused-import"},
    Alias{"F811", "unused-import", true},
    Alias{"G101", "secret-assignment"},
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
    Alias{"TS6133", "unused-import", true},
    Alias{"TS6192", "unused-import"},
    Alias{"UnnecessaryImport", "unused-import"},
    Alias{"UnusedImportsCheck", "unused-import"},
    Alias{"W0611", "unused-import"},
    Alias{"cognitive-complexity", "complexity"},
    Alias{"misc-confusable-identifiers", "trojan-source-homoglyph"},
    Alias{"misc-misleading-bidirectional", "trojan-source-bidi"},
    Alias{"no-alert", "debug-leftover", true},
    Alias{"no-console", "debug-leftover"},
    Alias{"no-debugger", "debug-leftover"},
    Alias{"no-unused-imports", "unused-import"},
    Alias{"no-unused-vars", "unused-import", true},
    Alias{"readability-function-cognitive-complexity", "complexity"},
    Alias{"unused_imports", "unused-import"},
};

std::string_view without_prefix(std::string_view foreign) {
  return foreign.substr(foreign.find_last_of("/.") + 1);
}

const Alias* find_alias(std::string_view name) {
  const auto* alias = std::find_if(kAliases.begin(), kAliases.end(),
                                   [&](const Alias& a) { return a.foreign == name; });
  return alias == kAliases.end() ? nullptr : alias;
}

}  // namespace

std::string_view our_name(std::string_view foreign) {
  const auto name = without_prefix(foreign);
  const auto* alias = find_alias(name);
  return alias == nullptr ? name : alias->ours;
}

std::string_view our_rule(std::string_view foreign) {
  const auto name = without_prefix(foreign);
  const auto* alias = find_alias(name);
  if (alias == nullptr) return name;
  return alias->loose ? std::string_view{} : alias->ours;
}

}  // namespace peer
