#include "bot/git/tree_sizes.hpp"

#include <fmt/format.h>
#include <limits>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr auto kEndless = std::numeric_limits<std::uint64_t>::max();

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a > kEndless - b ? kEndless : a + b; }

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > kEndless / b ? kEndless : a * b;
}

}  // namespace

Result<TreeHandle> read_tree(git_repository* repo, const git_oid& id) {
  constexpr std::size_t kMostTreeBytes = std::size_t{64} << 20U;
  OdbHandle odb;
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  int code = take(odb, [&](auto** raw) { return git_repository_odb(raw, repo); });
  if (code == 0) code = git_odb_read_header(&size, &type, odb.get(), &id);
  if (code == 0 && size > kMostTreeBytes)
    return fail(
        ErrorKind::refused,
        fmt::format("the folder with the object {} has a list of {} bytes, over the limit of {}",
                    hex(id), with_commas(size), with_commas(kMostTreeBytes)),
        "PEER-E105");
  TreeHandle tree;
  if (code == 0) code = take(tree, [&](auto** raw) { return git_tree_lookup(raw, repo, &id); });
  if (code < 0)
    return fail(
        git_error_of(code, fmt::format("cannot read the folder with the object {}", hex(id))));
  return tree;
}

bool TreeSizes::add_up(const git_tree* tree, TreeSize& size, std::vector<git_oid>& unknown) const {
  const auto known_before = unknown.size();
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const auto* entry = git_tree_entry_byindex(tree, i);
    const std::uint64_t name = std::string_view(git_tree_entry_name(entry)).size() + 1;
    size.entries = plus(size.entries, 1);
    size.path_bytes = plus(size.path_bytes, name);
    if (git_tree_entry_type(entry) != GIT_OBJECT_TREE) continue;
    const auto below = known_.find(*git_tree_entry_id(entry));
    if (below == known_.end()) {
      unknown.push_back(*git_tree_entry_id(entry));
      continue;
    }
    size.entries = plus(size.entries, below->second.entries);
    size.path_bytes =
        plus(size.path_bytes, plus(below->second.path_bytes, times(below->second.entries, name)));
  }
  return unknown.size() == known_before;
}

Result<TreeSize> TreeSizes::of(const git_oid& id) {
  std::vector<git_oid> todo{id};
  while (!todo.empty()) {
    const auto next = todo.back();
    if (known_.contains(next)) {
      todo.pop_back();
      continue;
    }
    const auto tree = read_tree(repo_, next);
    if (!tree) return fail(tree.error());
    TreeSize size;
    if (!add_up(tree->get(), size, todo)) continue;
    known_.emplace(next, size);
    different_ += git_tree_entrycount(tree->get());
  }
  return known_.at(id);
}

}  // namespace peer
