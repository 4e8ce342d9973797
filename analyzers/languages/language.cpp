#include "analyzers/languages/language.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace peer {

#define PEER_LANGUAGE(id, symbol, package, folder) const Language& language_##id();
#include "analyzers/languages/catalogue.def"
#undef PEER_LANGUAGE

namespace {

bool contains(std::span<const std::string_view> list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

const Language* first_where(const auto& holds) {
  const auto all = all_languages();
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Language* l) { return holds(*l); });
  return it == all.end() ? nullptr : *it;
}

/// The program a `#!` line starts, without folder and `env`: "python3".
std::string_view interpreter(std::string_view text) {
  if (!text.starts_with("#!")) return {};
  std::string_view line = trim(text.substr(2, text.find_first_of("\r\n") - 2));
  const auto next_word = [&line] {
    const auto word = line.substr(0, line.find_first_of(" \t"));
    line = trim(line.substr(word.size()));
    return word.substr(word.rfind('/') + 1);  // npos + 1 is 0
  };
  std::string_view program = next_word();
  while (program == "env" || (program.starts_with("-") && !line.empty()))
    program = next_word();
  return program;
}

/// A header is C++ when something in it is not C. Looks at words that begin lines or stand where
/// only C++ has them.
bool header_is_cpp(std::string_view text) {
  constexpr std::array<std::string_view, 14> kOnlyCpp{
      "namespace ", "template<", "template <", "class ",    "public:", "private:", "protected:",
      "using ",     "virtual ",  "constexpr ", "operator=", "std::",   "nullptr",  "explicit "};
  for (const auto raw : split_lines(text.substr(0, 65'536))) {
    const auto line = trim(raw);
    if (line.starts_with("//") || line.starts_with("*") || line.starts_with("/*")) continue;
    for (const auto word : kOnlyCpp)
      if (line.starts_with(word)) return true;
    if (line.find("std::") != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

std::span<const Language* const> all_languages() {
  static const std::array kAll{
#define PEER_LANGUAGE(id, symbol, package, folder) &language_##id(),
#include "analyzers/languages/catalogue.def"
#undef PEER_LANGUAGE
  };
  return kAll;
}

const Language* find_language(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kAliases{
      {{"c++", "cpp"},
       {"cc", "cpp"},
       {"c#", "csharp"},
       {"cs", "csharp"},
       {"golang", "go"},
       {"js", "javascript"},
       {"jsx", "javascript"},
       {"ts", "typescript"},
       {"py", "python"},
       {"rb", "ruby"},
       {"rs", "rust"},
       {"kt", "kotlin"},
       {"sh", "bash"},
       {"yml", "yaml"}}};
  std::string wanted = to_lower(name);
  for (const auto& [alias, id] : kAliases)
    if (wanted == alias) wanted = id;
  return first_where([&](const Language& language) { return language.name == wanted; });
}

const Language* detect_language(std::string_view path, std::string_view text) {
  const auto file = path.substr(path.rfind('/') + 1);
  if (const auto* by_name =
          first_where([&](const Language& l) { return contains(l.file_names, file); }))
    return by_name;
  if (const auto dot = file.rfind('.'); dot != std::string_view::npos) {
    const auto extension = to_lower(file.substr(dot));
    if (extension == ".h") return find_language(header_is_cpp(text) ? "cpp" : "c");
    if (const auto* found =
            first_where([&](const Language& l) { return contains(l.extensions, extension); }))
      return found;
  }
  const auto program = interpreter(text);
  if (program.empty()) return nullptr;
  return first_where([&](const Language& l) { return contains(l.interpreters, program); });
}

}  // namespace peer
