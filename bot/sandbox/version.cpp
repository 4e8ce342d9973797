#include "bot/sandbox/version.hpp"

#include <fmt/format.h>
#include <seccomp.h>

namespace peer {

std::string seccomp_library_version() {
  const auto* version = seccomp_version();
  if (version == nullptr) return "of an unknown version";
  return fmt::format("{}.{}.{}", version->major, version->minor, version->micro);
}

}  // namespace peer
