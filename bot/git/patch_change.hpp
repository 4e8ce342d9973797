// A unified diff and the files it was made for, to a ChangeSet: for --diff-file. Knows no
// repository: the files come through a function. A file whose part is malformed or does not fit is
// listed as skipped; the others stay. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/change_set.hpp"
#include "base/result.hpp"

namespace peer {

/// A file as it stands where the diff is applied.
struct BaseFile {
  BlobRef blob;
  std::string bytes;
};

/// Gives the file at a path; nullopt where there is none.
using ReadBase = std::function<Result<std::optional<BaseFile>>(const std::string& path)>;

struct PatchedChange {
  ChangeSet change;  ///< files, degraded, incomplete; description and commits are the caller's
  std::map<std::string, std::string, std::less<>> contents;  ///< what the diff made, by BlobRef id
};

/// Applies `diff`. A file that already holds what the diff says (it was made from the work tree
/// itself) becomes the new side, and the diff is taken back for the old one. Fails with PEER-E101
/// where `diff` is not blank and holds no diff.
[[nodiscard]] Result<PatchedChange> apply_patch(std::string_view diff, const ReadBase& read_base);

/// ReadBase for files below the folder `root`, links not followed. A file over `max_bytes` is an
/// error (PEER-E103).
[[nodiscard]] Result<std::optional<BaseFile>> base_file_on_disk(const std::filesystem::path& root,
                                                                const std::string& path,
                                                                std::uint64_t max_bytes);

}  // namespace peer
