// Reading files of a work tree without ever following a symbolic link, in the file or in a folder
// above it. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace peer {

/// What stands at a path of a work tree.
struct DiskEntry {
  std::uint32_t mode =
      0;  ///< as git would record it: 0100644, 0100755, 0120000; 040000 for a folder
  std::uint64_t size = 0;
};

/// What a folder says of one thing that stands in it.
struct NamedEntry {
  std::string name;
  Result<DiskEntry> entry;
};

/// A folder whose files are read one after the other. It and the folder that was last read in stay
/// open: most files stand beside the one before them.
class DiskRoot {
 public:
  explicit DiskRoot(std::filesystem::path path);
  ~DiskRoot();
  DiskRoot(const DiskRoot&) = delete;
  DiskRoot& operator=(const DiskRoot&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// What look_at() and read_from_disk() say of a path below the folder.
  [[nodiscard]] Result<DiskEntry> look_at(std::string_view path) const;
  [[nodiscard]] Result<std::string> read(std::string_view path,
                                         std::uint64_t max_bytes = UINT64_MAX) const;
  /// What stands directly in the folder `path` ("" for this one), in no order. Fails like
  /// look_at(), and where the folder may not be listed.
  [[nodiscard]] Result<std::vector<NamedEntry>> list(std::string_view path) const;

 private:
  struct Folder;
  [[nodiscard]] Result<std::shared_ptr<const Folder>> opened() const;
  /// The folder that holds the last part of `path`, open.
  [[nodiscard]] Result<std::shared_ptr<const Folder>> folder_of(std::string_view path) const;

  std::filesystem::path path_;
  mutable std::mutex lock_;
  mutable std::shared_ptr<const Folder> root_, last_;
};

/// Fails with not_found where nothing stands at `path` ('/'-separated, below `root`) or a folder
/// above it is a link; refused for `..`, absolute paths, devices, pipes and sockets.
[[nodiscard]] Result<DiskEntry> look_at(const std::filesystem::path& root, std::string_view path);

/// The bytes of a file, or the target of a symbolic link as text. Fails like look_at, and with
/// refused for a folder or a file over `max_bytes`.
[[nodiscard]] Result<std::string> read_from_disk(const std::filesystem::path& root,
                                                 std::string_view path,
                                                 std::uint64_t max_bytes = UINT64_MAX);

}  // namespace peer
