#include "analyzers/languages/ecmascript.hpp"

#include <array>

namespace peer {
namespace {

constexpr std::array<OutlineRule, 23> kRows{{
    {.node = "function_declaration", .kind = SymbolKind::function},
    {.node = "generator_function_declaration", .kind = SymbolKind::function},
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "method_definition", .kind = SymbolKind::method},
    {.node = "variable_declarator", .kind = SymbolKind::function, .body_field = ""},
    {.node = "assignment_expression",
     .kind = SymbolKind::function,
     .name_field = "left",
     .body_field = ""},
    {.node = "pair", .kind = SymbolKind::method, .name_field = "key", .body_field = ""},
    {.node = "field_definition",
     .kind = SymbolKind::method,
     .name_field = "property",
     .body_field = ""},
    {.node = "import_statement",
     .kind = SymbolKind::import,
     .name_field = "source",
     .body_field = "",
     .is_leaf = false},
    {.node = "function_expression", .kind = SymbolKind::function},
    {.node = "generator_function", .kind = SymbolKind::function},
    // from here on TypeScript alone
    {.node = "public_field_definition", .kind = SymbolKind::method, .body_field = ""},
    {.node = "abstract_class_declaration", .kind = SymbolKind::class_},
    {.node = "interface_declaration", .kind = SymbolKind::interface},
    {.node = "type_alias_declaration", .kind = SymbolKind::type, .body_field = ""},
    {.node = "enum_declaration", .kind = SymbolKind::enum_},
    {.node = "internal_module", .kind = SymbolKind::module},
    {.node = "module", .kind = SymbolKind::module},
    {.node = "function_signature", .kind = SymbolKind::function, .body_field = ""},
    {.node = "method_signature", .kind = SymbolKind::method, .body_field = ""},
    {.node = "construct_signature",
     .kind = SymbolKind::constructor,
     .name_field = "",
     .body_field = ""},
    {.node = "abstract_method_signature", .kind = SymbolKind::method, .body_field = ""},
    {.node = "import_require_clause",
     .kind = SymbolKind::import,
     .name_field = "source",
     .body_field = ""},
}};
constexpr std::size_t kJavaScriptRows = 11;

constexpr std::array<std::string_view, 12> kSkips{"binary_expression",
                                                  "comment",
                                                  "formal_parameters",
                                                  "jsx_text",
                                                  "regex",
                                                  "string",
                                                  "subscript_expression",
                                                  "template_string",
                                                  "type_annotation",
                                                  "type_arguments",
                                                  "type_parameters",
                                                  "unary_expression"};

bool is_function(std::string_view kind) {
  return kind == "arrow_function" || kind == "function_expression" || kind == "generator_function";
}

Node without_parentheses(Node node) {
  while (node && node.kind() == "parenthesized_expression")
    node = node.named_child(0);
  return node;
}

/// The function of `(function () { .. })()`, or the null node.
Node called_at_once(Node value) {
  const Node call = without_parentheses(value);
  if (!call || call.kind() != "call_expression") return {};
  const Node function = without_parentheses(call.field("function"));
  return function && is_function(function.kind()) ? function : Node();
}

/// What `a = b.c = function ..` puts into `a`: the value at the end of the chain.
Node held_value(Node holder) {
  const bool assigns = holder.kind() == "assignment_expression";
  Node value = holder.field(assigns ? "right" : "value");
  while (value && value.kind() == "assignment_expression")
    value = value.field("right");
  return value;
}

/// `Basket.prototype.add = function ...`: "add", which belongs to "Basket".
void name_member(Symbol& symbol, Node left, std::string_view text) {
  const auto kind = left.kind();
  name_symbol(symbol, kind == "member_expression" ? left.field("property") : left, text);
  if (kind != "member_expression") {
    if (kind != "identifier") symbol.name.clear();
    return;
  }
  auto scope = left.field("object").text(text);
  constexpr std::string_view kPrototype = ".prototype";
  if (scope.ends_with(kPrototype)) {
    scope.remove_suffix(kPrototype.size());
    symbol.kind = SymbolKind::method;
  }
  const bool plain = scope.find_first_of("([{ \n") == std::string_view::npos;
  if (plain && scope != "exports" && scope != "module.exports" && scope != "this")
    symbol.scope = std::string(scope);
}

/// `Basket.prototype.add = addItem`: a method whose function stands elsewhere.
bool outline_prototype(const OutlineSite& site, Symbol& symbol) {
  if (site.node.kind() != "assignment_expression") return false;
  name_member(symbol, site.node.field("left"), site.text);
  return symbol.kind == SymbolKind::method;
}

/// Something that holds a value is a symbol when the value is a function or class; also when it is
/// an object at the top or a function called at once, since what these define belongs to the name.
bool outline_holder(const OutlineSite& site, Symbol& symbol) {
  Node value = held_value(site.node);
  if (!value) return false;
  const auto kind = value.kind();
  if (kind == "class") {
    symbol.kind = SymbolKind::class_;
  } else if (kind == "object" && site.parent == nullptr && site.node.kind() != "pair") {
    symbol.kind = SymbolKind::variable;
  } else if (kind == "identifier") {
    return outline_prototype(site, symbol);
  } else if (!is_function(kind)) {
    value = called_at_once(value);
    symbol.kind = SymbolKind::variable;
  }
  if (!value) return false;
  if (const Node body = value.field("body")) symbol.body = body.span();
  if (site.node.kind() == "assignment_expression")
    name_member(symbol, site.node.field("left"), site.text);
  if (symbol.scope == "module" && symbol.name == "exports") {
    if (const Node own = value.field("name")) name_symbol(symbol, own, site.text);
    symbol.scope.clear();
  }
  return true;
}

constexpr std::array<Branch, 15> kBranches{{{"if_statement", BranchKind::condition},
                                            {"ternary_expression", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"for_in_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_statement", BranchKind::choice},
                                            {"switch_case", BranchKind::arm},
                                            {"catch_clause", BranchKind::handler},
                                            {"break_statement", BranchKind::labelled_jump},
                                            {"continue_statement", BranchKind::labelled_jump},
                                            {"arrow_function", BranchKind::lambda},
                                            {"function_expression", BranchKind::lambda},
                                            {"generator_function", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

std::span<const OutlineRule> ecmascript_outline() {
  return std::span(kRows).first(kJavaScriptRows);
}
std::span<const OutlineRule> typescript_outline() { return kRows; }
std::span<const std::string_view> ecmascript_outline_skips() { return kSkips; }

bool outline_ecmascript(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (kind == "variable_declarator" || kind == "assignment_expression" || kind == "pair" ||
      kind == "field_definition" || kind == "public_field_definition") {
    if (!outline_holder(site, symbol)) return false;
  } else if (is_function(kind)) {
    // what holds it has been listed with this body
    if (site.parent != nullptr && site.parent->body == symbol.body) return false;
  } else if (kind == "method_definition") {
    if (symbol.name == "constructor") symbol.kind = SymbolKind::constructor;
  } else if (kind == "construct_signature") {
    name_symbol(symbol, site.node.child(0), site.text);  // the word new
  }
  unquote_name(symbol);
  return true;
}

std::span<const Branch> ecmascript_branches() { return kBranches; }

std::span<const std::string_view> ecmascript_logical_operators() { return kLogicalOperators; }

}  // namespace peer
