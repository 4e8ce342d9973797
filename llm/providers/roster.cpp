#include "llm/providers/roster.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::array<std::pair<AiMode, std::string_view>, 4> kModes{
    {{AiMode::local, "local"},
     {AiMode::cloud, "cloud"},
     {AiMode::enterprise, "enterprise"},
     {AiMode::automatic, "auto"}}};

/// Where nobody says otherwise: the fast and cheap ones first.
constexpr std::array<std::string_view, 8> kUsualOrder{
    "groq", "gemini", "openai", "deepseek", "anthropic", "openrouter", "hf", "ollama"};

bool is_clean_key(std::string_view key) {
  return !key.empty() && key.size() <= 4096 &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// The keys that a variable holds, parted by commas.
std::vector<ApiKey> keys_in(const std::string& name, const ReadVariable& variable) {
  std::vector<ApiKey> keys;
  const auto text = name.empty() ? std::string() : variable(name).value_or("");
  for (const auto part : split(text, ','))
    if (const auto key = trim(part); !key.empty())
      keys.emplace_back(keys.empty() ? name : fmt::format("{} {}", name, keys.size() + 1),
                        std::string(key));
  return keys;
}

/// Whose key it is where it is not that of `provider`.
const Provider* other_owner(const ApiKey& key, const Provider& provider,
                            const ProviderList& providers) {
  const auto* owner = provider.own ? nullptr : providers.owner_of(key.reveal());
  return owner == nullptr || owner->id == provider.id ? nullptr : owner;
}

class RosterMaker {
 public:
  RosterMaker(const RosterSettings& settings, ProviderList providers, const ReadVariable& variable)
      : settings_(settings), providers_(std::move(providers)), variable_(variable) {}
  Result<Roster> make();

 private:
  Result<void> follow_variables();
  [[nodiscard]] std::string value(std::string_view name) const {
    return name.empty() ? "" : variable_(name).value_or("");
  }
  [[nodiscard]] std::vector<ApiKey> keys_of(const Provider& provider);
  /// Once: a provider may be wished for with several models.
  void note(std::string sentence) {
    auto& notes = roster_.notes;
    if (std::find(notes.begin(), notes.end(), sentence) == notes.end())
      notes.push_back(std::move(sentence));
  }
  [[nodiscard]] std::vector<std::string> wishes() const;
  [[nodiscard]] bool may_receive(const Provider& provider) const;
  void add(const std::string& wish, bool asked_for);
  std::shared_ptr<const Source> source_of(const Provider& provider, bool named);

  const RosterSettings& settings_;
  ProviderList providers_;
  const ReadVariable& variable_;
  std::vector<std::shared_ptr<const Source>> sources_;
  std::vector<std::string> named_;  // providers that need no key and were named by a variable
  Roster roster_;
};

Result<void> RosterMaker::follow_variables() {
  if (auto* ollama = providers_.find("ollama")) {
    const auto url = value("OLLAMA_URL");
    const auto model = value("OLLAMA_MODEL");
    // the user's own variable, often a machine of their network
    if (!url.empty())
      if (auto done = set_base_url(*ollama, url, true); !done)
        return fail(done.error().with_context("OLLAMA_URL"));
    if (!model.empty()) ollama->default_model = model;
    if (!url.empty() || !model.empty()) named_.emplace_back("ollama");
  }
  if (auto* hf = providers_.find("hf"))
    if (const auto model = value("HF_MODEL"); !model.empty()) hf->default_model = model;
  return {};
}

std::vector<ApiKey> RosterMaker::keys_of(const Provider& provider) {
  std::vector<ApiKey> keys;
  for (const auto& name : {provider.key_variable, provider.key_alias}) {
    for (auto& key : keys_in(name, variable_)) {
      if (!is_clean_key(key.reveal()))
        note(fmt::format("{} holds characters that no key has; it is not used.", key.label()));
      else if (const auto* owner = other_owner(key, provider, providers_))
        note(sentence_of(MisplacedKey{provider.id, key.label(), owner->title}));
      else
        keys.push_back(std::move(key));
    }
    if (!keys.empty()) break;
  }
  return keys;
}

/// What the user named first, then (where nothing was chosen) all the others.
std::vector<std::string> RosterMaker::wishes() const {
  std::vector<std::string> out;
  const auto add_once = [&](std::string wish) {
    if (!wish.empty() && std::find(out.begin(), out.end(), wish) == out.end())
      out.push_back(std::move(wish));
  };
  if (settings_.may_follow_variables) add_once(value("LLM_PROVIDER"));
  for (const auto& wish : settings_.models)
    add_once(wish);
  if (!settings_.models.empty()) return out;
  for (const auto id : kUsualOrder)
    add_once(std::string(id));
  for (const auto& provider : providers_.providers)
    add_once(provider.id);
  return out;
}

bool RosterMaker::may_receive(const Provider& provider) const {
  if (settings_.mode != AiMode::enterprise) return true;
  const auto with_port = fmt::format("{}:{}", provider.origin.host, provider.origin.port);
  return std::any_of(settings_.allowed_hosts.begin(), settings_.allowed_hosts.end(),
                     [&](const std::string& host) {
                       const auto lower = to_lower(trim(host));
                       return lower == with_port ||
                              (lower == provider.origin.host &&
                               (provider.origin.scheme == "https" || is_loopback(provider.origin)));
                     });
}

/// Null where the provider is not configured.
std::shared_ptr<const Source> RosterMaker::source_of(const Provider& provider, bool named) {
  for (const auto& source : sources_)
    if (source->provider.id == provider.id) return source;
  Source source{provider, keys_of(provider)};
  if (provider.key_variable.empty()) {
    const bool wanted = named || provider.own ||
                        std::find(named_.begin(), named_.end(), provider.id) != named_.end();
    if (!wanted) return nullptr;
    source.keys = {ApiKey("", "")};
  }
  if (source.keys.empty()) return nullptr;
  sources_.push_back(std::make_shared<const Source>(std::move(source)));
  return sources_.back();
}

void RosterMaker::add(const std::string& wish, bool asked_for) {
  const auto slash = wish.find('/');
  const auto id = wish.substr(0, slash);
  const auto* provider = providers_.find(id);
  if (provider == nullptr) {
    std::vector<std::string> names;
    for (const auto& known : providers_.providers)
      names.push_back(known.id);
    const auto near = nearest(id, std::span<const std::string>(names));
    roster_.notes.push_back(fmt::format("There is no provider {}{}{}.", visible(id, false),
                                        near.empty() ? "" : "; did you mean ", near));
    return;
  }
  const bool by_user = wish == value("LLM_PROVIDER") || !settings_.models_of_repository;
  const auto source = source_of(*provider, asked_for && by_user);
  if (!source) {
    if (asked_for && provider->key_variable.empty())
      note(fmt::format("{} is not asked: it is not configured.", provider->title));
    else if (asked_for && value(provider->key_variable).empty())
      note(fmt::format("{} is not asked: {} is not set.", provider->title, provider->key_variable));
    return;
  }
  if (!may_receive(*provider)) {
    roster_.notes.push_back(fmt::format("{} is not asked: {} is not among llm.allowed_hosts.",
                                        provider->title, to_string(provider->origin)));
    return;
  }
  const auto name = slash == std::string::npos ? provider->default_model : wish.substr(slash + 1);
  if (name.empty()) {
    roster_.notes.push_back(
        fmt::format("{} is not asked: no model of it is named.", provider->title));
    return;
  }
  roster_.targets.push_back({source, provider->model(name)});
  const AllowedOrigin origin{provider->origin, provider->own};
  if (std::find(roster_.origins.begin(), roster_.origins.end(), origin) == roster_.origins.end())
    roster_.origins.push_back(origin);
}

Result<Roster> RosterMaker::make() {
  if (settings_.mode == AiMode::local) return Roster{};
  if (settings_.may_follow_variables)
    if (auto done = follow_variables(); !done) return fail(done.error());
  const auto first = settings_.may_follow_variables ? value("LLM_PROVIDER") : "";
  for (const auto& wish : wishes()) {
    const bool asked_for =
        wish == first ||
        std::find(settings_.models.begin(), settings_.models.end(), wish) != settings_.models.end();
    add(wish, asked_for);
  }
  if (roster_.targets.empty() && settings_.mode != AiMode::automatic)
    roster_.notes.emplace_back(
        "No model is configured: set a key such as GROQ_API_KEY, or OLLAMA_MODEL for a model on "
        "this machine.");
  return std::move(roster_);
}

}  // namespace

std::string_view to_string(AiMode mode) {
  for (const auto& [value, name] : kModes)
    if (value == mode) return name;
  return {};
}

std::optional<AiMode> parse_ai_mode(std::string_view name) {
  for (const auto& [value, word] : kModes)
    if (word == name) return value;
  return std::nullopt;
}

std::vector<MisplacedKey> misplaced_keys(const ProviderList& providers,
                                         const ReadVariable& variable) {
  std::vector<MisplacedKey> found;
  for (const auto& provider : providers.providers)
    for (const auto& name : {provider.key_variable, provider.key_alias})
      for (const auto& key : keys_in(name, variable))
        if (const auto* owner = other_owner(key, provider, providers))
          found.push_back({provider.id, key.label(), owner->title});
  return found;
}

bool has_key(const Provider& provider, const ProviderList& providers,
             const ReadVariable& variable) {
  for (const auto& name : {provider.key_variable, provider.key_alias})
    for (const auto& key : keys_in(name, variable))
      if (is_clean_key(key.reveal()) && other_owner(key, provider, providers) == nullptr)
        return true;
  return false;
}

std::string sentence_of(const MisplacedKey& key) {
  return fmt::format("{} is not used: it looks like a key of {}.", key.label, key.owner);
}

Result<Roster> call_roster(const RosterSettings& settings, const ProviderList& providers,
                           const ReadVariable& variable) {
  return RosterMaker(settings, providers, variable).make();
}

}  // namespace peer
