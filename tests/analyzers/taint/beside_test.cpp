// Rules that stand beside each other in one file: what one of them takes for a source is none of
// another's.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/pack/pack.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer {
namespace {

std::size_t findings_of(std::string_view rule, const std::string& path, const std::string& text) {
  ExamineOptions options;
  std::vector<rules::SetsText> sets;
  for (const auto& each : built_in_sets())
    sets.push_back({each.folder, each.text});
  options.rules = rules::RuleBook::load(built_in_rules(), {}, sets).book;
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = text;
  job.whole_file = true;
  std::size_t count = 0;
  for (const auto& finding : examine(job, options).findings)
    count += finding.rule == rule ? 1 : 0;
  return count;
}

// a rule about keys takes literals for sources as soon as there is an hmac.new() for them to reach
TEST(TaintBeside, LiteralsStayConstants) {
  const std::string table =
      "T = {\"name\": \"name\", \"price\": \"price_cents\"}\ndef products():\n    order = "
      "T.get(request.args.get(\"sort\"), \"id\")\n";
  const std::string query =
      "    rows = db().execute(f\"SELECT id, name FROM products ORDER BY {order}\").fetchall()\n";
  const std::string key = "def hook():\n    want = hmac.new(a)\n";
  EXPECT_EQ(findings_of("python-sql-formatted-query", "a.py", table + query), 0U);
  EXPECT_EQ(findings_of("python-sql-formatted-query", "a.py", table + query + key), 0U);
  const std::string open = "def products(order):\n";
  EXPECT_EQ(findings_of("python-sql-formatted-query", "a.py", open + query + key), 1U);
}

}  // namespace
}  // namespace peer
