// peer explain-error: why something is a problem and what to do, from what Peer knows and, where
// wished, a model.
#include "bot/ai/explain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <iterator>
#include <set>

#include "analyzers/import/tool_output.hpp"
#include "analyzers/source_file.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/remember.hpp"
#include "bot/commands/rule_text.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/rules/find_rules.hpp"
#include "bot/rules/rule_library.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"
#include "reporters/receipt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostInput = std::size_t{16} << 20U;
constexpr std::uint32_t kContext = 2;
constexpr std::size_t kMostAsked = 10;  // findings that a model explains in one go

/// The lines around `line` of a text, numbered, the line itself marked.
std::string frame(const std::vector<std::string_view>& lines, std::uint32_t line) {
  std::string text;
  const auto first = line > kContext ? line - kContext : 1;
  for (auto i = first; i <= line + kContext && i <= lines.size(); ++i)
    text += fmt::format("  {} {:>5} | {}\n", i == line ? '>' : ' ', i,
                        visible(lines[i - 1].substr(0, 200)));
  return text;
}

/// Explains findings one after the other: why and how to fix stand with the first that they are
/// said of, and the others refer to it.
class Explainer {
 public:
  explicit Explainer(const Session& session) : width_(shown_width(session.width)) {}

  std::string explain(const Finding& finding);
  /// Why, fix and where there is more.
  std::string reasons(std::string_view rule, std::string_view why, std::string_view help) {
    if (!told_.insert({std::string(rule), std::string(why), std::string(help)}).second)
      return fmt::format("Why and fix: as above, of {}\n", visible(rule, false));
    return paragraph("Why: ", why, width_) + paragraph("Fix: ", help, width_) +
           fmt::format("More: peer explain-error {}\n", visible(rule, false));
  }

 private:
  std::size_t width_;
  std::set<std::array<std::string, 3>> told_;
};

std::string Explainer::explain(const Finding& finding) {
  auto text = fmt::format("{}:{}:{}  {}  {}\n{}\n", visible(finding.path, false),
                          finding.at.start.line, finding.at.start.column,
                          to_string(finding.severity), finding.rule, visible(finding.message));
  for (auto line = finding.frame.first_line; const auto shown : finding.frame.lines) {
    text += fmt::format("  {} {:>5} | {}\n", line == finding.at.start.line ? '>' : ' ', line,
                        visible(shown));
    ++line;
  }
  text += reasons(finding.rule, finding.why, finding.help);
  if (finding.fix)
    text += fmt::format("`peer fix-all` can do it: {} ({})\n", visible(finding.fix->title, false),
                        to_string(finding.fix->safety));
  return text;
}

/// Each finding by what Peer knows, then, with models, by what one says; what they cost closes it.
/// A model that fails changes neither the explanation nor the exit code.
int explain_findings(const std::vector<Finding>& findings, const Config& config, Session& session) {
  Explainer explainer(session);
  if (config.ai.roster.mode == AiMode::local) {
    for (const auto& finding : findings)
      session.out(explainer.explain(finding) + "\n");
    return kExitClean;
  }
  const auto began = session.clock->steady();
  const auto ai = Ai::open(config, session);
  if (!ai) return complain(ai.error(), session);
  for (std::size_t i = 0; i < findings.size(); ++i)
    session.out(explainer.explain(findings[i]) +
                (i < kMostAsked ? explained_by_model(**ai, findings[i], session.stop) : "") + "\n");
  if (findings.size() > kMostAsked)
    session.complain(fmt::format("a model was asked about the first {} findings", kMostAsked));
  for (const auto& note : (*ai)->notes())
    session.complain(note);
  auto receipt = (*ai)->receipt();
  receipt.seconds = std::chrono::duration<double>(session.clock->steady() - began).count();
  if (!findings.empty() && !(*ai)->roster().empty()) session.out(receipt_line(receipt) + "\n");
  return kExitClean;
}

int explain_last_run(const Invocation& invocation, Session& session) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  const auto report = recall(*config, session);
  if (!report) return complain(report.error(), session);
  if (report->findings.empty()) session.out("the last run found nothing\n");
  for (const auto& note : report->degraded)
    session.complain(visible(note, false));
  return explain_findings(report->findings, *config, session);
}

/// The file of a message, where it is one below the folder we are in: what a tool prints may name
/// any file.
std::string text_of(const Session& session, const std::string& path) {
  std::error_code error;
  const auto folder = std::filesystem::canonical(session.folder, error);
  const auto full = std::filesystem::weakly_canonical(session.folder / path, error);
  const auto below = full.lexically_relative(folder);
  if (error || below.empty() || *below.begin() == "..") return {};
  if (!std::filesystem::is_regular_file(full, error)) return {};
  return read_file(full, kMostInput).value_or("");
}

int explain_tool_output(Session& session) {
  const auto messages = read_tool_output(session.read_in(kMostInput));
  if (messages.empty()) {
    session.complain(
        "nothing on standard input looks like a message of gcc, clang, tsc, eslint, ruff, pytest, "
        "javac, go or rustc");
    return kExitUsage;
  }
  const RuleLibrary library(load_rules({}).book);
  Explainer explainer(session);
  for (const auto& message : messages) {
    session.out(fmt::format("{}:{}{}  {}{}{}\n{}\n", visible(message.path, false), message.line,
                            message.column == 0 ? "" : fmt::format(":{}", message.column),
                            message.tool, message.severity.empty() ? "" : " " + message.severity,
                            message.code.empty() ? "" : " " + visible(message.code, false),
                            visible(message.message)));
    const auto text = text_of(session, message.path);
    if (!text.empty()) session.out(frame(split_lines(text), message.line));
    if (const auto rule = library.reasons(message.rule))
      session.out(explainer.reasons(rule->id, rule->why, rule->help));
    session.out("\n");
  }
  return kExitClean;
}

constexpr std::uint32_t kAnyLine = 0;

/// "FILE", "FILE:LINE" or "FILE:LINE:COLUMN", where the file exists.
std::optional<std::pair<std::string, std::uint32_t>> place_of(const std::string& word,
                                                              const Session& session) {
  std::error_code error;  // of a name that can be none
  if (std::filesystem::is_regular_file(session.folder / word, error))
    return std::pair{word, kAnyLine};
  for (auto colon = word.find(':'); colon != std::string::npos; colon = word.find(':', colon + 1)) {
    std::uint32_t line = 0;
    const auto [end, failure] =
        std::from_chars(word.data() + colon + 1, word.data() + word.size(), line);
    const bool number = failure == std::errc{} && (*end == '\0' || *end == ':');
    if (number && std::filesystem::exists(session.folder / word.substr(0, colon), error))
      return std::pair{word.substr(0, colon), line};
  }
  return std::nullopt;
}

int explain_place(const std::string& file, std::uint32_t line, const Invocation& invocation,
                  Session& session) {
  Invocation review = invocation;
  review.args = {file};
  const auto reviewed =
      run_review(review, session, {.command = "explain-error", .remember = false});
  if (!reviewed) return complain(reviewed.error(), session);
  std::vector<Finding> there;
  std::copy_if(reviewed->report.findings.begin(), reviewed->report.findings.end(),
               std::back_inserter(there), [line](const Finding& f) {
                 return line == kAnyLine || (f.at.start.line <= line && line <= f.at.end.line);
               });
  if (there.empty())
    session.out(fmt::format("{}{}: Peer finds nothing there\n", visible(file, false),
                            line == kAnyLine ? "" : fmt::format(":{}", line)));
  return explain_findings(there, reviewed->config, session);
}

/// Whether `word` is meant as a place rather than as a rule.
bool looks_like_a_place(std::string_view word) {
  return word.find_first_of("/.:") != std::string_view::npos;
}

int explain_rule(const std::string& id, const Invocation& invocation, Session& session) {
  const auto found = find_rules(invocation, session, read_work_tree(session.folder),
                                list_work_tree(session.folder));
  if (!found) return complain(found.error(), session);
  const RuleLibrary library(load_rules(found->sources).book);
  const auto text = library.text(id, shown_width(session.width));
  if (!text) {
    session.complain(looks_like_a_place(id)
                         ? fmt::format("there is no file {} here, and no such rule",
                                       visible(id.substr(0, id.find(':')), false))
                         : library.unknown(id));
    return kExitUsage;
  }
  session.out(*text);
  return kExitClean;
}

int explain(const Invocation& invocation, Session& session) {
  if (invocation.args.empty()) return explain_last_run(invocation, session);
  const auto& word = invocation.args[0];
  if (word == "-") return explain_tool_output(session);
  if (const auto place = place_of(word, session))
    return explain_place(place->first, place->second, invocation, session);
  return explain_rule(word, invocation, session);
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"rules", "ai", "offline", "max-cost", "max-calls", "llm-concurrency", "no-cache"});

}  // namespace

std::span<const Command> commands_explain() {
  static const std::array kCommands{
      Command{.name = "explain-error",
              .alias = {},
              .arguments = "[RULE|FILE[:LINE]|-]",
              .summary = "Say why something is a problem and how to fix it.",
              .details = "  peer explain-error                   the findings of the last run\n"
                         "  peer explain-error unused-import     a rule, with examples\n"
                         "  peer explain-error src/a.py:12       what is wrong there\n"
                         "  make 2>&1 | peer explain-error -     what a compiler, linter or test "
                         "runner printed",
              .flags = kFlags,
              .run = explain},
  };
  return kCommands;
}

}  // namespace peer
