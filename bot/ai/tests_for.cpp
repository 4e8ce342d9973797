#include "bot/ai/tests_for.hpp"

#include <algorithm>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"
#include "llm/answer/tagged.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostTests = 10;
constexpr std::size_t kMostTestBytes = 8'000;

std::optional<std::string> test_for(const ProvedFix& fix, const std::string& message, Ai& ai,
                                    const std::stop_token& stop) {
  Placeholders secrets;
  const auto clean = secrets.hide(fix.diff, fix.path);
  const auto code = fenced(clean);
  const auto path = visible(fix.path, false),
             said = secrets.hide(visible(message, false), fix.path);
  const auto prompt =
      make_prompt("test", profile_of(ai.roster().targets.front().model.window),
                  {{"path", path}, {"message", said}, {"rule", fix.rule}, {"code", code}});
  if (!prompt) return std::nullopt;
  auto question = question_of(Task::test, *prompt);
  question.max_output_tokens = 1'024;
  CompletionKey key;
  key.prompt_version = prompt->version;
  key.rules_version = PEER_VERSION;
  const auto answer = ai.ask(question, key, stop);
  if (!answer) return std::nullopt;
  const auto test = first_fenced(answer->text);
  if (!test || trim(*test).empty() || test->size() > kMostTestBytes) return std::nullopt;
  return secrets::redact_secrets(*test);
}

}  // namespace

void suggest_tests(Report& report, Ai& ai, const std::stop_token& stop) {
  if (ai.roster().empty()) return;
  std::size_t asked = 0;
  for (auto& fix : report.fixes) {
    if (fix.decision == Decision::reject || fix.diff.empty() || stop.stop_requested()) continue;
    if (++asked > kMostTests) break;
    const auto finding = std::find_if(
        report.findings.begin(), report.findings.end(),
        [&](const Finding& f) { return f.fingerprint == fix.fingerprint && f.path == fix.path; });
    fix.suggested_test =
        test_for(fix, finding == report.findings.end() ? "" : finding->message, ai, stop);
  }
}

}  // namespace peer
