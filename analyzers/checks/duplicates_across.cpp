#include "analyzers/checks/duplicates_across.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unordered_map>

#include "analyzers/checks/check.hpp"
#include "base/hash.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostTold = 20;  // in one change: where more was copied, a whole was

struct Place {
  std::size_t file = 0;
  const CodeWindow* window = nullptr;
};

/// A stretch that grows window by window.
struct Stretch {
  std::size_t origin_file = 0;
  Location copy, origin;
  std::uint64_t hash = 0;  // of its first window
};

/// The next window goes on where the stretch is, in both files.
bool continues(const Stretch& stretch, std::size_t origin_file, const Location& copy,
               const Location& origin) {
  return stretch.origin_file == origin_file && copy.span.begin <= stretch.copy.span.end &&
         origin.span.begin <= stretch.origin.span.end &&
         origin.span.begin >= stretch.origin.span.begin;
}

Finding finding_of(const Stretch& stretch, std::string_view path, std::string_view origin_path) {
  const RuleInfo& rule = *find_rule("duplicate-code");
  const auto lines = [](const Location& at) { return at.end.line - at.start.line + 1; };
  Finding finding;
  finding.rule = rule.id;
  finding.category = rule.category;
  finding.severity = rule.severity;
  finding.confidence = rule.confidence;
  finding.path = path;
  finding.at = stretch.copy;
  finding.message = fmt::format("{} lines repeat {} lines {} to {}, which this change adds too",
                                lines(stretch.copy), origin_path, stretch.origin.start.line,
                                stretch.origin.end.line);
  finding.why = rule.why;
  finding.help = rule.help;
  finding.in_change = true;
  finding.fingerprint =
      sha256_of_parts({"peer/1", rule.id, fmt::format("{:x}", stretch.hash)}).substr(0, 16);
  finding.related.push_back({stretch.origin, "the same code", {}, std::string(origin_path)});
  return finding;
}

void extend(Stretch& stretch, const Location& copy, const Location& origin) {
  stretch.copy.span.end = copy.span.end;
  stretch.copy.end = copy.end;
  stretch.origin.span.end = origin.span.end;
  stretch.origin.end = origin.end;
}

/// Where each window stands that was seen, the first time.
using FirstPlaces = std::unordered_map<std::uint64_t, Place>;

/// What `file`, number `index`, repeats of the files before it.
std::vector<Stretch> stretches_of(const AddedCode& file, std::size_t index, FirstPlaces& first) {
  std::vector<Stretch> stretches;
  for (const auto& window : file.windows) {
    const auto [entry, fresh] = first.try_emplace(window.hash, Place{index, &window});
    const Place& place = entry->second;
    if (fresh || place.file == index) continue;  // inside one file the check itself has said so
    const auto& origin = place.window->at;
    if (!stretches.empty() && continues(stretches.back(), place.file, window.at, origin))
      extend(stretches.back(), window.at, origin);
    else
      stretches.push_back({place.file, window.at, origin, window.hash});
  }
  return stretches;
}

}  // namespace

std::vector<AcrossDuplicate> duplicates_across(std::span<const AddedCode> files) {
  constexpr std::uint32_t kFewestLines = 4;  // less is idiom
  std::vector<AcrossDuplicate> found;
  FirstPlaces first;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto& stretch : stretches_of(files[i], i, first))
      if (stretch.copy.end.line - stretch.copy.start.line + 1 >= kFewestLines)
        found.push_back({i, finding_of(stretch, files[i].path, files[stretch.origin_file].path)});
  if (found.size() > kMostTold) {
    found[0].finding.message +=
        fmt::format("; {} more such copies are not listed", found.size() - kMostTold);
    found.resize(kMostTold);
  }
  return found;
}

}  // namespace peer
