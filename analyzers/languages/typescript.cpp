#include <array>

#include "analyzers/languages/ecmascript.hpp"
#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_typescript();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".ts", ".mts", ".cts"};
constexpr std::array<std::string_view, 3> kInterpreters{"deno", "ts-node", "tsx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(import { readFile } from "node:fs/promises";

export interface Item {
  name: string;
  price(): number;
}

export type Items = Item[];

export class Basket<T extends Item> {
  private items: T[] = [];

  constructor(private readonly capacity: number) {}

  add(item: T): boolean {
    if (this.items.length >= this.capacity) return false;
    this.items.push(item);
    return true;
  }
}

export const load = async (path: string): Promise<string[]> => {
  const text = await readFile(path, "utf8");
  return text.split("\n");
};

function total(items: Items): number {
  return items.reduce((sum, item) => sum + item.price(), 0);
}
)peer";

}  // namespace

const Language& language_typescript() {
  static const Language kLanguage{
      .name = "typescript",
      .display_name = "TypeScript",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_typescript,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = typescript_outline(),
      .outline_hook = outline_ecmascript,
      .outline_skips = ecmascript_outline_skips(),
      .branches = ecmascript_branches(),
      .logical_operators = ecmascript_logical_operators(),
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
