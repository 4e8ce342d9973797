// The program: turns the process it runs in into a Session, runs one command, and gives its exit
// code.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <malloc.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include "bot/audits/clone_apart.hpp"
#include "bot/cli.hpp"
#include "bot/interrupt.hpp"
#include "bot/isolate/worker.hpp"
#include "bot/sandbox/jail.hpp"
#include "bot/session.hpp"

namespace {

/// Writes all of `text`; what a closed pipe or descriptor does not take is dropped. The error of
/// any other failure, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno == EPIPE || errno == EBADF ? 0 : errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string read_all(int descriptor, std::size_t most) {
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16U);
  while (text.size() < most) {
    const auto got = ::read(descriptor, buffer.data(), std::min(buffer.size(), most - text.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return text;
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 80;
}

/// `lost`: the first error of standard output, where there was one.
peer::Session make_session(const peer::Clock& clock, int& lost) {
  peer::Session session;
  session.environment = peer::process_environment();
  session.variables = peer::process_variables;
  session.wipe = peer::wipe_variables;
  std::error_code error;
  session.folder = std::filesystem::current_path(error);
  session.clock = &clock;
  session.out = [&lost](std::string_view text) {
    const int failed = write_all(STDOUT_FILENO, text);
    if (lost == 0) lost = failed;
  };
  session.err = [](std::string_view text) { (void)write_all(STDERR_FILENO, text); };
  session.read_in = [](std::size_t most) { return read_all(STDIN_FILENO, most); };
  session.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  session.err_is_terminal = isatty(STDERR_FILENO) == 1;
  session.in_is_terminal = isatty(STDIN_FILENO) == 1;
  if (session.out_is_terminal) session.width = terminal_width();
  return session;
}

int run_command(const peer::Parsed& parsed, peer::Session& session) {
  const rlimit no_core{0, 0};  // a core would hold what people entrust to Peer
  setrlimit(RLIMIT_CORE, &no_core);
  peer::Interrupts interrupts;
  session.stop = interrupts.token();
  const int code = parsed.command->run(parsed.invocation, session);
  return interrupts.exit_code() != 0 ? interrupts.exit_code() : code;
}

/// Large blocks go back to the system when they are freed. Left alone, glibc raises the bound to
/// the largest block it saw, and what thousands of files were read into stays behind among small
/// things that are kept.
void give_large_blocks_back() {
#ifdef __GLIBC__
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  give_large_blocks_back();
  if (argc == 2 && argv[1] == peer::kWorkerWord)
    return peer::serve_as_worker(
        [](const auto& job, const auto& options) { return peer::examine(job, options); });
  if (argc == 3 && argv[1] == peer::kCloneWord) return peer::serve_clone(argv[2]);
  if (argc > 1 && argv[1] == peer::kJailWord) return peer::enter_jail({argv + 1, argv + argc});
  const peer::Clock clock;
  int lost = 0;
  auto session = make_session(clock, lost);
  try {
    const auto parsed = peer::parse_command_line({argv + 1, argv + argc});
    if (!parsed) {
      session.complain(parsed.error());
      return peer::kExitUsage;
    }
    session.out(parsed->text);
    const int code = parsed->command == nullptr ? peer::kExitClean : run_command(*parsed, session);
    if (lost == 0) return code;
    session.complain(std::string("standard output cannot be written: ") + std::strerror(lost));
    return code == peer::kExitClean ? peer::kExitUsage
                                    : code;  // as a report that cannot be written
  } catch (const std::exception& error) {
    session.complain(std::string("a bug in Peer: ") + error.what());
  } catch (...) {
    session.complain("a bug in Peer");
  }
  return peer::kExitBug;
}
