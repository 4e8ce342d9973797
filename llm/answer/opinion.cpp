#include "llm/answer/opinion.hpp"

#include "base/text.hpp"
#include "llm/answer/repair.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

std::optional<bool> word(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.back() == '.' || text.back() == '*'))
    text.remove_suffix(1);
  const auto low = to_lower(text.substr(0, 8));
  if (low == "yes" || low == "true") return true;
  if (low == "no" || low == "false") return false;
  return std::nullopt;
}

}  // namespace

std::optional<bool> read_opinion(std::string_view answer) {
  constexpr std::string_view kOpen = "<verdict>", kClose = "</verdict>";
  std::optional<bool> found;
  for (auto at = answer.find(kOpen); at != std::string_view::npos;
       at = answer.find(kOpen, at + 1)) {
    const auto end = answer.find(kClose, at);
    if (end == std::string_view::npos) break;
    const auto said = word(answer.substr(at + kOpen.size(), end - at - kOpen.size()));
    if (!said || (found && *found != *said)) return std::nullopt;
    found = said;
  }
  if (found) return found;
  if (const auto json = repair_json(answer); json && json->value.is_object()) {
    const auto& verdict = member(json->value, "verdict");
    return verdict.is_boolean() ? std::optional(verdict.get<bool>()) : word(text_of(verdict));
  }
  return word(answer);
}

}  // namespace peer
