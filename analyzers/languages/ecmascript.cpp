#include "analyzers/languages/ecmascript.hpp"

#include <array>

namespace peer {
namespace {

constexpr std::array<OutlineRule, 22> kRows{{
    {.node = "function_declaration", .kind = SymbolKind::function},
    {.node = "generator_function_declaration", .kind = SymbolKind::function},
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "method_definition", .kind = SymbolKind::method},
    {.node = "variable_declarator", .kind = SymbolKind::function, .body_field = "value/body"},
    {.node = "assignment_expression",
     .kind = SymbolKind::function,
     .name_field = "left",
     .body_field = "right/body"},
    {.node = "pair", .kind = SymbolKind::method, .name_field = "key", .body_field = "value/body"},
    {.node = "field_definition",
     .kind = SymbolKind::method,
     .name_field = "property",
     .body_field = "value/body"},
    {.node = "import_statement",
     .kind = SymbolKind::import,
     .name_field = "source",
     .body_field = ""},
    // from here on TypeScript alone
    {.node = "public_field_definition", .kind = SymbolKind::method, .body_field = "value/body"},
    {.node = "abstract_class_declaration", .kind = SymbolKind::class_},
    {.node = "interface_declaration", .kind = SymbolKind::interface},
    {.node = "type_alias_declaration", .kind = SymbolKind::type, .body_field = ""},
    {.node = "enum_declaration", .kind = SymbolKind::enum_},
    {.node = "internal_module", .kind = SymbolKind::module},
    {.node = "module", .kind = SymbolKind::module},
    {.node = "function_signature", .kind = SymbolKind::function, .body_field = ""},
    {.node = "method_signature", .kind = SymbolKind::method, .body_field = ""},
    {.node = "abstract_method_signature", .kind = SymbolKind::method, .body_field = ""},
    {.node = "import_require_clause",
     .kind = SymbolKind::import,
     .name_field = "source",
     .body_field = ""},
    {.node = "function_expression", .kind = SymbolKind::function},
    {.node = "generator_function", .kind = SymbolKind::function},
}};
constexpr std::size_t kJavaScriptRows = 9;

constexpr std::array<std::string_view, 6> kSkips{
    "string", "comment", "regex", "formal_parameters", "type_annotation", "type_arguments"};

bool is_function(Node value) {
  const auto kind = value ? value.kind() : std::string_view{};
  return kind == "arrow_function" || kind == "function_expression" || kind == "generator_function";
}

/// `Basket.prototype.add = function ...`: "add", which belongs to "Basket".
void name_member(Symbol& symbol, Node left, std::string_view text) {
  if (left.kind() != "member_expression") {
    if (left.kind() != "identifier") symbol.name.clear();
    return;
  }
  name_symbol(symbol, left.field("property"), text);
  const Node object = left.field("object");
  auto scope = object ? object.text(text) : std::string_view{};
  if (scope.ends_with(".prototype")) {
    scope.remove_suffix(std::string_view(".prototype").size());
    symbol.kind = SymbolKind::method;
  }
  const bool plain = scope.find_first_of("([{ \n") == std::string_view::npos;
  if (plain && scope != "exports" && scope != "module.exports" && scope != "this")
    symbol.scope = std::string(scope);
  if (scope == "module" && symbol.name == "exports") symbol.name.clear();
}

/// Something that holds a value is a symbol when the value is a function or class.
bool outline_holder(const OutlineSite& site, Symbol& symbol) {
  const Node value =
      site.node.field(site.node.kind() == "assignment_expression" ? "right" : "value");
  if (value && value.kind() == "class") {
    symbol.kind = SymbolKind::class_;
  } else if (!is_function(value)) {
    return false;
  }
  if (site.node.kind() == "assignment_expression")
    name_member(symbol, site.node.field("left"), site.text);
  return true;
}

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
  } else if (kind == "method_definition") {
    if (symbol.name == "constructor") symbol.kind = SymbolKind::constructor;
  }
  unquote_name(symbol);
  return true;
}

}  // namespace peer
