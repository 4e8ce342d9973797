#include "bot/git/patch_apply.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostComparisons =
    20'000'000;  // of lines: hostile diffs search for ever otherwise

std::vector<std::string_view> lines_with_ends(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with("\r\n")) return line.substr(0, line.size() - 2);
  return line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
}

/// A hunk in the direction it is applied.
struct Step {
  std::vector<std::string_view> expected;  // lines that must stand there
  std::size_t wanted = 0;                  // index of the first of them, as the header says
  const PatchHunk* hunk = nullptr;
};

class Applier {
 public:
  Applier(std::string_view text, Direction direction, bool loose)
      : lines_(lines_with_ends(text)), direction_(direction), loose_(loose) {
    crlf_ = std::count_if(lines_.begin(), lines_.end(),
                          [](auto line) { return line.ends_with("\r\n"); }) *
                2 >
            static_cast<std::ptrdiff_t>(lines_.size());
  }

  /// False where `hunk` fits nowhere behind the hunks before it.
  bool apply(const PatchHunk& hunk) {
    const auto step = step_of(hunk);
    const auto place = find(step);
    if (!place) return false;
    copy_until(*place);
    for (const auto& line : hunk.lines) {
      if (line.kind == added_kind()) {
        append_added(line.text);
      } else if (line.kind == ' ') {
        out_ += lines_[next_++];  // context keeps the bytes of the file
      } else {
        ++next_;
      }
    }
    offset_ = static_cast<std::ptrdiff_t>(*place) - static_cast<std::ptrdiff_t>(step.wanted);
    return true;
  }

  std::string finish() {
    copy_until(lines_.size());
    return std::move(out_);
  }

 private:
  [[nodiscard]] char added_kind() const { return direction_ == Direction::forward ? '+' : '-'; }

  [[nodiscard]] Step step_of(const PatchHunk& hunk) const {
    Step step;
    step.hunk = &hunk;
    for (const auto& line : hunk.lines)
      if (line.kind != added_kind()) step.expected.push_back(line.text);
    const auto& range = direction_ == Direction::forward ? hunk.old_lines : hunk.new_lines;
    // a range without lines names the line before it
    step.wanted = range.count == 0 ? range.first : std::max<std::size_t>(range.first, 1) - 1;
    return step;
  }

  [[nodiscard]] bool same(std::string_view a, std::string_view b) const {
    return a == b || (loose_ && without_return(a) == without_return(b));
  }

  bool fits(const Step& step, std::size_t at) {
    if (at < next_ || at + step.expected.size() > lines_.size()) return false;
    for (std::size_t i = 0; i < step.expected.size(); ++i) {
      ++comparisons_;
      if (!same(lines_[at + i], step.expected[i])) return false;
    }
    return true;
  }

  /// The place nearest to where the header (and how far the hunks before had moved) points to.
  std::optional<std::size_t> find(const Step& step) {
    const auto size = static_cast<std::ptrdiff_t>(lines_.size());
    const auto told = static_cast<std::ptrdiff_t>(step.wanted) + offset_;
    const auto aim = std::clamp<std::ptrdiff_t>(told, 0, size);
    if (step.expected.empty())  // nothing to look for: only the place itself will do
      return told >= static_cast<std::ptrdiff_t>(next_) && told <= size
                 ? std::optional(static_cast<std::size_t>(told))
                 : std::nullopt;
    const auto farthest = std::max(std::abs(aim), std::abs(size - aim));
    for (std::ptrdiff_t distance = 0; distance <= farthest; ++distance) {
      for (const auto at : {aim - distance, aim + distance})
        if (at >= 0 && fits(step, static_cast<std::size_t>(at)))
          return static_cast<std::size_t>(at);
      if (++comparisons_ > kMostComparisons) return std::nullopt;
    }
    return std::nullopt;
  }

  void copy_until(std::size_t line) {
    while (next_ < line)
      out_ += lines_[next_++];
  }

  void append_added(std::string_view text) {
    if (!out_.empty() && !out_.ends_with('\n'))
      out_ += '\n';  // the file ends sooner than the diff knows
    if (!loose_ || !text.ends_with('\n')) {
      out_ += text;
      return;
    }
    out_ += without_return(text);
    out_ += crlf_ ? "\r\n" : "\n";
  }

  std::vector<std::string_view> lines_;
  Direction direction_;
  bool loose_;
  bool crlf_ = false;
  std::string out_;
  std::size_t next_ = 0;       // first line not yet copied
  std::ptrdiff_t offset_ = 0;  // how far the last hunk stood from its header
  std::size_t comparisons_ = 0;
};

/// The text, or the hunk that did not fit.
tl::expected<std::string, const PatchHunk*> apply_all(std::string_view text, const FilePatch& file,
                                                      Direction direction, bool loose) {
  Applier applier(text, direction, loose);
  for (const auto& hunk : file.hunks)
    if (!applier.apply(hunk)) return tl::unexpected<const PatchHunk*>(&hunk);
  return applier.finish();
}

}  // namespace

Result<std::string> apply_hunks(std::string_view text, const FilePatch& file, Direction direction) {
  auto exact = apply_all(text, file, direction, false);
  if (exact) return std::move(*exact);
  auto loose = apply_all(text, file, direction, true);
  if (loose) return std::move(*loose);
  const auto& hunk = *exact.error();
  return fail(
      ErrorKind::invalid_input,
      fmt::format("PEER-E104: the hunk at line {} of the diff (@@ -{},{} +{},{} @@) does not fit "
                  "{}: give the diff the commit it was made from (--base)",
                  hunk.at, hunk.old_lines.first, hunk.old_lines.count, hunk.new_lines.first,
                  hunk.new_lines.count, visible(file.path(), false)),
      "PEER-E104");
}

}  // namespace peer
