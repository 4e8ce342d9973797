#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_javascript();

namespace peer {
namespace {

constexpr std::array<std::string_view, 4> kExtensions{".js", ".mjs", ".cjs", ".jsx"};
constexpr std::array<std::string_view, 3> kInterpreters{"node", "nodejs", "bun"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_javascript() {
  static const Language kLanguage{
      .name = "javascript",
      .display_name = "JavaScript",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_javascript,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
