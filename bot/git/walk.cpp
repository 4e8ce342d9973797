#include "bot/git/walk.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/workers.hpp"
#include "bot/git/nature.hpp"

namespace peer {
namespace {

bool is_repository(const std::vector<NamedEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const NamedEntry& each) { return each.name == ".git"; });
}

class Walk {
 public:
  Walk(const DiskRoot& root, const LeaveOut& leave_out, unsigned threads)
      : root_(root), leave_out_(leave_out), threads_(threads) {}

  /// Walks through `folder`, "" or ending with '/'. Folders of one depth are listed at once:
  /// waiting for the system is most of the work, and `leave_out` is asked by one thread.
  Walked through(std::string folder) {
    todo_.push_back(std::move(folder));
    for (bool first = true; !todo_.empty(); first = false) {
      const auto folders = std::exchange(todo_, {});
      std::vector<std::optional<Listed>> lists(folders.size());
      const unsigned threads = folders.size() < kWorthThreads ? 1 : threads_;
      for_each_index(folders.size(), threads, {}, [&](std::size_t i) {
        lists[i] = root_.list(
            std::string_view(folders[i]).substr(0, folders[i].empty() ? 0 : folders[i].size() - 1));
      });
      for (std::size_t i = 0; i < folders.size(); ++i)
        take_all(folders[i], *lists[i], first);
    }
    const auto by_path = [](const WalkedFile& a, const WalkedFile& b) { return a.path < b.path; };
    std::sort(walked_.files.begin(), walked_.files.end(), by_path);
    return std::move(walked_);
  }

 private:
  using Listed = Result<std::vector<NamedEntry>>;
  static constexpr std::size_t kWorthThreads = 32;

  /// `entered`: also where it is a repository.
  void take_all(const std::string& folder, const Listed& entries, bool entered) {
    if (!entries) {
      if (entries.error().kind != ErrorKind::not_found)
        walked_.unseen.push_back({folder, entries.error()});
      return;
    }
    if (!entered && is_repository(*entries)) return;
    for (const auto& [name, entry] : *entries)
      if (name != ".git") take(folder + name, entry);
  }

  void take(std::string path, const Result<DiskEntry>& entry) {
    const bool is_folder = entry && entry->mode == kModeFolder;
    if (is_folder) path += '/';
    if (leave_out_ && leave_out_(path)) return;
    if (is_folder) return todo_.push_back(std::move(path));
    if (entry) return walked_.files.push_back({std::move(path), *entry});
    const auto kind = entry.error().kind;  // a device, or gone by now
    if (kind != ErrorKind::refused && kind != ErrorKind::not_found)
      walked_.unseen.push_back({std::move(path), entry.error()});
  }

  const DiskRoot& root_;
  const LeaveOut& leave_out_;
  unsigned threads_;
  std::vector<std::string> todo_;
  Walked walked_;
};

}  // namespace

Result<Walked> walk(const DiskRoot& root, std::string_view folder, const LeaveOut& leave_out,
                    unsigned threads) {
  if (folder.empty()) return Walk(root, leave_out, threads).through("");
  const auto entry = root.look_at(folder);  // refuses `..`, and links on the way
  if (!entry && entry.error().kind == ErrorKind::refused) return fail(entry.error());
  if (!entry || entry->mode != kModeFolder) return Walked{};
  return Walk(root, leave_out, threads).through(std::string(folder) + "/");
}

std::vector<std::string> paths_of(Walked walked) {
  std::vector<std::string> paths;
  paths.reserve(walked.files.size());
  std::transform(walked.files.begin(), walked.files.end(), std::back_inserter(paths),
                 [](WalkedFile& file) { return std::move(file.path); });
  return paths;
}

}  // namespace peer
