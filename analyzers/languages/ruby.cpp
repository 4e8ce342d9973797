#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_ruby();

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kExtensions{".rb", ".rake", ".gemspec", ".ru",
                                                      ".podspec"};
constexpr std::array<std::string_view, 7> kFileNames{
    "Rakefile", "Gemfile", "Guardfile", "Vagrantfile", "Podfile", "Fastfile", "Brewfile"};
constexpr std::array<std::string_view, 2> kInterpreters{"ruby", "jruby"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"=begin", "=end"}}};
constexpr std::string_view kSample = R"peer(require "json"

module Shop
  class Basket
    def self.load(path)
      new(JSON.parse(File.read(path)))
    end

    def initialize(items = [])
      @items = items
    end

    def full?
      @items.size > 10
    end
  end
end
)peer";
constexpr std::array<std::string_view, 9> kOutlineSkips{"binary",
                                                        "comment",
                                                        "element_reference",
                                                        "method_parameters",
                                                        "scope_resolution",
                                                        "string",
                                                        "string_array",
                                                        "symbol_array",
                                                        "unary"};
constexpr std::array<OutlineRule, 5> kOutline{{
    {.node = "method", .kind = SymbolKind::function, .kind_in_type = SymbolKind::method},
    {.node = "singleton_method", .kind = SymbolKind::method},
    {.node = "class", .kind = SymbolKind::class_},
    {.node = "module", .kind = SymbolKind::module},
    {.node = "call",
     .kind = SymbolKind::import,
     .name_field = "",
     .body_field = "",
     .is_leaf = false},
}};

/// `require "x"` and its kin.
bool outline_require(const OutlineSite& site, Symbol& symbol) {
  const Node method = site.node.field("method");
  const auto name = method ? method.text(site.text) : std::string_view{};
  if (name != "require" && name != "require_relative" && name != "load") return false;
  const Node arguments = site.node.field("arguments");
  const Node path = arguments ? arguments.named_child(0) : Node();
  if (!path || path.kind() != "string" || site.node.field("receiver")) return false;
  name_symbol(symbol, path, site.text);
  unquote_name(symbol);
  return true;
}

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::import) return outline_require(site, symbol);
  const bool member =
      site.parent != nullptr && (site.parent->is_type() || site.parent->kind == SymbolKind::module);
  if (symbol.kind == SymbolKind::function && member) symbol.kind = SymbolKind::method;
  if (symbol.kind == SymbolKind::method && symbol.name == "initialize")
    symbol.kind = SymbolKind::constructor;
  const Node name = site.node.field("name");
  if (name && name.kind() == "scope_resolution") {
    if (const Node scope = name.field("scope")) symbol.scope = std::string(scope.text(site.text));
    name_symbol(symbol, name.field("name"), site.text);
  }
  return true;
}
constexpr std::array<Branch, 21> kBranches{{{"if", BranchKind::condition},
                                            {"unless", BranchKind::condition},
                                            {"if_modifier", BranchKind::condition},
                                            {"unless_modifier", BranchKind::condition},
                                            {"conditional", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"elsif", BranchKind::else_if},
                                            {"for", BranchKind::loop},
                                            {"while", BranchKind::loop},
                                            {"until", BranchKind::loop},
                                            {"while_modifier", BranchKind::loop},
                                            {"until_modifier", BranchKind::loop},
                                            {"case", BranchKind::choice},
                                            {"case_match", BranchKind::choice},
                                            {"when", BranchKind::arm},
                                            {"in_clause", BranchKind::arm},
                                            {"rescue", BranchKind::handler},
                                            {"rescue_modifier", BranchKind::handler},
                                            {"block", BranchKind::lambda},
                                            {"do_block", BranchKind::lambda},
                                            {"lambda", BranchKind::lambda}}};
constexpr std::array<std::string_view, 4> kLogicalOperators{"&&", "||", "and", "or"};

}  // namespace

const Language& language_ruby() {
  static const Language kLanguage{
      .name = "ruby",
      .display_name = "Ruby",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_ruby,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .outline_skips = kOutlineSkips,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
