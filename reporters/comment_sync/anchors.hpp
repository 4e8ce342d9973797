// Where a forge lets a comment stand: on lines that a hunk of the change shows. Peer's own hunks
// decide, so that no position is sent that a forge would refuse. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "analyzers/change_set.hpp"
#include "reporters/comment_sync/conversation.hpp"

namespace peer {

/// The files of a change by path. Refers to the change, which must outlive it.
class Anchors {
 public:
  explicit Anchors(const ChangeSet& change);

  /// Lines `first` to `last` of a side of a file, if one hunk shows them all; nullopt otherwise,
  /// and for numbers that make no range.
  [[nodiscard]] std::optional<Anchor> find(const std::string& path, Side side, std::uint32_t first,
                                           std::uint32_t last) const;

 private:
  std::unordered_map<std::string, const ChangedFile*> files_;
};

}  // namespace peer
