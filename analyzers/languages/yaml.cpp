#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_yaml();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".yml", ".yaml"};
constexpr std::array<std::string_view, 2> kFileNames{".clang-format", ".clang-tidy"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};
constexpr std::string_view kSample = R"peer(name: basket
on:
  push:
    branches: [main]
items:
  - name: tea
    price: 3
  - name: milk
    price: 1.5
)peer";

}  // namespace

const Language& language_yaml() {
  static const Language kLanguage{
      .name = "yaml",
      .display_name = "YAML",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .grammar = tree_sitter_yaml,
      .line_comments = kLineComments,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
