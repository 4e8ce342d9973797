// Where a change and its contents come from: a repository or plain files on disk. What the pipeline
// reads through. `read` is safe from any thread; `read_change` is called once, before it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "bot/git/repository.hpp"

namespace peer {

class ChangeSource {
 public:
  virtual ~ChangeSource() = default;
  [[nodiscard]] virtual Result<ChangeSet> read_change() = 0;
  /// The bytes of a blob of that ChangeSet: `path` is the file's old_path for `before`, its path
  /// for `after`.
  [[nodiscard]] virtual Result<std::string> read(const BlobRef& blob,
                                                 std::string_view path) const = 0;
};

/// A range of a repository, which must outlive it.
class RepositoryChange final : public ChangeSource {
 public:
  RepositoryChange(Repository& repository, RangeSpec range, DiffOptions options = {})
      : repository_(repository), range_(std::move(range)), options_(std::move(options)) {}
  [[nodiscard]] Result<ChangeSet> read_change() override {
    return repository_.read_diff(range_, options_);
  }
  [[nodiscard]] Result<std::string> read(const BlobRef& blob,
                                         std::string_view path) const override {
    return repository_.read(blob, path);
  }

 private:
  Repository& repository_;
  RangeSpec range_;
  DiffOptions options_;
};

}  // namespace peer
