#include "reporters/commands/carry_out.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/commands/commit.hpp"
#include "reporters/commands/fixes.hpp"
#include "reporters/commands/words.hpp"
#include "reporters/comment_sync/mark.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

constexpr int kMostRounds = 4;
constexpr std::size_t kMostBody = 60'000;

/// Carries out one command; what its steps share.
class Carrying {
 public:
  Carrying(const CommandJob& job, CommandWorld& world) : job_(job), world_(world) {}

  CommandEnded begin() {
    if (!permitted()) return std::move(out_);
    const auto& text = job_.text;
    if (text.kind == CommandText::Kind::misuse) return misused();
    const auto& command = text.command;
    if (command.verb == Verb::help) return answer(help_words());
    if (command.verb == Verb::explain)
      if (const auto rule = world_.rule_text(command.ids.front()))
        return answer(markdown_fence(*rule, "text"));
    react(Reaction::seen);
    if (command.verb == Verb::fix && done_before()) return std::move(out_);
    out_.review = std::move(ends_);
    out_.words = fmt::format("{} of {} for {}", to_string(command.verb),
                             out_.review->head.substr(0, 10), login());
    return std::move(out_);
  }

  CommandEnded finish(const Report* report) {
    if (!permitted()) return std::move(out_);
    if (report == nullptr)
      return answer(
          "The review did not finish, so nothing was done. The log of the job says why.\n",
          Reaction::confused);
    if (report->change.head != ends_.head)
      return answer(
          "Nothing was done: the change has a new head since it was reviewed. Ask again.\n",
          Reaction::confused);
    switch (job_.text.command.verb) {
      case Verb::review:
        return review(*report);
      case Verb::fix:
        return fix(*report);
      case Verb::explain:
        return explain(*report);
      case Verb::ignore:
        return ignore(*report);
      case Verb::help:
        break;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string login() const { return visible(job_.login, false); }

  CommandEnded fail_with(std::string why) {
    out_.failure = std::move(why);
    return out_;
  }

  /// Asked of the forge, whatever the event says. Sets ends_.
  bool permitted() {
    const auto may = world_.forge.may_write(job_.user);
    if (!may) {
      out_.failure =
          "whether " + login() + " may write here could not be asked: " + may.error().message;
      return false;
    }
    if (!*may) {
      out_.refused = true;
      out_.words = login() + " may not write to this project: nothing was done";
      return false;
    }
    auto ends = world_.forge.ends();
    if (!ends) {
      out_.failure = ends.error().message;
      return false;
    }
    ends_ = std::move(*ends);
    if (!ends_.open || ends_.locked)
      out_.words = ends_.open ? "the change is locked: nothing was done"
                              : "the change is closed: nothing was done";
    return out_.words.empty();
  }

  void react(Reaction reaction) {
    if (!job_.comment.empty()) world_.forge.react(job_.comment, reaction);
  }

  /// How to ask is said once on a change; after that a sign has to do.
  CommandEnded misused() {
    const auto said = world_.talk.read({});
    if (!said) return fail_with(said.error().message);
    const bool told =
        std::any_of(said->answers.begin(), said->answers.end(),
                    [&](const auto& each) { return each.mark.usage && each.mark.to != job_.to; });
    if (told) {
      react(Reaction::confused);
      out_.words = "no command of Peer's; how to ask has been said before";
      return std::move(out_);
    }
    mark_.usage = true;
    return answer(misuse_words(job_.text), Reaction::confused);
  }

  /// A run before this one committed and was stopped before it could say so.
  bool done_before() {
    if (ends_.project.empty()) return false;
    const auto tip = world_.forge.tip(ends_.project, ends_.branch);
    if (!tip || !*tip || !answers((*tip)->message, job_.to)) return false;
    const auto said = world_.talk.read({});
    const bool told = said && answer_in(*said) != nullptr;
    out_.words = "the fixes are committed already";
    if (!told)
      (void)answer(
          fmt::format("The fixes are committed on the branch, as {}; its message lists them.\n",
                      markdown_code((*tip)->id.substr(0, 10))));
    return true;
  }

  [[nodiscard]] const AnswerComment* answer_in(const Said& said) const {
    for (const auto& each : said.answers)
      if (each.mark.to == job_.to) return &each;
    return nullptr;
  }

  /// Says `text` where the command's answer stands, or for the first time.
  CommandEnded answer(const std::string& text, Reaction reaction = Reaction::done) {
    mark_.name = world_.name;
    mark_.to = job_.to;
    const auto body =
        write_answer_mark(mark_) + "\n" + valid_utf8(std::string_view(text).substr(0, kMostBody));
    std::string why = "the forge does not keep what is written";
    for (int round = 0; round < kMostRounds; ++round) {
      if (round > 0 && !world_.pause(round)) return fail_with("stopped: " + why);
      const auto said = world_.talk.read({});
      if (!said) {
        why = said.error().message;
        continue;
      }
      const auto* there = answer_in(*said);
      if (there != nullptr && replace_all(there->body, "\r\n", "\n") == body)
        return answered(text, reaction);
      const auto end = there == nullptr ? world_.talk.write(PostSummary{body})
                                        : world_.talk.write(EditSummary{there->id, body});
      if (end.kind == WriteEnd::Kind::done) return answered(text, reaction);
      why = end.detail;
      if (end.kind != WriteEnd::Kind::unsure) break;
    }
    return fail_with("the command could not be answered: " + why);
  }

  CommandEnded answered(const std::string& text, Reaction reaction) {
    react(reaction);
    const auto line = std::string_view(text).substr(0, text.find('\n'));
    out_.words = fmt::format("{} for {}: {}", to_string(job_.text.command.verb), login(),
                             visible(line, false));
    return out_;
  }

  CommandEnded review(const Report& report) {
    const auto said = world_.publish(report);
    auto end = answer(review_words(report, said), said.done ? Reaction::done : Reaction::confused);
    if (!said.done) end.failure = said.failure;
    return end;
  }

  CommandEnded fix(const Report& report) {
    const auto said = world_.talk.read({});
    if (!said) return fail_with(said.error().message);
    // what is named is wanted, whatever was said of it before
    const bool named = !job_.text.command.ids.empty();
    const auto aside = named ? std::vector<SetAside>{} : set_aside_in(said->answers);
    const auto fixes = fixes_to_commit(report, world_.forge.keeps_modes(), aside);
    if (fixes.files.empty()) {
      std::string text = "Nothing was committed: there is no fix that is both safe and proved.\n";
      for (const auto& each : fixes.left_out)
        text += fmt::format("- {}\n", each);
      return answer(text, Reaction::confused);
    }
    const auto end = commit_fixes(world_.forge, ends_, fixes, job_.to, world_.pause);
    const bool good = end.kind == FixEnd::Kind::committed || end.kind == FixEnd::Kind::opened ||
                      end.kind == FixEnd::Kind::branched;
    auto ended = answer(fix_words(end, fixes, ends_), good ? Reaction::done : Reaction::confused);
    if (end.kind == FixEnd::Kind::failed && ended.failure.empty()) ended.failure = end.detail;
    if (good) ended.fixes = fixes.fixes.size();
    return ended;
  }

  /// The one finding whose key begins so; null for none or several.
  static const Finding* find(const Report& report, const std::string& id) {
    const Finding* found = nullptr;
    for (const auto* list : {&report.findings, &report.suppressed})
      for (const auto& finding : *list) {
        if (!key_of(finding.fingerprint).starts_with(id)) continue;
        if (found != nullptr && key_of(found->fingerprint) != key_of(finding.fingerprint))
          return nullptr;
        if (found == nullptr) found = &finding;
      }
    return found;
  }

  CommandEnded unknown(const std::string& id) {
    return answer(
        fmt::format(
            "There is no finding {} in this change as it stands now, or more than one begins so.\n",
            markdown_code(id)),
        Reaction::confused);
  }

  CommandEnded explain(const Report& report) {
    const auto& id = job_.text.command.ids.front();
    if (const auto* finding = find(report, id)) return answer(explain_words(*finding));
    const auto rule = std::find_if(report.rules.begin(), report.rules.end(),
                                   [&](const auto& each) { return each.id == id; });
    return rule == report.rules.end() ? unknown(id) : answer(explain_words(*rule));
  }

  CommandEnded ignore(const Report& report) {
    const auto& command = job_.text.command;
    const auto* finding = find(report, command.ids.front());
    if (finding == nullptr) return unknown(command.ids.front());
    mark_.aside = SetAside{key_of(finding->fingerprint), job_.login, command.reason};
    auto end = answer(aside_words(*finding, *mark_.aside));
    if (!end.failure.empty()) return end;
    const auto said = world_.publish(report);
    if (!said.done) end.failure = said.failure;
    return end;
  }

  const CommandJob& job_;
  CommandWorld& world_;
  ChangeEnds ends_;
  AnswerMark mark_;
  CommandEnded out_;
};

}  // namespace

CommandEnded begin_command(const CommandJob& job, CommandWorld& world) {
  return Carrying(job, world).begin();
}

CommandEnded finish_command(const CommandJob& job, const Report* report, CommandWorld& world) {
  return Carrying(job, world).finish(report);
}

}  // namespace peer
