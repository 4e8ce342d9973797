#include "bot/publishing/halves.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <sys/prctl.h>

#include "base/sanitizers.hpp"
#include "bot/sandbox/process.hpp"
#include "reporters/forges/secret_scan.hpp"
#include "reporters/forges/userinfo.hpp"

namespace peer {
namespace {

constexpr auto kLongest = std::chrono::hours(6);  // of a job
constexpr std::size_t kPiece = 65'536;

std::string_view name_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

bool starts_with_any(std::string_view name, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return name.starts_with(each); });
}

/// What a process needs to find its way to a server, and a job to say where it runs.
bool writer_needs(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"CI", "PATH", "LANG", "LC_ALL", "TZ", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy",
       "SSL_CERT_FILE", "SSL_CERT_DIR", "GITLAB_CI", "PEER_GITHUB_APP_ID",
       "PEER_GITHUB_APP_INSTALLATION_ID", "GITLAB_USER_ID", "GITLAB_USER_LOGIN"});
  if (is_forge_secret(name)) return true;
  if (looks_secret(name)) return false;
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         starts_with_any(name, {"GITHUB_", "CI_MERGE_REQUEST_", "CI_PROJECT_", "CI_SERVER_",
                                "CI_API_", "CI_COMMIT_", "CI_PIPELINE_", "CI_JOB_"});
}

}  // namespace

std::vector<std::string> reader_environment(const std::vector<std::string>& all) {
  std::vector<std::string> kept;
  for (const auto& entry : all)
    if (!is_forge_secret(name_of(entry))) kept.push_back(entry);
  return kept;
}

std::vector<std::string> writer_environment(const std::vector<std::string>& all) {
  std::vector<std::string> kept;
  for (const auto& entry : all)
    if (writer_needs(name_of(entry))) kept.push_back(entry);
  return kept;
}

std::vector<std::string> secret_values(const std::vector<std::string>& all, std::size_t least) {
  std::vector<std::string> values;
  for (const auto& entry : all) {
    const auto name = name_of(entry);
    if (name.size() == entry.size()) continue;
    auto value = entry.substr(name.size() + 1);
    auto passwords = passwords_in(name, value, least);
    std::move(passwords.begin(), passwords.end(), std::back_inserter(values));
    if (looks_secret(name) && value.size() >= least) values.push_back(std::move(value));
  }
  return values;
}

Result<int> run_half(const std::vector<std::string>& words, std::vector<std::string> environment,
                     const std::filesystem::path& folder, const Session& session) {
  const auto program = own_program();
  if (!program) return fail(program.error());
  ProcessOptions options;
  options.command = {program->string()};
  options.command.insert(options.command.end(), words.begin(), words.end());
  options.environment = std::move(environment);
  options.folder = folder;
  options.take_errors = false;
  auto process = Process::start(options);
  if (!process) return fail(process.error());
  process->close_input();
  const auto end = std::chrono::steady_clock::now() + kLongest;
  for (;;) {
    std::string out;
    const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
    const auto got = process->read(out, kPiece, std::min(soon, end));
    if (session.stop.stop_requested()) return fail(ErrorKind::unavailable, "stopped");
    if (got && *got == 0) break;
    session.out(out);
    if (std::chrono::steady_clock::now() >= end)
      return fail(ErrorKind::timeout, "this took over six hours");
  }
  const auto ended = process->wait(end);
  if (!ended || ended->exit_code < 0)
    return fail(ErrorKind::internal, "a half of peer ci was ended by a signal");
  return ended->exit_code;
}

std::vector<std::string> take_secrets(Session& session) {
  hide_this_process();
  auto all = session.variables ? session.variables() : std::vector<std::string>{};
  if (session.wipe) session.wipe(is_forge_secret);
  session.variables = [all] { return all; };
  session.environment = [all](std::string_view name) -> std::optional<std::string> {
    for (const auto& entry : all)
      if (name_of(entry) == name && name.size() < entry.size())
        return entry.substr(name.size() + 1);
    return std::nullopt;
  };
  return all;
}

void hide_this_process() {
  if (!is_sanitized()) prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace peer
