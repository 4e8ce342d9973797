// peer baseline create, peer baseline update: what is known does not count from now on.
#include "analyzers/rules/baseline.hpp"

#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <optional>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"

namespace peer {
namespace {

/// Everything found in the whole tree, silenced by the old baseline or not.
std::vector<Finding> all_findings(const Report& report) {
  auto findings = report.findings;
  findings.insert(findings.end(), report.suppressed.begin(), report.suppressed.end());
  return findings;
}

/// The first part of `path` below `root` that is a symbolic link.
std::optional<std::filesystem::path> link_on_the_way(const std::filesystem::path& root,
                                                     const std::filesystem::path& path) {
  auto at = root;
  for (const auto& part : path) {
    at /= part;
    std::error_code error;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(at, error))) return at;
  }
  return std::nullopt;
}

int write_baseline_file(const std::filesystem::path& path, const std::string& name,
                        const Baseline& baseline, Session& session) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  const auto temporary = path.string() + ".new";
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out << write_baseline(baseline);
  if (out.flush()) std::filesystem::rename(temporary, path, error);
  if (!out || error) {
    std::filesystem::remove(temporary, error);
    session.complain(fmt::format("{} cannot be written", path.string()));
    return kExitUsage;
  }
  std::uint64_t count = 0;
  for (const auto& entry : baseline.entries)
    count += entry.count;
  session.out(fmt::format("wrote {} with {}; commit it, and only new findings count\n", name,
                          count_of(count, "finding")));
  return kExitClean;
}

int write(const Invocation& invocation, Session& session, bool update) {
  const auto reviewed = run_review(invocation, session,
                                   {.command = "baseline", .whole_tree = true, .remember = false});
  if (!reviewed) return complain(reviewed.error(), session);
  const auto path = reviewed->input.root / reviewed->config.baseline;
  if (const auto link = link_on_the_way(reviewed->input.root, reviewed->config.baseline)) {
    session.complain(
        fmt::format("{} is a symbolic link, which is not written through", link->string()));
    return kExitUsage;
  }
  const bool exists = std::filesystem::exists(path);
  if (!update && exists && !invocation.has("force")) {
    session.complain(
        fmt::format("{} exists; `peer baseline update` renews it, --force makes it anew",
                    reviewed->config.baseline));
    return kExitUsage;
  }
  if (!reviewed->report.complete)
    session.complain("some files could not be examined; their findings are not in the baseline");
  return write_baseline_file(path, reviewed->config.baseline,
                             make_baseline(all_findings(reviewed->report)), session);
}

int create(const Invocation& invocation, Session& session) {
  // made anew: what an old baseline holds counts like everything else
  Invocation fresh = invocation;
  fresh.flags["no-baseline"] = {""};
  return write(fresh, session, false);
}

int update(const Invocation& invocation, Session& session) {
  return write(invocation, session, true);
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"baseline", "force", "trust-owner", "exclude", "off", "jobs", "isolate"});

}  // namespace

std::span<const Command> commands_baseline() {
  static const std::array kCommands{
      Command{.name = "baseline create",
              .alias = {},
              .arguments = {},
              .summary = "Set aside all findings at HEAD: only new ones count from then on.",
              .details = "Writes .peer/baseline.json, to be committed. Findings are known by "
                         "fingerprint:\nthey stay known when code moves.",
              .flags = kFlags,
              .run = create},
      Command{.name = "baseline update",
              .alias = {},
              .arguments = {},
              .summary = "Renew the baseline: drop what is fixed, add what is new.",
              .details = {},
              .flags = kFlags,
              .run = update},
  };
  return kCommands;
}

}  // namespace peer
