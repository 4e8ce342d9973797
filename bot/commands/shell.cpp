// peer completion, peer man: made from the tables of commands and flags.
#include <array>
#include <fmt/format.h>
#include <set>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/config/keys.hpp"
#include "bot/session.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

std::vector<const Flag*> flags_of(const Command& command) {
  std::vector<const Flag*> flags;
  for (const auto name : command.flags)
    flags.push_back(find_flag(name));
  for (const auto name : common_flags())
    flags.push_back(find_flag(name));
  return flags;
}

std::string flag_words(const Command& command) {
  std::string words;
  for (const auto* flag : flags_of(command))
    words += fmt::format("{}--{}", words.empty() ? "" : " ", flag->name);
  return words;
}

/// The first words of all commands, each once.
std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const auto& command : all_commands()) {
    const std::string word(split(command.name, ' ')[0]);
    if (words.empty() || words.back() != word) words.push_back(word);
  }
  return words;
}

std::string second_words(std::string_view group) {
  std::string words;
  for (const auto& command : all_commands()) {
    const auto parts = split(command.name, ' ');
    if (parts.size() == 2 && parts[0] == group)
      words += fmt::format("{}{}", words.empty() ? "" : " ", parts[1]);
  }
  return words;
}

/// The words that the value of a flag may be, where they are few and known.
std::vector<std::string> values_of(const Flag& flag) {
  if (flag.name == "format") {
    std::vector<std::string> names;
    for (const auto& renderer : all_renderers())
      names.emplace_back(renderer.name);
    return names;
  }
  if (flag.name == "publish") return {"github", "gitlab", "none"};
  if (flag.name == "level") return {"full", "focus", "signatures", "symbols"};
  const auto* key = flag.key.empty() || flag.value.empty() ? nullptr : find_config_key(flag.key);
  std::vector<std::string> words;
  if (key == nullptr) return words;
  for (const auto choice : split(key->choices, '|'))
    if (!choice.empty() && choice.find("..") == std::string_view::npos) words.emplace_back(choice);
  return words;
}

bool names_a_file(const Flag& flag) {
  return flag.value == "FILE" || flag.value == "PATH" || flag.value == "FOLDER";
}

/// What bash runs where the word before the current one is a flag that takes a value.
std::string bash_values() {
  std::string text = "  case \"$previous\" in\n";
  for (const auto& flag : all_flags()) {
    if (flag.value.empty()) continue;
    const auto words = values_of(flag);
    const auto reply = !words.empty()
                           ? fmt::format(R"(COMPREPLY=($(compgen -W "{}" -- "$current" || :)); )",
                                         join(words, " "))
                       : names_a_file(flag) ? "COMPREPLY=($(compgen -f -- \"$current\" || :)); "
                                            : "";
    text += fmt::format("    --{}{}) {}return;;\n", flag.name,
                        flag.letter.empty() ? "" : fmt::format("|-{}", flag.letter), reply);
  }
  return text + "  esac\n";
}

std::string bash_completion() {
  std::string text =
      "# bash completion of peer: peer completion bash > /etc/bash_completion.d/peer\n"
      "_peer() {\n  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} "
      "words=\n"
      "  if [ \"$current\" = = ]; then current=; elif [ \"$previous\" = = ]; then "
      "previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n" +
      bash_values() + "  if [ \"$COMP_CWORD\" = 1 ]; then\n";
  text += fmt::format("    words=\"{}\"\n  else\n    case \"${{COMP_WORDS[1]}}\" in\n",
                      join(first_words(), " "));
  for (const auto& word : first_words()) {
    std::string words = second_words(word);
    std::set<std::string> flags;
    for (const auto& command : all_commands())
      if (split(command.name, ' ')[0] == word)
        words += (words.empty() ? "" : " ") + flag_words(command);
    text += fmt::format("      {}) words=\"{}\";;\n", word, words);
  }
  return text +
         "    esac\n  fi\n  case \"$current\" in\n    -*) ;;\n"
         "    *) [ \"$COMP_CWORD\" -gt 1 ] && COMPREPLY+=($(compgen -f -- \"$current\" || :));;\n  "
         "esac\n"
         "  COMPREPLY+=($(compgen -W \"$words\" -- \"$current\" || :))\n}\ncomplete -o filenames "
         "-F _peer peer\n";
}

std::string single_quoted(std::string_view text) {
  return replace_all(std::string(text), "'", "'\\''");
}

std::string zsh_completion() {
  std::string text =
      "#compdef peer\n# zsh completion of peer: peer completion zsh > "
      "\"${fpath[1]}/_peer\"\n_peer() {\n"
      "  if (( CURRENT == 2 )); then\n    local -a commands=(\n";
  for (const auto& word : first_words()) {
    std::string summary;
    for (const auto& command : all_commands())
      if (summary.empty() && split(command.name, ' ')[0] == word) summary = command.summary;
    text += fmt::format("      '{}:{}'\n", word, single_quoted(summary));
  }
  text += "    )\n    _describe command commands\n    return\n  fi\n  case $words[CURRENT-1] in\n";
  for (const auto& flag : all_flags()) {
    if (flag.value.empty()) continue;
    const auto values = values_of(flag);
    const auto reply = !values.empty()      ? "compadd -- " + join(values, " ")
                       : names_a_file(flag) ? std::string("_files")
                                            : std::string(":");
    text += fmt::format("    --{}{}) {}; return;;\n", flag.name,
                        flag.letter.empty() ? "" : fmt::format("|-{}", flag.letter), reply);
  }
  text += "  esac\n  case $words[2] in\n";
  for (const auto& word : first_words()) {
    text += fmt::format("    {})\n      (( CURRENT == 3 )) && compadd -- {}\n      compadd --",
                        word, second_words(word));
    for (const auto& command : all_commands())
      if (split(command.name, ' ')[0] == word) text += " " + flag_words(command);
    text += "\n      _files;;\n";
  }
  return text + "  esac\n}\n_peer \"$@\"\n";
}

/// What fish offers for the value of a flag: known words, files, or nothing.
std::string fish_value(const Flag& flag) {
  if (flag.value.empty()) return {};
  const auto words = values_of(flag);
  if (!words.empty()) return fmt::format(" -x -a '{}'", join(words, " "));
  return names_a_file(flag) ? " -r -F" : " -x";
}

std::string fish_completion() {
  std::string text =
      "# fish completion of peer: peer completion fish > ~/.config/fish/completions/peer.fish\n";
  for (const auto& command : all_commands()) {
    const auto parts = split(command.name, ' ');
    const auto summary = single_quoted(command.summary);
    if (parts.size() == 1)
      text += fmt::format("complete -c peer -n __fish_use_subcommand -a {} -d '{}'\n", parts[0],
                          summary);
    else
      text += fmt::format(
          "complete -c peer -n __fish_use_subcommand -a {0}\ncomplete -c peer -n "
          "'__fish_seen_subcommand_from {0}' -a {1} -d '{2}'\n",
          parts[0], parts[1], summary);
    for (const auto* flag : flags_of(command))
      text += fmt::format(
          "complete -c peer -n '__fish_seen_subcommand_from {}' -l {}{}{} -d '{}'\n", parts[0],
          flag->name, flag->letter.empty() ? "" : fmt::format(" -s {}", flag->letter),
          fish_value(*flag), single_quoted(flag->help));
  }
  return text;
}

int completion(const Invocation& invocation, Session& session) {
  const std::string shell = invocation.args.empty() ? "" : invocation.args[0];
  if (shell == "bash")
    session.out(bash_completion());
  else if (shell == "zsh")
    session.out(zsh_completion());
  else if (shell == "fish")
    session.out(fish_completion());
  else {
    session.complain("name a shell: peer completion bash|zsh|fish");
    return kExitUsage;
  }
  return kExitClean;
}

std::string roff(std::string_view text) {
  std::string out;
  for (const auto line : split_lines(text)) {
    const auto escaped = replace_all(replace_all(std::string(line), "\\", "\\e"), "-", "\\-");
    out += (escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" : "") + escaped + "\n";
  }
  return out;
}

int man(const Invocation& /*invocation*/, Session& session) {
  std::string text = ".TH PEER 1 \"\" \"peer " PEER_VERSION
                     "\"\n.SH NAME\npeer \\- code review and repair for Git changes\n"
                     ".SH SYNOPSIS\n.B peer\n.I COMMAND\n[OPTION..] [ARGUMENT..]\n.SH COMMANDS\n";
  for (const auto& command : all_commands()) {
    text +=
        fmt::format(".SS peer {} {}\n{}", command.name, command.arguments, roff(command.summary));
    if (!command.details.empty()) text += ".PP\n.nf\n" + roff(command.details) + ".fi\n";
    for (const auto name : command.flags) {
      const auto* flag = find_flag(name);
      text += fmt::format(".TP\n.B {}\n{}", roff(fmt::format("--{} {}", flag->name, flag->value)),
                          roff(flag->help));
    }
  }
  text += ".SH COMMON OPTIONS\n";
  for (const auto name : common_flags()) {
    const auto* flag = find_flag(name);
    text += fmt::format(".TP\n.B {}\n{}", roff(fmt::format("--{} {}", flag->name, flag->value)),
                        roff(flag->help));
  }
  text +=
      ".SH EXIT STATUS\n0 clean, 1 findings at or above --fail-on, 2 usage or configuration, 3 "
      "incomplete or not reviewed,\n"
      "4 could not publish, 70 a bug in Peer, 130 and 143 after a signal.\n"
      ".SH FILES\n.TP\n.B .peer.yml\nof the repository, read from the base of the change\n.TP\n"
      ".B ~/.config/peer/config.yml\nof the user\n";
  session.out(text);
  return kExitClean;
}

}  // namespace

std::span<const Command> commands_shell() {
  static const std::array kCommands{
      Command{.name = "completion",
              .alias = {},
              .arguments = "SHELL",
              .summary = "Print completion for bash, zsh or fish.",
              .details = {},
              .flags = {},
              .run = completion},
      Command{.name = "man",
              .alias = {},
              .arguments = {},
              .summary = "Print the manual page.",
              .details = "peer man > peer.1 && man ./peer.1",
              .flags = {},
              .run = man},
  };
  return kCommands;
}

}  // namespace peer
