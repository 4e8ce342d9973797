// What it costs to ask: Peer's asker against bare libcurl on the same server, which is a process of
// its own, and what the caches take. Prints one JSON object.
//   peer_ask              measures all; peer_ask short: a hundredth of it, to see that it works
//   peer_ask serve        a model that answers reviews, until it is killed; prints its address
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <latch>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <curl/curl.h>

#include "analyzers/compress/tokens.hpp"
#include "base/hash.hpp"
#include "base/http_engine.hpp"
#include "cache/cache_db.hpp"
#include "cache/store/redis.hpp"
#include "llm/ask/asker.hpp"
#include "llm/guard/placeholders.hpp"
#include "tests/fakes/http_server.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::string_view kAnswer =
    R"({"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":300,"completion_tokens":1}})";

double seconds_since(Steady::time_point began) {
  return std::chrono::duration<double>(Steady::now() - began).count();
}
/// Processor time of this process, seconds.
double cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}
double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// A server in a process of its own.
class Served {
 public:
  explicit Served(const fakes::HttpServer::Handler& handler) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    child_ = fork();
    if (child_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      fakes::HttpServer server(handler);
      server.forget_requests();
      const auto port = server.port();
      if (write(ends[1], &port, sizeof port) != sizeof port) std::abort();
      pause();
      _exit(0);
    }
    if (read(ends[0], &port_, sizeof port_) != sizeof port_) std::abort();
    close(ends[0]);
    close(ends[1]);
  }
  ~Served() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string url() const { return fmt::format("http://127.0.0.1:{}/v1", port_); }

 private:
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
};

/// Answers after `delay`; a stream says in its first piece when that was written.
fakes::HttpServer::Handler answering(std::chrono::milliseconds delay) {
  return [delay](const fakes::ServedRequest& request, fakes::Connection& out) {
    std::this_thread::sleep_for(delay);
    if (request.body.find("\"stream\":true") == std::string::npos) return out.reply(200, kAnswer);
    out.begin_chunks("text/event-stream");
    const auto now = Steady::now().time_since_epoch().count();
    out.chunk(fmt::format("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{}\"}}}}]}}\n\n", now));
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    out.chunk(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    out.end_chunks();
  };
}

Target target_at(const Served& served) {
  Source source;
  source.provider.id = source.provider.title = "mock";
  source.provider.wire = "openai_chat";
  source.provider.base_url = served.url();
  source.provider.origin = {"http", "127.0.0.1", served.port()};
  source.keys.emplace_back("none", "");
  Target out;
  out.model.provider = "mock";
  out.model.wire = "openai_chat";
  out.model.name = "m";
  out.model.window = 100'000;
  out.source = std::make_shared<const Source>(std::move(source));
  return out;
}

struct Bench {
  explicit Bench(const Served& served, unsigned concurrency = 1)
      : target(target_at(served)),
        http(HttpOptions{.allowed = {{target.source->provider.origin, true}},
                         .proxy = {},
                         .no_proxy = {},
                         .ca_file = {},
                         .max_idle_connections = 300}),
        asker(real_world(http, clock), limits(concurrency), nullptr) {}
  static AskLimits limits(unsigned concurrency) {
    AskLimits out;
    out.concurrency = concurrency;
    return out;
  }
  Reply ask(std::string text, std::function<void(std::string_view)> on_text = {}) {
    Inquiry inquiry;
    inquiry.question.messages = {{Message::Role::user, std::move(text)}};
    inquiry.question.max_output_tokens = 64;
    inquiry.chain = {target};
    inquiry.on_text = std::move(on_text);
    auto reply = asker.ask(inquiry, {});
    if (!reply.answer)
      std::fprintf(stderr, "%s\n", reply.answer.error().message.c_str()), std::abort();
    return reply;
  }
  Clock clock;
  Target target;
  HttpEngine http;
  Asker asker;
};

std::string prompt_of_a_kilobyte(std::size_t number) {
  auto text = fmt::format("question {}\n", number);
  while (text.size() < 1'024)
    text += "    total = price_of(article) * count + shipping\n";
  return text.substr(0, 1'024);
}

std::size_t take(char*, std::size_t size, std::size_t count, void* sum) {
  *static_cast<std::size_t*>(sum) += size * count;
  return size * count;
}

CURL* handle_for(const Served& served, const std::string& body, std::size_t& received) {
  CURL* handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, (served.url() + "/chat/completions").c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
  return handle;
}

struct Cost {
  double milliseconds = 0, cpu_microseconds = 0;
};

template <class Work>
Cost cost_of(std::size_t count, Work work) {
  for (std::size_t i = 0; i < count / 10 + 1; ++i)
    work(i + 1'000'000);
  std::vector<double> times;
  const auto before = cpu();
  for (std::size_t i = 0; i < count; ++i) {
    const auto began = Steady::now();
    work(i);
    times.push_back(seconds_since(began) * 1e3);
  }
  return {median(times), (cpu() - before) / static_cast<double>(count) * 1e6};
}

void one_after_the_other(const Served& served, std::size_t count) {
  Bench bench(served);
  const auto ours = cost_of(count, [&](std::size_t i) { bench.ask(prompt_of_a_kilobyte(i)); });
  const auto body = fmt::format(R"({{"model":"m","messages":[{{"role":"user","content":"{}"}}]}})",
                                std::string(1'024, 'x'));
  std::size_t received = 0;
  CURL* handle = handle_for(served, body, received);
  const auto bare = cost_of(count, [&](std::size_t) { curl_easy_perform(handle); });
  curl_easy_cleanup(handle);
  const auto text = prompt_of_a_kilobyte(0);
  const auto counting = cost_of(count, [&](std::size_t) { (void)count_tokens(text); });
  const auto guarding = cost_of(count, [&](std::size_t) { (void)check_egress(text); });
  fmt::print(
      "\"request_ms\": {:.4f}, \"bare_ms\": {:.4f}, \"request_cpu_us\": {:.1f}, "
      "\"bare_cpu_us\": {:.1f}, \"tokens_cpu_us\": {:.1f}, \"secrets_cpu_us\": {:.1f}",
      ours.milliseconds, bare.milliseconds, ours.cpu_microseconds, bare.cpu_microseconds,
      counting.cpu_microseconds, guarding.cpu_microseconds);
}

double bare_in_flight(const Served& served, std::size_t flying, std::size_t rounds) {
  CURLM* multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 300L);
  std::size_t received = 0, left = flying * rounds, started = 0;
  const auto body = fmt::format(R"({{"model":"m","messages":[{{"role":"user","content":"{}"}}]}})",
                                std::string(1'024, 'x'));
  std::vector<CURL*> handles;
  for (; started < flying; ++started) {
    handles.push_back(handle_for(served, body, received));
    curl_multi_add_handle(multi, handles.back());
  }
  const auto began = Steady::now();
  while (left > 0) {
    int running = 0, queued = 0;
    curl_multi_perform(multi, &running);
    while (CURLMsg* message = curl_multi_info_read(multi, &queued)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* handle = message->easy_handle;
      curl_multi_remove_handle(multi, handle);
      --left;
      if (started++ < flying * rounds) curl_multi_add_handle(multi, handle);
    }
    if (left > 0) curl_multi_poll(multi, nullptr, 0, 100, nullptr);
  }
  const auto took = seconds_since(began);
  for (auto* handle : handles)
    curl_easy_cleanup(handle);
  curl_multi_cleanup(multi);
  return static_cast<double>(flying * rounds) / took;
}

double ours_in_flight(const Served& served, std::size_t flying, std::size_t rounds) {
  Bench bench(served, static_cast<unsigned>(flying));
  std::vector<std::thread> threads;
  std::latch ready(static_cast<std::ptrdiff_t>(flying) +
                   1);  // bare libcurl's handles are ready too
  for (std::size_t i = 0; i < flying; ++i)
    threads.emplace_back([&, i] {
      ready.arrive_and_wait();
      for (std::size_t round = 0; round < rounds; ++round)
        bench.ask(prompt_of_a_kilobyte(i * rounds + round));
    });
  ready.arrive_and_wait();
  const auto began = Steady::now();
  for (auto& thread : threads)
    thread.join();
  return static_cast<double>(flying * rounds) / seconds_since(began);
}

void in_flight(const Served& served, std::size_t rounds) {
  constexpr std::size_t kFlying = 256;
  std::vector<double> shares, rates;
  for (int i = 0; i < 7; ++i) {
    const auto bare = bare_in_flight(served, kFlying, rounds);
    rates.push_back(ours_in_flight(served, kFlying, rounds));
    shares.push_back(rates.back() / bare);
  }
  fmt::print(", \"in_flight_share\": {:.3f}, \"in_flight_per_second\": {:.0f}", median(shares),
             median(rates));
}

void first_token(const Served& served, std::size_t count) {
  Bench bench(served);
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    double late = -1;
    bench.ask(prompt_of_a_kilobyte(i), [&](std::string_view text) {
      if (text.empty() || late >= 0) return;
      const auto then = std::strtoll(std::string(text).c_str(), nullptr, 10);
      late = std::chrono::duration<double, std::milli>(Steady::now().time_since_epoch() -
                                                       Steady::duration(then))
                 .count();
    });
    times.push_back(late);
  }
  fmt::print(", \"first_token_ms\": {:.3f}", median(times));
}

void caches(std::size_t count) {
  std::string folder = (std::filesystem::temp_directory_path() / "peer-bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  std::vector<std::string> keys;
  const std::string value(2'048, 'v');
  for (std::size_t i = 0; i < 1'000; ++i)
    keys.push_back(sha256(std::to_string(i)));
  {
    const Clock clock;
    auto disk = CacheDb::open(std::filesystem::path(folder) / "cache.db", {}, clock);
    if (!disk) std::abort();
    std::vector<CacheEntry> entries;
    for (const auto& key : keys)
      entries.push_back({key, "completion", value});
    if (!disk->put(entries)) std::abort();
    const auto hit = cost_of(count, [&](std::size_t i) {
      if (const auto found = disk->get(keys[i * 7 % keys.size()]); !found || !*found) std::abort();
    });
    fmt::print(", \"sqlite_hit_us\": {:.1f}", hit.milliseconds * 1e3);
  }
  std::filesystem::remove_all(folder);
  const fakes::RedisServer server;
  const auto address = parse_redis_url(server.url());
  auto redis = RedisStore::connect(*address);
  if (!redis) std::abort();
  for (const auto& key : keys)
    if (!redis->put(key, value, 600)) std::abort();
  const auto hit = cost_of(count, [&](std::size_t i) {
    if (const auto found = redis->get(keys[i * 7 % keys.size()]); !found || !*found) std::abort();
  });
  fmt::print(", \"redis_hit_us\": {:.1f}", hit.milliseconds * 1e3);
}

/// A reviewer that finds nothing in ten pieces.
int serve() {
  std::string results;
  for (int i = 0; i < 10; ++i)
    results += fmt::format(R"({}{{\"idx\":{},\"findings\":[]}})", i == 0 ? "" : ",", i);
  const auto answer = fmt::format(
      R"({{"choices":[{{"message":{{"content":"{{\"results\":[{}]}}"}},"finish_reason":"stop"}}]}})",
      results);
  fakes::HttpServer server(
      [&](const fakes::ServedRequest&, fakes::Connection& out) { out.reply(200, answer); });
  server.forget_requests();
  fmt::print("{}\n", server.url("/v1"));
  std::fflush(stdout);
  pause();
  return 0;
}

int measure(std::size_t parts) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  fmt::print("{{");
  {
    // children are forked before this process has threads
    const Served at_once(answering(std::chrono::milliseconds(0))),
        later(answering(std::chrono::milliseconds(50)));
    one_after_the_other(at_once, 3'000 / parts);
    in_flight(later, std::max<std::size_t>(8 / parts, 1));
    first_token(at_once, 300 / parts + 1);
  }
  caches(20'000 / parts);
  fmt::print("}}\n");
  return 0;
}

}  // namespace
}  // namespace peer

int main(int count, char** words) {
  const std::string_view word = count > 1 ? words[1] : "";
  if (word == "serve") return peer::serve();
  return peer::measure(word == "short" ? 100 : 1);
}
