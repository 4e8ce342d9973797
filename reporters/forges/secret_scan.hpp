// The last look at what leaves for a forge: none of it may hold a credential of Peer's, in the
// forms that text likes to be disguised in. Immutable once made; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace peer {

class SecretScan {
 public:
  /// Credentials shorter than eight letters and digits are not looked for: they would be found
  /// everywhere.
  explicit SecretScan(const std::vector<std::string>& secrets);

  /// `text` holds a credential, or a good part of one, as it is, in Base64 at any offset,
  /// hexadecimal, URL-encoded or reversed; what is no letter or digit between its parts does not
  /// hide it.
  [[nodiscard]] bool found_in(std::string_view text) const;
  [[nodiscard]] bool empty() const { return windows_.empty(); }

 private:
  void add(std::string_view form);
  std::vector<std::pair<std::size_t, std::unordered_set<std::string>>> windows_;  // by length
};

/// The names of environment variables that hold what only the writing half may see: tokens of a
/// forge and of its job.
[[nodiscard]] bool is_forge_secret(std::string_view variable);

/// The names of environment variables that hold anything secret at all, by their look.
[[nodiscard]] bool looks_secret(std::string_view variable);

}  // namespace peer
