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
#include "analyzers/taint/catalogue.hpp"

namespace peer::rules {

/// A rule ready to speak about files of one language.
struct Speaker {
  RuleFacts facts;
  Rewriting rewriting;
  taint::Compiled taint;  ///< what must be known of the values that a match binds
};

/// The text of a language's `sets.yml`.
struct SetsText {
  std::string_view folder;  ///< of the pack: "python"
  std::string_view text;    ///< lives as long as the book
};

class RuleBook {
 public:
  struct Loaded;
  /// Loads `texts` (see RuleSet::load). What fixes, messages and transforms of the user's rules get
  /// wrong is among the problems too, and such a rule does not run.
  [[nodiscard]] static Loaded load(std::span<const RuleText> texts, const LoadOptions& options = {},
                                   std::span<const SetsText> sets = {});

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
  [[nodiscard]] std::unique_ptr<const Speaker> make_speaker(const Rule& rule,
                                                            const Language& language,
                                                            std::vector<Problem>& problems) const;
  [[nodiscard]] taint::Compiled compile_taint(const Rule& rule, const Language& language,
                                              std::vector<Problem>& problems) const;
  [[nodiscard]] taint::Catalogue& catalogue(const Language& language) const;

  std::vector<SetsText> sets_;
  mutable std::unordered_map<Key, std::unique_ptr<const Speaker>, Hash> speakers_;
  mutable std::unordered_map<const Language*, std::unique_ptr<taint::Catalogue>> catalogues_;
};

struct RuleBook::Loaded {
  std::shared_ptr<const RuleBook> book;
  std::vector<Problem> problems;
};

}  // namespace peer::rules
