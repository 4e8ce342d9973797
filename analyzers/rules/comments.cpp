#include "analyzers/rules/comments.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

// of any language, for files whose language is not known; longer ones before what they begin with
constexpr std::array<std::string_view, 8> kAnyMarkers{"<!--", "//", "/*", "--", "#", ";", "%", "*"};

constexpr std::array<BlockComment, 2> kAnyBlocks{{{"<!--", "-->"}, {"/*", "*/"}}};

std::span<const BlockComment> blocks_of(const SourceFile& file) {
  return file.language() == nullptr ? std::span<const BlockComment>(kAnyBlocks)
                                    : file.language()->block_comments;
}

std::vector<std::string_view> markers_of(const SourceFile& file) {
  if (file.language() == nullptr) return {kAnyMarkers.begin(), kAnyMarkers.end()};
  const auto lines = file.language()->line_comments;
  std::vector<std::string_view> markers(lines.begin(), lines.end());
  for (const auto& block : blocks_of(file))
    markers.push_back(block.open);
  return markers;
}

/// Where the comment begins whose marker stands right before byte `at`, or nothing.
std::optional<std::uint32_t> marker_before(const SourceFile& file, std::uint32_t at,
                                           std::uint32_t from) {
  const auto before = trim_end(file.text({from, at}));
  for (const auto marker : markers_of(file)) {
    if (!before.ends_with(marker)) continue;
    auto begin = before.size() - marker.size();
    // "##", "///", "//!"
    while (begin > 0 && before[begin - 1] == marker.front())
      --begin;
    return from + static_cast<std::uint32_t>(begin);
  }
  return std::nullopt;
}

std::optional<Span> comment_by_text(const SourceFile& file, std::uint32_t at, std::uint32_t from) {
  const auto line = file.lines().line_span(file.lines().line_of(at));
  const auto begin = marker_before(file, at, std::max(from, line.begin));
  if (!begin) return std::nullopt;
  Span comment{*begin, line.end};
  for (const auto& block : blocks_of(file)) {
    if (!file.text(comment).starts_with(block.open)) continue;
    if (const auto close = file.text(comment).find(block.close); close != std::string_view::npos)
      comment.end = comment.begin + static_cast<std::uint32_t>(close + block.close.size());
  }
  return comment;
}

bool holds_any(Span span, std::span<const std::uint32_t> at) {
  const auto it = std::lower_bound(at.begin(), at.end(), span.begin);
  return it != at.end() && *it < span.end;
}

/// Goes down only where one of `at` is, so that a file costs what its directives do.
std::vector<Span> comments_by_tree(const SourceFile& file, std::span<const std::uint32_t> at) {
  std::vector<Span> comments;
  walk(file.tree()->root(), [&](Node node) {
    if (!holds_any(node.span(), at)) return false;
    if (node.kind().find("comment") != std::string_view::npos) {
      comments.push_back(node.span());
      return false;
    }
    // C's grammar takes a macro's text up to the end of the line for one token, comment included
    if (node.kind() == "preproc_arg") {
      const auto first = *std::lower_bound(at.begin(), at.end(), node.begin());
      if (auto comment = comment_by_text(file, first, node.begin())) comments.push_back(*comment);
      return false;
    }
    return true;
  });
  return comments;
}

}  // namespace

std::vector<Span> comments_holding(const SourceFile& file, std::span<const std::uint32_t> at) {
  if (file.tree() != nullptr) return comments_by_tree(file, at);
  std::vector<Span> comments;
  for (const auto byte : at) {
    if (!comments.empty() && byte < comments.back().end) continue;
    if (auto comment = comment_by_text(file, byte, comments.empty() ? 0 : comments.back().end))
      comments.push_back(*comment);
  }
  return comments;
}

bool ends_in_comment_marker(std::string_view text) {
  text = trim_end(text);
  if (text.empty() || text.ends_with("//!") || text.ends_with("--[[") || text.ends_with("=begin"))
    return true;
  return std::any_of(kAnyMarkers.begin(), kAnyMarkers.end(),
                     [&](std::string_view marker) { return text.ends_with(marker); });
}

/// The last line of the comment that `line` begins with, 0 where it begins with code.
std::uint32_t CodeLines::skip_comment(std::uint32_t line) {
  const auto& lines = file_.lines();
  const auto span = lines.line_span(line);
  auto text = trim(file_.text(span));
  if (text.empty()) return line;
  if (text.starts_with("{/*")) text.remove_prefix(1);
  for (const auto& block : blocks_of(file_)) {
    if (!text.starts_with(block.open)) continue;
    const auto begin = static_cast<std::size_t>(text.data() - file_.text().data());
    if (begin >= unclosed_) return lines.line_count();
    const auto close = file_.text().find(block.close, begin + block.open.size());
    if (close == std::string_view::npos) {
      unclosed_ = begin;
      return lines.line_count();
    }
    const auto end = static_cast<std::uint32_t>(close + block.close.size());
    const auto last = lines.line_of(end - 1);
    const auto rest = trim(file_.text({end, lines.line_span(last).end}));
    return rest.empty() || rest == "}" ? last : 0;
  }
  if (file_.language() == nullptr) {
    const auto is_marker = [&](std::string_view marker) { return text.starts_with(marker); };
    return std::any_of(kAnyMarkers.begin(), kAnyMarkers.end(), is_marker) ? line : 0;
  }
  for (const auto marker : file_.language()->line_comments)
    if (text.starts_with(marker)) return line;
  return 0;
}

std::uint32_t CodeLines::next(std::uint32_t line) {
  std::vector<std::uint32_t> passed;
  std::uint32_t answer = 0;
  for (auto at = line + 1; at <= file_.lines().line_count();) {
    if (const auto it = known_.find(at); it != known_.end()) {
      answer = it->second;
      break;
    }
    passed.push_back(at);
    const auto last = skip_comment(at);
    if (last == 0) {
      answer = at;
      break;
    }
    at = last + 1;
  }
  for (const auto at : passed)
    known_.emplace(at, answer);
  return answer;
}

}  // namespace peer
