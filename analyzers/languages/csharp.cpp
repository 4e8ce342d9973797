#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_c_sharp();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".cs", ".csx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_csharp() {
  static const Language kLanguage{
      .name = "csharp",
      .display_name = "C#",
      .extensions = kExtensions,
      .grammar = tree_sitter_c_sharp,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
