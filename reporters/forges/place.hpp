// Which change of which forge a job is about, from the job's environment and event alone: nothing
// here comes from a report. Pure, given pure readers; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

enum class ForgeKind { github, gitlab };

struct ForgePlace {
  ForgeKind kind = ForgeKind::github;
  std::string api;           ///< address without a slash at its end
  std::string graphql;       ///< GitHub
  std::string project;       ///< "owner/name"; GitLab: its number or path
  std::uint64_t number = 0;  ///< of the change; 0: not known, see `branch`
  std::string target;        ///< the branch it goes to; "": not known
  std::string head;          ///< the commit that the event names; "": none
  std::string branch;        ///< "owner:branch" of a change that the event does not number
  bool foreign = false;      ///< the report comes from a job of a fork
  std::string token;         ///< "": there is none
  bool job_token = false;    ///< GitLab: the token of a job, which may not comment
  std::string app_id, app_key, app_installation;  ///< GitHub App, in place of a token
  std::string ca_file;  ///< GitLab: of its own authority; "": the system's
};

using LookUpVariable = std::function<std::optional<std::string>(std::string_view)>;
using ReadTextFile = std::function<Result<std::string>(const std::string& path)>;

/// The place for `kind` as the environment tells; `number` is what the user says, or 0. nullopt for
/// a job that is about no change (a push, a schedule). Fails with invalid_input where what is there
/// cannot be right.
[[nodiscard]] Result<std::optional<ForgePlace>> find_place(ForgeKind kind,
                                                           const LookUpVariable& variable,
                                                           const ReadTextFile& read_file,
                                                           std::uint64_t number);

/// The same for what is about a project and no change of it, such as an audit: no event is read.
[[nodiscard]] Result<ForgePlace> find_project(ForgeKind kind, const LookUpVariable& variable);

}  // namespace peer
