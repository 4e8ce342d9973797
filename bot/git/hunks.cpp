#include "bot/git/hunks.hpp"

#include <algorithm>

#include "bot/git/handles.hpp"

namespace peer {
namespace {

LineRange range_of(int first, int count) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count)};
}

/// Adds line `number` to the last range, or begins a new one.
void extend(std::vector<LineRange>& ranges, int number) {
  const auto line = static_cast<std::uint32_t>(number);
  if (!ranges.empty() && ranges.back().end() == line) {
    ++ranges.back().count;
  } else {
    ranges.push_back({line, 1});
  }
}

int on_hunk(const git_diff_delta* /*delta*/, const git_diff_hunk* hunk, void* payload) {
  auto& hunks = *static_cast<std::vector<Hunk>*>(payload);
  hunks.push_back({range_of(hunk->old_start, hunk->old_lines),
                   range_of(hunk->new_start, hunk->new_lines),
                   {},
                   {}});
  return 0;
}

int on_line(const git_diff_delta* /*delta*/, const git_diff_hunk* /*hunk*/,
            const git_diff_line* line, void* payload) {
  auto& hunks = *static_cast<std::vector<Hunk>*>(payload);
  if (hunks.empty()) return 0;
  if (line->origin == GIT_DIFF_LINE_DELETION) extend(hunks.back().removed, line->old_lineno);
  if (line->origin == GIT_DIFF_LINE_ADDITION) extend(hunks.back().added, line->new_lineno);
  return 0;
}

}  // namespace

std::uint32_t count_lines(std::string_view text) {
  auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  if (!text.empty() && text.back() != '\n') ++lines;
  return lines;
}

Result<std::vector<Hunk>> hunks_between(std::string_view before, std::string_view after) {
  std::vector<Hunk> hunks;
  if (before == after) return hunks;
  if (before.empty()) {
    const LineRange all{1, count_lines(after)};
    hunks.push_back({{0, 0}, all, {}, {all}});
    return hunks;
  }
  if (after.empty()) {
    const LineRange all{1, count_lines(before)};
    hunks.push_back({all, {0, 0}, {all}, {}});
    return hunks;
  }
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  options.max_size = -1;
  const int code =
      git_diff_buffers(before.data(), before.size(), nullptr, after.data(), after.size(), nullptr,
                       &options, nullptr, nullptr, on_hunk, on_line, &hunks);
  if (code < 0) return fail(git_error_of(code, "cannot compare two contents"));
  return hunks;
}

}  // namespace peer
