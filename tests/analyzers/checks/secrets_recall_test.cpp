// How much of what is there the secret scanner finds, on thousands of made-up secrets, and how
// seldom it cries wolf.
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/secrets/format.hpp"
#include "analyzers/checks/secrets/sample.hpp"
#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

std::string upper(std::string text) {
  for (auto& c : text)
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == '-' ? '_' : c;
  return text;
}

/// A line that leaks `value` under `name`, in one of the ways people do.
std::vector<std::string> contexts(const std::string& name, const std::string& value,
                                  bool anywhere) {
  std::vector<std::string> lines{
      fmt::format("{}={}\n", upper(name), value),
      fmt::format("export {}=\"{}\"\n", upper(name), value),
      fmt::format("  {}: {}\n", name, value),
      fmt::format("  {}: '{}' # do not share\n", name, value),
      fmt::format("{{\"id\": 1, \"{}\": \"{}\"}}\n", name, value),
      fmt::format("const {} = \"{}\";\n", name, value),
      fmt::format("static readonly {}: string = '{}'\n", name, value),
      fmt::format("os.environ[\"{}\"] = \"{}\"\n", upper(name), value),
      fmt::format("log(\"{{\\\"{}\\\": \\\"{}\\\"}}\");\n", name, value),
      fmt::format("run --{} {} --verbose\n", name, value),
      fmt::format("<{0}>{1}</{0}>\n", name, value),
      fmt::format("set(\"{}\", \"{}\");\n", name, value),
  };
  if (!anywhere) return lines;
  lines.push_back(
      fmt::format("curl -H \"Authorization: Bearer {}\" https://api.acme.net/v1\n", value));
  lines.push_back(fmt::format("https://api.acme.net/v1?a=1&key={}&b=2\n", value));
  lines.push_back(fmt::format("-  old_client = Client({})\n", value));
  lines.push_back(fmt::format("\"first\\n{}\\nlast\"\n", value));
  return lines;
}

struct Tally {
  std::size_t planted = 0, found = 0;
  std::string missed;
};

/// Found: one hit on exactly the value, by the format's rule.
void plant(const Format& format, std::uint64_t seed, Tally& tally) {
  const auto value = make_sample(format.sample, seed);
  const auto name = std::string(format.keywords.substr(0, format.keywords.find(' '))) + "_api_key";
  const bool anywhere = format.reach == Reach::in;
  for (const auto& line : contexts(anywhere ? "credential" : name, value, anywhere)) {
    ++tally.planted;
    bool found = false;
    for (const auto& hit : scan_secrets(line))
      found = found || (hit.rule == "secret-" + std::string(format.id) &&
                        line.substr(hit.secret.begin, hit.secret.size()) == value);
    tally.found += found ? 1 : 0;
    if (!found) tally.missed += fmt::format("{}: {}", format.id, line);
  }
}

TEST(Secrets, FindAtLeast995OfAThousandMadeUpOnesOfEveryKnownFormat) {
  ASSERT_GE(all_formats().size(), 60U);
  Tally tally;
  for (const auto& format : all_formats())
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
      plant(format, seed * 7919, tally);
  EXPECT_GE(tally.planted, 2000U);
  EXPECT_GE(static_cast<double>(tally.found), 0.995 * static_cast<double>(tally.planted))
      << tally.missed;
  fmt::print("{} of {} found, {} formats\n", tally.found, tally.planted, all_formats().size());
}

/// Shapes as their issuers document them, written down apart from the tables: (rule, what it begins
/// with, length of the rest).
TEST(Secrets, KnowTheShapesThatIssuersDocument) {
  struct Shape {
    std::string_view rule, prefix, rest;
  };
  // no value stands here in one piece
  const std::vector<Shape> shapes{
      {"secret-github-personal-token", "ghp_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"},
      {"secret-aws-access-key", "AKIA", "Z7QWN3LHB4TKUV5D"},
      {"secret-gitlab-personal-token", "glpat-", "Kz8mQ2vR_x4TnL7wYpB1"},
      {"secret-gcp-api-key", "AIza", "SyB7wQm2vKx9TnL4pRzY8cDf3GhJ6kW1aUe"},
      {"secret-stripe-secret-key", "sk_live_", "51Hk9wQm2vKx7TnL4pRzY8cD"},
      {"secret-slack-bot-token", "xoxb-", "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"},
      {"secret-npm-token", "npm_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"},
      {"secret-pulumi-token", "pul-", "8c1f6e0b2d9a47e35b60c8f1a2d3e4b5968770ac"},
      {"secret-digitalocean-token", "dop_v1_",
       "8c1f6e0b2d9a47e35b60c8f1a2d3e4b5968770ac8c1f6e0b2d9a47e35b60c8f1"},
  };
  for (const auto& shape : shapes) {
    const auto text = fmt::format("value: {}{}\n", shape.prefix, shape.rest);
    const auto hits = scan_secrets(text);
    ASSERT_EQ(hits.size(), 1U) << text;
    EXPECT_EQ(hits[0].rule, shape.rule);
    EXPECT_EQ(hits[0].certainty, Certainty::known) << text;
  }
}

class Words {
 public:
  explicit Words(std::uint64_t seed) : random_(seed) {}
  std::string of(std::string_view recipe) { return make_sample(recipe, random_()); }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::mt19937_64 random_;
};

std::string hash_line(Words& words, std::size_t kind) {
  switch (kind) {
    case 0:
      return fmt::format("    \"integrity\": \"sha512-{}==\",\n", words.of("{s86}"));
    case 1:
      return fmt::format("github.com/a/b v1.2.{} h1:{}=\n", words.below(99), words.of("{s43}"));
    case 2:
      return fmt::format("checksum = \"{}\"\n", words.of("{h64}"));
    case 3:
      return fmt::format("  \"id\": \"{}\",\n", words.of("{g}"));
    case 4:
      return fmt::format("token_id = \"{}\"\n", words.of("{g}"));
    case 5:
      return fmt::format("commit {}\n", words.of("{h40}"));
    case 6:
      return fmt::format("      - uses: actions/checkout@{}\n", words.of("{h40}"));
    case 7:
      return fmt::format("{}  dist/app.tar.gz\n", words.of("{h64}"));
    case 8:
      return fmt::format("secret: {}\n", words.of("{g}"));
    default:
      return fmt::format("  resolved \"https://r.acme.net/x/-/x-1.0.0.tgz#{}\"\n",
                         words.of("{h40}"));
  }
}

TEST(Secrets, LeaveHashesUuidsAndLockFilesAlone) {
  Words words(42);
  for (int i = 0; i < 20000; ++i) {
    const auto line = hash_line(words, words.below(10));
    EXPECT_TRUE(scan_secrets(line).empty()) << line;
  }
}

TEST(Secrets, CryWolfLessThanOncePerThousandCleanLines) {
  static constexpr std::array<std::string_view, 24> kLines{
      "password = request.form['password']",
      "token = next(tokens)",
      "const secret = process.env.CLIENT_SECRET;",
      "api_key: ${{ secrets.API_KEY }}",
      "if (token.type === 'identifier') return null;",
      "secretName: web-tls-cert",
      "auth_token = get_token('service-account-2024')",
      "  private String passwordHash;",
      "API_KEY=<your key>",
      "\"accessToken\": \"string\",",
      "password: \"********\"",
      "apiKey: 'YOUR_API_KEY_123'",
      "token: \"tok_{}\".format(n)",
      "DB_PASSWORD=postgres",
      "url = \"https://user:pass@host/path\"",
      "client_secret = var.client_secret",
      "accessKey = \"access-key-2-primary\"",
      "password=\"$DB_PASS1\"",
      "tokenizer = \"cl100k_base_v2\"",
      "secret_key = Fernet.generate_key()",
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA",
      "csrf_token = \"8f14e45fceea167a5a36dedd4bea2543\"",
      "passwordLabel: 'Passwort2 vergessen?'",
      "signing_key = load_pem('keys/signing-2023.pem')"};
  Words words(7);
  std::size_t alarms = 0;
  std::string raised;
  constexpr std::size_t kCount = 30000;
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto line =
        fmt::format("{} {}\n", kLines[words.below(kLines.size())], words.of("// {l8}"));
    const auto hits = scan_secrets(line);
    alarms += hits.size();
    if (!hits.empty()) raised += line;
  }
  EXPECT_LE(alarms, kCount / 1000) << raised.substr(0, 2000);
}

TEST(Secrets, TakePlaceholdersForWhatTheyAre) {
  for (const auto& format : all_formats()) {
    const auto line = in_line(format, make_placeholder(format.sample));
    EXPECT_TRUE(scan_secrets(line).empty()) << line;
  }
  const std::vector<std::string> lines{
      std::string("AWS_ACCESS_KEY_ID=AKIA") + "IOSFODNN7EXAMPLE\n",
      std::string("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/") + "bPxRfiCYEXAMPLEKEY\n",
      "password = \"changeme123\"\n",
      "api_key = \"0123456789abcdef0123456789abcdef\"\n",
      "secret = \"aaaaaaaaaaaaaaaaaaaaaaaa1\"\n",
      "token: <insert-token-1-here>\n",
      "token: ${TOKEN:-none1234567890abc}\n",
      "api_token = \"test-token-8f14e45fceea167a5a\"\n",
  };
  for (const auto& line : lines)
    EXPECT_TRUE(scan_secrets(line).empty()) << line;
}

TEST(Secrets, FindGenericAssignmentsByNameAndRandomness) {
  Words words(99);
  Tally tally;
  for (int i = 0; i < 500; ++i) {
    const auto value = words.of(i % 2 == 0 ? "{w32}" : "{h40}");
    for (const auto* name :
         {"client_secret", "authToken", "API_KEY", "service.signing-key", "db_password"}) {
      const auto line = fmt::format("{} = \"{}\"\n", name, value);
      ++tally.planted;
      const auto hits = scan_secrets(line);
      const bool found = hits.size() == 1 && hits[0].rule == kAssignmentRule;
      tally.found += found ? 1 : 0;
      if (!found) tally.missed += line;
    }
  }
  EXPECT_GE(static_cast<double>(tally.found), 0.9 * static_cast<double>(tally.planted))
      << tally.missed;
  for (const auto* password :
       {"Tr0ub4dor&3x", "S3cr3tP@ssw0rd!", "xK9#mQ2vLp", "hunter2horse7staple"}) {
    const auto line = fmt::format("db_password = \"{}\"\n", password);
    EXPECT_EQ(scan_secrets(line).size(), 1U) << line;
  }
}

}  // namespace
}  // namespace peer::secrets
