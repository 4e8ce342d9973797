#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_json();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".json", ".geojson", ".webmanifest"};
constexpr std::array<std::string_view, 3> kFileNames{".babelrc", ".eslintrc", "composer.lock"};
constexpr std::string_view kSample = R"peer({
  "name": "basket",
  "items": [
    { "name": "tea", "price": 3 },
    { "name": "milk", "price": 1.5 }
  ],
  "open": true
}
)peer";

}  // namespace

const Language& language_json() {
  static const Language kLanguage{
      .name = "json",
      .display_name = "JSON",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .grammar = tree_sitter_json,
      .grammar_is_exact = true,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
