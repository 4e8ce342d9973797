#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_kotlin();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".kt", ".kts"};
constexpr std::array<std::string_view, 1> kInterpreters{"kotlin"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_kotlin() {
  static const Language kLanguage{
      .name = "kotlin",
      .display_name = "Kotlin",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_kotlin,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
