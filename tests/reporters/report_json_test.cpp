#include "reporters/report_json.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "reporters/render/render.hpp"
#include "tests/reporters/random_report.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer {
namespace {

std::string as_json(const Report& report) { return find_renderer("json")->render(report, {}); }

/// The error of reading the sample report after `change` was made to it.
template <class Change>
std::string error_after(Change change) {
  auto json = *parse_json(as_json(test::sample_report()));
  change(json);
  const auto report = read_report(dump_json(json));
  return report ? "" : report.error().message;
}

TEST(ReportJson, ReadingBackLosesNothingOfAnyReport) {
  test::RandomReports random(20260101);
  for (int i = 0; i < 500; ++i) {
    const auto report = random.report();
    const auto json = as_json(report);
    const auto back = read_report(json);
    ASSERT_TRUE(back) << back.error().message << "\n" << json;
    ASSERT_EQ(*back, report) << json;
    ASSERT_EQ(as_json(*back), json);
  }
}

TEST(ReportJson, KeepsPathsAndTextsThatAreNotUtf8InCompanionKeys) {
  auto report = test::clean_report();
  report.change.files[0].path = "caf\xe9.py";
  report.degraded = {"plain", "\xff"};
  const auto json = *parse_json(as_json(report));
  EXPECT_EQ(json["change"]["files"][0]["path"], "caf\xef\xbf\xbd.py");
  EXPECT_EQ(json["change"]["files"][0]["path_bytes"], "Y2Fm6S5weQ==");
  EXPECT_EQ(json["degraded_bytes"]["1"], "/w==");
  EXPECT_FALSE(json["change"]["files"][1].contains("path_bytes"));
  EXPECT_EQ(*read_report(dump_json(json)), report);
}

TEST(ReportJson, HoldsWhatTheSchemaPromises) {
  const auto json = *parse_json(as_json(test::sample_report()));
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["verdict"], "findings");
  const auto& finding = json["findings"][0];
  EXPECT_EQ(finding["rule"], "sql-from-string");
  EXPECT_EQ(finding["line"], 42);
  EXPECT_EQ(finding["column"], 17);
  EXPECT_EQ(finding["side"], "new");
  EXPECT_EQ(finding["cwe"][0], 89);
  EXPECT_EQ(json["findings"][1]["fix"]["safety"], "safe");
  EXPECT_EQ(json["coverage"]["hunks_examined"], 23);
}

TEST(ReportJson, NamesThePlaceOfWhatIsWrong) {
  EXPECT_EQ(error_after([](Json& j) { j["findings"][1]["severity"] = "critical"; }),
            "/findings/1/severity: not one of hint, info, warning, error");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0].erase("rule"); }),
            "/findings/0/rule: missing");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["line"] = -1; }),
            "/findings/0/line: not a whole number from 0");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["line"] = 4294967296; }),
            "/findings/0/line: too large");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["line"] = 1.5; }),
            "/findings/0/line: not a whole number from 0");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["span"]["end"] = 0; }),
            "/findings/0/span: ends before it begins");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["path"] = "a/../../b"; }),
            "/findings/0/path: not a path inside the repository");
  EXPECT_EQ(error_after([](Json& j) { j["fixes"][0]["path"] = "/etc/passwd"; }),
            "/fixes/0/path: not a path inside the repository");
  EXPECT_EQ(error_after([](Json& j) { j["findings"] = Json::object(); }),
            "/findings: not an array");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["frame"]["lines"][1] = nullptr; }),
            "/findings/0/frame/lines/1: not a string");
  EXPECT_EQ(error_after([](Json& j) { j["receipt"] = 3; }), "/receipt: not an object");
  EXPECT_EQ(error_after([](Json& j) { j["complete"] = "yes"; }), "/complete: not true or false");
  EXPECT_EQ(error_after([](Json& j) { j["version"] = 2; }),
            "/version: 2 is not the version this Peer reads (1)");
  EXPECT_EQ(error_after([](Json& j) { j["unknown"] = 2; }), "");
}

TEST(ReportJson, BytesMustBeThoseOfTheTextTheyStandBeside) {
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["path_bytes"] = "Li4vZXRjL3Bhc3N3ZA=="; }),
            "/findings/0/path_bytes: other bytes than those of the text");
  EXPECT_EQ(error_after([](Json& j) { j["findings"][0]["rule_bytes"] = "!"; }),
            "/findings/0/rule_bytes: not Base64");
  EXPECT_EQ(error_after([](Json& j) {
              j["degraded_bytes"] = {{"7", "/w=="}};
            }),
            "/degraded_bytes: names no entry of the list");
}

TEST(ReportJson, RefusesWhatIsNoReport) {
  for (const auto* text : {"", "[]", "null", "{", "{}", "\"version\"", "{\"version\":true}"})
    EXPECT_FALSE(read_report(text)) << text;
  EXPECT_FALSE(read_report(std::string(100000, '[')));
  EXPECT_FALSE(
      read_report("{\"version\":1,\"x\":" + std::string(40, '[') + std::string(40, ']') + "}"));
}

TEST(ReportJson, NeverFallsOverOnADamagedReport) {
  const auto whole = as_json(test::sample_report());
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    auto text = whole;
    for (int k = 0; k < 3; ++k)
      text[random() % text.size()] = static_cast<char>(random());
    if (i % 5 == 0) text.resize(random() % text.size());
    const auto report = read_report(text);
    if (!report) {
      EXPECT_FALSE(report.error().message.empty());
    }
  }
}

}  // namespace
}  // namespace peer
