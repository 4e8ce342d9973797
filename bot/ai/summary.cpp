#include "bot/ai/summary.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostRules = 6;
constexpr std::size_t kMostFunctions = 3;
constexpr std::size_t kMostWords = 800;

std::string size_of_change(const Report& report) {
  std::size_t added = 0, removed = 0;
  for (const auto& file : report.change.files)
    for (const auto& hunk : file.hunks) {
      for (const auto& lines : hunk.added)
        added += lines.count;
      for (const auto& lines : hunk.removed)
        removed += lines.count;
    }
  const auto files = count_of(report.change.files.size(), "file");
  if (report.change.whole_files) return files + " examined";
  return fmt::format("{} changed, {} added, {} removed", files, count_of(added, "line"), removed);
}

/// "3 findings of syntax-error, 1 of ...", the most first.
std::vector<std::string> by_rule(const std::map<std::string, std::size_t>& counts,
                                 std::string_view verb) {
  std::vector<std::pair<std::size_t, std::string>> order;
  order.reserve(counts.size());
  for (const auto& [rule, count] : counts)
    order.emplace_back(count, rule);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(order.size(), kMostRules); ++i)
    out.push_back(fmt::format("{} {} of {}", verb, count_of(order[i].first, "finding"),
                              visible(order[i].second, false)));
  return out;
}

std::vector<std::string> complexity_facts(const Report& report) {
  std::vector<const FileComplexity*> order;
  for (const auto& each : report.complexity)
    if (each.change.cyclomatic_before > 0 && each.change.cyclomatic_after > 0 &&
        each.change.cyclomatic_before != each.change.cyclomatic_after)
      order.push_back(&each);
  const auto size = [](const FileComplexity* one) {
    const auto a = one->change.cyclomatic_before, b = one->change.cyclomatic_after;
    return a > b ? a - b : b - a;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto* a, const auto* b) { return size(a) > size(b); });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(order.size(), kMostFunctions); ++i)
    out.push_back(fmt::format("complexity of {} in {}: {} -> {}",
                              visible(order[i]->change.function, false),
                              visible(order[i]->path, false), order[i]->change.cyclomatic_before,
                              order[i]->change.cyclomatic_after));
  return out;
}

std::set<std::string> numbers_in(std::string_view text) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
      ++end;
    out.emplace(text.substr(i, end - i));
    i = end;
  }
  return out;
}

}  // namespace

std::vector<std::string> facts_of(const Report& report) {
  std::vector<std::string> out{size_of_change(report)};
  std::map<std::string, std::size_t> fixed, found;
  std::size_t offered = 0;
  for (const auto& fix : report.fixes) {
    if (fix.decision == Decision::apply) ++fixed[fix.rule];
    if (fix.decision == Decision::offer) ++offered;
  }
  for (const auto& finding : report.findings)
    ++found[finding.rule];
  for (auto& fact : by_rule(fixed, "fixed"))
    out.push_back(std::move(fact));
  if (offered > 0) out.push_back(fmt::format("{} offered", count_of(offered, "fix", "fixes")));
  if (report.fixes.empty())
    for (auto& fact : by_rule(found, "found"))
      out.push_back(std::move(fact));
  for (auto& fact : complexity_facts(report))
    out.push_back(std::move(fact));
  return out;
}

bool only_known_numbers(std::string_view words, const std::vector<std::string>& facts) {
  const auto known = numbers_in(join(facts, "\n"));
  const auto used = numbers_in(words);
  return std::includes(known.begin(), known.end(), used.begin(), used.end());
}

void summarise(Report& report, Ai& ai, const std::vector<std::string>& more,
               const std::stop_token& stop) {
  auto facts = facts_of(report);
  facts.insert(facts.end(), more.begin(), more.end());
  report.summary = facts;
  if (ai.roster().empty() || stop.stop_requested()) return;
  const auto fence = fenced_without_secrets(join(facts, "\n"), "summary");
  const auto prompt = make_prompt("summarise", profile_of(ai.roster().targets.front().model.window),
                                  {{"facts", fence}});
  if (!prompt) return;
  auto question = question_of(Task::summarise, *prompt);
  question.max_output_tokens = 256;
  question.temperature = 0.2;
  question.repeat_penalty = 1.2;  // prose
  CompletionKey key;
  key.prompt_version = prompt->version;
  key.rules_version = PEER_VERSION;
  const auto answer = ai.ask(question, key, stop);
  if (!answer) return;
  const auto words =
      visible(trim(secrets::redact_secrets(answer->text.substr(0, kMostWords))), false);
  if (words.empty() || answer->text.size() > kMostWords) return;
  if (!only_known_numbers(words, facts)) {
    report.degraded.emplace_back(
        "a model's summary named numbers that nobody counted, and was dropped");
    return;
  }
  report.summary->push_back(fmt::format("{} ({})", words, answer->model));
}

}  // namespace peer
