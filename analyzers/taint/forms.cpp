#include "analyzers/taint/forms.hpp"

#include <array>
#include <charconv>
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

namespace {

/// The number of "#n"
int position_in(std::string_view where) {
  int position = 0;
  std::from_chars(where.data() + 1, where.data() + where.size(), position);
  return position;
}

Node at_position(Node node, int position) {
  std::vector<Node> children;
  for_each_child(node, [&](Node child) {
    if (child.is_named() && !child.is_extra()) children.push_back(child);
  });
  const auto count = static_cast<int>(children.size());
  const int index = position < 0 ? count + position : position;
  return index >= 0 && index < count ? children[static_cast<std::size_t>(index)] : Node();
}

}  // namespace

Node part_of(Node node, std::string_view where) {
  if (where.empty() || where == kRest) return {};
  if (where[0] == '#') return at_position(node, position_in(where));
  if (where[0] != '.') return node.field(where);
  Node found;
  for_each_child(node, [&](Node child) {
    if (!found && child.is_named() && child.kind().ends_with(where.substr(1))) found = child;
  });
  return found;
}

std::vector<Node> parts_of(Node node, std::string_view where) {
  std::vector<Node> found;
  if (where.empty()) return found;
  if (where[0] == '#') {
    if (const Node part = part_of(node, where)) found.push_back(part);
    return found;
  }
  const bool is_kind = where[0] == '.';
  Cursor cursor(node);
  if (!cursor.to_first_child()) return found;
  do {
    const Node child = cursor.node();
    if (!child.is_named()) continue;
    if (is_kind ? child.kind().ends_with(where.substr(1)) : cursor.field() == where)
      found.push_back(child);
  } while (cursor.to_next_sibling());
  return found;
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
