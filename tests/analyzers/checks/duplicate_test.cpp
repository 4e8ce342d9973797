#include <string>

#include <gtest/gtest.h>

#include "analyzers/checks/duplicate_code.hpp"
#include "analyzers/checks/duplicates_across.hpp"
#include "analyzers/examine.hpp"

namespace peer {
namespace {

/// A function of about 70 tokens that differs by `name` alone.
std::string function(const std::string& name) {
  return "int " + name +
         "(const char *path, int mode) {\n  struct reader r;\n  if (!reader_open(&r, path, mode)) "
         "return -1;\n"
         "  int total = 0;\n  while (reader_next(&r)) {\n    if (r.kind == KIND_COMMENT || "
         "r.length == 0) continue;\n"
         "    total += scale(r.value, r.length);\n  }\n  reader_close(&r);\n  return total;\n}\n";
}

FileReview review(const std::string& path, const std::string& before, const std::string& after,
                  LineRange added) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  if (!before.empty()) job.before = before;
  job.after = after;
  job.whole_file = before.empty();
  job.file.status = before.empty() ? ChangeStatus::added : ChangeStatus::modified;
  job.file.hunks = {{{1, 0}, added, {}, {added}}};
  return examine(job, {});
}

std::vector<Finding> duplicates(const FileReview& result) {
  std::vector<Finding> found;
  for (const auto& finding : result.findings)
    if (finding.rule == "duplicate-code") found.push_back(finding);
  return found;
}

TEST(DuplicateCode, IsReportedOnceWhereTheChangePutsTheCopy) {
  const auto before = function("a");
  const auto found = duplicates(review("a.c", before, before + function("b"), {12, 11}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at.start.line, 12U);
  ASSERT_EQ(found[0].related.size(), 1U);
  EXPECT_EQ(found[0].related[0].at.start.line, 1U);
  EXPECT_EQ(found[0].severity, Severity::info);
}

TEST(DuplicateCode, IsReportedAboveItsOriginToo) {
  const auto before = function("b");
  const auto found = duplicates(review("a.c", before, function("a") + before, {1, 11}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].related[0].at.start.line, 12U);
}

TEST(DuplicateCode, ThatWasThereBeforeIsNotTheChangesFault) {
  const auto before = function("a") + function("b");
  EXPECT_TRUE(duplicates(review("a.c", before, before + "int x;\n", {23, 1})).empty());
}

TEST(DuplicateCode, DoesNotCountImportsAndLicences) {
  std::string imports = "/* " + std::string(2'000, 'x') + " */\n";
  for (int i = 0; i < 80; ++i)
    imports += "import { a" + std::to_string(i) + " } from 'b" + std::to_string(i) + "';\n";
  EXPECT_TRUE(duplicates(review("a.js", imports, imports + imports, {82, 81})).empty());
}

TEST(DuplicateCode, OfFewTokensIsToldOnlyWhereItIsAWhole) {
  // about 65 tokens with the head around them, the end of one loop and the beginning of the next
  const std::string slice =
      "    if (one(a, b)) total += scale(a->value, b->length);\n    else total -= weight(b);\n"
      "    release(a);\n  }\n  while (more(a, b)) {\n";
  const auto around = [&](const std::string& name) {
    return "int " + name + "(struct r *a) {\n  for (;;) {\n" + slice + "    " + name +
           "(a);\n  }\n}\n";
  };
  const auto before = around("first");
  EXPECT_TRUE(duplicates(review("a.c", before, before + around("second"), {11, 10})).empty());
}

TEST(DuplicateCode, InTestsInsideARustFileIsLeftAlone) {
  const auto body = [](const std::string& name) {
    return "fn " + name +
           "(path: &str, mode: u32) -> i32 {\n    let mut r = Reader::open(path, mode);\n"
           "    let mut total = 0;\n    while let Some(item) = r.next() {\n"
           "        if item.kind == Kind::Comment || item.length == 0 {\n            continue;\n"
           "        }\n        total += scale(item.value, item.length);\n    }\n"
           "    r.close();\n    total\n}\n";
  };
  const auto code = body("a") + body("b");
  EXPECT_EQ(duplicates(review("a.rs", "", code, {1, 24})).size(), 1U);
  const auto tests = "#[cfg(test)]\nmod tests {\n" + code + "}\n";
  EXPECT_TRUE(duplicates(review("a.rs", "", tests, {1, 27})).empty());
}

TEST(DuplicateCode, SurvivesAFileThatOnlyRepeatsItself) {
  std::string text;
  for (int i = 0; i < 20'000; ++i)
    text += "f(a, b, c, d, e);\n";
  (void)review("a.c", "", text, {1, 20'000});
  std::string functions;
  for (int i = 0; i < 300; ++i)
    functions += function("same");
  EXPECT_FALSE(duplicates(review("a.c", "", functions, {1, 3'300})).empty());
}

TEST(DuplicateCode, IsTellingOnlyTheLongestOfManyCopies) {
  std::string text;
  for (int i = 0; i < 12; ++i)
    text += function("f" + std::to_string(i));
  const auto found = duplicates(review("a.c", "", text, {1, 132}));
  ASSERT_EQ(found.size(), 5U);
  EXPECT_NE(found[0].message.find("6 shorter copies in this file are not listed"),
            std::string::npos)
      << found[0].message;
}

std::vector<AcrossDuplicate> across(
    const std::vector<std::pair<std::string, FileReview>>& reviews) {
  std::vector<AddedCode> files;
  for (const auto& [path, result] : reviews)
    files.push_back({path, result.added_code});
  return duplicates_across(files);
}

TEST(DuplicatesAcross, AreReportedOncePerPairOnTheLaterFile) {
  const auto found = across({{"a.c", review("a.c", "", "int x;\n" + function("a"), {1, 12})},
                             {"b.c", review("b.c", "", "double y;\n\n" + function("b"), {1, 13})}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].file, 1U);
  EXPECT_EQ(found[0].finding.path, "b.c");
  EXPECT_EQ(found[0].finding.at.start.line, 3U);
  EXPECT_EQ(found[0].finding.related[0].at.start.line, 2U);
  EXPECT_EQ(found[0].finding.related[0].path, "a.c");
  EXPECT_FALSE(found[0].finding.fingerprint.empty());
}

TEST(DuplicatesAcross, AreNotCodeThatWasMoved) {
  const auto moved = function("a");
  const auto found = across({{"a.c", review("a.c", "int x;\n" + moved, "int x;\n", {1, 0})},
                             {"b.c", review("b.c", "int y;\n", "int y;\n" + moved, {2, 11})}});
  EXPECT_TRUE(found.empty());
}

TEST(DuplicatesAcross, AreNotListedEndlessly) {
  std::vector<std::pair<std::string, FileReview>> files;
  for (int i = 0; i < 40; ++i)
    files.push_back({"a" + std::to_string(i) + ".c",
                     review("a.c", "", function("f" + std::to_string(i)), {1, 11})});
  const auto found = across(files);
  ASSERT_EQ(found.size(), 20U);
  EXPECT_NE(found[0].finding.message.find("19 more such copies are not listed"), std::string::npos);
}

TEST(DuplicatesAcross, FindAnyCopyAFewTokensLongerThanAWindow) {
  for (int shift = 0; shift < 12; ++shift) {
    std::string head;
    for (int i = 0; i < shift; ++i)
      head += "int v" + std::to_string(i) + ";\n";
    const auto lines = static_cast<std::uint32_t>(11 + shift);
    EXPECT_EQ(across({{"a.c", review("a.c", "", function("a"), {1, 11})},
                      {"b.c", review("b.c", "", head + function("b"), {1, lines})}})
                  .size(),
              1U)
        << shift;
  }
}

}  // namespace
}  // namespace peer
