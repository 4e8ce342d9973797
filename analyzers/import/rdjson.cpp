// reviewdog's diagnostic format: one object with `diagnostics`, or one diagnostic to a line.
// Columns count bytes.
#include <array>
#include <fmt/format.h>
#include <map>

#include <nlohmann/json.hpp>

#include "analyzers/import/json_stream.hpp"
#include "analyzers/import/naming.hpp"
#include "analyzers/import/readers.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostEdits = 1000;
constexpr std::size_t kMostRelated = 20;
constexpr std::size_t kMostRules = 50'000;

ToolPlace place_of(const Json& range) {
  const auto& start = member(range, "start");
  const auto& end = member(range, "end");
  ToolPlace place;
  place.unit = Unit::byte;
  place.line = position_in(start, "line");
  place.column = position_in(start, "column");
  place.end_line = position_in(end, "line");
  place.end_column = position_in(end, "column");
  if (place.column > 0 && place.end_line == 0) {  // a point
    place.end_line = place.line;
    place.end_column = place.column;
  }
  return place;
}

/// What an edit replaces. A range of lines without columns is whole lines; its end is the place
/// before which it ends.
ToolPlace edited_place(const Json& range) {
  auto place = place_of(range);
  if (place.column == 0) place.column = 1;
  if (place.end_column == 0 && place.end_line > place.line) place.end_column = 1;
  return place;
}

class Reader {
 public:
  explicit Reader(ToolFindings& out) : out_(out) {}

  void source(const Json& json) { tool_ = string_in(json, "name").substr(0, 300); }
  void severity(const std::string& word) { severity_ = severity_of_word(word); }

  void diagnostic(const Json& json) {
    if (!json.is_object()) return;
    const auto& location = member(json, "location");
    auto path = string_in(location, "path");
    if (path.empty()) {
      ++without_place_;
      return;
    }
    if (out_.findings.size() >= kMostImported) {
      ++over_;
      return;
    }
    ImportedFinding finding;
    finding.path = std::move(path);
    finding.at = place_of(member(location, "range"));
    finding.message = message_words(string_in(json, "message"));
    const auto code = string_in(member(json, "code"), "value").substr(0, 300);
    if (finding.message.empty()) finding.message = code.empty() ? "no message" : code;
    told_.push_back(
        {string_in(member(json, "source"), "name").substr(0, 300), code, severity_of(json)});
    related(json, finding);
    finding.fix = fix_of(member(json, "suggestions"));
    out_.findings.push_back(std::move(finding));
  }

  /// Source and severity of the whole may stand behind the diagnostics.
  void finish() {
    for (std::size_t i = 0; i < told_.size(); ++i) {
      auto& finding = out_.findings[i];
      finding.rule = rule_of(told_[i].tool.empty() ? tool_ : told_[i].tool, told_[i].code);
      finding.severity = told_[i].severity.value_or(severity_.value_or(Severity::warning));
      if (finding.fix) finding.fix->title = "apply the suggestion of " + finding.rule->tool.name;
    }
    if (without_place_ > 0)
      out_.notes.push_back(fmt::format(
          "{} no path", count_of(without_place_, "diagnostic has", "diagnostics have")));
    if (over_ > 0)
      out_.problem = fmt::format("{} findings are left out: {} is the most that are read",
                                 with_commas(over_), with_commas(kMostImported));
  }

 private:
  struct Told {
    std::string tool, code;
    std::optional<Severity> severity;
  };

  /// A word, or the number of the enumerator.
  static std::optional<Severity> severity_of(const Json& json) {
    if (const auto number = number_in(json, "severity")) {
      if (*number == 1) return Severity::error;
      if (*number == 2) return Severity::warning;
      if (*number == 3) return Severity::info;
      return std::nullopt;
    }
    return severity_of_word(string_in(json, "severity"));
  }

  std::shared_ptr<const ToolRule> rule_of(const std::string& tool, const std::string& code) {
    const auto key = std::pair(tool, code);
    const auto it = rules_.find(key);
    if (it != rules_.end()) return it->second;
    auto made = std::make_shared<const ToolRule>(
        make_tool_rule(make_tool(tool, ""), code.empty() ? "finding" : code));
    if (rules_.size() < kMostRules) rules_.emplace(key, made);
    return made;
  }

  static void related(const Json& json, ImportedFinding& finding) {
    const auto* key =
        member(json, "related_locations").is_array() ? "related_locations" : "relatedLocations";
    const auto& all = member(json, key);
    if (!all.is_array()) return;
    for (const auto& each : all) {
      const auto& location = member(each, "location");
      auto path = string_in(location, "path");
      if (path.empty() || finding.related.size() >= kMostRelated) continue;
      finding.related.push_back({path == finding.path ? "" : std::move(path),
                                 place_of(member(location, "range")),
                                 message_words(string_in(each, "message"))});
    }
  }

  static std::optional<ImportedFix> fix_of(const Json& suggestions) {
    if (!suggestions.is_array() || suggestions.empty() || suggestions.size() > kMostEdits)
      return std::nullopt;
    ImportedFix fix;
    for (const auto& each : suggestions) {
      auto at = edited_place(member(each, "range"));
      if (at.line == 0) return std::nullopt;
      fix.edits.push_back({std::move(at), string_in(each, "text")});
    }
    return fix;
  }

  ToolFindings& out_;
  std::string tool_;
  std::optional<Severity> severity_;
  std::vector<Told> told_;  ///< of each finding
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const ToolRule>> rules_;
  std::size_t without_place_ = 0, over_ = 0;
};

}  // namespace

ToolFindings read_rdjson(std::string_view json) {
  static constexpr std::array<std::string_view, 3> kWanted{"source", "severity", "diagnostics/*"};
  ToolFindings out;
  out.format = "rdjson";
  Reader reader(out);
  const auto read = stream_json(json, kWanted, [&](const StreamedValue& value) {
    if (value.wanted == 0)
      reader.source(value.value);
    else if (value.wanted == 1 && value.value.is_string())
      reader.severity(value.value.get<std::string>());
    else if (value.wanted == 2)
      reader.diagnostic(value.value);
    return true;
  });
  reader.finish();
  if (!read) out.problem = read.error().message;
  return out;
}

ToolFindings read_rdjsonl(std::string_view lines) {
  ToolFindings out;
  out.format = "rdjsonl";
  Reader reader(out);
  std::size_t bad = 0, first_bad = 0, number = 0;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = trim(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    ++number;
    if (line.empty()) continue;
    const auto read = parse_json(line, {std::size_t{4} << 20U, 40});
    if (read)
      reader.diagnostic(*read);
    else if (++bad == 1)
      first_bad = number;
  }
  reader.finish();
  if (bad > 0)
    out.problem = fmt::format("{} no JSON, the first is line {}",
                              count_of(bad, "line is", "lines are"), first_bad);
  return out;
}

}  // namespace peer
