// Random lives of a change, through the real clients, on both forges: heads come, findings come and
// go, people answer, resolve, reopen, hide and delete, the change is closed for a while, and the
// connection loses what goes or what comes back.
#include <map>
#include <random>
#include <set>

#include "reporters/comment_sync/mark.hpp"
#include "tests/reporters/forges/on_github.hpp"
#include "tests/reporters/forges/on_gitlab.hpp"

namespace peer::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint32_t kLives = 100;
constexpr int kSteps = 6;
constexpr std::size_t kMostComments = 4;

/// A thread as it stands on a forge.
struct There {
  std::string id, body;
  bool resolved = false, by_person = false, answered = false;
  [[nodiscard]] bool of_people() const { return answered || (resolved && by_person); }
};

struct GitHubLife {
  fakes::GitHubFake forge;
  ForgePlace place;

  GitHubLife() {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = "o/r";
    forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  }
  [[nodiscard]] std::vector<There> threads() const {
    std::vector<There> all;
    for (const auto& each : forge.talks)
      all.push_back({each.id, each.comments[0].body, each.resolved, each.resolved_by != "peer-bot",
                     each.comments.size() > 1 || each.minimized});
    return all;
  }
  [[nodiscard]] std::vector<std::string> summaries() const {
    std::vector<std::string> all;
    for (const auto& each : forge.comments)
      all.push_back(each.body);
    return all;
  }
  void answer(std::size_t i) { forge.talks[i].comments.push_back(forge.person("alice", "why?")); }
  void hide(std::size_t i) { forge.talks[i].minimized = true; }
  void resolve(std::size_t i, bool resolved) {
    forge.talks[i].resolved = resolved;
    forge.talks[i].resolved_by = resolved ? "alice" : "";
  }
  void erase(std::size_t i) {
    forge.talks.erase(forge.talks.begin() + static_cast<std::ptrdiff_t>(i));
  }
  void set_open(bool open) { forge.state = open ? "open" : "closed"; }
};

struct GitLabLife {
  fakes::GitLabFake forge;
  ForgePlace place;

  GitLabLife() {
    place.kind = ForgeKind::gitlab;
    place.api = forge.url();
    place.project = "g/p";
    forge.diff["src/a.py"] =
        counted(1, 1, std::string(49, ' ') + std::string(100, '+') + std::string(51, ' '));
  }
  /// Where the threads are among the discussions.
  [[nodiscard]] std::vector<std::size_t> places() const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < forge.discussions.size(); ++i)
      if (forge.discussions[i].resolvable) all.push_back(i);
    return all;
  }
  [[nodiscard]] std::vector<There> threads() const {
    std::vector<There> all;
    for (const auto& each : forge.threads())
      all.push_back({each.id, each.notes[0].body, each.resolved, each.resolved_by != 11,
                     each.notes.size() > 1});
    return all;
  }
  [[nodiscard]] std::vector<std::string> summaries() const {
    std::vector<std::string> all;
    for (const auto& each : forge.notes())
      all.push_back(each.notes[0].body);
    return all;
  }
  fakes::GitLabFake::Discussion& at(std::size_t i) { return forge.discussions[places()[i]]; }
  void answer(std::size_t i) { at(i).notes.push_back(forge.person("why?")); }
  void hide(std::size_t i) { answer(i); }  // GitLab has no such thing
  void resolve(std::size_t i, bool resolved) {
    at(i).resolved = resolved;
    at(i).resolved_by = resolved ? 99 : 0;
  }
  void erase(std::size_t i) {
    forge.discussions.erase(forge.discussions.begin() + static_cast<std::ptrdiff_t>(places()[i]));
  }
  void set_open(bool open) { forge.state = open ? "opened" : "closed"; }
};

template <class Side>
class Life {
 public:
  explicit Life(std::uint32_t seed) : random_(seed), http_(allowed()) {
    side_.place.number = 7;
    side_.place.target = "main";
    side_.place.token = "writer";
    push();
  }

  void step() {
    const auto n = roll(12);
    const auto threads = side_.threads();
    if (n < 6) push();
    if (n >= 6 && !threads.empty()) people(n, roll(threads.size()), threads);
    side_.set_open(n != 11);
    const auto touched = of_people();
    const auto before = side_.forge.writes();
    say(n == 11 || roll(3) == 0);
    if (n == 11) {
      EXPECT_EQ(side_.forge.writes(), before) << "the change is closed";
      side_.set_open(true);
      say(true);
    }
    expect_well(touched);
    const auto writes = side_.forge.writes();
    say(true);
    EXPECT_EQ(side_.forge.writes(), writes) << "nothing changed, nothing is written";
  }

 private:
  HttpOptions allowed() const {
    HttpOptions options;
    options.allowed = {{parse_url(side_.place.api)->origin, true}};
    return options;
  }

  std::size_t roll(std::size_t below) { return random_() % below; }

  void push() {
    head_.clear();
    for (int i = 0; i < 5; ++i)
      head_ += fmt::format("{:08x}", static_cast<std::uint32_t>(random_()));
    for (const int line : {10, 20, 30, 48, 55, 90, 149, 180})
      if (roll(3) == 0 && found_.erase(line) == 0) found_.insert(line);
    side_.forge.head = head_;
  }

  void people(std::size_t n, std::size_t i, const std::vector<There>& threads) {
    if (n == 6) side_.answer(i);
    if (n == 7) side_.hide(i);
    if (n == 8 && !threads[i].resolved) side_.resolve(i, true);
    if (n == 9 && threads[i].resolved) side_.resolve(i, false);
    if (n != 10) return;
    const auto mark = read_mark(threads[i].body);
    ASSERT_TRUE(mark.has_value());
    deleted_.insert(mark->keys.begin(), mark->keys.end());
    side_.erase(i);
  }

  /// Runs Peer until it says that it is done; at first on a bad connection, unless it is `calm`.
  void say(bool calm) {
    const auto report = report_with({found_.begin(), found_.end()}, head_);
    PublishOptions options;
    options.max_comments = kMostComments;
    options.labels = true;
    ForgeWorld world{http_, clock_, [](std::chrono::milliseconds) { return true; }};
    world.spacing = std::chrono::milliseconds(0);
    for (int attempt = 0; attempt < 3; ++attempt) {
      using Fault = fakes::ForgeFake::Fault;
      side_.forge.fault = nullptr;
      if (!calm && attempt == 0)
        side_.forge.fault = [this](const fakes::ServedRequest& request) {
          const auto luck = roll(request.method == "GET" ? 40 : 8);
          if (luck == 0) return Fault{Fault::drop_before};
          if (luck == 1) return Fault{Fault::drop_after};
          return luck == 2 ? Fault{Fault::answer, 502} : Fault{};
        };
      const auto out = publish(report, side_.place, options, world);
      side_.forge.settle();
      side_.forge.fault = nullptr;
      ASSERT_TRUE(out.has_value() || !calm) << out.error().message;
      if (out && out->done) return;
    }
    ADD_FAILURE() << "it never ends";
  }

  std::map<std::string, There> of_people() const {
    std::map<std::string, There> touched;
    for (const auto& each : side_.threads())
      if (each.of_people()) touched[each.id] = each;
    return touched;
  }

  void expect_well(const std::map<std::string, There>& touched) const {
    EXPECT_THAT(side_.forge.problems, IsEmpty());
    const auto summaries = side_.summaries();
    ASSERT_EQ(summaries.size(), 1U);
    for (const int line : found_)
      EXPECT_THAT(summaries[0], HasSubstr(fmt::format("src/a.py:{}", line)))
          << "no finding is lost";
    const auto report = report_with({found_.begin(), found_.end()}, head_);
    std::set<std::string> present;
    for (const auto& each : wanted_from(report, {}).findings)
      present.insert(each.key);
    std::set<std::string> raised;
    for (const auto& each : side_.threads()) {
      const auto mark = read_mark(each.body);
      ASSERT_TRUE(mark.has_value()) << each.body;
      for (const auto& key : mark->keys) {
        EXPECT_TRUE(raised.insert(key).second) << "a finding is raised once";
        EXPECT_FALSE(deleted_.contains(key)) << "what people deleted is not raised again";
      }
      if (const auto it = touched.find(each.id); it != touched.end()) {
        EXPECT_EQ(each.body, it->second.body) << "what people touched stays";
        EXPECT_EQ(each.resolved, it->second.resolved);
        continue;
      }
      const bool there = present.contains(mark->keys[0]);
      EXPECT_TRUE(there || mark->fixed) << each.body;
      EXPECT_FALSE(there && !mark->fixed && each.resolved) << each.body;
    }
  }

  std::mt19937 random_;
  Side side_;
  HttpEngine http_;
  Clock clock_;
  std::string head_;
  std::set<int> found_;
  std::set<std::string> deleted_;
};

template <class Side>
void live() {
  for (std::uint32_t seed = 0; seed < kLives && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Life<Side> life(seed);
    for (int i = 0; i < kSteps && !::testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE(fmt::format("step {}", i));
      life.step();
    }
  }
}

TEST(Lives, AHundredOnGitHubHaveNoDoubledNoLostAndNoNeedlessWord) { live<GitHubLife>(); }

TEST(Lives, AHundredOnGitLabHaveNoDoubledNoLostAndNoNeedlessWord) { live<GitLabLife>(); }

}  // namespace
}  // namespace peer::test
