// SARIF 2.1.0. Read twice: what results refer to may stand behind them.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include <nlohmann/json.hpp>

#include "analyzers/import/json_stream.hpp"
#include "analyzers/import/naming.hpp"
#include "analyzers/import/readers.hpp"
#include "analyzers/import/sarif_tool.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostRuns = 1000;
constexpr std::size_t kMostRelated = 20;
constexpr std::size_t kMostEdits = 1000;

ToolPlace place_of(const Json& region, Unit unit) {
  ToolPlace place;
  place.unit = unit;
  place.line = position_in(region, "startLine");
  place.column = position_in(region, "startColumn");
  place.end_line = position_in(region, "endLine");
  place.end_column = position_in(region, "endColumn");
  // without a start the line begins at its first column, which counts when the end is told
  if (place.line > 0 && place.column == 0 && place.end_column > 0) place.column = 1;
  const auto chars = number_in(region, "charOffset");
  const auto bytes = number_in(region, "byteOffset");
  if (place.line == 0 && chars)
    place.extent = {*chars, number_in(region, "charLength").value_or(0), unit};
  else if (place.line == 0 && bytes)
    place.extent = {*bytes, number_in(region, "byteLength").value_or(0), Unit::byte};
  place.snippet = string_in(member(region, "snippet"), "text");
  constexpr std::size_t kLongestSnippet = 10'000;
  if (place.snippet.size() > kLongestSnippet) place.snippet.clear();
  return place;
}

/// What counts of the kinds of suppression: one that was accepted.
std::optional<Suppression> suppression_of(const Json& suppressions) {
  if (!suppressions.is_array()) return std::nullopt;
  std::optional<Suppression> found;
  for (const auto& each : suppressions) {
    const auto status = string_in(each, "status");
    if (!status.empty() && status != "accepted") return std::nullopt;
    if (!found)
      found = Suppression{string_in(each, "kind") == "inSource" ? "inline" : "config",
                          message_words(string_in(each, "justification"), 500)};
  }
  return found;
}

class Reader {
 public:
  explicit Reader(ToolFindings& out) : out_(out) {}

  bool describe(const StreamedValue& value) {
    static constexpr std::size_t kRule = 3, kExtensionRule = 4;
    auto* run = run_at(value.indices[0]);
    if (run == nullptr) return true;
    switch (value.wanted) {
      case 0:
        run->name(text(value));
        break;
      case 1:
        run->version(text(value));
        break;
      case 2:
        semantic_[value.indices[0]] = text(value);
        break;
      case kRule:
        run->add_rule(0, value.indices[1], value.value);
        break;
      case kExtensionRule:
        run->add_rule(value.indices[1] + 1, value.indices[2], value.value);
        break;
      case 5:
        run->add_artifact(value.indices[1], value.value);
        break;
      case 6:
        run->add_bases(value.value);
        break;
      case 7:
        run->column_kind(text(value));
        break;
      default:
        if (value.value.is_object())
          for (const auto& [id, message] : value.value.items())
            run->add_message(id, message);
    }
    return true;
  }

  void settle() {
    for (auto& [index, run] : runs_) {
      if (const auto it = semantic_.find(index); it != semantic_.end() && !it->second.empty())
        run.version(it->second);
      run.settle();
    }
  }

  bool take(const StreamedValue& value) {
    auto* run = run_at(value.indices[0]);
    if (run == nullptr || !value.value.is_object()) return true;
    if (value.cut) ++cut_;
    result(*run, value.value);
    return true;
  }

  void finish() {
    if (without_place_ > 0)
      out_.notes.push_back(fmt::format("{} {} no place in a file",
                                       count_of(without_place_, "result"),
                                       without_place_ == 1 ? "has" : "have"));
    if (cut_ > 0)
      out_.notes.push_back(fmt::format("{} too large to be read in full",
                                       count_of(cut_, "result was", "results were")));
    if (fixes_left_ > 0)
      out_.notes.push_back(
          fmt::format("{} over several files or of other than text, which Peer does not apply",
                      count_of(fixes_left_, "fix is", "fixes are")));
    if (over_ > 0)
      out_.problem = fmt::format("{} findings are left out: {} is the most that are read",
                                 with_commas(over_), with_commas(kMostImported));
  }

 private:
  static std::string text(const StreamedValue& value) {
    return value.value.is_string() ? value.value.get<std::string>() : std::string();
  }

  SarifRun* run_at(std::size_t index) { return index < kMostRuns ? &runs_[index] : nullptr; }

  void result(SarifRun& run, const Json& json) {
    const auto kind = string_in(json, "kind");
    // what is fine, does not apply, or is no longer there
    if (kind == "pass" || kind == "notApplicable" || string_in(json, "baselineState") == "absent")
      return;
    const auto* location = first_location(json);
    const auto* physical = location == nullptr ? nullptr : &member(*location, "physicalLocation");
    auto path =
        physical == nullptr ? std::nullopt : run.path_of(member(*physical, "artifactLocation"));
    if (!path) path = run.path_of(member(json, "analysisTarget"));
    if (!path) {
      ++without_place_;
      return;
    }
    if (out_.findings.size() >= kMostImported) {
      ++over_;
      return;
    }
    const auto& rule = run.rule_of(json);
    ImportedFinding finding;
    finding.rule = rule.rule;
    finding.severity = severity_of(json, kind, rule);
    finding.path = std::move(*path);
    if (physical != nullptr) finding.at = place_of(member(*physical, "region"), run.unit());
    finding.message = run.words_of(member(json, "message"), &rule);
    if (finding.message.empty())
      finding.message = message_words(rule.fallback.empty() ? rule.id : rule.fallback, 500);
    finding.suppressed = suppression_of(member(json, "suppressions"));
    related(run, json, finding);
    finding.fix = fix_of(run, member(json, "fixes"), finding.path);
    out_.findings.push_back(std::move(finding));
  }

  static const Json* first_location(const Json& result) {
    const auto& locations = member(result, "locations");
    return locations.is_array() && !locations.empty() ? &locations.front() : nullptr;
  }

  static Severity severity_of(const Json& result, const std::string& kind, const SarifRule& rule) {
    const auto level = string_in(result, "level");
    if (level == "error") return Severity::error;
    if (level == "warning") return Severity::warning;
    if (level == "note") return Severity::info;
    if (level == "none") return kind.empty() || kind == "fail" ? Severity::hint : Severity::info;
    // "open", "review" and "informational" are no failures
    if (!kind.empty() && kind != "fail") return Severity::info;
    return rule.level.value_or(Severity::warning);
  }

  /// Further places of the result, those it names as related, and the steps of its first flow.
  static void related(const SarifRun& run, const Json& json, ImportedFinding& finding) {
    const auto add = [&](const Json& location) {
      const auto& physical = member(location, "physicalLocation");
      auto path = run.path_of(member(physical, "artifactLocation"));
      if (!path || finding.related.size() >= kMostRelated) return;
      finding.related.push_back({*path == finding.path ? "" : std::move(*path),
                                 place_of(member(physical, "region"), run.unit()),
                                 run.words_of(member(location, "message"), nullptr)});
    };
    if (const auto& locations = member(json, "locations"); locations.is_array())
      for (std::size_t i = 1; i < locations.size(); ++i)
        add(locations[i]);
    if (const auto& flow = first_flow(json); flow.is_array())
      for (const auto& step : flow)
        add(member(step, "location"));
    if (const auto& locations = member(json, "relatedLocations"); locations.is_array())
      for (const auto& location : locations)
        add(location);
  }

  static const Json& first_flow(const Json& result) {
    const auto front = [](const Json& list) -> const Json& {
      return list.is_array() && !list.empty() ? list.front() : list;
    };
    const auto& flow = front(member(result, "codeFlows"));
    return member(front(member(flow, "threadFlows")), "locations");
  }

  /// The first fix that edits the text of the finding's own file and no other.
  std::optional<ImportedFix> fix_of(const SarifRun& run, const Json& fixes,
                                    const std::string& own) {
    if (!fixes.is_array()) return std::nullopt;
    for (const auto& each : fixes) {
      const auto& changes = member(each, "artifactChanges");
      if (!changes.is_array() || changes.empty()) continue;
      auto fix = edits_of(run, changes, own);
      if (!fix) continue;
      fix->title = run.words_of(member(each, "description"), nullptr);
      if (fix->title.empty()) fix->title = "apply the fix of " + run.tool().name;
      return fix;
    }
    if (!fixes.empty()) ++fixes_left_;
    return std::nullopt;
  }

  static std::optional<ImportedFix> edits_of(const SarifRun& run, const Json& changes,
                                             const std::string& own) {
    ImportedFix fix;
    for (const auto& change : changes) {
      const auto path = run.path_of(member(change, "artifactLocation"));
      const auto& replacements = member(change, "replacements");
      if (!path || *path != own || !replacements.is_array()) return std::nullopt;
      for (const auto& replacement : replacements) {
        const auto& inserted = member(replacement, "insertedContent");
        const bool binary =
            !member(inserted, "binary").is_null() && member(inserted, "text").is_null();
        if (binary || fix.edits.size() >= kMostEdits) return std::nullopt;
        auto at = place_of(member(replacement, "deletedRegion"), run.unit());
        at.snippet.clear();
        fix.edits.push_back({std::move(at), string_in(inserted, "text")});
      }
    }
    return fix.edits.empty() ? std::nullopt : std::optional(std::move(fix));
  }

  ToolFindings& out_;
  std::map<std::size_t, SarifRun> runs_;
  std::map<std::size_t, std::string> semantic_;
  std::size_t without_place_ = 0, cut_ = 0, fixes_left_ = 0, over_ = 0;
};

}  // namespace

ToolFindings read_sarif(std::string_view json) {
  static constexpr std::array<std::string_view, 10> kDescribing{
      "runs/*/tool/driver/name",
      "runs/*/tool/driver/version",
      "runs/*/tool/driver/semanticVersion",
      "runs/*/tool/driver/rules/*",
      "runs/*/tool/extensions/*/rules/*",
      "runs/*/artifacts/*/location",
      "runs/*/originalUriBaseIds",
      "runs/*/columnKind",
      "runs/*/tool/driver/globalMessageStrings",
      "runs/*/tool/extensions/*/globalMessageStrings",
  };
  static constexpr std::array<std::string_view, 1> kResults{"runs/*/results/*"};
  ToolFindings out;
  out.format = "SARIF";
  Reader reader(out);
  // a mistake in the text is met again by the second reading
  (void)stream_json(json, kDescribing, [&](const StreamedValue& v) { return reader.describe(v); });
  reader.settle();
  const auto read =
      stream_json(json, kResults, [&](const StreamedValue& v) { return reader.take(v); });
  reader.finish();
  if (!read) out.problem = read.error().message;
  return out;
}

}  // namespace peer
