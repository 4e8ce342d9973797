// no_network COMMAND [ARGUMENT..]: runs a command in a network namespace without interfaces, and
// under a filter that ends any process that asks for a socket. Exits with 99 where either cannot be
// had: a test must not pass without them.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

namespace {

int refuse(const char* what) {
  std::fprintf(stderr, "no_network: %s: %s\n", what, std::strerror(errno));
  return 99;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 99;
  // root needs no user namespace, and keeps the right to read what belongs to others
  const int flags = geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET;
  if (unshare(flags) != 0) return refuse("no network namespace");
  auto* filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr ||
      seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socket), 0) != 0 ||
      seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(socketpair), 0) != 0 ||
      seccomp_load(filter) != 0)
    return refuse("no filter");
  seccomp_release(filter);
  execv(argv[1], argv + 1);
  return refuse(argv[1]);
}
