#include "bot/rules/test_rules.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <map>

#include "analyzers/fix/unified.hpp"
#include "analyzers/rules/testing/rule_test.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "bot/git/walk.hpp"
#include "bot/rules/find_rules.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using rules::CaseResult;
using rules::Outcome;

/// Why the tests could not be run, as an exit code; the words were said.
struct Stopped {
  int code;
};
template <class T>
using OrStopped = tl::expected<T, Stopped>;

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;  // of a file of tests or snapshots

tl::unexpected<Stopped> stop(const Session& session, int code, const std::string& words) {
  session.complain(words);
  return tl::unexpected(Stopped{code});
}

/// What the test folders hold.
struct Harness {
  std::vector<rules::RuleTest> tests;
  std::map<std::string, rules::Snapshots> snapshots;  ///< by rule
  std::map<std::string, fs::path> snapshot_folders;   ///< by rule
};

/// The project file at or above `start`.
std::optional<fs::path> find_project(const fs::path& start) {
  std::error_code error;
  if (fs::is_regular_file(start, error)) return start;
  for (auto at = start.lexically_normal();; at = at.parent_path()) {
    if (fs::is_regular_file(at / kProjectFile, error)) return at / kProjectFile;
    if (!at.has_relative_path()) return std::nullopt;
  }
}

OrStopped<std::string> text_of(const fs::path& path, const Session& session) {
  auto text = read_file(path, kMostBytes);
  if (!text) return stop(session, kRuleFilesUnreadable, text.error().message);
  return std::move(*text);
}

bool is_yaml(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }

OrStopped<void> read_test_file(const fs::path& path, const fs::path& snapshots, bool is_snapshot,
                               Harness& harness, const Session& session) {
  const auto text = text_of(path, session);
  if (!text) return tl::unexpected(text.error());
  const auto invalid = [&](const Error& error) {
    return stop(session, kRuleFilesInvalid, fmt::format("{}: {}", path.string(), error.message));
  };
  if (is_snapshot) {
    auto parsed = rules::parse_snapshots(*text);
    if (!parsed) return invalid(parsed.error());
    const auto id = parsed->id;
    harness.snapshots.insert_or_assign(id, std::move(*parsed));
    return {};
  }
  auto parsed = rules::parse_rule_tests(*text);
  if (!parsed) return invalid(parsed.error());
  for (auto& test : *parsed) {
    harness.snapshot_folders[test.id] = snapshots;
    harness.tests.push_back(std::move(test));
  }
  return {};
}

OrStopped<void> read_test_folder(const fs::path& folder, const std::string& snapshot_dir,
                                 Harness& harness, const Session& session) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return stop(session, kRuleFilesUnreadable,
                fmt::format("there is no folder {}", folder.string()));
  auto walked = walk(DiskRoot(folder), "", {});
  if (!walked) return stop(session, kRuleFilesUnreadable, walked.error().message);
  if (!walked->unseen.empty())
    return stop(session, kRuleFilesUnreadable, walked->unseen.front().why.message);
  for (const auto& path : paths_of(std::move(*walked))) {
    if (!is_yaml(path)) continue;
    const bool is_snapshot = path.starts_with(snapshot_dir + "/");
    if (auto read =
            read_test_file(folder / path, folder / snapshot_dir, is_snapshot, harness, session);
        !read)
      return read;
  }
  return {};
}

struct Project {
  std::shared_ptr<const rules::RuleBook> book;
  Harness harness;
};

OrStopped<Project> open_project(const Invocation& invocation, const Session& session) {
  const auto start = invocation.args.empty() ? session.folder : session.folder / invocation.args[0];
  const auto file = find_project(start);
  if (!file)
    return stop(session, kNoRuleProject,
                "no sgconfig.yml is here or above; name a project: peer rules test FOLDER");
  const auto location = read_rule_location(*file, file->string());
  if (!location) return stop(session, kRuleFilesInvalid, location.error().message);
  RuleSources sources{location->files, false, {}, {}};
  if (invocation.has("include-off")) sources.severities.push_back({"", false, Severity::hint});
  auto loaded = load_rules(sources);
  bool good = true;
  for (const auto& problem : loaded.problems) {
    session.complain(sentence_of(problem));
    good = good && problem.level != rules::Problem::Level::error;
  }
  if (!good) return tl::unexpected(Stopped{kRuleFilesInvalid});
  Project project{std::move(loaded.book), {}};
  auto folders = location->tests;
  if (invocation.has("test-dir"))
    folders = {{(session.folder / invocation.value("test-dir")).string(), "__snapshots__"}};
  for (auto& folder : folders) {
    if (invocation.has("snapshot-dir")) folder.snapshots = invocation.value("snapshot-dir");
    if (auto read = read_test_folder(location->folder / folder.tests, folder.snapshots,
                                     project.harness, session);
        !read)
      return tl::unexpected(read.error());
  }
  return project;
}

std::string indented(std::string_view text) {
  std::string out;
  for (const auto line : split_lines(text))
    out += fmt::format("  {}\n", visible(line));
  return out;
}

char letter_of(const CaseResult& result, bool updated) {
  switch (result.outcome) {
    case Outcome::validated:
    case Outcome::reported:
      return '.';
    case Outcome::noisy:
      return 'N';
    case Outcome::missing:
      return 'M';
    case Outcome::wrong:
      return updated ? 'U' : 'W';
  }
  return '?';
}

std::string wrong_details(const std::string& id, const CaseResult& result) {
  const auto actual = result.actual ? rules::write_snapshot(*result.actual) : "";
  auto text = result.expected
                  ? fmt::format("[Wrong] {} snapshot is different from baseline.\nDiff:\n{}", id,
                                unified_hunks(rules::write_snapshot(*result.expected), actual))
                  : fmt::format("[Wrong] No {} baseline found.\nGenerated Snapshot:\n{}", id,
                                indented(actual));
  return text + fmt::format("For Code:\n{}\n", indented(result.code));
}

std::string details_of(const std::string& id, const CaseResult& result, bool update) {
  switch (result.outcome) {
    case Outcome::validated:
    case Outcome::reported:
      return {};
    case Outcome::noisy:
      return fmt::format("[Noisy] Expect {} to report no issue, but some issues found in:\n\n{}\n",
                         id, indented(result.code));
    case Outcome::missing:
      return fmt::format("[Missing] Expect rule {} to report issues, but none found in:\n\n{}\n",
                         id, indented(result.code));
    case Outcome::wrong:
      if (update)
        return fmt::format("[Updated] Rule {}'s snapshot baseline has been updated.\n\n{}\n", id,
                           indented(result.code));
      return wrong_details(id, result);
  }
  return {};
}

/// The snapshots with those of `results` that are new or differ.
OrStopped<void> write_updated(const std::string& id, const std::vector<CaseResult>& results,
                              Harness& harness, const Session& session) {
  auto& snapshots = harness.snapshots[id];
  snapshots.id = id;
  for (const auto& result : results)
    if (result.outcome == Outcome::wrong && result.actual)
      snapshots.by_code[result.code] = *result.actual;
  const auto& folder = harness.snapshot_folders[id];
  std::error_code error;
  fs::create_directories(folder, error);
  std::ofstream out(folder / (id + "-snapshot.yml"), std::ios::binary | std::ios::trunc);
  out << rules::write_snapshots(snapshots);
  if (!out.flush())
    return stop(session, kRuleFilesUnreadable,
                fmt::format("{} cannot be written", (folder / id).string()));
  return {};
}

/// A rule's id may be any text; a file name must not lead elsewhere.
bool is_file_name(std::string_view id) {
  return !id.empty() && id.find('/') == std::string_view::npos &&
         id.find('\0') == std::string_view::npos;
}

struct Tally {
  std::size_t passed = 0, failed = 0;
  std::string summaries;
};

bool is_pass(const CaseResult& result, bool update) {
  return result.outcome == Outcome::validated || result.outcome == Outcome::reported ||
         (update && result.outcome == Outcome::wrong);
}

OrStopped<void> run_one(const rules::RuleTest& test, Project& project, const Invocation& invocation,
                        Tally& tally, Session& session) {
  const auto* rule = project.book->set().find(test.id);
  if (rule == nullptr || !rule->severity) {
    session.out(fmt::format("Configuration not found! {}\n", visible(test.id, false)));
    return {};
  }
  const bool update = invocation.has("update");
  const auto found = project.harness.snapshots.find(test.id);
  static const rules::Snapshots kNone;
  const auto* snapshots = invocation.has("skip-snapshot-tests")      ? nullptr
                          : found == project.harness.snapshots.end() ? &kNone
                                                                     : &found->second;
  const auto results = rules::run_test(*project.book, *rule, test, snapshots);
  const auto id = visible(test.id, false);
  std::string letters;
  for (const auto& result : results) {
    session.out(details_of(id, result, update));
    letters += letter_of(result, update);
  }
  const bool passed = std::all_of(results.begin(), results.end(),
                                  [&](const CaseResult& r) { return is_pass(r, update); });
  ++(passed ? tally.passed : tally.failed);
  tally.summaries += fmt::format("{} {}  {}\n",
                                 results.empty() ? "SKIP"
                                 : passed        ? "PASS"
                                                 : "FAIL",
                                 id, letters);
  if (update && is_file_name(test.id) && letters.find('U') != std::string::npos)
    return write_updated(test.id, results, project.harness, session);
  return {};
}

}  // namespace

int test_rules(const Invocation& invocation, Session& session) {
  auto project = open_project(invocation, session);
  if (!project) return project.error().code;
  const auto only = invocation.values("rule");
  auto& tests = project->harness.tests;
  std::erase_if(tests, [&](const auto& test) {
    return !only.empty() && std::find(only.begin(), only.end(), test.id) == only.end();
  });
  session.out(
      fmt::format("Running {} tests\n\n----------- Case Details -----------\n", tests.size()));
  Tally tally;
  const auto cases = tests;
  for (const auto& test : cases)
    if (const auto done = run_one(test, *project, invocation, tally, session); !done)
      return done.error().code;
  session.out(tally.summaries);
  session.out(fmt::format("\ntest result: {}. {} passed; {} failed;\n",
                          tally.failed == 0 ? "ok" : "failed", tally.passed, tally.failed));
  return tally.failed == 0 ? kExitClean : kRuleTestsFailed;
}

}  // namespace peer
