#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_html();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".html", ".htm", ".xhtml"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"<!--", "-->"}}};
constexpr std::string_view kSample = R"peer(<!DOCTYPE html>
<html lang="en">
  <head>
    <title>Basket</title>
    <script src="basket.js"></script>
  </head>
  <body>
    <h1 id="top">Basket</h1>
    <!-- filled by basket.js -->
    <ul id="items"></ul>
  </body>
</html>
)peer";

}  // namespace

const Language& language_html() {
  static const Language kLanguage{
      .name = "html",
      .display_name = "HTML",
      .extensions = kExtensions,
      .grammar = tree_sitter_html,
      .block_comments = kBlockComments,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
