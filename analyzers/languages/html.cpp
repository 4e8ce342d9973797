#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_html();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".html", ".htm", ".xhtml"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"<!--", "-->"}}};

}  // namespace

const Language& language_html() {
  static const Language kLanguage{
      .name = "html",
      .display_name = "HTML",
      .extensions = kExtensions,
      .grammar = tree_sitter_html,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
