// From the paths and URIs that tools write to the files of a repository. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace peer {

/// A URI as a path: "file:///a/b%20c" -> "/a/b c", "file:///C:/x" -> "C:/x", "src/a%2Bb.c" ->
/// "src/a+b.c". nullopt for other schemes ("https:").
[[nodiscard]] std::optional<std::string> path_of_uri(std::string_view uri);

/// `path` with '/' between folders and without "." and "..", so far as they can be resolved: an
/// absolute path stays below its root, nullopt for a relative one that leaves where it began.
[[nodiscard]] std::optional<std::string> plain_path(std::string_view path);

/// Finds the files of a repository that tools speak of: by path from its root or from the folder
/// the run was started in, by absolute path below it, and, where a tool ran elsewhere (a container,
/// another check-out), by the longest end of the path that is a file here. Remembers its answers;
/// for one thread.
class PathFinder {
 public:
  struct Place {
    std::string root;    ///< absolute path of the repository's root, '/' between folders
    std::string folder;  ///< where the run was started, from the root; "" for the root
  };
  /// `files`: paths of the repository from its root. `more` gives further ones when a path is not
  /// among them, and is asked at most once; may be null.
  PathFinder(Place place, std::vector<std::string> files,
             std::function<std::vector<std::string>()> more);

  /// The file that `path` means, or nullopt when there is none or more than one could be meant.
  [[nodiscard]] std::optional<std::string> find(const std::string& path);

  /// No further files are asked for from now on.
  void settle() { more_ = nullptr; }

 private:
  [[nodiscard]] std::optional<std::string> look(const std::string& path);
  [[nodiscard]] std::optional<std::string> direct(const std::string& plain) const;
  [[nodiscard]] std::optional<std::string> by_end(const std::string& plain) const;
  void add(std::vector<std::string> files);

  Place place_;
  std::unordered_set<std::string> files_;
  std::unordered_map<std::string, std::vector<std::string>> by_name_;  // last part -> paths
  std::function<std::vector<std::string>()> more_;
  std::unordered_map<std::string, std::optional<std::string>> answers_;
};

}  // namespace peer
