#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_css();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".css"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_css() {
  static const Language kLanguage{
      .name = "css",
      .display_name = "CSS",
      .extensions = kExtensions,
      .grammar = tree_sitter_css,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
