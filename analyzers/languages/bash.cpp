#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_bash();

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kExtensions{".sh", ".bash", ".ksh", ".bats", ".ebuild"};
constexpr std::array<std::string_view, 5> kFileNames{".bashrc", ".bash_profile", ".profile",
                                                     ".bash_aliases", "PKGBUILD"};
constexpr std::array<std::string_view, 4> kInterpreters{"sh", "bash", "dash", "ksh"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};
constexpr std::string_view kSample = R"peer(#!/usr/bin/env bash
set -euo pipefail

source ./common.sh

count() {
  local folder=$1
  find "$folder" -type f | wc -l
}

if [ $# -gt 0 ]; then
  count "$1"
fi
)peer";
constexpr std::array<OutlineRule, 2> kOutline{{
    {.node = "function_definition", .kind = SymbolKind::function},
    {.node = "command",
     .kind = SymbolKind::import,
     .name_field = "",
     .body_field = "",
     .is_leaf = false},
}};

/// `source ./common.sh`.
bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind != SymbolKind::import) return true;
  const Node name = site.node.field("name");
  const auto command = name ? name.text(site.text) : std::string_view{};
  if (command != "source" && command != ".") return false;
  name_symbol(symbol, site.node.field("argument"), site.text);
  unquote_name(symbol);
  return true;
}
constexpr std::array<Branch, 9> kBranches{{{"if_statement", BranchKind::condition},
                                           {"ternary_expression", BranchKind::ternary},
                                           {"else", BranchKind::otherwise},
                                           {"elif", BranchKind::else_if},
                                           {"for_statement", BranchKind::loop},
                                           {"c_style_for_statement", BranchKind::loop},
                                           {"while_statement", BranchKind::loop},
                                           {"case_statement", BranchKind::choice},
                                           {"case_item", BranchKind::arm}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_bash() {
  static const Language kLanguage{
      .name = "bash",
      .display_name = "Bash",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_bash,
      .line_comments = kLineComments,
      .outline = kOutline,
      .outline_hook = outline,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
