#include "base/http_engine.hpp"

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fakes/http_server.hpp"

namespace peer {
namespace {

using fakes::Connection;
using fakes::HttpServer;
using fakes::ServedRequest;
using std::chrono::milliseconds;

Origin origin_of(const std::string& url) { return parse_url(url)->origin; }

HttpOptions allowing(const std::string& url) {
  HttpOptions options;
  options.allowed = {{origin_of(url), false}};
  return options;
}

HttpRequest request_to(const std::string& url, std::string body = "{}") {
  HttpRequest request;
  request.url = url;
  request.body = std::move(body);
  return request;
}

HttpOutcome ask(const HttpServer& server, const HttpRequest& request) {
  HttpEngine engine(allowing(server.url()));
  return engine.send(request, {});
}

TEST(HttpEngine, SendsABodyAndGivesTheAnswer) {
  HttpServer server([](const ServedRequest& request, Connection& out) {
    out.reply(201, "got " + request.body, {{"X-Thing", " a b "}, {"Content-Type", "text/plain"}});
  });
  auto request = request_to(server.url("/v1/chat?x=1"), "hello\0there");
  request.body = std::string("nul\0inside", 10);
  request.headers = {{"X-Plain", "yes"}};
  request.credential = HttpCredential{origin_of(server.url()), "Authorization", "Bearer key"};
  const auto outcome = ask(server, request);
  EXPECT_TRUE(outcome.ok()) << outcome.detail;
  EXPECT_EQ(outcome.status, 201);
  EXPECT_EQ(outcome.body, "got " + request.body);
  EXPECT_EQ(outcome.header("x-thing"), "a b");
  EXPECT_GT(outcome.times.first_byte.count(), 0);
  EXPECT_GE(outcome.times.total, outcome.times.first_byte);
  const auto seen = server.requests().at(0);
  EXPECT_EQ(seen.target, "/v1/chat?x=1");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.header("authorization"), "Bearer key");
  EXPECT_EQ(seen.header("x-plain"), "yes");
  EXPECT_EQ(seen.header("content-type"), "application/json");
  EXPECT_EQ(seen.header("expect"), "");
}

TEST(HttpEngine, UsesOneConnectionForManyRequests) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  HttpEngine engine(allowing(server.url()));
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(engine.send(request_to(server.url()), {}).status, 200);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(HttpEngine, AnswersManyAtOnce) {
  HttpServer server(
      [](const ServedRequest& request, Connection& out) { out.reply(200, request.body); });
  HttpEngine engine(allowing(server.url()));
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 64; ++i)
    answers.push_back(std::async(std::launch::async, [&engine, &server, i] {
      return engine.send(request_to(server.url(), std::to_string(i)), {}).body;
    }));
  for (int i = 0; i < 64; ++i)
    EXPECT_EQ(answers[static_cast<std::size_t>(i)].get(), std::to_string(i));
}

TEST(HttpEngine, ConnectsToNobodyWhoIsNotAllowed) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  HttpEngine engine(allowing("https://api.example.com"));
  const auto outcome = engine.send(request_to(server.url()), {});
  EXPECT_EQ(outcome.failure, HttpFailure::refused);
  EXPECT_NE(outcome.detail.find("not among the hosts"), std::string::npos);
  EXPECT_EQ(engine.send(request_to("no address"), {}).failure, HttpFailure::refused);
  EXPECT_EQ(server.connections(), 0U);
}

TEST(HttpEngine, ChecksTheAddressThatANameLeadsTo) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  // every system resolves names below .localhost to loopback, but the name is none Peer knows as
  // such
  const auto url = "http://rebound.localhost:" + std::to_string(server.port());
  HttpEngine strict(allowing(url));
  const auto outcome = strict.send(request_to(url), {});
  EXPECT_EQ(outcome.failure, HttpFailure::refused) << outcome.detail;
  EXPECT_EQ(server.connections(), 0U);
  HttpOptions own;
  own.allowed = {{origin_of(url), true}};
  HttpEngine lenient(own);
  EXPECT_EQ(lenient.send(request_to(url), {}).status, 200);
}

TEST(HttpEngine, SendsAKeyOnlyWhereItBelongs) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  auto request = request_to(server.url());
  request.credential =
      HttpCredential{{"https", "api.example.com", 443}, "Authorization", "Bearer secret-key"};
  const auto outcome = ask(server, request);
  EXPECT_EQ(outcome.failure, HttpFailure::refused);
  EXPECT_EQ(outcome.detail.find("secret-key"), std::string::npos);
  EXPECT_EQ(server.connections(), 0U);
}

TEST(HttpEngine, FollowsNoRedirect) {
  std::atomic<int> elsewhere = 0;
  HttpServer other([&](const ServedRequest&, Connection& out) {
    ++elsewhere;
    out.reply(200, "{}");
  });
  HttpServer server([&](const ServedRequest&, Connection& out) {
    out.reply(307, "", {{"Location", other.url("/steal")}});
  });
  auto request = request_to(server.url());
  request.credential = HttpCredential{origin_of(server.url()), "Authorization", "Bearer key"};
  const auto outcome = ask(server, request);
  EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.status, 307);
  EXPECT_EQ(elsewhere, 0);
}

TEST(HttpEngine, LetsNoHeaderBeSmuggledIn) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  auto request = request_to(server.url());
  request.headers = {{"X-A", "1\r\nX-Evil: 2"}};
  EXPECT_EQ(ask(server, request).status, 200);
  EXPECT_EQ(server.requests().at(0).header("x-evil"), "");
}

TEST(HttpEngine, StreamsPiecesAsTheyCome) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.begin_chunks("text/event-stream");
    for (const char* piece : {"data: a\n\n", "data: b\n\n"}) {
      out.chunk(piece);
      out.wait(20);
    }
    out.end_chunks();
  });
  std::vector<std::string> pieces;
  auto request = request_to(server.url());
  request.on_data = [&](std::string_view bytes) {
    pieces.emplace_back(bytes);
    return HttpFlow::more;
  };
  const auto outcome = ask(server, request);
  EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(pieces, (std::vector<std::string>{"data: a\n\n", "data: b\n\n"}));
  EXPECT_TRUE(outcome.body.empty());
}

TEST(HttpEngine, KeepsTheBodyOfAnErrorEvenWhenStreaming) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(429, "wait"); });
  auto request = request_to(server.url());
  request.on_data = [](std::string_view) { return HttpFlow::abort; };
  const auto outcome = ask(server, request);
  EXPECT_TRUE(outcome.ok());
  EXPECT_EQ(outcome.status, 429);
  EXPECT_EQ(outcome.body, "wait");
}

TEST(HttpEngine, EndsWellWhenTheReaderHadEnoughOfAnOpenStream) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.begin_chunks("text/event-stream");
    out.chunk("data: [DONE]\n\n");
    out.hang();
  });
  auto request = request_to(server.url());
  request.on_data = [](std::string_view) { return HttpFlow::enough; };
  const auto outcome = ask(server, request);
  EXPECT_TRUE(outcome.ok()) << outcome.detail;
  EXPECT_LT(outcome.times.total, milliseconds(5000));
}

TEST(HttpEngine, StopsWhereTheReaderSaysSo) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.begin_chunks("text/event-stream");
    while (out.chunk(std::string(1000, 'x'))) {
    }
    out.close();
  });
  auto request = request_to(server.url());
  request.on_data = [](std::string_view) { return HttpFlow::abort; };
  EXPECT_EQ(ask(server, request).failure, HttpFailure::stopped);
}

TEST(HttpEngine, CutsAnEndlessAnswer) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.begin_chunks("application/json");
    while (out.chunk(std::string(60'000, 'x'))) {
    }
    out.close();
  });
  auto request = request_to(server.url());
  request.max_body_bytes = 1'000'000;
  const auto outcome = ask(server, request);
  EXPECT_EQ(outcome.failure, HttpFailure::too_large);
  EXPECT_LE(outcome.body.size(), 1'000'000U);
  EXPECT_NE(outcome.detail.find("1000000"), std::string::npos);
}

TEST(HttpEngine, CutsEndlessHeaders) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.write("HTTP/1.1 200 OK\r\n");
    while (out.write("X-Pad: " + std::string(1000, 'x') + "\r\n")) {
    }
    out.close();
  });
  EXPECT_EQ(ask(server, request_to(server.url())).failure, HttpFailure::too_large);
}

TEST(HttpEngine, NamesEachDeadlineThatPassed) {
  HttpServer silent([](const ServedRequest&, Connection& out) { out.hang(); });
  auto request = request_to(silent.url());
  request.deadlines.first_byte = milliseconds(30);
  EXPECT_EQ(ask(silent, request).failure, HttpFailure::first_byte_timeout);
  request.deadlines = {.connect = milliseconds(1000),
                       .first_byte = milliseconds(0),
                       .idle = milliseconds(0),
                       .total = milliseconds(30)};
  EXPECT_EQ(ask(silent, request).failure, HttpFailure::total_timeout);

  HttpServer stalls([](const ServedRequest&, Connection& out) {
    out.begin_chunks("text/plain");
    out.chunk("some");
    out.hang();
  });
  auto stalled = request_to(stalls.url());
  stalled.deadlines.idle = milliseconds(30);
  const auto outcome = ask(stalls, stalled);
  EXPECT_EQ(outcome.failure, HttpFailure::idle_timeout);
  EXPECT_EQ(outcome.body, "some");
}

TEST(HttpEngine, EndsADripWhenItsWholeTimeIsOver) {
  HttpServer drips([](const ServedRequest&, Connection& out) {
    out.begin_chunks("text/plain");
    while (out.wait(5) && out.chunk("x")) {
    }
    out.close();
  });
  auto request = request_to(drips.url());
  request.deadlines.idle = milliseconds(2000);
  request.deadlines.total = milliseconds(100);
  EXPECT_EQ(ask(drips, request).failure, HttpFailure::total_timeout);
}

TEST(HttpEngine, TellsHowAConnectionFailed) {
  std::string closed_url;
  {
    const HttpServer gone([](const ServedRequest&, Connection&) {});
    closed_url = gone.url();
  }
  HttpEngine engine(allowing(closed_url));
  EXPECT_EQ(engine.send(request_to(closed_url), {}).failure, HttpFailure::connect);

  HttpEngine nowhere(allowing("http://nothing.invalid"));
  EXPECT_EQ(nowhere.send(request_to("http://nothing.invalid"), {}).failure, HttpFailure::name);

  HttpServer resets([](const ServedRequest&, Connection& out) { out.reset(); });
  EXPECT_EQ(ask(resets, request_to(resets.url())).failure, HttpFailure::reset);

  HttpServer closes([](const ServedRequest&, Connection& out) {
    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    out.close();
  });
  const auto half = ask(closes, request_to(closes.url()));
  EXPECT_EQ(half.failure, HttpFailure::reset);
  EXPECT_EQ(half.body, "half");

  HttpServer babbles([](const ServedRequest&, Connection& out) {
    out.write("SSH-2.0-OpenSSH\r\n\r\n");
    out.close();
  });
  EXPECT_EQ(ask(babbles, request_to(babbles.url())).failure, HttpFailure::protocol);

  HttpServer no_tls([](const ServedRequest&, Connection& out) { out.close(); });
  const auto https = "https://127.0.0.1:" + std::to_string(no_tls.port());
  HttpEngine to_no_tls(allowing(https));
  auto request = request_to(https);
  request.deadlines.first_byte =
      milliseconds(300);  // a server that waits for a head it will never see
  const auto failure = to_no_tls.send(request, {}).failure;
  EXPECT_TRUE(failure == HttpFailure::tls || failure == HttpFailure::first_byte_timeout ||
              failure == HttpFailure::reset);
}

TEST(HttpEngine, EndsATransferWhenAskedTo) {
  HttpServer silent([](const ServedRequest&, Connection& out) { out.hang(); });
  HttpEngine engine(allowing(silent.url()));
  std::stop_source stop;
  auto waiting = std::async(
      std::launch::async, [&] { return engine.send(request_to(silent.url()), stop.get_token()); });
  while (silent.requests().empty())
    std::this_thread::yield();
  stop.request_stop();
  EXPECT_EQ(waiting.get().failure, HttpFailure::cancelled);
  EXPECT_EQ(engine.send(request_to(silent.url()), stop.get_token()).failure,
            HttpFailure::cancelled);
}

TEST(HttpEngine, TellsThoseWhoWaitWhenItEnds) {
  HttpServer silent([](const ServedRequest&, Connection& out) { out.hang(); });
  std::atomic<int> cancelled = 0;
  {
    HttpEngine engine(allowing(silent.url()));
    for (int i = 0; i < 8; ++i)
      engine.start(request_to(silent.url()), [&](const HttpOutcome& outcome) {
        if (outcome.failure == HttpFailure::cancelled) ++cancelled;
      });
  }
  EXPECT_EQ(cancelled, 8);
}

TEST(HttpEngine, GoesThroughAProxyByATunnelAndReportsItsRefusal) {
  HttpServer proxy([](const ServedRequest&, Connection& out) {
    out.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    out.close();
  });
  HttpOptions options = allowing("http://api.example.com");
  options.proxy = proxy.url();
  HttpEngine engine(options);
  auto request = request_to("http://api.example.com/v1");
  request.credential = HttpCredential{origin_of(request.url), "Authorization", "Bearer key"};
  EXPECT_EQ(engine.send(request, {}).failure, HttpFailure::proxy);
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_EQ(proxy.requests()[0].method, "CONNECT");
  EXPECT_EQ(proxy.requests()[0].header("authorization"), "");
}

TEST(HttpEngine, SendsLoopbackAndNamedHostsPastTheProxy) {
  HttpOptions options;
  options.proxy = "http://proxy.example:3128";
  options.no_proxy = {"direct.example", ".corp.example"};
  EXPECT_TRUE(uses_proxy(options, {"https", "api.example.com", 443}));
  EXPECT_TRUE(uses_proxy(options, {"https", "notdirect.example", 443}));
  EXPECT_FALSE(uses_proxy(options, {"http", "127.0.0.1", 80}));
  EXPECT_FALSE(uses_proxy(options, {"http", "localhost", 80}));
  EXPECT_FALSE(uses_proxy(options, {"https", "direct.example", 443}));
  EXPECT_FALSE(uses_proxy(options, {"https", "a.direct.example", 443}));
  EXPECT_FALSE(uses_proxy(options, {"https", "a.corp.example", 443}));
  options.no_proxy = {"*"};
  EXPECT_FALSE(uses_proxy(options, {"https", "api.example.com", 443}));
}

TEST(HttpEngine, AsksTheEnvironmentForNoProxy) {
  HttpServer server([](const ServedRequest&, Connection& out) { out.reply(200, "{}"); });
  // curl by itself would send the request to this dead proxy
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  const auto url = "http://rebound.localhost:" + std::to_string(server.port());
  HttpOptions options;
  options.allowed = {{origin_of(url), true}};
  HttpEngine engine(options);
  EXPECT_EQ(engine.send(request_to(url), {}).status, 200);
  unsetenv("http_proxy");
}

}  // namespace
}  // namespace peer
