#include "bot/git/version.hpp"

#include <fmt/format.h>

#include <git2.h>

namespace peer {

std::string libgit2_version() {
  int major = 0, minor = 0, revision = 0;
  git_libgit2_version(&major, &minor, &revision);
  return fmt::format("{}.{}.{}", major, minor, revision);
}

}  // namespace peer
