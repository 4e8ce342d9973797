// The last look at what leaves for a forge: none of it may hold a credential of Peer's, in the
// forms that text likes to be disguised in. Thread-safe but for know().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace peer {

class SecretScan {
 public:
  /// Credentials of four to seven letters and digits are looked for as words of their own, and only
  /// with a letter and a digit among them; shorter ones not at all: they would be found everywhere.
  explicit SecretScan(const std::vector<std::string>& secrets);

  /// One more to look for; each line of a key in PEM counts as one too.
  void know(std::string_view secret);

  /// `text` holds a credential, or a good part of one, as it is, in Base64 at any offset,
  /// hexadecimal, URL-encoded or reversed; what is no letter or digit between its parts does not
  /// hide it.
  [[nodiscard]] bool found_in(std::string_view text) const;
  /// The same for JSON, whose way to write line ends and other signs does not hide it either.
  [[nodiscard]] bool found_in_json(std::string_view json) const;
  [[nodiscard]] bool empty() const { return windows_.empty() && words_.empty(); }

 private:
  void add_dresses(std::string_view secret);
  void add(std::string_view form);
  void add_words(std::string_view secret);
  [[nodiscard]] bool stands_alone_in(std::string_view text) const;
  [[nodiscard]] bool known_in(const std::string& letters) const;
  std::vector<std::pair<std::size_t, std::unordered_set<std::string>>> windows_;  // by length
  std::vector<std::string> words_;  // the dresses of short ones
  std::vector<bool> beginnings_;    // hashes of how windows begin: most text is told apart by it
};

/// The names of environment variables that hold what only the writing half may see: tokens of a
/// forge and of its job.
[[nodiscard]] bool is_forge_secret(std::string_view variable);

/// The names of environment variables that hold anything secret at all, by their look.
[[nodiscard]] bool looks_secret(std::string_view variable);

}  // namespace peer
