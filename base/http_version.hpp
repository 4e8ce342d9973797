// Which libcurl would be used, if one can be loaded. Thread-safe.
#pragma once

#include <string>

#include "base/result.hpp"

namespace peer {

/// "7.88.1", of the library that requests load. Fails as they would, naming the package.
[[nodiscard]] Result<std::string> curl_version_words();

}  // namespace peer
