#include "analyzers/taint/forms.hpp"

#include <array>
#include <unordered_map>

namespace peer::taint {

#define PEER_TAINT_LANGUAGE(id) const TaintLanguage& taint_language_##id();
#include "analyzers/taint/languages/catalogue.def"
#undef PEER_TAINT_LANGUAGE

std::span<const TaintLanguage* const> all_taint_languages() {
  static const std::array kAll{
#define PEER_TAINT_LANGUAGE(id) &taint_language_##id(),
#include "analyzers/taint/languages/catalogue.def"
#undef PEER_TAINT_LANGUAGE
  };
  return kAll;
}

const TaintLanguage* find_taint_language(std::string_view name) {
  for (const TaintLanguage* language : all_taint_languages())
    if (language->name == name) return language;
  return nullptr;
}

const FormRule& form_of(const TaintLanguage& language, std::string_view kind) {
  using Table = std::unordered_map<std::string_view, const FormRule*>;
  static const auto kTables = [] {
    std::unordered_map<const TaintLanguage*, Table> tables;
    for (const TaintLanguage* each : all_taint_languages())
      for (const FormRule& rule : each->forms)
        tables[each].emplace(rule.kind, &rule);
    return tables;
  }();
  static constexpr FormRule kMix{"", Form::mix};
  const auto table = kTables.find(&language);
  if (table == kTables.end()) return kMix;
  const auto it = table->second.find(kind);
  return it == table->second.end() ? kMix : *it->second;
}

}  // namespace peer::taint
