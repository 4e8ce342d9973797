#include "analyzers/rules/rule_book.hpp"

#include <algorithm>
#include <iterator>

#include "analyzers/languages/language.hpp"
#include "analyzers/taint/declaration.hpp"

namespace peer::rules {
namespace {

/// The folder of the pack whose sets the rules of a language name.
std::string_view sets_folder(const Language& language) {
  if (language.name == "typescript" || language.name == "tsx") return "javascript";
  return language.name;
}

}  // namespace

/// Null where an error was found.
std::unique_ptr<const Speaker> RuleBook::make_speaker(const Rule& rule, const Language& language,
                                                      std::vector<Problem>& problems) const {
  const auto* matcher = set_.matcher(rule, language);
  if (matcher == nullptr) return nullptr;
  std::vector<Problem> found;
  auto rewriting = Rewriting::compile({&rule.document, &language, &set_.globals(), matcher}, found);
  auto taint = compile_taint(rule, language, found);
  for (auto& problem : found) {
    problem.file = rule.file;
    problem.rule_id = rule.id;
  }
  const bool good = std::none_of(found.begin(), found.end(),
                                 [](const Problem& p) { return p.level == Problem::Level::error; });
  std::move(found.begin(), found.end(), std::back_inserter(problems));
  if (!good) return nullptr;
  return std::make_unique<Speaker>(Speaker{facts_of(rule), std::move(rewriting), std::move(taint)});
}

taint::Compiled RuleBook::compile_taint(const Rule& rule, const Language& language,
                                        std::vector<Problem>& problems) const {
  const auto* metadata = rule.key("metadata");
  const auto* peer = metadata == nullptr ? nullptr : metadata->find("peer");
  const auto declaration = taint::read_declaration(peer, rule.file);
  if (!declaration) {
    Problem problem;
    problem.line = peer->line;
    problem.message = declaration.error().message;
    problems.push_back(std::move(problem));
    return {};
  }
  if (!declaration->applies()) return {};
  const auto compile = [&](const YamlNode& object, std::vector<Problem>& found) {
    return set_.compile(rule, language, object, found);
  };
  return catalogue(language).compile(*declaration, rule.file, compile, problems);
}

taint::Catalogue& RuleBook::catalogue(const Language& language) const {
  auto& found = catalogues_[&language];
  if (found) return *found;
  const auto folder = sets_folder(language);
  std::string_view text;
  for (const SetsText& sets : sets_)
    if (sets.folder == folder) text = sets.text;
  found = std::make_unique<taint::Catalogue>(language, text, std::string(folder) + "/sets.yml");
  return *found;
}

RuleBook::Loaded RuleBook::load(std::span<const RuleText> texts, const LoadOptions& options,
                                std::span<const SetsText> sets) {
  auto [set, problems] = RuleSet::load(texts, options);
  auto book = std::make_shared<RuleBook>();
  book->set_ = std::move(set);
  book->sets_.assign(sets.begin(), sets.end());
  for (const auto& text : texts)
    if (!text.id.empty()) book->ids_.push_back(text.id);
  for (const auto* rule : book->set_.user_rules()) {
    book->ids_.push_back(rule->id);
    for (const auto* language : rule->languages)
      book->speakers_.emplace(Key{rule, language}, book->make_speaker(*rule, *language, problems));
  }
  return {std::move(book), std::move(problems)};
}

const Speaker* RuleBook::speaker(const Rule& rule, const Language& language) const {
  const std::lock_guard guard(lock_);
  const Key key{&rule, &language};
  if (const auto it = speakers_.find(key); it != speakers_.end()) return it->second.get();
  std::vector<Problem> problems;  // of a built-in rule: none, the catalogue test holds it to that
  return speakers_.emplace(key, make_speaker(rule, language, problems)).first->second.get();
}

}  // namespace peer::rules
