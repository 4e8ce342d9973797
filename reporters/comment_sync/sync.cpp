#include "reporters/comment_sync/sync.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/comment_sync/plan.hpp"

namespace peer {
namespace {

constexpr int kMostRounds = 6;

/// Which ability a write needs, and what people are told when the token has not got it.
struct Need {
  bool TokenAbilities::*ability;
  std::string_view words;
};

struct NeedOf {
  static constexpr Need kComment{&TokenAbilities::comment,
                                 "this token may not comment on the change"};
  static constexpr Need kResolve{
      &TokenAbilities::resolve,
      "this token may not resolve threads: they only say that they are fixed"};
  Need operator()(const PostComments&) const { return kComment; }
  Need operator()(const PublishPending&) const { return kComment; }
  Need operator()(const EditComment&) const { return kComment; }
  Need operator()(const DeleteComment&) const { return kComment; }
  Need operator()(const SetResolved&) const { return kResolve; }
  Need operator()(const PostSummary&) const { return kComment; }
  Need operator()(const EditSummary&) const { return kComment; }
  Need operator()(const DeleteSummary&) const { return kComment; }
  Need operator()(const SetLabels&) const {
    return {&TokenAbilities::labels, "this token may not set labels"};
  }
  Need operator()(const UploadSarif&) const {
    return {&TokenAbilities::sarif,
            "this token may not upload to code scanning, or it is not enabled"};
  }
  Need operator()(const PostCheck&) const {
    return {&TokenAbilities::check, "this token may not write check runs: a commit status says it"};
  }
  Need operator()(const PostStatus&) const {
    return {&TokenAbilities::status, "this token may not write commit statuses"};
  }
};

class Run {
 public:
  Run(const MakeWanted& make, Conversation& conversation) : make_(make), talk_(conversation) {}

  SyncOutcome go(const std::function<bool(int)>& pause, const std::stop_token& stop) {
    for (int round = 0; round < kMostRounds; ++round) {
      if (round > 0 && wait_ && !pause(round)) return stopped_by_user();
      if (stop.stop_requested()) return stopped_by_user();
      if (one_round(stop)) return std::move(out_);
    }
    out_.failure = last_.empty() ? "the forge does not keep what is written" : last_;
    return std::move(out_);
  }

 private:
  /// True when there is nothing left to do.
  bool one_round(const std::stop_token& stop) {
    wait_ = true;
    auto said = talk_.read(abilities_);
    if (!said) {
      last_ = said.error().message;
      // what may pass is asked again
      const auto kind = said.error().kind;
      const bool passing = kind == ErrorKind::unavailable || kind == ErrorKind::timeout;
      if (!passing) out_.failure = last_;
      return !passing;
    }
    want(set_aside_in(said->answers));
    if (const auto why = moved_on(wanted_, said->change); !why.empty()) return end(why);
    if (said->change.locked) degrade("the change is locked: nothing is said on it");
    for (const auto& write : plan(wanted_, *said, abilities_, refused_)) {
      if (stop.stop_requested()) return false;
      const auto now = talk_.look();
      if (!now) {
        last_ = now.error().message;
        return false;
      }
      if (const auto why = moved_on(wanted_, *now); !why.empty()) return end(why);
      if (now->locked != said->change.locked) return false;
      const auto next = carry_out(write);
      if (next == Next::look_again) return false;
      if (next == Next::give_up) return true;
    }
    out_.done = true;
    return true;
  }

  void want(std::vector<SetAside> aside) {
    if (aside_ == aside) return;
    wanted_ = make_(aside);
    out_.aside = aside;
    aside_ = std::move(aside);
  }

  enum class Next { go_on, look_again, give_up };

  Next carry_out(const Write& write) {
    auto ended = talk_.write(write);
    using Kind = WriteEnd::Kind;
    if (ended.kind == Kind::done) {
      count(write, ended);
      if (ended.refused.empty()) return Next::go_on;
      refused_.insert(ended.refused.begin(), ended.refused.end());
      wait_ = false;
      return Next::look_again;
    }
    last_ = ended.detail;
    if (ended.kind == Kind::forbidden) return forbidden(write);
    if (ended.kind == Kind::gone) {
      // what is still listed and yet not found is hidden from this token
      if (++gone_ > 1) return forbidden(write);
      wait_ = false;
      return Next::look_again;
    }
    if (ended.kind == Kind::unsure) return Next::look_again;
    out_.failure = ended.detail;
    return Next::give_up;
  }

  Next forbidden(const Write& write) {
    const auto need = std::visit(NeedOf{}, write);
    degrade(fmt::format("{} ({})", need.words, last_));
    abilities_.*need.ability = false;
    // what depends on it is planned anew
    wait_ = false;
    return std::holds_alternative<SetResolved>(write) ? Next::go_on : Next::look_again;
  }

  void count(const Write& write, const WriteEnd& ended) {
    ++out_.writes;
    if (const auto* post = std::get_if<PostComments>(&write))
      out_.comments +=
          post->comments.size() - std::min(post->comments.size(), ended.refused.size());
    if (const auto* resolve = std::get_if<SetResolved>(&write))
      out_.fixed += resolve->resolved ? 1 : 0;
  }

  void degrade(std::string sentence) {
    if (std::find(out_.degraded.begin(), out_.degraded.end(), sentence) == out_.degraded.end())
      out_.degraded.push_back(std::move(sentence));
  }

  bool end(std::string why) {
    out_.stopped = std::move(why);
    out_.done = true;
    return true;
  }

  SyncOutcome stopped_by_user() {
    out_.failure = last_.empty() ? "stopped" : "stopped: " + last_;
    return std::move(out_);
  }

  const MakeWanted& make_;
  Conversation& talk_;
  std::optional<std::vector<SetAside>> aside_;  // that wanted_ was made for
  Wanted wanted_;
  TokenAbilities abilities_;
  std::set<std::string> refused_;
  SyncOutcome out_;
  std::string last_;
  bool wait_ = true;
  int gone_ = 0;
};

}  // namespace

SyncOutcome sync(const MakeWanted& make, Conversation& conversation,
                 const std::function<bool(int round)>& pause, const std::stop_token& stop) {
  return Run(make, conversation).go(pause, stop);
}

SyncOutcome sync(const Wanted& wanted, Conversation& conversation,
                 const std::function<bool(int round)>& pause, const std::stop_token& stop) {
  return sync([&wanted](const std::vector<SetAside>&) { return wanted; }, conversation, pause,
              stop);
}

}  // namespace peer
