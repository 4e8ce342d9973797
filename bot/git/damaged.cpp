#include "bot/git/damaged.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <unistd.h>

#include "base/text.hpp"
#include "bot/git/revision.hpp"

namespace peer {
namespace {

constexpr std::string_view kAdvice =
    "Run `git fsck` to see what is damaged; `git fetch` or a new clone brings back what the server "
    "has";

int look_up(ObjectHandle& object, git_repository* repo, const git_oid& id) {
  return take(object,
              [&](auto** raw) { return git_object_lookup(raw, repo, &id, GIT_OBJECT_ANY); });
}

/// nullopt where the object can be read, and is just no commit.
std::optional<Error> unreadable(git_repository* repo, std::string_view reference,
                                const git_oid& id) {
  ObjectHandle object;
  if (look_up(object, repo, id) == 0) return std::nullopt;
  std::array<char, GIT_OID_HEXSZ + 1> text{};
  git_oid_tostr(text.data(), text.size(), &id);  // also of zeros
  return Error{ErrorKind::not_found,
               fmt::format("{} leads to the commit {}, which is missing or damaged here ({}). {}",
                           visible(reference, false), text.data(),
                           visible(last_git_message(), false), kAdvice),
               "PEER-E130"};
}

Error no_reference(std::string_view reference) {
  const auto* mend =
      reference == "HEAD"
          ? "`git symbolic-ref HEAD refs/heads/BRANCH` makes it lead to a branch again"
          : "`git update-ref` writes it anew, `git reflog` may know its commit";
  return {ErrorKind::invalid_input,
          fmt::format("the reference {} is damaged ({}). Run `git fsck`; {}",
                      visible(reference, false), visible(last_git_message(), false), mend),
          "PEER-E130"};
}

/// The object `id` and, where it is a tag, what that names; fails with the id of the one that
/// cannot be read.
CommitHandle peeled(git_repository* repo, git_oid& id) {
  constexpr int kMostTags = 100;
  for (int i = 0; i < kMostTags; ++i) {
    ObjectHandle object;
    if (look_up(object, repo, id) < 0) return {};
    if (git_object_type(object.get()) != GIT_OBJECT_TAG) break;
    id = *git_tag_target_id(reinterpret_cast<git_tag*>(object.get()));
  }
  return commit_by_id(repo, id);
}

/// Takes the number at the front of `text`; 1 where there is none.
std::size_t take_number(std::string_view& text) {
  std::size_t number = 1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

/// The parents that `way` ("~2^2") leads over from `commit`, up to the first that cannot be read:
/// its id. nullopt where all can, where the history ends, and where `way` says something else.
std::optional<git_oid> unreadable_on(git_repository* repo, CommitHandle commit,
                                     std::string_view way) {
  while (commit && !way.empty() && (way[0] == '~' || way[0] == '^')) {
    const bool up = way[0] == '~';
    way.remove_prefix(1);
    const auto number = take_number(way);
    for (std::size_t left = up ? number : std::min<std::size_t>(number, 1); left > 0; --left) {
      const auto parents = parents_of(commit.get());
      const auto which = up ? 0 : number - 1;
      if (which >= parents.size()) return std::nullopt;
      commit = commit_by_id(repo, parents[which]);
      if (!commit) return parents[which];
    }
  }
  return std::nullopt;
}

/// What git would try for `stem`, in its order.
std::array<std::string, 6> full_names(std::string_view stem) {
  return {std::string(stem),
          fmt::format("refs/{}", stem),
          fmt::format("refs/tags/{}", stem),
          fmt::format("refs/heads/{}", stem),
          fmt::format("refs/remotes/{}", stem),
          fmt::format("refs/remotes/{}/HEAD", stem)};
}

}  // namespace

std::optional<Error> damaged_revision(git_repository* repo, std::string_view name) {
  const auto end = std::min(name.find_first_of("~^@:"), name.size());
  const bool head = name.starts_with('@');  // "@" and "@~2" are HEAD
  const auto stem = head ? std::string_view("HEAD") : name.substr(0, end);
  for (const auto& full : full_names(stem)) {
    git_oid id;
    const int code = git_reference_name_to_id(&id, repo, full.c_str());
    if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC) continue;
    if (code < 0) return no_reference(full);
    auto commit = peeled(repo, id);
    if (!commit) return unreadable(repo, full, id);
    if (git_repository_is_shallow(repo) == 1) return std::nullopt;
    const auto way = name.substr(head ? 1 : end);
    const auto lost = unreadable_on(repo, std::move(commit), way);
    return lost ? unreadable(repo, name, *lost) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Error> damaged_index(git_repository* repo) {
  const auto path = std::filesystem::path(git_repository_path(repo)) / "index";
  if (::access(path.c_str(), R_OK) != 0) return std::nullopt;
  IndexHandle index;
  int code = take(index, [&](auto** raw) { return git_repository_index(raw, repo); });
  if (code == 0) code = git_index_read(index.get(), 1);
  if (code == 0) return std::nullopt;
  const auto shown = visible(path.native(), false);
  return Error{ErrorKind::invalid_input,
               fmt::format("the index {} is damaged ({}). `rm {} && git reset` makes it anew from "
                           "HEAD; files of the work "
                           "tree stay as they are, and what was staged has to be staged again",
                           shown, visible(last_git_message(), false), shown),
               "PEER-E136"};
}

}  // namespace peer
