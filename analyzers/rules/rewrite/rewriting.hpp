// What a rule makes of a match: new variables (`transform`), a message, and text in its place
// (`fix`). Compiled once for a rule and a language; immutable, safe from any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/match/captures.hpp"
#include "analyzers/rules/match/matcher.hpp"
#include "base/yaml.hpp"

namespace peer::rules {

/// What a Rewriting is compiled from. All must outlive the call only.
struct RewritingSource {
  const YamlNode* document = nullptr;  ///< the whole rule
  const Language* language = nullptr;
  const GlobalUtils* globals = nullptr;
  const Matcher* matcher = nullptr;  ///< of the rule, for the names it binds
};

/// One way to repair a match.
struct Replacement {
  Edit edit;
  std::string title;  ///< "" where the rule gives none
};

class Rewriting {
 public:
  struct Parts;

  Rewriting();  ///< no message, no fix
  ~Rewriting();
  Rewriting(Rewriting&&) noexcept;
  Rewriting& operator=(Rewriting&&) noexcept;
  Rewriting(const Rewriting&) = delete;
  Rewriting& operator=(const Rewriting&) = delete;

  /// Compiles `fix`, `transform`, `rewriters`, `message` and checks the names in the first three;
  /// check_rule() does the rest. What is wrong goes to `problems` (without file and rule id); where
  /// one is an error the rule must not run.
  [[nodiscard]] static Rewriting compile(const RewritingSource& source,
                                         std::vector<Problem>& problems);

  /// Sets the variables that the rule's transforms make. False where one of them grew beyond its
  /// limit: then it is not set, and nothing may be replaced.
  [[nodiscard]] bool transform(Subject& subject, Captures& captures) const;
  /// The rule's message about the match `node`, whose captures have been transformed: as the rule
  /// has it, with values of several lines cut after the first. `lists_too`: `$A` stands for `$$$A`
  /// where only that is bound, and not for nothing as with the reference.
  [[nodiscard]] std::string message(const Subject& subject, const Captures& captures,
                                    bool lists_too = false) const;
  /// What replaces the match: nothing where the rule has no fix. Of several the first is the one
  /// that is applied. One whose text grew beyond its limit is left out.
  [[nodiscard]] std::vector<Replacement> replacements(Subject& subject, Node node,
                                                      const Captures& captures) const;
  [[nodiscard]] bool has_fix() const;

 private:
  std::unique_ptr<const Parts> parts_;
};

}  // namespace peer::rules
