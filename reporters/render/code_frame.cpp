#include "reporters/render/code_frame.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <set>

#include "base/text.hpp"
#include "reporters/render/cells.hpp"
#include "reporters/render/ink.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kToEnd = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kMostSpanLines =
    5;  // of a longer span the first lines and the last are shown
constexpr std::size_t kIndent = 2;

/// Something to underline on one line, in UTF-16 offsets.
struct Mark {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  char glyph = '^';
  std::string_view label;
};

struct Picture {
  std::map<std::uint32_t, ShownLine> lines;          // all that are known
  std::map<std::uint32_t, std::vector<Mark>> marks;  // by line
  std::set<std::uint32_t> shown;
};

void add_lines(Picture& picture, const CodeFrame& frame) {
  const auto first = frame.first_column > 0 ? frame.first_column - 1 : 0;
  for (auto number = frame.first_line; const auto line : frame.lines)
    picture.lines.try_emplace(number++, show_line(line, first));
}

/// The first character of a line that is not white space, as a UTF-16 offset.
std::uint32_t text_begin(const ShownLine& line) {
  const auto at = std::min(line.text.find_first_not_of(' '), line.text.size());
  const auto it = std::find_if(line.cells.begin(), line.cells.end(),
                               [at](const Cell& cell) { return cell.byte >= at; });
  return it == line.cells.end() ? line.cells.back().utf16 : it->utf16;
}

void add_span(Picture& picture, const Location& at, char glyph, std::string_view label) {
  const auto start = at.start.line;
  // a span that takes in a line end ends on the line before
  const bool ends_before = at.end.line > start && at.end.column <= 1;
  const auto end = std::max(start, ends_before ? at.end.line - 1 : at.end.line);
  for (const auto& [number, line] : picture.lines) {
    if (number < start || number > end) continue;
    const bool elided = end - start >= kMostSpanLines && number > start + 2 && number < end;
    if (elided) continue;
    Mark mark{number == start ? at.start.column - 1 : text_begin(line),
              number == end && !ends_before ? at.end.column - 1 : kToEnd,
              glyph,
              {}};
    if (number == end) mark.label = label;
    picture.marks[number].push_back(mark);
    picture.shown.insert(number);
  }
}

/// A masked secret is shorter than the span it stands for: its mark ends with the asterisks.
void end_at_mask(Picture& picture, const Finding& finding) {
  constexpr std::string_view kMask = "****";
  const auto line = picture.lines.find(finding.at.start.line);
  const auto marks = picture.marks.find(finding.at.start.line);
  if (line == picture.lines.end() || marks == picture.marks.end()) return;
  const auto& cells = line->second.cells;
  const auto begin = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.utf16 + 1 >= finding.at.start.column;
  });
  if (begin == cells.end()) return;
  const auto mask = line->second.text.find(kMask, begin->byte);
  if (mask == std::string::npos) return;
  const auto end = std::find_if(cells.begin(), cells.end(),
                                [&](const Cell& cell) { return cell.byte >= mask + kMask.size(); });
  if (end != cells.end()) marks->second.front().to = std::min(marks->second.front().to, end->utf16);
}

void add_context(Picture& picture, const Location& at) {
  const auto show = [&](std::uint32_t number) {
    const auto it = picture.lines.find(number);
    if (it != picture.lines.end() && it->second.text.find_first_not_of(' ') != std::string::npos)
      picture.shown.insert(number);
  };
  if (at.start.line > 1) show(at.start.line - 1);
  show(at.end.line + 1);
}

Picture picture_of(const Finding& finding) {
  Picture picture;
  add_lines(picture, finding.frame);
  for (const auto& related : finding.related)
    if (related.path.empty()) add_lines(picture, related.frame);
  add_span(picture, finding.at, '^', {});
  if (finding.category == "secrets") end_at_mask(picture, finding);
  add_context(picture, finding.at);
  for (const auto& related : finding.related)
    if (related.path.empty()) add_span(picture, related.at, '-', related.message);
  return picture;
}

/// The first column of the part that is shown of all lines, so that the finding is in it.
std::uint32_t window_start(const Picture& picture, const Finding& finding, std::uint32_t width) {
  // what was cut off on the left already must show
  const std::uint32_t least = finding.frame.first_column > 1 ? 1 : 0;
  const auto line = picture.lines.find(finding.at.start.line);
  if (line == picture.lines.end() || line->second.width() <= width) return least;
  const auto begin = line->second.column_of(finding.at.start.column - 1);
  const auto end = finding.at.end.line == finding.at.start.line
                       ? line->second.column_of(finding.at.end.column - 1)
                       : begin;
  if (end + 4 <= width || begin < width / 2) return least;
  return begin - width / 4;
}

class FramePrinter {
 public:
  FramePrinter(const Picture& picture, const Finding& finding, const RenderOptions& options)
      : picture_(picture), color_(options.color), mark_ink_(ink_of(finding.severity)) {
    digits_ = frame_bar(finding) - kIndent - 1;
    const auto total = static_cast<std::size_t>(std::max(options.width, 20));
    width_ = static_cast<std::uint32_t>(total - kIndent - digits_ - 3);
    start_ = window_start(picture, finding, width_);
  }

  std::string print() {
    gutter("", "|");
    out_ += '\n';
    std::uint32_t last = 0;
    for (const auto number : picture_.shown) {
      if (last != 0 && number != last + 1) {
        gutter("", "...");
        out_ += '\n';
      }
      last = number;
      print_line(number);
    }
    gutter("", "|");
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void gutter(std::string_view number, std::string_view bar) {
    out_ +=
        painted(fmt::format("{:{}}{:>{}} {}", "", kIndent, number, digits_, bar), Ink::dim, color_);
  }

  void print_line(std::uint32_t number) {
    const auto& line = picture_.lines.at(number);
    const auto code = line.crop(start_, width_);
    gutter(std::to_string(number), "|");
    out_ += (code.empty() ? "" : " ") + code + "\n";
    const auto marks = picture_.marks.find(number);
    if (marks == picture_.marks.end()) return;
    for (const auto& mark : marks->second)
      print_mark(line, mark);
  }

  void print_mark(const ShownLine& line, const Mark& mark) {
    const auto begin = line.column_of(mark.from);
    auto end = std::max(begin + 1, mark.to == kToEnd ? line.width() : line.column_of(mark.to));
    if (begin < start_ || begin >= start_ + width_) return;
    end = std::min(end, start_ + width_);
    gutter("", "|");
    out_ += std::string(begin - start_ + 1, ' ');
    out_ += painted(std::string(end - begin, mark.glyph), mark.glyph == '^' ? mark_ink_ : Ink::cyan,
                    color_);
    const auto room = start_ + width_ - end;
    if (!mark.label.empty()) print_label(mark.label, begin - start_, room);
    out_ += '\n';
  }

  /// Beside the mark where there is room, else below it.
  void print_label(std::string_view label, std::uint32_t column, std::uint32_t room) {
    constexpr std::uint32_t kLeast = 24;
    const auto text = one_line(label, width_);
    if (display_width(text) + 1 <= room) {
      out_ += ' ' + painted(text, Ink::cyan, color_);
      return;
    }
    if (width_ - column < kLeast) column = 0;
    for (const auto& part : wrap(label, width_ - column, width_ - column)) {
      out_ += '\n';
      gutter("", "|");
      out_ += std::string(column + 1, ' ') + painted(part, Ink::cyan, color_);
    }
  }

  const Picture& picture_;
  bool color_;
  Ink mark_ink_;
  std::size_t digits_ = 2;
  std::uint32_t width_ = 0;
  std::uint32_t start_ = 0;
  std::string out_;
};

}  // namespace

std::size_t frame_bar(const Finding& finding) {
  auto last = finding.frame.first_line + finding.frame.lines.size();
  for (const auto& related : finding.related)
    if (related.path.empty())
      last = std::max(last, related.frame.first_line + related.frame.lines.size());
  return kIndent + std::max<std::size_t>(2, std::to_string(last).size()) + 1;
}

std::string code_frame(const Finding& finding, const RenderOptions& options) {
  if (finding.at.start.line == 0 || finding.at.start.column == 0) return {};
  const auto picture = picture_of(finding);
  if (picture.shown.empty()) return {};
  return FramePrinter(picture, finding, options).print();
}

}  // namespace peer
