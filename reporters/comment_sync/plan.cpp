#include "reporters/comment_sync/plan.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "reporters/comment_sync/threads.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostUnplaced = 20;

}  // namespace

std::vector<std::string> keys_of(const Wanted& wanted) {
  std::set<std::string> keys;
  for (const auto& finding : wanted.findings)
    keys.insert(finding.key);
  return {keys.begin(), keys.end()};
}

Since since_then(const Memory& before, const std::vector<std::string>& found,
                 const Wanted& wanted) {
  if (before.head == wanted.head) return before.since;
  // of what was not examined nobody knows whether it is fixed
  if (before.head.empty() || !before.whole || !wanted.complete) return {};
  const std::set<std::string> old(before.found.begin(), before.found.end());
  Since counts{before.head, 0, 0, 0};
  for (const auto& key : found)
    ++(old.contains(key) ? counts.open : counts.added);
  counts.fixed = static_cast<std::uint32_t>(old.size()) - counts.open;
  return counts;
}

namespace {

/// How many of the hunks are new since what `before` remembers.
Again again_since(const Memory& before, const Wanted& wanted) {
  if (before.head == wanted.head) return before.again;
  if (before.head.empty() || before.hunks.empty() || wanted.hunks.empty()) return {};
  const std::set<std::string> old(before.hunks.begin(), before.hunks.end());
  Again again{before.head, 0, static_cast<std::uint32_t>(wanted.hunks.size())};
  for (const auto& name : wanted.hunks)
    again.fresh += old.contains(name) ? 0U : 1U;
  return again;
}

std::string again_words(const Again& again) {
  if (again.head.empty()) return {};
  return fmt::format("{} of {} new since `{}`; {} examined before.\n", with_commas(again.fresh),
                     count_of(again.total, "hunk") + (again.total == 1 ? " is" : " are"),
                     again.head.substr(0, 10), with_commas(again.total - again.fresh));
}

std::string since_words(const Since& since) {
  if (since.head.empty()) return {};
  return fmt::format("Since `{}`: {} fixed, {} new, {} still open.\n", since.head.substr(0, 10),
                     since.fixed, since.added, since.open);
}

std::string unplaced_words(const std::vector<std::string>& places) {
  if (places.empty()) return {};
  const std::vector<std::string> shown(
      places.begin(),
      places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), kMostUnplaced)));
  return fmt::format("\nThe forge took no comment on {}{}.\n", join(shown, ", "),
                     places.size() > kMostUnplaced
                         ? fmt::format(" and {} more", places.size() - kMostUnplaced)
                         : "");
}

}  // namespace

std::string summary_body(const Wanted& wanted, Memory& memory,
                         const std::vector<std::string>& unplaced) {
  const auto first = std::min(wanted.summary.find('\n'), wanted.summary.size() - 1) + 1;
  auto words = wanted.summary.substr(0, first);
  const auto news = since_words(memory.since) + again_words(memory.again);
  if (!news.empty()) words += "\n" + news;
  words += wanted.summary.substr(first) + unplaced_words(unplaced);
  memory.said.clear();
  memory.said = sha256(words + write_memory(memory)).substr(0, 16);
  return write_memory(memory) + "\n" + words + "\n" + wanted.costs;
}

namespace {

void plan_labels(const Wanted& wanted, const Said& said, std::vector<Write>& writes) {
  if (!wanted.label) return;
  const auto has = [&](const std::string& label) {
    return std::find(said.change.labels.begin(), said.change.labels.end(), label) !=
           said.change.labels.end();
  };
  SetLabels labels;
  if (!has(*wanted.label)) labels.add.push_back(*wanted.label);
  for (const auto& label : peer_labels())
    if (label != *wanted.label && has(label)) labels.remove.push_back(label);
  if (!labels.add.empty() || !labels.remove.empty()) writes.emplace_back(std::move(labels));
}

void plan_check(const Wanted& wanted, const Said& said, const TokenAbilities& abilities,
                std::vector<Write>& writes) {
  if (!wanted.check) return;
  const auto& check = *wanted.check;
  if (abilities.check) {
    const bool same = said.check && said.check->key == check.key;
    if (same && said.check->done) return;
    // half of ours: the run that wrote it was stopped
    if (same)
      writes.emplace_back(PostCheck{said.check->id, said.check->annotations, check});
    else
      writes.emplace_back(PostCheck{"", 0, check});
    return;
  }
  if (!abilities.status) return;
  constexpr std::size_t kMostDescription = 140;
  StatusThere status{check.conclusion == Conclusion::success ? "success" : "failure",
                     check.title.substr(0, kMostDescription)};
  // a status knows no middle: what was examined and is no failure is none
  if (check.conclusion == Conclusion::neutral &&
      check.title.find("incomplete") == std::string::npos)
    status.state = "success";
  if (said.status != status) writes.emplace_back(PostStatus{status.state, status.description});
}

}  // namespace

std::string moved_on(const Wanted& wanted, const ChangeNow& now) {
  if (!now.open) return "the change is closed";
  if (now.head != wanted.head)
    return fmt::format("the change has moved on to {}; its own run will report",
                       visible(now.head.substr(0, 10), false));
  if (!wanted.target.empty() && now.target != wanted.target)
    return "the change goes to another branch now; a new run will report";
  return {};
}

std::vector<Write> plan(const Wanted& wanted, const Said& said, const TokenAbilities& abilities,
                        const std::set<std::string>& refused) {
  std::vector<Write> writes;
  if (!moved_on(wanted, said.change).empty()) return writes;
  const Memory before = said.summaries.empty() ? Memory{} : said.summaries.front().memory;
  Memory memory;
  memory.name = wanted.name;
  memory.head = wanted.head;
  memory.found = keys_of(wanted);
  memory.since = since_then(before, memory.found, wanted);
  memory.again = again_since(before, wanted);
  memory.hunks = wanted.hunks;
  memory.ignored = before.ignored;
  memory.sarif = before.head == wanted.head ? before.sarif : "";
  const bool may_comment = abilities.comment && !said.change.locked;
  auto threads = plan_threads(wanted, said, abilities, before, refused);
  if (may_comment) writes = std::move(threads.writes);
  if (abilities.labels) plan_labels(wanted, said, writes);
  if (!wanted.sarif.empty() && abilities.sarif) {
    const auto hash = sha256(wanted.sarif).substr(0, 16);
    if (memory.sarif != hash) writes.emplace_back(UploadSarif{wanted.sarif});
    memory.sarif = hash;
  }
  if (may_comment) {
    std::set<std::string> all_refused(refused);
    if (before.head == wanted.head)
      all_refused.insert(before.refused.begin(), before.refused.end());
    memory.refused.assign(all_refused.begin(), all_refused.end());
    memory.raised = std::move(threads.raised);
    auto body = summary_body(wanted, memory, threads.unplaced);
    if (said.summaries.empty())
      writes.emplace_back(PostSummary{std::move(body)});
    else if (before.said != memory.said)
      writes.emplace_back(EditSummary{said.summaries.front().id, std::move(body)});
    for (std::size_t i = 1; i < said.summaries.size(); ++i)
      writes.emplace_back(DeleteSummary{said.summaries[i].id});
  }
  plan_check(wanted, said, abilities, writes);
  return writes;
}

}  // namespace peer
