// Edits of CI definitions that give strangers a way to run code or to take secrets.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/risky_ci/rules.hpp"
#include "analyzers/checks/risky_ci/workflow.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using ci::Line;
using ci::System;

/// Patterns over lines, compiled when the first CI definition is looked at.
struct Patterns {
  /// A part of the event that whoever caused it may write.
  re2::RE2 written_by_strangers{
      R"(\$\{\{(?:[^}]|\}[^}])*\bgithub\.(?:head_ref|event\.(?:issue\.(?:title|body)|discussion\.(?:title|body)|)"
      R"((?:comment|review|review_comment)\.body|pages\.[^}]*page_name|)"
      R"(pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|)"
      R"((?:commits[^}]*|head_commit|workflow_run\.head_commit)\.(?:message|author\.(?:name|email))|)"
      R"(workflow_run\.(?:head_branch|display_title|head_repository\.description)))\b)"};
  /// The code of a pull request, by any name.
  re2::RE2 head{
      R"(github\.head_ref|github\.event\.pull_request\.head\.(?:sha|ref|repo\.(?:full_name|clone_url|ssh_url))|)"
      R"(github\.event\.pull_request\.merge_commit_sha|github\.event\.workflow_run\.head_(?:sha|branch|commit\.id)|)"
      R"(refs/pull/|pull/\$\{\{|pull/\$)"};
  re2::RE2 fetches{
      R"(\bgit\b[^|;&]*\b(?:checkout|fetch|pull|clone|switch|merge|reset|worktree)\b)"};
  re2::RE2 pull_request_tool{R"(\bgh\s+pr\s+checkout\b|\bhub\s+pr\s+checkout\b)"};
  re2::RE2 piped{
      R"((?i)(?:\b(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod)\b[^;&]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+(?:\S+=\S+\s+)*)?)"
      R"((?:[\w/]*/)?(?:ba|z|da|k|a)?sh\b|)"
      R"(\b(?:curl|wget)\b[^;&]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:python[\d.]*|perl|ruby|node|php|source|bash)\b(?:\s+-?(?:\s|$)|\s*$|\s*["']|\s+-\s)|)"
      R"(\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b[^;&]*\|\s*(?:iex|invoke-expression)\b|)"
      R"(\b(?:iex|invoke-expression)\b[^|;]*\b(?:iwr|irm|downloadstring|invoke-webrequest)\b|)"
      R"(\b(?:ba|z|da)?sh\b[^;&|]*<\(\s*(?:curl|wget)\b|)"
      R"(\b(?:source|\.)\s+<\(\s*(?:curl|wget)\b|)"
      R"(\b(?:(?:ba|z|da)?sh\s+-\w*c|eval)\s+["'`]?\$?[(`]\s*(?:curl|wget)\b|)"
      R"(\bbase64\s+(?:-d|-D|--decode)\b[^;&]*\|\s*(?:sudo\s+)?(?:(?:ba|z|da)?sh|python[\d.]*)\b))"};
  re2::RE2 secret{R"(\$\{\{(?:[^}]|\}[^}])*\bsecrets(?:\.|\[\s*')([\w-]+))"};
  re2::RE2 all_secrets{R"((?i)\btojson\(\s*secrets\s*\))"};
  re2::RE2 secret_in_body{
      R"((?:\b(?:curl|wget|http|nc|ncat)\b.*(?:\s-d|\s--data\S*|\s-F|\s--form\S*|\s--post-data|[?&][\w-]+=)\s*[^-]*\$\{\{(?:[^}]|\}[^}])*\bsecrets\.)|)"
      R"(\b(?:printenv|env|set)\b\s*\|[^;]*\b(?:curl|wget|nc|ncat)\b|)"
      R"(\$\{\{(?:[^}]|\}[^}])*\bsecrets\.[^|;]*\|[^;]*\b(?:curl|wget|nc|ncat|nslookup|dig)\b)"};
  re2::RE2 release{R"(^v?\d{1,6}(?:[.-][\w.-]*)?$)"};
  re2::RE2 commit{R"([0-9a-fA-F]{40}|[0-9a-fA-F]{64})"};
};

const Patterns& patterns() {
  static const Patterns kPatterns;
  return kPatterns;
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool found(const re2::RE2& pattern, std::string_view text, std::string* part = nullptr) {
  const re2::StringPiece piece(text.data(), text.size());
  return part == nullptr ? re2::RE2::PartialMatch(piece, pattern)
                         : re2::RE2::PartialMatch(piece, pattern, part);
}

class Review {
 public:
  Review(FileExam& exam, System system, std::vector<Finding>& out)
      : exam_(exam), system_(system), lines_(ci::read_lines(exam.after(), system)), out_(out) {
    if (system == System::github_workflow) triggers_ = ci::triggers_of(lines_);
  }

  void run() {
    if (triggers_.privileged) find_heads();
    for (const auto& line : lines_) {
      if (line.script || system_ == System::gitlab) downloads(line);
      if (system_ == System::gitlab) includes(line);
      if (system_ != System::github_workflow && system_ != System::github_action) continue;
      actions(line);
      injection(line);
      if (triggers_.privileged) checkout(line);
      secrets(line);
      runner(line);
    }
    if (system_ == System::github_workflow) permissions();
    for (const auto& [use, repeated] : repeated_)
      if (repeated.more > 0)
        out_[repeated.finding].message +=
            fmt::format(", nor are {} more uses of it that the change adds", repeated.more);
  }

 private:
  void report(ci::Rule rule, const Line& line, std::string message, Severity severity) {
    auto finding = make_finding(ci::rules()[rule], exam_.after(), line.span, std::move(message));
    finding.severity = severity;
    out_.push_back(std::move(finding));
  }
  void report(ci::Rule rule, const Line& line, std::string message) {
    report(rule, line, std::move(message), ci::rules()[rule].severity);
  }

  void downloads(const Line& line) {
    if (found(patterns().piped, line.text))
      report(ci::kPipedDownload, line, "what is downloaded or decoded here is run at once");
  }

  void includes(const Line& line) {
    if ((line.key == "remote" || line.key == "include") &&
        line.value.find("://") != std::string::npos)
      report(ci::kRemoteInclude, line, fmt::format("the pipeline includes {}", line.value));
  }

  void actions(const Line& line) {
    if (line.script || line.key != "uses" || line.value.empty()) return;
    const std::string_view name = line.value;
    if (name.substr(0, 2) == "./" || name.substr(0, 3) == "../") return;
    if (name.substr(0, 9) == "docker://") {
      if (name.find("@sha256:") == std::string_view::npos)
        report(ci::kUnpinned, line, fmt::format("{} is not pinned to a digest", name));
      return;
    }
    const auto at = name.find('@');
    const auto version = at == std::string_view::npos ? std::string_view{} : name.substr(at + 1);
    if (re2::RE2::FullMatch({version.data(), version.size()}, patterns().commit)) return;
    // the platform's own actions are as trusted as the platform, other owners are not
    const auto owner = name.substr(0, name.find('/'));
    const bool platform = owner == "actions" || owner == "github";
    if (exam_.is_added(line.span)) {
      if (is_bump(name.substr(0, at), version)) return;
      const auto [use, fresh] = repeated_.try_emplace(std::string(name), Repeated{out_.size(), 0});
      if (!fresh) {
        ++use->second.more;
        return;
      }
    }
    report(ci::kUnpinned, line, fmt::format("{} is not pinned to a commit", name),
           platform ? Severity::info : Severity::warning);
  }

  /// The old file used another release of `action` unpinned: that is nothing new.
  bool is_bump(std::string_view action, std::string_view version) {
    if (!found(patterns().release, version)) return false;
    if (!used_before_) {
      used_before_.emplace();
      if (const auto* before = exam_.before(); before != nullptr)
        for (const auto& line : ci::read_lines(*before, system_))
          if (!line.script && line.key == "uses") used_before_->emplace_back(line.value);
    }
    return std::any_of(used_before_->begin(), used_before_->end(), [&](const std::string& use) {
      const auto at = use.find('@');
      return at != std::string::npos && std::string_view(use).substr(0, at) == action &&
             found(patterns().release, std::string_view(use).substr(at + 1));
    });
  }

  void injection(const Line& line) {
    if (line.script && found(patterns().written_by_strangers, line.text))
      report(ci::kInjection, line,
             "an expression that a stranger can write becomes part of this command");
  }

  /// Variables that hold the head of a pull request; a step's `env` may stand below its command.
  void find_heads() {
    for (const auto& line : lines_)
      if (!line.script && !line.key.empty() && line.key != "ref" && line.key != "repository" &&
          found(patterns().head, line.text))
        heads_.insert(line.key);
  }

  /// `text` uses a variable that holds the head of a pull request.
  [[nodiscard]] bool uses_head(std::string_view text) const {
    if (heads_.empty()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::size_t name = at;
      if (text[at] == '$')
        name += text.substr(at + 1).starts_with('{') ? 2 : 1;
      else if (text.substr(at).starts_with("env.") || text.substr(at).starts_with("env:"))
        name += 4;
      else
        continue;
      auto end = name;
      while (end < text.size() && is_name_char(text[end]))
        ++end;
      if (heads_.contains(text.substr(std::min(name, text.size()), end - name))) return true;
    }
    return false;
  }

  void checkout(const Line& line) {
    const bool head = found(patterns().head, line.text);
    const bool uses_variable = uses_head(line.text);
    const bool as_input =
        !line.script && (line.key == "ref" || line.key == "repository") && (head || uses_variable);
    const bool by_command =
        line.script && ((found(patterns().fetches, line.text) && (head || uses_variable)) ||
                        found(patterns().pull_request_tool, line.text));
    if (as_input || by_command)
      report(ci::kUntrustedCheckout, line,
             "code of a pull request is checked out in a run that has this repository's secrets");
  }

  void secrets(const Line& line) {
    if (found(patterns().all_secrets, line.text))
      return report(ci::kSecretSent, line, "all secrets are written into one value");
    if (line.script && found(patterns().secret_in_body, line.text))
      return report(ci::kSecretSent, line,
                    "a secret or the whole environment is sent in a request");
    if (exam_.change().status == ChangeStatus::unmodified)
      return;  // news only where something was edited
    if (line.key == "secrets" && line.value == "inherit")
      return report(ci::kSecretUse, line, "all secrets are handed to the called workflow");
    std::string name;
    if (found(patterns().secret, line.text, &name) && name != "GITHUB_TOKEN")
      report(ci::kSecretUse, line, fmt::format("secret {} is used", name));
  }

  void runner(const Line& line) {
    if (triggers_.pull_request && line.runner && !line.script &&
        line.value.find("self-hosted") != std::string_view::npos)
      report(ci::kSelfHosted, line, "pull requests run on a self-hosted runner");
  }

  void permissions() {
    bool named = false;
    const Line* on = nullptr;
    for (const auto& line : lines_) {
      if (line.script) continue;
      if (line.key == "on" && line.indent == 0) on = &line;
      if (line.key != "permissions") continue;
      named = true;
      if (line.value == "write-all")
        report(ci::kPermissions, line, "the token may do everything", Severity::warning);
    }
    if (!named && on != nullptr)
      report(ci::kPermissions, *on, "no permissions are named: the token has the default rights");
  }

  FileExam& exam_;
  System system_;
  std::vector<Line> lines_;
  std::vector<Finding>& out_;
  ci::Triggers triggers_;
  std::set<std::string, std::less<>> heads_;  // variables that hold the head of a pull request
  /// One action that the change uses in many places is said once.
  struct Repeated {
    std::size_t finding = 0;  // in out_
    std::size_t more = 0;
  };
  std::map<std::string, Repeated> repeated_;
  std::optional<std::vector<std::string>> used_before_;
};

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto system = ci::system_of(exam.after().path());
  if (system != System::none) Review(exam, system, out).run();
}

}  // namespace

const Check& check_risky_ci() {
  static const Check kCheck{
      .name = "risky_ci",
      .rules = ci::rules,
      .run = run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
