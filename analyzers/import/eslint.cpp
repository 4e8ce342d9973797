// ESLint's JSON: one object per file, with its messages and the text they are about.
#include <array>
#include <fmt/format.h>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "analyzers/import/json_stream.hpp"
#include "analyzers/import/naming.hpp"
#include "analyzers/import/readers.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostRules = 50'000;

class Reader {
 public:
  explicit Reader(ToolFindings& out) : out_(out) {}

  bool take(const StreamedValue& value) {
    if (value.indices[0] != file_) {
      end_file();
      file_ = value.indices[0];
    }
    switch (value.wanted) {
      case 0:
        path_ = text(value);
        break;
      case 1:
        source_ = std::make_shared<const std::string>(text(value));
        break;
      case 2:
        message(value.value, false);
        break;
      default:
        message(value.value, true);
    }
    return true;
  }

  /// Path and source may stand behind the messages: they are filled in when the file is over.
  void end_file() {
    for (auto i = first_of_file_; i < out_.findings.size(); ++i) {
      out_.findings[i].path = path_;
      out_.findings[i].source = source_;
    }
    first_of_file_ = out_.findings.size();
    path_.clear();
    source_.reset();
  }

  void finish() {
    end_file();
    std::erase_if(out_.findings, [](const ImportedFinding& f) { return f.path.empty(); });
    if (over_ > 0)
      out_.problem = fmt::format("{} findings are left out: {} is the most that are read",
                                 with_commas(over_), with_commas(kMostImported));
  }

 private:
  static std::string text(const StreamedValue& value) {
    return value.value.is_string() ? value.value.get<std::string>() : std::string();
  }

  std::shared_ptr<const ToolRule> rule_of(const std::string& id) {
    const auto it = rules_.find(id);
    if (it != rules_.end()) return it->second;
    auto made = std::make_shared<const ToolRule>(make_tool_rule({"eslint", ""}, id));
    if (rules_.size() < kMostRules) rules_.emplace(id, made);
    return made;
  }

  void message(const Json& json, bool suppressed) {
    if (!json.is_object()) return;
    if (out_.findings.size() >= kMostImported) {
      ++over_;
      return;
    }
    ImportedFinding finding;
    auto id = string_in(json, "ruleId").substr(0, 300);
    const auto words = string_in(json, "message");
    // what cannot be parsed is reported without a rule
    if (id.empty()) id = words.starts_with("Parsing error") ? "syntax-error" : "eslint";
    finding.rule = rule_of(id);
    finding.severity = number_in(json, "severity") == 2 ? Severity::error : Severity::warning;
    finding.message = message_words(words);
    finding.at.line = position_in(json, "line");
    finding.at.column = position_in(json, "column");
    finding.at.end_line = position_in(json, "endLine");
    finding.at.end_column = position_in(json, "endColumn");
    if (finding.at.end_line == 0) {  // a point: the word there is marked
      finding.at.end_line = finding.at.line;
      finding.at.end_column = finding.at.column;
    }
    if (const auto& fix = member(json, "fix"); fix.is_object())
      finding.fix = fix_of(fix, "apply eslint's fix", Safety::safe);
    else
      finding.fix = suggestion_of(json);
    if (suppressed) finding.suppressed = suppression_of(json);
    out_.findings.push_back(std::move(finding));
  }

  static std::optional<ImportedFix> fix_of(const Json& json, std::string title, Safety safety) {
    const auto& range = member(json, "range");
    if (!range.is_array() || range.size() != 2 || !range[0].is_number_unsigned() ||
        !range[1].is_number_unsigned() || !member(json, "text").is_string())
      return std::nullopt;
    const auto begin = range[0].get<std::uint64_t>();
    const auto end = range[1].get<std::uint64_t>();
    if (end < begin) return std::nullopt;
    ImportedEdit edit;
    edit.at.extent = {begin, end - begin, Unit::utf16};
    edit.text = string_in(json, "text");
    return ImportedFix{std::move(title), {std::move(edit)}, safety};
  }

  /// The only suggestion; several are a choice that a human must make.
  static std::optional<ImportedFix> suggestion_of(const Json& json) {
    const auto& all = member(json, "suggestions");
    if (!all.is_array() || all.size() != 1) return std::nullopt;
    auto title = message_words(string_in(all[0], "desc"), 300);
    if (title.empty()) title = "take eslint's suggestion";
    return fix_of(member(all[0], "fix"), std::move(title), Safety::unsafe);
  }

  static Suppression suppression_of(const Json& json) {
    const auto& all = member(json, "suppressions");
    const bool told = all.is_array() && !all.empty();
    return {"inline", told ? message_words(string_in(all[0], "justification"), 500) : ""};
  }

  ToolFindings& out_;
  std::unordered_map<std::string, std::shared_ptr<const ToolRule>> rules_;
  std::size_t file_ = 0, first_of_file_ = 0, over_ = 0;
  std::string path_;
  std::shared_ptr<const std::string> source_;
};

}  // namespace

ToolFindings read_eslint(std::string_view json) {
  static constexpr std::array<std::string_view, 4> kWanted{"*/filePath", "*/source", "*/messages/*",
                                                           "*/suppressedMessages/*"};
  constexpr std::size_t kLongestSource = std::size_t{4} << 20U;
  ToolFindings out;
  out.format = "ESLint JSON";
  Reader reader(out);
  StreamLimits limits;
  limits.max_bytes = kLongestSource;
  const auto read = stream_json(
      json, kWanted, [&](const StreamedValue& v) { return reader.take(v); }, limits);
  reader.finish();
  if (!read) out.problem = read.error().message;
  return out;
}

}  // namespace peer
