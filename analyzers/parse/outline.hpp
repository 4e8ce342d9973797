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
  module,  ///< namespace, package, module
  type,    ///< alias, typedef, union
  macro,
  constant,
  variable,
  field,
  import,
  extension,  ///< adds to a type that is defined elsewhere: Rust's impl, Swift's extension; named
              ///< after the type
};

struct Symbol {
  SymbolKind kind = SymbolKind::function;
  std::string name;   ///< as written; an import's: the module or path it names, without quotes
  std::string scope;  ///< what a definition outside its type belongs to: "Basket" of Go's `func (b
                      ///< *Basket) Add`, "shop::Basket" of C++'s `void shop::Basket::add()`; ""
                      ///< where `parent` says it
  Span span;          ///< the whole definition
  Span name_span;     ///< the name alone
  /// The block, where there is one; a function without one is only declared here.
  std::optional<Span> body;
  std::optional<std::uint32_t> parent;  ///< index in Outline::symbols of the enclosing symbol

  /// The definition in `text` without its body, on one line: white space folded to single blanks.
  [[nodiscard]] std::string signature(std::string_view text) const;

  [[nodiscard]] bool is_callable() const {
    return kind == SymbolKind::function || kind == SymbolKind::method ||
           kind == SymbolKind::constructor;
  }
  [[nodiscard]] bool is_type() const {
    return kind == SymbolKind::class_ || kind == SymbolKind::struct_ ||
           kind == SymbolKind::interface || kind == SymbolKind::enum_ ||
           kind == SymbolKind::trait || kind == SymbolKind::type || kind == SymbolKind::extension;
  }
};

class Outline {
 public:
  Outline() = default;
  /// `found` in source order, parents before their children, spans nested or apart.
  explicit Outline(std::vector<Symbol> found);

  std::vector<Symbol> symbols;  ///< in source order, parents before their children

  /// The innermost function, method or type that holds `span`, or null. An empty span belongs to
  /// what begins there.
  [[nodiscard]] const Symbol* enclosing(Span span) const;
  /// "Class.method" for a symbol: its name after those of its parents, joined by '.'. Of a hostile
  /// nesting only the innermost names are kept.
  [[nodiscard]] std::string qualified_name(const Symbol& symbol) const;

 private:
  /// From `begin` to the next stretch the innermost function or type is symbols[symbol], or none.
  struct Stretch {
    std::uint32_t begin = 0;
    std::optional<std::uint32_t> symbol;
  };
  // by begin: one search per question, however many symbols there are
  std::vector<Stretch> stretches_;
};

/// One row of a language's table: nodes of kind `node` define a symbol.
struct OutlineRule {
  std::string_view node;
  SymbolKind kind;
  std::string_view name_field =
      "name";  ///< field of the name; a path "declarator/declarator" goes down step by step
  std::string_view body_field = "body";  ///< likewise; "": it has none
  SymbolKind kind_in_type =
      kind;  ///< what it is inside a class-like symbol ("function" -> "method")
  /// Nothing is defined below such a node: speed only.
  bool is_leaf = kind == SymbolKind::import || kind == SymbolKind::macro;
};

/// Where a possible symbol was met.
struct OutlineSite {
  Node node;
  std::string_view text;  ///< of the whole file
  const Symbol* parent;   ///< the innermost symbol around the node, or null
};

/// Says what the table cannot: called for nodes the table names, after the table; may rename,
/// re-kind, re-span or (false) reject the symbol. A symbol without a name is rejected too.
using OutlineHook = bool (*)(const OutlineSite& site, Symbol& symbol);

/// Names `symbol` after `name`; the null node leaves it without a name.
void name_symbol(Symbol& symbol, Node name, std::string_view text);

/// Names `symbol` after all that stands from the first to the last named child of `node`:
/// "java.util.List" of `import java.util.List;`.
void name_by_children(Symbol& symbol, Node node, std::string_view text);
/// Takes the quotes or angle brackets off the name: `"fmt"`, `<stdio.h>`.
void unquote_name(Symbol& symbol);

/// The outline of `file`; empty without a tree.
[[nodiscard]] Outline outline_of(const SourceFile& file);

/// What of it answers enclosing() for spans that begin at `places` (offsets, rising): what is
/// inside other symbols is left out, and not walked through.
[[nodiscard]] Outline outline_around(const SourceFile& file, std::span<const std::uint32_t> places);

[[nodiscard]] std::string_view to_string(SymbolKind kind);

}  // namespace peer
