#include "bot/git/tree_plan.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "bot/git/tree_sizes.hpp"

namespace peer {
namespace {

/// A folder of both sides, or of one.
struct Pair {
  std::string path;
  std::optional<git_oid> before;
  std::optional<git_oid> after;
};

bool fits(const TreeSize& size, const TreeSize& room) {
  return size.entries <= room.entries && size.path_bytes <= room.path_bytes;
}

/// What is looked at of trees with `different` entries.
TreeSize limits_for(std::uint64_t different) {
  constexpr std::uint64_t kRepeats = 3;
  const auto entries =
      std::clamp(std::min(different, kMostEntries) * kRepeats, kMostRepeated, kMostEntries);
  return {entries, entries * kMostPathBytes};
}

std::string over_the_limit(const TreeSize& size, const TreeSize& limits) {
  if (size.entries <= limits.entries)
    return fmt::format("PEER-E105: {} bytes of paths, over the limit of {}",
                       with_commas(size.path_bytes), with_commas(limits.path_bytes));
  return fmt::format(
      "PEER-E105: {} files and folders{}, over the limit of {}", with_commas(size.entries),
      limits.entries < kMostEntries ? ", most of them the same" : "", with_commas(limits.entries));
}

bool is_folder(const git_tree_entry* entry) {
  return entry != nullptr && git_tree_entry_type(entry) == GIT_OBJECT_TREE;
}

std::optional<git_oid> folder_id(const git_tree_entry* entry) {
  return is_folder(entry) ? std::optional(*git_tree_entry_id(entry)) : std::nullopt;
}

bool same(const git_tree_entry* a, const git_tree_entry* b) {
  return a != nullptr && b != nullptr &&
         git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) != 0 &&
         git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b);
}

std::string joined(const std::string& folder, const char* name) {
  return folder.empty() ? std::string(name) : folder + "/" + name;
}

const git_tree_entry* named(const git_tree* tree, const git_tree_entry* like) {
  return tree == nullptr ? nullptr : git_tree_entry_byname(tree, git_tree_entry_name(like));
}

class Planner {
 public:
  explicit Planner(git_repository* repo) : repo_(repo), sizes_(repo) {}

  void start(Pair pair) { todo_.push_back(std::move(pair)); }

  /// What stands at `path` on the two sides; either may be null.
  Result<void> entry(const std::string& path, const git_tree_entry* before,
                     const git_tree_entry* after) {
    constexpr std::uint64_t kMostSeen = 20 * kMostEntries;
    if ((before == nullptr && after == nullptr) || same(before, after)) return {};
    if (++seen_ > kMostSeen) full(path);
    if (is_full()) return {};
    const bool is_file =
        (before != nullptr && !is_folder(before)) || (after != nullptr && !is_folder(after));
    if (is_file) return file(path, before, after);
    if (!spend(pairs_, {1, path.size()}, limits_for(kMostEntries)))
      full(path);
    else
      todo_.push_back({path, folder_id(before), folder_id(after)});
    return {};
  }

  Result<TreePlan> plan() {
    for (; !todo_.empty() && !is_full(); todo_.pop_front()) {
      const auto& next = todo_.front();
      auto done = next.before && next.after ? both(next)
                                            : one(next, next.before ? *next.before : *next.after);
      if (!done) return fail(done.error());
    }
    return std::move(plan_);
  }

 private:
  [[nodiscard]] bool is_full() const { return !plan_.full_at.empty(); }
  void full(const std::string& path) {
    if (!is_full()) plan_.full_at = path;
  }

  [[nodiscard]] TreeSize limits() const {
    return limits_for(sizes_.different() + different_pairs_);
  }

  /// Adds `size` to `sum` where that stays within `most`.
  [[nodiscard]] static bool spend(TreeSize& sum, const TreeSize& size, const TreeSize& most) {
    const TreeSize whole{sum.entries + size.entries, sum.path_bytes + size.path_bytes};
    if (!fits(whole, most)) return false;
    sum = whole;
    return true;
  }

  /// Takes `path`, below which `below` stands; false where there is no room.
  bool take_path(const std::string& path, const TreeSize& below) {
    const auto most = limits();
    if (!fits(below, most)) return false;
    const TreeSize whole{below.entries + 1,
                         below.path_bytes + (below.entries + 1) * (path.size() + 1)};
    if (!spend(taken_, whole, most)) return false;
    plan_.taken.push_back(path);
    return true;
  }

  /// A file on one side at least; on the other may stand a folder.
  Result<void> file(const std::string& path, const git_tree_entry* before,
                    const git_tree_entry* after) {
    TreeSize below;
    for (const auto* side : {before, after}) {
      if (!is_folder(side)) continue;
      const auto size = sizes_.of(*git_tree_entry_id(side));
      if (!size) return fail(size.error());
      below = *size;
    }
    if (take_path(path, below)) return {};
    if (fits(below, limits()))
      full(path);
    else
      plan_.left_out.push_back({path, over_the_limit(below, limits())});
    return {};
  }

  Result<void> both(const Pair& pair) {
    const auto before = read_tree(repo_, *pair.before);
    if (!before) return fail(before.error());
    const auto after = read_tree(repo_, *pair.after);
    if (!after) return fail(after.error());
    if (pairs_seen_.emplace(hex(*pair.before), hex(*pair.after)).second)
      different_pairs_ += git_tree_entrycount(before->get()) + git_tree_entrycount(after->get());
    return entries(pair.path, before->get(), after->get());
  }

  /// A hostile tree may name an entry twice or out of order: what a search does not find is taken
  /// as it stands.
  Result<void> entries(const std::string& folder, const git_tree* before, const git_tree* after) {
    for (std::size_t i = 0; before != nullptr && i < git_tree_entrycount(before); ++i) {
      const auto* at = git_tree_entry_byindex(before, i);
      if (auto done = entry(joined(folder, git_tree_entry_name(at)), at, named(after, at)); !done)
        return done;
    }
    for (std::size_t i = 0; after != nullptr && i < git_tree_entrycount(after); ++i) {
      const auto* at = git_tree_entry_byindex(after, i);
      if (named(before, at) != nullptr && named(after, at) == at) continue;
      if (auto done = entry(joined(folder, git_tree_entry_name(at)), nullptr, at); !done)
        return done;
    }
    return {};
  }

  /// A folder of one side: whole, or without the one folder of it that is too large, or not at all.
  Result<void> one(const Pair& pair, const git_oid& id) {
    const auto size = sizes_.of(id);
    if (!size) return fail(size.error());
    if (take_path(pair.path, *size)) return {};
    if (!pair.path.empty() && fits(*size, limits())) {
      full(pair.path);
      return {};
    }
    const auto tree = read_tree(repo_, id);
    if (!tree) return fail(tree.error());
    const auto large = count_large(tree->get());
    if (!large) return fail(large.error());
    if (!pair.path.empty() && *large > 1) {
      plan_.left_out.push_back({pair.path, over_the_limit(*size, limits())});
      return {};
    }
    return entries(pair.path, pair.before ? tree->get() : nullptr,
                   pair.before ? nullptr : tree->get());
  }

  /// How many folders of `tree` are over the limits by themselves.
  Result<std::size_t> count_large(const git_tree* tree) {
    std::size_t large = 0;
    for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
      const auto* at = git_tree_entry_byindex(tree, i);
      if (!is_folder(at)) continue;
      const auto size = sizes_.of(*git_tree_entry_id(at));
      if (!size) return fail(size.error());
      if (!fits(*size, limits())) ++large;
    }
    return large;
  }

  git_repository* repo_;
  TreeSizes sizes_;
  TreeSize taken_;
  TreeSize pairs_;
  std::set<std::pair<std::string, std::string>> pairs_seen_;
  std::uint64_t different_pairs_ = 0;
  std::uint64_t seen_ = 0;
  std::deque<Pair> todo_;
  TreePlan plan_;
};

/// The asked paths without slashes at their ends and without those that stand below another; {}
/// where all are asked for.
std::set<std::string> outermost(const std::vector<std::string>& paths) {
  std::set<std::string> all;
  for (std::string_view path : paths) {
    while (path.ends_with('/'))
      path.remove_suffix(1);
    if (path.empty() || path == ".") return {};
    all.emplace(path);
  }
  std::set<std::string> outer;
  for (const auto& path : all) {
    bool below = false;
    for (auto slash = path.find('/'); slash != std::string::npos && !below;
         slash = path.find('/', slash + 1))
      below = all.count(path.substr(0, slash)) != 0;
    if (!below) outer.insert(path);
  }
  return outer;
}

std::optional<git_oid> id_of(const git_tree* tree) {
  return tree == nullptr ? std::nullopt : std::optional(*git_tree_id(tree));
}

/// Null where nothing stands there.
Result<TreeEntryHandle> find(const git_tree* tree, const std::string& path) {
  TreeEntryHandle entry;
  if (tree == nullptr) return entry;
  const int code =
      take(entry, [&](auto** raw) { return git_tree_entry_bypath(raw, tree, path.c_str()); });
  if (code < 0 && code != GIT_ENOTFOUND)
    return fail(git_error_of(code, fmt::format("cannot look up {}", visible(path, false))));
  return entry;
}

}  // namespace

Result<TreePlan> plan_trees(git_repository* repo, const git_tree* before, const git_tree* after,
                            const std::vector<std::string>& paths) {
  Planner planner(repo);
  const auto asked = outermost(paths);
  if (asked.empty()) {
    const auto one = id_of(before), other = id_of(after);
    if (!one && !other) return TreePlan{};
    if (one && other && git_oid_equal(&*one, &*other) != 0) return TreePlan{};
    planner.start({"", one, other});
  }
  for (const auto& path : asked) {
    const auto one = find(before, path);
    if (!one) return fail(one.error());
    const auto other = find(after, path);
    if (!other) return fail(other.error());
    if (auto done = planner.entry(path, one->get(), other->get()); !done) return fail(done.error());
  }
  return planner.plan();
}

Result<std::string> too_many_entries(git_repository* repo, const git_tree* tree) {
  if (tree == nullptr) return std::string();
  TreeSizes sizes(repo);
  const auto size = sizes.of(*git_tree_id(tree));
  if (!size) return fail(size.error());
  const auto limits = limits_for(sizes.different());
  return fits(*size, limits) ? std::string() : over_the_limit(*size, limits);
}

}  // namespace peer
