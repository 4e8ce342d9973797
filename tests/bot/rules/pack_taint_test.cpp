// What the built-in rules declare about values compiles, and says what is meant.
#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/pack/pack.hpp"
#include "analyzers/parse/grammar.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "analyzers/taint/catalogue.hpp"
#include "analyzers/taint/forms.hpp"
#include "analyzers/taint/judge.hpp"

namespace peer {
namespace {

std::string sentences(const std::vector<rules::Problem>& problems) {
  std::string all;
  for (const auto& problem : problems)
    all += problem.file + ":" + std::to_string(problem.line) + ": " + problem.message + "\n";
  return all;
}

std::string_view sets_of(std::string_view folder) {
  for (const auto& [name, text] : built_in_sets())
    if (name == folder) return text;
  return {};
}

TEST(PackTaint, EverySetCompiles) {
  for (const auto& [folder, text] : built_in_sets()) {
    const Language* language = find_language(folder);
    ASSERT_NE(language, nullptr) << folder;
    taint::Catalogue catalogue(*language, text, folder);
    std::vector<rules::Problem> problems;
    (void)catalogue.compile_all(problems);
    EXPECT_EQ(sentences(problems), "") << folder;
  }
}

/// A sink that is a literal is not followed for the sake of named sets.
TEST(PackTaint, NoSetOfSourcesTakesInLiterals) {
  const auto is_literal = [](taint::Form form) {
    return form == taint::Form::text || form == taint::Form::number ||
           form == taint::Form::boolean || form == taint::Form::null;
  };
  for (const auto& [folder, text] : built_in_sets()) {
    const Language* language = find_language(folder);
    const auto* forms = taint::find_taint_language(folder);
    if (forms == nullptr) continue;
    std::vector<rules::Problem> problems;
    const auto all = taint::Catalogue(*language, text, folder).compile_all(problems);
    ASSERT_FALSE(all.sources.empty()) << folder;
    const Grammar grammar(*language);
    for (std::uint32_t id = 0; id < grammar.kind_count(); ++id) {
      const auto kind = grammar.kind_name(static_cast<std::uint16_t>(id));
      if (!is_literal(taint::form_of(*forms, kind).form)) continue;
      for (const auto& set : all.sources)
        for (const auto& term : set->terms)
          EXPECT_FALSE(term.matcher->get().may_start_at(static_cast<std::uint16_t>(id)))
              << folder << ": " << set->name << " of " << kind;
    }
  }
}

TEST(PackTaint, EveryDeclarationCompiles) {
  const auto loaded = rules::RuleBook::load(built_in_rules());
  std::size_t declarations = 0;
  for (const rules::Rule* rule : loaded.book->set().rules()) {
    const auto* metadata = rule->key("metadata");
    const auto declared =
        taint::read_declaration(metadata == nullptr ? nullptr : metadata->find("peer"), rule->file);
    ASSERT_TRUE(declared.has_value()) << declared.error().message;
    if (!declared->applies()) continue;
    ++declarations;
    for (const Language* language : rule->languages) {
      const bool is_script = language->name == "typescript" || language->name == "tsx";
      taint::Catalogue catalogue(*language, sets_of(is_script ? "javascript" : language->name),
                                 "sets.yml");
      std::vector<rules::Problem> problems;
      const auto compile = [&](const YamlNode& object, std::vector<rules::Problem>& found) {
        return loaded.book->set().compile(*rule, *language, object, found);
      };
      (void)catalogue.compile(*declared, rule->file, compile, problems);
      EXPECT_EQ(sentences(problems), "") << rule->id << " for " << language->name;
      EXPECT_TRUE(taint::follows_values_of(*language)) << rule->id;
      const auto* matcher = loaded.book->set().matcher(*rule, *language);
      ASSERT_NE(matcher, nullptr) << rule->id;
      for (const std::string& sink : declared->sinks)
        EXPECT_NE(std::find(matcher->variables().begin(), matcher->variables().end(), sink),
                  matcher->variables().end())
            << rule->id << ": $" << sink;
    }
  }
  EXPECT_GT(declarations, 50U);
}

}  // namespace
}  // namespace peer
