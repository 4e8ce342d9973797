#include <array>

#include "analyzers/languages/ecmascript.hpp"
#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_tsx();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".tsx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(import { useState } from "react";

interface Props {
  title: string;
}

export function Counter({ title }: Props) {
  const [count, setCount] = useState<number>(0);
  return (
    <button onClick={() => setCount(count + 1)}>
      {title}: {count}
    </button>
  );
}

export class Label {
  render() {
    return <b>label</b>;
  }
}
)peer";

}  // namespace

const Language& language_tsx() {
  static const Language kLanguage{
      .name = "tsx",
      .display_name = "TSX",
      .extensions = kExtensions,
      .grammar = tree_sitter_tsx,
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
