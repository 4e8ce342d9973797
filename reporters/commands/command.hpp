// What a person asks of Peer in a comment: "/peer fix". The verbs and what each may be given are an
// allow-list; the text comes from anyone, so only the first line counts, it must begin with the
// command, and nothing of it reaches a setting, a path or a shell. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer {

enum class Verb { review, fix, explain, ignore, help };

struct CommentCommand {
  Verb verb = Verb::help;
  std::vector<std::string> ids;  ///< of findings; for `explain` of a finding or a rule
  bool full = false;             ///< `review`: nothing that was examined before is used
  std::string reason;            ///< of `ignore`: one line, made visible, at most 300 bytes
  friend bool operator==(const CommentCommand&, const CommentCommand&) = default;
};

/// What a comment asks.
struct CommandText {
  enum class Kind {
    none,     ///< nothing of Peer
    command,  ///< `command`
    misuse,   ///< it begins like a command of Peer's, but is none: `problem` says why
  };
  Kind kind = Kind::none;
  CommentCommand command = {};
  std::string problem = {};  ///< harmless words of ours
};

/// A command stands at the very beginning of the comment, in ASCII: "/peer", a blank, a verb and
/// what it takes. Quotes, code, later lines and look-alikes are none. "/peer" alone asks for help.
[[nodiscard]] CommandText read_command(std::string_view comment);

/// The same for words that were typed as an option: the "/peer" may be left out.
[[nodiscard]] CommandText read_typed_command(std::string_view words);

/// The command in its shortest form, which read_command() reads as the same.
[[nodiscard]] std::string words_of(const CommentCommand& command);

[[nodiscard]] std::string_view to_string(Verb verb);

/// The commands that there are, as a Markdown list.
[[nodiscard]] std::string command_list();

}  // namespace peer
