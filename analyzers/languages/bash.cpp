#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_bash();

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kExtensions{".sh", ".bash", ".ksh", ".bats", ".ebuild"};
constexpr std::array<std::string_view, 5> kFileNames{".bashrc", ".bash_profile", ".profile", ".bash_aliases", "PKGBUILD"};
constexpr std::array<std::string_view, 4> kInterpreters{"sh", "bash", "dash", "ksh"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};

}  // namespace

const Language& language_bash() {
  static const Language kLanguage{
      .name = "bash",
      .display_name = "Bash",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_bash,
      .line_comments = kLineComments,
  };
  return kLanguage;
}

}  // namespace peer
