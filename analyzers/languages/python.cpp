#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_python();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".py", ".pyi", ".pyw"};
constexpr std::array<std::string_view, 3> kFileNames{"SConstruct", "SConscript", "wscript"};
constexpr std::array<std::string_view, 5> kInterpreters{"python", "python2", "python3", "pypy", "pypy3"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};

}  // namespace

const Language& language_python() {
  static const Language kLanguage{
      .name = "python",
      .display_name = "Python",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_python,
      .line_comments = kLineComments,
      .grammar_is_exact = true,
  };
  return kLanguage;
}

}  // namespace peer
