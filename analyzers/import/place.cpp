#include "analyzers/import/place.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/fix/apply.hpp"
#include "analyzers/import/naming.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kStep = 256;
constexpr std::uint32_t kMostDisplayed = 4096;  // bytes of a line whose width is counted
constexpr std::uint32_t kLongestWord = 200;
constexpr std::uint32_t kLongestTrimmed = 65'536;
constexpr std::uint32_t kSnippetReach =
    4096;  // bytes around a place in which its snippet may stand
constexpr std::size_t kMostSearched = std::size_t{1} << 20U;
constexpr std::uint32_t kTabStop = 8;

std::uint32_t units_of(const Decoded& decoded) { return decoded.code_point > 0xFFFF ? 2 : 1; }

/// Columns that a terminal gives a character: two for East Asian and pictographic ones.
std::uint32_t width_of(char32_t c) {
  if (c == 0x200D || (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F)) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::uint32_t PlaceIndex::Mark::units(Unit unit) const {
  switch (unit) {
    case Unit::utf16:
      return utf16;
    case Unit::byte:
      return offset;
    case Unit::code_point:
    case Unit::display:
      break;
  }
  return code_points;
}

PlaceIndex::PlaceIndex(const SourceFile& file) : file_(file), text_(file.text()) {
  if (text_.starts_with("\xEF\xBB\xBF")) begin_ = 3;
  Mark mark{begin_, 0, 0};
  marks_.push_back(mark);
  while (mark.offset < text_.size()) {
    const auto decoded = decode_utf8(text_.substr(mark.offset));
    mark.offset += decoded.length;
    mark.utf16 += units_of(decoded);
    ++mark.code_points;
    if (mark.offset >= marks_.back().offset + kStep) marks_.push_back(mark);
  }
}

PlaceIndex::Mark PlaceIndex::mark_at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), offset,
                       [](std::uint32_t at, const Mark& mark) { return at < mark.offset; });
  auto mark = after == marks_.begin() ? marks_.front() : *std::prev(after);
  while (mark.offset < offset && mark.offset < text_.size()) {
    const auto decoded = decode_utf8(text_.substr(mark.offset));
    if (mark.offset + decoded.length > offset) break;
    mark.offset += decoded.length;
    mark.utf16 += units_of(decoded);
    ++mark.code_points;
  }
  return mark;
}

std::optional<std::uint32_t> PlaceIndex::offset_of(std::uint64_t units, Unit unit) const {
  if (unit == Unit::byte) {
    if (units > text_.size()) return std::nullopt;
    return static_cast<std::uint32_t>(units);
  }
  const auto after = std::upper_bound(
      marks_.begin(), marks_.end(), units,
      [unit](std::uint64_t wanted, const Mark& mark) { return wanted < mark.units(unit); });
  auto mark = after == marks_.begin() ? marks_.front() : *std::prev(after);
  while (mark.units(unit) < units) {
    if (mark.offset >= text_.size()) return std::nullopt;
    const auto decoded = decode_utf8(text_.substr(mark.offset));
    mark.offset += decoded.length;
    mark.utf16 += units_of(decoded);
    ++mark.code_points;
  }
  // half of a surrogate pair is no place
  return mark.units(unit) == units ? std::optional(mark.offset) : std::nullopt;
}

/// The byte at which 1-based `column` of `line` begins; one past the last is the line's end.
std::optional<std::uint32_t> PlaceIndex::column(std::uint32_t line, std::uint32_t column,
                                                Unit unit) const {
  auto span = file_.lines().line_span(line);
  if (line == 1) span.begin = std::max(span.begin, begin_);
  const std::uint64_t before = column - 1;
  std::optional<std::uint32_t> at;
  if (unit == Unit::display) {
    std::uint64_t width = 0;
    auto offset = span.begin;
    while (width < before && offset < span.end && offset < span.begin + kMostDisplayed) {
      const auto decoded = decode_utf8(text_.substr(offset));
      width += text_[offset] == '\t' ? kTabStop - width % kTabStop : width_of(decoded.code_point);
      offset += decoded.length;
    }
    if (width >= before) at = offset;
  } else {
    at = offset_of(mark_at(span.begin).units(unit) + before, unit);
  }
  return at && *at <= span.end ? at : std::nullopt;
}

std::optional<Span> PlaceIndex::span_of(const ToolPlace& place) const {
  if (place.line == 0) {
    if (!place.extent) return std::nullopt;
    const auto begin = offset_of(place.extent->begin, place.extent->unit);
    const auto end = offset_of(place.extent->begin + place.extent->length, place.extent->unit);
    if (!begin || !end || *end < *begin) return std::nullopt;
    return Span{*begin, *end};
  }
  const auto end_line = place.end_line == 0 ? place.line : place.end_line;
  const auto lines = file_.lines().line_count();
  // the end of a deleted last line is column 1 of a line that is not there
  const bool past_last = end_line == lines + 1 && place.end_column == 1;
  if (place.line > std::max(lines, 1U) + (past_last ? 1 : 0) ||
      (end_line > std::max(lines, 1U) && !past_last))
    return std::nullopt;
  const auto begin = column(place.line, std::max(place.column, 1U), place.unit);
  const auto end = past_last               ? std::optional(static_cast<std::uint32_t>(text_.size()))
                   : place.end_column == 0 ? std::optional(file_.lines().line_span(end_line).end)
                                           : column(end_line, place.end_column, place.unit);
  if (!begin || !end || *end < *begin) return std::nullopt;
  return Span{*begin, *end};
}

std::optional<Span> PlaceIndex::exactly(const ToolPlace& place) const { return span_of(place); }

/// The lines without the indentation of the first and the blanks after the last.
Span PlaceIndex::line_marked(std::uint32_t line, std::uint32_t end_line) const {
  const auto last = file_.lines().line_span(std::max(line, end_line));
  Span span{file_.lines().line_span(line).begin, last.end};
  if (line == 1) span.begin = std::min(std::max(span.begin, begin_), span.end);
  const auto text = text_.substr(span.begin, span.size());
  const auto words = span.size() > kLongestTrimmed ? text : trim(text);
  if (words.empty()) return span;
  span.begin += static_cast<std::uint32_t>(words.data() - text.data());
  span.end = span.begin + static_cast<std::uint32_t>(words.size());
  return span;
}

/// The word that begins at `offset`, or the one character there; empty at the end of a line.
Span PlaceIndex::word_at(std::uint32_t offset) const {
  const auto limit = file_.lines().line_span(file_.lines().line_of(offset)).end;
  auto end = offset;
  while (end < limit && end < offset + kLongestWord && is_word_byte(text_[end]))
    ++end;
  while (end < limit && end > offset && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U)
    ++end;
  if (end == offset && offset < limit) ++end;
  return {offset, end};
}

/// Where a place that does not fit is shown: its line, or the last line where there is no such
/// line.
Span PlaceIndex::nearest(const ToolPlace& place) const {
  const auto lines = std::max(file_.lines().line_count(), 1U);
  const auto line = std::clamp(place.line, 1U, lines);
  return line_marked(line, line);
}

std::optional<Span> PlaceIndex::only_place_of(const std::string& snippet) {
  if (trim(snippet).size() < 3 || text_.size() > kMostSearched || searches_left_ == 0)
    return std::nullopt;
  --searches_left_;
  const auto at = text_.find(snippet);
  if (at == std::string_view::npos || text_.find(snippet, at + 1) != std::string_view::npos)
    return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(at);
  return Span{begin, begin + static_cast<std::uint32_t>(snippet.size())};
}

/// Tools give the text of the region itself, or of its whole lines.
bool PlaceIndex::shows(const std::string& snippet, Span span) const {
  const auto wanted = trim(snippet);
  if (wanted.empty()) return true;
  const auto& lines = file_.lines();
  const auto first = lines.line_span(lines.line_of(span.begin)).begin;
  const auto last = std::max(lines.line_span(lines.line_of(span.end)).end, span.end);
  const auto from = std::max(first, span.begin - std::min(span.begin, kSnippetReach));
  const auto size =
      std::max<std::size_t>(std::min(last, span.end + kSnippetReach) - from, snippet.size());
  return text_.substr(from, size).find(wanted) != std::string_view::npos;
}

PlaceIndex::Found PlaceIndex::mark(const ToolPlace& place) {
  const auto elsewhere = [&]() -> Found {
    if (const auto span = only_place_of(place.snippet)) return {*span, false};
    return {nearest(place), false};
  };
  if (place.line == 0 && !place.extent) {
    if (place.snippet.empty()) return {nearest(place), true};  // the file as a whole
    return elsewhere();
  }
  auto span = span_of(place);
  if (!span) return elsewhere();
  if (place.line != 0 && place.column == 0)
    span = line_marked(place.line, place.end_line);
  else if (span->empty())
    span = word_at(span->begin);
  if (!shows(place.snippet, *span)) return elsewhere();
  return {*span, true};
}

namespace {

/// What each finding of a file goes through.
class Placing {
 public:
  Placing(const SourceFile& file,
          const std::function<std::optional<std::string>(const std::string&)>& find)
      : file_(file), index_(file), find_(find) {}

  Finding place(const ImportedFinding& from) {
    const auto& rule = *from.rule;
    Finding finding;
    finding.rule = rule.id;
    finding.category = rule.category;
    finding.severity = from.severity;
    finding.confidence = rule.confidence;
    finding.path = file_.path();
    finding.message = from.message;
    finding.why = rule.why;
    finding.help = rule.help;
    finding.cwe = rule.cwe;
    finding.tools = {tool_words(rule.tool)};
    finding.suppressed = from.suppressed;
    const auto found = index_.mark(from.at);
    finding.at = file_.locate(found.span);
    const bool same_text = is_same_text(from.source);
    const bool fits = found.exact && same_text;
    if (!fits) ++out.inexact;
    for (const auto& related : from.related)
      finding.related.push_back(place(related, finding.at));
    if (from.fix && fits) finding.fix = place(*from.fix, rule.tool);
    return finding;
  }
  PlacedFindings out;

 private:
  /// Compared once for each text; without one there is nothing to compare.
  bool is_same_text(const std::shared_ptr<const std::string>& source) {
    if (!source) return true;
    if (source != seen_) {
      seen_ = source;
      auto text = file_.text();
      if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      std::string_view other = *source;
      if (other.starts_with("\xEF\xBB\xBF")) other.remove_prefix(3);
      same_ = text == other;
    }
    return same_;
  }

  Related place(const ImportedRelated& from, const Location& own) {
    const auto path = from.path.empty() ? std::optional(file_.path()) : find_(from.path);
    if (path == file_.path()) return {file_.locate(index_.mark(from.at).span), from.message, {}};
    // a place in another file cannot be shown here: it is named
    auto words = fmt::format("{}:{}", path.value_or(from.path), std::max(from.at.line, 1U));
    if (!from.message.empty()) words += ": " + from.message;
    return {own, std::move(words), {}};
  }

  std::optional<Fix> place(const ImportedFix& from, const Tool& tool) const {
    Fix fix;
    fix.title = from.title;
    fix.safety = from.safety;
    fix.origin = "import:" + tool.name;
    for (const auto& edit : from.edits) {
      const auto span = index_.exactly(edit.at);
      if (!span) return std::nullopt;
      fix.edits.push_back({*span, edit.text});
    }
    sort_edits(fix.edits);
    if (fix.edits.empty() || misfit(file_.text(), fix.edits)) return std::nullopt;
    return fix;
  }

  const SourceFile& file_;
  PlaceIndex index_;
  const std::function<std::optional<std::string>(const std::string&)>& find_;
  std::shared_ptr<const std::string> seen_;
  bool same_ = true;
};

}  // namespace

PlacedFindings place_findings(
    const SourceFile& file, const std::vector<const ImportedFinding*>& findings,
    const std::function<std::optional<std::string>(const std::string&)>& find) {
  Placing placing(file, find);
  for (const auto* finding : findings)
    placing.out.findings.push_back(placing.place(*finding));
  return std::move(placing.out);
}

}  // namespace peer
