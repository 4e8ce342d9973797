#include "reporters/render/diff.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "reporters/render/cells.hpp"
#include "reporters/render/ink.hpp"

namespace peer {
namespace {

constexpr int kLeastWidth = 40;  // of a terminal that two columns fit on
constexpr int kNumberWidth = 5;

enum class LineKind { header, hunk, context, removed, added, no_newline };

struct PatchLine {
  LineKind kind = LineKind::header;
  std::string_view text;  ///< without its mark and line end
};

/// Reads a patch line by line. Only lines after "@@" are content: a removed "-- x" looks like a
/// header.
class PatchReader {
 public:
  explicit PatchReader(std::string_view patch) : rest_(patch) {}

  std::optional<PatchLine> next() {
    if (rest_.empty()) return std::nullopt;
    const auto end = rest_.find('\n');
    auto line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.starts_with("diff --git ")) in_hunk_ = false;
    if (line.starts_with("@@ ")) in_hunk_ = true;
    const auto kind = kind_of(line);
    if (kind == LineKind::context || kind == LineKind::removed || kind == LineKind::added) {
      line.remove_prefix(1);
      if (line.ends_with('\r')) line.remove_suffix(1);  // the first half of its line end
    }
    return PatchLine{kind, line};
  }

 private:
  [[nodiscard]] LineKind kind_of(std::string_view line) const {
    if (!in_hunk_) return LineKind::header;
    if (line.starts_with("@@ ")) return LineKind::hunk;
    if (line.starts_with('-')) return LineKind::removed;
    if (line.starts_with('+')) return LineKind::added;
    return line.starts_with('\\') ? LineKind::no_newline : LineKind::context;
  }

  std::string_view rest_;
  bool in_hunk_ = false;
};

Ink ink_of(LineKind kind) {
  switch (kind) {
    case LineKind::header:
      return Ink::bold;
    case LineKind::hunk:
      return Ink::cyan;
    case LineKind::removed:
      return Ink::red;
    case LineKind::added:
      return Ink::green;
    case LineKind::no_newline:
      return Ink::dim;
    case LineKind::context:
      break;
  }
  return Ink::plain;
}

std::string_view mark_of(LineKind kind) {
  switch (kind) {
    case LineKind::context:
      return " ";
    case LineKind::removed:
      return "-";
    case LineKind::added:
      return "+";
    case LineKind::header:
    case LineKind::hunk:
    case LineKind::no_newline:
      break;
  }
  return "";
}

std::string shown(const PatchLine& line, bool color) {
  const auto text = std::string(mark_of(line.kind)) + visible(line.text, false);
  return painted(text, ink_of(line.kind), color) + "\n";
}

bool is_git_line(const PatchLine& line) {
  return line.kind == LineKind::header && line.text.starts_with("diff --git ");
}

/// The first line numbers of "@@ -12,3 +14,5 @@".
struct Start {
  std::uint32_t before = 1, after = 1;
};

std::uint32_t number_after(std::string_view text, char mark) {
  std::uint32_t number = 0;
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return 0;
  std::from_chars(text.data() + at + 1, text.data() + text.size(), number);
  return number;
}

/// Gathers removed and added lines and writes them side by side.
class Columns {
 public:
  Columns(bool color, int width) : color_(color), cell_((width - 3) / 2 - kNumberWidth - 2) {}

  std::string run(std::string_view patch) {
    PatchReader reader(patch);
    while (const auto line = reader.next())
      take(*line);
    flush();
    return std::move(out_);
  }

 private:
  void take(const PatchLine& line) {
    switch (line.kind) {
      case LineKind::removed:
        removed_.push_back(line.text);
        return;
      case LineKind::added:
        added_.push_back(line.text);
        return;
      case LineKind::no_newline:
        return;  // says nothing that two columns could show
      case LineKind::context:
        flush();
        row(Side{LineKind::context, line.text, at_.before++},
            Side{LineKind::context, line.text, at_.after++});
        return;
      case LineKind::hunk:
        at_ = {};
        break;
      case LineKind::header:
        break;
    }
    flush();
    if (line.kind == LineKind::hunk)
      at_ = {number_after(line.text, '-'), number_after(line.text, '+')};
    if (!is_git_line(line)) out_ += shown(line, color_);
  }

  struct Side {
    LineKind kind;
    std::string_view text;
    std::uint32_t number;
  };

  void flush() {
    const auto rows = std::max(removed_.size(), added_.size());
    for (std::size_t i = 0; i < rows; ++i) {
      std::optional<Side> left;
      std::optional<Side> right;
      if (i < removed_.size()) left = Side{LineKind::removed, removed_[i], at_.before++};
      if (i < added_.size()) right = Side{LineKind::added, added_[i], at_.after++};
      row(left, right);
    }
    removed_.clear();
    added_.clear();
  }

  void row(const std::optional<Side>& left, const std::optional<Side>& right) {
    out_ += cell(left) + " | ";
    auto last = right ? cell(right) : std::string();
    if (!color_) last.resize(last.find_last_not_of(' ') + 1);
    out_ += last + "\n";
  }

  [[nodiscard]] std::string cell(const std::optional<Side>& side) const {
    const auto width = static_cast<std::uint32_t>(cell_);
    if (!side) return fmt::format("{:{}}", "", kNumberWidth + 2 + cell_);
    const auto text = show_line(side->text).crop(0, width);
    const auto used = std::min<std::size_t>(display_width(text), width);
    const auto body =
        fmt::format("{}{}{}", mark_of(side->kind), text, std::string(width - used, ' '));
    return fmt::format("{:>{}} {}", side->number, kNumberWidth,
                       painted(body, ink_of(side->kind), color_));
  }

  bool color_;
  int cell_;
  Start at_;
  std::vector<std::string_view> removed_, added_;
  std::string out_;
};

}  // namespace

std::string render_patch(std::string_view patch, bool color) {
  std::string out;
  PatchReader reader(patch);
  while (const auto line = reader.next())
    if (!is_git_line(*line)) out += shown(*line, color);
  return out;
}

std::string render_hunks(std::string_view patch, bool color) {
  std::string out;
  PatchReader reader(patch);
  while (const auto line = reader.next())
    if (line->kind != LineKind::header) out += shown(*line, color);
  return out;
}

std::string render_side_by_side(std::string_view patch, bool color, int width) {
  if (width < kLeastWidth) return render_patch(patch, color);
  return Columns(color, width).run(patch);
}

}  // namespace peer
