#include "bot/ai/ai.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <stop_token>

#include "base/hash.hpp"
#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "bot/ai/digest_store.hpp"
#include "bot/ai/ranking.hpp"
#include "bot/settings.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/tokens/correction.hpp"
#include "reporters/receipt.hpp"

namespace peer {
namespace {

std::string variable(const Session& session, std::string_view upper, std::string_view lower) {
  for (const auto name : {upper, lower})
    if (auto value = session.environment(name); value && !value->empty()) return *std::move(value);
  return {};
}

HttpOptions http_options(const AiOptions& options, const Roster& roster, const Session& session) {
  HttpOptions out;
  out.allowed = roster.origins;
  out.proxy =
      options.proxy.empty() ? variable(session, "HTTPS_PROXY", "https_proxy") : options.proxy;
  out.no_proxy = options.no_proxy;
  const auto spared = variable(session, "NO_PROXY", "no_proxy");
  for (const auto host : split(spared, ','))
    out.no_proxy.emplace_back(trim(host));
  out.ca_file = options.ca_file;
  return out;
}

AskLimits ask_limits(const AiOptions& options) {
  AskLimits out;
  out.concurrency = options.concurrency;
  if (options.timeout.count() == 0) return out;
  out.per_model = out.per_model_loopback = options.timeout;
  out.chain = options.timeout * 5;
  return out;
}

TieredOptions cache_options(const AiOptions& options) {
  TieredOptions out;
  out.redis_url = options.redis_url;
  out.redis_options.ca_file = options.ca_file;
  return out;
}

/// The file of the cache, or memory where there can be none; nothing without caching.
std::optional<CacheDb> open_disk(const Config& config, const Clock& clock) {
  if (!config.cache || config.cache_dir.empty()) return std::nullopt;
  return CacheDb::open_or_memory(config.cache_dir / "cache.db", {}, clock);
}

}  // namespace

Result<ProviderList> known_providers(const Config& config, const Session& session) {
  auto path = config.ai.models_file;
  if (path.empty())
    if (const auto user = user_config_path(session.environment))
      path = user->parent_path() / "models.yml";
  std::error_code error;
  const bool named = !config.ai.models_file.empty();
  if (path.empty() || (!named && !std::filesystem::exists(path, error)))
    return built_in_providers();
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in)
    return fail(ErrorKind::invalid_input, fmt::format("{} cannot be read", path.string()),
                "PEER-E171");
  return with_user_providers(built_in_providers(), text.str(), path.string());
}

struct Ai::State {
  State(const Config& config, const Session& session, Roster called)
      : roster(std::move(called)),
        routes(config.ai.routes),
        clock(*session.clock),
        ledger(config, session),
        http(http_options(config.ai, roster, session)),
        budget({config.ai.max_cost_usd, config.ai.max_calls}),
        asker(real_world(http, *session.clock), ask_limits(config.ai), &budget),
        caching(config.cache),
        recalling(config.recall),
        ranking(config.ai.rank),
        stop(session.stop),
        disk(open_disk(config, *session.clock)),
        tiers(cache_options(config.ai), disk ? &*disk : nullptr, *session.clock),
        completions(tiers),
        digests(disk ? &*disk : nullptr) {}
  ~State() { ledger.count_lookups("digest", digests.hits(), digests.misses()); }

  Roster roster;
  std::vector<RouteRule> routes;
  const Clock& clock;
  Ledger ledger;
  HttpEngine http;
  Budget budget;
  Asker asker;
  bool caching;
  const bool recalling;
  const bool ranking;  // of what does not fit
  const std::stop_token stop;
  std::optional<CacheDb> disk;
  TieredCache tiers;
  CompletionCache completions;
  DigestStore digests;
  Watch watch;
  mutable std::mutex lock;
  std::map<std::string, std::vector<std::string>> rankings;  // by digest_key
  Receipt receipt;
  std::set<std::string> models;

  /// Has the watcher, if there is one, hear of an answer as it comes.
  void watch_over(Inquiry& inquiry, const AskAbout& about) const;
  /// Asked for once in a run, whatever is cached: many questions are about the same lines.
  std::vector<std::string> ranking_for(const SourceFile& file, const DigestRequest& request,
                                       Ai& ai);
  /// What earlier runs learnt of how models count.
  void correct_tokens();
  void count(const Reply& reply, const AskAbout& about);
  /// One metric per call that was sent.
  void note(const Reply& reply, const Question& question, const AskAbout& about);
  void note_hit(const std::string& model, const Question& question, const AskAbout& about);
};

Ai::Ai(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ai::~Ai() = default;

Result<std::unique_ptr<Ai>> Ai::open(const Config& config, const Session& session) {
  const auto providers = known_providers(config, session);
  if (!providers) return fail(providers.error());
  auto settings = config.ai.roster;
  for (const auto& [key, origin] : config.origins)
    if (key == "llm.models") settings.models_of_repository = origin == kRepositoryConfig;
  auto roster = call_roster(settings, *providers, session.environment);
  if (!roster) return fail(roster.error());
  auto state = std::make_unique<State>(config, session, *std::move(roster));
  state->correct_tokens();
  if (auto day = state->ledger.day_budget()) state->budget.set_day(*std::move(day));
  state->asker.set_guard([](std::string_view body, const Provider&) { return check_egress(body); });
  return std::unique_ptr<Ai>(new Ai(std::move(state)));
}

const Roster& Ai::roster() const { return state_->roster; }

void Ai::State::watch_over(Inquiry& inquiry, const AskAbout& about) const {
  if (!watch || inquiry.chain.empty()) return;
  const auto bytes = std::make_shared<std::size_t>(0);
  inquiry.on_text = [this, bytes, file = about.file,
                     model = full_name(inquiry.chain.front().model)](std::string_view text) {
    *bytes = text.empty() ? 0 : *bytes + text.size();
    watch(file, model, *bytes);
  };
}

void Ai::set_watch(Watch watch) { state_->watch = std::move(watch); }

void Ai::State::correct_tokens() {
  std::map<std::string, TokenCorrection> learnt;
  for (const auto& [model, ratio] : ledger.token_ratios()) {
    learnt[model].remember(ratio);
    asker.remember_tokens(model, ratio);
  }
  for (auto& target : roster.targets)
    if (const auto it = learnt.find(full_name(target.model)); it != learnt.end())
      target.model.token_factor =
          it->second.corrected({Vocabulary::o200k_base, target.model.token_factor}).factor;
}

void Ai::State::count(const Reply& reply, const AskAbout& about) {
  const std::lock_guard guard(lock);
  for (const auto& call : reply.calls) {
    if (!call.sent) continue;
    ++receipt.calls;
    receipt.tokens_in += call.usage.input;
    receipt.tokens_out += call.usage.output;
    receipt.cost_usd += call.cost_usd;
    models.insert(call.model);
  }
  receipt.models = models.size();
  const bool sent = std::any_of(reply.calls.begin(), reply.calls.end(),
                                [](const CallRecord& call) { return call.sent; });
  if (!sent || about.file_tokens == 0) return;
  Receipt saved;
  saved.tokens_before = about.file_tokens;
  saved.tokens_after = about.shown_tokens;
  add_receipt(receipt, saved);
}

tl::expected<AiAnswer, CallFailure> Ai::ask(const Question& question, CompletionKey key,
                                            const std::stop_token& stop) {
  return ask_chain(state_->roster.targets, question, std::move(key), stop, {});
}

tl::expected<AiAnswer, CallFailure> Ai::ask_one(const Target& target, const Question& question,
                                                CompletionKey key, const std::stop_token& stop,
                                                const AskAbout& about) {
  return ask_chain({target}, question, std::move(key), stop, about);
}

Ai::Routed Ai::route(const RouteRequest& request) {
  std::vector<Model> models;
  for (const auto& target : state_->roster.targets)
    models.push_back(target.model);
  Routed out;
  out.route = choose_route(
      request, models, {.rules = state_->routes},
      [this](const std::string& name, const std::string& model) {
        return state_->ledger.history(name, model);
      },
      real_world(state_->http, state_->clock).random);
  // a server that is gone costs one time limit, whoever asks it first
  if (state_->ledger.lost_shared()) state_->tiers.leave_redis();
  for (const auto& one : out.route.order)
    out.targets.push_back(state_->roster.targets[one.index]);
  return out;
}

std::vector<std::string> Ai::State::ranking_for(const SourceFile& file,
                                                const DigestRequest& request, Ai& ai) {
  const auto key = digest_key(sha256(file.text()), file.path(), request);
  {
    const std::lock_guard guard(lock);
    if (const auto known = rankings.find(key); known != rankings.end()) return known->second;
  }
  auto ranked = ranked_by_model(file, request, ai, stop);
  const std::lock_guard guard(lock);
  return rankings.emplace(key, std::move(ranked)).first->second;
}

std::vector<Digest> Ai::digests(const SourceFile& file, const DigestRequest& request) {
  auto digests = state_->digests.of(file, request);
  const bool cut = std::any_of(digests.begin(), digests.end(),
                               [](const Digest& digest) { return digest.left_out > 0; });
  if (!state_->ranking || !cut || !request.ranking.empty()) return digests;
  auto ranked = request;
  ranked.ranking = state_->ranking_for(file, request, *this);
  return ranked.ranking.empty() ? digests : state_->digests.of(file, ranked);
}

Ledger& Ai::ledger() { return state_->ledger; }

void Ai::State::note(const Reply& reply, const Question& question, const AskAbout& about) {
  for (const auto& call : reply.calls) {
    if (!call.sent) continue;
    CallMetric metric;
    metric.model = call.model;
    metric.task = to_string(question.task);
    metric.file = about.file;
    metric.rule = about.rule;
    metric.milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(call.took.count(), 0));
    metric.tokens_in = call.usage.input;
    metric.tokens_out = call.usage.output;
    metric.cost_usd = call.cost_usd;
    metric.complex = about.complex;
    metric.success = !call.failure;
    if (call.failure) metric.failure = to_string(call.failure->kind);
    if (call.token_ratio) ledger.add_token_ratio(call.model, *call.token_ratio);
    ledger.add(std::move(metric));
  }
}

void Ai::State::note_hit(const std::string& model, const Question& question,
                         const AskAbout& about) {
  CallMetric metric;
  metric.model = model;
  metric.task = to_string(question.task);
  metric.file = about.file;
  metric.rule = about.rule;
  metric.complex = about.complex;
  metric.cached = metric.success = true;
  ledger.add(std::move(metric));
}

tl::expected<AiAnswer, CallFailure> Ai::ask_chain(const std::vector<Target>& targets,
                                                  const Question& question, CompletionKey key,
                                                  const std::stop_token& stop,
                                                  const AskAbout& about) {
  const auto hash_for = [&](const Target& target) {
    key.model = full_name(target.model);
    key.base_url = target.source->provider.base_url;
    return key.hash(question);
  };
  if (state_->caching && state_->recalling && !targets.empty()) {
    const auto found = state_->completions.find(hash_for(targets.front()));
    if (found && *found) {
      state_->note_hit(full_name(targets.front().model), question, about);
      const std::lock_guard guard(state_->lock);
      ++state_->receipt.cache_hits;
      return AiAnswer{(*found)->completion.text, full_name(targets.front().model), 0,
                      (*found)->tier};
    }
    const std::lock_guard guard(state_->lock);
    ++state_->receipt.cache_misses;
  }
  Inquiry inquiry;
  inquiry.question = question;
  inquiry.chain = targets;
  state_->watch_over(inquiry, about);
  const auto reply = state_->asker.ask(inquiry, stop);
  state_->count(reply, about);
  state_->note(reply, question, about);
  if (!reply.answer) return tl::unexpected(reply.answer.error());
  const auto& answer = *reply.answer;
  for (const auto& target : targets)
    if (state_->caching && full_name(target.model) == full_name(answer.model))
      state_->completions.keep(hash_for(target), answer.completion);
  return AiAnswer{answer.completion.text, full_name(answer.model), answer.cost_usd,
                  CacheTier::none};
}

std::optional<AiAnswer> Ai::recall(const Question& question, CompletionKey key) {
  if (!state_->caching || !state_->recalling) return std::nullopt;
  for (const auto& target : state_->roster.targets) {
    key.model = full_name(target.model);
    key.base_url = target.source->provider.base_url;
    const auto found = state_->completions.find(key.hash(question));
    if (!found || !*found) continue;
    state_->note_hit(key.model, question, {});
    const std::lock_guard guard(state_->lock);
    ++state_->receipt.cache_hits;
    return AiAnswer{(*found)->completion.text, key.model, 0, (*found)->tier};
  }
  const std::lock_guard guard(state_->lock);
  ++state_->receipt.cache_misses;
  return std::nullopt;
}

void Ai::keep(const Question& question, CompletionKey key, const std::string& model,
              const std::string& text) {
  if (!state_->caching) return;
  for (const auto& target : state_->roster.targets) {
    if (full_name(target.model) != model) continue;
    key.model = model;
    key.base_url = target.source->provider.base_url;
    Completion completion;
    completion.text = text;
    completion.finish = Finish::stop;
    completion.model = target.model.name;
    state_->completions.keep(key.hash(question), completion);
  }
}

tl::expected<AiAnswer, CallFailure> Ai::ask_anew(const std::vector<Target>& chain,
                                                 const Question& question,
                                                 const std::stop_token& stop, const AskAbout& about,
                                                 SmallerQuestion smaller) {
  Inquiry inquiry;
  inquiry.question = question;
  inquiry.chain = chain;
  state_->watch_over(inquiry, about);
  inquiry.smaller = std::move(smaller);
  const auto reply = state_->asker.ask(inquiry, stop);
  state_->count(reply, about);
  state_->note(reply, question, about);
  if (!reply.answer) return tl::unexpected(reply.answer.error());
  return AiAnswer{reply.answer->completion.text, full_name(reply.answer->model),
                  reply.answer->cost_usd, CacheTier::none};
}

Reply Ai::ask_directly(const Target& target, const Question& question,
                       const std::stop_token& stop) {
  Inquiry inquiry;
  inquiry.question = question;
  inquiry.chain = {target};
  auto reply = state_->asker.ask(inquiry, stop);
  state_->count(reply, {});
  return reply;
}

Receipt Ai::receipt() const {
  const std::lock_guard guard(state_->lock);
  return state_->receipt;
}

std::vector<std::string> Ai::notes() const {
  auto out = state_->roster.notes;
  for (auto& note : state_->ledger.notes())
    out.push_back(std::move(note));
  for (auto& note : state_->tiers.notes())
    out.push_back(std::move(note));
  if (state_->disk)
    for (auto& note : state_->disk->notes())
      out.push_back(std::move(note));
  return out;
}

}  // namespace peer
