// The engine against a real TLS and HTTP/2 server, with certificates made for the test.
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "tests/fakes/certificate.hpp"
#include "tests/fakes/child.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

class HttpOverTls : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "peer-tls-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    ASSERT_TRUE(fakes::make_certificate(folder_, "localhost"))
        << "openssl is needed: run ci/setup --tests";
    server_ =
        new fakes::Child({"node", std::string(PEER_SOURCE_DIR) + "/tests/fakes/tls_server.mjs",
                          name + "/key.pem", name + "/cert.pem"});
    port_ = server_->line();
    ASSERT_FALSE(port_.empty()) << "node is needed: run ci/setup --tests";
  }
  static void TearDownTestSuite() {
    delete server_;
    fs::remove_all(folder_);
  }
  static std::string url(const std::string& host, const std::string& path) {
    return "https://" + host + ":" + port_ + path;
  }
  static HttpOptions options(const std::string& host, bool trusted) {
    HttpOptions out;
    out.allowed = {{parse_url(url(host, "/"))->origin, false}};
    if (trusted) out.ca_file = (folder_ / "cert.pem").string();
    return out;
  }
  static HttpOutcome ask(const std::string& path, std::string body = "x") {
    HttpEngine engine(options("localhost", true));
    HttpRequest request;
    request.url = url("localhost", path);
    request.body = std::move(body);
    return engine.send(request, {});
  }

  static inline fs::path folder_;
  static inline fakes::Child* server_ = nullptr;
  static inline std::string port_;
};

TEST_F(HttpOverTls, SpeaksHttp2) {
  const auto outcome = ask("/echo", "hello");
  EXPECT_TRUE(outcome.ok()) << outcome.detail;
  EXPECT_EQ(outcome.body, "hello");
  EXPECT_TRUE(outcome.http2);
}

TEST_F(HttpOverTls, TrustsNoUnknownCertificate) {
  HttpEngine engine(options("localhost", false));
  HttpRequest request;
  request.url = url("localhost", "/echo");
  const auto outcome = engine.send(request, {});
  EXPECT_EQ(outcome.failure, HttpFailure::tls) << outcome.detail;
}

TEST_F(HttpOverTls, TrustsNoCertificateOfAnotherHost) {
  HttpEngine engine(options("127.0.0.1", true));
  HttpRequest request;
  request.url = url("127.0.0.1", "/echo");
  EXPECT_EQ(engine.send(request, {}).failure, HttpFailure::tls);
}

TEST_F(HttpOverTls, UnpacksWithinItsLimit) {
  EXPECT_EQ(ask("/packed").body, "unpacked");
  const auto bomb = ask("/bomb");
  EXPECT_EQ(bomb.failure, HttpFailure::too_large) << bomb.detail;
  EXPECT_LE(bomb.body.size(), std::size_t{8} << 20U);
}

TEST_F(HttpOverTls, NamesAStreamOrConnectionThatBroke) {
  const auto half = ask("/goaway");
  EXPECT_EQ(half.failure, HttpFailure::reset) << half.detail;
  EXPECT_EQ(half.body, "half");
  EXPECT_EQ(ask("/reset").failure, HttpFailure::reset);
}

TEST_F(HttpOverTls, AnswersManyAtOnce) {
  HttpEngine engine(options("localhost", true));
  std::vector<std::future<HttpOutcome>> answers;
  for (int i = 0; i < 32; ++i)
    answers.push_back(std::async(std::launch::async, [&engine, i] {
      HttpRequest request;
      request.url = url("localhost", "/echo");
      request.body = std::to_string(i);
      return engine.send(request, {});
    }));
  for (int i = 0; i < 32; ++i) {
    const auto outcome = answers[static_cast<std::size_t>(i)].get();
    EXPECT_EQ(outcome.body, std::to_string(i)) << outcome.detail;
  }
}

}  // namespace
}  // namespace peer
