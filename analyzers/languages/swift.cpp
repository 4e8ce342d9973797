#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_swift();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".swift"};
constexpr std::array<std::string_view, 1> kInterpreters{"swift"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_swift() {
  static const Language kLanguage{
      .name = "swift",
      .display_name = "Swift",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_swift,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
