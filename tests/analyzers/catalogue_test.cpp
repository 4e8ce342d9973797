// Holds every entry of the catalogues to its promises.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/examine.hpp"
#include "analyzers/fix/apply.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// What `rule` reports in the example as `code`, through the whole of examine().
std::vector<Finding> found(const RuleInfo& rule, const Example& example, std::string_view code) {
  FileJob job;
  job.file.path = job.file.old_path = example.path;
  job.after = std::string(code);
  constexpr std::uint32_t kPlain = 0100644, kExecutable = 0100755;
  job.file.after = BlobRef{"", code.size(), example.made_executable ? kExecutable : kPlain, false};
  job.whole_file = example.before.empty();
  if (!example.before.empty()) {
    job.before = std::string(example.before);
    job.file.before = BlobRef{"", example.before.size(), kPlain, false};
    // the whole file counts as one hunk: what is new is decided by comparing both sides
    const auto count = [](std::string_view text) {
      return static_cast<std::uint32_t>(split_lines(text).size());
    };
    job.file.hunks = {{{1, count(example.before)},
                       {1, count(code)},
                       {{1, count(example.before)}},
                       {{1, count(code)}}}};
  }
  auto findings = examine(job, {}).findings;
  std::erase_if(findings, [&](const Finding& finding) { return finding.rule != rule.id; });
  return findings;
}

std::vector<std::uint32_t> lines_found(const RuleInfo& rule, const Example& example) {
  std::vector<std::uint32_t> lines;
  for (const auto& finding : found(rule, example, example.code))
    lines.push_back(finding.at.start.line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// The example with the fixes of `rule` made as fix-all makes them: in rounds, those that overlap
/// an earlier one later.
std::string fixed(const RuleInfo& rule, const Example& example) {
  constexpr int kMostRounds = 10;
  std::string code(example.code);
  for (int round = 0; round < kMostRounds; ++round) {
    std::vector<Edit> edits;
    for (const auto& finding : found(rule, example, code)) {
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

TEST(CheckCatalogue, EveryRuleFiresOnItsBadExamplesAndNeverOnItsGoodOnes) {
  for (const auto& check : all_checks()) {
    for (const auto& rule : check.rules()) {
      EXPECT_FALSE(rule.bad.empty()) << rule.id << " has no bad example";
      EXPECT_FALSE(rule.good.empty()) << rule.id << " has no good example";
      for (const auto& example : rule.bad)
        EXPECT_EQ(lines_found(rule, example), example.lines) << rule.id << "\n" << example.code;
      for (const auto& example : rule.good)
        EXPECT_EQ(lines_found(rule, example), std::vector<std::uint32_t>{}) << rule.id << "\n"
                                                                            << example.code;
    }
  }
}

TEST(CheckCatalogue, TheFixesOfARuleMakeOfItsBadExamplesWhatItSays) {
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules())
      for (const auto& example : rule.bad) {
        if (example.fixed.empty()) continue;
        EXPECT_EQ(fixed(rule, example), example.fixed) << rule.id << "\n" << example.code;
      }
}

TEST(CheckCatalogue, EveryRuleIsDocumentedAndUnique) {
  std::set<std::string_view> ids;
  for (const auto& check : all_checks()) {
    for (const auto& rule : check.rules()) {
      EXPECT_TRUE(ids.insert(rule.id).second) << rule.id << " is defined twice";
      EXPECT_FALSE(rule.title.empty()) << rule.id;
      EXPECT_FALSE(rule.why.empty()) << rule.id;
      EXPECT_FALSE(rule.help.empty()) << rule.id;
      EXPECT_FALSE(rule.category.empty()) << rule.id;
    }
  }
}

TEST(LanguageCatalogue, EverySampleParsesCleanAndIsDetected) {
  for (const auto* language : all_languages()) {
    ASSERT_FALSE(language->extensions.empty()) << language->name;
    EXPECT_FALSE(language->sample.empty()) << language->name << " has no sample";
    const std::string path = "sample" + std::string(language->extensions[0]);
    const auto file = parse(path, std::string(language->sample));
    EXPECT_EQ(file.language(), language) << path;
    ASSERT_NE(file.tree(), nullptr) << language->name;
    EXPECT_FALSE(file.tree()->root().has_error()) << language->name;
    EXPECT_EQ(find_language(language->name), language);
  }
}

}  // namespace
}  // namespace peer
