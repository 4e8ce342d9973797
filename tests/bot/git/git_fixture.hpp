// A real repository in a temporary folder, made with the git program in a scrubbed environment, and
// deleted with the test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/git/repository.hpp"

namespace peer {

class GitFixture {
 public:
  /// Makes an empty repository with branch `main`. `init_options` go to `git init`.
  explicit GitFixture(const std::vector<std::string>& init_options = {});
  ~GitFixture();
  GitFixture(const GitFixture&) = delete;
  GitFixture& operator=(const GitFixture&) = delete;

  /// Runs git in `folder()` (or below it) and gives what it printed, without the last line end.
  /// Throws std::runtime_error with its output where it fails.
  std::string git(const std::vector<std::string>& arguments, std::string_view below = {}) const;
  /// Writes a file of the work tree, folders included.
  void write(std::string_view path, std::string_view bytes) const;
  void remove(std::string_view path) const;
  /// Stages everything and commits it; gives the commit's id. Each commit is one second after the
  /// one before.
  std::string commit(std::string_view message = "change");
  /// Clones this repository with `options` into a folder beside it, over file:// so that --depth
  /// works.
  [[nodiscard]] std::filesystem::path clone(const std::vector<std::string>& options) const;

  [[nodiscard]] const std::filesystem::path& folder() const { return repository_; }
  [[nodiscard]] const std::filesystem::path& scratch() const { return scratch_; }
  /// Opens it, or throws what Peer said.
  [[nodiscard]] Repository open() const;
  /// The change `range` (as on the command line: "A..B"), or throws what Peer said.
  [[nodiscard]] ChangeSet read(std::string_view range) const;
  [[nodiscard]] ChangeSet read(const RangeSpec& range) const;

 private:
  std::filesystem::path scratch_;
  std::filesystem::path repository_;
  mutable int clones_ = 0;
  int seconds_ = 0;
};

/// Runs git in `folder`; see GitFixture::git.
std::string run_git(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                    int seconds = 0);
/// Opens the repository at `folder`, or throws what Peer said.
[[nodiscard]] Repository open_or_throw(const std::filesystem::path& folder,
                                       const OpenOptions& options = {});
[[nodiscard]] RangeSpec range_of(RangeSpec::Kind kind, std::string from = {}, std::string to = {});
/// The file at `path`; throws where the change has none.
[[nodiscard]] ChangedFile file_at(const ChangeSet& change, std::string_view path);
/// "A a.txt", "R old -> new", one per file: what a test compares in one line.
[[nodiscard]] std::vector<std::string> summary(const ChangeSet& change);

}  // namespace peer
