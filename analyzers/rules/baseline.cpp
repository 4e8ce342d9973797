#include "analyzers/rules/baseline.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace peer {
namespace {

constexpr int kVersion = 1;
constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::size_t kLongestText = 4096;

auto order_of(const BaselineEntry& entry) {
  return std::tie(entry.path, entry.rule, entry.fingerprint);
}

/// Sorted, with entries that speak of the same thing made one.
Baseline tidy(std::vector<BaselineEntry> entries) {
  std::sort(entries.begin(), entries.end(), [](const BaselineEntry& a, const BaselineEntry& b) {
    return order_of(a) < order_of(b);
  });
  Baseline out;
  for (auto& entry : entries) {
    if (!out.entries.empty() && order_of(out.entries.back()) == order_of(entry)) {
      auto& count = out.entries.back().count;
      count += std::min(entry.count, std::numeric_limits<std::uint32_t>::max() - count);
    } else {
      out.entries.push_back(std::move(entry));
    }
  }
  return out;
}

tl::unexpected<Error> no_baseline(std::string why) {
  return fail(ErrorKind::invalid_input, "not a baseline: " + std::move(why));
}

/// The text under `key`; null where it is missing, no text, or too long to be true.
const std::string* text_in(const Json& object, const char* key) {
  const auto it = object.find(key);
  if (it == object.end() || !it->is_string()) return nullptr;
  const auto* text = it->get_ptr<const std::string*>();
  return text->size() <= kLongestText ? text : nullptr;
}

Result<BaselineEntry> entry_in(const Json& json, std::size_t index) {
  const auto wrong = [&] { return no_baseline(fmt::format("entry {} is not one", index + 1)); };
  if (!json.is_object()) return wrong();
  const auto* print = text_in(json, "fingerprint");
  const auto* rule = text_in(json, "rule");
  const auto* path = text_in(json, "path");
  if (print == nullptr || print->empty() || rule == nullptr || path == nullptr) return wrong();
  BaselineEntry entry{*print, *rule, *path, 1};
  if (const auto count = json.find("count"); count != json.end()) {
    if (!count->is_number_unsigned()) return wrong();
    const auto n = count->get<std::uint64_t>();
    if (n == 0 || n > std::numeric_limits<std::uint32_t>::max()) return wrong();
    entry.count = static_cast<std::uint32_t>(n);
  }
  return entry;
}

bool is_counted(const Finding& finding) {
  return !finding.suppressed || finding.suppressed->kind == "baseline";
}

}  // namespace

Baseline make_baseline(std::span<const Finding> findings) {
  std::vector<BaselineEntry> entries;
  for (const auto& finding : findings)
    if (is_counted(finding))
      entries.push_back({finding.fingerprint, finding.rule, finding.path, 1});
  return tidy(std::move(entries));
}

Result<Baseline> parse_baseline(std::string_view text) {
  const auto json = parse_json(text, {.max_depth = 8});
  if (!json) return fail(json.error());
  if (!json->is_object()) return no_baseline("no JSON object");
  const auto version = json->find("version");
  if (version == json->end() || !version->is_number_unsigned())
    return no_baseline("the key \"version\" is missing");
  if (version->get<std::uint64_t>() > kVersion)
    return fail(
        ErrorKind::refused,
        fmt::format("the baseline was written by a newer Peer (version {}, this one knows {})",
                    version->get<std::uint64_t>(), kVersion));
  const auto list = json->find("findings");
  if (list == json->end() || !list->is_array())
    return no_baseline("the key \"findings\" is missing or no list");
  if (list->size() > kMostEntries) return no_baseline("too many entries");
  std::vector<BaselineEntry> entries;
  entries.reserve(list->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto entry = entry_in((*list)[i], i);
    if (!entry) return fail(entry.error());
    entries.push_back(*std::move(entry));
  }
  return tidy(std::move(entries));
}

std::string write_baseline(const Baseline& baseline) {
  std::string out = fmt::format("{{\n\"version\": {},\n\"findings\": [", kVersion);
  const char* separator = "\n";
  for (const auto& entry : tidy(baseline.entries).entries) {
    Json json{{"path", entry.path}, {"rule", entry.rule}, {"fingerprint", entry.fingerprint}};
    if (entry.count != 1) json["count"] = entry.count;
    out += separator + dump_json(json);
    separator = ",\n";
  }
  return out + "\n]\n}\n";
}

std::vector<BaselineEntry> apply_baseline(const Baseline& baseline, std::span<Finding> findings) {
  auto left = tidy(baseline.entries).entries;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_print;
  for (std::size_t i = 0; i < left.size(); ++i)
    by_print[left[i].fingerprint].push_back(i);
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> by_place;  // (print, path)
  for (std::size_t i = 0; i < left.size(); ++i)
    by_place.emplace(
        std::pair(std::string_view(left[i].fingerprint), std::string_view(left[i].path)), i);

  const auto use = [&](std::size_t entry, Finding& finding) {
    --left[entry].count;
    finding.suppressed = Suppression{"baseline", ""};
  };
  for (auto& finding : findings) {
    if (finding.suppressed) continue;
    const auto it = by_place.find({finding.fingerprint, finding.path});
    if (it != by_place.end() && left[it->second].count > 0) use(it->second, finding);
  }
  // what moved to another file
  for (auto& finding : findings) {
    if (finding.suppressed) continue;
    const auto it = by_print.find(finding.fingerprint);
    if (it == by_print.end()) continue;
    auto& candidates = it->second;
    while (!candidates.empty() && left[candidates.back()].count == 0)
      candidates.pop_back();
    if (!candidates.empty()) use(candidates.back(), finding);
  }
  std::erase_if(left, [](const BaselineEntry& entry) { return entry.count == 0; });
  return left;
}

}  // namespace peer
