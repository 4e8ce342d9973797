// What tests of imports share: a text, a tool's file, and what was found as short words.
#pragma once

#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/import/place.hpp"
#include "analyzers/import/read.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer::test {

inline SourceFile text_file(std::string path, std::string bytes) {
  auto decoded = decode_text(std::move(bytes));
  return SourceFile(std::move(path), std::move(decoded.text), decoded.encoding, nullptr,
                    std::nullopt, ParseOutcome::no_grammar);
}

/// Everything that `told` says, placed in one text, whatever path it names.
inline PlacedFindings placed_in(const ToolFindings& told, std::string text,
                                std::string path = "a.js") {
  const auto file = text_file(std::move(path), std::move(text));
  std::vector<const ImportedFinding*> all;
  for (const auto& finding : told.findings)
    all.push_back(&finding);
  return place_findings(file, all, [](const std::string& other) { return std::optional(other); });
}

/// "error eslint/no-var 1:1-1:4 words".
inline std::string short_words(const Finding& f) {
  return fmt::format("{} {} {}:{}-{}:{} {}", to_string(f.severity), f.rule, f.at.start.line,
                     f.at.start.column, f.at.end.line, f.at.end.column, f.message);
}

inline std::vector<std::string> all_words(const std::vector<Finding>& findings) {
  std::vector<std::string> all;
  for (const auto& finding : findings)
    all.push_back(short_words(finding));
  return all;
}

/// `told` in `text` as short words.
inline std::vector<std::string> read_in(std::string_view told, std::string text,
                                        std::string path = "a.js") {
  return all_words(
      placed_in(read_findings(std::string(told)), std::move(text), std::move(path)).findings);
}

/// A SARIF log of one run: `run` without its braces.
inline std::string sarif(std::string_view run) {
  return fmt::format(
      R"({{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{{}}}]}})",
      run);
}

/// A run of the tool "Lint 1.2" with these results.
inline std::string sarif_results(std::string_view results, std::string_view more = "") {
  return sarif(fmt::format(
      R"("tool":{{"driver":{{"name":"Lint","version":"1.2","rules":[)"
      R"({{"id":"R1","shortDescription":{{"text":"About one."}},"help":{{"text":"Do it so."}},)"
      R"("messageStrings":{{"m":{{"text":"no {{0}} in {{1}}"}}}},)"
      R"("defaultConfiguration":{{"level":"error"}}}},)"
      R"({{"id":"R2","properties":{{"tags":["security","external/cwe/cwe-089"],"precision":"low"}}}}]}}}}{}{},"results":[{}])",
      more.empty() ? "" : ",", more, results));
}

/// A result of R1 in a.js at `region` (without its braces), with `more` members.
inline std::string result_at(std::string_view region, std::string_view more = "") {
  return fmt::format(
      R"({{"ruleId":"R1","message":{{"text":"w"}},"locations":[{{"physicalLocation":{{)"
      R"("artifactLocation":{{"uri":"a.js"}},"region":{{{}}}}}}}]{}{}}})",
      region, more.empty() ? "" : ",", more);
}

}  // namespace peer::test
