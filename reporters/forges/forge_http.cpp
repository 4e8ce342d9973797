#include "reporters/forges/forge_http.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace peer {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kMostAttempts = 4;
constexpr int kMostPages = 100;
constexpr std::size_t kMostAnswer = std::size_t{32} << 20U;
constexpr JsonLimits kJson{kMostAnswer, 64};

std::optional<long long> number(std::string_view text) {
  long long value = 0;
  const auto words = trim(text);
  const auto* const end = words.data() + words.size();
  const auto parsed = std::from_chars(words.data(), end, value);
  if (words.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

/// The connection was never made, so nothing was done.
bool never_left(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::unavailable:
    case HttpFailure::refused:
    case HttpFailure::name:
    case HttpFailure::connect:
    case HttpFailure::tls:
    case HttpFailure::proxy:
    case HttpFailure::connect_timeout:
      return true;
    default:
      return false;
  }
}

/// Waiting neither installs a library nor changes a rule.
bool is_for_good(HttpFailure failure) {
  return failure == HttpFailure::refused || failure == HttpFailure::unavailable;
}

/// What a status other than success says of a question.
ErrorKind kind_of(int status) {
  if (status == 401 || status == 403) return ErrorKind::refused;
  if (status == 404 || status == 410) return ErrorKind::not_found;
  return status >= 500 ? ErrorKind::unavailable : ErrorKind::invalid_input;
}

bool mentions(const ForgeReply& reply, std::string_view words) {
  return to_lower(reply.body.substr(0, 4096)).find(words) != std::string::npos;
}

bool is_limit(const ForgeReply& reply) {
  if (reply.status == 429) return true;
  // GitHub says "was submitted too quickly" with the status of a mistake
  if (reply.status == 422) return mentions(reply, "too quickly");
  if (reply.status != 403) return false;
  return !reply.header("retry-after").empty() || reply.header("x-ratelimit-remaining") == "0" ||
         mentions(reply, "rate limit") || mentions(reply, "abuse detection");
}

/// The forge has moved the repository.
bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 307 || status == 308;
}

/// Whether both are on one server: our token is never sent to another.
bool same_server(const std::string& url, const std::string& other) {
  const auto from = parse_url(url), to = parse_url(other);
  return from && to && from->origin == to->origin;
}

}  // namespace

std::string ForgeReply::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

std::string said_by(const ForgeReply& reply) {
  std::string words;
  if (const auto json = parse_json(reply.body, kJson); json && json->is_object()) {
    for (const auto* name : {"message", "error"}) {
      const auto it = json->find(name);
      if (it != json->end()) words = it->is_string() ? it->get<std::string>() : dump_json(*it);
      if (!words.empty()) break;
    }
    if (const auto it = json->find("errors"); it != json->end()) words += " " + dump_json(*it);
  }
  words = visible(words.substr(0, 300), false);
  return fmt::format("{}{}{}", reply.status, words.empty() ? "" : " ", words);
}

std::string next_page(std::string_view link) {
  for (const auto part : split(link, ',')) {
    const auto begin = part.find('<'), end = part.find('>');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) continue;
    if (part.substr(end).find("rel=\"next\"") != std::string_view::npos)
      return std::string(part.substr(begin + 1, end - begin - 1));
  }
  return {};
}

/// One exchange: an answer, or what broke.
struct ForgeHttp::Once {
  HttpFailure failure = HttpFailure::none;
  std::string detail;
  ForgeReply reply;
  bool out_of_patience = false;
  bool blocked = false;
  bool overtaken = false;

  [[nodiscard]] bool succeeded() const {
    return failure == HttpFailure::none && reply.status >= 200 && reply.status < 300;
  }
  /// What is only read may be asked for again after this.
  [[nodiscard]] bool may_pass() const {
    return failure != HttpFailure::none ? !never_left(failure) : reply.status >= 500;
  }
  static Once overtaken_by(std::string why) {
    Once result;
    result.overtaken = true;
    result.detail = std::move(why);
    return result;
  }
};

ForgeHttp::ForgeHttp(ForgeWorld world, std::string api, Headers headers, ForgeAuth& auth,
                     SecretScan secrets)
    : world_(std::move(world)),
      api_(std::move(api)),
      headers_(std::move(headers)),
      auth_(auth),
      secrets_(std::move(secrets)),
      patience_left_(world_.patience) {}

std::string ForgeHttp::words_of(const ForgeReply& reply) const {
  const auto words = said_by(reply);
  if (secrets_.found_in(words))
    return fmt::format("the forge says {}, in words that hold a credential", reply.status);
  return "the forge says " + words;
}

std::string ForgeHttp::url_of(std::string_view target) const {
  return target.starts_with('/') ? api_ + std::string(target) : std::string(target);
}

bool ForgeHttp::wait(milliseconds time) {
  if (time > patience_left_) return false;
  patience_left_ -= time;
  return world_.sleep(time) && !world_.stop.stop_requested();
}

/// How long the forge wants to be left alone; nullopt when this is no such answer.
std::optional<milliseconds> ForgeHttp::asked_to_wait(const ForgeReply& reply) {
  if (!is_limit(reply)) return std::nullopt;
  constexpr long long kMost = 24LL * 3600;
  const auto in = [&](long long s) { return milliseconds(1000 * std::clamp(s, 1LL, kMost)); };
  if (const auto after = number(reply.header("retry-after"))) return in(*after);
  for (const auto* name : {"x-ratelimit", "ratelimit"}) {
    const auto left = reply.header(std::string(name) + "-remaining");
    const auto reset = number(reply.header(std::string(name) + "-reset"));
    // a second more: clocks differ
    if (left == "0" && reset) return in(*reset - world_.clock.unix_seconds() + 1);
  }
  const auto guess = next_guess_;
  next_guess_ *= 2;
  return guess;
}

/// Waits where a connection was not made and may be made next time; false where it is given up.
bool ForgeHttp::wait_for_connection(HttpFailure failure, int attempt) {
  return never_left(failure) && !is_for_good(failure) && attempt < kMostAttempts &&
         !world_.stop.stop_requested() && wait(seconds(1 << attempt));
}

void ForgeHttp::keep_distance() {
  const auto now = world_.clock.steady();
  if (last_write_ && now < *last_write_ + world_.spacing)
    (void)world_.sleep(
        std::chrono::duration_cast<milliseconds>(*last_write_ + world_.spacing - now));
  last_write_ = world_.clock.steady();
}

/// A token may be minted while Peer runs: what is sent with it is scanned for it.
void ForgeHttp::know(const HttpCredential& credential) {
  if (credential.value == last_credential_) return;
  last_credential_ = credential.value;
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view value = credential.value;
  secrets_.know(value.starts_with(kBearer) ? value.substr(kBearer.size()) : value);
}

ForgeHttp::Once ForgeHttp::once(std::string_view method, const std::string& url,
                                const std::string& body, bool writes) {
  Once result;
  HttpRequest request;
  request.method = method;
  request.url = url;
  request.headers = headers_;
  request.body = body;
  request.only_once = writes;
  request.max_body_bytes = kMostAnswer;
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  for (const bool fresh : {false, true}) {
    auto credential = auth_.credential(fresh);
    if (!credential) {
      result.failure = HttpFailure::refused;
      result.detail = credential.error().message;
      return result;
    }
    know(*credential);
    if (secrets_.found_in(url) || secrets_.found_in_json(body)) {
      result.blocked = true;
      result.detail = kHoldsCredential;
      return result;
    }
    request.credential = std::move(*credential);
    auto outcome = world_.http.send(request, world_.stop);
    result.failure = outcome.failure;
    result.detail =
        outcome.ok() ? "" : fmt::format("{}: {}", to_string(outcome.failure), outcome.detail);
    result.reply = {outcome.status, std::move(outcome.body), std::move(outcome.headers)};
    // a token of an app may have run out in between
    if (!outcome.ok() || outcome.status != 401 || !auth_.can_refresh()) break;
  }
  return result;
}

/// An exchange that is repeated as long as nothing can have been done: the forge cannot be reached,
/// has moved the repository, or asks for patience.
ForgeHttp::Once ForgeHttp::patiently(std::string_view method, std::string url,
                                     const std::string& body, bool writes, const Recheck& recheck) {
  bool moved = false, waited = false;
  for (int attempt = 1;; ++attempt) {
    if (waited && recheck)
      if (auto why = recheck(); !why.empty()) return Once::overtaken_by(std::move(why));
    auto result = once(method, url, body, writes);
    if (result.blocked) return result;
    if (result.failure != HttpFailure::none) {
      if (!wait_for_connection(result.failure, attempt)) return result;
      waited = true;
      continue;
    }
    if (!moved && is_redirect(result.reply.status)) {
      auto location = result.reply.header("location");
      if (!same_server(url, location)) return result;
      url = std::move(location);
      moved = true;
      continue;
    }
    const auto pause = asked_to_wait(result.reply);
    if (!pause) return result;
    if (attempt >= kMostAttempts || !wait(*pause)) {
      result.out_of_patience = true;
      result.detail =
          fmt::format("the forge asks to be left alone for {} s", pause->count() / 1000);
      return result;
    }
    waited = true;
  }
}

/// What is said of a question that got no good answer.
Error ForgeHttp::error_of(const Once& result) const {
  if (result.failure != HttpFailure::none)
    return {is_for_good(result.failure) ? ErrorKind::refused : ErrorKind::unavailable,
            "the forge cannot be asked: " + result.detail,
            {}};
  return {kind_of(result.reply.status), words_of(result.reply), {}};
}

Result<ForgeReply> ForgeHttp::ask(std::string_view target, const std::optional<std::string>& body) {
  for (int attempt = 1;; ++attempt) {
    auto result = patiently(body ? "POST" : "GET", url_of(target), body.value_or(""), false);
    if (result.blocked) return fail(ErrorKind::refused, result.detail);
    if (result.out_of_patience) return fail(ErrorKind::rate_limited, result.detail);
    if (result.succeeded()) return std::move(result.reply);
    if (!result.may_pass() || attempt >= kMostAttempts || !wait(seconds(1 << attempt)))
      return fail(error_of(result));
  }
}

Result<Json> ForgeHttp::ask_json(std::string_view target, const std::optional<std::string>& body) {
  auto reply = ask(target, body);
  if (!reply) return fail(reply.error());
  auto json = parse_json(reply->body, kJson);
  if (!json) return fail(json.error().with_context("the forge's answer"));
  return std::move(*json);
}

Result<void> ForgeHttp::ask_pages(std::string_view target,
                                  const std::function<void(const Json& page)>& entries) {
  auto url = url_of(target);
  const auto first = parse_url(url);
  for (int page = 0; page < kMostPages; ++page) {
    const auto reply = ask(url);
    if (!reply) return fail(reply.error());
    const auto json = parse_json(reply->body, kJson);
    if (!json) return fail(json.error().with_context("the forge's answer"));
    entries(*json);
    url = next_page(reply->header("link"));
    if (url.empty()) return {};
    const auto next = parse_url(url);
    if (!first || !next || !(first->origin == next->origin))
      return fail(ErrorKind::refused, "the forge's next page is on another server");
  }
  return fail(ErrorKind::invalid_input, fmt::format("over {} pages of comments", kMostPages));
}

Sent ForgeHttp::send(std::string_view method, std::string_view target, const Json& body,
                     const Recheck& recheck) {
  using Kind = WriteEnd::Kind;
  keep_distance();
  auto result =
      patiently(method, url_of(target), body.is_null() ? "" : dump_json(body), true, recheck);
  Sent sent{{}, std::move(result.reply)};
  const auto status = sent.reply.status;
  sent.end.detail = result.detail.empty() ? words_of(sent.reply) : result.detail;
  if (result.blocked || result.out_of_patience || never_left(result.failure))
    sent.end.kind = Kind::failed;
  else if (result.overtaken || result.failure != HttpFailure::none || status >= 500 ||
           status == 409)
    sent.end.kind = Kind::unsure;
  else if (status >= 200 && status < 300)
    sent.end.kind = Kind::done;
  else if (status == 401 || status == 403)
    sent.end.kind = Kind::forbidden;
  else if (status == 404 || status == 410)
    sent.end.kind = Kind::gone;
  else
    sent.end.kind = Kind::refused;
  return sent;
}

}  // namespace peer
