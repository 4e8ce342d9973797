#include "reporters/commands/command.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kWord = "/peer";
constexpr std::size_t kMostLine = 1000, kMostReason = 300, kMostIds = 20;
constexpr std::size_t kLeastKey = 6, kMostKey = 16, kMostId = 120;

struct Row {
  Verb verb;
  std::string_view name, takes, help;
};

constexpr std::array<Row, 5> kRows{
    {{Verb::review, "review", " [--full]", "review the change as it stands now"},
     {Verb::fix, "fix", " [ID..]",
      "commit the fixes that are safe and proved: all of them, or those named"},
     {Verb::explain, "explain", " ID", "why a finding or a rule is a problem, and what to do"},
     {Verb::ignore, "ignore", " ID reason", "set a finding aside, with the reason"},
     {Verb::help, "help", "", "these words"}}};

CommandText misuse(std::string problem) {
  return {CommandText::Kind::misuse, {}, std::move(problem)};
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The next word of `rest`, which is shortened by it.
std::string_view next_word(std::string_view& rest) {
  rest = trim(rest);
  const auto end = std::min(rest.find_first_of(" \t"), rest.size());
  const auto word = rest.substr(0, end);
  rest = trim(rest.substr(end));
  return word;
}

/// The beginning of a finding's key.
bool is_key(std::string_view text) {
  return text.size() >= kLeastKey && text.size() <= kMostKey &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// What could be a rule's name.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kMostId && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.' || c == '/' || c == ':';
         });
}

std::string reason_of(std::string_view text) {
  auto reason = visible(text, false);
  if (reason.size() <= kMostReason) return reason;
  auto end = kMostReason;
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0U) == 0x80U)
    --end;
  return reason.substr(0, end);
}

CommandText read_ids(Verb verb, std::string_view rest) {
  CommandText read{CommandText::Kind::command, {verb, {}, false, {}}, {}};
  auto& ids = read.command.ids;
  while (!rest.empty()) {
    const auto word = next_word(rest);
    if (verb == Verb::explain ? !is_id(word) : !is_key(word))
      return misuse(
          verb == Verb::explain
              ? "that is no name of a finding or a rule"
              : "a finding is named by 6 to 16 of the digits 0-9 a-f that its comment shows");
    if (std::find(ids.begin(), ids.end(), word) == ids.end()) ids.emplace_back(word);
    if (ids.size() > kMostIds) return misuse(fmt::format("at most {} findings at once", kMostIds));
    if (verb != Verb::ignore) continue;
    read.command.reason = reason_of(rest);
    break;
  }
  if (verb == Verb::explain && ids.size() != 1)
    return misuse("`explain` takes one finding or rule");
  if (verb == Verb::ignore && ids.empty()) return misuse("`ignore` takes a finding and a reason");
  if (verb == Verb::ignore && read.command.reason.empty())
    return misuse("`ignore` needs a reason, for those who come later");
  return read;
}

}  // namespace

CommandText read_command(std::string_view comment) {
  if (!comment.starts_with(kWord)) return {};
  auto line = comment.substr(0, comment.find_first_of("\r\n"));
  if (line.size() > kWord.size() && !is_blank(line[kWord.size()])) return {};
  if (line.size() > kMostLine) return misuse("that is too long");
  if (std::any_of(line.begin(), line.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }))
    return misuse("there are control characters in it");
  auto rest = line.substr(kWord.size());
  const auto name = next_word(rest);
  if (name.empty()) return {CommandText::Kind::command, {Verb::help, {}, false, {}}, {}};
  const auto* row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) { return each.name == name; });
  if (row == kRows.end()) return misuse("there is no such command");
  if (row->verb == Verb::review && rest == "--full")
    return {CommandText::Kind::command, {row->verb, {}, true, {}}, {}};
  if (row->verb == Verb::review || row->verb == Verb::help)
    return rest.empty() ? CommandText{CommandText::Kind::command, {row->verb, {}, false, {}}, {}}
                        : misuse(fmt::format("`{}` takes nothing like that", row->name));
  return read_ids(row->verb, rest);
}

CommandText read_typed_command(std::string_view words) {
  const auto typed = trim(words);
  return typed.starts_with('/') ? read_command(typed)
                                : read_command(fmt::format("{} {}", kWord, typed));
}

std::string words_of(const CommentCommand& command) {
  auto words = fmt::format("{} {}", kWord, to_string(command.verb));
  if (command.full) words += " --full";
  for (const auto& id : command.ids)
    words += " " + id;
  if (!command.reason.empty()) words += " " + command.reason;
  return words;
}

std::string_view to_string(Verb verb) { return kRows[static_cast<std::size_t>(verb)].name; }

std::string command_list() {
  std::string list;
  for (const auto& row : kRows)
    list += fmt::format("- `{} {}{}`: {}\n", kWord, row.name, row.takes, row.help);
  return list;
}

}  // namespace peer
