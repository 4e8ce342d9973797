// peer audit: the whole repository, what is wrong where, and how that changed since the last audit.
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/audit_many.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/remember.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/git/clone.hpp"
#include "bot/session.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

constexpr std::size_t kTop = 10;

struct Tally {
  std::size_t errors = 0, warnings = 0, others = 0;
  [[nodiscard]] std::size_t all() const { return errors + warnings + others; }
  void add(Severity severity) {
    if (severity == Severity::error)
      ++errors;
    else if (severity == Severity::warning)
      ++warnings;
    else
      ++others;
  }
};

std::string_view rule_of(const Finding& finding) { return finding.rule; }
std::string_view file_of(const Finding& finding) { return finding.path; }
std::string_view folder_of(const Finding& finding) {
  const auto path = file_of(finding);
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "." : path.substr(0, slash);
}

/// The `top` names with the most errors, then warnings, then the rest.
std::string table(std::string_view title, const Report& report,
                  std::string_view (*name_of)(const Finding&), std::size_t top) {
  std::map<std::string_view, Tally> tallies;
  for (const auto& finding : report.findings)
    tallies[name_of(finding)].add(finding.severity);
  std::vector<std::pair<std::string_view, Tally>> order(tallies.begin(), tallies.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.errors, a.second.warnings, a.second.others) >
           std::tie(b.second.errors, b.second.warnings, b.second.others);
  });
  std::string text =
      fmt::format("\n{:<44} {:>8} {:>8} {:>8}\n", title, "errors", "warnings", "others");
  for (std::size_t i = 0; i < std::min(top, order.size()); ++i) {
    const auto& [name, tally] = order[i];
    text +=
        fmt::format("{:<44} {:>8} {:>8} {:>8}\n", visible(name, false), with_commas(tally.errors),
                    with_commas(tally.warnings), with_commas(tally.others));
  }
  if (order.size() > top) text += fmt::format("... and {} more (--top N)\n", order.size() - top);
  return text;
}

std::string totals(const Report& report, std::size_t top) {
  if (report.findings.empty()) return {};
  return table("rule", report, rule_of, top) + table("folder", report, folder_of, top) +
         table("file", report, file_of, top);
}

/// "since the last audit (a1b2c3d): 3 new, 12 gone, 80 still there".
std::string trend(const AuditPoint& earlier, const AuditPoint& now) {
  return fmt::format("\nsince the last audit ({}): {} new, {} gone, {} still there\n",
                     earlier.commit.empty() ? "work tree" : earlier.commit.substr(0, 7), now.added,
                     now.fixed, now.recurring);
}

Result<std::size_t> top_of(const Invocation& invocation) {
  if (!invocation.has("top")) return kTop;
  const auto text = invocation.value("top");
  std::size_t top = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), top);
  if (error != std::errc() || end != text.data() + text.size())
    return fail(ErrorKind::invalid_input,
                fmt::format("--top {}: this is no number", visible(text, false)));
  return top;
}

/// --since last: the commit of the last audit, or all files where there was none.
Result<void> find_last(Invocation& asked, const Session& session) {
  if (asked.value("since") != "last") return {};
  const auto config = load_config(asked, session, nullptr);
  if (!config) return fail(config.error());
  const auto commit =
      last_audited_commit(session.folder, asked.value("known-as"), *config, session);
  if (!commit) return fail(commit.error());
  asked.flags.erase("since");
  if (commit->empty())
    session.complain("--since last: this is the first audit here, so it is of everything");
  else
    asked.flags["since"] = {*commit};
  return {};
}

/// Adds the audit to the history; one of a part would only tell a wrong trend.
std::vector<AuditPoint> keep_history(Reviewed& reviewed, bool whole, const Session& session) {
  if (!whole) return {};
  auto audits = remember_audit(reviewed.report, reviewed.input, reviewed.config, session);
  if (audits) return *std::move(audits);
  reviewed.report.degraded.push_back("The history of audits could not be kept and read: " +
                                     audits.error().message);
  return {};
}

/// The folder asked about, from its repository's root; "" where it is that root, no folder, or in
/// no repository.
std::string part_of_repository(const Invocation& invocation, const Session& session) {
  if (invocation.args.size() != 1) return {};
  std::error_code error;
  const auto folder = std::filesystem::canonical(session.folder / invocation.args[0], error);
  if (error || !std::filesystem::is_directory(folder, error)) return {};
  const auto part =
      folder.lexically_relative(std::filesystem::weakly_canonical(work_tree_root(folder), error))
          .generic_string();
  return part == "." ? "" : part;
}

/// Says which part was audited. A folder that HEAD does not have would be a clean nothing.
Result<void> check_part(const std::string& part, const Invocation& asked, Reviewed& reviewed) {
  if (part.empty()) return {};
  auto& change = reviewed.report.change;
  if (change.files.empty() && !asked.has("since"))
    return fail(ErrorKind::not_found,
                fmt::format("{} has no files at HEAD; an audit is of what is committed, `peer "
                            "review PATH` of what stands on disk",
                            visible(part, false)));
  change.description += ", folder " + part;
  return {};
}

/// A folder that is called like an address is a folder.
bool names_address(const Invocation& invocation, const Session& session) {
  if (invocation.args.size() != 1 || !is_repository_url(invocation.args[0])) return false;
  std::error_code missing;
  return !std::filesystem::exists(session.folder / invocation.args[0], missing);
}

/// Points the session at the repository that is asked about, or at `part` of it, and gives what is
/// asked of it there.
Invocation enter(const Invocation& invocation, const std::string& part, Session& session) {
  Invocation asked = invocation;
  if (!asked.args.empty()) session.folder = session.folder / asked.args[0];
  asked.args.clear();
  if (part.empty()) return asked;
  std::error_code missing;
  session.folder = std::filesystem::canonical(session.folder, missing);
  asked.paths = {"."};
  return asked;
}

/// An audit of the repository in a folder, or of `part` of it.
int audit_folder(const Invocation& invocation, const std::string& part, Session& session) {
  auto asked = enter(invocation, part, session);
  std::error_code missing;
  if (!std::filesystem::is_directory(session.folder, missing)) {
    session.complain(fmt::format("{} is no folder", visible(session.folder.string(), false)));
    return kExitUsage;
  }
  if (auto found = find_last(asked, session); !found) return complain(found.error(), session);
  const auto top = top_of(asked);
  if (!top) return complain(top.error(), session);
  auto reviewed = run_review(asked, session, {.command = "audit", .whole_tree = true});
  if (!reviewed) return complain(reviewed.error(), session);
  if (auto sound = check_part(part, asked, *reviewed); !sound)
    return complain(sound.error(), session);
  const auto audits =
      keep_history(*reviewed, reviewed->report.change.whole_files && part.empty(), session);
  const int code = write_reports(*reviewed, asked, session, audits);
  if (!asked.has("format") && !asked.has("quiet")) {
    session.out(totals(reviewed->report, *top));
    if (audits.size() > 1 && audits.back().compared)
      session.out(trend(audits.end()[-2], audits.back()));
  }
  return tell_github(code, reviewed->report, asked, session);
}

int audit(const Invocation& invocation, Session& session) {
  const auto part =
      invocation.has("repos") ? std::string() : part_of_repository(invocation, session);
  if (invocation.has("open-issue") && (invocation.has("since") || !part.empty())) {
    session.complain(fmt::format("--open-issue is about an audit of everything, {} about a part",
                                 part.empty() ? "--since" : visible(part, false)));
    return kExitUsage;
  }
  if (invocation.has("repos")) return audit_many(invocation, session);
  if (invocation.has("open-issue")) return audit_with_issue(invocation, session);
  if (names_address(invocation, session)) return audit_address(invocation, session);
  for (const auto* flag : {"report-dir", "time-limit"})
    if (invocation.has(flag)) {
      session.complain(fmt::format("--{} goes with --repos", flag));
      return kExitUsage;
    }
  return audit_folder(invocation, part, session);
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"trust-owner", "exclude",      "generated",      "vendored",   "rules",
     "only-rules",  "off",          "error",          "warning",    "info",
     "hint",        "min-severity", "min-confidence", "baseline",   "no-baseline",
     "import",      "format",       "fail-on",        "no-cache",   "full",
     "jobs",        "isolate",      "offline",        "top",        "since",
     "repos",       "known-as",     "report-dir",     "time-limit", "open-issue",
     "publish",     "dry-run",      "publish-name"});

constexpr std::string_view kDetails =
    "Findings that the baseline holds do not count. The history of audits says what is\n"
    "new since the last one; in the HTML report it is a curve and a table.\n"
    "\n"
    "FOLDER is a repository, or a folder of one: then only that part is examined, and the\n"
    "audit is not added to the history.\n"
    "\n"
    "With --since only what changed since then is examined, and only what that change\n"
    "brought is reported: since a day (UTC), a revision, or the last audit of everything.\n"
    "Such an audit is not added to the history.\n"
    "\n"
    "With --repos FILE many repositories are audited, --jobs N at a time, each in a process\n"
    "of its own that never sees a token of a forge: what goes wrong with one stands in its\n"
    "row. FILE has a path or an address (https, ssh, file) per line; addresses are cloned\n"
    "bare for the time of the audit, with the token of the job's own forge if they are on\n"
    "it. The formats are then terminal, json, markdown and html; --report-dir keeps the\n"
    "report of each. The exit code is that of the worst.\n"
    "\n"
    "With --open-issue one issue in the repository says what the audit found: it is opened,\n"
    "kept up to date and, when nothing is left, closed; one that a person closed stays so\n"
    "until something else is found. It takes a token that may write issues; the process\n"
    "that reads the repository never sees it. With --repos it goes for every address on the\n"
    "forge of the job (or of --publish).\n"
    "\n"
    "  peer audit\n"
    "  peer audit src/server\n"
    "  peer audit ../other --format sarif=audit.sarif --fail-on never\n"
    "  peer audit --since 2026-11-01\n"
    "  peer audit --since last\n"
    "  peer audit https://github.com/owner/name.git\n"
    "  peer audit --repos repos.txt -j 4 -f html=overview.html --report-dir audits\n"
    "  peer audit --open-issue --publish github";

}  // namespace

std::span<const Command> commands_audit() {
  static const std::array kCommands{
      Command{.name = "audit",
              .alias = {},
              .arguments = "[FOLDER|URL]",
              .summary =
                  "Examine every file at HEAD: findings, totals per rule and folder, worst files.",
              .details = kDetails,
              .flags = kFlags,
              .run = audit},
  };
  return kCommands;
}

}  // namespace peer
