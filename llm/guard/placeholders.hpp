// Keeps secrets out of what models see: each is replaced by a stand-in that stays the same within a
// run, and is put back only in an answer about the same file. For one thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

class Placeholders {
 public:
  /// `text` of the file `path` with every secret replaced: "PEER_SECRET_1_ab12cd34".
  [[nodiscard]] std::string hide(std::string_view text, const std::string& path);
  /// `text` with the stand-ins of that file's secrets put back; those of other files stay.
  [[nodiscard]] std::string restore(std::string_view text, const std::string& path) const;
  [[nodiscard]] std::size_t size() const { return by_secret_.size(); }

 private:
  std::map<std::string, std::string> by_secret_;                       // secret -> stand-in
  std::map<std::string, std::map<std::string, std::string>> by_path_;  // path -> stand-in -> secret
};

/// Refuses a request that still holds a secret: one of a known format, as it stands or behind
/// JSON's escapes. The error names the kind of secret and never its text.
[[nodiscard]] Result<void> check_egress(std::string_view body);

/// `text` between two lines that it cannot hold itself: they are made of its own hash. (A random
/// mark would do too, but such a question would never be found in the cache.) Characters that
/// nobody can see are made visible.
[[nodiscard]] std::string fenced(std::string_view text);
/// The same with the secrets of `text`, which is of the file `path`, hidden.
[[nodiscard]] std::string fenced_without_secrets(std::string_view text, const std::string& path);

}  // namespace peer
