#include "bot/git/range.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/revision.hpp"
#include "bot/git/shallow.hpp"

namespace peer {
namespace {

using Kind = RangeSpec::Kind;

Result<Side> tree_side(const git_commit* commit) {
  auto tree = tree_of(commit);
  if (!tree) return fail(tree.error());
  return Side{Side::Kind::tree, std::move(*tree), hex(*git_commit_id(commit))};
}

Error no_work_tree() {
  return {ErrorKind::invalid_input,
          "a bare repository has no work tree and no index. Give a range of commits, such as "
          "main...feature or HEAD",
          "PEER-E125"};
}

Error unrelated(std::string_view from, std::string_view to) {
  return {
      ErrorKind::invalid_input,
      fmt::format("'{0}' and '{1}' have no common commit, so {0}...{1} says nothing. To compare "
                  "their trees as they stand, write {0}..{1}",
                  visible(from, false), visible(to, false)),
      "PEER-E126"};
}

/// HEAD as a tree, or nothing on an unborn branch.
Result<Side> head_or_nothing(git_repository* repo) {
  if (git_repository_head_unborn(repo) == 1) return Side{};
  const auto head = find_commit(repo, "HEAD");
  if (!head) return fail(head.error());
  return tree_side(head->get());
}

Result<ResolvedRange> against_head(const Repository::State& state, Side::Kind after) {
  if (!state.work_tree) return fail(no_work_tree());
  auto head = head_or_nothing(state.repo.get());
  if (!head) return fail(head.error());
  ResolvedRange range;
  range.before = std::move(*head);
  range.after.kind = after;
  range.description = after == Side::Kind::index ? "HEAD..index" : "HEAD..worktree";
  return range;
}

Result<ResolvedRange> whole_tree(git_repository* repo, const RangeSpec& spec) {
  const auto name = spec.from.empty() ? std::string("HEAD") : spec.from;
  const auto commit = find_commit(repo, name);
  if (!commit) return fail(commit.error());
  auto side = tree_side(commit->get());
  if (!side) return fail(side.error());
  ResolvedRange range;
  range.after = std::move(*side);
  range.description = name;
  range.whole_files = true;
  return range;
}

Result<ResolvedRange> one_commit(git_repository* repo, const RangeSpec& spec) {
  const auto commit = find_commit(repo, spec.from);
  if (!commit) return fail(commit.error());
  return commit_alone(repo, commit->get());
}

/// The commit at the newer end: `to`, or HEAD where that is the work tree.
std::string newer_end(const RangeSpec& spec) { return spec.to.empty() ? "HEAD" : spec.to; }

bool may_fall_back(git_repository* repo, const RangeSpec& spec, const Error& error) {
  if (spec.fall_back && error.code == "PEER-E122") return true;  // a branch that CI did not fetch
  return error.code == "PEER-E123" && (spec.fall_back || git_repository_is_shallow(repo) == 1);
}

/// From one commit to another or the work tree, when both are known.
Result<ResolvedRange> compare(const Repository::State& state, const git_commit* base,
                              const git_commit* head, const RangeSpec& spec) {
  auto before = tree_side(base);
  if (!before) return fail(before.error());
  ResolvedRange range;
  range.before = std::move(*before);
  if (spec.to.empty()) {
    if (!state.work_tree) return fail(no_work_tree());
    range.after.kind = Side::Kind::work_tree;
  } else {
    auto after = tree_side(head);
    if (!after) return fail(after.error());
    range.after = std::move(*after);
  }
  const auto* dots = spec.kind == Kind::three_dots && !spec.to.empty() ? "..." : "..";
  range.description = spec.from + dots + (spec.to.empty() ? "worktree" : spec.to);
  return range;
}

Result<ResolvedRange> from_merge_base(const Repository::State& state, const git_commit* from,
                                      const git_commit* head, const RangeSpec& spec) {
  auto* repo = state.repo.get();
  const auto base = merge_base_of(repo, *git_commit_id(from), *git_commit_id(head));
  if (!base) return fail(base.error());
  if (!*base) {
    if (git_repository_is_shallow(repo) == 1) return without_base(repo, head, spec.from);
    return fail(unrelated(spec.from, newer_end(spec)));
  }
  const auto commit = commit_by_id(repo, **base);
  auto range = compare(state, commit.get(), head, spec);
  if (range) range->merge_base = hex(**base);
  return range;
}

/// The base is in no clone any more (a force push replaced it), or was not fetched: the default
/// branch stands in for it where `head` has left it.
Result<ResolvedRange> from_default_branch(const Repository::State& state, const git_commit* head,
                                          const RangeSpec& spec) {
  auto* repo = state.repo.get();
  const auto& id = *git_commit_id(head);
  const auto found = default_branch(repo);
  if (!found) return fail(found.error());
  const auto& main = *found;
  const auto base = main ? merge_base_of(repo, main->id, id)
                         : Result<std::optional<git_oid>>(std::optional<git_oid>{});
  if (!base) return fail(base.error());
  if (!*base || git_oid_equal(&**base, &id) != 0) return without_base(repo, head, spec.from);
  auto from = spec;
  from.from = main->name;
  auto range = compare(state, commit_by_id(repo, **base).get(), head, from);
  if (!range) return range;
  range->merge_base = hex(**base);
  range->degraded.push_back(fmt::format(
      "PEER-E120: {} is not in this clone (a force push may have replaced it), so all that is new "
      "since the merge base with {} is reviewed.",
      short_name(spec.from), main->name));
  return range;
}

Result<ResolvedRange> between(const Repository::State& state, const RangeSpec& spec) {
  auto* repo = state.repo.get();
  const auto head = find_commit(repo, newer_end(spec));
  if (!head) {
    if (!may_fall_back(repo, spec, head.error())) return fail(head.error());
    return without_head(repo, spec.to);
  }
  const auto from = find_commit(repo, spec.from.empty() ? "HEAD" : spec.from);
  if (!from) {
    if (!may_fall_back(repo, spec, from.error())) return fail(from.error());
    if (git_repository_is_shallow(repo) == 1) return without_base(repo, head->get(), spec.from);
    return from_default_branch(state, head->get(), spec);
  }
  if (spec.kind == Kind::three_dots) return from_merge_base(state, from->get(), head->get(), spec);
  return compare(state, from->get(), head->get(), spec);
}

/// No branch is known to compare with: what a pull request's checkout looks like, or a repository
/// with other names.
Result<ResolvedRange> without_default_branch(const Repository::State& state,
                                             const git_commit* head) {
  auto* repo = state.repo.get();
  if (git_repository_is_shallow(repo) == 1) return without_base(repo, head, "the default branch");
  RangeSpec spec;
  spec.kind = Kind::two_dots;
  spec.from = "HEAD";
  if (!state.work_tree) return commit_alone(repo, head);
  auto range = compare(state, head, head, spec);
  if (range) {
    range->degraded.emplace_back(
        "No default branch was found (origin/HEAD, main, master), so the work tree is compared "
        "with "
        "HEAD: give a range such as trunk...HEAD, or run `git remote set-head origin -a`.");
  }
  return range;
}

Result<ResolvedRange> standard(const Repository::State& state, const std::string& to) {
  auto* repo = state.repo.get();
  if (to.empty() && git_repository_head_unborn(repo) == 1) return fail(unborn_branch(repo));
  const auto head = find_commit(repo, to.empty() ? "HEAD" : to);
  if (!head) return fail(head.error());
  const auto found = default_branch(repo);
  if (!found) return fail(found.error());
  const auto& branch = *found;
  const auto base = branch ? commit_by_id(repo, branch->id) : CommitHandle();
  if (!base && !to.empty())
    return fail(ErrorKind::not_found, fmt::format("no default branch was found (origin/HEAD, main, "
                                                  "master) to compare {} with: give --base too",
                                                  to));
  if (!base) return without_default_branch(state, head->get());
  RangeSpec spec;
  spec.kind = Kind::three_dots;
  spec.from = branch->name;
  spec.to = !to.empty() ? to : state.work_tree ? "" : "HEAD";
  return from_merge_base(state, base.get(), head->get(), spec);
}

}  // namespace

Result<ResolvedRange> resolve(const Repository::State& state, const RangeSpec& range) {
  switch (range.kind) {
    case Kind::two_dots:
    case Kind::three_dots:
      return between(state, range);
    case Kind::commit:
      return one_commit(state.repo.get(), range);
    case Kind::staged:
      return against_head(state, Side::Kind::index);
    case Kind::worktree:
      return against_head(state, Side::Kind::work_tree);
    case Kind::tree:
      return whole_tree(state.repo.get(), range);
    case Kind::standard:
    case Kind::patch:
      break;
  }
  return standard(state, range.to);
}

RangeSpec parse_range(std::string_view text) {
  RangeSpec range;
  text = trim(text);
  if (text.empty()) return range;
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) {
    range.kind = Kind::commit;
    range.from = text;
    return range;
  }
  const bool three = text.substr(dots).starts_with("...");
  range.kind = three ? Kind::three_dots : Kind::two_dots;
  range.from = text.substr(0, dots);
  range.to = text.substr(dots + (three ? 3 : 2));
  if (range.from.empty()) range.from = "HEAD";
  if (range.to.empty()) range.to = "HEAD";
  return range;
}

}  // namespace peer
