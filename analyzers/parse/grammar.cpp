#include "analyzers/parse/grammar.hpp"

#include "analyzers/languages/language.hpp"

namespace peer {

Grammar::Grammar(const Language& language)
    : grammar_(language.grammar()), other_names_(language.kind_names) {}

std::optional<std::uint16_t> Grammar::kind_id(std::string_view name) const {
  const auto own = [this](std::string_view kind) {
    return ts_language_symbol_for_name(grammar_, kind.data(),
                                       static_cast<std::uint32_t>(kind.size()), true);
  };
  auto id = own(name);
  for (const KindName& other : other_names_)
    if (id == 0 && other.name == name) id = own(other.own);
  return id == 0 ? std::nullopt : std::optional(id);
}

std::optional<std::uint16_t> Grammar::field_id(std::string_view name) const {
  const auto id =
      ts_language_field_id_for_name(grammar_, name.data(), static_cast<std::uint32_t>(name.size()));
  if (id == 0) return std::nullopt;
  return id;
}

std::string_view Grammar::field_name(std::uint16_t id) const {
  const char* name = ts_language_field_name_for_id(grammar_, id);
  return name == nullptr ? std::string_view{} : name;
}

std::uint32_t Grammar::kind_count() const { return ts_language_symbol_count(grammar_); }

std::string_view Grammar::kind_name(std::uint16_t id) const {
  const char* name = ts_language_symbol_name(grammar_, id);
  return name == nullptr ? std::string_view{} : name;
}

std::vector<std::string_view> Grammar::named_kinds() const {
  std::vector<std::string_view> names;
  for (std::uint32_t id = 1; id < kind_count(); ++id) {
    const auto symbol = static_cast<TSSymbol>(id);
    if (ts_language_symbol_type(grammar_, symbol) == TSSymbolTypeRegular)
      names.push_back(kind_name(symbol));
  }
  return names;
}

std::vector<std::string_view> Grammar::fields() const {
  std::vector<std::string_view> names;
  for (std::uint32_t id = 1; id <= ts_language_field_count(grammar_); ++id)
    names.emplace_back(ts_language_field_name_for_id(grammar_, static_cast<TSFieldId>(id)));
  return names;
}

}  // namespace peer
