#include "bot/git/attributes.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kBlank = " \t\r";

/// Takes the next word off the front of `line`.
std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  const auto word = line.substr(0, line.find_first_of(kBlank));
  line.remove_prefix(word.size());
  return word;
}

/// The pattern at the front of `line`, which may be quoted.
std::string take_pattern(std::string_view& line) {
  if (!line.starts_with('"')) return std::string(next_word(line));
  std::string pattern;
  std::size_t i = 1;
  for (; i < line.size() && line[i] != '"'; ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) ++i;
    pattern += line[i];
  }
  line.remove_prefix(std::min(i + 1, line.size()));
  return pattern;
}

/// What `word` says about attribute `name`: set, unset, or nothing.
std::optional<bool> value_of(std::string_view word, std::string_view name) {
  const bool negated = word.starts_with('-');
  if (negated) word.remove_prefix(1);
  if (!word.starts_with(name)) return std::nullopt;
  const auto rest = word.substr(name.size());
  if (rest.empty()) return !negated;
  if (!rest.starts_with('=')) return std::nullopt;
  return rest != "=false" && rest != "=0";
}

}  // namespace

std::vector<ScopeAttributes::Line> ScopeAttributes::parse(std::string_view text) {
  std::vector<Line> lines;
  for (auto raw : split_lines(text)) {
    raw = trim(raw);
    if (raw.empty() || raw.starts_with('#') || raw.starts_with("[attr]")) continue;
    Line line;
    line.pattern = take_pattern(raw);
    for (auto word = next_word(raw); !word.empty(); word = next_word(raw)) {
      if (const auto value = value_of(word, "linguist-generated"))
        line.attributes.generated = value;
      if (const auto value = value_of(word, "linguist-vendored")) line.attributes.vendored = value;
    }
    if (line.attributes.generated || line.attributes.vendored) lines.push_back(std::move(line));
  }
  return lines;
}

const std::vector<ScopeAttributes::Line>& ScopeAttributes::lines_of(const std::string& folder) {
  const auto found = folders_.find(folder);
  if (found != folders_.end()) return found->second;
  const auto text = read_(folder + ".gitattributes");
  return folders_.emplace(folder, text ? parse(*text) : std::vector<Line>()).first->second;
}

void ScopeAttributes::gather(std::string_view folder) {
  above_.clear();
  for (std::size_t end = 0;; end = folder.find('/', end) + 1) {
    if (const auto& lines = lines_of(std::string(folder.substr(0, end))); !lines.empty())
      above_.push_back({end, &lines});
    if (end == folder.size()) break;
  }
  folder_ = folder;
}

PathAttributes ScopeAttributes::of(std::string_view path) {
  const auto folder = path.substr(0, path.rfind('/') + 1);
  if (folder_ != folder) gather(folder);
  PathAttributes decision;
  for (const auto& above : above_) {
    for (const auto& line : *above.lines) {
      if (!glob_matches_itself(line.pattern, path.substr(above.folder))) continue;
      if (line.attributes.generated) decision.generated = line.attributes.generated;
      if (line.attributes.vendored) decision.vendored = line.attributes.vendored;
    }
  }
  return decision;
}

}  // namespace peer
