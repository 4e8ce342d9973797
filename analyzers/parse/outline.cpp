#include "analyzers/parse/outline.hpp"

#include <array>

#include "analyzers/languages/language.hpp"
#include "analyzers/source_file.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// Rules by the grammar's number of their node kind, so that the walk costs one look-up per node.
class RuleTable {
 public:
  explicit RuleTable(const Language& language) {
    const TSLanguage* grammar = language.grammar();
    rules_.resize(ts_language_symbol_count(grammar), nullptr);
    for (const auto& rule : language.outline) {
      // one name may have several numbers (aliases): all of them count
      for (std::uint32_t id = 0; id < rules_.size(); ++id) {
        const auto symbol = static_cast<TSSymbol>(id);
        if (ts_language_symbol_type(grammar, symbol) == TSSymbolTypeRegular &&
            rule.node == ts_language_symbol_name(grammar, symbol))
          rules_[id] = &rule;
      }
    }
  }
  [[nodiscard]] const OutlineRule* of(Node node) const {
    const auto id = node.kind_id();
    return id < rules_.size() ? rules_[id] : nullptr;
  }

 private:
  std::vector<const OutlineRule*> rules_;
};

const RuleTable& table_of(const Language& language) {
  static const std::vector<RuleTable> kTables = [] {
    std::vector<RuleTable> tables;
    for (const auto* each : all_languages()) tables.emplace_back(*each);
    return tables;
  }();
  const auto all = all_languages();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] == &language) return kTables[i];
  return kTables.front();
}

Node at_path(Node node, std::string_view path) {
  for (const auto field : split(path, '/'))
    if (node) node = node.field(field);
  return node;
}

/// The definition up to its body, white space folded.
std::string signature_of(std::string_view text, const Symbol& symbol) {
  const std::uint32_t end = symbol.body ? symbol.body->begin : symbol.span.end;
  std::string out;
  bool space = false;
  for (const char c : text.substr(symbol.span.begin, end - symbol.span.begin)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

Symbol make_symbol(const OutlineRule& rule, Node node, std::string_view text) {
  Symbol symbol;
  symbol.kind = rule.kind;
  symbol.span = node.span();
  if (const Node name = at_path(node, rule.name_field)) {
    symbol.name_span = name.span();
    symbol.name = std::string(name.text(text));
  }
  if (const Node body = rule.body_field.empty() ? Node() : at_path(node, rule.body_field))
    symbol.body = body.span();
  return symbol;
}

bool inside_type(const std::vector<Symbol>& symbols, const std::vector<std::uint32_t>& open) {
  return !open.empty() && symbols[open.back()].is_type();
}

}  // namespace

Outline outline_of(const SourceFile& file) {
  Outline outline;
  if (file.tree() == nullptr || file.language() == nullptr) return outline;
  const auto& language = *file.language();
  const auto& table = table_of(language);
  std::vector<std::uint32_t> open;  // indices of the symbols around the current node
  walk(file.tree()->root(), [&](Node node) {
    while (!open.empty() && outline.symbols[open.back()].span.end <= node.begin()) open.pop_back();
    const auto* rule = table.of(node);
    if (rule == nullptr) return true;
    Symbol symbol = make_symbol(*rule, node, file.text());
    if (inside_type(outline.symbols, open)) symbol.kind = rule->kind_in_type;
    if (!open.empty()) symbol.parent = open.back();
    if (language.outline_hook != nullptr && !language.outline_hook(node, file.text(), symbol)) return true;
    if (symbol.name.empty()) return true;
    symbol.signature = signature_of(file.text(), symbol);
    open.push_back(static_cast<std::uint32_t>(outline.symbols.size()));
    outline.symbols.push_back(std::move(symbol));
    return true;
  });
  return outline;
}

const Symbol* Outline::enclosing(Span span) const {
  const Symbol* innermost = nullptr;
  for (const auto& symbol : symbols) {
    if (symbol.span.begin > span.begin) break;
    if ((symbol.is_callable() || symbol.is_type()) && symbol.span.contains(span)) innermost = &symbol;
  }
  return innermost;
}

std::string Outline::qualified_name(const Symbol& symbol) const {
  std::string name = symbol.name;
  for (auto parent = symbol.parent; parent; parent = symbols[*parent].parent)
    name = symbols[*parent].name + "." + name;
  return name;
}

std::string_view to_string(SymbolKind kind) {
  constexpr std::array<std::string_view, 15> kWords{
      "function", "method", "constructor", "class", "struct",   "interface", "enum",  "trait",
      "module",   "type",   "macro",       "constant", "variable", "field",  "import"};
  return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace peer
