#include "bot/sandbox/sandboxed_check.hpp"

#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <memory>

#include "bot/interrupt.hpp"
#include "bot/sandbox/confine.hpp"
#include "bot/sandbox/copy_tree.hpp"
#include "bot/sandbox/jail.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kStopEvery = std::chrono::milliseconds(20);  // how often a stop is looked for
constexpr std::size_t kKeptOutput = std::size_t{64} << 10U;

/// A scratch folder that goes with all it holds.
class Scratch {
 public:
  static Result<std::unique_ptr<Scratch>> make() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "peer-check-XXXXXX").string();
    if (error || mkdtemp(name.data()) == nullptr)
      return fail(ErrorKind::unavailable, "no scratch folder can be made for the check");
    return std::unique_ptr<Scratch>(new Scratch(name));
  }
  ~Scratch() {
    const HoldInterrupt hold;  // an interrupted run leaves nothing behind
    std::error_code error;
    // overlayfs leaves a folder without rights
    fs::permissions(path_ / "work" / "work", fs::perms::owner_all, error);
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] fs::path folder(std::string_view name) const {
    std::error_code error;
    fs::create_directories(path_ / name, error);
    return path_ / name;
  }

 private:
  explicit Scratch(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

Result<void> write_all(const fs::path& root, std::span<const FileContent> files) {
  for (const auto& file : files) {
    std::error_code error;
    fs::create_directories((root / file.path).parent_path(), error);
    std::ofstream out(root / file.path, std::ios::binary | std::ios::trunc);
    out << file.bytes;
    if (!out.flush())
      return fail(ErrorKind::unavailable,
                  fmt::format("{} cannot be written into the scratch copy", file.path));
  }
  return {};
}

/// Modes of the fixed files, which the overlay's upper folder must repeat.
void keep_modes(const fs::path& from, const fs::path& to, std::span<const FileContent> files) {
  std::error_code error;
  for (const auto& file : files)
    fs::permissions(to / file.path, fs::status(from / file.path, error).permissions(), error);
}

std::string program_on_path(std::string_view name, const Environment& environment) {
  std::string_view path;
  const auto value = environment("PATH").value_or("/usr/bin:/bin");
  path = value;
  while (!path.empty()) {
    const auto folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    std::error_code error;
    const auto candidate = fs::path(folder) / name;
    if (folder.starts_with('/') && fs::is_regular_file(candidate, error)) return candidate.string();
  }
  return {};
}

/// What a build needs to find its tools, and nothing that could be a secret.
std::vector<std::string> quiet_environment(const Environment& environment, const fs::path& home) {
  std::vector<std::string> variables{"HOME=" + home.string(), "TMPDIR=/tmp", "PEER_CHECK=1"};
  for (const std::string_view name :
       {"PATH",        "LANG",        "LC_ALL",  "LC_CTYPE",  "TZ",          "TERM",
        "USER",        "LOGNAME",     "SHELL",   "CI",        "JAVA_HOME",   "MAVEN_HOME",
        "GRADLE_HOME", "GOROOT",      "GOPATH",  "GOFLAGS",   "RUSTUP_HOME", "CARGO_HOME",
        "PYENV_ROOT",  "VIRTUAL_ENV", "NVM_DIR", "NODE_PATH", "CC",          "CXX"})
    if (const auto value = environment(name))
      variables.push_back(fmt::format("{}={}", name, *value));
  return variables;
}

std::vector<std::string> bwrap_words(const std::string& bwrap, const fs::path& tree,
                                     const fs::path& shown_at, const fs::path& home,
                                     const SandboxedCheck& check) {
  std::vector<std::string> words{bwrap,
                                 "--unshare-all",
                                 "--die-with-parent",
                                 "--new-session",
                                 "--ro-bind",
                                 "/",
                                 "/",
                                 "--dev",
                                 "/dev",
                                 "--proc",
                                 "/proc",
                                 "--tmpfs",
                                 "/tmp"};
  // the scratch folders may lie below /tmp, which is new and empty inside
  for (const auto& [from, to] : {std::pair{home, home}, std::pair{tree, shown_at}}) {
    words.insert(words.end(), {"--bind", from.string(), to.string()});
  }
  for (const auto& path : check.writable)
    words.insert(words.end(), {"--bind", path.string(), path.string()});
  words.insert(words.end(), {"--chdir", shown_at.string(), "--", "/bin/sh", "-c", check.command});
  return words;
}

Result<CheckOutcome> supervise(const ProcessOptions& options, const SandboxedCheck& check) {
  auto process = Process::start(options);
  if (!process) return fail(process.error());
  process->close_input();
  CheckOutcome outcome;
  const auto deadline = SteadyClock::now() + check.patience;
  while (SteadyClock::now() < deadline) {
    if (check.stop.stop_requested())
      return fail(ErrorKind::unavailable, "stopped; nothing was written");
    const auto got =
        process->read(outcome.output, 65'536, std::min(deadline, SteadyClock::now() + kStopEvery));
    if (outcome.output.size() > 2 * kKeptOutput)
      outcome.output.erase(0, outcome.output.size() - kKeptOutput);
    if (got && *got == 0) break;
  }
  if (outcome.output.size() > kKeptOutput)
    outcome.output.erase(0, outcome.output.size() - kKeptOutput);
  const auto end =
      process->wait(std::max(deadline, SteadyClock::now() + std::chrono::milliseconds(200)));
  constexpr int kNotReached = 125;
  if (!end) {
    outcome.detail = fmt::format("killed after {} s", check.patience.count());
  } else if (end->exit_code == kNotReached) {
    return fail(ErrorKind::refused, "the sandbox could not be set up: " + outcome.output);
  } else {
    outcome.passed = end->exit_code == 0;
    outcome.detail = end->signal != 0 ? fmt::format("signal {}", end->signal)
                                      : fmt::format("exit code {}", end->exit_code);
  }
  return outcome;
}

/// A work tree as it would be with some of its files fixed.
struct FixedTree {
  const fs::path& work_tree;
  std::span<const FileContent> fixed;
};

Result<ProcessOptions> prepare(const SandboxedCheck& check, const FixedTree& checked,
                               const Environment& environment, SandboxKind sandbox,
                               const Scratch& scratch) {
  const auto& [work_tree, fixed] = checked;
  const auto self = check.jailer.empty() ? own_program() : Result<fs::path>(check.jailer);
  if (!self) return fail(self.error());
  ProcessOptions options;
  const auto home = scratch.folder("home");
  options.environment = quiet_environment(environment, home);
  options.folder = "/";
  std::vector<std::string> words;
  if (sandbox == SandboxKind::bwrap_overlay) {
    const Overlay overlay{work_tree, scratch.folder("upper"), scratch.folder("work"),
                          scratch.folder("tree")};
    if (auto done = write_all(overlay.upper, fixed); !done) return fail(done.error());
    keep_modes(work_tree, overlay.upper, fixed);
    words = overlay_jail(overlay, bwrap_words(program_on_path("bwrap", environment), overlay.merged,
                                              work_tree, home, check));
  } else {
    const auto tree = scratch.folder("tree");
    if (auto done = copy_tree(work_tree, tree, check.stop); !done) return fail(done.error());
    if (auto done = write_all(tree, fixed); !done) return fail(done.error());
    if (sandbox == SandboxKind::bwrap_copy) {
      options.command =
          bwrap_words(program_on_path("bwrap", environment), tree, work_tree, home, check);
      return options;
    }
    std::vector<fs::path> writable{tree, home, "/dev/null", "/dev/zero", "/dev/tty"};
    writable.insert(writable.end(), check.writable.begin(), check.writable.end());
    words = landlock_jail(writable, {"/bin/sh", "-c", check.command});
    options.folder = tree;
    options.environment.insert(options.environment.begin(), "TMPDIR=" + home.string());
  }
  options.command = {self->string()};
  options.command.insert(options.command.end(), words.begin(), words.end());
  return options;
}

bool works(SandboxKind kind, const Environment& environment, const fs::path& jailer) {
  const auto scratch = Scratch::make();
  if (!scratch) return false;
  const auto tree = (*scratch)->folder("probe");
  const auto outcome =
      run_in_sandbox({"true", {}, std::chrono::seconds(20), jailer}, tree, {}, environment, kind);
  return outcome && outcome->passed;
}

}  // namespace

SandboxKind available_sandbox(const Environment& environment, const fs::path& jailer) {
  if (!program_on_path("bwrap", environment).empty())
    for (const auto kind : {SandboxKind::bwrap_overlay, SandboxKind::bwrap_copy})
      if (works(kind, environment, jailer)) return kind;
  if (landlock_version() > 0 && works(SandboxKind::landlock, environment, jailer))
    return SandboxKind::landlock;
  return SandboxKind::none;
}

std::string_view to_string(SandboxKind kind) {
  constexpr std::array<std::string_view, 4> kWords{"bubblewrap over a copy-on-write view",
                                                   "bubblewrap over a copy",
                                                   "Landlock and seccomp in a copy", "none"};
  return kWords[static_cast<std::size_t>(kind)];
}

Result<CheckOutcome> run_in_sandbox(const SandboxedCheck& check, const fs::path& work_tree,
                                    std::span<const FileContent> fixed,
                                    const Environment& environment, SandboxKind sandbox) {
  if (sandbox == SandboxKind::none)
    return fail(ErrorKind::refused,
                "no sandbox works here, so the verify command was not run: install bubblewrap, or "
                "use a kernel with Landlock");
  auto scratch = Scratch::make();
  if (!scratch) return fail(scratch.error());
  auto options = prepare(check, {work_tree, fixed}, environment, sandbox, **scratch);
  if (!options) return fail(options.error());
  return supervise(*options, check);
}

}  // namespace peer
