// A GitHub App's tokens: signed so that another program believes them, renewed when they run out.
#include "reporters/forges/app_auth.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/forges/rs256.hpp"
#include "reporters/targets/publish.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/reporters/forges/app_keys.hpp"
#include "tests/reporters/forges/small_report.hpp"
#include "tests/reporters/outside.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using Fault = fakes::GitHubFake::Fault;

using test::app_keys;

bool openssl_believes(const std::string& token) {
  const auto dot = token.rfind('.');
  auto signature = token.substr(dot + 1);
  std::replace(signature.begin(), signature.end(), '-', '+');
  std::replace(signature.begin(), signature.end(), '_', '/');
  while (signature.size() % 4 != 0)
    signature += '=';
  const test::Folder folder;
  const auto words = folder.write("words", token.substr(0, dot));
  const auto bytes = folder.write("signature", base64_decode(signature).value_or(""));
  return test::run("openssl dgst -sha256 -verify " + app_keys().open_file + " -signature " + bytes +
                   " " + words)
             .code == 0;
}

TEST(Rs256, AnotherProgramBelievesTheSignature) {
  ASSERT_THAT(app_keys().pkcs1, HasSubstr("BEGIN RSA PRIVATE KEY"));
  ASSERT_THAT(app_keys().pkcs8, HasSubstr("BEGIN PRIVATE KEY"));
  for (const auto& pem :
       {app_keys().pkcs1, app_keys().pkcs8, replace_all(app_keys().pkcs8, "\n", "\\n")}) {
    const auto token = sign_jwt("{\"iss\":1}", pem);
    ASSERT_TRUE(token.has_value()) << token.error().message;
    EXPECT_TRUE(openssl_believes(*token));
    EXPECT_FALSE(openssl_believes("x" + *token));
  }
}

TEST(Rs256, WhatIsNoKeyIsRefusedAndNotRepeated) {
  const auto good = app_keys().pkcs8;
  for (const auto& pem :
       {std::string(), std::string("secret words"), good.substr(0, good.size() / 2),
        std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
        std::string("-----BEGIN PRIVATE KEY-----\n") + std::string(100'000, 'M') +
            "\n-----END PRIVATE KEY-----",
        std::string("-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----")}) {
    const auto token = sign_jwt("{}", pem);
    ASSERT_FALSE(token.has_value());
    EXPECT_EQ(token.error().message.find("secret words"), std::string::npos);
  }
  // each byte of the key changed: refused or signed, never a crash
  for (std::size_t i = 28; i < good.size(); i += 7) {
    auto broken = good;
    broken[i] = broken[i] == 'A' ? 'B' : 'A';
    (void)sign_jwt("{}", broken);
  }
}

class AsApp : public ::testing::Test {
 protected:
  fakes::GitHubFake forge;
  Clock clock;
  int given = 0;
  ForgePlace place;

  void SetUp() override {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = "o/r";
    place.number = 7;
    place.app_id = "12345";
    place.app_key = app_keys().pkcs8;
    forge.fault = [this](const fakes::ServedRequest& request) {
      const auto word = request.header("authorization");
      if (request.target.ends_with("/installation")) {
        EXPECT_TRUE(openssl_believes(word.substr(7)));
        return Fault{Fault::answer, 200, "{\"id\":99}", {}};
      }
      if (!request.target.ends_with("/installations/99/access_tokens")) return Fault{};
      EXPECT_TRUE(openssl_believes(word.substr(7)));
      EXPECT_EQ(request.body, "{\"repositories\":[\"r\"]}");
      const auto token = "ghs_installationtoken" + std::to_string(++given);
      forge.tokens.erase("Bearer ghs_installationtoken" + std::to_string(given - 1));
      forge.tokens["Bearer " + token] = forge.tokens["Bearer writer"];
      return Fault{Fault::answer, 201, "{\"token\":\"" + token + "\"}", {}};
    };
  }
};

TEST_F(AsApp, ItPublishesAndRenewsATokenThatRanOut) {
  HttpOptions options;
  options.allowed = {{parse_url(place.api)->origin, true}};
  HttpEngine http(options);
  ForgeWorld world{http, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  auto report = test::report_with({10}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  forge.before = [this](const fakes::ServedRequest& request) {
    // the first token dies before the review is posted
    if (request.target.ends_with("/reviews")) forge.tokens.erase("Bearer ghs_installationtoken1");
  };
  const auto out = publish(report, place, {}, world);
  ASSERT_TRUE(out.has_value()) << out.error().message;
  EXPECT_TRUE(out->done) << out->failure;
  EXPECT_EQ(given, 2);
  EXPECT_EQ(forge.talks.size(), 1U);
}

TEST_F(AsApp, ATokenThatWasJustMintedIsNotSaidEither) {
  HttpOptions options;
  options.allowed = {{parse_url(place.api)->origin, true}};
  HttpEngine http(options);
  ForgeWorld world{http, clock, [](std::chrono::milliseconds) { return true; }};
  world.spacing = std::chrono::milliseconds(0);
  auto report = test::report_with({10}, std::string(40, 'a'));
  report.findings[0].message = "look: " + base64_encode("ghs_installationtoken1");
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  const auto out = publish(report, place, {}, world);
  ASSERT_TRUE(out.has_value()) << out.error().message;
  EXPECT_THAT(out->failure, HasSubstr("holds a credential"));
  EXPECT_EQ(forge.writes(), 0U);
}

}  // namespace
}  // namespace peer
