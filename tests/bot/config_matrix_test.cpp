// Who may set what: every key of the table of settings against every place that could try. A key
// without a row here fails.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "bot/cli.hpp"
#include "bot/config.hpp"
#include "bot/config/keys.hpp"
#include "bot/input.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

enum class Repository { may, may_not, may_lower };
constexpr auto kMay = Repository::may;
constexpr auto kMayNot = Repository::may_not;
constexpr auto kMayLower = Repository::may_lower;

struct Row {
  std::string_view key;
  std::string_view yaml;         ///< a value other than the default, as a file has it
  std::string_view environment;  ///< the same as a variable has it; "": variables cannot
  Repository repository;
  std::string_view flags;  ///< that set the key, in order of name, parted by blanks
};

constexpr Row kRows[] = {
    {"fail_on", "warning", "warning", kMay, "fail-on"},
    {"filter", "file", "file", kMay, "filter"},
    {"min_severity", "error", "error", kMay, "min-severity"},
    {"min_confidence", "high", "high", kMay, "min-confidence"},
    {"exclude", "[\"x/**\"]", "x/**", kMay, "exclude"},
    {"include_generated", "true", "true", kMay, "generated"},
    {"include_vendored", "true", "true", kMay, "vendored"},
    {"rules_off", "[unused-import]", "unused-import", kMay, "off"},
    {"imports", "[a.sarif]", "a.sarif", kMayNot, "import"},
    {"per_file_ignores", "{\"t/**\": [unused-import]}", "", kMay, ""},
    {"complexity.max_cyclomatic", "7", "7", kMay, ""},
    {"complexity.max_cognitive", "7", "7", kMay, ""},
    {"duplicates.min_tokens", "77", "77", kMay, ""},
    {"parse.max_bytes", "2M", "2M", kMay, ""},
    {"parse.budget_ms", "77", "77", kMay, ""},
    {"default_branch", "trunk", "trunk", kMay, ""},
    {"baseline", "known.json", "known.json", kMay, "baseline"},
    {"jobs", "2", "2", kMayNot, "jobs"},
    {"isolate", "never", "never", kMayNot, "isolate"},
    {"color", "never", "never", kMayNot, "color"},
    {"cache", "false", "false", kMayNot, "no-cache"},
    {"cache_dir", "/x", "/x", kMayNot, ""},
    {"state_dir", "/x", "/x", kMayNot, ""},
    {"mode", "auto", "auto", kMayNot, "ai offline"},
    {"llm.models", "[groq]", "groq", kMay, ""},
    {"llm.allowed_hosts", "[h.example]", "h.example", kMayNot, ""},
    {"llm.models_file", "/x.yml", "/x.yml", kMayNot, ""},
    {"llm.timeout_ms", "77", "77", kMayNot, ""},
    {"llm.concurrency", "7", "7", kMayNot, "llm-concurrency"},
    {"llm.max_cost", "0.5", "0.5", kMayLower, "max-cost"},
    {"llm.max_calls", "7", "7", kMayLower, "max-calls"},
    {"llm.max_cost_per_day", "0.5", "0.5", kMayNot, ""},
    {"llm.max_calls_per_day", "7", "7", kMayNot, ""},
    {"llm.routes", "{\"task=fix\": [groq]}", "", kMay, ""},
    {"llm.second_opinion", "security", "security", kMayNot, "second-opinion"},
    {"llm.rank", "true", "true", kMayNot, ""},
    {"llm.compare", "true", "true", kMayNot, ""},
    {"llm.proxy", "http://p.example:1", "http://p.example:1", kMayNot, ""},
    {"llm.ca_file", "/ca.pem", "/ca.pem", kMayNot, ""},
    {"redis_url", "redis://r.example", "redis://r.example", kMayNot, ""},
    {"verify_cmd", "make test", "make test", kMayNot, "verify-cmd"},
    {"verify_rw", "[/x]", "/x", kMayNot, "verify-rw"},
};

Environment environment_of(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto it = values.find(name);
    if (it == values.end()) return std::nullopt;
    return it->second;
  };
}

std::string line_of(const Row& row) {
  return std::string(row.key) + ": " + std::string(row.yaml) + "\n";
}

/// The key's value after all of `sources`; "refused" where there is a mistake.
std::string value_after(const Row& row, const ConfigSources& sources) {
  const auto config = resolve_config(sources);
  return config ? find_config_key(row.key)->get(*config) : "refused: " + config.error().message;
}

std::string default_of(const Row& row) {
  return value_after(row, {{}, environment_of({}), {}, {}});
}

class ConfigMatrix : public ::testing::TestWithParam<Row> {
 protected:
  const Row& row_ = GetParam();
  const ConfigKey& key_ = *find_config_key(GetParam().key);
};

TEST(ConfigMatrixTable, HasOneRowForEveryKey) {
  std::set<std::string_view> rows, keys;
  for (const auto& row : kRows)
    EXPECT_TRUE(rows.insert(row.key).second) << row.key;
  for (const auto& key : config_keys())
    keys.insert(key.name);
  EXPECT_EQ(rows, keys) << "a new key needs a row: who may set it?";
}

TEST_P(ConfigMatrix, TheUsersFileMay) {
  const auto value =
      value_after(row_, {{}, environment_of({}), ConfigFile{"u.yml", line_of(row_)}, {}});
  EXPECT_NE(value, default_of(row_));
  EXPECT_NE(value.substr(0, 7), "refused") << value;
}

TEST_P(ConfigMatrix, TheEnvironmentMayUnlessItIsAMapping) {
  EXPECT_EQ(row_.environment.empty(), key_.type == KeyType::mapping);
  if (row_.environment.empty()) return;
  const auto from_file =
      value_after(row_, {{}, environment_of({}), ConfigFile{"u.yml", line_of(row_)}, {}});
  EXPECT_EQ(
      value_after(
          row_,
          {{}, environment_of({{environment_name(key_), std::string(row_.environment)}}), {}, {}}),
      from_file);
}

TEST_P(ConfigMatrix, FlagsAreThoseOfTheTable) {
  std::set<std::string> flags;
  for (const auto& flag : all_flags())
    if (flag.key == row_.key) flags.emplace(flag.name);
  std::string names;
  for (const auto& flag : flags)
    names += (names.empty() ? "" : " ") + flag;
  EXPECT_EQ(names, row_.flags);
  if (flags.empty()) return;
  ConfigSources sources{
      {{std::string(row_.key), {row_.environment.begin(), row_.environment.end()}}},
      environment_of({}),
      {},
      {}};
  sources.flags[0].second = {std::string(row_.environment)};
  EXPECT_NE(value_after(row_, sources), default_of(row_));
}

TEST_P(ConfigMatrix, ARepositoryMayOnlyWhatIsItsOwnMatter) {
  ConfigSources sources{{}, environment_of({}), {}, ConfigFile{".peer.yml", line_of(row_)}};
  const auto value = value_after(row_, sources);
  if (row_.repository == Repository::may_not) {
    EXPECT_NE(value.find("may not be set by a repository"), std::string::npos) << value;
    return;
  }
  EXPECT_NE(value, default_of(row_));
  EXPECT_NE(value.substr(0, 7), "refused") << value;
}

TEST_P(ConfigMatrix, ALimitOfARepositoryOnlyLowersTheUsers) {
  if (row_.repository != Repository::may_lower) return;
  ConfigSources sources{{}, environment_of({}), ConfigFile{"u.yml", line_of(row_)}, {}};
  const auto users = value_after(row_, sources);
  sources.repository_file = ConfigFile{".peer.yml", std::string(row_.key) + ": 1000\n"};
  EXPECT_EQ(value_after(row_, sources), users);
  sources.user_file = ConfigFile{"u.yml", std::string(row_.key) + ": 1000\n"};
  sources.repository_file = ConfigFile{".peer.yml", line_of(row_)};
  EXPECT_EQ(value_after(row_, sources), users);
}

INSTANTIATE_TEST_SUITE_P(EveryKey, ConfigMatrix, ::testing::ValuesIn(kRows),
                         [](const auto& tested) {
                           std::string name(tested.param.key);
                           for (auto& c : name)
                             if (c == '.') c = '_';
                           return name;
                         });

TEST(ConfigMatrixTable, AChangeMaySetNothing) {
  GitFixture repo;
  repo.write("a.txt", "1\n");
  repo.commit("base");
  std::string all;
  for (const auto& row : kRows)
    if (row.repository != Repository::may_not) all += line_of(row);
  repo.write(".peer.yml", all);
  repo.commit("the change brings a configuration");
  repo.write("a.txt", "2\n");
  repo.commit("and the next one finds it");
  Session session;
  const Clock clock;
  session.clock = &clock;
  session.environment = environment_of({});
  session.folder = repo.folder();
  session.err = [](std::string_view) {};
  const auto config_for = [&](const std::string& range) {
    const Invocation invocation{{}, {range}, {}};
    const auto input = read_input(invocation, session, false);
    EXPECT_TRUE(input) << input.error().message;
    auto config = load_config(invocation, session, input->read_trusted);
    EXPECT_TRUE(config) << config.error().message;
    return *std::move(config);
  };
  const auto of_change = config_for("HEAD~2..HEAD~1"), of_next = config_for("HEAD~1..HEAD");
  for (const auto& row : kRows) {
    const auto* key = find_config_key(row.key);
    EXPECT_EQ(key->get(of_change), default_of(row)) << row.key;
    if (row.repository != Repository::may_not) {
      EXPECT_NE(key->get(of_next), default_of(row)) << row.key;
    }
  }
}

/// A configuration has flags, environment, the user's file and the repository's, and nothing else:
/// what people write in comments comes in by none of them.
TEST(ConfigMatrixTable, ACommentMaySetNothing) {
  const auto [flags, environment, user, repository] = ConfigSources{};
  EXPECT_TRUE(flags.empty());
  EXPECT_FALSE(user || repository || environment);
}

}  // namespace
}  // namespace peer
