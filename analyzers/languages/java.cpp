#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_java();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".java"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_java() {
  static const Language kLanguage{
      .name = "java",
      .display_name = "Java",
      .extensions = kExtensions,
      .grammar = tree_sitter_java,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .grammar_is_exact = true,
  };
  return kLanguage;
}

}  // namespace peer
