// The overview of many audits, in each of its formats.
#include "reporters/render/overview.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/reporters/outside.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

AuditOverview two() {
  AuditOverview overview{"0.1.0", {}, {"line 3 repeats line 1"}};
  AuditedRepository good;
  good.name = "https://host/a";
  good.verdict = Verdict::findings;
  good.complete = true;
  good.counts = {0, 0, 2, 1};
  good.files = 10;
  good.files_examined = 9;
  good.trend = AuditPoint{"", "", 3, true, 1, 2, 2};
  good.report = "host-a-1.html";
  AuditedRepository bad;
  bad.name = "../<script>alert(1)</script>|@all\x1b[31m";
  bad.error = "it was ended by signal 11";
  bad.exit_code = 70;
  overview.repositories = {good, bad};
  return overview;
}

TEST(Overview, NamesWhatFailedInEveryFormat) {
  for (const auto* format : {"terminal", "markdown", "html", "json"}) {
    const auto text = render_overview(two(), format);
    ASSERT_TRUE(text.has_value());
    EXPECT_THAT(*text, HasSubstr("signal 11")) << format;
    EXPECT_THAT(*text, HasSubstr("line 3 repeats line 1")) << format;
  }
  EXPECT_FALSE(render_overview(two(), "sarif").has_value());
}

TEST(Overview, SaysHowManyAreHow) {
  const auto text = render_overview(two(), "terminal");
  EXPECT_THAT(*text, HasSubstr("2 repositories: 1 with findings, 1 failed\n"));
  EXPECT_THAT(*text, HasSubstr("1 new, 2 fixed, 2 recurring"));
}

TEST(Overview, NamesOfRepositoriesAreOnlyText) {
  EXPECT_THAT(*render_overview(two(), "html"), Not(HasSubstr("<script")));
  EXPECT_THAT(*render_overview(two(), "terminal"), Not(HasSubstr("\x1b")));
  const auto markdown = *render_overview(two(), "markdown");
  EXPECT_THAT(markdown, HasSubstr("`../<script>alert(1)</script><U+007C>@all"))
      << "a code span, which no table cell ends";
}

TEST(Overview, IsJsonForPrograms) {
  const auto json = parse_json(*render_overview(two(), "json"));
  ASSERT_TRUE(json.has_value());
  const auto& rows = json->at("repositories");
  EXPECT_EQ(rows[0].at("errors"), 1);
  EXPECT_EQ(rows[0].at("fixed"), 2);
  EXPECT_EQ(rows[0].at("report"), "host-a-1.html");
  EXPECT_EQ(rows[1].at("verdict"), "failed");
  EXPECT_EQ(rows[1].at("exit_code"), 70);
}

TEST(Overview, IsAPageForEveryone) {
  const test::Folder folder;
  const auto pictures = std::filesystem::path(PEER_SOURCE_DIR) / "build" / "screenshots";
  std::filesystem::create_directories(pictures);
  const auto file = folder.write("overview.html", *render_overview(two(), "html"));
  const auto looked = test::run(test::tool("html_page.mjs") + " overview '" + file + "' '" +
                                pictures.string() + "'");
  EXPECT_EQ(looked.code, 0) << looked.output;
}

}  // namespace
}  // namespace peer
