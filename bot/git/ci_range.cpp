#include "bot/git/ci_range.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using Kind = RangeSpec::Kind;
using Found = Result<std::optional<RangeSpec>>;

bool is_commit_id(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(),
                                          [](unsigned char c) { return std::isxdigit(c) != 0; });
}

/// What forges write where there is no commit.
bool is_zero_id(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

RangeSpec spec(Kind kind, std::string from, std::string to = {}) {
  RangeSpec range;
  range.kind = kind;
  range.from = std::move(from);
  range.to = std::move(to);
  range.fall_back = true;
  return range;
}

/// The text at a path of keys, or "".
std::string text_at(const Json& json, std::initializer_list<const char*> keys) {
  const Json* at = &json;
  for (const auto* key : keys) {
    if (!at->is_object() || !at->contains(key)) return {};
    at = &(*at)[key];
  }
  return at->is_string() ? at->get<std::string>() : std::string();
}

Error bad_event(std::string_view event) {
  return {
      ErrorKind::invalid_input,
      fmt::format("the {} event in GITHUB_EVENT_PATH names no commits to compare. Give the range "
                  "yourself: --base and --head, or A...B",
                  visible(event, false)),
      "PEER-E131"};
}

Found between(std::string_view event, const std::string& from, const std::string& to) {
  if (!is_commit_id(from) || !is_commit_id(to)) return fail(bad_event(event));
  return spec(Kind::three_dots, from, to);
}

/// A new branch starts where it left the default branch; what has no such branch is its last
/// commit.
RangeSpec new_branch(std::string_view branch, const std::string& default_branch,
                     const std::string& head) {
  if (branch.empty() || default_branch.empty() || branch == default_branch)
    return spec(Kind::commit, head);
  return spec(Kind::three_dots, "origin/" + default_branch, head);
}

Found push_range(const Json& event) {
  const auto before = text_at(event, {"before"});
  const auto after = text_at(event, {"after"});
  if (!after.empty() && is_zero_id(after)) return std::nullopt;  // a branch was deleted
  if (!is_commit_id(after)) return fail(bad_event("push"));
  if (is_commit_id(before) && !is_zero_id(before)) return spec(Kind::three_dots, before, after);
  const auto ref = text_at(event, {"ref"});
  constexpr std::string_view kBranches = "refs/heads/";
  const auto branch = ref.starts_with(kBranches) ? ref.substr(kBranches.size()) : std::string();
  return new_branch(branch, text_at(event, {"repository", "default_branch"}), after);
}

Found github_range(const LookUp& variable, const ReadText& read_file) {
  const auto event = variable("GITHUB_EVENT_NAME").value_or("");
  const bool pull = event.starts_with("pull_request");
  if (!pull && event != "push" && event != "merge_group") return std::nullopt;
  const auto path = variable("GITHUB_EVENT_PATH");
  if (!path || path->empty()) return fail(bad_event(event));
  const auto text = read_file(*path);
  if (!text)
    return fail(text.error().with_context("cannot read the event of this job (GITHUB_EVENT_PATH)"));
  const auto json = parse_json(*text);
  if (!json)
    return fail(json.error().with_context("cannot read the event of this job (GITHUB_EVENT_PATH)"));
  if (event == "push") return push_range(*json);
  if (event == "merge_group") {
    return between(event, text_at(*json, {"merge_group", "base_sha"}),
                   text_at(*json, {"merge_group", "head_sha"}));
  }
  return between(event, text_at(*json, {"pull_request", "base", "sha"}),
                 text_at(*json, {"pull_request", "head", "sha"}));
}

Found merge_request_range(const LookUp& variable) {
  auto head = variable("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA").value_or("");
  if (!is_commit_id(head)) head = variable("CI_COMMIT_SHA").value_or("");
  const auto base = variable("CI_MERGE_REQUEST_DIFF_BASE_SHA").value_or("");
  // this base is the merge base already, so that its tree is enough
  if (is_commit_id(head) && is_commit_id(base)) return spec(Kind::two_dots, base, head);
  const auto target = variable("CI_MERGE_REQUEST_TARGET_BRANCH_NAME").value_or("");
  if (is_commit_id(head) && !target.empty())
    return spec(Kind::three_dots, "origin/" + target, head);
  return fail(
      ErrorKind::invalid_input,
      "this merge request job has neither CI_MERGE_REQUEST_DIFF_BASE_SHA nor a target branch. "
      "Give the range yourself: --base and --head, or A...B",
      "PEER-E131");
}

Found gitlab_range(const LookUp& variable) {
  const auto source = variable("CI_PIPELINE_SOURCE").value_or("");
  if (source == "merge_request_event") return merge_request_range(variable);
  const auto head = variable("CI_COMMIT_SHA").value_or("");
  if (source != "push" || !is_commit_id(head)) return std::nullopt;
  const auto before = variable("CI_COMMIT_BEFORE_SHA").value_or("");
  if (is_commit_id(before) && !is_zero_id(before)) return spec(Kind::three_dots, before, head);
  return new_branch(variable("CI_COMMIT_BRANCH").value_or(""),
                    variable("CI_DEFAULT_BRANCH").value_or(""), head);
}

}  // namespace

Result<std::optional<RangeSpec>> ci_range(const LookUp& variable, const ReadText& read_file) {
  if (variable("GITHUB_ACTIONS").value_or("") == "true") return github_range(variable, read_file);
  if (variable("GITLAB_CI").value_or("") == "true") return gitlab_range(variable);
  return std::nullopt;
}

}  // namespace peer
