#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_rust();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".rs"};
constexpr std::array<std::string_view, 1> kInterpreters{"rust-script"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_rust() {
  static const Language kLanguage{
      .name = "rust",
      .display_name = "Rust",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_rust,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
