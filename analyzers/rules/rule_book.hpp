// The rules of a run with all that they say: the RuleSet, and for each rule its facts, messages and
// fixes, made when first needed. Safe from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/rules/facts.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/rewrite/rewriting.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// A rule ready to speak about files of one language.
struct Speaker {
  RuleFacts facts;
  Rewriting rewriting;
};

class RuleBook {
 public:
  struct Loaded;
  /// Loads `texts` (see RuleSet::load). What fixes, messages and transforms of the user's rules get
  /// wrong is among the problems too, and such a rule does not run.
  [[nodiscard]] static Loaded load(std::span<const RuleText> texts,
                                   const LoadOptions& options = {});

  [[nodiscard]] const RuleSet& set() const { return set_; }
  /// The id of every rule, in no order.
  [[nodiscard]] const std::vector<std::string_view>& ids() const { return ids_; }
  /// Null for a rule that must not run because of what is wrong with its fix or transforms.
  [[nodiscard]] const Speaker* speaker(const Rule& rule, const Language& language) const;

 private:
  RuleSet set_;
  std::vector<std::string_view> ids_;
  mutable std::mutex lock_;
  struct Key {
    const Rule* rule;
    const Language* language;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<const void*>{}(key.rule) * 31 + std::hash<const void*>{}(key.language);
    }
  };
  mutable std::unordered_map<Key, std::unique_ptr<const Speaker>, Hash> speakers_;
};

struct RuleBook::Loaded {
  std::shared_ptr<const RuleBook> book;
  std::vector<Problem> problems;
};

}  // namespace peer::rules
