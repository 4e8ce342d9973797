#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_lua();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".lua", ".rockspec"};
constexpr std::array<std::string_view, 2> kInterpreters{"lua", "luajit"};
constexpr std::array<std::string_view, 1> kLineComments{"--"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"--[[", "]]"}}};

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
  };
  return kLanguage;
}

}  // namespace peer
