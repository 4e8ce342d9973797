#include "bot/sandbox/confine.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sanitizers.hpp"

namespace peer {
namespace {

// Rights by the version of Landlock that brought them; older kernel headers lack the later names.
constexpr std::uint64_t kFirstRights = (1ULL << 13U) - 1;
constexpr std::uint64_t kRefer = 1ULL << 13U;     // version 2
constexpr std::uint64_t kTruncate = 1ULL << 14U;  // version 3
constexpr std::uint64_t kIoctl = 1ULL << 15U;     // version 5
constexpr std::uint64_t kReadRights =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

std::uint64_t rights_of(int version) {
  std::uint64_t rights = kFirstRights;
  if (version >= 2) rights |= kRefer;
  if (version >= 3) rights |= kTruncate;
  if (version >= 5) rights |= kIoctl;
  return rights;
}

tl::unexpected<Error> failed(std::string_view what) {
  return fail(ErrorKind::unavailable, fmt::format("{}: {}", what, std::strerror(errno)));
}

Result<void> allow(int ruleset, const std::filesystem::path& path, std::uint64_t rights) {
  const int descriptor = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (descriptor < 0) return {};  // what is not there needs no right
  struct stat status {};
  const bool folder =
      fstatat(descriptor, "", &status, AT_EMPTY_PATH) == 0 && S_ISDIR(status.st_mode);
  // folder rights on a file are refused as a whole
  constexpr std::uint64_t kOnFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                     LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | kIoctl;
  const landlock_path_beneath_attr rule{folder ? rights : rights & kOnFiles, descriptor};
  const auto added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(descriptor);
  if (added != 0) return failed("Landlock refused " + path.string());
  return {};
}

/// A seccomp filter, released when it goes.
class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(seccomp_init(otherwise)) {}
  ~Filter() {
    if (context_ != nullptr) seccomp_release(context_);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void on(int call, std::uint32_t action) {
    if (call >= 0) seccomp_rule_add(context_, action, call, 0);
  }
  void on_argument(int call, std::uint32_t action, scmp_arg_cmp condition) {
    seccomp_rule_add_array(context_, action, call, 1, &condition);
  }
  Result<void> load() {
    if (context_ == nullptr) return fail(ErrorKind::unavailable, "seccomp is not there");
    const int done = seccomp_load(context_);
    if (done != 0)
      return fail(ErrorKind::unavailable, fmt::format("seccomp refused: {}", std::strerror(-done)));
    return {};
  }

 private:
  scmp_filter_ctx context_;
};

}  // namespace

int landlock_version() {
  const auto version =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : static_cast<int>(version);
}

Result<void> confine_files(const FileRights& rights) {
  const int version = landlock_version();
  if (version == 0) return fail(ErrorKind::unavailable, "this kernel has no Landlock");
  const std::uint64_t handled = rights_of(version);
  // the first member is all that version 1 knows; later ones would be refused by old kernels
  const std::uint64_t attribute = handled;
  const auto ruleset =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &attribute, sizeof attribute, 0));
  if (ruleset < 0) return failed("Landlock refused a ruleset");
  for (const auto& path : rights.read)
    if (auto done = allow(ruleset, path, kReadRights & handled); !done) return done;
  for (const auto& path : rights.write)
    if (auto done = allow(ruleset, path, handled); !done) return done;
  forgive_leaks();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs was refused");
  const auto restricted = syscall(SYS_landlock_restrict_self, ruleset, 0);
  close(ruleset);
  if (restricted != 0) return failed("Landlock refused to restrict");
  return {};
}

Result<void> confine_network() {
  Filter filter(SCMP_ACT_ALLOW);
  const auto refused = SCMP_ACT_ERRNO(EPERM);
  // sockets within the machine's file system are subject to the file rights; every other family
  // could leave
  filter.on_argument(SCMP_SYS(socket), refused, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
  // a ring carries out calls that no filter sees
  for (const int call : {SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
                         SCMP_SYS(io_uring_register), SCMP_SYS(ptrace)})
    filter.on(call, refused);
  return filter.load();
}

Result<void> confine_to_computing() {
  Filter filter(SCMP_ACT_ERRNO(EPERM));
  for (const int call : {SCMP_SYS(read),
                         SCMP_SYS(write),
                         SCMP_SYS(readv),
                         SCMP_SYS(writev),
                         SCMP_SYS(close),
                         SCMP_SYS(fstat),
                         SCMP_SYS(newfstatat),
                         SCMP_SYS(mmap),
                         SCMP_SYS(munmap),
                         SCMP_SYS(mremap),
                         SCMP_SYS(mprotect),
                         SCMP_SYS(madvise),
                         SCMP_SYS(brk),
                         SCMP_SYS(futex),
                         SCMP_SYS(clock_gettime),
                         SCMP_SYS(clock_nanosleep),
                         SCMP_SYS(gettimeofday),
                         SCMP_SYS(getrandom),
                         SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(rt_sigaction),
                         SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(sigaltstack),
                         SCMP_SYS(sched_yield),
                         SCMP_SYS(getpid),
                         SCMP_SYS(gettid),
                         SCMP_SYS(tgkill),
                         SCMP_SYS(restart_syscall),
                         SCMP_SYS(exit),
                         SCMP_SYS(exit_group)})
    filter.on(call, SCMP_ACT_ALLOW);
  // UndefinedBehaviorSanitizer asks with a pipe whether memory can be read, and takes a refusal for
  // a broken object
  if (is_sanitized())
    for (const int call : {SCMP_SYS(pipe), SCMP_SYS(pipe2)})
      filter.on(call, SCMP_ACT_ALLOW);
  return filter.load();
}

void limit_resources(const ResourceLimits& limits) {
  const auto set = [](int what, std::uint64_t most) {
    if (most == 0) return;
    const rlimit limit{most, most};
    setrlimit(static_cast<__rlimit_resource>(what), &limit);
  };
  if (!is_sanitized()) set(RLIMIT_AS, limits.memory_bytes);
  set(RLIMIT_CPU, limits.cpu_seconds);
  set(RLIMIT_FSIZE, limits.file_bytes);
}

}  // namespace peer
