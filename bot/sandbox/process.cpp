#include "bot/sandbox/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace peer {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  for (const auto& word : words)
    out.push_back(const_cast<char*>(word.c_str()));  // exec never writes to them
  out.push_back(nullptr);
  return out;
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{ends[0], ends[1]};
}

void close_both(const Pipe& pipe) {
  close(pipe.read_end);
  close(pipe.write_end);
}

/// posix_spawn's two parameter objects, released together.
struct SpawnSetup {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  SpawnSetup() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
};

void describe(SpawnSetup& setup, const ProcessOptions& options, const Pipe& input,
              const Pipe& output) {
  posix_spawn_file_actions_adddup2(&setup.actions, input.read_end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&setup.actions, output.write_end, STDOUT_FILENO);
  if (options.take_errors)
    posix_spawn_file_actions_adddup2(&setup.actions, output.write_end, STDERR_FILENO);
  if (!options.folder.empty())
    posix_spawn_file_actions_addchdir_np(&setup.actions, options.folder.c_str());
  // what our own parent left open (a log of the CI, a lock) is nobody's business below us
  posix_spawn_file_actions_addclosefrom_np(&setup.actions, STDERR_FILENO + 1);
  // our blocked signals and ignored SIGPIPE are not the child's
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&setup.attributes, &none);
  posix_spawnattr_setsigdefault(&setup.attributes, &all);
  posix_spawnattr_setpgroup(&setup.attributes, 0);
  posix_spawnattr_setflags(&setup.attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/// Waits until `descriptor` is ready for `events`; false at the deadline.
bool wait_ready(int descriptor, short events, Clock::time_point deadline) {
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left < 0) return false;
    pollfd entry{descriptor, events, 0};
    const int ready = poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left + 1, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

}  // namespace

Result<Process> Process::start(const ProcessOptions& options) {
  const auto input = make_pipe();
  if (!input) return fail(ErrorKind::unavailable, fmt::format("no pipe: {}", std::strerror(errno)));
  const auto output = make_pipe();
  if (!output) {
    close_both(*input);
    return fail(ErrorKind::unavailable, fmt::format("no pipe: {}", std::strerror(errno)));
  }
  SpawnSetup setup;
  describe(setup, options, *input, *output);
  auto arguments = pointers(options.command);
  auto environment = pointers(options.environment);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, arguments[0], &setup.actions, &setup.attributes,
                                 arguments.data(), environment.data());
  close(input->read_end);
  close(output->write_end);
  if (error != 0) {
    close(input->write_end);
    close(output->read_end);
    return fail(ErrorKind::unavailable,
                fmt::format("{} cannot be started: {}", options.command[0], std::strerror(error)));
  }
  fcntl(input->write_end, F_SETFL, O_NONBLOCK);
  return Process(pid, input->write_end, output->read_end);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      input_(std::exchange(other.input_, -1)),
      output_(std::exchange(other.output_, -1)) {}

Process& Process::operator=(Process&& other) noexcept {
  if (this != &other) {
    reset();
    pid_ = std::exchange(other.pid_, -1);
    input_ = std::exchange(other.input_, -1);
    output_ = std::exchange(other.output_, -1);
  }
  return *this;
}

Process::~Process() { reset(); }

void Process::reset() {
  close_input();
  if (output_ >= 0) close(std::exchange(output_, -1));
  if (pid_ < 0) return;
  kill();
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

bool Process::write(std::string_view bytes, Clock::time_point deadline) const {
  while (!bytes.empty()) {
    if (!wait_ready(input_, POLLOUT, deadline)) return false;
    const auto written = ::write(input_, bytes.data(), bytes.size());
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::size_t> Process::read(std::string& out, std::size_t most,
                                         Clock::time_point deadline) const {
  for (;;) {
    if (!wait_ready(output_, POLLIN, deadline)) return std::nullopt;
    std::array<char, 65'536> buffer{};
    const auto got = ::read(output_, buffer.data(), std::min(most, buffer.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return 0;
    out.append(buffer.data(), static_cast<std::size_t>(got));
    return static_cast<std::size_t>(got);
  }
}

void Process::close_input() {
  if (input_ >= 0) close(std::exchange(input_, -1));
}

std::optional<ProcessEnd> Process::wait(Clock::time_point deadline) {
  for (;;) {
    int status = 0;
    const auto done = waitpid(pid_, &status, WNOHANG);
    if (done == pid_) {
      ::kill(-pid_, SIGKILL);  // what it left behind in its group
      pid_ = -1;
      if (WIFEXITED(status)) return ProcessEnd{WEXITSTATUS(status), 0};
      return ProcessEnd{-1, WTERMSIG(status)};
    }
    if (Clock::now() >= deadline) return std::nullopt;
    constexpr timespec kMoment{0, 1'000'000};
    nanosleep(&kMoment, nullptr);
  }
}

void Process::kill() const {
  if (pid_ < 0) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
}

Error become(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
  auto arguments = pointers(command);
  auto variables = pointers(environment);
  execvpe(arguments[0], arguments.data(), variables.data());
  return {ErrorKind::unavailable,
          fmt::format("{} cannot be started: {}", command[0], std::strerror(errno)),
          {}};
}

Result<std::filesystem::path> own_program() {
  std::error_code error;
  auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error)
    return fail(ErrorKind::unavailable,
                "this program's own file cannot be found (is /proc mounted?)");
  return path;
}

}  // namespace peer
