#include "analyzers/rules/prefilter/anchors.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMostTexts = 300;  // more are as slow to look for as the rule is to compile

/// "" where it cannot be written so.
std::string line_of(const Clause& clause) {
  std::string line;
  if (clause.literals.empty() || clause.literals.size() > kMostTexts) return {};
  for (const auto& literal : clause.literals) {
    if (literal.text.empty() || literal.text.find_first_of("\t\n") != std::string::npos) return {};
    if (!line.empty()) line += '\t';
    if (literal.ignore_case) line += kAnyCase;
    line += literal.ignore_case ? to_lower(literal.text) : literal.text;
  }
  return line;
}

/// The line that is the least likely to hold by chance: of which the shortest text is the longest.
std::string_view best_line(std::string_view lines) {
  std::string_view best;
  std::size_t best_length = 0;
  for (const auto line : split(lines, '\n')) {
    const auto texts = split(line, '\t');
    const auto shortest = std::min_element(texts.begin(), texts.end(),
                                           [](auto a, auto b) { return a.size() < b.size(); });
    if (shortest == texts.end() || shortest->size() <= best_length) continue;
    best = line;
    best_length = shortest->size();
  }
  return best;
}

/// Texts of which one stands wherever one of `ways` holds; "" where it cannot be written so.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the rule
std::string line_of(const std::vector<Requirement>& ways) {
  std::string line;
  for (const auto& way : ways) {
    const auto anchors = anchors_of(way);
    const auto best = best_line(anchors);
    if (best.empty()) return {};
    line += (line.empty() ? "" : "\t") + std::string(best);
  }
  const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
  return tabs < kMostTexts ? line : std::string();
}

}  // namespace

// as deep as the rule
std::string anchors_of(const Requirement& requirement) {  // NOLINT(misc-no-recursion)
  std::string lines;
  const auto add = [&](const std::string& line) {
    if (!line.empty()) lines += (lines.empty() ? "" : "\n") + line;
  };
  for (const auto& clause : requirement.clauses)
    add(line_of(clause));
  for (const auto& choice : requirement.choices)
    add(line_of(*choice.ways));
  return lines;
}

bool Anchorage::has(std::string_view anchor) {
  if (!anchor.starts_with(kAnyCase)) return text_.find(anchor) != std::string_view::npos;
  if (lower_.empty()) lower_ = to_lower(text_);
  return lower_.find(anchor.substr(1)) != std::string::npos;
}

bool Anchorage::holds(std::string_view anchors) {
  if (anchors.empty()) return true;
  const auto lines = split(anchors, '\n');
  return std::all_of(lines.begin(), lines.end(), [this](std::string_view line) {
    const auto texts = split(line, '\t');
    return std::any_of(texts.begin(), texts.end(),
                       [this](std::string_view each) { return has(each); });
  });
}

}  // namespace peer::rules
