// Makes text from a repository harmless in the languages that reports are written in. One function
// per target; each takes any bytes. Pure; thread-safe. (For a terminal that is visible() of
// base/text.hpp, for JSON JsonWriter.)
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// `path` percent-encoded for a URI; '/' stays, malformed UTF-8 is encoded byte by byte.
[[nodiscard]] std::string uri_path(std::string_view path);

}  // namespace peer
