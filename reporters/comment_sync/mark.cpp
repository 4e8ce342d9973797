#include "reporters/comment_sync/mark.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kKeyLength = 16;
constexpr std::size_t kMostKeys = 100;
constexpr std::size_t kMostFound = 600, kMostOthers = 300, kMostHunks = 400;
constexpr std::size_t kMostLine = std::size_t{64} << 10U;
constexpr std::string_view kThread = "<!-- peer:finding:v1 ";
constexpr std::string_view kSummary = "<!-- peer:summary:v1 ";
constexpr std::string_view kEnd = " -->";

bool is_key(std::string_view text) {
  return text.size() == kKeyLength && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::string joined(const std::vector<std::string>& keys, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(keys.size(), most); ++i)
    out += keys[i];
  return out;
}

/// Keys written without anything between; nullopt where they are no keys.
std::optional<std::vector<std::string>> parted(std::string_view text, std::size_t most) {
  if (text.size() % kKeyLength != 0 || text.size() / kKeyLength > most) return std::nullopt;
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < text.size(); i += kKeyLength) {
    if (!is_key(text.substr(i, kKeyLength))) return std::nullopt;
    keys.emplace_back(text.substr(i, kKeyLength));
  }
  return keys;
}

/// What stands between `begin` and the end of the mark, on the first line.
std::optional<std::string_view> inside(std::string_view body, std::string_view begin) {
  auto line = body.substr(0, std::min(body.find('\n'), kMostLine));
  line = trim_end(line);
  if (!line.starts_with(begin) || !line.ends_with(kEnd) || line.size() < begin.size() + kEnd.size())
    return std::nullopt;
  return line.substr(begin.size(), line.size() - begin.size() - kEnd.size());
}

std::string text_of(const Json& json, const char* name) {
  const auto it = json.find(name);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

bool is_hex(std::string_view text) {
  return text.size() <= 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Since since_of(const Json& json) {
  Since since;
  const auto counts = json.find("counts");
  if (counts == json.end() || !counts->is_array() || counts->size() != 3) return since;
  for (const auto& count : *counts)
    if (!count.is_number_unsigned() || count > 1'000'000) return since;
  since.head = text_of(json, "since");
  if (!is_hex(since.head)) return {};
  since.fixed = (*counts)[0].get<std::uint32_t>();
  since.added = (*counts)[1].get<std::uint32_t>();
  since.open = (*counts)[2].get<std::uint32_t>();
  return since;
}

/// It only ever changes words: who could edit it wins nothing.
Again again_of(const Json& json) {
  Again again;
  const auto counts = json.find("fresh");
  if (counts == json.end() || !counts->is_array() || counts->size() != 2) return again;
  for (const auto& count : *counts)
    if (!count.is_number_unsigned() || count > 1'000'000) return again;
  again.head = text_of(json, "again");
  if (!is_hex(again.head) || (*counts)[0] > (*counts)[1]) return {};
  again.fresh = (*counts)[0].get<std::uint32_t>();
  again.total = (*counts)[1].get<std::uint32_t>();
  return again;
}

}  // namespace

std::string key_of(std::string_view fingerprint) {
  return is_key(fingerprint) ? std::string(fingerprint) : sha256(fingerprint).substr(0, kKeyLength);
}

std::string short_key(std::string_view fingerprint) { return key_of(fingerprint).substr(0, 8); }

std::string mark_name(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 40))
    out += is_name(c) ? c : '-';
  return out.empty() ? "peer" : out;
}

std::string write_mark(const Mark& mark) {
  return fmt::format("{}name={} said={} state={} keys={}{}", kThread, mark.name, mark.said,
                     mark.fixed      ? (mark.reopened ? "fixed-again" : "fixed")
                     : mark.reopened ? "reopened"
                                     : "open",
                     joined(mark.keys, kMostKeys), kEnd);
}

std::optional<Mark> read_mark(std::string_view body) {
  const auto words = inside(body, kThread);
  if (!words) return std::nullopt;
  Mark mark;
  for (const auto word : split(*words, ' ')) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto value = word.substr(equals + 1);
    const auto name = word.substr(0, equals);
    if (name == "name") mark.name = value;
    if (name == "said") mark.said = value;
    if (name == "state") {
      mark.fixed = value.starts_with("fixed");
      mark.reopened = value == "reopened" || value == "fixed-again";
    }
    if (name == "keys") {
      auto keys = parted(value, kMostKeys);
      if (!keys) return std::nullopt;
      mark.keys = std::move(*keys);
    }
  }
  const bool well = !mark.name.empty() && mark.name == mark_name(mark.name) && is_hex(mark.said);
  if (!well || mark.keys.empty()) return std::nullopt;
  return mark;
}

std::string write_memory(const Memory& memory) {
  Json json;
  json["head"] = memory.head;
  json["since"] = memory.since.head;
  json["counts"] = {memory.since.fixed, memory.since.added, memory.since.open};
  json["sarif"] = memory.sarif;
  json["whole"] = memory.whole && memory.found.size() <= kMostFound;
  json["found"] = joined(memory.found, kMostFound);
  json["raised"] = joined(memory.raised, kMostOthers);
  json["refused"] = joined(memory.refused, kMostOthers);
  json["again"] = memory.again.head;
  json["fresh"] = {memory.again.fresh, memory.again.total};
  json["hunks"] = memory.hunks.size() <= kMostHunks ? joined(memory.hunks, kMostHunks) : "";
  json["ignored"] = joined(memory.ignored, kMostOthers);
  return fmt::format("{}name={} said={} memory={}{}", kSummary, memory.name, memory.said,
                     dump_json(json), kEnd);
}

std::optional<Memory> read_memory(std::string_view body) {
  const auto words = inside(body, kSummary);
  if (!words) return std::nullopt;
  Memory memory;
  std::string_view held;  // words and hexadecimal digits: no blank, no end of a comment
  for (const auto word : split(*words, ' ')) {
    if (word.starts_with("name=")) memory.name = word.substr(5);
    if (word.starts_with("said=")) memory.said = word.substr(5);
    if (word.starts_with("memory=")) held = word.substr(7);
  }
  if (memory.name.empty() || memory.name != mark_name(memory.name) || !is_hex(memory.said))
    return std::nullopt;
  // what cannot be read is forgotten, but the comment stays ours
  const auto json = parse_json(held, {kMostLine, 4});
  if (!json || !json->is_object()) return memory;
  memory.head = text_of(*json, "head");
  memory.since = since_of(*json);
  memory.sarif = text_of(*json, "sarif");
  if (!is_hex(memory.head) || !is_hex(memory.sarif)) memory.head = memory.sarif = "";
  const auto keys = [&](const char* name) {
    return parted(text_of(*json, name), kMostFound).value_or(std::vector<std::string>{});
  };
  memory.found = keys("found");
  memory.raised = keys("raised");
  memory.refused = keys("refused");
  memory.ignored = keys("ignored");
  memory.hunks = keys("hunks");
  memory.again = again_of(*json);
  memory.whole = json->value("whole", Json(false)) == Json(true);
  return memory;
}

}  // namespace peer
