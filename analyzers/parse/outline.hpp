// The shape of a file: its functions, types and imports with spans, names, signatures and parents.
// One iterative walk, driven by a table per language. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/span.hpp"

namespace peer {

class SourceFile;

enum class SymbolKind {
  function,
  method,
  constructor,
  class_,
  struct_,
  interface,
  enum_,
  trait,
  module,     ///< namespace, package, module
  type,       ///< alias, typedef, union
  macro,
  constant,
  variable,
  field,
  import,
};

struct Symbol {
  SymbolKind kind = SymbolKind::function;
  std::string name;                   ///< as written; an import's: what it brings in, as written
  Span span;                          ///< the whole definition
  Span name_span;                     ///< the name alone
  std::optional<Span> body;           ///< the block, where there is one
  std::string signature;              ///< the definition without its body, white space folded to single blanks
  std::optional<std::uint32_t> parent;  ///< index in Outline::symbols of the enclosing symbol

  [[nodiscard]] bool is_callable() const {
    return kind == SymbolKind::function || kind == SymbolKind::method ||
           kind == SymbolKind::constructor;
  }
  [[nodiscard]] bool is_type() const {
    return kind == SymbolKind::class_ || kind == SymbolKind::struct_ ||
           kind == SymbolKind::interface || kind == SymbolKind::enum_ ||
           kind == SymbolKind::trait || kind == SymbolKind::type;
  }
};

struct Outline {
  std::vector<Symbol> symbols;  ///< in source order, parents before their children

  /// The innermost function, method or type that holds `span`, or null.
  [[nodiscard]] const Symbol* enclosing(Span span) const;
  /// "Class.method" for a symbol: its name after those of its parents, joined by '.'.
  [[nodiscard]] std::string qualified_name(const Symbol& symbol) const;
};

/// One row of a language's table: nodes of kind `node` define a symbol.
struct OutlineRule {
  std::string_view node;
  SymbolKind kind;
  std::string_view name_field = "name";  ///< field of the name; a path "declarator/declarator" goes down step by step
  std::string_view body_field = "body";
  SymbolKind kind_in_type = kind;  ///< what it is inside a class-like symbol ("function" -> "method")
};

/// Says what the table cannot: called for nodes the table names, after the table; may rename, re-kind, re-span or (false)
/// reject the symbol.
using OutlineHook = bool (*)(Node node, std::string_view text, Symbol& symbol);

/// The outline of `file`; empty without a tree.
[[nodiscard]] Outline outline_of(const SourceFile& file);

[[nodiscard]] std::string_view to_string(SymbolKind kind);

}  // namespace peer
