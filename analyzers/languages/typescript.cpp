#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_typescript();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".ts", ".mts", ".cts"};
constexpr std::array<std::string_view, 3> kInterpreters{"deno", "ts-node", "tsx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_typescript() {
  static const Language kLanguage{
      .name = "typescript",
      .display_name = "TypeScript",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_typescript,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
