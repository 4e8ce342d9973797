#include "reporters/forges/command_event.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "reporters/forges/fields.hpp"

namespace peer {
namespace {

using forge::at;
using forge::text;

/// A comment of a program is no command, whoever started the program.
bool by_program(const Json& event) {
  const auto login = text(event, "comment/user/login");
  return text(event, "comment/user/type") != "User" || text(event, "sender/type") != "User" ||
         login.ends_with("[bot]") || login != text(event, "sender/login") ||
         at(event, "comment/performed_via_github_app").is_object();
}

std::string digits_of(const LookUpVariable& variable, std::string_view name) {
  const auto value = variable(name).value_or("");
  const bool digits = !value.empty() && value.size() <= 20 &&
                      value.find_first_not_of("0123456789") == std::string::npos;
  return digits ? value : "0";
}

}  // namespace

Result<std::optional<CommandJob>> command_in_event(const LookUpVariable& variable,
                                                   const ReadTextFile& read_file) {
  const auto path = variable("GITHUB_EVENT_PATH").value_or("");
  const auto event_text = read_file(path);
  if (!event_text) return fail(event_text.error().with_context("the event of this job"));
  const auto event = parse_json(*event_text);
  if (!event) return fail(event.error().with_context("the event of this job"));
  const auto id = forge::number(*event, "comment/id");
  if (text(*event, "action") != "created" || !at(*event, "issue/pull_request").is_object() ||
      id == 0 || by_program(*event))
    return std::nullopt;
  CommandJob job;
  job.text = read_command(text(*event, "comment/body"));
  job.comment = std::to_string(id);
  job.to = "comment-" + job.comment;
  job.user = job.login = text(*event, "comment/user/login");
  return job;
}

CommandJob command_in_words(std::string_view words, ForgeKind kind,
                            const LookUpVariable& variable) {
  CommandJob job;
  const auto typed = trim(words);
  job.text = read_typed_command(typed);
  const bool github = kind == ForgeKind::github;
  const auto first_of = [&](std::string_view a, std::string_view b) {
    auto value = variable(a).value_or("");
    return value.empty() ? variable(b).value_or("") : value;
  };
  job.user = github ? first_of("GITHUB_TRIGGERING_ACTOR", "GITHUB_ACTOR")
                    : variable("GITLAB_USER_ID").value_or("");
  job.login = github ? job.user : first_of("GITLAB_USER_LOGIN", "GITLAB_USER_ID");
  job.to =
      fmt::format("run-{}-{}", digits_of(variable, github ? "GITHUB_RUN_ID" : "CI_PIPELINE_ID"),
                  sha256(typed).substr(0, 8));
  return job;
}

}  // namespace peer
