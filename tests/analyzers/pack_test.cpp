// Holds every built-in YAML rule to its own examples.
#include "analyzers/pack/pack.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/fix/apply.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/program_packed.hpp"
#include "analyzers/rules/prefilter/demand.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer {
namespace {

/// The pack as a program sees it that parses only what it needs.
std::shared_ptr<const rules::RuleBook> new_pack() {
  std::vector<rules::SetsText> sets;
  for (const auto& each : built_in_sets())
    sets.push_back({each.folder, each.text});
  return rules::RuleBook::load(built_in_rules(), {}, sets).book;
}

const std::shared_ptr<const rules::RuleBook>& pack() {
  static const auto kBook = new_pack();
  return kBook;
}

/// The other rules that speak of what `rule` does: of one flaw only the surest of them would.
const RuleIds& rivals_of(std::string_view rule) {
  static const auto kRivals = [] {
    std::map<std::string, RuleIds> by_topic;
    for (const auto& page : built_in_pages())
      if (const auto* each = pack()->set().find(page.id))
        by_topic[rules::facts_of(*each).topic].emplace(page.id);
    std::map<std::string, RuleIds, std::less<>> rivals;
    for (const auto& [topic, ids] : by_topic)
      for (const auto& id : ids)
        (rivals[id] = ids).erase(id);
    return rivals;
  }();
  return kRivals.find(rule)->second;
}

std::vector<Finding> found(std::string_view rule, const std::string& path, std::string_view code,
                           const std::shared_ptr<const rules::RuleBook>& book = pack()) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = std::string(code);
  job.whole_file = true;
  ExamineOptions options;
  options.rules = book;
  options.only_rules = true;
  options.disabled_rules = rivals_of(rule);
  auto findings = examine(job, options).findings;
  std::erase_if(findings, [&](const Finding& f) { return f.rule != rule; });
  return findings;
}

std::vector<std::uint32_t> lines_found(std::string_view rule, const rules::RuleExample& example) {
  std::vector<std::uint32_t> lines;
  for (const auto& finding : found(rule, example.path, example.code))
    lines.push_back(finding.at.start.line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The example with its fixes made as fix-all makes them: in rounds, those that overlap an earlier
/// one later.
std::string fixed(std::string_view rule, const rules::RuleExample& example) {
  constexpr int kMostRounds = 10;
  std::string code = example.code;
  for (int round = 0; round < kMostRounds; ++round) {
    std::vector<Edit> edits;
    for (const auto& finding : found(rule, example.path, code)) {
      if (!finding.fix) continue;
      auto wanted = edits;
      wanted.insert(wanted.end(), finding.fix->edits.begin(), finding.fix->edits.end());
      sort_edits(wanted);
      if (!misfit(code, wanted)) edits = std::move(wanted);
    }
    if (edits.empty()) break;
    code = apply_edits(code, edits).value_or("does not apply");
  }
  return code;
}

template <class Each>
void for_each_rule(Each&& each) {
  for (const auto& page : built_in_pages()) {
    const auto document = load_yaml(page.text);
    const auto* rule = pack()->set().find(page.id);
    ASSERT_TRUE(document) << page.id;
    if (rule == nullptr)
      ADD_FAILURE() << page.id << " does not load";
    else
      each(*rule, rules::examples_of(*document, rules::example_path(*rule)));
  }
}

TEST(Pack, LoadsWithoutAProblem) {
  std::vector<rules::RuleText> texts;
  for (const auto& page : built_in_pages())
    texts.push_back({page.id, page.text, rules::Origin::user, false, {}, {}});
  std::vector<rules::SetsText> sets;
  for (const auto& each : built_in_sets())
    sets.push_back({each.folder, each.text});
  for (const auto& problem : rules::RuleBook::load(texts, {}, sets).problems)
    ADD_FAILURE() << problem.file << ":" << problem.line << ": " << problem.message;
}

TEST(Pack, EveryRuleFiresOnItsBadExamplesAndNeverOnItsGoodOnes) {
  for_each_rule([](const rules::Rule& rule, const rules::RuleExamples& examples) {
    for (const auto& example : examples.bad)
      EXPECT_EQ(lines_found(rule.id, example), example.lines) << rule.id << "\n" << example.code;
    for (const auto& example : examples.good)
      EXPECT_EQ(lines_found(rule.id, example), std::vector<std::uint32_t>{}) << rule.id << "\n"
                                                                             << example.code;
  });
}

/// What was compiled when Peer was built is what compiling now gives.
TEST(Pack, IsInTheProgramAsItWouldBeCompiledNow) {
  std::vector<rules::RuleText> texts;
  for (const auto& page : built_in_pages())
    texts.push_back({.name = page.id, .text = page.text, .origin = rules::Origin::built_in});
  const auto fresh = rules::RuleSet::load(texts).set;
  for (const auto& text : built_in_rules()) {
    ASSERT_EQ(text.programs.size(), text.languages.size()) << text.id;
    const auto* rule = fresh.find(text.id);
    ASSERT_NE(rule, nullptr) << text.id;
    for (std::size_t i = 0; i < text.languages.size(); ++i) {
      const auto& language = *find_language(text.languages[i]);
      const auto* matcher = fresh.matcher(*rule, language);
      ASSERT_NE(matcher, nullptr) << text.id;
      EXPECT_EQ(rules::pack_program(*matcher->program()), text.programs[i]) << text.id;
      const auto kept = rules::unpack_program(language, text.programs[i]);
      ASSERT_NE(kept, nullptr) << text.id;
      EXPECT_EQ(rules::pack_program(*kept), text.programs[i]) << text.id;
      EXPECT_EQ(
          rules::unpack_program(language, text.programs[i].substr(0, text.programs[i].size() - 1)),
          nullptr)
          << text.id;
    }
  }
}

/// Whether any file may match the rule, as far as is known before it is compiled.
bool may_match_nothing(const rules::RuleText& text) {
  const auto& digest =
      *std::find_if(text.digests.begin(), text.digests.end(),
                    [&](const auto& each) { return each.language == text.languages.front(); });
  const rules::LiteralTable literals(&digest);
  rules::LiteralPlaces places(literals, "");
  return rules::Demand(digest.demands.subspan(text.demands.front())).needed().holds(places);
}

/// Before 16 KB of a language were seen, only rules are compiled that a file may match.
TEST(Pack, InASmallFileTheRulesFireTooThatAreCompiledForItAlone) {
  std::size_t demanding = 0;
  std::string others;
  for (const auto& text : built_in_rules()) {
    ASSERT_EQ(text.demands.size(), text.languages.size()) << text.id;
    if (may_match_nothing(text))
      others.append(text.id).append(" ");
    else
      ++demanding;
  }
  EXPECT_GT(demanding * 5, built_in_rules().size() * 4)
      << "else little is gained; the others: " << others;
  for_each_rule([](const rules::Rule& rule, const rules::RuleExamples& examples) {
    const auto book = new_pack();
    for (const auto& example : examples.bad) {
      std::vector<std::uint32_t> lines;
      for (const auto& finding : found(rule.id, example.path, example.code, book))
        lines.push_back(finding.at.start.line);
      std::sort(lines.begin(), lines.end());
      EXPECT_EQ(lines, example.lines) << rule.id << "\n" << example.code;
    }
  });
}

TEST(Pack, FixesMakeOfTheExamplesWhatTheRulesSay) {
  for_each_rule([](const rules::Rule& rule, const rules::RuleExamples& examples) {
    std::size_t shown = 0;
    for (const auto& example : examples.bad) {
      if (example.fixed.empty()) continue;
      ++shown;
      EXPECT_EQ(fixed(rule.id, example), example.fixed) << rule.id << "\n" << example.code;
    }
    if (rule.key("fix") == nullptr) return;
    EXPECT_GE(shown, 2U) << rule.id << ": two examples show what the fix makes";
  });
}

TEST(Pack, EveryRuleIsDocumented) {
  for_each_rule([](const rules::Rule& rule, const rules::RuleExamples& examples) {
    const auto facts = rules::facts_of(rule);
    EXPECT_GE(examples.bad.size(), 3U) << rule.id;
    EXPECT_GE(examples.good.size(), 3U) << rule.id;
    EXPECT_FALSE(facts.title.empty() || facts.why.empty() || facts.help.empty() ||
                 facts.topic.empty())
        << rule.id;
    if (facts.category != "security") return;
    EXPECT_FALSE(facts.cwe.empty()) << rule.id;
    EXPECT_FALSE(facts.references.empty()) << rule.id;
    EXPECT_FALSE(facts.owasp.empty()) << rule.id;
  });
}

/// The rules about `topic` that speak on `code`.
std::vector<std::string> speakers(std::string_view topic, const std::string& path,
                                  const std::string& code, const ExamineOptions& also = {}) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = code;
  job.whole_file = true;
  auto options = also;
  options.rules = pack();
  options.only_rules = true;
  std::vector<std::string> ids;
  for (const auto& finding : examine(job, options).findings) {
    const auto* rule = pack()->set().find(finding.rule);
    if (rule != nullptr && rules::facts_of(*rule).topic == topic)
      ids.emplace_back(finding.rule.plain());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(Pack, OneFlawIsToldOnce) {
  const std::vector<std::string> followed{"csharp-sql-injection"}, shape{"csharp-sql-quoted-value"};
  const auto action = [](std::string_view body) {
    return "class UsersController : ControllerBase {\n  [HttpGet] public IActionResult Get(string "
           "name) {\n" +
           std::string(body) + "  }\n}\n";
  };
  const auto at_once = action(
      "    return Ok(new SqlCommand(\"SELECT * FROM users WHERE name = '\" + name + \"'\", "
      "c).ExecuteReader());\n");
  EXPECT_EQ(speakers("sql-injection", "a.cs", at_once), followed);
  // the text is put together on the way of the value
  const auto on_the_way = action(
      "    var sql = \"SELECT * FROM users WHERE name = '\" + name + \"'\";\n    return Ok(new "
      "SqlCommand(sql, c).ExecuteReader());\n");
  EXPECT_EQ(speakers("sql-injection", "a.cs", on_the_way), followed);
  // elsewhere in the same function: another flaw
  const auto both = action(
      "    var other = \"SELECT * FROM notes WHERE title = '\" + title + \"'\";\n"
      "    return Ok(new SqlCommand(\"SELECT * FROM users WHERE name = '\" + name + \"'\", "
      "c).ExecuteReader());\n");
  EXPECT_EQ(speakers("sql-injection", "a.cs", both),
            (std::vector<std::string>{"csharp-sql-injection", "csharp-sql-quoted-value"}));
  // where the one that follows values is off, the other speaks
  ExamineOptions off;
  off.disabled_rules.insert("csharp-sql-injection");
  EXPECT_EQ(speakers("sql-injection", "a.cs", at_once, off), shape);
}

}  // namespace
}  // namespace peer
