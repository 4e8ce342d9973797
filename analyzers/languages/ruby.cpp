#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_ruby();

namespace peer {
namespace {

constexpr std::array<std::string_view, 5> kExtensions{".rb", ".rake", ".gemspec", ".ru", ".podspec"};
constexpr std::array<std::string_view, 7> kFileNames{"Rakefile", "Gemfile", "Guardfile", "Vagrantfile", "Podfile", "Fastfile", "Brewfile"};
constexpr std::array<std::string_view, 2> kInterpreters{"ruby", "jruby"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"=begin", "=end"}}};

}  // namespace

const Language& language_ruby() {
  static const Language kLanguage{
      .name = "ruby",
      .display_name = "Ruby",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_ruby,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
  };
  return kLanguage;
}

}  // namespace peer
