// The sources, sanitizers and propagators that rules of one language name, compiled when a rule
// first names them. What compile() gives does not change afterwards and may be used from any
// thread; compile() itself is called by one thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/match/matcher.hpp"
#include "analyzers/taint/declaration.hpp"
#include "analyzers/taint/marks.hpp"

namespace peer::taint {

/// Of each list one word stands in every file where a rule object matches.
using Words = std::vector<std::vector<std::string>>;

/// The matcher of a rule object, compiled when it is first asked for unless it was before. Safe
/// from any thread.
class TermMatcher {
 public:
  explicit TermMatcher(rules::Matcher matcher) : matcher_(std::move(matcher)) {}
  /// For one that is known to compile.
  TermMatcher(const Language& language, YamlNode rule)
      : language_(&language), rule_(std::move(rule)) {}

  [[nodiscard]] const rules::Matcher& get();

 private:
  const Language* language_ = nullptr;
  YamlNode rule_;
  std::once_flag once_;
  rules::Matcher matcher_;
};

/// A rule object and the variables of it that are meant; see Term.
struct CompiledTerm {
  std::shared_ptr<TermMatcher> matcher;
  std::string to, from, guard, unless;
  Words words;
};

struct SourceSet {
  Source number = kAnything;
  std::string name;  ///< of the set; "" for a rule object that stands in a rule
  std::vector<CompiledTerm> terms;
  std::vector<CompiledTerm> parameters;
  bool every_parameter = false;  ///< `parameter` where the language does not define it
};

struct SanitizerSet {
  Sanitizer number = 0;
  std::vector<CompiledTerm> terms;
};

/// A rule's declaration, ready to be used.
struct Compiled {
  Needs needs = Needs::nothing;
  std::vector<std::string> sinks;
  std::vector<std::shared_ptr<const SourceSet>> sources;
  std::vector<std::shared_ptr<const SanitizerSet>> sanitizers;
  std::vector<std::shared_ptr<const CompiledTerm>> propagators;
  double confidence = 1.0;
  double variable_confidence = 0.3;
  std::vector<std::pair<std::string, double>> source_confidence;
  bool guarded_after = false;
  bool told_at_source = false;

  [[nodiscard]] bool applies() const { return needs != Needs::nothing; }
};

/// What must stand in a file for `matcher` to match, as far as it is known.
[[nodiscard]] Words required_words(const rules::Matcher& matcher);

/// Adds to each term of a document that read_sets() takes what it needs to be compiled later:
/// Term::words.
void digest_sets(const Language& language, YamlNode& document,
                 std::vector<rules::Problem>& problems);

/// Compiles a rule object that stands in a rule, in the scope of its utilities.
using CompileTerm =
    std::function<rules::Matcher(const YamlNode& object, std::vector<rules::Problem>& problems)>;

class Catalogue {
 public:
  /// `sets` is the text of a `sets.yml` or "", and `file` its name for problems.
  Catalogue(const Language& language, std::string_view sets, std::string_view file);

  /// Compiles what the rule in `file` declares. What is wrong (an unknown set, a rule object that
  /// does not compile, a sink that is no variable of the rule) goes to `problems`.
  [[nodiscard]] Compiled compile(const Declaration& declaration, std::string_view file,
                                 const CompileTerm& compile_term,
                                 std::vector<rules::Problem>& problems);

  /// Compiles every set, and all of it now: for tests of sets.yml.
  Compiled compile_all(std::vector<rules::Problem>& problems);

 private:
  [[nodiscard]] CompiledTerm compiled(const Term& term, const CompileTerm& compile_term,
                                      std::string_view file,
                                      std::vector<rules::Problem>& problems) const;
  [[nodiscard]] std::shared_ptr<const SourceSet> source(const Term& term, std::string_view file,
                                                        const CompileTerm& compile_term,
                                                        std::vector<rules::Problem>& problems);
  [[nodiscard]] std::shared_ptr<const SanitizerSet> sanitizer(
      const Term& term, std::string_view file, const CompileTerm& compile_term,
      std::vector<rules::Problem>& problems);
  void compile_propagators(std::vector<rules::Problem>& problems);
  [[nodiscard]] CompileTerm compile_alone() const;

  const Language& language_;
  std::string file_;
  Sets sets_;
  std::vector<rules::Problem> load_problems_;
  std::map<std::string, std::shared_ptr<const SourceSet>, std::less<>> sources_;
  std::map<std::string, std::shared_ptr<const SanitizerSet>, std::less<>> sanitizers_;
  std::vector<std::shared_ptr<const CompiledTerm>> propagators_;
  bool has_propagators_ = false;
  bool waits_ = true;  // terms that are known to compile are not compiled before they are asked for
  Source next_source_ = 1;
  Sanitizer next_sanitizer_ = 1;
};

}  // namespace peer::taint
