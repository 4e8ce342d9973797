#include "analyzers/rules/rule_set.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/load/global_utils.hpp"
#include "analyzers/rules/load/path_glob.hpp"
#include "analyzers/rules/load/rule_checks.hpp"
#include "analyzers/rules/load/rule_file.hpp"
#include "analyzers/rules/match/program_packed.hpp"
#include "analyzers/rules/prefilter/demand.hpp"
#include "analyzers/rules/prefilter/literal_places.hpp"
#include "analyzers/rules/rule_bucket.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

bool has_error(const std::vector<Problem>& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return problem.level == Problem::Level::error; });
}

bool matches_any(const std::vector<PathGlob>& globs, std::string_view path) {
  return std::any_of(globs.begin(), globs.end(), [path](const PathGlob& glob) {
    return path_matches(glob.glob, path, glob.ignore_case);
  });
}

/// Says of each rule whose id an earlier one has for the same language that it does. Both run, as
/// they do with the reference where rules are named one by one.
void report_twins(const std::vector<Rule>& rules, std::vector<Problem>& problems) {
  std::map<std::pair<std::string_view, const Language*>, const Rule*> first;
  for (const auto& rule : rules)
    for (const auto* language : rule.languages) {
      const auto [other, is_new] = first.try_emplace({rule.id, language}, &rule);
      if (is_new || other->second == &rule) continue;
      Problem problem;
      problem.level = Problem::Level::note;
      problem.file = rule.file;
      problem.rule_id = rule.id;
      if (const auto* id = rule.key("id")) problem.line = id->line;
      problem.message =
          fmt::format("another rule for {} has this id{}", language->name,
                      other->second->file == rule.file
                          ? std::string()
                          : fmt::format(", in {}", visible(other->second->file, false)));
      problems.push_back(std::move(problem));
      break;
    }
}

/// Whether `metadata.peer` has `key` with that value.
bool says(const Rule& rule, std::string_view key, std::string_view value) {
  const auto* metadata = rule.key("metadata");
  const auto* peer = metadata != nullptr ? metadata->find("peer") : nullptr;
  const auto* node = peer != nullptr ? peer->find(key) : nullptr;
  return node != nullptr && node->text == value;
}

bool is_built_in_security(const Rule& rule) {
  return rule.origin == Origin::built_in && says(rule, "category", "security");
}

/// Rules about security do that are built in, and those that ask for it.
bool follows_constants(const Rule& rule) {
  return !says(rule, "constants", "as-written") &&
         (says(rule, "constants", "followed") || is_built_in_security(rule));
}

/// What of `table`, one entry for each language of a built-in rule, is for `language`; or null.
template <class Entry>
const Entry* entry_for(const Language& language, const RuleText& text,
                       std::span<const Entry> table) {
  const auto name = std::find(text.languages.begin(), text.languages.end(), language.name);
  const auto place = static_cast<std::size_t>(name - text.languages.begin());
  return place < table.size() ? &table[place] : nullptr;
}

}  // namespace

MatcherSource source_of(const Rule& rule, const GlobalUtils& globals) {
  return {.rule = rule.key("rule"),
          .constraints = rule.key("constraints"),
          .utils = rule.key("utils"),
          .globals = &globals,
          .is_checked = rule.origin == Origin::built_in,
          .follows_constants = follows_constants(rule),
          .skips_comments = is_built_in_security(rule)};
}

bool Rule::is_for(std::string_view path) const {
  if (ignores.empty() && !has_files) return true;
  std::string from_above;
  if (!globs_above.empty()) path = from_above = globs_above + std::string(path);
  if (!globs_below.empty() && path.starts_with(globs_below)) path.remove_prefix(globs_below.size());
  if (matches_any(ignores, path)) return false;
  return !has_files || matches_any(files, path);
}

/// Rules are added while loading; those whose text is not parsed yet when the first file of their
/// language comes, under the lock.
struct RuleSet::State {
  struct Waiting {
    RuleText text;
    std::string id;
    bool is_read = false;
  };
  struct OfLanguage {
    LiteralNumbers literals;
    std::deque<CompiledRule> compiled;  // addresses hold
    // the last is of all that is compiled; older ones may be in use
    std::deque<RuleBucket> buckets;
    std::size_t text_seen = 0;
  };

  GlobalUtils globals;
  LoadOptions options;
  std::string digest;
  std::span<const LanguageDigest> digests;  // of the texts that wait
  mutable std::mutex mutex;
  mutable std::deque<Rule> rules;  // addresses hold
  mutable std::vector<Waiting> waiting;
  mutable std::map<const Language*, OfLanguage> languages;

  /// What the options say for a rule, else what they say for all, else what the rule says.
  [[nodiscard]] std::optional<Severity> severity_of(const Rule& rule) const {
    auto severity = rule.severity;
    bool is_named = false;
    for (const auto& [id, wanted] : options.severities) {
      if (id != rule.id && (!id.empty() || is_named)) continue;
      severity = wanted;
      is_named = !id.empty();
    }
    return severity;
  }

  [[nodiscard]] const LanguageDigest* digest_of(const Language& language) const;
  [[nodiscard]] OfLanguage& of(const Language& language) const;
  /// What a rule asks of texts, where that is known since build time; else nothing.
  [[nodiscard]] std::span<const std::uint32_t> known_demand(const RuleText& text,
                                                            const Language& language) const;
  /// Compiles for all languages of the rule, which is of `text`; false where that fails.
  bool take(Rule rule, const RuleText& text, std::vector<Problem>& problems) const;
  /// Parses all waiting texts, or those of `language`, or of these the ones that `places` do not
  /// rule out.
  void read_waiting(const Language* language = nullptr, LiteralPlaces* places = nullptr) const;
  void read(Waiting& each) const;
  /// Of all rules that `text` may match.
  [[nodiscard]] const RuleBucket& bucket(const Language& language, std::string_view text) const;
};

const LanguageDigest* RuleSet::State::digest_of(const Language& language) const {
  const auto it = std::find_if(digests.begin(), digests.end(), [&](const LanguageDigest& each) {
    return each.language == language.name;
  });
  return it == digests.end() ? nullptr : &*it;
}

RuleSet::State::OfLanguage& RuleSet::State::of(const Language& language) const {
  const auto known = languages.find(&language);
  if (known != languages.end()) return known->second;
  return languages
      .try_emplace(&language, OfLanguage{LiteralNumbers(digest_of(language)), {}, {}, 0})
      .first->second;
}

std::span<const std::uint32_t> RuleSet::State::known_demand(const RuleText& text,
                                                            const Language& language) const {
  const auto* begin = entry_for(language, text, text.demands);
  const auto* known = begin != nullptr ? digest_of(language) : nullptr;
  if (known == nullptr) return {};
  return known->demands.subspan(*begin);
}

bool RuleSet::State::take(Rule rule, const RuleText& text, std::vector<Problem>& problems) const {
  rule.severity = severity_of(rule);
  std::vector<Problem> own;
  std::vector<Matcher> matchers;
  for (const auto* language : rule.languages) {
    const auto* packed = entry_for(*language, text, text.programs);
    if (auto program = packed != nullptr ? unpack_program(*language, *packed) : nullptr) {
      matchers.emplace_back(std::move(program));
      continue;
    }
    std::vector<Problem> found;
    matchers.push_back(compile_matcher(*language, source_of(rule, globals), found));
    if (!has_error(found)) check_rule(rule, matchers.back(), found);
    // what is wrong in one language is mostly wrong in the next
    if (own.empty()) own = std::move(found);
  }
  const bool is_good = !has_error(own);
  for (auto& problem : own) {
    problem.file = rule.file;
    problem.rule_id = rule.id;
    problems.push_back(std::move(problem));
  }
  if (!is_good) return false;
  rules.push_back(std::move(rule));
  const auto& kept = rules.back();
  if (kept.severity)
    for (std::size_t i = 0; i < matchers.size(); ++i) {
      auto& of_language = of(*kept.languages[i]);
      auto& compiled =
          of_language.compiled.emplace_back(CompiledRule{&kept, std::move(matchers[i])});
      const auto& program = *compiled.matcher.program();
      compiled.demand = known_demand(text, *kept.languages[i]);
      if (compiled.demand.empty()) {
        append_demand(program, of_language.literals, compiled.own_demand);
        compiled.demand = compiled.own_demand;
      }
      compiled.ways = WayList(Demand(compiled.demand), program.ops.size());
    }
  return true;
}

void RuleSet::State::read_waiting(const Language* language, LiteralPlaces* places) const {
  for (auto& each : waiting) {
    const auto& names = each.text.languages;
    if (each.is_read) continue;
    if (language != nullptr && std::find(names.begin(), names.end(), language->name) == names.end())
      continue;
    if (language != nullptr && places != nullptr) {
      const auto demand = known_demand(each.text, *language);
      if (!demand.empty() && !Demand(demand).needed().holds(*places)) continue;
    }
    read(each);
  }
}

void RuleSet::State::read(Waiting& each) const {
  each.is_read = true;
  std::vector<Rule> found;
  // of a built-in rule there are none: they are checked when Peer is built
  std::vector<Problem> problems;
  read_rule_file(each.text, found, problems);
  for (auto& rule : found)
    take(std::move(rule), each.text, problems);
}

const RuleBucket& RuleSet::State::bucket(const Language& language, std::string_view text) const {
  // of so much text it is cheaper to compile all rules than to ask for each whether it is worth it
  constexpr std::size_t kLittleText = 16'384;
  const std::lock_guard lock(mutex);
  auto& [literals, compiled, buckets, text_seen] = of(language);
  const bool was_little = text_seen <= kLittleText;
  if (was_little) text_seen += text.size();
  const auto texts =
      text_seen <= kLittleText ? RuleBucket::For::few_small_texts : RuleBucket::For::any_text;
  if (texts == RuleBucket::For::few_small_texts) {
    LiteralPlaces places(literals.table(), text);
    read_waiting(&language, &places);
  } else if (was_little) {
    read_waiting(&language);
  }
  if (buckets.empty() || !buckets.back().is(compiled.size(), texts))
    buckets.emplace_back(language, compiled, literals.table(), texts);
  return buckets.back();
}

RuleSet::RuleSet() : state_(std::make_unique<State>()) { state_->digest = sha256(""); }
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

RuleSet::Loaded RuleSet::load(std::span<const RuleText> texts, const LoadOptions& options) {
  Loaded loaded;
  auto& state = *loaded.set.state_;
  state.options = options;
  std::string all;
  for (const auto& text : texts)
    all += text.origin == Origin::built_in
               ? std::string(text.id)  // whose text is part of the program
               : sha256_of_parts({text.name, text.text, text.is_utility ? "u" : "r",
                                  text.globs_below, text.globs_above});
  for (const auto& [id, severity] : options.severities)
    all += sha256_of_parts({id, severity ? fmt::format("{}", static_cast<int>(*severity)) : "off"});
  state.digest = sha256(all);

  for (const auto& text : texts)
    if (text.is_utility) read_util_file(text, state.globals, loaded.problems);
  std::vector<Rule> rules;
  for (const auto& text : texts) {
    if (text.is_utility) continue;
    if (text.id.empty() || text.languages.empty()) {
      read_rule_file(text, rules, loaded.problems);
      continue;
    }
    state.waiting.push_back({text, std::string(text.id), false});
    state.digests = text.digests;  // the same for all
  }
  report_twins(rules, loaded.problems);
  for (auto& rule : rules) {
    // one's own rule of the same name takes the place of the built-in one
    std::erase_if(state.waiting,
                  [&](const State::Waiting& waiting) { return waiting.id == rule.id; });
    state.take(std::move(rule), {}, loaded.problems);
  }
  return loaded;
}

const std::string& RuleSet::digest() const { return state_->digest; }

bool RuleSet::empty() const {
  const std::lock_guard lock(state_->mutex);
  return state_->rules.empty() && state_->waiting.empty();
}

std::vector<const Rule*> RuleSet::rules() const {
  const std::lock_guard lock(state_->mutex);
  state_->read_waiting();
  std::vector<const Rule*> all;
  for (const auto& rule : state_->rules)
    if (rule.severity) all.push_back(&rule);
  return all;
}

std::vector<const Rule*> RuleSet::user_rules() const {
  const std::lock_guard lock(state_->mutex);
  std::vector<const Rule*> all;
  for (const auto& rule : state_->rules)
    if (rule.origin == Origin::user) all.push_back(&rule);
  return all;
}

const Rule* RuleSet::find(std::string_view id) const {
  const std::lock_guard lock(state_->mutex);
  for (auto& each : state_->waiting)
    if (each.id == id && !each.is_read) state_->read(each);
  for (const auto& rule : state_->rules)
    if (rule.id == id && rule.severity) return &rule;
  return nullptr;
}

const Matcher* RuleSet::matcher(const Rule& rule, const Language& language) const {
  const std::lock_guard lock(state_->mutex);
  const auto it = state_->languages.find(&language);
  if (it == state_->languages.end()) return nullptr;
  for (const auto& each : it->second.compiled)
    if (each.rule == &rule) return &each.matcher;
  return nullptr;
}

const GlobalUtils& RuleSet::globals() const { return state_->globals; }

Matcher RuleSet::compile(const Rule& rule, const Language& language, const YamlNode& object,
                         std::vector<Problem>& problems, bool is_relation) const {
  auto source = source_of(rule, state_->globals);
  source.rule = &object;
  source.constraints = nullptr;
  source.is_relation = is_relation;
  return compile_matcher(language, source, problems);
}

Candidates RuleSet::may_match(const Language& language, std::string_view path,
                              std::string_view text, const Wanted& is_wanted) const {
  return state_->bucket(language, text).may_match(path, text, is_wanted);
}

ScanResult RuleSet::scan(const SourceFile& file, const std::stop_token& stop) const {
  if (file.language() == nullptr) return {};
  return scan(file, may_match(*file.language(), file.path(), file.text()), stop);
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): the set's, as the one above
ScanResult RuleSet::scan(const SourceFile& file, const Candidates& candidates,
                         const std::stop_token& stop) const {
  ScanResult result;
  if (file.language() == nullptr || candidates.empty() || candidates.bucket == nullptr)
    return result;
  const auto& language = *file.language();
  const Tree* tree = file.tree();
  if (tree == nullptr) {
    result.complete = false;
    return result;
  }
  // other checks read C with macros blanked; rules are written against the code as it stands,
  // errors and all
  if (!file.tree_is_plain()) {
    ParseOptions options;
    options.max_bytes = file.text().size();  // it was not too large for the tree it has
    auto plain = parse_plain(file.text(), language, options, stop);
    if (!plain) {
      result.complete = false;
      return result;
    }
    result.tree = std::make_unique<Tree>(std::move(*plain));
    tree = result.tree.get();
  }
  candidates.bucket->scan(tree->root(), file.text(), candidates, stop, result);
  return result;
}

}  // namespace peer::rules
