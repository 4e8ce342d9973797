#include "llm/guard/placeholders.hpp"

#include <string>

#include <gtest/gtest.h>

#include "analyzers/checks/secrets/format.hpp"
#include "analyzers/checks/secrets/sample.hpp"
#include "analyzers/checks/secrets/scan.hpp"

namespace peer {
namespace {

/// A made-up token that every scanner knows.
std::string token(int seed) {
  return secrets::make_sample("ghp_{w30}{crc}", static_cast<std::uint64_t>(seed));
}

TEST(Placeholders, StandInForSecretsAndComeBackInTheSameFile) {
  const auto secret = token(1);
  const std::string text = "a = \"" + secret + "\"\nb = \"" + secret + "\"\n";
  ASSERT_FALSE(secrets::scan_secrets(text).empty());
  Placeholders hidden;
  const auto shown = hidden.hide(text, "src/a.py");
  EXPECT_EQ(shown.find(secret), std::string::npos);
  EXPECT_EQ(hidden.size(), 1U);
  EXPECT_EQ(hidden.restore(shown, "src/a.py"), text);
  EXPECT_EQ(hidden.restore(shown, "src/b.py"), shown) << "another file gets no secret of this one";
  EXPECT_EQ(hidden.hide(text, "src/a.py"), shown) << "the same within a run";
  EXPECT_EQ(hidden.restore("PEER_SECRET_9_00000000 PEER_SECRET_", "src/a.py"),
            "PEER_SECRET_9_00000000 PEER_SECRET_");
}

TEST(Placeholders, LeaveTextWithoutSecretsAlone) {
  Placeholders hidden;
  EXPECT_EQ(hidden.hide("x = 1\n", "a.py"), "x = 1\n");
  EXPECT_EQ(hidden.size(), 0U);
}

TEST(Egress, RefusesWhatStillHoldsASecret) {
  EXPECT_TRUE(check_egress(R"({"messages":[{"content":"x = 1"}]})").has_value());
  const auto secret = token(2);
  const auto refused = check_egress("{\"messages\":[{\"content\":\"a = " + secret + "\\nb\"}]}");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_EQ(refused.error().message.find(secret.substr(4, 8)), std::string::npos);
  Placeholders hidden;
  EXPECT_TRUE(check_egress(hidden.hide("a = " + secret, "a.py")).has_value());
}

TEST(Fence, ShowsWhatCannotBeSeen) {
  const auto text = fenced(
      "a\xE2\x80\xAE"
      "b\x1b[0m");
  const auto mark = text.substr(3, 32);
  EXPECT_EQ(mark.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_TRUE(text.starts_with("<<<" + mark + "\n"));
  EXPECT_TRUE(text.ends_with("\n" + mark + ">>>"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("U+202E"), std::string::npos);
}

}  // namespace
}  // namespace peer
