#include "analyzers/languages/language.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "analyzers/languages/header.hpp"
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
  const auto is_for_env = [&program] {
    return program == "env" || program.starts_with('-') ||
           program.find('=') != std::string_view::npos;
  };
  while (is_for_env() && !line.empty())
    program = next_word();
  return program;
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
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kAliases{
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
       {"shell", "bash"},
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
  const auto unversioned = program.substr(0, program.find_last_not_of("0123456789.") + 1);
  return first_where([&](const Language& l) {
    return contains(l.interpreters, program) || contains(l.interpreters, unversioned);
  });
}

}  // namespace peer
