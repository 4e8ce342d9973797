// What other tools wrote: SARIF above all, and every other format by what the bytes look like.
#include <array>
#include <string>

#include "analyzers/import/place.hpp"
#include "analyzers/import/read.hpp"
#include "analyzers/import/readers.hpp"
#include "analyzers/parse/parse.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 6> kSeeds{
      R"({"version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","originalUriBaseIds":{"S":{"uri":"file:///r/"}},"artifacts":[{"location":{"uri":"a.c"}}],)"
      R"("tool":{"driver":{"name":"T","version":"1","rules":[{"id":"R","messageStrings":{"m":{"text":"{0} {{x}}"}},"defaultConfiguration":{"level":"note"},)"
      R"("properties":{"tags":["security","external/cwe/cwe-79"],"precision":"high"}}]}},"results":[{"ruleId":"R/1","ruleIndex":0,"level":"error","kind":"fail",)"
      R"("message":{"id":"m","arguments":["a"]},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"x%20y.c","uriBaseId":"S","index":0},)"
      R"("region":{"startLine":2,"startColumn":3,"endLine":2,"endColumn":5,"snippet":{"text":"b c"}}}}],"codeFlows":[{"threadFlows":[{"locations":[{"location":)"
      R"({"physicalLocation":{"artifactLocation":{"index":0},"region":{"charOffset":3,"charLength":2}}}}]}]}],"suppressions":[{"kind":"inSource"}],)"
      R"("fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"x%20y.c","uriBaseId":"S"},"replacements":[{"deletedRegion":{"byteOffset":1,"byteLength":2},"insertedContent":{"text":"z"}}]}]}]}]}]})",
      R"([{"filePath":"/a.js","messages":[{"ruleId":"no-var","severity":2,"message":"m","line":1,"column":1,"endLine":1,"endColumn":3,"fix":{"range":[0,3],"text":"let"}}],"source":"var a"}])",
      R"({"source":{"name":"l"},"severity":"ERROR","diagnostics":[{"message":"m","location":{"path":"a","range":{"start":{"line":1,"column":2},"end":{"line":2}}},"code":{"value":"c"},"suggestions":[{"range":{"start":{"line":1}},"text":"t"}]}]})",
      R"xml(<?xml version="1.0"?><checkstyle><file name="a"><error line="1" column="2" severity="error" message="m (r)" source="eslint.rules.r"/></file></checkstyle>)xml",
      "a.c:2:3: warning: w [-Wx]\nfix-it:\"a.c\":{2:1-2:2}:\"\\\"\\101\"\na.c:1:1: note: n\n1 "
      "warning generated.\n",
      "\x1F\x8B\x08",
  };
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(peer::fuzz::text_of(data, size));
  const auto told = peer::read_findings(bytes);
  (void)peer::read_sarif(bytes);
  auto decoded = peer::decode_text("one\ntwo \xF0\x9F\x98\x80 b c\n\tthree\r\n\xFF end");
  const peer::SourceFile file("a.c", std::move(decoded.text), decoded.encoding, nullptr,
                              std::nullopt, peer::ParseOutcome::no_grammar);
  std::vector<const peer::ImportedFinding*> all;
  for (const auto& finding : told.findings)
    all.push_back(&finding);
  const auto placed =
      peer::place_findings(file, all, [](const std::string& path) { return std::optional(path); });
  for (const auto& finding : placed.findings) {
    if (finding.at.span.begin > finding.at.span.end || finding.at.span.end > file.text().size())
      __builtin_trap();
    if (!finding.fix) continue;
    for (const auto& edit : finding.fix->edits)
      if (edit.span.begin > edit.span.end || edit.span.end > file.text().size()) __builtin_trap();
  }
  return 0;
}
