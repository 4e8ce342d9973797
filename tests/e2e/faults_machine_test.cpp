// Machines that lack something: stores that are damaged or read-only, no HOME, few descriptors,
// little memory, no /tmp.
#include <fstream>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

class Machine : public Story {
 protected:
  void SetUp() override { make_small_change(); }
  fs::path state_db() const { return home.path() / ".local/state/peer/state.db"; }
  fs::path cache_db() const { return home.path() / ".cache/peer/cache.db"; }
};

struct Condition {
  const char* name;
  const char* script;  ///< what runs `"$PEER" review HEAD~1..HEAD`
};

std::ostream& operator<<(std::ostream& out, const Condition& condition) {
  return out << condition.name;
}

const Condition kConditions[] = {
    {"NoHome", "env -u HOME \"$PEER\" review HEAD~1..HEAD"},
    {"EmptyHome", "HOME= \"$PEER\" review HEAD~1..HEAD"},
    {"HomeIsAFile", "HOME=\"$PWD/a.py\" \"$PEER\" review HEAD~1..HEAD"},
    {"HomeIsNowhere", "HOME=/proc/nowhere \"$PEER\" review HEAD~1..HEAD"},
    {"EmptyEnvironment", "env -i \"$PEER\" review HEAD~1..HEAD"},
    {"FewDescriptors", "ulimit -n 32; \"$PEER\" review HEAD~1..HEAD"},
    {"FewDescriptorsIsolated", "ulimit -n 32; \"$PEER\" review HEAD~1..HEAD --isolate always -j 8"},
    {"LittleMemory", "$MEMORY 524288; \"$PEER\" review HEAD~1..HEAD"},
    {"LittleMemoryIsolated", "$MEMORY 1048576; \"$PEER\" review HEAD~1..HEAD --isolate always"},
    {"NoTemporaryFolder", "TMPDIR=/nonexistent \"$PEER\" review HEAD~1..HEAD"},
    {"EverythingForEveryone", "umask 000; \"$PEER\" review HEAD~1..HEAD"},
    {"NothingForAnyone", "umask 077; \"$PEER\" review HEAD~1..HEAD"},
    {"PlainLocale", "LANG=C LC_ALL=C \"$PEER\" review HEAD~1..HEAD"},
    {"UnknownLocale", "LANG=xx_YY.UTF-8 LC_ALL=xx_YY \"$PEER\" review HEAD~1..HEAD"},
    {"DumbTerminal", "TERM=dumb COLUMNS=0 \"$PEER\" review HEAD~1..HEAD"},
    {"OddTimeZone", "TZ=Nowhere/Land \"$PEER\" review HEAD~1..HEAD"},
    {"OneProcessor", "taskset -c 0 \"$PEER\" review HEAD~1..HEAD -j 0"},
    {"ReadOnlyHome",
     "chmod 0555 \"$HOME\"; $HELD \"$PEER\" review HEAD~1..HEAD; code=$?; chmod 0755 \"$HOME\"; "
     "exit $code"},
    {"ReadOnlyRepository",
     "chmod -R a-w .git; $HELD \"$PEER\" review HEAD~1..HEAD; code=$?; chmod -R u+w .git; exit "
     "$code"},
};

class Conditions : public Machine, public ::testing::WithParamInterface<Condition> {};

TEST_P(Conditions, ChangeNothingOfWhatIsFound) {
  const auto ran = shell(GetParam().script);
  EXPECT_EQ(ran.signal, 0);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("json is imported and never used"));
}

INSTANTIATE_TEST_SUITE_P(Machines, Conditions, ::testing::ValuesIn(kConditions),
                         [](const auto& condition) { return std::string(condition.param.name); });

TEST_F(Machine, WithoutAPlaceForStateItSaysSoAndGoesOn) {
  const auto ran = shell("env -u HOME \"$PEER\" review HEAD~1..HEAD -f json");
  EXPECT_THAT(ran.out, HasSubstr("neither HOME nor XDG_STATE_HOME is set"));
}

TEST_F(Machine, ADamagedStateIsNamedAndNeverDeleted) {
  (void)peer({"review", "HEAD~1.."});
  ASSERT_TRUE(fs::exists(state_db()));
  const std::string noise(8192, 'x');
  std::ofstream(state_db(), std::ios::binary) << noise;
  const auto seen = report({"review", "HEAD~1.."});
  EXPECT_EQ(found_in(seen), Strings{"unused-import a.py:1"});
  EXPECT_THAT(dump_json(seen.at("degraded")), HasSubstr("state.db"));
  EXPECT_EQ(slurp(state_db()), noise);
  const auto explained = peer({"explain-error"});
  EXPECT_NE(explained.exit_code, 0);
  EXPECT_NE(explained.exit_code, 70);
  EXPECT_THAT(explained.out, HasSubstr("state.db"));
  EXPECT_EQ(peer({"audit"}).exit_code, 0) << "an audit goes on without its history";
  EXPECT_EQ(peer({"doctor"}).exit_code, 2);
}

TEST_F(Machine, ADamagedCacheIsSetAsideAndRebuilt) {
  fs::create_directories(cache_db().parent_path());
  std::ofstream(cache_db(), std::ios::binary) << std::string(8192, 'x');
  for (int i = 0; i < 12; ++i)
    repo.write("f" + std::to_string(i) + ".py", "print(1)\n");  // enough for the cache to be used
  EXPECT_THAT(dump_json(report({"review", "."}).at("degraded")), HasSubstr("cache.db"));
  EXPECT_EQ(dump_json(report({"review", "."}).at("degraded")).find("cache.db"), std::string::npos)
      << "said once";
  const auto ran = peer({"doctor"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
}

TEST_F(Machine, AReportThatCannotBeWrittenIsNoCleanRun) {
  repo.write("a.py", kTidy);
  const auto ran = shell("\"$PEER\" review a.py -f json >/dev/full");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("standard output cannot be written"));
  EXPECT_EQ(shell("\"$PEER\" review a.py | true; exit ${PIPESTATUS[0]}").exit_code, 0)
      << "a closed pipe is no error";
}

TEST_F(Machine, AStateLockedByAnotherProcessDelaysButDoesNotStop) {
  (void)peer({"review", "HEAD~1.."});
  const auto ran = shell(
      "python3 - <<'X' &\n"
      "import sqlite3, time, os\n"
      "d = sqlite3.connect(os.environ['HOME'] + '/.local/state/peer/state.db')\n"
      "d.execute('BEGIN EXCLUSIVE')\nopen('.git/locked', 'w').close()\ntime.sleep(30)\nX\n"
      "while [ ! -e .git/locked ]; do :; done\n\"$PEER\" review HEAD~1.. -f json; code=$?; kill "
      "%1; exit $code");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("\"unused-import\""));
  EXPECT_THAT(ran.out, HasSubstr("not kept"));
}

TEST_F(Machine, ANewerStateIsNotTouched) {
  (void)peer({"review", "HEAD~1.."});
  ASSERT_EQ(shell("python3 -c \"import sqlite3,os; "
                  "d=sqlite3.connect(os.environ['HOME']+'/.local/state/peer/state.db'); "
                  "d.execute('PRAGMA user_version=999'); d.commit()\"")
                .exit_code,
            0);
  const auto seen = report({"review", "HEAD~1.."});
  EXPECT_EQ(found_in(seen), Strings{"unused-import a.py:1"});
  EXPECT_THAT(dump_json(seen.at("degraded")), HasSubstr("newer"));
}

TEST_F(Machine, ManyRunsAtOnceShareTheStores) {
  const auto ran = shell(
      "for i in 1 2 3 4 5 6; do \"$PEER\" review HEAD~1.. -f json > .git/out$i & done; wait; cat "
      ".git/out*");
  std::size_t clean = 0;
  for (int i = 1; i <= 6; ++i) {
    const auto one = parse_json(read(".git/out" + std::to_string(i)));
    ASSERT_TRUE(one.has_value());
    clean += found_in(*one).size() == 1 && one->at("degraded").empty() ? 1 : 0;
  }
  EXPECT_EQ(clean, 6U) << ran.out;
}

TEST_F(Machine, FixesSurviveTheSameConditions) {
  for (const auto* prefix : {"ulimit -n 32;", "umask 000;", "TMPDIR=/nonexistent", "env -u HOME"}) {
    repo.write("a.py", kUnused);
    const auto ran = shell(std::string(prefix) + " \"$PEER\" fix-all .");
    EXPECT_EQ(ran.exit_code, 0) << prefix << ran.out;
    EXPECT_EQ(read("a.py"), "\nprint(1)\n") << prefix;
  }
  EXPECT_EQ(fs::status(repo.folder() / "a.py").permissions() & fs::perms(0022), fs::perms::none)
      << "umask 000 opened it to all";
}

struct Bomb {
  const char* name;
  std::string (*text)();
};

std::ostream& operator<<(std::ostream& out, const Bomb& bomb) { return out << bomb.name; }

const Bomb kBombs[] = {
    {"Aliases",
     [] {
       std::string text = "a: &a [x, x, x, x, x, x, x, x, x]\n";
       for (char c = 'b'; c < 'k'; ++c)
         text += std::string(1, c) + ": &" + c + " [*" + char(c - 1) + ", *" + char(c - 1) + ", *" +
                 char(c - 1) + ", *" + char(c - 1) + "]\n";
       return text;
     }},
    {"Depth", [] { return "exclude: " + std::string(100'000, '['); }},
    {"FlowMaps",
     [] {
       std::string text = "exclude: ";
       for (int i = 0; i < 50'000; ++i)
         text += "{a: ";
       return text;
     }},
    {"Size", [] { return "exclude:\n" + std::string(10U << 20U, '#') + "\n"; }},
    {"Merge", [] { return std::string("x: &x {fail_on: never}\n<<: *x\n"); }},
    {"Tag", [] { return std::string("fail_on: !!python/object:os.system never\n"); }},
    {"Nul", [] { return std::string("fail_on: er\0ror\n", 16); }},
    {"Binary",
     [] {
       return std::string(
           "\x7f"
           "ELF\x02\x01\x01\0\0\0\0",
           11);
     }},
};

class Bombs : public Machine, public ::testing::WithParamInterface<Bomb> {};

TEST_P(Bombs, AreRefusedAtOnceWithTheirFileNamed) {
  repo.write(".peer.yml", GetParam().text());
  const auto ran = shell("$MEMORY 524288; \"$PEER\" review .");
  EXPECT_EQ(ran.exit_code, 2) << ran.out.substr(0, 400);
  EXPECT_EQ(ran.signal, 0);
  EXPECT_THAT(ran.out, HasSubstr(".peer.yml"));
  EXPECT_LT(ran.out.size(), 2000U) << "the message holds the bomb";
}

INSTANTIATE_TEST_SUITE_P(Yaml, Bombs, ::testing::ValuesIn(kBombs),
                         [](const auto& bomb) { return std::string(bomb.param.name); });

}  // namespace
}  // namespace peer::testing
