// Repository::read_diff: range, files, then for each file its natures, sizes and hunks.
#include <fmt/format.h>

#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/git/attributes.hpp"
#include "bot/git/diff.hpp"
#include "bot/git/fill.hpp"
#include "bot/git/patch_change.hpp"
#include "bot/git/repository.hpp"
#include "bot/git/revision.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

ScopeAttributes attributes_on_disk(const std::filesystem::path& root) {
  return ScopeAttributes([root](const std::string& path) -> std::optional<std::string> {
    auto text = read_from_disk(root, path, std::uint64_t{1} << 20U);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  });
}

ScopeAttributes attributes_of_tree(const Repository::State& state, const git_tree* tree) {
  return ScopeAttributes([&state, tree](const std::string& path) -> std::optional<std::string> {
    if (tree == nullptr) return std::nullopt;
    TreeEntryHandle entry;
    if (take(entry, [&](auto** raw) { return git_tree_entry_bypath(raw, tree, path.c_str()); }) < 0)
      return std::nullopt;
    auto text = state.read_object(*git_tree_entry_id(entry.get()), path);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  });
}

/// .gitattributes of the base, or of the work tree where the user's own files count.
ScopeAttributes attributes_for(const Repository::State& state, const ResolvedRange& range,
                               bool trust_work_tree) {
  const auto after = range.after.kind;
  if (trust_work_tree && (after == Side::Kind::work_tree || after == Side::Kind::index))
    return attributes_on_disk(*state.work_tree);
  return attributes_of_tree(state,
                            range.whole_files ? range.after.tree.get() : range.before.tree.get());
}

void set_attributes(ChangeSet& change, ScopeAttributes attributes) {
  for (auto& file : change.files)
    file.attributes = attributes.of(file.path);
}

Result<std::vector<ChangedFile>> files_of(const Repository& repository, ResolvedRange& range,
                                          const DiffOptions& options) {
  const auto& state = repository.state();
  if (range.whole_files) return files_of_tree(state, range, options);
  auto files = changed_files(state, range, options);
  if (!files) return files;
  std::vector<ChangedFile> changed;
  changed.reserve(files->size());
  for (auto& file : *files)
    if (fill(repository, file, options.max_bytes)) changed.push_back(std::move(file));
  return changed;
}

/// The side that a diff file is applied on: the commit `from`, or the work tree.
Result<Side> patch_base(const Repository& repository, const std::string& from) {
  Side side;
  side.kind = Side::Kind::work_tree;
  if (from.empty()) {
    if (repository.work_tree()) return side;
    return fail(ErrorKind::invalid_input,
                "a bare repository has no work tree to apply the diff on: give its base (--base)",
                "PEER-E125");
  }
  const auto commit = find_commit(repository.state().repo.get(), from);
  if (!commit) return fail(commit.error());
  auto tree = tree_of(commit->get());
  if (!tree) return fail(tree.error());
  return Side{Side::Kind::tree, std::move(*tree), hex(*git_commit_id(commit->get()))};
}

Result<std::optional<BaseFile>> base_file(const Repository::State& state, const Side& side,
                                          const std::string& path, std::uint64_t max_bytes) {
  if (side.kind == Side::Kind::work_tree)
    return base_file_on_disk(*state.work_tree, path, max_bytes);
  TreeEntryHandle entry;
  if (take(entry,
           [&](auto** raw) { return git_tree_entry_bypath(raw, side.tree.get(), path.c_str()); }) <
          0 ||
      git_tree_entry_type(entry.get()) != GIT_OBJECT_BLOB)
    return std::nullopt;
  const auto& id = *git_tree_entry_id(entry.get());
  const auto size = state.object_size(id, path);
  if (!size) return fail(size.error());
  if (*size > max_bytes) return fail(too_large(*size, max_bytes));
  auto bytes = state.read_object(id, path);
  if (!bytes) return fail(bytes.error());
  const auto mode = static_cast<std::uint32_t>(git_tree_entry_filemode(entry.get()));
  return BaseFile{{hex(id), *size, mode, false}, std::move(*bytes)};
}

Result<ChangeSet> read_patch(const Repository& repository, const RangeSpec& spec,
                             const DiffOptions& options) {
  auto& state = repository.state();
  const auto base = patch_base(repository, spec.from);
  if (!base) return fail(base.error());
  auto patched = apply_patch(spec.patch, [&](const std::string& path) {
    return base_file(state, *base, path, options.max_bytes);
  });
  if (!patched) return fail(patched.error());
  state.patched.merge(patched->contents);
  auto change = std::move(patched->change);
  std::erase_if(change.files,
                [&](const ChangedFile& file) { return !is_asked_for(file.path, options.paths); });
  change.base = base->commit;
  change.description = "diff file on " + (spec.from.empty() ? std::string("worktree") : spec.from);
  set_attributes(change, base->tree ? attributes_of_tree(state, base->tree.get())
                                    : attributes_on_disk(*state.work_tree));
  return change;
}

}  // namespace

Result<ChangeSet> Repository::read_diff(const RangeSpec& spec, const DiffOptions& options) {
  if (spec.kind == RangeSpec::Kind::patch) return read_patch(*this, spec, options);
  auto range = resolve(*state_, spec);
  if (!range) return fail(range.error());
  auto files = files_of(*this, *range, options);
  if (!files) return fail(files.error());
  ChangeSet change;
  change.description = range->description;
  change.base = range->before.commit;
  change.head = range->after.commit;
  change.merge_base = range->merge_base;
  change.files = std::move(*files);
  set_attributes(change, attributes_for(*state_, *range, options.trust_work_tree));
  change.degraded = std::move(range->degraded);
  change.whole_files = range->whole_files;
  change.incomplete = range->incomplete;
  return change;
}

}  // namespace peer
