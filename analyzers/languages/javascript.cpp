#include <array>

#include "analyzers/languages/ecmascript.hpp"
#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_javascript();

namespace peer {
namespace {

constexpr std::array<std::string_view, 4> kExtensions{".js", ".mjs", ".cjs", ".jsx"};
constexpr std::array<std::string_view, 3> kInterpreters{"node", "nodejs", "bun"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(import { readFile } from "node:fs/promises";

export class Basket {
  #items = [];

  add(item) {
    this.#items.push(item);
  }
}

export const load = async (path) => {
  const text = await readFile(path, "utf8");
  return text.split("\n");
};

function count(items) {
  return items.length;
}
)peer";

}  // namespace

const Language& language_javascript() {
  static const Language kLanguage{
      .name = "javascript",
      .display_name = "JavaScript",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_javascript,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = ecmascript_outline(),
      .outline_hook = outline_ecmascript,
      .outline_skips = ecmascript_outline_skips(),
      .branches = ecmascript_branches(),
      .logical_operators = ecmascript_logical_operators(),
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
