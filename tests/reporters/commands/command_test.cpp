#include "reporters/commands/command.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

using Kind = CommandText::Kind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CommentCommand, IsAVerbOfTheListAtTheBeginningOfTheComment) {
  EXPECT_EQ(read_command("/peer review").command.verb, Verb::review);
  EXPECT_EQ(read_command("/peer fix\nthank you").command.verb, Verb::fix);
  EXPECT_EQ(read_command("/peer  help \r\n> quoted").command.verb, Verb::help);
  EXPECT_EQ(read_command("/peer").command.verb, Verb::help);
  EXPECT_TRUE(read_command("/peer review --full").command.full);
  EXPECT_FALSE(read_command("/peer review").command.full);
  EXPECT_EQ(read_command("/peer\tfix").command.verb, Verb::fix);
  const auto some = read_command("/peer fix 1a2b3c 0123456789abcdef 1a2b3c");
  EXPECT_THAT(some.command.ids, ElementsAre("1a2b3c", "0123456789abcdef"));
  EXPECT_THAT(read_command("/peer explain unused-import").command.ids,
              ElementsAre("unused-import"));
  const auto ignored = read_command("/peer ignore 1a2b3c4d  wrong:  the caller checks it ");
  EXPECT_EQ(ignored.command.verb, Verb::ignore);
  EXPECT_THAT(ignored.command.ids, ElementsAre("1a2b3c4d"));
  EXPECT_EQ(ignored.command.reason, "wrong:  the caller checks it");
}

TEST(CommentCommand, IsNothingThatStandsElsewhere) {
  for (const std::string text : {"",
                                 "peer fix",
                                 "please /peer fix",
                                 " /peer fix",
                                 "    /peer fix",
                                 "\t/peer fix",
                                 "\n/peer fix",
                                 "> /peer fix",
                                 ">/peer fix",
                                 "```\n/peer fix\n```",
                                 "`/peer fix`",
                                 "- /peer fix",
                                 "@x said\n/peer fix",
                                 "<!-- /peer fix -->",
                                 "<!--\n/peer fix\n-->",
                                 "/peers fix",
                                 "/peer-fix",
                                 "/peer/fix",
                                 "/peerfix",
                                 "/PEER fix",
                                 "/Peer fix",
                                 "\xEF\xBC\x8Fpeer fix",
                                 "/p\xD0\xB5"
                                 "er fix",
                                 "\xE2\x80\x8B/peer fix",
                                 "/\xE2\x80\x8Bpeer fix",
                                 "/peer\xC2\xA0"
                                 "fix",
                                 "\xEF\xBB\xBF/peer fix",
                                 "//peer fix",
                                 "\\/peer fix",
                                 "&#47;peer fix",
                                 "![x](/peer fix)"})
    EXPECT_EQ(read_command(text).kind, Kind::none) << text;
  const std::string nul("\0/peer fix", 10);
  EXPECT_EQ(read_command(nul).kind, Kind::none);
}

TEST(CommentCommand, IsRefusedWithAReasonWhereItAsksForMore) {
  for (const std::string text : {"/peer apply",
                                 "/peer fix --all",
                                 "/peer fix --verify-cmd=sh",
                                 "/peer review --config=/x",
                                 "/peer review now",
                                 "/peer review --full now",
                                 "/peer review --FULL",
                                 "/peer help me",
                                 "/peer fix; rm -rf /",
                                 "/peer fix $(id)",
                                 "/peer fix 1a2b",
                                 "/peer fix ../../x",
                                 "/peer fix 1A2B3C4D",
                                 "/peer fix 0123456789abcdef0",
                                 "/peer explain",
                                 "/peer explain a b",
                                 "/peer explain --x",
                                 "/peer explain a\"b",
                                 "/peer ignore",
                                 "/peer ignore 1a2b3c4d",
                                 "/peer ignore 1a2b3c4d  ",
                                 "/peer ignore unused-import because",
                                 "/peer f\xD1\x96x",
                                 "/peer fix\x1b[31m",
                                 "/peer f\xE2\x80\x8Bix",
                                 "/peer Fix"})
    EXPECT_EQ(read_command(text).kind, Kind::misuse) << text;
  EXPECT_THAT(read_command("/peer ignore 1a2b3c4d").problem, HasSubstr("reason"));
  std::string many = "/peer fix";
  for (int i = 0; i < 21; ++i)
    many += " 1a2b3c" + std::to_string(10 + i);
  EXPECT_EQ(read_command(many).kind, Kind::misuse);
}

TEST(CommentCommand, TakesLongCommentsInItsStride) {
  const std::string tail(65'536, 'x');
  EXPECT_EQ(read_command("/peer fix\n" + tail).command.verb, Verb::fix);
  EXPECT_EQ(read_command("/peer fix " + tail).kind, Kind::misuse);
  EXPECT_EQ(read_command(tail + "\n/peer fix").kind, Kind::none);
  EXPECT_EQ(read_command("/peer " + std::string(1 << 20, ' ') + "fix").kind, Kind::misuse);
  const auto reason =
      read_command("/peer ignore 1a2b3c4d " + std::string(298, 'x') + "\xC3\xA9\xC3\xA9")
          .command.reason;
  EXPECT_EQ(reason, std::string(298, 'x') + "\xC3\xA9") << "cut between characters";
}

TEST(CommentCommand, HasReasonsThatAreMadeVisible) {
  const auto command = read_command(
                           "/peer ignore 1a2b3c4d a\xE2\x80\xAE"
                           "b\xFF")
                           .command;
  EXPECT_EQ(command.reason, "a<U+202E>b\xEF\xBF\xBD");
}

TEST(CommentCommand, InItsShortFormIsReadAsTheSame) {
  for (const std::string text :
       {"/peer review", "/peer review --full", "/peer fix 1a2b3c", "/peer explain a/b:C-1",
        "/peer ignore 1a2b3c4d  for   a reason", "/peer"}) {
    const auto command = read_command(text).command;
    EXPECT_EQ(read_command(words_of(command)).command, command) << text;
  }
  EXPECT_EQ(read_typed_command(" fix ").command.verb, Verb::fix);
  EXPECT_EQ(read_typed_command("/peer fix").command.verb, Verb::fix);
  EXPECT_EQ(read_typed_command("rm").kind, Kind::misuse);
}

TEST(CommentCommand, NeverComesOfRandomWords) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{"/peer", " ",  "fix", "ignore", "1a2b3c4d", "--",
                                        "a.b=c", "\n", "`",   ">",      "@x",       "\xE2\x80\x8B",
                                        "\t",    "__", "=",   "\0",     "review"};
  std::size_t commands = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n)
      text += pieces[random() % pieces.size()];
    const auto read = read_command(text);
    commands += read.kind == Kind::command ? 1 : 0;
    if (read.kind == Kind::none) continue;
    EXPECT_TRUE(text.starts_with("/peer")) << text;
    if (read.kind != Kind::command) continue;
    for (const auto& id : read.command.ids)
      EXPECT_EQ(id.find_first_of("-= \t\n`>@"), std::string::npos) << text;
    EXPECT_EQ(read_command(words_of(read.command)).command, read.command) << text;
  }
  EXPECT_GT(commands, 100U) << "else this shows nothing";
}

}  // namespace
}  // namespace peer
