// All rules of a run: loaded once, compiled per language when the first file of it comes (of
// built-in rules, while there is little text, those that it could match), then asked which of them
// a file may match (before it is parsed) and which it does. Immutable to the outside; safe from any
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/match/captures.hpp"
#include "analyzers/rules/match/matcher.hpp"
#include "analyzers/rules/prefilter/literal_table.hpp"
#include "analyzers/source_file.hpp"
#include "base/yaml.hpp"

namespace peer::rules {

enum class Origin { built_in, user };

/// One rule file. `text` is copied unless it is built in, when it must live as long as the set.
struct RuleText {
  std::string_view name = {};  ///< for problems: a path
  std::string_view text = {};
  Origin origin = Origin::user;
  bool is_utility = false;  ///< from a utility folder: its rules are only for `matches`
  /// Of a built-in file, known since build time: the one rule it holds and the languages it is for
  /// (their Language::name). With these the text is not even parsed until a file of one of the
  /// languages comes.
  std::string_view id = {};
  std::span<const std::string_view> languages = {};
  /// Known since build time, too, for each of `languages`, or not at all: the rule compiled
  /// (match/program_packed.hpp), and where what it asks of texts begins in the demands of the
  /// language's digest.
  std::span<const std::string_view> programs = {};
  std::span<const std::uint32_t> demands = {};
  std::span<const LanguageDigest> digests = {};
  /// Where the globs of `files` and `ignores` begin, unless at the project's root: a folder below
  /// it ("web/", whose files lose that front), or one above it (which sees the root as "src/").
  std::string_view globs_below = {};
  std::string_view globs_above = {};
};

struct LoadOptions {
  /// Severities set from outside (`--error id`), nothing for off; the last for an id wins; "" is
  /// every rule that no id names.
  std::vector<std::pair<std::string, std::optional<Severity>>> severities = {};
};

/// A part of a file that a rule says something about.
struct LabelStyle {
  std::string variable;
  bool is_primary = false;
  std::string message;
};

/// A pattern of `files` or `ignores`, in the syntax of Rust's globset, whose `*` takes '/' too.
struct PathGlob {
  std::string glob;
  bool ignore_case = false;
};

/// A rule as it is written.
struct Rule {
  std::string id;
  Origin origin = Origin::user;
  std::string file;                                   ///< RuleText::name
  std::vector<const Language*> languages;             ///< `language`, then `metadata.peer.also`
  std::optional<Severity> severity = Severity::hint;  ///< nothing: off
  std::string message;                                ///< may name meta variables
  std::string note, url;
  std::vector<PathGlob> files, ignores;
  std::string globs_below, globs_above;  ///< see RuleText
  std::vector<LabelStyle> labels;
  bool has_files = false;  ///< `files` is written, be it empty
  YamlNode document;       ///< the whole of it: fix, transform, rewriters, metadata, ...

  /// A top-level key of the document, or null.
  [[nodiscard]] const YamlNode* key(std::string_view name) const { return document.find(name); }
  /// `ignores` and `files` say that it is for this file (a path relative to the project, with '/').
  [[nodiscard]] bool is_for(std::string_view path) const;
};

/// What of `rule` is compiled; both must live until that is done.
[[nodiscard]] MatcherSource source_of(const Rule& rule, const GlobalUtils& globals);

struct RuleMatch {
  const Rule* rule = nullptr;
  const Matcher* matcher = nullptr;  ///< the rule in the file's language
  Node node;
  Captures captures;
};

/// What a file gave. Nodes live in `tree` where there is one, else in the file's tree.
struct ScanResult {
  std::vector<RuleMatch> matches;  ///< by start, outer before inner, rules of one node by id
  std::unique_ptr<Tree> tree;      ///< where the file's own tree is not of its very bytes
  bool complete = true;            ///< false when a limit or the stop token ended it early
  /// Where the limit of steps ended it: the rule that took most of them.
  const Rule* laborious = nullptr;
};

class RuleBucket;
class LiteralPlaces;

/// Rules of a set that a file may match, and where the texts stand that they look for: indexes for
/// RuleSet's use.
struct Candidates {
  std::vector<std::uint32_t> rules;
  std::shared_ptr<LiteralPlaces>
      places;  ///< of one thread; refer to the text, which must outlive them
  const RuleBucket* bucket = nullptr;  ///< whose indexes they are; lives as long as the set
  [[nodiscard]] bool empty() const { return rules.empty(); }
};

class RuleSet {
 public:
  RuleSet();
  ~RuleSet();
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  struct Loaded;
  /// Loads all of them. A bad rule is left out and reported, the rest load. Of two rules with the
  /// same id and language the later file's wins over a built-in one; else it is a problem.
  [[nodiscard]] static Loaded load(std::span<const RuleText> texts,
                                   const LoadOptions& options = {});

  /// SHA-256 over texts and options, for cache keys; of built-in rules the ids, as their texts are
  /// part of the program.
  [[nodiscard]] const std::string& digest() const;
  [[nodiscard]] bool empty() const;

  /// Every rule that is not off; parses what was not parsed yet.
  [[nodiscard]] std::vector<const Rule*> rules() const;
  /// Those of the user's files, also the ones that are off; parses nothing.
  [[nodiscard]] std::vector<const Rule*> user_rules() const;
  /// The rule with this id, or null. Parses at most this one.
  [[nodiscard]] const Rule* find(std::string_view id) const;
  /// The rule compiled for `language`, or null where it is not, or not yet. Lives as long as the
  /// set.
  [[nodiscard]] const Matcher* matcher(const Rule& rule, const Language& language) const;
  /// Global utilities, for compiling more rule objects in the scope of a rule.
  [[nodiscard]] const GlobalUtils& globals() const;
  /// A rule object compiled in the scope of `rule`: its utilities, and the global ones.
  [[nodiscard]] Matcher compile(const Rule& rule, const Language& language, const YamlNode& object,
                                std::vector<Problem>& problems, bool is_relation = false) const;

  /// Whether a rule is tried.
  using Wanted = std::function<bool(const Rule&)>;

  /// The rules for `path` that are wanted (all, without `is_wanted`) and may match `text`, by
  /// literals that any match must hold: without a tree. None: the file need not be parsed for
  /// rules.
  [[nodiscard]] Candidates may_match(const Language& language, std::string_view path,
                                     std::string_view text, const Wanted& is_wanted = {}) const;

  /// Runs the rules over a parsed file. One without a tree gives nothing, which is complete only
  /// when nothing may match.
  [[nodiscard]] ScanResult scan(const SourceFile& file, const std::stop_token& stop = {}) const;
  [[nodiscard]] ScanResult scan(const SourceFile& file, const Candidates& candidates,
                                const std::stop_token& stop = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct RuleSet::Loaded {
  RuleSet set;
  std::vector<Problem> problems;
};

}  // namespace peer::rules
