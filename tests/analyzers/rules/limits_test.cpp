// Where a limit ends a search, the review of the file says so.
#include <gmock/gmock.h>

#include "analyzers/examine.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer::rules {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

FileReview review(std::string_view yaml, std::string path, std::string text) {
  const auto loaded = RuleBook::load(std::vector<RuleText>{{.name = "rule.yml", .text = yaml}});
  EXPECT_THAT(loaded.problems, IsEmpty());
  FileJob job;
  job.file.path = std::move(path);
  job.after = std::move(text);
  job.whole_file = true;
  ExamineOptions options;
  options.rules = loaded.book;
  options.only_rules = true;
  return examine(job, options);
}

TEST(Limits, ARuleThatIsTooMuchWorkIsNotCalledDone) {
  const auto found = review(
      "id: r\nlanguage: js\nrule: {kind: parenthesized_expression, inside: {kind: number, stopBy: "
      "end}}",
      "a.js", std::string(20'000, '(') + "a" + std::string(20'000, ')'));
  EXPECT_FALSE(found.complete);
  EXPECT_THAT(found.reason, HasSubstr("limit was reached"));
}

}  // namespace
}  // namespace peer::rules
