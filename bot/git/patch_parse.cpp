#include "bot/git/patch_parse.hpp"

#include <charconv>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

/// The lines of a diff, each with its line end, and where we are.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) { advance(); }
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] std::size_t number() const { return number_; }
  /// The line with its end.
  [[nodiscard]] std::string_view raw() const { return line_; }
  /// The line without its end (LF or CRLF).
  [[nodiscard]] std::string_view text() const { return without_end(line_); }
  /// The line after this one, without its end.
  [[nodiscard]] std::string_view next_text() const {
    return without_end(rest_.substr(0, rest_.find('\n')));
  }
  void advance() {
    done_ = rest_.empty();
    const auto end = rest_.find('\n');
    line_ = rest_.substr(0, end == std::string_view::npos ? end : end + 1);
    rest_.remove_prefix(line_.size());
    ++number_;
  }

 private:
  static std::string_view without_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  std::string_view rest_, line_;
  std::size_t number_ = 0;
  bool done_ = false;
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_number(std::string_view& text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number > 0x7fffffffU) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// "12,3" or "12", which means "12,1".
bool take_range(std::string_view& text, LineRange& range) {
  range.count = 1;
  if (!take_number(text, range.first)) return false;
  return !take_prefix(text, ",") || take_number(text, range.count);
}

std::optional<PatchHunk> parse_hunk_header(std::string_view text) {
  PatchHunk hunk;
  const bool fits = take_prefix(text, "@@ -") && take_range(text, hunk.old_lines) &&
                    take_prefix(text, " +") && take_range(text, hunk.new_lines) &&
                    take_prefix(text, " @@");
  return fits ? std::optional(std::move(hunk)) : std::nullopt;
}

std::optional<std::uint32_t> parse_mode(std::string_view text) {
  std::uint32_t mode = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return mode;
}

bool begins_headers(const Lines& lines) {
  return lines.text().starts_with("--- ") && lines.next_text().starts_with("+++ ");
}

bool begins_file(const Lines& lines) {
  return lines.text().starts_with("diff --git ") || lines.text().starts_with("diff --cc ") ||
         lines.text().starts_with("diff --combined ") || begins_headers(lines);
}

void set_problem(FilePatch& file, std::size_t line, std::string_view what) {
  if (file.problem.empty())
    file.problem = fmt::format("PEER-E101: line {} of the diff: {}", line, what);
}

/// "\ No newline at end of file": the line before it has no end.
void drop_line_end(PatchHunk& hunk) {
  if (hunk.lines.empty()) return;
  auto& text = hunk.lines.back().text;
  if (text.ends_with('\n')) text.remove_suffix(1);
}

/// The lines of a hunk whose header was just read. False where they do not fit its counts.
bool take_hunk_lines(Lines& lines, PatchHunk& hunk) {
  auto old_left = hunk.old_lines.count, new_left = hunk.new_lines.count;
  for (; !lines.done(); lines.advance()) {
    const auto raw = lines.raw();
    const char kind = raw == "\n" || raw == "\r\n" ? ' ' : raw.front();  // an editor cut the space
    if (kind == '\\') {
      drop_line_end(hunk);
      continue;
    }
    if (old_left == 0 && new_left == 0) return true;
    if (kind != ' ' && kind != '-' && kind != '+') return false;
    if ((kind != '+' && old_left == 0) || (kind != '-' && new_left == 0)) return false;
    if (kind != '+') --old_left;
    if (kind != '-') --new_left;
    hunk.lines.push_back({kind, raw == "\n" || raw == "\r\n" ? raw : raw.substr(1)});
  }
  return old_left == 0 && new_left == 0;
}

/// True where a line follows a complete hunk as if it still belonged to it: its counts are too
/// small.
bool runs_on(const Lines& lines) {
  const auto text = lines.text();
  if (lines.done() || text.empty() || begins_file(lines)) return false;
  if (text == "--" || text == "-- ") return false;  // a mail's signature
  return text.front() == '+' || text.front() == '-' || text.front() == ' ';
}

/// From inside a malformed hunk on, to the next file. Removed and added lines can look like
/// headers: a hunk must follow.
void skip_malformed(Lines& lines) {
  for (; !lines.done(); lines.advance()) {
    if (lines.text().starts_with("diff --git ")) return;
    if (!begins_headers(lines)) continue;
    auto ahead = lines;
    ahead.advance();
    if (ahead.next_text().starts_with("@@ -")) return;
  }
}

void skip_to_next_file(Lines& lines) {
  while (!lines.done() && !begins_file(lines))
    lines.advance();
}

void take_hunks(Lines& lines, FilePatch& file) {
  while (!lines.done() && lines.text().starts_with("@@")) {
    const auto at = lines.number();
    auto hunk = parse_hunk_header(lines.text());
    if (!hunk) {
      set_problem(file, at, "malformed hunk header, expected @@ -line,count +line,count @@");
      return skip_malformed(lines);
    }
    lines.advance();
    hunk->at = at;
    const auto body = lines;
    if (!take_hunk_lines(lines, *hunk) || runs_on(lines)) {
      set_problem(
          file, at,
          fmt::format("the hunk's lines do not fit its counts (-{},{} +{},{}), as seen at line {}",
                      hunk->old_lines.first, hunk->old_lines.count, hunk->new_lines.first,
                      hunk->new_lines.count, lines.number()));
      lines = body;
      return skip_malformed(lines);
    }
    file.hunks.push_back(std::move(*hunk));
  }
}

void take_index_line(std::string_view text, FilePatch& file) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return;
  file.old_id = text.substr(0, dots);
  auto rest = text.substr(dots + 2);
  const auto space = rest.find(' ');
  file.new_id = rest.substr(0, space);
  if (space == std::string_view::npos) return;
  if (const auto mode = parse_mode(rest.substr(space + 1))) file.old_mode = file.new_mode = mode;
}

/// One line between `diff --git` and the hunks. False where it is none of git's.
bool take_extended_header(std::string_view text, FilePatch& file) {
  if (take_prefix(text, "old mode ")) {
    file.old_mode = parse_mode(text);
  } else if (take_prefix(text, "new mode ")) {
    file.new_mode = parse_mode(text);
  } else if (take_prefix(text, "new file mode ")) {
    file.new_mode = parse_mode(text);
    file.old_path.clear();
  } else if (take_prefix(text, "deleted file mode ")) {
    file.old_mode = parse_mode(text);
    file.new_path.clear();
  } else if (take_prefix(text, "rename from ") || take_prefix(text, "copy from ")) {
    file.old_path = unquote_path(text);
  } else if (take_prefix(text, "rename to ")) {
    file.new_path = unquote_path(text);
  } else if (take_prefix(text, "copy to ")) {
    file.new_path = unquote_path(text);
    file.copied = true;
  } else if (take_prefix(text, "index ")) {
    take_index_line(text, file);
  } else if (text.starts_with("Binary files ") || text == "GIT binary patch") {
    file.binary = true;
  } else {
    return text.starts_with("similarity index ") || text.starts_with("dissimilarity index ");
  }
  return true;
}

void take_headers(Lines& lines, FilePatch& file) {
  const auto paths = paths_of_headers(lines.text().substr(4), lines.next_text().substr(4));
  file.old_path = paths.old_path;
  file.new_path = paths.new_path;
  lines.advance();
  lines.advance();
}

FilePatch take_git_file(Lines& lines) {
  FilePatch file;
  file.at = lines.number();
  if (const auto paths =
          paths_of_git_line(lines.text().substr(std::string_view("diff --git ").size()))) {
    file.old_path = paths->old_path;
    file.new_path = paths->new_path;
  }
  lines.advance();
  while (!lines.done() && take_extended_header(lines.text(), file))
    lines.advance();
  if (begins_headers(lines)) take_headers(lines, file);
  if (file.binary) skip_to_next_file(lines);
  return file;
}

FilePatch take_combined(Lines& lines) {
  FilePatch file;
  file.at = lines.number();
  const auto text = lines.text();
  file.new_path = unquote_path(text.substr(text.find(' ', 5) + 1));
  set_problem(file, file.at,
              "a combined diff of a merge cannot be applied: give `git diff HEAD^1 HEAD`");
  lines.advance();
  skip_to_next_file(lines);
  return file;
}

FilePatch take_file(Lines& lines) {
  if (!lines.text().starts_with("diff --git ") && lines.text().starts_with("diff --"))
    return take_combined(lines);
  FilePatch file;
  if (lines.text().starts_with("diff --git ")) {
    file = take_git_file(lines);
  } else {
    file.at = lines.number();
    take_headers(lines, file);
  }
  take_hunks(lines, file);
  if (file.path().empty()) set_problem(file, file.at, "no path can be read from the header");
  return file;
}

}  // namespace

ParsedPatch parse_patch(std::string_view diff) {
  ParsedPatch patch;
  Lines lines(diff);
  while (!lines.done()) {
    if (begins_file(lines)) {
      patch.files.push_back(take_file(lines));
      continue;
    }
    if (parse_hunk_header(lines.text())) {
      patch.problems.push_back(
          fmt::format("PEER-E101: line {} of the diff: a hunk without a ---/+++ header above it",
                      lines.number()));
      skip_to_next_file(lines);
      continue;
    }
    lines.advance();
  }
  return patch;
}

}  // namespace peer
