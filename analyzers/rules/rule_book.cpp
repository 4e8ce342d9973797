#include "analyzers/rules/rule_book.hpp"

#include <algorithm>
#include <iterator>

namespace peer::rules {
namespace {

/// Null where an error was found.
std::unique_ptr<const Speaker> make_speaker(const RuleSet& set, const Rule& rule,
                                            const Language& language,
                                            std::vector<Problem>& problems) {
  const auto* matcher = set.matcher(rule, language);
  if (matcher == nullptr) return nullptr;
  std::vector<Problem> found;
  auto rewriting = Rewriting::compile({&rule.document, &language, &set.globals(), matcher}, found);
  for (auto& problem : found) {
    problem.file = rule.file;
    problem.rule_id = rule.id;
  }
  const bool good = std::none_of(found.begin(), found.end(),
                                 [](const Problem& p) { return p.level == Problem::Level::error; });
  std::move(found.begin(), found.end(), std::back_inserter(problems));
  if (!good) return nullptr;
  return std::make_unique<Speaker>(Speaker{facts_of(rule), std::move(rewriting)});
}

}  // namespace

RuleBook::Loaded RuleBook::load(std::span<const RuleText> texts, const LoadOptions& options) {
  auto [set, problems] = RuleSet::load(texts, options);
  auto book = std::make_shared<RuleBook>();
  book->set_ = std::move(set);
  for (const auto& text : texts)
    if (!text.id.empty()) book->ids_.push_back(text.id);
  for (const auto* rule : book->set_.user_rules()) {
    book->ids_.push_back(rule->id);
    for (const auto* language : rule->languages)
      book->speakers_.emplace(Key{rule, language},
                              make_speaker(book->set_, *rule, *language, problems));
  }
  return {std::move(book), std::move(problems)};
}

const Speaker* RuleBook::speaker(const Rule& rule, const Language& language) const {
  const std::lock_guard guard(lock_);
  const Key key{&rule, &language};
  if (const auto it = speakers_.find(key); it != speakers_.end()) return it->second.get();
  std::vector<Problem> problems;  // of a built-in rule: none, the catalogue test holds it to that
  return speakers_.emplace(key, make_speaker(set_, rule, language, problems)).first->second.get();
}

}  // namespace peer::rules
