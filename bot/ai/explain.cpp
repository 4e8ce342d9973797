#include "bot/ai/explain.hpp"

#include <fmt/format.h>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostShownBytes = 4000;

/// The lines of the finding with their numbers, secrets hidden, between marks that the text cannot
/// hold.
std::string code_of(const Finding& finding) {
  std::string text;
  for (auto number = finding.frame.first_line; const auto line : finding.frame.lines)
    text += fmt::format("{:>5} | {}\n", number++, line);
  return fenced_without_secrets(text, finding.path);
}

/// Lines that a small model says over and over stand there once.
std::string shown(std::string_view answer) {
  auto text = visible(secrets::redact_secrets(answer.substr(0, kMostShownBytes)));
  if (answer.size() > kMostShownBytes) text += " ...";
  std::string out;
  std::string_view before;
  for (const auto whole : split_lines(text)) {
    const auto line = trim_end(whole);
    if (!line.empty() && line == before) continue;
    out += fmt::format("  {}\n", line);
    before = line;
  }
  return out;
}

}  // namespace

std::string explained_by_model(Ai& ai, const Finding& finding, const std::stop_token& stop) {
  if (ai.roster().empty()) return {};
  const auto line = std::to_string(finding.at.start.line);
  const auto path = visible(finding.path, false);
  const auto message = visible(finding.message, false);
  const auto code = code_of(finding);
  const auto prompt = make_prompt("explain", profile_of(ai.roster().targets.front().model.window),
                                  {{"rule", finding.rule},
                                   {"severity", to_string(finding.severity)},
                                   {"path", path},
                                   {"line", line},
                                   {"message", message},
                                   {"why", finding.why},
                                   {"code", code}});
  if (!prompt) return fmt::format("No model explains it: {}\n", prompt.error().message);
  auto question = question_of(Task::explain, *prompt);
  question.max_output_tokens = 512;
  question.temperature = 0.2;
  question.repeat_penalty = 1.2;  // prose
  CompletionKey key;
  key.prompt_version = prompt->version;
  key.rules_version = PEER_VERSION;
  key.content = finding.path;
  key.findings = finding.fingerprint;
  const auto answer = ai.ask(question, key, stop);
  if (!answer)
    return fmt::format("No model explains it: {} ({})\n", answer.error().message,
                       to_string(answer.error().kind));
  const auto from = answer->from == CacheTier::none
                        ? fmt::format("${:.4f}", answer->cost_usd)
                        : fmt::format("from the cache, {}", to_string(answer->from));
  return fmt::format("A model says ({}, {}; not verified):\n{}", answer->model, from,
                     shown(answer->text));
}

}  // namespace peer
