#include "reporters/comment_sync/threads.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kGroupFrom = 4;    // of one rule: said once
constexpr std::size_t kMostPlaces = 10;  // listed in a group
constexpr std::size_t kMostGroup = 100;  // findings that one comment speaks for: what a mark holds

class Threads {
 public:
  Threads(const Wanted& wanted, const Said& said, const TokenAbilities& abilities,
          const Memory& memory, const std::set<std::string>& refused)
      : wanted_(wanted), said_(said), abilities_(abilities), memory_(memory), refused_(refused) {
    for (const auto& finding : wanted.findings)
      present_.emplace(finding.key, &finding);
    examined_.insert(wanted.examined.begin(), wanted.examined.end());
    silenced_.insert(wanted.silenced.begin(), wanted.silenced.end());
  }

  ThreadPlan make() {
    bool pending = false;
    for (const auto& thread : said_.threads) {
      if (is_double(thread) || is_outdated(thread)) {
        plan_.writes.emplace_back(DeleteComment{thread.id, thread.comment});
        continue;
      }
      covered_.insert(thread.mark.keys.begin(), thread.mark.keys.end());
      pending = pending || thread.pending;
      if (keep_up(thread)) ++open_;
    }
    if (pending) plan_.writes.emplace_back(PublishPending{});
    post_new();
    remember();
    return std::move(plan_);
  }

 private:
  /// Says only what an older comment says already, and nobody answered it.
  [[nodiscard]] bool is_double(const Thread& thread) const {
    if (thread.people || thread.resolved) return false;
    return std::all_of(thread.mark.keys.begin(), thread.mark.keys.end(),
                       [&](const auto& key) { return covered_.contains(key); });
  }

  /// Nobody has seen it yet, and nobody should: the run that wrote it was overtaken.
  [[nodiscard]] bool is_outdated(const Thread& thread) const {
    return thread.pending && (thread.stale || first_present(thread) == nullptr);
  }

  [[nodiscard]] const WantedFinding* first_present(const Thread& thread) const {
    for (const auto& key : thread.mark.keys)
      if (const auto it = present_.find(key); it != present_.end()) return it->second;
    return nullptr;
  }

  /// What was not examined may still be there.
  [[nodiscard]] bool may_be_gone(const Thread& thread) const {
    return wanted_.complete || examined_.contains(thread.path);
  }

  /// Whether it will stand open for a finding that is there.
  bool keep_up(const Thread& thread) {
    const auto* finding = first_present(thread);
    const bool ours = !thread.people && !thread.pending;
    if (finding != nullptr && ours) return still_there(thread, *finding);
    if (finding == nullptr && ours && may_be_gone(thread)) gone(thread);
    return finding != nullptr && !thread.resolved && !thread.mark.fixed;
  }

  bool still_there(const Thread& thread, const WantedFinding& finding) {
    const auto& mark = thread.mark;
    if (thread.resolved && !thread.resolved_by_us) return false;  // a human decided
    if (mark.fixed) {                                             // it came back
      if (mark.reopened) return false;
      edit(thread, finding, true);
      if (thread.resolved) resolve(thread, false);
      return true;
    }
    if (thread.resolved)
      resolve(thread, false);  // by us, without the words that belong to it: we were stopped
    else if (mark.keys.size() == 1 && mark.said != finding.said)
      edit(thread, finding, mark.reopened);
    return true;
  }

  void gone(const Thread& thread) {
    if (thread.mark.fixed || (thread.resolved && !thread.resolved_by_us)) return;
    if (!thread.resolved) resolve(thread, true);
    auto mark = thread.mark;
    mark.fixed = true;
    // the first paragraph only: what is fixed needs no suggestion that could still be committed
    const auto body = replace_all(thread.body, "\r\n", "\n");  // what people edit gets other ends
    const auto begin = std::min(body.find('\n'), body.size() - 1) + 1;
    const auto end = body.find("\n\n", begin);
    const auto title = trim(std::string_view(body).substr(begin, end - begin));
    const bool silenced = silenced_.contains(mark.keys.front());
    plan_.writes.emplace_back(
        EditComment{thread.id, thread.comment,
                    fmt::format("{}\n{}\n\n{} in `{}`.\n", write_mark(mark), title,
                                silenced ? "Silenced" : "Fixed", wanted_.head.substr(0, 10))});
  }

  void resolve(const Thread& thread, bool resolved) {
    if (abilities_.resolve) plan_.writes.emplace_back(SetResolved{thread.id, resolved});
  }

  void edit(const Thread& thread, const WantedFinding& finding, bool reopened) {
    auto mark = thread.mark;
    mark.fixed = false;
    mark.reopened = reopened;
    mark.said = finding.said;
    plan_.writes.emplace_back(
        EditComment{thread.id, thread.comment, write_mark(mark) + "\n" + finding.text});
  }

  [[nodiscard]] bool is_new(const WantedFinding& finding) const {
    const auto holds = [&](const std::vector<std::string>& keys) {
      return std::find(keys.begin(), keys.end(), finding.key) != keys.end();
    };
    if (!finding.at || covered_.contains(finding.key) || refused_.contains(finding.key))
      return false;
    if (memory_.head == wanted_.head && holds(memory_.refused)) return false;
    return !holds(memory_.raised) && !holds(memory_.ignored);
  }

  [[nodiscard]] NewComment comment_on(const std::vector<const WantedFinding*>& group) const {
    const auto& first = *group.front();
    NewComment comment{*first.at, {}, {}};
    for (const auto* finding : group)
      comment.keys.push_back(finding->key);
    const Mark mark{wanted_.name, comment.keys, first.said, false, false};
    comment.body = write_mark(mark) + "\n" + first.text;
    if (group.size() == 1) return comment;
    std::vector<std::string> places;
    for (std::size_t i = 1; i < std::min(group.size(), kMostPlaces + 1); ++i)
      places.push_back(group[i]->place);
    comment.body += "\nAlso at " + join(places, ", ");
    if (group.size() > kMostPlaces + 1)
      comment.body +=
          fmt::format(" and {}", count_of(group.size() - kMostPlaces - 1, "more place"));
    comment.body += ".\n";
    return comment;
  }

  void post_new() {
    std::vector<const WantedFinding*> fresh;
    std::unordered_map<std::string_view, std::vector<const WantedFinding*>> by_rule;
    std::unordered_set<std::string_view> seen;
    for (const auto& finding : wanted_.findings) {
      if (!is_new(finding) || !seen.insert(finding.key).second) continue;
      fresh.push_back(&finding);
      by_rule[finding.rule].push_back(&finding);
    }
    PostComments post;
    std::unordered_set<const WantedFinding*> said;
    for (const auto* finding : fresh) {
      if (open_ + post.comments.size() >= wanted_.max_comments) break;
      if (said.contains(finding)) continue;
      std::vector<const WantedFinding*> group{finding};
      const auto& same = by_rule[finding->rule];
      if (same.size() >= kGroupFrom)
        group.assign(same.begin(),
                     same.begin() + static_cast<std::ptrdiff_t>(std::min(same.size(), kMostGroup)));
      if (group.front() != finding) continue;  // beyond what a group may hold
      said.insert(group.begin(), group.end());
      post.comments.push_back(comment_on(group));
    }
    for (const auto& comment : post.comments)
      covered_.insert(comment.keys.begin(), comment.keys.end());
    if (!post.comments.empty()) plan_.writes.emplace_back(std::move(post));
  }

  void remember() {
    std::set<std::string> raised(memory_.raised.begin(), memory_.raised.end());
    raised.insert(covered_.begin(), covered_.end());
    plan_.raised.assign(raised.begin(), raised.end());
    for (const auto& finding : wanted_.findings) {
      const bool before = memory_.head == wanted_.head &&
                          std::find(memory_.refused.begin(), memory_.refused.end(), finding.key) !=
                              memory_.refused.end();
      if (before || refused_.contains(finding.key)) plan_.unplaced.push_back(finding.place);
    }
  }

  const Wanted& wanted_;
  const Said& said_;
  const TokenAbilities& abilities_;
  const Memory& memory_;
  const std::set<std::string>& refused_;
  std::unordered_map<std::string, const WantedFinding*> present_;
  std::unordered_set<std::string> examined_, silenced_, covered_;
  std::size_t open_ = 0;
  ThreadPlan plan_;
};

}  // namespace

ThreadPlan plan_threads(const Wanted& wanted, const Said& said, const TokenAbilities& abilities,
                        const Memory& memory, const std::set<std::string>& refused) {
  return Threads(wanted, said, abilities, memory, refused).make();
}

}  // namespace peer
