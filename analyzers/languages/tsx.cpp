#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_tsx();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".tsx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_tsx() {
  static const Language kLanguage{
      .name = "tsx",
      .display_name = "TSX",
      .extensions = kExtensions,
      .grammar = tree_sitter_tsx,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
