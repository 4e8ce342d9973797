#include "bot/audits/clone_apart.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/http.hpp"
#include "base/text.hpp"
#include "bot/audits/apart.hpp"
#include "bot/interrupt.hpp"
#include "bot/publishing/halves.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostInput = 65'536;

std::string read_input() {
  std::string text;
  std::array<char, 4096> piece{};
  while (text.size() < kMostInput) {
    const auto got = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return text;
}

/// The first of the variables that is set.
std::string first_set(const Environment& environment,
                      std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (auto value = environment(name); value && !value->empty()) return *std::move(value);
  return {};
}

bool same_server(const std::string& url, const std::string& server) {
  const auto one = parse_url(url), other = parse_url(server);
  return one && other && one->origin == other->origin && one->origin.scheme == "https";
}

}  // namespace

int serve_clone(const std::string& folder) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  hide_this_process();
  const auto input = read_input();
  const auto lines = split(input, '\n');
  if (lines.size() < 4) return kExitUsage;
  Interrupts interrupts;
  const CloneAccess access{std::string(lines[1]), std::string(lines[2]), std::string(lines[3])};
  const auto done = clone_bare(std::string(lines[0]), folder, access, interrupts.token());
  if (done) return kExitClean;
  const auto line = "peer: " + done.error().message + " [" + done.error().code + "]\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
  return done.error().kind == ErrorKind::refused ? kExitUsage : kExitIncomplete;
}

Result<std::unique_ptr<PrivateFolder>> PrivateFolder::make() {
  std::error_code error;
  auto name = (std::filesystem::temp_directory_path(error) / "peer-audit-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr)
    return fail(ErrorKind::unavailable, "no temporary folder can be made");
  return std::make_unique<PrivateFolder>(name);
}

PrivateFolder::~PrivateFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

CloneAccess access_for(const std::string& url, const Environment& environment) {
  auto github = first_set(environment, {"GITHUB_SERVER_URL"}),
       gitlab = first_set(environment, {"CI_SERVER_URL"});
  if (github.empty()) github = "https://github.com";
  if (gitlab.empty()) gitlab = "https://gitlab.com";
  const bool on_gitlab = same_server(url, gitlab);
  CloneAccess access;
  access.ca_file = first_set(environment, {"GIT_SSL_CAINFO"});
  if (access.ca_file.empty() && on_gitlab)
    access.ca_file = first_set(environment, {"CI_SERVER_TLS_CA_FILE"});
  if (access.ca_file.empty()) access.ca_file = first_set(environment, {"SSL_CERT_FILE"});
  if (without_credentials(url) != url) return access;  // it brings its own
  const auto take = [&](const char* user, std::initializer_list<std::string_view> variables) {
    if (!access.secret.empty()) return;
    access.secret = first_set(environment, variables);
    if (!access.secret.empty()) access.user = user;
  };
  if (same_server(url, github))
    take("x-access-token", {"PEER_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"});
  if (on_gitlab) {
    take("oauth2", {"PEER_GITLAB_TOKEN", "GITLAB_TOKEN"});
    take("gitlab-ci-token", {"CI_JOB_TOKEN"});
  }
  return access;
}

Result<void> clone_apart(const std::string& url, const std::filesystem::path& folder,
                         const Session& session, std::chrono::seconds longest) {
  const auto access = access_for(url, session.environment);
  for (const auto* part : {&url, &access.user, &access.secret, &access.ca_file})
    if (part->find('\n') != std::string::npos)
      return fail(ErrorKind::invalid_input, "an address, a token or a file name of several lines");
  ApartJob job;
  job.words = {std::string(kCloneWord), folder.string()};
  job.environment =
      reader_environment(session.variables ? session.variables() : std::vector<std::string>{});
  job.folder = folder.parent_path();
  job.input = fmt::format("{}\n{}\n{}\n{}\n", url, access.user, access.secret, access.ca_file);
  job.longest = longest;
  const auto ended = run_apart(job, session.stop);
  if (ended.exit_code == 0) return {};
  const auto words = last_complaint(ended.said);
  const auto kind = ended.exit_code == kExitUsage ? ErrorKind::refused : ErrorKind::unavailable;
  return fail(kind, !words.empty()
                        ? words
                        : without_credentials(url) + " cannot be cloned: " + ended.trouble);
}

}  // namespace peer
