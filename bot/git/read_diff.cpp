// Repository::read_diff: range, files, then for each file its natures, sizes and hunks.
#include <fmt/format.h>

#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/git/attributes.hpp"
#include "bot/git/diff.hpp"
#include "bot/git/fill.hpp"
#include "bot/git/repository.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

/// .gitattributes of the base, or of the work tree where the user's own files count.
ScopeAttributes attributes_for(const Repository::State& state, const ResolvedRange& range) {
  const bool local =
      range.after.kind == Side::Kind::work_tree || range.after.kind == Side::Kind::index;
  if (local) {
    return ScopeAttributes([&state](const std::string& path) -> std::optional<std::string> {
      auto text = read_from_disk(*state.work_tree, path, std::uint64_t{1} << 20U);
      return text ? std::optional(std::move(*text)) : std::nullopt;
    });
  }
  const auto* tree = range.whole_files ? range.after.tree.get() : range.before.tree.get();
  return ScopeAttributes([&state, tree](const std::string& path) -> std::optional<std::string> {
    if (tree == nullptr) return std::nullopt;
    TreeEntryHandle entry;
    if (take(entry, [&](auto** raw) { return git_tree_entry_bypath(raw, tree, path.c_str()); }) < 0)
      return std::nullopt;
    auto text = state.read_object(*git_tree_entry_id(entry.get()), path);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  });
}

Result<std::vector<ChangedFile>> files_of(const Repository& repository, ResolvedRange& range,
                                          const DiffOptions& options) {
  const auto& state = repository.state();
  if (range.whole_files) return files_of_tree(state, range.after, options);
  auto files = changed_files(state, range, options);
  if (!files) return files;
  for (auto& file : *files)
    fill(repository, file, options.max_bytes);
  std::erase_if(*files, is_no_change);
  return files;
}

}  // namespace

Result<ChangeSet> Repository::read_diff(const RangeSpec& spec, const DiffOptions& options) {
  auto range = resolve(*state_, spec);
  if (!range) return fail(range.error());
  auto files = files_of(*this, *range, options);
  if (!files) return fail(files.error());
  auto attributes = attributes_for(*state_, *range);
  for (auto& file : *files)
    if (auto scope = attributes.scope_of(file.path); file.scope.in) file.scope = std::move(scope);
  ChangeSet change;
  change.description = range->description;
  change.base = range->before.commit;
  change.head = range->after.commit;
  change.merge_base = range->merge_base;
  change.files = std::move(*files);
  change.degraded = std::move(range->degraded);
  change.whole_files = range->whole_files;
  change.incomplete = range->incomplete;
  return change;
}

}  // namespace peer
