// Redis over TLS: a real server with a certificate of its own.
#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cache/tiered.hpp"
#include "tests/cache/temporary.hpp"
#include "tests/fakes/certificate.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer {
namespace {

using fakes::RedisServer;
using ::testing::HasSubstr;

class RedisTls : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(fakes::make_certificate(folder_.path(), "localhost")) << "run ci/setup --tests";
    server_.emplace(std::vector<std::string>{"--tls-cert-file", path("cert.pem"), "--tls-key-file",
                                             path("key.pem"), "--tls-auth-clients", "no",
                                             "--requirepass", "word"},
                    RedisServer::Wire::tls);
  }
  std::string path(const std::string& name) const { return folder_ / name; }
  std::string url(const std::string& host) const {
    return "rediss://:word@" + host + ":" + std::to_string(server_->port());
  }
  RedisOptions trusting() const {
    RedisOptions options;
    options.ca_file = path("cert.pem");
    // a loaded machine takes its time with a handshake
    options.connect = options.operation = std::chrono::seconds(5);
    return options;
  }
  Result<RedisStore> connect(const std::string& host = "localhost") const {
    return RedisStore::connect(*parse_redis_url(url(host)), trusting());
  }

  TemporaryFolder folder_;
  std::optional<RedisServer> server_;
};

TEST_F(RedisTls, CarriesBytesOfEverySizeBothWays) {
  auto store = connect();
  ASSERT_TRUE(store.has_value()) << store.error().message;
  EXPECT_EQ(store->get("k").value(), std::nullopt);
  for (const std::size_t size : {0U, 1U, 16'383U, 16'384U, 16'385U, 3'000'000U, 15'000'000U}) {
    std::string value(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
      value[i] = static_cast<char>(i * 31 + i / 255);
    ASSERT_TRUE(store->put("k", value, 60).has_value()) << size;
    const auto back = store->get("k");
    ASSERT_TRUE(back.has_value()) << size;
    EXPECT_TRUE(*back == value) << size;
  }
  ASSERT_TRUE(store->remove("k").has_value());
  EXPECT_EQ(store->get("k").value(), std::nullopt);
}

TEST_F(RedisTls, IsRefusedWithoutACertificateThatIsTrustedAndOfTheHost) {
  const auto stranger = RedisStore::connect(*parse_redis_url(url("localhost")), {});
  ASSERT_FALSE(stranger.has_value());
  EXPECT_EQ(stranger.error().kind, ErrorKind::refused);
  EXPECT_THAT(stranger.error().message, HasSubstr("certificate"));
  const auto other_host = connect("127.0.0.1");
  ASSERT_FALSE(other_host.has_value());
  EXPECT_EQ(other_host.error().kind, ErrorKind::refused);
  EXPECT_THAT(other_host.error().message, Not(HasSubstr("word")));
}

TEST_F(RedisTls, AServerThatSpeaksPlainlyOrNotAtAllIsLeftAlone) {
  RedisServer plain;
  auto options = trusting();
  options.connect = options.operation = std::chrono::milliseconds(100);
  const auto no_tls = RedisStore::connect(
      *parse_redis_url("rediss://localhost:" + std::to_string(plain.port())), options);
  ASSERT_FALSE(no_tls.has_value());
  EXPECT_THAT(no_tls.error().message, HasSubstr("no TLS connection"));
  server_->freeze();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(RedisStore::connect(*parse_redis_url(url("localhost")), options).has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
  server_->thaw();
}

TEST_F(RedisTls, AServerThatFreezesOrDiesCostsOneTimeLimit) {
  for (const bool dies : {false, true}) {
    auto options = trusting();
    options.operation = std::chrono::milliseconds(300);
    auto store = RedisStore::connect(*parse_redis_url(url("localhost")), options);
    ASSERT_TRUE(store.has_value()) << store.error().message;
    dies ? server_->end() : server_->freeze();
    EXPECT_FALSE(store->get("k").has_value());
    EXPECT_FALSE(store->alive());
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(store->get("k").has_value());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(100))
        << "asked again";
    if (!dies) server_->thaw();
  }
}

TEST_F(RedisTls, ServesTheCache) {
  ToldClock clock;
  TieredOptions options;
  options.redis_url = url("localhost");
  options.redis_options = trusting();
  const std::string key(64, 'a');
  TieredCache one(options, nullptr, clock), other(options, nullptr, clock);
  one.put(key, "answer", "value");
  const auto found = other.get(key);
  ASSERT_TRUE(found.has_value() && found->has_value());
  EXPECT_EQ((*found)->value, "value");
  EXPECT_EQ((*found)->tier, CacheTier::redis);
}

}  // namespace
}  // namespace peer
