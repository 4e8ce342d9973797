#include "reporters/comment_sync/answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reporters/base64.hpp"
#include "reporters/comment_sync/mark.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer {
namespace {

const std::string kHead(40, 'a');

TEST(AnswerMark, IsReadAsItWasWritten) {
  AnswerMark mark{"peer", "comment-123", false, {}};
  EXPECT_EQ(read_answer_mark(write_answer_mark(mark) + "\nwords"), mark);
  mark.usage = true;
  EXPECT_EQ(read_answer_mark(write_answer_mark(mark)), mark);
  mark.aside = SetAside{"0123456789abcdef", "mona", "it is --> not \" true é"};
  EXPECT_EQ(read_answer_mark(write_answer_mark(mark) + "\r\nwords"), mark);
  EXPECT_EQ(write_answer_mark(mark).find("-->"), write_answer_mark(mark).size() - 3)
      << "a reason cannot end it";
}

TEST(AnswerMark, IsNoneWhereItIsNotWellFormed) {
  const auto good =
      write_answer_mark({"peer", "c1", false, SetAside{"0123456789abcdef", "a", "b"}});
  ASSERT_TRUE(read_answer_mark(good));
  EXPECT_FALSE(read_answer_mark("words\n" + good)) << "only the first line counts";
  EXPECT_FALSE(read_answer_mark(" " + good));
  EXPECT_FALSE(read_answer_mark(good.substr(0, good.size() - 1)));
  for (const std::string text :
       {"<!-- peer:answer:v1 -->", "<!-- peer:answer:v1 name=peer -->",
        "<!-- peer:answer:v1 name=pe<er to=c -->", "<!-- peer:answer:v1 name=peer to=a/b -->",
        "<!-- peer:answer:v1 name=peer to=c ignore=0123456789abcdef by=! reason=eA== -->",
        "<!-- peer:summary:v1 name=peer said= memory={} -->"})
    EXPECT_FALSE(read_answer_mark(text)) << text;
  const auto no_key =
      read_answer_mark("<!-- peer:answer:v1 name=peer to=c ignore=xyz by=eA== reason=eA== -->");
  ASSERT_TRUE(no_key);
  EXPECT_FALSE(no_key->aside);
  EXPECT_FALSE(read_answer_mark("<!-- peer:answer:v1 name=peer to=c reason=" +
                                base64_encode(std::string(2000, 'x')) + " -->"));
}

TEST(SetAside, TakesFindingsOutAndDecidesAnew) {
  const auto report = test::report_with({3, 5}, kHead);
  EXPECT_EQ(without(report, {}), report);
  auto rest = without(report, {{key_of(report.findings[0].fingerprint), "mona", "false alarm"}});
  ASSERT_EQ(rest.findings.size(), 1U);
  ASSERT_EQ(rest.suppressed.size(), 1U);
  EXPECT_EQ(rest.suppressed[0].suppressed, (Suppression{"comment", "false alarm (mona)"}));
  EXPECT_EQ(rest.verdict, Verdict::findings);
  rest = without(report, {{key_of(report.findings[0].fingerprint), "", ""},
                          {key_of(report.findings[1].fingerprint), "", ""},
                          {"ffffffffffffffff", "", ""}});
  EXPECT_EQ(rest.verdict, Verdict::clean);
  EXPECT_EQ(exit_code(rest), 0);
}

}  // namespace
}  // namespace peer
