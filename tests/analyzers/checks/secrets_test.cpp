// What findings of secrets say, and that nothing which is shown holds the secret itself.
#include <fmt/format.h>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/checks/secrets/redact.hpp"
#include "analyzers/checks/secrets/sample.hpp"
#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/checks/secrets/value.hpp"
#include "analyzers/examine.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using secrets::make_sample;

std::uint32_t line_count(std::string_view text) {
  return static_cast<std::uint32_t>(split_lines(text).size());
}

/// A change of a whole file from `before` to `after`.
FileReview review(const std::string& path, const std::string& before, const std::string& after) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.before = before;
  job.after = after;
  job.file.hunks = {{{1, line_count(before)},
                     {1, line_count(after)},
                     {{1, line_count(before)}},
                     {{1, line_count(after)}}}};
  return examine(job, {});
}

FileReview review(const std::string& path, const std::string& text) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = text;
  job.whole_file = true;
  return examine(job, {});
}

/// Everything of the findings that a report may show, in one text.
std::string shown(const FileReview& file) {
  std::string all;
  const auto add_frame = [&](const CodeFrame& frame) {
    for (const auto line : frame.lines)
      all.append(line) += '\n';
  };
  for (const auto& finding : file.findings) {
    all += finding.message + "\n" + finding.symbol + "\n" + finding.why + finding.help;
    add_frame(finding.frame);
    for (const auto& related : finding.related) {
      all += related.message + "\n";
      add_frame(related.frame);
    }
    if (!finding.fix) continue;
    all += finding.fix->title;
    for (const auto& edit : finding.fix->edits)
      all += edit.text;
  }
  return all;
}

const Finding* find(const FileReview& file, std::string_view rule) {
  for (const auto& finding : file.findings)
    if (finding.rule == rule) return &finding;
  return nullptr;
}

std::string github_token(std::uint64_t seed) { return make_sample("ghp_{w30}{crc}", seed); }

std::string private_key(std::string_view line_end) {
  std::string text = fmt::format("-----BEGIN {} PRIVATE KEY-----{}", "EC", line_end);
  for (std::uint64_t line = 0; line < 6; ++line)
    text += make_sample("{s64}", line) + std::string(line_end);
  return text + fmt::format("-----END {} PRIVATE KEY-----{}", "EC", line_end);
}

TEST(SecretFindings, ShowFourCharactersAndNoMore) {
  const auto token = github_token(1);
  const auto file = review("app.py", fmt::format("import os\nTOKEN = \"{}\"  # \n", token));
  const auto* finding = find(file, "secret-github-personal-token");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::error);
  EXPECT_EQ(finding->at.start.line, 2U);
  EXPECT_NE(finding->message.find("ghp_****"), std::string::npos);
  ASSERT_GT(finding->frame.lines.size(), 1U);
  EXPECT_EQ(finding->frame.lines[1], "TOKEN = \"ghp_****\"  # ");
  EXPECT_EQ(shown(file).find(token.substr(4, 8)), std::string::npos);
}

TEST(SecretFindings, MaskEveryLineOfAPrivateKeyInTheFramesOfAllFindings) {
  const auto key = private_key("\n");
  // a conflict marker right above: its frame shows the first lines of the key too
  const auto text = "<<<<<<< HEAD\n" + key + "=======\n>>>>>>> topic\n";
  const auto file = review("key.txt", text);
  ASSERT_NE(find(file, "secret-private-key"), nullptr);
  ASSERT_NE(find(file, "merge-conflict-marker"), nullptr);
  const auto all = shown(file);
  for (const auto line : split_lines(key))
    EXPECT_TRUE(line.size() != 64 || all.find(line.substr(4)) == std::string::npos) << all;
}

TEST(SecretFindings, KnowAPrivateKeyOnOneLine) {
  const auto text = fmt::format("{{\"key\": \"{}\"}}\n", private_key("\\n"));
  const auto file = review("config.json", text);
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_EQ(file.findings[0].rule, "secret-private-key");
  EXPECT_EQ(shown(file).find(make_sample("{s64}", 3)), std::string::npos);
}

TEST(SecretFindings, CoverRemovedLinesBecauseTheHistoryKeepsThem) {
  const auto token = github_token(2);
  const auto file = review("app.py", fmt::format("TOKEN = \"{}\"\nx = 1\n", token), "x = 1\n");
  const auto* finding = find(file, "secret-github-personal-token");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->side, Side::old_side);
  EXPECT_TRUE(finding->in_change);
  EXPECT_NE(finding->message.find("revoked"), std::string::npos);
  EXPECT_EQ(shown(file).find(token.substr(4, 8)), std::string::npos);
}

TEST(SecretFindings, CountASecretThatOnlyMovedOnce) {
  const auto token = github_token(3);
  const auto file = review("app.py", fmt::format("TOKEN = \"{}\"\n", token),
                           fmt::format("x = 1\nKEY = \"{}\"\n", token));
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_EQ(file.findings[0].side, Side::new_side);
}

TEST(SecretFindings, CountASecretInAnAddressOnceAndByItsFormat) {
  const auto token = github_token(4);
  const auto file = review("remote.txt", fmt::format("https://x:{}@git.acme.net/a/b\n", token));
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_EQ(file.findings[0].rule, "secret-github-personal-token");
}

TEST(SecretFindings, DoubtATokenWhoseChecksumDoesNotFit) {
  auto token = github_token(5);
  token.back() = token.back() == 'x' ? 'y' : 'x';
  const auto file = review("app.py", fmt::format("TOKEN = \"{}\"\n", token));
  ASSERT_EQ(file.findings.size(), 1U);
  EXPECT_EQ(file.findings[0].severity, Severity::warning);
  EXPECT_LT(file.findings[0].confidence, 0.5);
}

TEST(SecretFindings, OfOtherRulesCarryNoSecretInMessageOrFix) {
  const auto token = github_token(6);
  const auto text = fmt::format("a = 1\nkey = \"{}\"\n", token);
  Finding finding;
  finding.message = fmt::format("'{}' is repeated", token);
  finding.fix = Fix{"move it", {{{0, 0}, token + "\n"}}, Safety::safe, "rule"};
  secrets::Redactor(text, secrets::scan_secrets(text)).redact(finding);
  EXPECT_EQ(finding.message, "'ghp_****' is repeated");
  EXPECT_FALSE(finding.fix.has_value());
}

TEST(SecretFindings, MaskTheLongestOfSecretsThatBeginAlike) {
  const std::string text = "abcdef abcdefgh abcdefghij";
  std::vector<secrets::SecretHit> hits(3);
  hits[0].secret = {0, 6};
  hits[1].secret = {7, 15};
  hits[2].secret = {16, 26};
  const secrets::Redactor redactor(text, hits);
  Finding finding;
  finding.message = "abcdefghijk, abcdefghi, abcdefg, abcde";
  redactor.redact(finding);
  EXPECT_EQ(finding.message, "abcd****k, abcd****i, abc****g, abcde");
}

TEST(SecretFindings, OfFortyThousandKeysOnOneLineAreAllMasked) {
  // each its own and the first four characters alike: the work per finding must not grow with them
  constexpr std::uint64_t kKeys = 40000;
  std::string text;
  for (std::uint64_t i = 0; i < kKeys; ++i)
    text += "AKIA" + make_sample("{A16}", i) + " ";
  const auto file = review("keys.txt", text);
  ASSERT_GT(file.findings.size(), kKeys * 9 / 10);
  EXPECT_EQ(file.findings.back().message.find(text.substr(text.size() - 17, 16)),
            std::string::npos);
}

TEST(SecretScan, RedactsATextAsAWhole) {
  EXPECT_EQ(secrets::redact_secrets(fmt::format("a = 1\nkey = \"{}\"\n", github_token(7))),
            "a = 1\nkey = \"ghp_****\"\n");
}

TEST(SecretFindings, AreLessSureOfKeysAndAddressesInTests) {
  const auto address = "postgres://shop:" + make_sample("{w14}", 8) + "@db.acme.net/shop";
  for (const std::string path : {"notes.md", "src/app.py", "docker-compose.yml"}) {
    const auto file = review(path, fmt::format("url = \"{}\"\n", address));
    ASSERT_NE(find(file, "secret-url-password"), nullptr) << path;
    EXPECT_EQ(find(file, "secret-url-password")->severity, Severity::error) << path;
  }
  const auto test =
      review("tests/data.txt", fmt::format("url = \"{}\"\n{}", address, private_key("\n")));
  ASSERT_EQ(test.findings.size(), 2U);
  for (const auto& finding : test.findings)
    EXPECT_EQ(finding.severity, Severity::warning);
}

TEST(SecretFindings, GuessInAnyFileButTestsAndLists) {
  const auto line = fmt::format("db_password = \"{}\"\n", make_sample("{w20}", 9));
  for (const std::string path : {"README.md", "a.unknown", "Makefile", "src/a.c"})
    EXPECT_NE(find(review(path, line), "secret-assignment"), nullptr) << path;
  for (const std::string path : {"tests/fixtures/a.py", "src/AppTest.java", "yarn.lock"})
    EXPECT_EQ(find(review(path, line), "secret-assignment"), nullptr) << path;
}

TEST(SecretScan, IsLinearOnHostileText) {
  // each of these would be quadratic for a scanner that looks ahead without bound from every
  // keyword
  for (const std::string piece : {"-----BEGIN PRIVATE KEY-----", "://a:", "eyJa.eyJ", "password=\"",
                                  "sl.", "token:", "AKIA", "ops_eyJ", "secret = '", "dapi"}) {
    std::string text;
    while (text.size() < (std::size_t{1} << 20U))
      text += piece;
    EXPECT_LE(secrets::scan_secrets(text).size(), text.size());
  }
}

TEST(SecretScan, HitsAreSortedAndApart) {
  std::string text;
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    text += fmt::format("password: \"{}\" https://u:{}@h.acme.net\n", github_token(seed),
                        make_sample("{w12}", seed));
  const auto hits = secrets::scan_secrets(text);
  EXPECT_GE(hits.size(), 90U);
  for (std::size_t i = 1; i < hits.size(); ++i)
    EXPECT_LE(hits[i - 1].span.end, hits[i].span.begin);
}

TEST(SecretValues, ChecksumIsThatOfAPublishedToken) {
  EXPECT_EQ(secrets::crc32_base62("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"), "0mLq17");
}

TEST(SecretValues, ShortOnesShowLess) {
  EXPECT_EQ(secrets::masked("abcdefgh"), "abcd****");
  EXPECT_EQ(secrets::masked("abcd"), "ab****");
  EXPECT_EQ(secrets::masked(""), "****");
}

}  // namespace
}  // namespace peer
