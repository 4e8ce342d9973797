// Where a machine keeps the certificates that it trusts. A libcurl that travelled with a release
// looks where the distribution it was built for keeps them. Thread-safe.
#pragma once

#include <functional>
#include <string>

namespace peer {

/// The first file of authorities that is there, of those that distributions are known for; "" where
/// none is.
[[nodiscard]] std::string known_authorities(
    const std::function<bool(const std::string&)>& is_there);

/// The file to trust instead of `built_in`, the library's own choice ("": it has none): "" where
/// that is there, or no other known one is.
[[nodiscard]] std::string other_authorities(
    const std::string& built_in, const std::function<bool(const std::string&)>& is_there);

}  // namespace peer
