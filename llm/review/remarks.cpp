#include "llm/review/remarks.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "llm/answer/repair.hpp"
#include "llm/answer/tagged.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostWords = 600;
constexpr std::size_t kMostQuote = 2'000;
constexpr double kMostConfidence = 0.7;
constexpr double kUsualConfidence = 0.6;

std::string words(const Json& entry, std::string_view name) {
  const auto text = text_at(entry, name);
  return visible(trim(std::string_view(text).substr(0, kMostWords)), false);
}

Severity severity_of(std::string_view word) {
  const auto low = to_lower(word);
  if (low == "error" || low == "warning" || low == "critical" || low == "high")
    return Severity::warning;
  return Severity::info;
}

std::string category_of(std::string_view word) {
  constexpr std::array<std::string_view, 4> kKnown{"correctness", "security", "performance",
                                                   "maintainability"};
  const auto low = to_lower(word);
  const bool known = std::find(kKnown.begin(), kKnown.end(), low) != kKnown.end();
  return known ? low : "correctness";
}

double confidence_of(const Json& value) {
  const auto text = value.is_string() ? text_of(value) : value.is_number() ? value.dump() : "";
  return std::min(parse_confidence(text).value_or(kUsualConfidence), kMostConfidence);
}

}  // namespace

std::optional<ParsedRemarks> parse_remarks(std::string_view json) {
  const auto parsed = repair_json(json);
  if (!parsed) return std::nullopt;
  const auto& list = parsed->value.is_array() ? parsed->value : member(parsed->value, "findings");
  if (!list.is_array()) return std::nullopt;
  ParsedRemarks out;
  for (const auto& entry : list) {
    Remark remark;
    remark.quote = text_at(entry, "quote").substr(0, kMostQuote);
    remark.message = words(entry, "message");
    remark.why = words(entry, "why");
    remark.help = words(entry, "help");
    remark.category = category_of(text_at(entry, "category"));
    remark.severity = severity_of(text_at(entry, "severity"));
    remark.confidence = confidence_of(member(entry, "confidence"));
    const bool usable = !trim(remark.quote).empty() && !remark.message.empty();
    if (!usable || out.remarks.size() >= kMostRemarks)
      ++out.unusable;
    else
      out.remarks.push_back(std::move(remark));
  }
  return out;
}

}  // namespace peer
