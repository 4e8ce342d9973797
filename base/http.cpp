#include "base/http.hpp"

#include <algorithm>

namespace peer {

std::string_view to_string(HttpFailure failure) {
  constexpr std::string_view kWords[] = {
      "none",          "no HTTP library", "refused by Peer",   "name not found",
      "no connection", "no trusted TLS",  "proxy refused",     "connection broke",
      "not HTTP",      "too large",       "connect timeout",   "first byte timeout",
      "idle timeout",  "total timeout",   "stopped by reader", "cancelled"};
  return kWords[static_cast<std::size_t>(failure)];
}

std::optional<std::string_view> HttpOutcome::header(std::string_view name) const {
  const auto it = std::find_if(headers.begin(), headers.end(),
                               [&](const auto& entry) { return entry.first == name; });
  if (it == headers.end()) return std::nullopt;
  return std::string_view(it->second);
}

}  // namespace peer
