// Every rule that can be listed and explained: of the checks, of the built-in pack, and the user's
// own. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/facts.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer {

struct ListedRule {
  std::string id, title;
  Severity severity = Severity::hint;
  std::string source;  ///< "check", a language's name, or the file of a rule of the user's
  std::string owasp;   ///< "A03:2021", or "" where it is about something else
};

class RuleLibrary {
 public:
  explicit RuleLibrary(std::shared_ptr<const rules::RuleBook> book) : book_(std::move(book)) {}

  /// Checks first, then YAML rules by id.
  [[nodiscard]] std::vector<ListedRule> list() const;
  /// How many of them are YAML rules.
  [[nodiscard]] std::size_t yaml_rules() const { return book_->set().rules().size(); }
  /// What `rules show` prints, its paragraphs wrapped at `width` (0: not); nullopt where no rule
  /// has this id.
  [[nodiscard]] std::optional<std::string> text(std::string_view id, std::size_t width = 0) const;
  /// Id, why and help of a rule; nullopt where none has this id.
  struct Reasons {
    std::string id, why, help;
  };
  [[nodiscard]] std::optional<Reasons> reasons(std::string_view id) const;
  /// "no rule is called x; did you mean y?"
  [[nodiscard]] std::string unknown(std::string_view id) const;

 private:
  std::shared_ptr<const rules::RuleBook> book_;
};

/// The examples of a rule: of a built-in one from its page, which the book does not hold.
[[nodiscard]] rules::RuleExamples examples_of(const rules::Rule& rule);

/// What `rules show` prints of a YAML rule.
[[nodiscard]] std::string rule_text(const rules::RuleFacts& facts,
                                    const rules::RuleExamples& examples, std::size_t width = 0);

}  // namespace peer
