#include "llm/review/verdict.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"
#include "llm/answer/repair.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostWords = 200;

std::string words(const Json& entry, std::string_view name) {
  const auto text = text_at(entry, name);
  return visible(trim(std::string_view(text).substr(0, kMostWords)), false);
}

}  // namespace

std::optional<CompareVerdict> parse_comparison(std::string_view json) {
  const auto parsed = repair_json(json);
  if (!parsed || parsed->truncated || !parsed->value.is_object()) return std::nullopt;
  const auto& same = member(parsed->value, "same");
  if (!same.is_boolean()) return std::nullopt;
  CompareVerdict out{same.get<bool>(), words(parsed->value, "changed"),
                     words(parsed->value, "reason")};
  if (out.reason.empty() || out.same != out.changed.empty()) return std::nullopt;
  return out;
}

std::vector<std::size_t> parse_ranking(std::string_view json, std::size_t count) {
  const auto parsed = repair_json(json);
  if (!parsed || parsed->truncated) return {};
  const auto& list = parsed->value.is_array() ? parsed->value : member(parsed->value, "ranking");
  if (!list.is_array() || list.size() > kMostRanked) return {};
  std::vector<std::size_t> out;
  for (const auto& entry : list) {
    if (!entry.is_number_unsigned() || entry.get<std::uint64_t>() >= count) return {};
    const auto index = entry.get<std::size_t>();
    if (std::find(out.begin(), out.end(), index) == out.end()) out.push_back(index);
  }
  return out;
}

}  // namespace peer
