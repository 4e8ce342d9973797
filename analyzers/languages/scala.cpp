#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_scala();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".scala", ".sc", ".sbt"};
constexpr std::array<std::string_view, 1> kInterpreters{"scala"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_scala() {
  static const Language kLanguage{
      .name = "scala",
      .display_name = "Scala",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_scala,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
