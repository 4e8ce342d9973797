#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_go();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".go"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_go() {
  static const Language kLanguage{
      .name = "go",
      .display_name = "Go",
      .extensions = kExtensions,
      .grammar = tree_sitter_go,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
