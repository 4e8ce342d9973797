// The command line as data: commands and flags are tables, from which parsing, --help, shell
// completion, the man page and docs/commands.md are made. Constants; thread-safe.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace peer {

struct Session;

/// One option. A flag that names a configuration key sets it, with the key's own checks.
struct Flag {
  std::string_view name;    ///< without dashes: "fail-on"
  std::string_view letter;  ///< "j", or ""
  std::string_view value;   ///< what it takes, for people: "LEVEL"; "" for a switch
  std::string_view help;
  std::string_view key = {};        ///< configuration key it sets, or ""
  std::string_view key_value = {};  ///< for switches with a key: the value they set
  bool repeat = false;
};

/// What was typed.
struct Invocation {
  /// By name; a switch has one empty value.
  std::map<std::string, std::vector<std::string>, std::less<>> flags;
  std::vector<std::string> args;   ///< what is no flag
  std::vector<std::string> paths;  ///< what stands after `--`: paths, whatever they look like

  [[nodiscard]] bool has(std::string_view name) const { return flags.find(name) != flags.end(); }
  /// The last value of `name`, or "".
  [[nodiscard]] std::string value(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
};

struct Command {
  std::string_view name;                    ///< "review"; "rules list" for a command of a group
  std::string_view alias;                   ///< "ai-review", or ""
  std::string_view arguments;               ///< "[RANGE|PATH..]", or ""
  std::string_view summary;                 ///< one line
  std::string_view details;                 ///< what --help says below the summary, with examples
  std::span<const std::string_view> flags;  ///< names in the table of flags, common ones left out
  int (*run)(const Invocation& invocation, Session& session) = nullptr;  ///< gives the exit code
};

/// Every command, in the order in which help lists them.
[[nodiscard]] std::span<const Command> all_commands();
/// Every flag of any command.
[[nodiscard]] std::span<const Flag> all_flags();
[[nodiscard]] const Flag* find_flag(std::string_view name);
/// The flags that every command takes.
[[nodiscard]] std::span<const std::string_view> common_flags();

/// What the command line asks for: run a command, or print something and end.
struct Parsed {
  const Command* command = nullptr;  ///< null: only `text` is to be printed
  Invocation invocation;
  std::string text;  ///< help or version
};

/// Parses the words after the program's name. Fails with invalid_input, naming the nearest valid
/// word.
[[nodiscard]] Result<Parsed> parse_command_line(const std::vector<std::string>& words);

/// What `peer COMMAND --help` prints; `peer --help` for null.
[[nodiscard]] std::string help_text(const Command* command);

}  // namespace peer
