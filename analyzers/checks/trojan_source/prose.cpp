#include "analyzers/checks/trojan_source/prose.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer::trojan {
namespace {

enum class Part : signed char { unknown, plain, prose, code };

Part part_of(Node node) {
  const auto kind = node.kind();
  const auto has = [&](std::string_view word) { return kind.find(word) != std::string_view::npos; };
  if (!node.is_named()) return Part::plain;
  if (has("interpolated_string")) return Part::prose;
  if (has("interpolat") || has("substitution") || has("expansion")) return Part::code;
  if (has("string") || has("comment") || has("heredoc") || has("char") || has("regex") ||
      kind == "text" || kind == "jsx_text" || has("content"))
    return Part::prose;
  return Part::plain;
}

/// Names of folders that hold translations.
bool is_translation_path(std::string_view path) {
  static constexpr std::array<std::string_view, 13> kFolders{
      "i18n",         "l10n",        "locale",   "locales", "lang", "langs", "languages",
      "translations", "translation", "messages", "intl",    "nls",  "lproj"};
  const auto is_folder = [](std::string_view name) {
    return std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end();
  };
  const auto lower = to_lower(path);
  const auto parts = split(lower, '/');
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return is_folder(part) || is_folder(part.substr(part.rfind('.') + 1));
  });
}

}  // namespace

bool is_prose_file(const SourceFile& file) {
  if (file.language() == nullptr) return true;
  const auto name = file.language()->name;
  return name == "json" || name == "yaml" || name == "html" || is_translation_path(file.path());
}

ProseMap::ProseMap(const SourceFile& file) {
  if (file.tree() == nullptr) {
    turns_.emplace_back(0, true);
    return;
  }
  std::vector<Part> known;
  const auto part = [&](Node node) {
    if (node.kind_id() >= known.size())
      known.resize(node.kind_id() + std::size_t{1}, Part::unknown);
    auto& cached = known[node.kind_id()];
    if (cached == Part::unknown) cached = part_of(node);
    return cached;
  };
  std::vector<bool> states{false};
  walk(
      file.tree()->root(),
      [&](Node node) {
        const auto kind = part(node);
        const bool state = kind == Part::plain ? states.back() : kind == Part::prose;
        if (state != states.back()) turns_.emplace_back(node.begin(), state);
        states.push_back(state);
        return true;
      },
      [&](Node node) {
        const bool state = states.back();
        states.pop_back();
        if (state != states.back()) turns_.emplace_back(node.end(), states.back());
      });
}

bool ProseMap::holds(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(turns_.begin(), turns_.end(), offset,
                       [](std::uint32_t value, const auto& turn) { return value < turn.first; });
  return after != turns_.begin() && std::prev(after)->second;
}

}  // namespace peer::trojan
