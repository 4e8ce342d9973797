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
#include "analyzers/rules/prefilter/anchors.hpp"
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
    std::deque<CompiledRule> compiled;  // addresses hold
    std::deque<RuleBucket>
        buckets;  // the last is of all that is compiled; older ones may be in use
    std::size_t text_seen = 0;
  };

  GlobalUtils globals;
  LoadOptions options;
  std::string digest;
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

  /// Compiles for all languages of the rule; false where that fails.
  bool take(Rule rule, std::vector<Problem>& problems) const;
  /// Whether a waiting rule is to be read for a language, by its anchors there.
  using Asked = std::function<bool(std::string_view anchors)>;
  /// Parses the waiting texts of `language`, or all, that are asked for (all, without `is_asked`).
  void read_waiting(const Language* language, const Asked& is_asked = {}) const;
  void read(Waiting& each) const;
  /// Of all rules that `text` may match.
  [[nodiscard]] const RuleBucket& bucket(const Language& language, std::string_view text) const;
};

bool RuleSet::State::take(Rule rule, std::vector<Problem>& problems) const {
  rule.severity = severity_of(rule);
  std::vector<Problem> own;
  std::vector<Matcher> matchers;
  for (const auto* language : rule.languages) {
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
    for (std::size_t i = 0; i < matchers.size(); ++i)
      languages[kept.languages[i]].compiled.push_back({&kept, std::move(matchers[i])});
  return true;
}

void RuleSet::State::read_waiting(const Language* language, const Asked& is_asked) const {
  for (auto& each : waiting) {
    const auto& text = each.text;
    if (each.is_read) continue;
    if (language != nullptr) {
      const auto name = std::find(text.languages.begin(), text.languages.end(), language->name);
      if (name == text.languages.end()) continue;
      const auto place = static_cast<std::size_t>(name - text.languages.begin());
      if (is_asked &&
          !is_asked(place < text.anchors.size() ? text.anchors[place] : std::string_view()))
        continue;
    }
    read(each);
  }
}

void RuleSet::State::read(Waiting& each) const {
  each.is_read = true;
  std::vector<Rule> found;
  std::vector<Problem>
      problems;  // of a built-in rule there are none: they are checked when Peer is built
  read_rule_file(each.text, found, problems);
  for (auto& rule : found)
    take(std::move(rule), problems);
}

const RuleBucket& RuleSet::State::bucket(const Language& language, std::string_view text) const {
  // of so much text it is cheaper to compile all rules than to ask for each whether it is worth it
  constexpr std::size_t kLittleText = 16'384;
  const std::lock_guard lock(mutex);
  auto& of = languages[&language];
  if (of.text_seen <= kLittleText) {
    of.text_seen += text.size();
    if (of.text_seen > kLittleText)
      read_waiting(&language);
    else
      read_waiting(&language, [anchorage = Anchorage(text)](std::string_view anchors) mutable {
        return anchorage.holds(anchors);
      });
  }
  if (of.buckets.empty() || of.buckets.back().size() != of.compiled.size())
    of.buckets.emplace_back(language, of.compiled);
  return of.buckets.back();
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
    if (text.id.empty() || text.languages.empty())
      read_rule_file(text, rules, loaded.problems);
    else
      state.waiting.push_back({text, std::string(text.id), false});
  }
  report_twins(rules, loaded.problems);
  for (auto& rule : rules) {
    // one's own rule of the same name takes the place of the built-in one
    std::erase_if(state.waiting,
                  [&](const State::Waiting& waiting) { return waiting.id == rule.id; });
    state.take(std::move(rule), loaded.problems);
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
  state_->read_waiting(nullptr);
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
