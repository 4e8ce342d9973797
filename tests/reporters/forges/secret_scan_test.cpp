// A credential is found however it is dressed, and clean text is let through.
#include "reporters/forges/secret_scan.hpp"

#include <fmt/format.h>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/userinfo.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

std::string random_secret(std::mt19937& random, std::size_t length) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+/=.";
  std::string out;
  for (std::size_t i = 0; i < length; ++i)
    out += kLetters[random() % kLetters.size()];
  return out;
}

std::string hex(const std::string& text, bool upper) {
  std::string out;
  for (const char c : text)
    out += fmt::format(fmt::runtime(upper ? "{:02X}" : "{:02x}"),
                       static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

std::string percent(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += std::isalnum(static_cast<unsigned char>(c)) != 0
               ? std::string(1, c)
               : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

TEST(SecretScan, EveryDressIsSeenThrough) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const auto secret = random_secret(random, 20 + random() % 60);
    const SecretScan scan({secret});
    const auto before = random_secret(random, random() % 9),
               after = random_secret(random, random() % 9);
    const std::string reversed(secret.rbegin(), secret.rend());
    std::string spaced, quoted;
    for (const char c : secret)
      spaced += std::string(1, c) + " ";
    for (std::size_t i = 0; i < secret.size(); i += 5)
      quoted += secret.substr(i, 5) + "\" + \"";
    for (const auto& dress :
         {secret, reversed, hex(secret, false), hex(secret, true), percent(secret),
          base64_encode(before + secret + after),
          replace_all(replace_all(base64_encode(before + secret + after), "+", "-"), "/", "_"),
          spaced, quoted, markdown_text(secret), secret.substr(secret.size() / 5)})
      EXPECT_TRUE(scan.found_in("some words (" + dress + ") and more")) << secret << "\n" << dress;
  }
}

TEST(SecretScan, WhatJsonWritesBetweenTheLettersHidesNothing) {
  const std::string secret = "ghs_abcdefghijklmnopqrstuvwxyz0123456789";
  const SecretScan scan({secret});
  for (const std::string between :
       {"\n", "\t", "\r\n", "\x01", "\"", "\\", " ", "\xe2\x80\x8b", "\xc2\xad"}) {
    std::string spread;
    for (const char c : secret)
      spread += c + between;
    const auto json = dump_json(Json{{"body", "words " + spread + "words"}});
    EXPECT_TRUE(scan.found_in_json(json)) << json;
  }
  EXPECT_FALSE(scan.found_in_json(dump_json(Json{{"body", "words\nof\tmany\x01lines"}})));
}

TEST(SecretScan, ALineOfAKeyIsFound) {
  std::mt19937 random(3);
  std::string pem = "-----BEGIN RSA PRIVATE KEY-----\n", line;
  for (int i = 0; i < 20; ++i)
    pem += (line = random_secret(random, 64)) + "\n";
  pem += "-----END RSA PRIVATE KEY-----\n";
  for (const auto& held : {pem, replace_all(pem, "\n", "\\n")}) {
    const SecretScan scan({held});
    EXPECT_TRUE(scan.found_in("x " + line + " y"));
    EXPECT_TRUE(scan.found_in(base64_encode("x " + line + " y")));
    EXPECT_FALSE(scan.found_in("it begins with -----BEGIN RSA PRIVATE KEY-----"));
  }
}

TEST(SecretScan, OneThatIsMintedLaterIsKnown) {
  SecretScan scan({});
  EXPECT_FALSE(scan.found_in("ghs_abcdefghijklmnop"));
  scan.know("ghs_abcdefghijklmnop");
  EXPECT_TRUE(scan.found_in("ghs_abcdefghijklmnop"));
}

TEST(Userinfo, PasswordsOfAddressesAreFound) {
  const auto in = [](std::string_view value, std::string_view name = "PEER_REDIS_URL") {
    return passwords_in(name, value, 16);
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(in("redis://:hunter2hunter2@cache:6379/0"), ElementsAre("hunter2hunter2"));
  EXPECT_THAT(in("rediss://me:hunter2%40%68unter@cache"),
              ElementsAre("hunter2%40%68unter", "hunter2@hunter"));
  EXPECT_THAT(in("redis://me:hunter2/hunter2#x@cache:6379"), ElementsAre("hunter2/hunter2#x"));
  EXPECT_THAT(in("redis://:hunter2@cache"), ElementsAre("hunter2"));
  EXPECT_THAT(in("http://token0123456789abc@proxy:3128"), ElementsAre("token0123456789abc"));
  EXPECT_THAT(in("me:hunter2hunter2@proxy:3128", "https_proxy"), ElementsAre("hunter2hunter2"));
  EXPECT_THAT(in("a=http://a:hunter2hunter2@x b=http://b:hunter3hunter3@y"),
              ElementsAre("hunter2hunter2", "hunter3hunter3"));
  for (const auto* none : {"", "://", "redis://cache:6379/0", "redis://:password@cache",
                           "redis://someone@cache", "https://registry:4873/packages/9@1.0.0/x",
                           "me:hunter2hunter2@host", "unix:///run/redis.sock"})
    EXPECT_TRUE(in(none).empty()) << none;
  EXPECT_THAT(in("redis://:wordsthatarelongenough@cache"), ElementsAre("wordsthatarelongenough"));
}

TEST(SecretScan, AShortOneIsFoundWhereItStandsAlone) {
  for (const std::string secret : {"abc1", "hunter2", "p@ss1"}) {
    const SecretScan scan({secret});
    const std::string reversed(secret.rbegin(), secret.rend());
    auto coded = base64_encode(secret);
    for (const auto& dress :
         {secret, reversed, hex(secret, false), hex(secret, true), percent(secret), coded}) {
      EXPECT_TRUE(scan.found_in(dress)) << dress;
      EXPECT_TRUE(scan.found_in("redis://:" + dress + "@cache")) << dress;
      EXPECT_TRUE(scan.found_in_json(dump_json(Json{{"body", "one line\n" + dress + "\nanother"}})))
          << dress;
      EXPECT_FALSE(scan.found_in("x" + dress)) << dress;
      EXPECT_FALSE(scan.empty());
    }
  }
  EXPECT_TRUE(SecretScan({"redis"}).empty()) << "could be any word";
}

TEST(SecretScan, CleanTextIsLetThrough) {
  std::mt19937 random(2);
  const SecretScan scan({random_secret(random, 40), random_secret(random, 90), "short", "12345 "});
  std::string text;
  for (int i = 0; i < 20'000; ++i)
    text += random_secret(random, 10) + " short 12345\n";
  EXPECT_FALSE(scan.found_in(text));
  EXPECT_TRUE(SecretScan({"", "abc"}).empty());
  EXPECT_FALSE(SecretScan({}).found_in(text));
}

TEST(SecretScan, KnowsWhichVariablesAreWhose) {
  for (const auto* name : {"GITHUB_TOKEN", "CI_JOB_TOKEN", "CI_REPOSITORY_URL", "PEER_GITLAB_TOKEN",
                           "PEER_GITHUB_APP_PRIVATE_KEY", "ACTIONS_RUNTIME_TOKEN"})
    EXPECT_TRUE(is_forge_secret(name)) << name;
  for (const auto* name : {"OPENAI_API_KEY", "GROQ_API_KEY", "PATH", "HOME"})
    EXPECT_FALSE(is_forge_secret(name)) << name;
  for (const auto* name :
       {"OPENAI_API_KEY", "aws_secret_access_key", "DB_PASSWORD", "GITHUB_TOKEN"})
    EXPECT_TRUE(looks_secret(name)) << name;
  for (const auto* name : {"PATH", "HOME", "CI_PROJECT_ID", "GITHUB_EVENT_PATH"})
    EXPECT_FALSE(looks_secret(name)) << name;
}

}  // namespace
}  // namespace peer
