#include "bot/git/since.hpp"

#include <array>
#include <charconv>
#include <ctime>

#include "bot/git/damaged.hpp"
#include "bot/git/handles.hpp"
#include "bot/git/revision.hpp"
#include "bot/git/state.hpp"

namespace peer {
namespace {

using WalkHandle = Handle<git_revwalk, git_revwalk_free>;

/// Digits of exactly that length at the front of `text`, which are taken away.
std::optional<int> digits(std::string_view& text, std::size_t length) {
  if (text.size() < length) return std::nullopt;
  int value = 0;
  const auto* end = text.data() + length;
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end || text[0] == '-') return std::nullopt;
  text.remove_prefix(length);
  return value;
}

bool eat(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
  std::array<int, 6> parts{0, 0, 0, 0, 0, 0};
  constexpr std::array<std::size_t, 6> kLengths{4, 2, 2, 2, 2, 2};
  constexpr std::array<std::string_view, 6> kBefore{"", "-", "-", " T", ":", ":"};
  std::size_t known = 0;
  for (; known < parts.size() && !text.empty() && text != "Z"; ++known) {
    if (known > 0 && !eat(text, kBefore[known])) return std::nullopt;
    const auto part = digits(text, kLengths[known]);
    if (!part) return std::nullopt;
    parts[known] = *part;
  }
  if (!text.empty() && (known < 5 || text != "Z")) return std::nullopt;
  if (known < 3 || known == 4) return std::nullopt;
  std::tm time{};
  time.tm_year = parts[0] - 1900;
  time.tm_mon = parts[1] - 1;
  time.tm_mday = parts[2];
  time.tm_hour = parts[3];
  time.tm_min = parts[4];
  time.tm_sec = parts[5];
  const auto asked = time;
  const auto seconds = timegm(&time);
  // the 31st of June is no date
  if (time.tm_mon != asked.tm_mon || time.tm_mday != asked.tm_mday ||
      time.tm_hour != asked.tm_hour || time.tm_min != asked.tm_min)
    return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

Result<std::optional<std::string>> commit_at(const Repository& repository,
                                             std::int64_t unix_seconds) {
  auto* repo = repository.state().repo.get();
  WalkHandle walk;
  int code = take(walk, [&](auto** raw) { return git_revwalk_new(raw, repo); });
  if (code < 0) return fail(git_error_of(code, "cannot walk the history"));
  git_revwalk_simplify_first_parent(walk.get());
  code = git_revwalk_push_head(walk.get());
  if (code < 0)
    if (auto damaged = damaged_revision(repo, "HEAD")) return fail(std::move(*damaged));
  if (code == GIT_ENOTFOUND || code == GIT_EUNBORNBRANCH) return fail(unborn_branch(repo));
  if (code < 0) return fail(git_error_of(code, "cannot walk the history"));
  git_oid id{};
  while ((code = git_revwalk_next(&id, walk.get())) == 0) {
    const auto commit = commit_by_id(repo, id);
    if (commit && git_commit_time(commit.get()) <= unix_seconds)
      return std::optional<std::string>(hex(id));
  }
  if (code != GIT_ITEROVER) return fail(git_error_of(code, "cannot walk the history"));
  return std::optional<std::string>{};
}

}  // namespace peer
