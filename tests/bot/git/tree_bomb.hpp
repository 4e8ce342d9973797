// Trees that a few kilobytes of objects blow up to any number of paths.
#pragma once

#include <fmt/format.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {

/// A tree of `wide` entries, each the same tree of `wide` entries, `deep` times; on the ground
/// files of content `leaf`. Gives its id: `wide` to the power of `deep` files.
inline std::string make_tree_bomb(const GitFixture& repository, int wide, int deep,
                                  std::string_view leaf = "import os\n") {
  repository.write("../leaf", leaf);
  auto id = repository.git(
      {"hash-object", "-w", "--no-filters", (repository.scratch() / "leaf").native()});
  std::string kind = "100644 blob";
  for (int level = 0; level < deep; ++level) {
    std::string list;
    for (int i = 0; i < wide; ++i)
      list += fmt::format("{} {}\td{:06}.py\n", kind, id, i);
    repository.write("../list", list);
    id = repository.git({"-c", "alias.made=!git mktree <../list", "made"});
    kind = "040000 tree";
  }
  return id;
}

/// A commit of `tree`, after HEAD where there is one.
inline std::string commit_tree(const GitFixture& repository, const std::string& tree,
                               const std::string& parent = {}) {
  std::vector<std::string> words{"commit-tree", "-m", "made", tree};
  if (!parent.empty()) words.insert(words.end(), {"-p", parent});
  return repository.git(words);
}

/// The tree of HEAD with `name` beside what is there.
inline std::string beside_head(const GitFixture& repository, const std::string& name,
                               const std::string& tree) {
  auto list = repository.git({"ls-tree", "HEAD"});
  if (!list.empty()) list += '\n';
  repository.write("../list", list + fmt::format("040000 tree {}\t{}\n", tree, name));
  return repository.git({"-c", "alias.made=!git mktree <../list", "made"});
}

}  // namespace peer
