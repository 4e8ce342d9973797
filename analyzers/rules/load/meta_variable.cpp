#include "analyzers/rules/load/meta_variable.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzers/languages/language.hpp"

namespace peer::rules {
namespace {

bool may_begin_name(char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }
bool may_be_in_name(char c) { return may_begin_name(c) || (c >= '0' && c <= '9'); }
bool all_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), may_be_in_name);
}

std::optional<MetaVariable> read_multiple(std::string_view name) {
  using Form = MetaVariable::Form;
  if (!all_name(name)) return std::nullopt;
  if (name.empty() || name.front() == '_') return MetaVariable{Form::multiple, false, {}};
  return MetaVariable{Form::multi_capture, false, name};
}

}  // namespace

std::string_view expando_of(const Language& language) {
  // the characters of the reference: letters to the grammar that no code has
  static constexpr std::string_view kMicro = "\xC2\xB5";
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kExpandos{
      {{"c", "\xF0\x90\x80\x80"},
       {"cpp", "\xF0\x90\x80\x80"},
       {"csharp", kMicro},
       {"css", "_"},
       {"go", kMicro},
       {"kotlin", kMicro},
       {"php", kMicro},
       {"python", kMicro},
       {"ruby", kMicro},
       {"rust", kMicro},
       {"swift", kMicro},
       {"html", "z"}}};
  for (const auto& [name, expando] : kExpandos)
    if (name == language.name) return expando;
  return "$";
}

std::string with_expando(std::string_view pattern, const Language& language) {
  const auto expando = expando_of(language);
  if (expando == "$") return std::string(pattern);
  std::string out;
  out.reserve(pattern.size() + 8);
  std::size_t dollars = 0;
  const auto flush = [&](bool is_variable) {
    for (; dollars > 0; --dollars)
      out += is_variable ? expando : std::string_view("$");
  };
  for (const char c : pattern) {
    if (c == '$') {
      ++dollars;
      continue;
    }
    flush(may_begin_name(c) || dollars == 3);
    out += c;
  }
  flush(dollars == 3);
  return out;
}

std::optional<MetaVariable> read_meta_variable(std::string_view text, std::string_view sigil) {
  using Form = MetaVariable::Form;
  if (!text.starts_with(sigil)) return std::nullopt;
  std::size_t sigils = 0;
  while (sigils < 3 && text.starts_with(sigil)) {
    text.remove_prefix(sigil.size());
    ++sigils;
  }
  if (sigils == 3) return read_multiple(text);
  if (text.empty() || !may_begin_name(text.front()) || !all_name(text)) return std::nullopt;
  const bool named_only = sigils == 1;
  if (text.front() == '_') return MetaVariable{Form::dropped, named_only, {}};
  return MetaVariable{Form::capture, named_only, text};
}

}  // namespace peer::rules
