#include "cache/store/redis.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <sys/time.h>
#include <vector>

#include <hiredis/hiredis.h>

#include "base/http_tunnel.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr const char* kCode = "PEER-E164";

timeval timeval_of(std::chrono::milliseconds time) {
  return {time.count() / 1000, static_cast<suseconds_t>((time.count() % 1000) * 1000)};
}

struct FreeContext {
  void operator()(redisContext* context) const { redisFree(context); }
};
struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;
using Reply = std::unique_ptr<redisReply, FreeReply>;

tl::unexpected<Error> bad_url(std::string_view why) {
  return fail(ErrorKind::invalid_input, fmt::format("not an address of a Redis server: {}", why),
              kCode);
}

/// "%41" -> "A"; what is no escape stays.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const bool escape = text[i] == '%' && i + 2 < text.size() &&
                        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
                            text.data() + i + 3;
    out += escape ? static_cast<char>(value) : text[i];
    if (escape) i += 2;
  }
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& target) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
  return error == std::errc{} && end == text.data() + text.size();
}

Result<void> read_host(std::string_view text, RedisAddress& address) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return bad_url("a bracket is open");
    address.host = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
  } else {
    const auto end = std::min(text.find(':'), text.size());
    address.host = text.substr(0, end);
    text.remove_prefix(end);
  }
  const bool plain = std::all_of(address.host.begin(), address.host.end(),
                                 [](char c) { return c > ' ' && c <= '~'; });
  if (address.host.empty() || !plain) return bad_url("it names no host");
  if (text.empty()) return {};
  if (text.front() != ':' || !read_number(text.substr(1), address.port) || address.port == 0)
    return bad_url("its port is no number");
  return {};
}

}  // namespace

Result<RedisAddress> parse_redis_url(std::string_view url) {
  RedisAddress address;
  if (url.starts_with("unix://")) {
    address.unix_path = url.substr(7);
    if (!address.unix_path.starts_with('/')) return bad_url("its path is not absolute");
    return address;
  }
  address.tls = url.starts_with("rediss://");
  if (!address.tls && !url.starts_with("redis://"))
    return bad_url("it begins with neither redis://, rediss:// nor unix://");
  url.remove_prefix(url.find("://") + 3);
  const auto slash = std::min(url.find('/'), url.size());
  auto authority = url.substr(0, slash);
  const auto path = url.substr(std::min(slash + 1, url.size()));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    const auto who = authority.substr(0, at);
    const auto colon = std::min(who.find(':'), who.size());
    address.user = unescaped(who.substr(0, colon));
    address.password = unescaped(who.substr(std::min(colon + 1, who.size())));
    authority.remove_prefix(at + 1);
  }
  if (!path.empty() && !read_number(path, address.database))
    return bad_url("its database is no number");
  if (auto done = read_host(authority, address); !done) return fail(done.error());
  return address;
}

struct RedisStore::State {
  std::optional<TlsTunnel> tunnel;  // outlives the context, which holds its near end
  Context context;
  RedisOptions options;
  std::string where;
  bool dead = false;

  Result<void> open(const RedisAddress& address);
  Result<Reply> command(std::initializer_list<std::string_view> words);
  tl::unexpected<Error> died(std::string_view what);
  tl::unexpected<Error> refused(const redisReply& reply) const;
};

tl::unexpected<Error> RedisStore::State::died(std::string_view what) {
  dead = true;
  auto message = fmt::format("Redis at {} is not used any more: {}", where, what);
  context.reset();  // `what` may be its text
  return fail(ErrorKind::unavailable, std::move(message), kCode);
}

tl::unexpected<Error> RedisStore::State::refused(const redisReply& reply) const {
  const auto text = reply.type == REDIS_REPLY_ERROR
                        ? visible(std::string_view(reply.str, reply.len).substr(0, 200), false)
                        : std::string("an unexpected answer");
  return fail(ErrorKind::refused, fmt::format("Redis at {}: {}", where, text), kCode);
}

Result<Reply> RedisStore::State::command(std::initializer_list<std::string_view> words) {
  if (dead)
    return fail(ErrorKind::unavailable, fmt::format("Redis at {} is not used any more", where),
                kCode);
  std::vector<const char*> texts;
  std::vector<std::size_t> lengths;
  for (const auto word : words) {
    texts.push_back(word.data());
    lengths.push_back(word.size());
  }
  Reply reply(static_cast<redisReply*>(redisCommandArgv(
      context.get(), static_cast<int>(texts.size()), texts.data(), lengths.data())));
  if (!reply || context->err != 0) {
    const bool late = context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == EWOULDBLOCK);
    return died(late ? fmt::format("no answer within {} ms", options.operation.count())
                     : std::string(context->errstr));
  }
  return reply;
}

RedisStore::RedisStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
RedisStore::RedisStore(RedisStore&&) noexcept = default;
RedisStore& RedisStore::operator=(RedisStore&&) noexcept = default;
RedisStore::~RedisStore() = default;

Result<void> RedisStore::State::open(const RedisAddress& address) {
  const auto patience = timeval_of(options.connect);
  if (address.tls) {
    auto opened = TlsTunnel::open(
        {address.host, address.port, options.ca_file, options.connect + options.operation});
    if (!opened)
      return fail(opened.error().kind,
                  fmt::format("Redis at {} is not used: {}", where, opened.error().message), kCode);
    tunnel.emplace(*std::move(opened));
    context.reset(redisConnectFd(tunnel->take_near_end()));
  } else if (address.unix_path.empty()) {
    context.reset(redisConnectWithTimeout(address.host.c_str(), address.port, patience));
  } else {
    context.reset(redisConnectUnixWithTimeout(address.unix_path.c_str(), patience));
  }
  if (!context) return died("no memory");
  if (context->err != 0) return died(context->errstr);
  redisSetTimeout(context.get(), timeval_of(options.operation));
  return {};
}

Result<RedisStore> RedisStore::connect(const RedisAddress& address, const RedisOptions& options) {
  auto state = std::make_unique<State>();
  state->options = options;
  state->where = address.unix_path.empty() ? fmt::format("{}:{}", address.host, address.port)
                                           : address.unix_path;
  if (auto opened = state->open(address); !opened) return fail(opened.error());
  if (!address.password.empty()) {
    const auto signed_in = address.user.empty()
                               ? state->command({"AUTH", address.password})
                               : state->command({"AUTH", address.user, address.password});
    if (!signed_in) return fail(signed_in.error());
    if ((*signed_in)->type == REDIS_REPLY_ERROR) return state->refused(**signed_in);
  }
  const auto number = std::to_string(address.database);
  const auto chosen =
      address.database == 0 ? state->command({"PING"}) : state->command({"SELECT", number});
  if (!chosen) return fail(chosen.error());
  if ((*chosen)->type == REDIS_REPLY_ERROR) return state->refused(**chosen);
  return RedisStore(std::move(state));
}

Result<std::optional<std::string>> RedisStore::get(std::string_view key) {
  const auto reply = state_->command({"GET", key});
  if (!reply) return fail(reply.error());
  if ((*reply)->type == REDIS_REPLY_NIL) return std::optional<std::string>{};
  if ((*reply)->type != REDIS_REPLY_STRING || (*reply)->len > state_->options.max_value_bytes)
    return state_->refused(**reply);
  return std::optional(std::string((*reply)->str, (*reply)->len));
}

Result<void> RedisStore::put(std::string_view key, std::string_view value,
                             std::int64_t ttl_seconds) {
  if (value.size() > state_->options.max_value_bytes) return {};
  const auto ttl = std::to_string(std::max<std::int64_t>(1, ttl_seconds));
  const auto reply = state_->command({"SET", key, value, "EX", ttl});
  if (!reply) return fail(reply.error());
  if ((*reply)->type == REDIS_REPLY_ERROR) return state_->refused(**reply);
  return {};
}

Result<void> RedisStore::remove(std::string_view key) {
  const auto reply = state_->command({"DEL", key});
  if (!reply) return fail(reply.error());
  if ((*reply)->type == REDIS_REPLY_ERROR) return state_->refused(**reply);
  return {};
}

bool RedisStore::alive() const { return !state_->dead; }

}  // namespace peer
