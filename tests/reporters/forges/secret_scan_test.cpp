// A credential is found however it is dressed, and clean text is let through.
#include "reporters/forges/secret_scan.hpp"

#include <fmt/format.h>
#include <random>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "reporters/base64.hpp"
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
