#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_c();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".c", ".h"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_c() {
  static const Language kLanguage{
      .name = "c",
      .display_name = "C",
      .extensions = kExtensions,
      .grammar = tree_sitter_c,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
