#include "base/nettle_version.hpp"

#include <fmt/format.h>
#include <nettle/version.h>

namespace peer {

std::string nettle_version() {
  return fmt::format("{}.{}", nettle_version_major(), nettle_version_minor());
}

}  // namespace peer
