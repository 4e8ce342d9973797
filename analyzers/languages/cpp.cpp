#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_cpp();

namespace peer {
namespace {

constexpr std::array<std::string_view, 13> kExtensions{".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h++", ".ipp", ".tpp", ".inl", ".cppm", ".ixx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};

}  // namespace

const Language& language_cpp() {
  static const Language kLanguage{
      .name = "cpp",
      .display_name = "C++",
      .extensions = kExtensions,
      .grammar = tree_sitter_cpp,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
