#include "bot/config.hpp"

#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "bot/config/keys.hpp"

namespace peer {
namespace {

Environment environment_of(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto it = values.find(name);
    if (it == values.end()) return std::nullopt;
    return it->second;
  };
}

ConfigSources with_repository(std::string text) {
  ConfigSources sources;
  sources.environment = environment_of({});
  sources.repository_file = ConfigFile{".peer.yml", std::move(text)};
  return sources;
}

std::string mistake_in(std::string text) {
  const auto config = resolve_config(with_repository(std::move(text)));
  return config ? "" : config.error().message;
}

TEST(Config, FlagsWinOverEnvironmentOverUserOverRepository) {
  auto sources = with_repository(
      "fail_on: hint\nmin_severity: info\nfilter: file\ncomplexity:\n  max_cyclomatic: 7\n");
  sources.user_file =
      ConfigFile{"user.yml", "fail_on: info\nmin_severity: warning\nfilter: context\n"};
  sources.environment =
      environment_of({{"PEER_FAIL_ON", "warning"}, {"PEER_MIN_SEVERITY", "error"}});
  sources.flags = {{"fail_on", {"never"}}};
  const auto config = resolve_config(sources);
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_TRUE(config->fail_never);
  EXPECT_EQ(config->min_severity, Severity::error);
  EXPECT_EQ(config->filter, Filter::context);
  EXPECT_EQ(config->examine.checks.max_cyclomatic, 7U);
}

TEST(Config, UnknownKeyIsAnErrorWithLineAndNearestKey) {
  EXPECT_EQ(mistake_in("filter: added\nfail_onn: error\n"),
            ".peer.yml:2: unknown key fail_onn; did you mean fail_on?");
  EXPECT_EQ(mistake_in("parse:\n  max_byte: 3\n"),
            ".peer.yml:2: unknown key parse.max_byte; did you mean parse.max_bytes?");
}

TEST(Config, EveryMistakeIsReportedAtOnce) {
  const auto message = mistake_in("fail_on: sometimes\nparse:\n  budget_ms: 5\nexclude: {a: b}\n");
  EXPECT_NE(message.find(".peer.yml:1: fail_on: \"sometimes\" is not one of"), std::string::npos)
      << message;
  EXPECT_NE(
      message.find(".peer.yml:3: parse.budget_ms: \"5\" is not a whole number from 50 to 60000"),
      std::string::npos)
      << message;
  EXPECT_NE(message.find(".peer.yml:4: exclude takes a list"), std::string::npos) << message;
}

TEST(Config, ARepositoryCannotSetWhatRunsOrWhereDataGoes) {
  for (const auto& key : config_keys()) {
    if (!key.user_only || key.tightens) continue;
    EXPECT_NE(mistake_in(std::string(key.name) + ": x\n").find("may not be set by a repository"),
              std::string::npos)
        << key.name;
  }
}

TEST(Config, HostileFilesAreRefused) {
  EXPECT_NE(mistake_in("a: &x [1]\nb: *x\n"), "");
  EXPECT_NE(mistake_in("filter: added\nfilter: file\n"), "");
  EXPECT_NE(mistake_in(std::string(300'000, '#')), "");
  EXPECT_NE(mistake_in("- a\n"), "");
  EXPECT_EQ(mistake_in(""), "");
}

TEST(Config, TheTemplateIsValidAndEqualsTheDefaults) {
  const std::string commented = config_template();
  std::string text;
  std::size_t at = 0;
  while (at < commented.size()) {
    const auto end = commented.find('\n', at);
    const auto line = commented.substr(at, end - at);
    // "#key: value" is a key; "# words" is a comment
    if (line.size() > 1 && line[0] == '#' && (line[1] != ' ' || line.substr(0, 3) == "#  "))
      text += line.substr(1) + "\n";
    at = end + 1;
  }
  const auto config = resolve_config(with_repository(text));
  ASSERT_TRUE(config.has_value()) << config.error().message << "\n" << text;
  for (const auto& key : config_keys())
    if (!key.user_only) {
      EXPECT_EQ(key.get(*config), key.get(Config{})) << key.name;
    }
}

TEST(Config, TheSchemaNamesEveryKeyThatARepositoryMaySet) {
  const auto schema = config_schema();
  ASSERT_TRUE(parse_json(schema).has_value());
  for (const auto& key : config_keys()) {
    const auto last = key.name.substr(key.name.rfind('.') + 1);
    EXPECT_EQ(schema.find("\"" + std::string(last) + "\"") != std::string::npos,
              !key.user_only || key.tightens)
        << key.name;
  }
}

}  // namespace
}  // namespace peer
