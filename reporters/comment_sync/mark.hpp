// The hidden first line of everything Peer writes on a forge: who wrote it, about what, in which
// state. Only the first line counts, so that text further down, which may come from a repository,
// can never pass for it. Values and pure functions; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// What an inline comment is about.
struct Mark {
  std::string name;               ///< of the Peer that wrote it; several may share a change
  std::vector<std::string> keys;  ///< of the findings it speaks for; the first is the one shown
  std::string said;               ///< hash of what it says
  bool fixed = false;             ///< it says that its findings are gone
  bool reopened = false;          ///< they came back once already
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// What became of findings between two commits.
struct Since {
  std::string head;  ///< the earlier commit; "": there was none
  std::uint32_t fixed = 0, added = 0, open = 0;
  friend bool operator==(const Since&, const Since&) = default;
};

/// How much of a change had been examined at an earlier commit.
struct Again {
  std::string head;                    ///< that commit; "": nothing is known
  std::uint32_t fresh = 0, total = 0;  ///< hunks that are new since, of all
  friend bool operator==(const Again&, const Again&) = default;
};

/// What a summary comment remembers for the next run.
struct Memory {
  std::string name;
  std::string said;                  ///< hash of what the summary says, costs and times left out
  std::string head;                  ///< the commit it speaks of
  Since since;                       ///< what it says of the commit before that
  std::string sarif;                 ///< hash of what was uploaded for `head`
  bool whole = true;                 ///< `found` is all of it
  std::vector<std::string> found;    ///< keys of the findings at `head`
  std::vector<std::string> raised;   ///< keys that have or had a comment
  std::vector<std::string> refused;  ///< keys whose comment the forge would not take at `head`
  Again again;                       ///< what it says of the hunks before
  /// Names of the hunks examined at `head`; empty when they are too many.
  std::vector<std::string> hunks;
  std::vector<std::string> ignored;  ///< keys that people asked to leave alone
  friend bool operator==(const Memory&, const Memory&) = default;
};

/// The key of a finding in marks: 16 hexadecimal digits, made from its fingerprint.
[[nodiscard]] std::string key_of(std::string_view fingerprint);

/// As people are shown it, and type it in commands: its first 8 digits.
[[nodiscard]] std::string short_key(std::string_view fingerprint);

/// The first line of a comment, without its end. At most 100 keys are kept.
[[nodiscard]] std::string write_mark(const Mark& mark);
/// The mark on the first line of `body`; nullopt where there is none or it is not well-formed.
[[nodiscard]] std::optional<Mark> read_mark(std::string_view body);

/// At most 600 keys found and 300 of each other list are kept; `whole` says whether all found were.
/// Over 400 hunks are not kept at all: a part would tell something wrong. Under 32,000 bytes.
[[nodiscard]] std::string write_memory(const Memory& memory);
[[nodiscard]] std::optional<Memory> read_memory(std::string_view body);

/// `name` as marks hold it: letters, digits, '-', '_' and '.', at most 40; "peer" for none.
[[nodiscard]] std::string mark_name(std::string_view name);

}  // namespace peer
