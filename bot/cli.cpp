#include "bot/cli.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kWidth = 80;  // of a terminal

std::vector<const Flag*> flags_of(const Command& command) {
  std::vector<const Flag*> flags;
  for (const auto name : command.flags)
    flags.push_back(find_flag(name));
  for (const auto name : common_flags())
    flags.push_back(find_flag(name));
  return flags;
}

std::string spelled(const Flag& flag) {
  return flag.letter.empty() ? fmt::format("--{}", flag.name)
                             : fmt::format("-{},--{}", flag.letter, flag.name);
}

void declare_switch(CLI::App& app, const Flag& flag, Invocation& invocation) {
  app.add_flag_function(spelled(flag), [&invocation, name = std::string(flag.name)](std::int64_t) {
    invocation.flags[name] = {""};
  });
}

void declare_option(CLI::App& app, const Flag& flag, Invocation& invocation) {
  app.add_option_function<std::vector<std::string>>(
         spelled(flag),
         [&invocation, name = std::string(flag.name)](const std::vector<std::string>& values) {
           invocation.flags[name] = values;
         })
      ->multi_option_policy(flag.repeat ? CLI::MultiOptionPolicy::TakeAll
                                        : CLI::MultiOptionPolicy::TakeLast)
      ->allow_extra_args(false);
}

/// Declares `command` on `app`; what is given lands in `invocation`.
void declare(CLI::App& app, const Command& command, Invocation& invocation) {
  app.set_help_flag();
  for (const auto* flag : flags_of(command)) {
    if (flag->value.empty())
      declare_switch(app, *flag, invocation);
    else
      declare_option(app, *flag, invocation);
  }
  if (!command.arguments.empty()) app.add_option("args", invocation.args);
}

/// The command that the first words name, and how many words that takes.
std::pair<const Command*, std::size_t> command_of(const std::vector<std::string>& words) {
  const Command* found = nullptr;
  std::size_t taken = 0;
  for (const auto& command : all_commands()) {
    const auto parts = split(command.name, ' ');
    const bool named =
        parts.size() <= words.size() && std::equal(parts.begin(), parts.end(), words.begin());
    const bool aliased = !command.alias.empty() && !words.empty() && words[0] == command.alias;
    const std::size_t length = named ? parts.size() : 1;
    if ((named || aliased) && length > taken) {
      found = &command;
      taken = length;
    }
  }
  return {found, taken};
}

std::vector<std::string_view> group_members(std::string_view group) {
  std::vector<std::string_view> members;
  for (const auto& command : all_commands()) {
    const auto parts = split(command.name, ' ');
    if (parts.size() == 2 && parts[0] == group) members.push_back(parts[1]);
  }
  return members;
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  std::size_t column = indent;
  for (const auto word : split(text, ' ')) {
    if (column + 1 + word.size() > width && column > indent) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

/// What `peer GROUP --help` says; "" where there is no such group.
std::string group_help(std::string_view group) {
  std::string text;
  for (const auto& command : all_commands())
    if (const auto parts = split(command.name, ' '); parts.size() == 2 && parts[0] == group)
      text += fmt::format("  {:<18}{}\n", command.name, wrapped(command.summary, 20, 80));
  if (text.empty()) return text;
  return fmt::format(
      "Usage: peer {} COMMAND [OPTION..]\n\nCommands:\n{}\n`peer {} COMMAND --help` says more.\n",
      group, text, group);
}

tl::unexpected<Error> unknown_command(const std::vector<std::string>& words) {
  const auto& typed = words[0];
  if (const auto members = group_members(typed); !members.empty()) {
    const std::vector<std::string> names(members.begin(), members.end());
    if (words.size() < 2)
      return fail(ErrorKind::invalid_input,
                  fmt::format("peer {} needs one of: {}", typed, join(names, ", ")));
    const auto near = nearest(words[1], names);
    return fail(
        ErrorKind::invalid_input,
        fmt::format("peer {} has no command \"{}\"{}; there are: {}", typed, words[1],
                    near.empty() ? "" : " (did you mean \"" + near + "\"?)", join(names, ", ")));
  }
  std::vector<std::string_view> names;
  for (const auto& command : all_commands())
    names.push_back(split(command.name, ' ')[0]);
  const auto near = nearest(typed, names);
  return fail(ErrorKind::invalid_input,
              near.empty()
                  ? fmt::format(R"("{}" is no command of peer; `peer --help` lists them)", typed)
                  : fmt::format(R"("{}" is no command of peer; did you mean "{}"?)", typed, near));
}

/// Names the nearest flag of the command for a word that is none.
std::string explain_extra(const std::string& word, const Command& command) {
  std::vector<std::string> names;
  for (const auto* flag : flags_of(command))
    names.push_back("--" + std::string(flag->name));
  const auto near = nearest(word.substr(0, word.find('=')), names);
  return fmt::format("peer {} has no option {}{}", command.name, word,
                     near.empty() ? "" : "; did you mean " + near + "?");
}

std::string flag_help(const Flag& flag) {
  constexpr std::size_t kColumn = 26;
  std::string left = flag.letter.empty() ? "      " : fmt::format("  -{}, ", flag.letter);
  left += fmt::format("--{}{}{}", flag.name, flag.value.empty() ? "" : " ", flag.value);
  left += left.size() + 1 < kColumn ? std::string(kColumn - left.size(), ' ')
                                    : "\n" + std::string(kColumn, ' ');
  return left + wrapped(flag.help, kColumn, kWidth) + "\n";
}

/// An example with what it does; that goes on below itself where it is too long.
std::string fitted_example(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  const auto gap = line.find("  ", first);
  if (gap == std::string_view::npos) return std::string(line);
  const auto words = line.find_first_not_of(' ', gap);
  return std::string(line.substr(0, words)) + wrapped(line.substr(words), words, kWidth);
}

/// Paragraphs and examples, none wider than a terminal.
std::string fitted(std::string_view text) {
  std::string out, paragraph;
  const auto close = [&] {
    if (!paragraph.empty()) out += wrapped(paragraph, 0, kWidth) + "\n";
    paragraph.clear();
  };
  for (const auto line : split_lines(text)) {
    if (!line.empty() && !line.starts_with(' ')) {
      paragraph += (paragraph.empty() ? "" : " ") + std::string(line);
      continue;
    }
    close();
    out += (line.size() > kWidth ? fitted_example(line) : std::string(line)) + "\n";
  }
  close();
  return out;
}

std::string overview() {
  std::string text =
      "Peer examines changes of a Git repository, offers fixes it has proved, and says\n"
      "what it did not examine.\n\n"
      "Usage: peer COMMAND [OPTION..]\n\nCommands:\n";
  for (const auto& command : all_commands())
    text += fmt::format("  {:<18}{}\n", command.name, wrapped(command.summary, 20, kWidth));
  text +=
      "\n`peer COMMAND --help` says more. Exit codes: 0 clean, 1 findings, 2 usage or\n"
      "configuration, 3 incomplete, 4 could not publish, 70 a bug in Peer.\n";
  return text;
}

bool is_help_flag(std::string_view word) { return word == "--help" || word == "-h"; }

/// What `peer help WORD..` says.
std::string help_about(const std::vector<std::string>& words) {
  const auto* command = command_of(words).first;
  if (command == nullptr && words.size() == 1)
    if (auto text = group_help(words[0]); !text.empty()) return text;
  return help_text(command);
}

/// What is answered without a command being run: help and the version; nullopt where neither is
/// asked for.
std::optional<std::string> plain_answer(const std::vector<std::string>& words) {
  if (words.empty()) return help_text(nullptr);
  if (is_help_flag(words[0]) || words[0] == "help")
    return help_about({words.begin() + 1, words.end()});
  if (words[0] == "--version" || words[0] == "-V" || words[0] == "version")
    return "peer " PEER_VERSION "\n";
  if (words.size() == 2 && is_help_flag(words[1]) && command_of({words[0]}).first == nullptr)
    if (auto text = group_help(words[0]); !text.empty()) return text;
  return std::nullopt;
}

/// Why CLI11 has words left over: the first that looks like a flag and is none.
std::string explain_leftover(const std::vector<std::string>& words, const CLI::App& app,
                             const Command& command) {
  for (const auto& word : words)
    if (word.starts_with("-") && word.size() > 1 &&
        app.get_option_no_throw(word.substr(0, word.find('='))) == nullptr)
      return explain_extra(word, command);
  return fmt::format("peer {} takes no such argument", command.name);
}

/// Reads the words behind the first `taken`, which name the command.
Result<void> read_words(const Command& command, std::size_t taken,
                        const std::vector<std::string>& words, Invocation& invocation) {
  CLI::App app;
  declare(app, command, invocation);
  app.allow_extras(command.arguments.empty());
  auto end = words.end();
  if (!command.arguments.empty()) {
    end = std::find(words.begin(), words.end(), "--");
    if (end != words.end()) invocation.paths.assign(end + 1, words.end());
  }
  std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(taken), end);
  std::reverse(rest.begin(), rest.end());  // CLI11 takes them last to first
  try {
    app.parse(rest);
  } catch (const CLI::ExtrasError&) {
    return fail(ErrorKind::invalid_input, explain_leftover(words, app, command));
  } catch (const CLI::ParseError& error) {
    return fail(ErrorKind::invalid_input, fmt::format("peer {}: {}", command.name, error.what()));
  }
  if (const auto extra = app.remaining(); !extra.empty())
    return fail(ErrorKind::invalid_input,
                extra[0].starts_with("-")
                    ? explain_extra(extra[0], command)
                    : fmt::format("peer {} takes no argument \"{}\"", command.name, extra[0]));
  return {};
}

}  // namespace

std::string Invocation::value(std::string_view name) const {
  const auto it = flags.find(name);
  return it == flags.end() || it->second.empty() ? std::string{} : it->second.back();
}

std::vector<std::string> Invocation::values(std::string_view name) const {
  const auto it = flags.find(name);
  return it == flags.end() ? std::vector<std::string>{} : it->second;
}

std::string help_text(const Command* command) {
  if (command == nullptr) return overview();
  std::string text =
      fmt::format("{}\n\nUsage: peer {} [OPTION..]{}{}\n", wrapped(command->summary, 0, kWidth),
                  command->name, command->arguments.empty() ? "" : " ", command->arguments);
  if (!command->details.empty()) text += "\n" + fitted(command->details);
  text += "\nOptions:\n";
  for (const auto* flag : flags_of(*command))
    text += flag_help(*flag);
  return text;
}

Result<Parsed> parse_command_line(const std::vector<std::string>& words) {
  Parsed parsed;
  if (auto text = plain_answer(words)) {
    parsed.text = std::move(*text);
    return parsed;
  }
  const auto [command, taken] = command_of(words);
  if (command == nullptr) return unknown_command(words);
  if (auto read = read_words(*command, taken, words, parsed.invocation); !read)
    return fail(read.error());
  if (parsed.invocation.has("help")) {
    parsed.text = help_text(command);
    return parsed;
  }
  parsed.command = command;
  return parsed;
}

}  // namespace peer
