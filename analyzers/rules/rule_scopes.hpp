// Which files rules are for: many say the same, and share globs with others, so that each glob is
// asked once for a path. Immutable once all rules are added; safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/load/path_glob.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

class RuleScopes {
 public:
  /// `rule` gets the next number, from 0.
  void add(const Rule& rule);

  /// For one path, which must outlive it; one thread.
  class Answers {
   public:
    Answers(const RuleScopes& scopes, std::string_view path);
    /// Rule::is_for of the rule of this number.
    [[nodiscard]] bool is_for(std::size_t rule);

   private:
    [[nodiscard]] bool any_of(const std::vector<std::uint32_t>& globs);

    const RuleScopes& scopes_;
    std::string_view path_;
    std::vector<std::optional<bool>> of_scope_, of_glob_;
  };

 private:
  struct Scope {
    std::vector<std::uint32_t> files, ignores;  // in globs_
    const Rule* rule = nullptr;                 // one of those that say so
  };
  std::vector<std::uint32_t> numbers_of(const std::vector<PathGlob>& globs);

  std::vector<std::uint32_t> of_rule_;  // in scopes_
  std::vector<Scope> scopes_;
  std::vector<PathMatcher> globs_;
  std::map<std::string, std::uint32_t> known_scopes_, known_globs_;
};

}  // namespace peer::rules
