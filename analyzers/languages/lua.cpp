#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_lua();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".lua", ".rockspec"};
constexpr std::array<std::string_view, 2> kInterpreters{"lua", "luajit"};
constexpr std::array<std::string_view, 1> kLineComments{"--"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"--[[", "]]"}}};
constexpr std::string_view kSample = R"peer(local json = require("json")

local Basket = {}

function Basket:add(item)
  self.items[#self.items + 1] = item
end

local function load(path)
  local file = assert(io.open(path))
  return json.decode(file:read("a"))
end

return { Basket = Basket, load = load }
)peer";
constexpr std::array<OutlineRule, 4> kOutline{{
    {.node = "function_declaration", .kind = SymbolKind::function},
    {.node = "assignment_statement",
     .kind = SymbolKind::function,
     .name_field = "",
     .body_field = ""},
    {.node = "field",
     .kind = SymbolKind::function,
     .name_field = "name",
     .body_field = "value/body"},
    {.node = "function_call",
     .kind = SymbolKind::import,
     .name_field = "",
     .body_field = "",
     .is_leaf = false},
}};

/// `Basket:add`, `Basket.open`: the last name, which belongs to what stands before it.
void name_function(Symbol& symbol, Node name, std::string_view text) {
  const auto kind = name ? name.kind() : std::string_view{};
  if (kind == "dot_index_expression" || kind == "method_index_expression") {
    const bool method = kind == "method_index_expression";
    if (method) symbol.kind = SymbolKind::method;
    if (const Node table = name.field("table")) symbol.scope = std::string(table.text(text));
    name = name.field(method ? "method" : "field");
  } else if (kind != "identifier") {
    return;
  }
  name_symbol(symbol, name, text);
}

/// The first child of `node` that is called `kind`.
Node child_of_kind(Node node, std::string_view kind) {
  Node found;
  for_each_child(node, [&](Node child) {
    if (!found && child.kind() == kind) found = child;
  });
  return found;
}

/// `local f = function() .. end`; a value that is no function makes no symbol.
bool outline_assignment(const OutlineSite& site, Symbol& symbol) {
  const Node values = child_of_kind(site.node, "expression_list");
  const Node value = values ? values.named_child(0) : Node();
  if (!value || value.kind() != "function_definition") return false;
  const Node names = child_of_kind(site.node, "variable_list");
  symbol.name.clear();
  name_function(symbol, names ? names.named_child(0) : Node(), site.text);
  if (const Node body = value.field("body")) symbol.body = body.span();
  return true;
}

bool outline_require(const OutlineSite& site, Symbol& symbol) {
  const Node name = site.node.field("name");
  if (!name || name.text(site.text) != "require") return false;
  const Node arguments = site.node.field("arguments");
  const Node path = arguments ? arguments.named_child(0) : Node();
  if (!path || path.kind() != "string") return false;
  name_symbol(symbol, path, site.text);
  unquote_name(symbol);
  return true;
}

bool outline(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (kind == "function_call") return outline_require(site, symbol);
  if (kind == "assignment_statement") return outline_assignment(site, symbol);
  if (kind == "field") {
    const Node value = site.node.field("value");
    return value && value.kind() == "function_definition";
  }
  symbol.name.clear();
  name_function(symbol, site.node.field("name"), site.text);
  return true;
}
constexpr std::array<Branch, 8> kBranches{{{"if_statement", BranchKind::condition},
                                           {"else", BranchKind::otherwise},
                                           {"elseif", BranchKind::else_if},
                                           {"for_statement", BranchKind::loop},
                                           {"while_statement", BranchKind::loop},
                                           {"repeat_statement", BranchKind::loop},
                                           {"goto_statement", BranchKind::jump},
                                           {"function_definition", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"and", "or"};

}  // namespace

const Language& language_lua() {
  static const Language kLanguage{
      .name = "lua",
      .display_name = "Lua",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_lua,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
