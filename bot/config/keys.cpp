#include "bot/config/keys.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "analyzers/fix/protected.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

const std::string& scalar(const ConfigValue& value) {
  static const std::string kNone;
  return value.items.empty() ? kNone : value.items.back();
}

Result<std::int64_t> integer(const ConfigValue& value, std::int64_t least, std::int64_t most) {
  const auto& text = scalar(value);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most)
    return fail(ErrorKind::invalid_input,
                fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most));
  return number;
}

/// "1048576", "512K", "1M", "1MiB".
Result<std::uint64_t> size(const ConfigValue& value) {
  const auto& text = scalar(value);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  auto unit =
      to_lower(std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)));
  if (unit.ends_with("ib")) unit.resize(unit.size() - 2);
  if (unit.ends_with('b')) unit.pop_back();
  constexpr std::array<std::pair<std::string_view, unsigned>, 4> kUnits{
      {{"", 0}, {"k", 10}, {"m", 20}, {"g", 30}}};
  const auto* it = std::find_if(kUnits.begin(), kUnits.end(),
                                [&](const auto& entry) { return entry.first == unit; });
  if (error != std::errc{} || it == kUnits.end() || number == 0 ||
      number > (std::uint64_t{1} << 32U))
    return fail(ErrorKind::invalid_input,
                fmt::format("\"{}\" is not a size such as 512K or 1M", text));
  return number << it->second;
}

Result<bool> boolean(const ConfigValue& value) {
  const auto text = to_lower(scalar(value));
  if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
  if (text == "false" || text == "no" || text == "off" || text == "0") return false;
  return fail(ErrorKind::invalid_input, fmt::format("\"{}\" is neither true nor false", text));
}

template <class T>
Result<T> word(const ConfigValue& value, std::string_view choices,
               std::optional<T> (*parse)(std::string_view)) {
  if (const auto parsed = parse(scalar(value))) return *parsed;
  return fail(ErrorKind::invalid_input, fmt::format("\"{}\" is not one of {}", scalar(value),
                                                    replace_all(std::string(choices), "|", ", ")));
}

template <class T>
Result<void> store(T& target, const auto& parsed) {
  if (!parsed) return fail(parsed.error());
  target = static_cast<T>(*parsed);
  return {};
}

std::optional<Switch> parse_switch(std::string_view name) {
  if (name == "auto") return Switch::automatic;
  if (name == "always") return Switch::always;
  if (name == "never") return Switch::never;
  return std::nullopt;
}

/// "low", "medium", "high" or a number from 0 to 1.
Result<double> confidence(const ConfigValue& value) {
  const auto& text = scalar(value);
  if (text == "low") return 0.3;
  if (text == "medium") return 0.6;
  if (text == "high") return 0.9;
  double number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= 0 && number <= 1)
    return number;
  return fail(ErrorKind::invalid_input,
              fmt::format("\"{}\" is neither low, medium, high nor a number from 0 to 1", text));
}

std::string yaml_quoted(std::string_view text) {
  return "\"" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "\"", "\\\"") + "\"";
}

std::string list_text(const std::vector<std::string>& items) {
  std::vector<std::string> parts;
  parts.reserve(items.size());
  for (const auto& item : items)
    parts.push_back(yaml_quoted(item));
  return "[" + join(parts, ", ") + "]";
}

std::string mapping_text(const std::vector<PathIgnore>& entries) {
  std::vector<std::string> parts;
  parts.reserve(entries.size());
  for (const auto& entry : entries)
    parts.push_back(yaml_quoted(entry.glob) + ": " + list_text(entry.rules));
  return "{" + join(parts, ", ") + "}";
}

std::string bool_text(bool value) { return value ? "true" : "false"; }

constexpr std::string_view kSeverities = "error|warning|info|hint";
constexpr std::string_view kFailOn = "error|warning|info|hint|never";
constexpr std::string_view kFilters = "added|context|file|all";
constexpr std::string_view kSwitches = "auto|always|never";
constexpr std::string_view kModes = "local|cloud|enterprise|auto";
constexpr std::string_view kOpinions = "never|security|always";
constexpr std::array<std::string_view, 3> kOpinionWords{"never", "security", "always"};
constexpr std::int64_t kMostComplexity = 10'000;

std::optional<SecondOpinion> parse_second_opinion(std::string_view name) {
  const auto* it = std::find(kOpinionWords.begin(), kOpinionWords.end(), name);
  if (it == kOpinionWords.end()) return std::nullopt;
  return static_cast<SecondOpinion>(it - kOpinionWords.begin());
}

Result<void> set_fail_on(Config& c, const ConfigValue& v) {
  c.fail_never = scalar(v) == "never";
  if (c.fail_never) return {};
  return store(c.fail_on, word<Severity>(v, kFailOn, parse_severity));
}

Result<void> set_budget(Config& c, const ConfigValue& v) {
  const auto ms = integer(v, 50, 60'000);
  if (!ms) return fail(ms.error());
  c.examine.checks.parse.budget = std::chrono::milliseconds(*ms);
  return {};
}

/// A file of the repository: nothing outside it, nothing of .git.
Result<void> set_baseline(Config& c, const ConfigValue& v) {
  const auto& path = scalar(v);
  if (!is_safe_path(path))
    return fail(ErrorKind::invalid_input,
                fmt::format("\"{}\" is no path inside the repository", path));
  c.baseline = path;
  return {};
}

Result<void> set_ignores(Config& c, const ConfigValue& v) {
  for (const auto& [glob, rules] : v.entries)
    c.per_file_ignores.push_back({glob, rules});
  return {};
}

Result<void> store_milliseconds(std::chrono::milliseconds& target,
                                const Result<std::int64_t>& parsed) {
  if (!parsed) return fail(parsed.error());
  target = std::chrono::milliseconds(*parsed);
  return {};
}

Result<void> store_calls(std::optional<std::uint64_t>& target, const Result<std::int64_t>& parsed) {
  if (!parsed) return fail(parsed.error());
  target = *parsed == 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*parsed));
  return {};
}

Result<void> store_dollars(std::optional<double>& target, const std::string& text) {
  target.reset();
  if (text.empty()) return {};
  double number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !(number >= 0 && number <= 1e6))
    return fail(ErrorKind::invalid_input,
                fmt::format("\"{}\" is no amount of dollars such as 0.50", text));
  target = number;
  return {};
}

Result<void> set_routes(Config& c, const ConfigValue& v) {
  for (const auto& [words, models] : v.entries) {
    auto rule = parse_route(words, models);
    if (!rule) return fail(rule.error());
    c.ai.routes.push_back(*std::move(rule));
  }
  return {};
}

std::string routes_text(const std::vector<RouteRule>& rules) {
  std::vector<std::string> parts;
  parts.reserve(rules.size());
  for (const auto& rule : rules)
    parts.push_back(yaml_quoted(rule.words) + ": " + list_text(rule.models));
  return "{" + join(parts, ", ") + "}";
}

// One row per key. Lists from several sources add up; everything else is replaced.
// A key's name, kind and sentence stand together.
// clang-format off
const auto kKeys = std::to_array<ConfigKey>({
    {"fail_on", KeyType::word, "The least severity that makes Peer exit with 1.", false, kFailOn, set_fail_on,
     [](const Config& c) { return std::string(c.fail_never ? "never" : to_string(c.fail_on)); }},
    {"filter", KeyType::word, "Which findings of a changed file are reported: on added lines, also in the context that a hunk shows, or all of the file.",
     false, kFilters,
     [](Config& c, const ConfigValue& v) { return store(c.filter, word<Filter>(v, kFilters, parse_filter)); },
     [](const Config& c) { return std::string(to_string(c.filter)); }},
    {"min_severity", KeyType::word, "Findings below this severity are left out.", false, kSeverities,
     [](Config& c, const ConfigValue& v) { return store(c.min_severity, word<Severity>(v, kSeverities, parse_severity)); },
     [](const Config& c) { return std::string(to_string(c.min_severity)); }},
    {"min_confidence", KeyType::word, "Findings of rules that are right less often are left out: low (0.3), medium (0.6), high (0.9) or a number.",
     false, "low|medium|high|0.0..1.0",
     [](Config& c, const ConfigValue& v) { return store(c.min_confidence, confidence(v)); },
     [](const Config& c) { return fmt::format("{:.2f}", c.min_confidence); }},
    {"exclude", KeyType::list, "Files that are out of scope; patterns as in .gitignore.", false, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.exclude.insert(c.exclude.end(), v.items.begin(), v.items.end()); return {}; },
     [](const Config& c) { return list_text(c.exclude); }},
    {"include_generated", KeyType::boolean, "Examine generated files too (linguist-generated, lock files, minified code).", false, "",
     [](Config& c, const ConfigValue& v) { return store(c.include_generated, boolean(v)); },
     [](const Config& c) { return bool_text(c.include_generated); }},
    {"include_vendored", KeyType::boolean, "Examine vendored files too (linguist-vendored, vendor/, node_modules/).", false, "",
     [](Config& c, const ConfigValue& v) { return store(c.include_vendored, boolean(v)); },
     [](const Config& c) { return bool_text(c.include_vendored); }},
    {"rules_off", KeyType::list, "Rules that are switched off, by id.", false, "",
     [](Config& c, const ConfigValue& v) -> Result<void> {
       c.examine.disabled_rules.insert(v.items.begin(), v.items.end());
       return {};
     },
     [](const Config& c) {
       const auto& off = c.examine.disabled_rules;
       return list_text({off.begin(), off.end()});
     }},
    {"imports", KeyType::list, "Files with other tools' findings: SARIF, checkstyle, rdjson, rdjsonl, ESLint JSON, compiler text.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> {
       c.imports.insert(c.imports.end(), v.items.begin(), v.items.end());
       return {};
     },
     [](const Config& c) { return list_text(c.imports); }},
    {"per_file_ignores", KeyType::mapping, "Rules that do not count on some files: a pattern and the ids (\"*\" for every rule).", false, "",
     set_ignores, [](const Config& c) { return mapping_text(c.per_file_ignores); }},
    {"complexity.max_cyclomatic", KeyType::integer, "A function over this cyclomatic complexity is reported.", false, "1..10000",
     [](Config& c, const ConfigValue& v) { return store(c.examine.checks.max_cyclomatic, integer(v, 1, kMostComplexity)); },
     [](const Config& c) { return std::to_string(c.examine.checks.max_cyclomatic); }},
    {"complexity.max_cognitive", KeyType::integer, "A function over this cognitive complexity is reported.", false, "1..10000",
     [](Config& c, const ConfigValue& v) { return store(c.examine.checks.max_cognitive, integer(v, 1, kMostComplexity)); },
     [](const Config& c) { return std::to_string(c.examine.checks.max_cognitive); }},
    {"duplicates.min_tokens", KeyType::integer, "Repeated code shorter than this is not reported.", false, "20..10000",
     [](Config& c, const ConfigValue& v) { return store(c.examine.checks.duplicate_tokens, integer(v, 20, kMostComplexity)); },
     [](const Config& c) { return std::to_string(c.examine.checks.duplicate_tokens); }},
    {"parse.max_bytes", KeyType::size, "Larger files are examined by text rules only, and the run says so.", false, "",
     [](Config& c, const ConfigValue& v) { return store(c.examine.checks.parse.max_bytes, size(v)); },
     [](const Config& c) { return std::to_string(c.examine.checks.parse.max_bytes); }},
    {"parse.budget_ms", KeyType::integer, "Time one file may take to parse; past it the file is examined by text rules only.", false, "50..60000",
     set_budget, [](const Config& c) { return std::to_string(c.examine.checks.parse.budget.count()); }},
    {"default_branch", KeyType::text, "The branch a change is compared with; default: origin/HEAD, else main, else master.", false, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.default_branch = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.default_branch); }},
    {"baseline", KeyType::path, "The file of known findings that do not count.", false, "",
     set_baseline,
     [](const Config& c) { return yaml_quoted(c.baseline); }},
    {"jobs", KeyType::integer, "Threads; 0: one per core.", true, "0..256",
     [](Config& c, const ConfigValue& v) { return store(c.jobs, integer(v, 0, 256)); },
     [](const Config& c) { return std::to_string(c.jobs); }},
    {"isolate", KeyType::word, "Parse and examine in worker processes that have nothing to lose: auto is always in CI.", true, kSwitches,
     [](Config& c, const ConfigValue& v) { return store(c.isolate, word<Switch>(v, kSwitches, parse_switch)); },
     [](const Config& c) { return std::string(to_string(c.isolate)); }},
    {"color", KeyType::word, "Colour on the terminal; auto honours NO_COLOR.", true, kSwitches,
     [](Config& c, const ConfigValue& v) { return store(c.color, word<Switch>(v, kSwitches, parse_switch)); },
     [](const Config& c) { return std::string(to_string(c.color)); }},
    {"cache", KeyType::boolean, "Keep what was examined in cache.db.", true, "",
     [](Config& c, const ConfigValue& v) { return store(c.cache, boolean(v)); },
     [](const Config& c) { return bool_text(c.cache); }},
    {"cache_dir", KeyType::path, "Where cache.db lives.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.cache_dir = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.cache_dir.string()); }},
    {"state_dir", KeyType::path, "Where state.db lives.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.state_dir = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.state_dir.string()); }},
    {"mode", KeyType::word, "Whether models help: local never, cloud and enterprise the configured ones (enterprise only at llm.allowed_hosts), auto those there are. A key in the environment alone changes nothing.",
     true, kModes,
     [](Config& c, const ConfigValue& v) { return store(c.ai.roster.mode, word<AiMode>(v, kModes, parse_ai_mode)); },
     [](const Config& c) { return std::string(to_string(c.ai.roster.mode)); }},
    {"llm.models", KeyType::list, "Who is asked, in order: providers or models of them, such as groq or openai/gpt-5-mini. Empty: whoever is configured.", false, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.roster.models = v.items; return {}; },
     [](const Config& c) { return list_text(c.ai.roster.models); }},
    {"llm.allowed_hosts", KeyType::list, "The only hosts that may receive code in mode enterprise.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.roster.allowed_hosts = v.items; return {}; },
     [](const Config& c) { return list_text(c.ai.roster.allowed_hosts); }},
    {"llm.models_file", KeyType::path, "Providers and models of your own; default: models.yml beside your configuration file.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.models_file = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.ai.models_file.string()); }},
    {"llm.timeout_ms", KeyType::integer, "Time for one model with its retries; 0: 12 seconds, 120 for a model on this machine.", true, "0..600000",
     [](Config& c, const ConfigValue& v) { return store_milliseconds(c.ai.timeout, integer(v, 0, 600'000)); },
     [](const Config& c) { return std::to_string(c.ai.timeout.count()); }},
    {"llm.concurrency", KeyType::integer, "Calls to models at once.", true, "1..64",
     [](Config& c, const ConfigValue& v) { return store(c.ai.concurrency, integer(v, 1, 64)); },
     [](const Config& c) { return std::to_string(c.ai.concurrency); }},
    {"llm.max_cost", KeyType::text, "Dollars that a run may spend; empty: no limit.", true, "",
     [](Config& c, const ConfigValue& v) { return store_dollars(c.ai.max_cost_usd, scalar(v)); },
     [](const Config& c) { return yaml_quoted(c.ai.max_cost_usd ? fmt::format("{}", *c.ai.max_cost_usd) : ""); }, true},
    {"llm.max_calls", KeyType::integer, "Calls that a run may make; 0: no limit.", true, "0..1000000",
     [](Config& c, const ConfigValue& v) { return store_calls(c.ai.max_calls, integer(v, 0, 1'000'000)); },
     [](const Config& c) { return std::to_string(c.ai.max_calls.value_or(0)); }, true},
    {"llm.max_cost_per_day", KeyType::text, "Dollars that all runs of a day (UTC) may spend; empty: no limit.", true, "",
     [](Config& c, const ConfigValue& v) { return store_dollars(c.ai.max_cost_per_day_usd, scalar(v)); },
     [](const Config& c) { return yaml_quoted(c.ai.max_cost_per_day_usd ? fmt::format("{}", *c.ai.max_cost_per_day_usd) : ""); }},
    {"llm.max_calls_per_day", KeyType::integer, "Calls that all runs of a day (UTC) may make; 0: no limit.", true, "0..1000000",
     [](Config& c, const ConfigValue& v) { return store_calls(c.ai.max_calls_per_day, integer(v, 0, 1'000'000)); },
     [](const Config& c) { return std::to_string(c.ai.max_calls_per_day.value_or(0)); }},
    {"llm.routes", KeyType::mapping, "Who is asked first for what: language=, category=, task= and lines>, parted by commas, and the models in order. It chooses among those configured.", false, "",
     set_routes, [](const Config& c) { return routes_text(c.ai.routes); }},
    {"llm.second_opinion", KeyType::word, "On which findings a model proposes several fixes and another votes on the best: never, security (its errors) or always.", true, kOpinions,
     [](Config& c, const ConfigValue& v) { return store(c.ai.second_opinion, word<SecondOpinion>(v, kOpinions, parse_second_opinion)); },
     [](const Config& c) { return std::string(kOpinionWords[static_cast<std::size_t>(c.ai.second_opinion)]); }},
    {"llm.rank", KeyType::boolean, "A model ranks the functions and types of files that do not fit its window: those that matter most are shown first.", true, "",
     [](Config& c, const ConfigValue& v) { return store(c.ai.rank, boolean(v)); },
     [](const Config& c) { return bool_text(c.ai.rank); }},
    {"llm.compare", KeyType::boolean, "A model says in the summary of `review --ai` which changed functions do what they did before.", true, "",
     [](Config& c, const ConfigValue& v) { return store(c.ai.compare, boolean(v)); },
     [](const Config& c) { return bool_text(c.ai.compare); }},
    {"llm.proxy", KeyType::text, "Proxy for requests to models; default: HTTPS_PROXY.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.proxy = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.ai.proxy); }},
    {"llm.ca_file", KeyType::path, "Certificates to trust instead of the system's (PEM), for models and Redis.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.ca_file = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.ai.ca_file); }},
    {"redis_url", KeyType::text, "A Redis server that keeps models' answers for a team: redis://[user:password@]host[:port][/db], the same with rediss:// for TLS, or unix:///path.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.ai.redis_url = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.ai.redis_url.empty() ? "" : "(set)"); }},
    {"verify_cmd", KeyType::text, "A command that must pass with the fixes applied before fix-all writes them.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.verify_cmd = scalar(v); return {}; },
     [](const Config& c) { return yaml_quoted(c.verify_cmd); }},
    {"verify_rw", KeyType::list, "Paths outside the worktree that verify_cmd may write.", true, "",
     [](Config& c, const ConfigValue& v) -> Result<void> { c.verify_rw = v.items; return {}; },
     [](const Config& c) { return list_text(c.verify_rw); }},
});
// clang-format on

}  // namespace

std::span<const ConfigKey> config_keys() { return kKeys; }

const ConfigKey* find_config_key(std::string_view name) {
  const auto* it =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const ConfigKey& k) { return k.name == name; });
  return it == kKeys.end() ? nullptr : it;
}

std::string environment_name(const ConfigKey& key) {
  std::string name = "PEER_";
  for (const char c : key.name)
    name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

}  // namespace peer
