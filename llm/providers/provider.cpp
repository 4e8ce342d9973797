#include "llm/providers/provider.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

constexpr std::string_view kCode = "PEER-E171";

/// Reads one file into a list; the first mistake ends it.
class ProviderReader {
 public:
  ProviderReader(ProviderList& list, std::string_view name, bool own)
      : list_(list), name_(name), own_(own) {}
  Result<void> read(const YamlNode& root);

 private:
  tl::unexpected<Error> wrong(const YamlNode& node, std::string_view what) const {
    return fail(ErrorKind::invalid_input, fmt::format("{}: {}: {}", name_, node.where(), what),
                std::string(kCode));
  }
  template <std::size_t N>
  Result<void> check_keys(const YamlNode& node,
                          const std::array<std::string_view, N>& known) const {
    if (!node.is_map()) return wrong(node, "expected a mapping");
    for (const auto& child : node.children) {
      if (std::find(known.begin(), known.end(), child.key) != known.end()) continue;
      const auto near = nearest(child.key, std::span<const std::string_view>(known));
      return wrong(child, fmt::format("unknown key {}{}{}", visible(child.key, false),
                                      near.empty() ? "" : "; did you mean ", near));
    }
    return {};
  }
  Result<void> read_provider(const YamlNode& node);
  Provider& provider_named(const std::string& name);
  Result<void> read_address(const YamlNode& node, Provider& provider);
  Result<void> read_names(const YamlNode& node, Provider& provider);
  Result<void> read_other(const YamlNode& node, Provider& provider);
  Result<void> read_models(const YamlNode& node, Provider& provider);
  Result<void> read_model(const YamlNode& node, Model& model);
  Result<void> read_count(const YamlNode& node, std::string_view key, std::uint32_t& target) const;
  Result<void> read_prices(const YamlNode& node, Prices& prices) const;
  Result<void> read_abilities(const YamlNode& node, Abilities& abilities) const;
  Result<void> switch_abilities(const YamlNode* list, bool value, Abilities& can) const;

  ProviderList& list_;
  std::string name_;
  bool own_;
};

Result<void> ProviderReader::read(const YamlNode& root) {
  if (root.is_null()) return {};
  constexpr std::array<std::string_view, 2> kKeys{"date", "providers"};
  if (auto checked = check_keys(root, kKeys); !checked) return checked;
  if (const auto* date = root.find("date"); date != nullptr && !own_) list_.date = date->text;
  const auto* providers = root.find("providers");
  if (providers == nullptr || providers->is_null()) return {};
  if (!providers->is_map())
    return wrong(*providers, "providers is a mapping of names to providers");
  for (const auto& node : providers->children)
    if (auto done = read_provider(node); !done) return done;
  return {};
}

/// The provider of that name, a new one where the list has none.
Provider& ProviderReader::provider_named(const std::string& name) {
  if (auto* known = list_.find(name); known != nullptr) return *known;
  auto& provider = list_.providers.emplace_back();
  provider.id = provider.title = provider.other.provider = name;
  provider.own = own_;
  return provider;
}

Result<void> ProviderReader::read_provider(const YamlNode& node) {
  constexpr std::array<std::string_view, 15> kKeys{
      "title", "wire", "base_url", "insecure", "key",    "key_alias", "key_prefixes", "default",
      "json",  "can",  "cannot",   "tokens",   "models", "other",     "window"};
  if (auto checked = check_keys(node, kKeys); !checked) return checked;
  const bool plain =
      !node.key.empty() && node.key.size() <= 40 &&
      node.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
  if (!plain) return wrong(node, "a provider's name is made of a-z, 0-9, - and _");
  auto& provider = provider_named(node.key);
  if (auto done = read_names(node, provider); !done) return done;
  if (auto done = read_address(node, provider); !done) return done;
  if (auto done = read_other(node, provider); !done) return done;
  return read_models(node, provider);
}

/// What holds for a model that is not listed: the provider's own abilities, then those of `other`.
Result<void> ProviderReader::read_other(const YamlNode& node, Provider& provider) {
  auto& other = provider.other;
  if (auto done = read_abilities(node, other.abilities); !done) return done;
  if (const auto* tokens = node.find("tokens"); tokens != nullptr)
    other.token_factor = tokens->as_number().value_or(other.token_factor);
  if (auto done = read_count(node, "window", other.window); !done) return done;
  if (const auto* rest = node.find("other"); rest != nullptr)
    if (auto done = read_model(*rest, other); !done) return done;
  other.wire = provider.wire;
  return {};
}

/// A model that is listed already keeps what `node` does not say of it.
Result<void> ProviderReader::read_models(const YamlNode& node, Provider& provider) {
  const auto* models = node.find("models");
  if (models == nullptr || models->is_null()) return {};
  if (!models->is_map()) return wrong(*models, "models is a mapping of names to models");
  for (const auto& child : models->children) {
    const auto it = std::find_if(provider.models.begin(), provider.models.end(),
                                 [&](const Model& m) { return m.name == child.key; });
    auto model = it == provider.models.end() ? provider.model(child.key) : *it;
    if (!child.is_null())
      if (auto done = read_model(child, model); !done) return done;
    if (it == provider.models.end())
      provider.models.push_back(std::move(model));
    else
      *it = std::move(model);
  }
  return {};
}

bool is_variable(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z' &&
         name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

Result<void> ProviderReader::read_names(const YamlNode& node, Provider& provider) {
  const auto take = [&](std::string_view key, std::string& target) {
    if (const auto* value = node.find(key)) target = value->text;
  };
  take("title", provider.title);
  take("wire", provider.wire);
  take("key", provider.key_variable);
  take("key_alias", provider.key_alias);
  take("default", provider.default_model);
  if (const auto* prefixes = node.find("key_prefixes")) {
    provider.key_prefixes.clear();
    for (const auto& child : prefixes->children)
      if (!child.text.empty()) provider.key_prefixes.push_back(child.text);
  }
  if (find_wire(provider.wire) == nullptr) {
    std::vector<std::string> names;
    for (const auto* wire : wires())
      names.emplace_back(wire->name());
    return wrong(node, fmt::format("{} needs a wire: one of {}", provider.id, join(names, ", ")));
  }
  for (const auto* variable : {&provider.key_variable, &provider.key_alias})
    if (!variable->empty() && !is_variable(*variable))
      return wrong(
          node,
          fmt::format(
              "\"{}\" is no name of an environment variable; keys themselves never stand in a file",
              visible(*variable, false).substr(0, 8)));
  return {};
}

Result<void> ProviderReader::read_address(const YamlNode& node, Provider& provider) {
  const auto* url = node.find("base_url");
  if (url == nullptr) {
    if (provider.base_url.empty())
      return wrong(node, fmt::format("{} needs a base_url", provider.id));
    return {};
  }
  const auto* insecure = node.find("insecure");
  const bool allowed = insecure != nullptr && insecure->as_bool().value_or(false);
  if (auto done = set_base_url(provider, url->text, allowed); !done)
    return wrong(*url, done.error().message);
  if (!own_) provider.own = false;
  return {};
}

Result<void> ProviderReader::read_count(const YamlNode& node, std::string_view key,
                                        std::uint32_t& target) const {
  constexpr std::int64_t kMost = 100'000'000;
  const auto* value = node.find(key);
  if (value == nullptr) return {};
  const auto number = value->as_integer();
  if (!number || *number < 256 || *number > kMost)
    return wrong(*value, fmt::format("{} is a count of tokens from 256", key));
  target = static_cast<std::uint32_t>(*number);
  return {};
}

Result<void> ProviderReader::read_prices(const YamlNode& node, Prices& prices) const {
  if (!node.is_sequence() || node.children.size() < 2 || node.children.size() > 4)
    return wrong(
        node,
        "price is a list of two to four numbers: input, output, read from cache, written to cache");
  std::vector<double> numbers;
  for (const auto& child : node.children) {
    const auto number = child.as_number();
    if (!number || *number < 0 || *number > 100'000)
      return wrong(child, "a price is a number of dollars per million tokens");
    numbers.push_back(*number);
  }
  prices = {.input = numbers[0],
            .output = numbers[1],
            .cache_read = {},
            .cache_write = {},
            .known = true};
  if (numbers.size() > 2) prices.cache_read = numbers[2];
  if (numbers.size() > 3) prices.cache_write = numbers[3];
  return {};
}

Result<void> ProviderReader::switch_abilities(const YamlNode* list, bool value,
                                              Abilities& can) const {
  if (list == nullptr) return {};
  const std::array<std::pair<std::string_view, bool*>, 9> known{
      {{"temperature", &can.temperature},
       {"top_p", &can.top_p},
       {"stop", &can.stop},
       {"seed", &can.seed},
       {"repeat_penalty", &can.repeat_penalty},
       {"stream", &can.stream},
       {"stream_usage", &can.stream_usage},
       {"cache_control", &can.cache_control},
       {"max_completion_tokens", &can.max_completion_tokens}}};
  for (const auto& child : list->children) {
    const auto* const it = std::find_if(
        known.begin(), known.end(), [&](const auto& entry) { return entry.first == child.text; });
    if (it == known.end())
      return wrong(child, fmt::format("unknown ability {}", visible(child.text, false)));
    *it->second = value;
  }
  return {};
}

Result<void> ProviderReader::read_abilities(const YamlNode& node, Abilities& abilities) const {
  if (const auto* json = node.find("json")) {
    if (json->text == "none")
      abilities.json = JsonAbility::none;
    else if (json->text == "object")
      abilities.json = JsonAbility::object;
    else if (json->text == "schema")
      abilities.json = JsonAbility::schema;
    else
      return wrong(*json, "json is none, object or schema");
  }
  if (auto done = switch_abilities(node.find("can"), true, abilities); !done) return done;
  return switch_abilities(node.find("cannot"), false, abilities);
}

Result<void> ProviderReader::read_model(const YamlNode& node, Model& model) {
  constexpr std::array<std::string_view, 8> kKeys{"window", "output", "price", "json",
                                                  "tokens", "tier",   "can",   "cannot"};
  if (auto checked = check_keys(node, kKeys); !checked) return checked;
  if (auto done = read_count(node, "window", model.window); !done) return done;
  if (auto done = read_count(node, "output", model.max_output); !done) return done;
  model.max_output = std::min(model.max_output, model.window / 2);
  if (const auto* price = node.find("price"))
    if (auto done = read_prices(*price, model.prices); !done) return done;
  if (const auto* tokens = node.find("tokens")) {
    const auto factor = tokens->as_number();
    if (!factor || *factor < 0.2 || *factor > 10)
      return wrong(*tokens, "tokens is a factor such as 1.4");
    model.token_factor = *factor;
  }
  if (const auto* tier = node.find("tier")) {
    const auto number = tier->as_integer();
    if (!number || *number < 1 || *number > 4) return wrong(*tier, "tier is 1 to 4");
    model.tier = static_cast<int>(*number);
  }
  return read_abilities(node, model.abilities);
}

Result<ProviderList> read_into(ProviderList list, std::string_view yaml, std::string_view name,
                               bool own) {
  const auto root = load_yaml(yaml);
  if (!root)
    return fail(ErrorKind::invalid_input, fmt::format("{}: {}", name, root.error().message),
                std::string(kCode));
  ProviderReader reader(list, name, own);
  if (auto done = reader.read(*root); !done) return fail(done.error());
  return list;
}

}  // namespace

Model Provider::model(std::string_view name) const {
  const auto it =
      std::find_if(models.begin(), models.end(), [&](const Model& m) { return m.name == name; });
  if (it != models.end()) return *it;
  auto unknown = other;
  unknown.name = name;
  return unknown;
}

const Provider* ProviderList::find(std::string_view id) const {
  const auto it = std::find_if(providers.begin(), providers.end(),
                               [&](const Provider& p) { return p.id == id; });
  return it == providers.end() ? nullptr : &*it;
}

Provider* ProviderList::find(std::string_view id) {
  const auto it = std::find_if(providers.begin(), providers.end(),
                               [&](const Provider& p) { return p.id == id; });
  return it == providers.end() ? nullptr : &*it;
}

const Provider* ProviderList::owner_of(std::string_view key) const {
  const auto begins = [key](const std::string& prefix) { return key.starts_with(prefix); };
  const auto it = std::find_if(providers.begin(), providers.end(), [&](const Provider& p) {
    return std::any_of(p.key_prefixes.begin(), p.key_prefixes.end(), begins);
  });
  return it == providers.end() ? nullptr : &*it;
}

const ProviderList& built_in_providers() {
  static const ProviderList kList = [] {
    for (const auto& file : embedded_llm())
      if (file.name == "llm/providers/providers.yml")
        if (auto list = read_into({}, file.text, file.name, false)) return *std::move(list);
    std::abort();  // held by a test: the data is part of the program
  }();
  return kList;
}

Result<ProviderList> with_user_providers(ProviderList base, std::string_view yaml,
                                         std::string_view name) {
  return read_into(std::move(base), yaml, name, true);
}

Result<void> set_base_url(Provider& provider, std::string_view url, bool insecure) {
  while (url.ends_with('/'))
    url.remove_suffix(1);
  auto parsed = parse_url(url);
  if (!parsed) return fail(parsed.error());
  if (parsed->target.find('?') != std::string::npos)
    return fail(ErrorKind::invalid_input, "a base_url has no query", std::string(kCode));
  if (parsed->origin.scheme == "http" && !is_loopback(parsed->origin) && !insecure)
    return fail(ErrorKind::invalid_input,
                fmt::format("{} is not encrypted and not on this machine: key and code could be "
                            "read on the way; use https, "
                            "or set `insecure: true` for it in models.yml",
                            to_string(parsed->origin)),
                std::string(kCode));
  provider.base_url = url;
  provider.origin = std::move(parsed->origin);
  provider.own = true;
  return {};
}

}  // namespace peer
