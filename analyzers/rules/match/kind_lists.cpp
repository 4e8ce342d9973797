#include "analyzers/rules/match/kind_lists.hpp"

#include <cstdint>
#include <utility>

#include "analyzers/parse/preorder.hpp"

namespace peer::rules {

const KindLists::List* KindLists::below(Node root, const KindSet& kinds) {
  const auto [at, is_new] = lists_.try_emplace(&kinds);
  auto& list = at->second;
  if (!is_new) return list ? &*list : nullptr;
  std::vector<std::uint8_t> wanted;
  for (std::uint32_t kind = 0; kind < kinds.kind_count(); ++kind)
    wanted.push_back(kinds.contains(static_cast<std::uint16_t>(kind)) ? 1 : 0);
  wanted.push_back(kinds.contains(kErrorKind) ? 1 : 0);
  Preorder walk(root, {wanted.data(), kinds.kind_count(), nullptr, 0, false});
  List nodes;
  while (nodes.size() <= room_ && walk.next())
    if (walk.depth() > 1) nodes.push_back(walk.node());
  if (nodes.size() > room_ || walk.failed()) return nullptr;
  room_ -= nodes.size();
  return &list.emplace(std::move(nodes));
}

}  // namespace peer::rules
