#include "bot/scope.hpp"

#include <fmt/format.h>
#include <memory>

#include "analyzers/ignore/scope.hpp"
#include "analyzers/rules/baseline.hpp"
#include "base/glob.hpp"

namespace peer {
namespace {

/// An ignore file, or "" where it is absent or unreadable (which is noted).
std::string ignore_file(const Input& input, std::string_view path,
                        std::vector<std::string>& notes) {
  auto text = input.read_trusted(path);
  if (!text) {
    notes.push_back(fmt::format("{} was not honoured: {}", path, text.error().message));
    return {};
  }
  return text->value_or("");
}

void note_problems(const PathFilter& filter, std::string_view path,
                   std::vector<std::string>& notes) {
  for (const auto& problem : filter.problems)
    notes.push_back(fmt::format("{}: {}", path, problem));
}

PathFilter coderabbit_filter(const Input& input, std::vector<std::string>& notes) {
  for (const std::string_view path : {".coderabbit.yaml", ".coderabbit.yml"}) {
    const auto text = ignore_file(input, path, notes);
    if (text.empty()) continue;
    auto filter = read_coderabbit(text);
    if (filter) return std::move(*filter);
    notes.push_back(fmt::format("{} was not honoured: {}", path, filter.error().message));
  }
  return {};
}

ScopeRules scope_rules(const Input& input, const Config& config, const Invocation& invocation,
                       std::vector<std::string>& notes) {
  ScopeRules rules;
  rules.exclude = GlobList(config.exclude);
  rules.exclude_asked = GlobList(invocation.values("exclude"));
  rules.include_generated = config.include_generated || config.filter == Filter::all;
  rules.include_vendored = config.include_vendored || config.filter == Filter::all;
  const auto semgrep = ignore_file(input, ".semgrepignore", notes);
  if (!semgrep.empty())
    rules.semgrep = read_semgrepignore(semgrep, ignore_file(input, ".gitignore", notes));
  rules.coderabbit = coderabbit_filter(input, notes);
  rules.pr_agent = read_pr_agent(ignore_file(input, ".pr_agent.toml", notes));
  note_problems(rules.semgrep, ".semgrepignore", notes);
  note_problems(rules.coderabbit, ".coderabbit.yaml", notes);
  note_problems(rules.pr_agent, ".pr_agent.toml", notes);
  return rules;
}

}  // namespace

Result<Scoping> load_scope(const Input& input, const Config& config, const Invocation& invocation) {
  Scoping scoping;
  const auto rules =
      std::make_shared<const ScopeRules>(scope_rules(input, config, invocation, scoping.notes));
  scoping.scope = [rules](const ChangedFile& file) {
    return file.scope.in ? decide_scope(file.path, file.attributes, *rules) : file.scope;
  };
  if (invocation.has("no-baseline")) return scoping;
  const auto text = input.read_trusted(config.baseline);
  if (!text) return fail(text.error());
  if (!*text) return scoping;
  auto baseline = parse_baseline(**text);
  if (!baseline) return fail(baseline.error().with_context(config.baseline));
  scoping.mark_known = [baseline = std::move(*baseline)](std::vector<Finding>& findings) {
    (void)apply_baseline(baseline, findings);
  };
  return scoping;
}

}  // namespace peer
