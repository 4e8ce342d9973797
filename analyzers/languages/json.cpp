#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_json();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".json", ".geojson", ".webmanifest"};
constexpr std::array<std::string_view, 3> kFileNames{".babelrc", ".eslintrc", "composer.lock"};

}  // namespace

const Language& language_json() {
  static const Language kLanguage{
      .name = "json",
      .display_name = "JSON",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .grammar = tree_sitter_json,
      .grammar_is_exact = true,
  };
  return kLanguage;
}

}  // namespace peer
