#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_php();

namespace peer {
namespace {

constexpr std::array<std::string_view, 4> kExtensions{".php", ".phtml", ".php5", ".phps"};
constexpr std::array<std::string_view, 1> kInterpreters{"php"};
constexpr std::array<std::string_view, 2> kLineComments{"//", "#"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_php() {
  static const Language kLanguage{
      .name = "php",
      .display_name = "PHP",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_php,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
