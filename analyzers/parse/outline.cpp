#include "analyzers/parse/outline.hpp"

#include <algorithm>
#include <array>

#include "analyzers/languages/per_language.hpp"
#include "analyzers/parse/preorder.hpp"
#include "analyzers/source_file.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using FieldPath = std::vector<TSFieldId>;

/// An OutlineRule with its names replaced by the grammar's numbers.
struct Row {
  const OutlineRule* rule;
  FieldPath name;
  FieldPath body;
};

FieldPath field_path(const TSLanguage* grammar, std::string_view path) {
  FieldPath fields;
  if (path.empty()) return fields;
  for (const auto name : split(path, '/'))
    fields.push_back(ts_language_field_id_for_name(grammar, name.data(),
                                                   static_cast<std::uint32_t>(name.size())));
  return fields;
}

/// What to do at a node, by the number of its kind: the walk costs one look-up per node.
class Table {
 public:
  static constexpr std::uint8_t kGoOn = 0, kSkip = 1, kFirstRow = 2;

  explicit Table(const Language& language) {
    const TSLanguage* grammar = language.grammar();
    action_.resize(ts_language_symbol_count(grammar) + 1, kGoOn);  // errors are the last
    for (const auto kind : language.outline_skips)
      act(grammar, kind, kSkip);
    for (const auto& rule : language.outline) {
      act(grammar, rule.node, static_cast<std::uint8_t>(kFirstRow + rows_.size()));
      rows_.push_back(
          {&rule, field_path(grammar, rule.name_field), field_path(grammar, rule.body_field)});
    }
  }
  /// Of a kind that is in actions().
  [[nodiscard]] std::uint8_t action(std::uint16_t kind) const { return action_[kind]; }
  [[nodiscard]] const std::vector<std::uint8_t>& actions() const { return action_; }
  [[nodiscard]] const Row& row(std::uint8_t action) const { return rows_[action - kFirstRow]; }

 private:
  void act(const TSLanguage* grammar, std::string_view kind, std::uint8_t action) {
    const auto id = ts_language_symbol_for_name(grammar, kind.data(),
                                                static_cast<std::uint32_t>(kind.size()), true);
    if (id != 0) action_[id] = action;
  }

  std::vector<std::uint8_t> action_;
  std::vector<Row> rows_;
};

Node at_path(Node node, const FieldPath& path) {
  if (path.empty()) return {};
  for (const auto field : path)
    if (node) node = Node(ts_node_child_by_field_id(node.raw(), field));
  return node;
}

class Builder {
 public:
  /// `places`: nothing inside symbols that hold none of them is wanted.
  explicit Builder(const SourceFile& file, std::optional<std::span<const std::uint32_t>> places)
      : text_(file.text()),
        language_(*file.language()),
        table_(per_language<Table>(language_)),
        places_(places) {}

  /// Nodes of the kinds that something is to be done at, and whether to go below each.
  void run(Node root) {
    const auto& actions = table_.actions();
    const PeerPreorderPlan plan{actions.data(), static_cast<std::uint32_t>(actions.size() - 1),
                                nullptr, 0, false};
    Preorder walk(root, plan);
    while (walk.next())
      if (!enter(walk.node(), table_.action(walk.kind()))) walk.skip_below();
  }
  std::vector<Symbol> take() { return std::move(symbols_); }

 private:
  bool enter(Node node, std::uint8_t action) {
    if (action == Table::kSkip) return false;
    const auto& row = table_.row(action);
    add(node, row);
    return !row.rule->is_leaf && holds_place(node.span());
  }

  [[nodiscard]] bool holds_place(Span span) const {
    if (!places_) return true;
    const auto next = std::lower_bound(places_->begin(), places_->end(), span.begin);
    return next != places_->end() && *next <= span.end;
  }

  void add(Node node, const Row& row) {
    const auto span = node.span();
    while (!open_.empty() && symbols_[open_.back()].span.end <= span.begin)
      open_.pop_back();
    const Symbol* parent = open_.empty() ? nullptr : &symbols_[open_.back()];
    Symbol symbol;
    symbol.kind = parent != nullptr && parent->is_type() ? row.rule->kind_in_type : row.rule->kind;
    symbol.span = span;
    name_symbol(symbol, at_path(node, row.name), text_);
    if (const Node body = at_path(node, row.body)) symbol.body = body.span();
    if (!open_.empty()) symbol.parent = open_.back();
    if (language_.outline_hook != nullptr && !language_.outline_hook({node, text_, parent}, symbol))
      return;
    if (symbol.name.empty()) return;
    open_.push_back(static_cast<std::uint32_t>(symbols_.size()));
    symbols_.push_back(std::move(symbol));
  }

  std::string_view text_;
  const Language& language_;
  const Table& table_;
  std::optional<std::span<const std::uint32_t>> places_;
  std::vector<Symbol> symbols_;
  std::vector<std::uint32_t> open_;  // indices of the symbols around the current node
};

}  // namespace

void name_symbol(Symbol& symbol, Node name, std::string_view text) {
  symbol.name_span = name ? name.span() : Span{};
  symbol.name = name ? std::string(name.text(text)) : std::string();
}

void name_by_children(Symbol& symbol, Node node, std::string_view text) {
  Span span{UINT32_MAX, 0};
  for_each_child(node, [&](Node child) {
    if (!child.is_named() || child.is_extra()) return;
    span.begin = std::min(span.begin, child.begin());
    span.end = child.end();
  });
  if (span.begin >= span.end) return;
  symbol.name_span = span;
  symbol.name = std::string(text.substr(span.begin, span.size()));
}

void unquote_name(Symbol& symbol) {
  const std::string_view name = symbol.name;
  if (name.size() < 2) return;
  const char open = name.front();
  const char close = open == '<' ? '>' : open;
  if ((open != '"' && open != '\'' && open != '`' && open != '<') || name.back() != close) return;
  symbol.name = std::string(name.substr(1, name.size() - 2));
  ++symbol.name_span.begin;
  --symbol.name_span.end;
}

static Outline build(const SourceFile& file, std::optional<std::span<const std::uint32_t>> places) {
  if (file.tree() == nullptr || file.language() == nullptr) return {};
  if (file.language()->outline.empty()) return {};
  Builder builder(file, places);
  builder.run(file.tree()->root());
  return Outline(builder.take());
}

Outline outline_of(const SourceFile& file) { return build(file, std::nullopt); }

Outline outline_around(const SourceFile& file, std::span<const std::uint32_t> places) {
  return build(file, places);
}

Outline::Outline(std::vector<Symbol> found) : symbols(std::move(found)) {
  std::vector<std::uint32_t> open;
  const auto innermost = [&]() -> std::optional<std::uint32_t> {
    if (open.empty()) return std::nullopt;
    return open.back();
  };
  const auto close_until = [&](std::uint32_t offset) {
    while (!open.empty() && symbols[open.back()].span.end <= offset) {
      const auto end = symbols[open.back()].span.end;
      open.pop_back();
      stretches_.push_back({end, innermost()});
    }
  };
  for (std::uint32_t i = 0; i < symbols.size(); ++i) {
    if (!symbols[i].is_callable() && !symbols[i].is_type()) continue;
    close_until(symbols[i].span.begin);
    open.push_back(i);
    stretches_.push_back({symbols[i].span.begin, i});
  }
  close_until(UINT32_MAX);
}

const Symbol* Outline::enclosing(Span span) const {
  const auto after = std::upper_bound(
      stretches_.begin(), stretches_.end(), span.begin,
      [](std::uint32_t offset, const Stretch& stretch) { return offset < stretch.begin; });
  if (after == stretches_.begin()) return nullptr;
  for (auto at = std::prev(after)->symbol; at; at = symbols[*at].parent) {
    const auto& symbol = symbols[*at];
    if ((symbol.is_callable() || symbol.is_type()) && symbol.span.contains(span)) return &symbol;
  }
  return nullptr;
}

std::string Outline::qualified_name(const Symbol& symbol) const {
  constexpr std::size_t kMostNames = 32;
  std::vector<std::string_view> names;
  for (const Symbol* at = &symbol; at != nullptr && names.size() < kMostNames;
       at = at->parent ? &symbols[*at->parent] : nullptr) {
    names.push_back(at->name);
    if (!at->scope.empty()) names.push_back(at->scope);
  }
  std::string out;
  std::for_each(names.rbegin(), names.rend(), [&](std::string_view name) {
    if (!out.empty()) out += '.';
    out += name;
  });
  return out;
}

std::string Symbol::signature(std::string_view text) const {
  const std::uint32_t end = body ? body->begin : span.end;
  std::string out;
  bool blank = false;
  for (const char c : text.substr(span.begin, end - span.begin)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

std::string_view to_string(SymbolKind kind) {
  constexpr std::array<std::string_view, 16> kWords{
      "function", "method", "constructor", "class",    "struct", "interface",
      "enum",     "trait",  "module",      "type",     "macro",  "constant",
      "variable", "field",  "import",      "extension"};
  return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace peer
