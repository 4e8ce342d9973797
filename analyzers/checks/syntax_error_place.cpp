#include "analyzers/checks/syntax_error_place.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "analyzers/checks/syntax_error_brackets.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostErrors = 1'000;
constexpr std::size_t kMostTrials = 24;             // parses spent on finding the guilty hunk
constexpr std::size_t kMostTrialBytes = 4'000'000;  // of all of them together
constexpr std::size_t kShortError = 200;            // bytes
constexpr std::size_t kMostQuoted = 30;

/// First byte of a line, or of the end.
std::uint32_t start_of(const SourceFile& file, std::uint32_t line) {
  return file.lines().line_span(line).begin;
}

/// Bytes of `range`; where it is empty, the point after line `first`.
Span bytes_of(const SourceFile& file, LineRange range) {
  const auto first = range.count == 0 ? range.first + 1 : range.first;
  return {start_of(file, first), start_of(file, first + range.count)};
}

/// The new text with one hunk undone.
std::string without(const Hunk& hunk, const SourceFile& before, const SourceFile& after) {
  const Span fresh = bytes_of(after, hunk.new_lines);
  const Span old = bytes_of(before, hunk.old_lines);
  std::string text(after.text().substr(0, fresh.begin));
  text += before.text(old);
  text += after.text().substr(fresh.end);
  return text;
}

LineRange lines_of(const Hunk& hunk) {
  if (hunk.added.empty()) return {hunk.new_lines.first, std::max(hunk.new_lines.count, 1U)};
  return {hunk.added.front().first, hunk.added.back().end() - hunk.added.front().first};
}

std::string quoted(std::string_view token) {
  const auto line = token.substr(0, token.find_first_of("\r\n"));
  return visible(line.size() > kMostQuoted ? std::string(line.substr(0, kMostQuoted)) + "..."
                                           : std::string(line));
}

/// The token of an ERROR in `lines` to point at. A short ERROR holds what was read up to the token
/// that fits nowhere: its last one. A long one holds whatever an open end swallowed: its first in
/// `lines`.
std::optional<Span> token_in(Node error, const SourceFile& file, LineRange lines) {
  const bool is_short =
      lines.contains(error.line()) && file.text(error.span()).size() < kShortError;
  std::optional<Span> found;
  walk(error, [&](Node node) {
    if (found && !is_short) return false;
    if (node.end() == 0 || file.lines().line_of(node.end() - 1) < lines.first) return false;
    if (node.child_count() > 0) return true;
    if (node.is_extra() && !node.is_error()) return false;
    if (lines.contains(node.line()) && !node.span().empty()) found = node.span();
    return false;
  });
  return found;
}

ErrorPlace missing_token(Node error, const SourceFile& file) {
  return {before_gap(error, file),
          error.is_named() ? "syntax error: something is missing here"
                           : fmt::format("syntax error: '{}' is missing here", error.kind())};
}

/// The first word of the first line with any in `lines`, or of the line after them.
Span first_word(const SourceFile& file, LineRange lines) {
  for (auto line = lines.first; line <= std::min(lines.end(), file.lines().line_count()); ++line) {
    const Span span = file.lines().line_span(line);
    const auto text = file.text(span);
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) continue;
    const auto to = std::min(text.find_first_of(" \t", from), text.size());
    return {span.begin + static_cast<std::uint32_t>(from),
            span.begin + static_cast<std::uint32_t>(to)};
  }
  return file.lines().line_span(lines.first);
}

}  // namespace

Span before_gap(Node missing, const SourceFile& file) {
  // a made-up token has no width and stands before the next real one: the gap is behind the last
  // real one
  auto at = missing.begin();
  const auto text = file.text();
  while (at > 0 && std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos)
    --at;
  return {at == 0 ? 0 : at - 1, std::max(at, 1U)};
}

std::vector<Node> error_nodes(const SourceFile& file) {
  std::vector<Node> errors;
  walk(file.tree()->root(), [&](Node node) {
    if (errors.size() >= kMostErrors || !(node.has_error() || node.is_missing())) return false;
    if (!node.is_error() && !node.is_missing()) return true;
    errors.push_back(node);
    return false;
  });
  return errors;
}

LineRange guilty_lines(FileExam& exam) {
  const auto& hunks = exam.change().hunks;
  const auto& file = exam.after();
  const auto& before = *exam.before();
  const bool affordable = hunks.size() > 1 && hunks.size() <= kMostTrials &&
                          hunks.size() * file.text().size() <= kMostTrialBytes &&
                          !before.tree()->root().has_error();
  if (affordable) {
    for (const auto& hunk : hunks) {
      const auto trial = parse(file.path(), without(hunk, before, file), exam.options().parse,
                               exam.stop(), file.language());
      if (trial.tree() != nullptr && !trial.tree()->root().has_error()) return lines_of(hunk);
    }
  }
  const auto errors = error_nodes(file);
  const auto line = errors.empty() ? 1 : file.lines().line_of(errors.front().begin());
  // an error is noticed at its place or below, unless an open bracket drags what stands above into
  // it
  const Hunk* nearest = &hunks.front();
  for (const auto& hunk : hunks)
    if (lines_of(hunk).first <= line) nearest = &hunk;
  return lines_of(*nearest);
}

ErrorPlace place_error(FileExam& exam, LineRange lines) {
  const auto& file = exam.after();
  const LineRange around{lines.first, lines.count + 1};
  const auto holds = [&](Span span) { return around.contains(file.lines().line_of(span.begin)); };
  const auto mismatch =
      can_scan_brackets(file.language()->name) ? scan_brackets(file) : tree_brackets(file);
  const auto errors = error_nodes(file);
  for (const auto& error : errors)
    if (error.is_missing() && holds(error.span())) return missing_token(error, file);
  if (mismatch && holds(mismatch->at)) return {mismatch->at, "syntax error: " + mismatch->message};
  for (const auto& error : errors) {
    if (error.is_missing()) {
      auto place = missing_token(error, file);
      if (holds(place.at)) return place;
      continue;
    }
    if (const auto token = token_in(error, file, around))
      return {*token, fmt::format("syntax error at '{}'", quoted(file.text(*token)))};
  }
  const Span word = first_word(file, lines);
  if (mismatch)
    return {word, fmt::format("syntax error: {} (line {})", mismatch->message,
                              file.lines().line_of(mismatch->at.begin))};
  return {word, "syntax error: the file no longer parses since this change"};
}

bool has_comment_or_odd_value(const SourceFile& file) {
  bool found = false;
  walk(file.tree()->root(), [&](Node node) {
    if (found) return false;
    if (node.kind() == "comment") found = true;
    if (node.is_error()) {
      const auto text = node.text(file.text());
      for (const std::string_view odd : {"//", "/*", "{{", "${", "NaN", "Infinity"})
        found = found || text.find(odd) != std::string_view::npos;
    }
    return true;
  });
  return found;
}

}  // namespace peer
