// A rule object compiled for one language: says which node of a tree it matches, and what its meta
// variables are bound to. A Matcher is immutable and safe to share between threads; a Subject is
// one tree being matched, with its scratch space, for one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/match/captures.hpp"
#include "base/yaml.hpp"

namespace peer {
struct Language;
}

namespace peer::rules {

class Program;
class GlobalUtils;
struct Scratch;

/// A tree that matchers look at. Hostile code and hostile rules together could keep a matcher busy
/// for hours: a Subject counts what is done on it, and past its limit nothing matches any more and
/// exhausted() is true.
class Subject {
 public:
  /// What real code with many rules needs, and some tenfold: a second or two of hostile work.
  static constexpr std::uint64_t kSteps = 20'000'000;
  static constexpr std::uint64_t kStepsPerByte = 150;

  /// `root` of a tree of `text`; both must outlive the Subject. `max_steps` 0: by the size of the
  /// text.
  Subject(Node root, std::string_view text, std::uint64_t max_steps = 0);
  ~Subject();
  Subject(Subject&&) noexcept;
  Subject& operator=(Subject&&) noexcept;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  [[nodiscard]] Node root() const;
  [[nodiscard]] std::string_view text() const;
  /// The limit was reached: what was not found since then may be there.
  [[nodiscard]] bool exhausted() const;

  [[nodiscard]] Scratch& scratch() const { return *scratch_; }

 private:
  std::unique_ptr<Scratch> scratch_;
};

class Matcher {
 public:
  Matcher();  ///< matches nothing
  explicit Matcher(std::shared_ptr<const Program> program);

  /// Matches `node`. Gives the matched node (`node` itself, but what was found where the whole rule
  /// is one relation) or the null node. What `captures` holds on entry binds already: the same name
  /// must match the same text. On a match `captures` holds what was bound besides; else it is
  /// unchanged.
  [[nodiscard]] Node match(Subject& subject, Node node, Captures& captures) const;

  /// The first match at or below `below` in source order, or the null node. `captures` as above.
  [[nodiscard]] Node find(Subject& subject, Node below, Captures& captures) const;

  /// Calls `found(Node matched, Captures)` for each match at or below `below` in source order,
  /// nested ones included, until it returns false.
  void find_all(Subject& subject, Node below,
                const std::function<bool(Node, const Captures&)>& found) const;

  /// For a relation (`expandStart`, `expandEnd`; compiled with `is_relation`): the sibling before
  /// (`backward`) or after `node` that matches under its `stopBy`, or the null node.
  [[nodiscard]] Node find_sibling(Subject& subject, Node node, bool backward,
                                  Captures& captures) const;

  /// True where it may match a node of this kind.
  [[nodiscard]] bool may_start_at(std::uint16_t kind_id) const;
  /// False where it may match any kind (a lone `regex`): such a rule object cannot stand for a
  /// whole rule.
  [[nodiscard]] bool has_kinds() const;

  /// Names that a match may bind, of its utilities and constraints too; without `$`, each once.
  [[nodiscard]] const std::vector<std::string>& variables() const;

  [[nodiscard]] const Program* program() const { return program_.get(); }

 private:
  std::shared_ptr<const Program> program_;
};

/// What a rule object is compiled from. All must outlive the call only.
struct MatcherSource {
  const YamlNode* rule = nullptr;         ///< the rule object
  const YamlNode* constraints = nullptr;  ///< map of names to rule objects, or null
  const YamlNode* utils = nullptr;        ///< map of ids to rule objects, or null
  const GlobalUtils* globals = nullptr;
  bool is_relation = false;  ///< `stopBy` is allowed beside the rule object's keys
  bool is_checked = false;   ///< it compiles, which was seen when Peer was built: expressions may
                             ///< wait for their first use
  bool follows_constants = false;  ///< a name matches as what it stands for, too: constants.hpp
  bool skips_comments = false;     ///< expressions see the code only: code_text.hpp
};

/// Compiles for `language`. Problems (without file and rule id) go to `problems`; where one is an
/// error the matcher matches nothing.
[[nodiscard]] Matcher compile_matcher(const Language& language, const MatcherSource& source,
                                      std::vector<Problem>& problems);

}  // namespace peer::rules
