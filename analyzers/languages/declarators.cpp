#include "analyzers/languages/declarators.hpp"

#include "base/text.hpp"

namespace peer {
namespace {

/// What stands at the inner end of a declarator, and what lies on the way.
struct Declared {
  Node name;
  bool function = false;  ///< the name itself is called, not a pointer it holds
};

bool is_wrapper(std::string_view kind) {
  return kind == "pointer_declarator" || kind == "reference_declarator" ||
         kind == "parenthesized_declarator" || kind == "attributed_declarator" ||
         kind == "array_declarator" || kind == "init_declarator" || kind == "variadic_declarator";
}

/// The declarator inside `node`: most grammars rules name the field, reference and parenthesised
/// ones do not.
Node inner(Node node) {
  if (const Node field = node.field("declarator")) return field;
  return node.named_child(node.named_child_count() > 1 && node.kind() == "parenthesized_declarator"
                              ? node.named_child_count() - 1
                              : 0);
}

Declared declared(Node declarator) {
  Declared result;
  Node node = declarator;
  while (node) {
    const auto kind = node.kind();
    if (kind == "function_declarator") {
      result.function = true;
    } else if (kind == "pointer_declarator" || kind == "array_declarator") {
      result.function = false;
    } else if (!is_wrapper(kind)) {
      break;
    }
    node = inner(node);
  }
  result.name = node;
  return result;
}

/// `operator const T&` of `operator const T&() const`.
void name_cast_operator(Symbol& symbol, Node cast, std::string_view text) {
  Node declarator = cast.field("declarator");
  while (declarator && declarator.kind() != "abstract_function_declarator")
    declarator = inner(declarator);
  const Node parameters = declarator ? declarator.field("parameters") : Node();
  const std::uint32_t end = parameters ? parameters.begin() : cast.end();
  const auto name = trim(text.substr(cast.begin(), end - cast.begin()));
  symbol.name = std::string(name);
  symbol.name_span = {cast.begin(), cast.begin() + static_cast<std::uint32_t>(name.size())};
}

/// Splits `n::A<T>::f` into scope and name, and takes template arguments off the name.
void name_qualified(Symbol& symbol, Node name, std::string_view text) {
  const std::uint32_t begin = name ? name.begin() : 0;
  bool qualified = false;
  while (name && name.kind() == "qualified_identifier") {
    qualified = true;
    name = name.field("name");
  }
  if (!name) return;
  if (qualified) {
    auto scope = trim(text.substr(begin, name.begin() - begin));
    if (scope.ends_with("::")) scope.remove_suffix(2);
    if (scope.starts_with("::")) scope.remove_prefix(2);
    symbol.scope = std::string(trim(scope));
  }
  const auto kind = name.kind();
  if (kind == "operator_cast") return name_cast_operator(symbol, name, text);
  if (kind == "template_function" || kind == "template_method" || kind == "template_type")
    name = name.field("name");
  name_symbol(symbol, name, text);
}

/// "Basket" of "shop::Basket<T>".
std::string_view last_of_scope(std::string_view scope) {
  if (const auto arguments = scope.find('<'); arguments != std::string_view::npos)
    scope = scope.substr(0, arguments);
  const auto colon = scope.rfind("::");
  return trim(colon == std::string_view::npos ? scope : scope.substr(colon + 2));
}

/// `class A {..} B f() {..}`, which C++ forbids: what the grammar makes of a class whose end it
/// missed and of the function behind it. The class and what is in it stand for themselves; the
/// function's bounds are not known.
bool swallowed_a_class(Node definition) {
  const Node type = definition.field("type");
  return type && (type.kind() == "class_specifier" || type.kind() == "struct_specifier") &&
         type.field("body");
}

bool outline_function(const OutlineSite& site, Symbol& symbol) {
  const auto found = declared(site.node.field("declarator"));
  const bool defined = site.node.kind() == "function_definition";
  const bool cast = found.name && found.name.kind() == "operator_cast";
  if (defined && swallowed_a_class(site.node)) return false;
  if (!defined) {
    // inside a function a declaration with parentheses is a variable nearly always
    const bool local = site.parent != nullptr && site.parent->is_callable();
    if (local || (!found.function && !cast)) return false;
  }
  name_qualified(symbol, found.name, site.text);
  if (!symbol.scope.empty()) symbol.kind = SymbolKind::method;
  const auto type = !symbol.scope.empty() ? last_of_scope(symbol.scope)
                    : site.parent != nullptr && site.parent->is_type()
                        ? std::string_view(site.parent->name)
                        : std::string_view{};
  if (!type.empty() && symbol.name == type) symbol.kind = SymbolKind::constructor;
  return true;
}

/// `typedef struct {..} name;` is the struct; of `typedef struct name {..} name;` the struct inside
/// speaks for both.
bool outline_typedef(const OutlineSite& site, Symbol& symbol) {
  name_symbol(symbol, declared(site.node.field("declarator")).name, site.text);
  const Node type = site.node.field("type");
  if (!type || !symbol.body) return true;
  if (const Node name = type.field("name")) {
    symbol.body.reset();
    return name.text(site.text) != symbol.name;
  }
  if (type.kind() == "struct_specifier") symbol.kind = SymbolKind::struct_;
  if (type.kind() == "enum_specifier") symbol.kind = SymbolKind::enum_;
  return true;
}

}  // namespace

bool outline_c_family(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (kind == "function_definition" || kind == "declaration" || kind == "field_declaration")
    return outline_function(site, symbol);
  if (kind == "type_definition") return outline_typedef(site, symbol);
  if (kind.ends_with("_specifier")) {
    if (!symbol.body) return false;  // a mention, not a definition
    name_qualified(symbol, site.node.field("name"), site.text);
  }
  if (symbol.kind == SymbolKind::import) unquote_name(symbol);
  return true;
}

}  // namespace peer
