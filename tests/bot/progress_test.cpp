#include "bot/progress.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A clock that stands until it is moved.
struct HandClock : Clock {
  std::chrono::milliseconds at{10'000};
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(at);
  }
};

/// A session on a terminal of 40 columns, and what was written to standard error.
struct Terminal {
  HandClock clock;
  std::string said;
  Session session;

  Terminal() {
    session.clock = &clock;
    session.err = [this](std::string_view text) { said += text; };
    session.err_is_terminal = true;
    session.width = 40;
  }
  std::string taken() { return std::exchange(said, {}); }
};

TEST(Progress, SaysNothingOfWorkThatTakesLessThanHalfASecond) {
  Terminal terminal;
  {
    Progress progress(terminal.session);
    progress.started(2);
    terminal.clock.at += std::chrono::milliseconds(499);
    progress.examined("a.py");
    progress.examined("b.py");
  }
  EXPECT_THAT(terminal.said, IsEmpty());
}

TEST(Progress, IsOneLineThatIsWrittenOverAndErasedAtTheEnd) {
  Terminal terminal;
  {
    Progress progress(terminal.session);
    progress.started(3);
    terminal.clock.at += std::chrono::milliseconds(500);
    progress.examined("a.py");
    EXPECT_EQ(terminal.taken(), "\r\x1b[Kexamining 1/3  a.py");
    terminal.clock.at += std::chrono::milliseconds(99);
    progress.examined("b.py");
    EXPECT_EQ(terminal.taken(), "");
    terminal.clock.at += std::chrono::milliseconds(1);
    progress.examined("c.py");
    EXPECT_EQ(terminal.taken(), "\r\x1b[Kexamining 3/3  c.py");
  }
  EXPECT_EQ(terminal.said, "\r\x1b[K");
}

TEST(Progress, IsNotWrittenWhereThereIsNoTerminal) {
  Terminal terminal;
  terminal.session.err_is_terminal = false;
  {
    Progress progress(terminal.session);
    progress.started(1);
    terminal.clock.at += std::chrono::seconds(5);
    progress.examined("a.py");
  }
  EXPECT_THAT(terminal.said, IsEmpty());
}

TEST(Progress, ShowsNoEscapeOfAPathAndNoMoreThanTheTerminalIsWide) {
  Terminal terminal;
  Progress progress(terminal.session);
  progress.started(1);
  terminal.clock.at += std::chrono::seconds(1);
  progress.examined("a\x1b[2J\n" + std::string(200, 'x'));
  const auto line = terminal.taken().substr(4);
  EXPECT_THAT(line, Not(HasSubstr("\x1b")));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_EQ(line.size(), 39U);
}

}  // namespace
}  // namespace peer
