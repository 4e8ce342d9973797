#include "analyzers/fix/unified.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/fix/apply.hpp"
#include "analyzers/fix/diff.hpp"

namespace peer {
namespace {

/// A stretch of both texts that starts at these 0-based lines.
struct Window {
  std::string_view before, after;
  std::uint32_t old_line = 0, new_line = 0;
};

void append_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// "12,3"; a range of no lines names the line before it.
std::string range_of(std::uint32_t first, std::uint32_t count) {
  const auto shown = count == 0 ? first : first + 1;
  return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
}

/// Writes the differences of a window with `context` lines around each.
class HunkWriter {
 public:
  HunkWriter(std::string& out, const Window& window, std::uint32_t context)
      : out_(out),
        window_(window),
        context_(context),
        before_(lines_with_ends(window.before)),
        after_(lines_with_ends(window.after)) {}

  /// Runs whose context touches go into one hunk.
  void write() {
    const auto runs = diff_lines(before_, after_);
    for (std::size_t begin = 0; begin < runs.size();) {
      auto end = begin + 1;
      while (end < runs.size() && runs[end].old_begin - runs[end - 1].old_end <= 2 * context_)
        ++end;
      write_hunk(std::span(runs).subspan(begin, end - begin));
      begin = end;
    }
  }

 private:
  void write_hunk(std::span<const DiffRun> runs) {
    const auto& first = runs.front();
    const auto& last = runs.back();
    const auto lead = std::min(context_, first.old_begin);
    const auto tail = std::min(context_, static_cast<std::uint32_t>(before_.size()) - last.old_end);
    const auto old_begin = first.old_begin - lead;
    const auto new_begin = first.new_begin - lead;
    out_ += fmt::format("@@ -{} +{} @@\n",
                        range_of(window_.old_line + old_begin, last.old_end + tail - old_begin),
                        range_of(window_.new_line + new_begin, last.new_end + tail - new_begin));
    auto line = old_begin;
    for (const auto& run : runs) {
      for (; line < run.old_begin; ++line)
        append_line(out_, ' ', before_[line]);
      for (; line < run.old_end; ++line)
        append_line(out_, '-', before_[line]);
      for (auto i = run.new_begin; i < run.new_end; ++i)
        append_line(out_, '+', after_[i]);
    }
    for (; line < last.old_end + tail; ++line)
      append_line(out_, ' ', before_[line]);
  }

  std::string& out_;
  Window window_;
  std::uint32_t context_;
  std::vector<std::string_view> before_, after_;
};

/// The first byte of the line that lies `lines` lines above the line of byte `at`.
std::size_t line_start_above(std::string_view text, std::size_t at, std::uint32_t lines) {
  for (std::uint32_t seen = 0; at > 0; --at)
    if (text[at - 1] == '\n' && seen++ == lines) break;
  return at;
}

/// Past the line that lies `lines` lines below the line of byte `at`.
std::size_t line_end_below(std::string_view text, std::size_t at, std::uint32_t lines) {
  for (std::uint32_t seen = 0; seen <= lines && at < text.size(); ++seen) {
    const auto end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
  return at;
}

/// The stretch that holds every difference and `context` lines around it.
Window window_of(std::string_view before, std::string_view after, std::uint32_t context) {
  const auto most = std::min(before.size(), after.size());
  const auto head = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most),
                    after.begin())
          .first -
      before.begin());
  const auto tail = static_cast<std::size_t>(
      std::mismatch(before.rbegin(), before.rbegin() + static_cast<std::ptrdiff_t>(most - head),
                    after.rbegin())
          .first -
      before.rbegin());
  const auto begin = line_start_above(before, head, context);
  const auto end = line_end_below(before, before.size() - tail, context);
  const auto line = static_cast<std::uint32_t>(
      std::count(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  const auto left_out = before.size() - end;  // the same lines at the end of both
  return {before.substr(begin, end - begin), after.substr(begin, after.size() - left_out - begin),
          line, line};
}

bool needs_quotes(std::string_view path) {
  return std::any_of(path.begin(), path.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\';
  });
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kNamed = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kNames = "abtnvfr\"\\";
  const auto byte = static_cast<unsigned char>(c);
  if (const auto at = kNamed.find(c); at != std::string_view::npos) {
    out += '\\';
    out += kNames[at];
  } else if (byte < 0x20 || byte >= 0x7F) {
    out += fmt::format("\\{:03o}", byte);
  } else {
    out += c;
  }
}

/// Edits near enough to one another to share a stretch of lines.
struct Cluster {
  std::size_t first = 0, last = 0;   // edits [first, last)
  std::uint32_t begin = 0, end = 0;  // bytes of whole lines, context included
};

std::vector<Cluster> clusters_of(const LineFeeds& lines, std::span<const Edit> edits,
                                 std::uint32_t context) {
  std::vector<Cluster> clusters;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const auto line = lines.line_of(edits[i].span.begin);
    const auto begin = lines.start_of(line - std::min(line, context));
    const auto end = lines.start_of(lines.line_of(edits[i].span.end) + context + 1);
    if (!clusters.empty() && begin <= clusters.back().end) {
      clusters.back().end = std::max(clusters.back().end, end);
      clusters.back().last = i + 1;
    } else {
      clusters.push_back({i, i + 1, begin, end});
    }
  }
  return clusters;
}

}  // namespace

LineFeeds::LineFeeds(std::string_view text) : size_(static_cast<std::uint32_t>(text.size())) {
  std::size_t at = 0;
  while (at < text.size()) {
    starts_.push_back(static_cast<std::uint32_t>(at));
    const auto end = text.find('\n', at);
    at = end == std::string_view::npos ? text.size() : end + 1;
  }
}

std::uint32_t LineFeeds::line_of(std::uint32_t offset) const {
  const auto it = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return it == starts_.begin() ? 0 : static_cast<std::uint32_t>(it - starts_.begin()) - 1;
}

std::uint32_t LineFeeds::start_of(std::uint32_t line) const {
  return line < starts_.size() ? starts_[line] : size_;
}

std::string quoted_path(std::string_view prefix, std::string_view path) {
  std::string out(prefix);
  if (!needs_quotes(path)) return out.append(path);
  out.insert(0, 1, '"');
  for (const char c : path)
    append_escaped(out, c);
  return out + '"';
}

std::string patch_header(std::string_view path) {
  const auto old_name = quoted_path("a/", path);
  const auto new_name = quoted_path("b/", path);
  // a tab ends a name with blanks, so that no date is looked for in it
  const auto* end = path.find(' ') != std::string_view::npos ? "\t" : "";
  return fmt::format("diff --git {0} {1}\n--- {0}{2}\n+++ {1}{2}\n", old_name, new_name, end);
}

std::string unified_hunks(std::string_view before, std::string_view after, std::uint32_t context) {
  std::string out;
  if (before != after) HunkWriter(out, window_of(before, after, context), context).write();
  return out;
}

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  const auto hunks = unified_hunks(before, after);
  return hunks.empty() ? "" : patch_header(path) + hunks;
}

std::string diff_of_edits(std::string_view path, std::string_view text, const LineFeeds& lines,
                          std::span<const Edit> edits, std::size_t most_bytes) {
  constexpr std::uint32_t kContext = 3;
  const auto clusters = clusters_of(lines, edits, kContext);
  std::size_t bytes = 0;
  for (const auto& cluster : clusters)
    bytes += cluster.end - cluster.begin;
  for (const auto& edit : edits)
    bytes += edit.text.size();
  if (bytes > most_bytes) return {};
  std::string hunks;
  std::int64_t grown = 0;  // lines that earlier clusters added
  for (const auto& cluster : clusters) {
    std::vector<Edit> local(edits.begin() + static_cast<std::ptrdiff_t>(cluster.first),
                            edits.begin() + static_cast<std::ptrdiff_t>(cluster.last));
    for (auto& edit : local) {
      edit.span.begin -= cluster.begin;
      edit.span.end -= cluster.begin;
    }
    const auto before = text.substr(cluster.begin, cluster.end - cluster.begin);
    const auto after = apply_edits(before, local);
    if (!after) return {};
    const auto line = lines.line_of(cluster.begin);
    const Window window{before, *after, line, static_cast<std::uint32_t>(line + grown)};
    HunkWriter(hunks, window, kContext).write();
    grown += std::count(after->begin(), after->end(), '\n') -
             std::count(before.begin(), before.end(), '\n');
  }
  return hunks.empty() ? "" : patch_header(path) + hunks;
}

}  // namespace peer
