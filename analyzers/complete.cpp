#include "analyzers/complete.hpp"

#include <algorithm>

#include "analyzers/checks/secrets/redact.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kFrameLines = 2;        // shown above and below a finding
constexpr std::uint32_t kMostFrameLines = 12;   // of one finding
constexpr std::uint32_t kMostFrameBytes = 400;  // of one line
constexpr std::uint32_t kBytesBefore = 100;     // of a line cut on the left, before the finding

/// A line that is too long to keep whole: the part around byte `offset` of it.
CodeFrame cut_frame(const SourceFile& file, std::uint32_t line, std::uint32_t offset,
                    const std::vector<secrets::SecretHit>& hidden) {
  const auto whole = file.lines().line_span(line);
  const auto text = file.text(whole);
  std::uint32_t from = std::min(offset, whole.size()) - kBytesBefore;
  while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U)
    ++from;
  const Span part{whole.begin + from, std::min(whole.end, whole.begin + from + kMostFrameBytes)};
  return {
      line, {secrets::mask(file.text(), part, hidden)}, file.position(whole.begin + from).column};
}

CodeFrame frame_of(const SourceFile& file, const Location& at,
                   const std::vector<secrets::SecretHit>& hidden) {
  const auto offset = at.span.begin - file.lines().line_span(at.start.line).begin;
  if (offset > kMostFrameBytes / 2) return cut_frame(file, at.start.line, offset, hidden);
  const auto first = at.start.line > kFrameLines ? at.start.line - kFrameLines : 1;
  const auto last =
      std::min({at.end.line + kFrameLines, file.lines().line_count(), first + kMostFrameLines - 1});
  CodeFrame frame{first, {}, 1};
  for (auto line = first; line <= last; ++line) {
    auto part = file.lines().line_span(line);
    part.end = std::min(part.end, part.begin + kMostFrameBytes);
    frame.lines.push_back(secrets::mask(file.text(), part, hidden));
  }
  frame.lines.shrink_to_fit();
  return frame;
}

const SourceFile* side_of(const Finding& finding, FileExam& exam) {
  return finding.side == Side::old_side ? exam.before() : &exam.after();
}

void complete_one(Finding& finding, FileExam& exam) {
  const bool old_side = finding.side == Side::old_side;
  const auto* file = side_of(finding, exam);
  if (file == nullptr) return;
  const auto& hidden = old_side ? exam.before_secrets() : exam.secrets();
  finding.frame = frame_of(*file, finding.at, hidden);
  for (auto& related : finding.related)
    if (related.path.empty()) related.frame = frame_of(*file, related.at, hidden);
  exam.redactor(finding.side).redact(finding);
  if (finding.fix) {
    finding.fix->edit_locations.clear();
    for (const auto& edit : finding.fix->edits)
      finding.fix->edit_locations.push_back(file->locate(edit.span));
  }
  finding.in_change = finding.in_change || old_side || exam.is_added(finding.at.span);
}

/// Names the symbols around the findings of one side.
void name_symbols(std::span<Finding> findings, Side side, FileExam& exam) {
  std::vector<std::uint32_t> places;
  for (const auto& finding : findings)
    if (finding.side == side) places.push_back(finding.at.span.begin);
  if (places.empty()) return;
  std::sort(places.begin(), places.end());
  const auto outline = exam.outline_around(side, places);
  for (auto& finding : findings) {
    if (finding.side != side) continue;
    if (const auto* symbol = outline->enclosing(finding.at.span))
      finding.symbol = outline->qualified_name(*symbol);
  }
}

}  // namespace

void complete(std::span<Finding> findings, FileExam& exam) {
  name_symbols(findings, Side::new_side, exam);
  name_symbols(findings, Side::old_side, exam);
  for (auto& finding : findings)
    complete_one(finding, exam);
}

}  // namespace peer
