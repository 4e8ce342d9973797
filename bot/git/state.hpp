// What an open Repository holds. For the files of bot/git only.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "bot/git/handles.hpp"
#include "bot/git/repository.hpp"

namespace peer {

struct Repository::State {
  RepositoryHandle repo;
  OdbHandle odb;
  std::optional<std::filesystem::path> work_tree;
  // contents that a diff file made, by BlobRef id
  std::map<std::string, std::string, std::less<>> patched;
  mutable std::mutex odb_lock;
  mutable std::map<std::string, std::string, std::less<>> kept;  // by object id; under odb_lock
  mutable std::size_t kept_bytes = 0;

  /// The bytes of object `id`, which must be a blob.
  [[nodiscard]] Result<std::string> read_object(const git_oid& id, std::string_view path) const;
  /// Keeps the bytes of object `id`, which were just read and will be asked for once more: they are
  /// compared first and examined later. Only for the first megabytes of a change.
  void keep(const std::string& id, std::string_view bytes) const;
  /// The size of object `id` without reading it.
  [[nodiscard]] Result<std::uint64_t> object_size(const git_oid& id, std::string_view path) const;
};

}  // namespace peer
