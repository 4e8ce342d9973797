#include "bot/coverage.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/rules/rule_book.hpp"
#include "base/hash.hpp"

namespace peer {
namespace {

FileCoverage row(const ChangedFile& file, CoverageStatus status, std::string reason,
                 bool complete) {
  FileCoverage coverage{file.path, status, std::move(reason), complete, {}};
  const bool examined = status == CoverageStatus::examined || status == CoverageStatus::text_only;
  for (const auto& hunk : file.hunks) {
    auto& added = coverage.hunks.emplace_back();
    added.hunk = hunk;
    added.examined = examined;
  }
  return coverage;
}

/// The lines of a text, taken in rising order, each looked at once.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  std::string_view take(const LineRange& range) {
    skip_to(range.first);
    const auto begin = at_;
    skip_to(range.end());
    return text_.substr(begin, at_ - begin);
  }

 private:
  void skip_to(std::uint32_t line) {
    for (; line_ < line && at_ < text_.size(); ++line_) {
      const auto end = text_.find('\n', at_);
      at_ = end == std::string_view::npos ? text_.size() : end + 1;
    }
  }
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

void name_hunks(FileCoverage& coverage, const ChangedFile& file, std::string_view before,
                std::string_view after) {
  constexpr std::size_t kLength = 16;
  Lines old_lines(before), new_lines(after);
  for (auto& each : coverage.hunks) {
    std::string removed, added;
    for (const auto& range : each.hunk.removed)
      removed += old_lines.take(range);
    for (const auto& range : each.hunk.added)
      added += new_lines.take(range);
    each.id = sha256_of_parts({file.path, removed, added}).substr(0, kLength);
  }
}

Scope scope_by_nature(const ChangedFile& file) {
  switch (file.nature) {
    case Nature::binary:
      return {false, "binary"};
    case Nature::lfs_pointer:  // with its sizes, where the change told them
      return {false,
              file.scope.reason.starts_with("LFS pointer") ? file.scope.reason : "LFS pointer"};
    case Nature::submodule:
      return {false, "submodule"};
    case Nature::symlink:
      return {false, "symlink, not followed"};
    case Nature::text:
      break;
  }
  return {};
}

std::uint64_t largest_side(const ChangedFile& file) {
  return std::max(file.before ? file.before->size : 0, file.after ? file.after->size : 0);
}

std::string too_large_to_read(std::uint64_t bytes) {
  return fmt::format("{:.0f} MB, over the limit of {} MB for any file",
                     static_cast<double>(bytes) / 1048576.0, kMostReadBytes >> 20U);
}

FileCoverage out_of_scope(const ChangedFile& file, const Scope& scope) {
  auto coverage = row(file, CoverageStatus::out_of_scope, scope.reason, true);
  return coverage;
}

FileCoverage skipped(const ChangedFile& file, std::string reason) {
  return row(file, CoverageStatus::skipped, std::move(reason), false);
}

FileCoverage covered(const ChangedFile& file, const FileReview& review,
                     const ExamineOptions& options, bool imported) {
  if (review.depth == Depth::none) return skipped(file, review.reason);
  const bool has_tree = review.depth == Depth::full;
  auto coverage = row(file, has_tree ? CoverageStatus::examined : CoverageStatus::text_only,
                      review.reason, review.complete);
  auto& by = coverage.by.emplace();
  if (!options.only_rules) by.push_back("text");
  if (!options.only_rules && has_tree) by.push_back("tree");
  if (options.rules && !options.rules->set().empty() && has_tree) by.push_back("rules");
  if (imported) by.push_back("other tools");
  return coverage;
}

}  // namespace peer
