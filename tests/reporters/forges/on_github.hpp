// What tests on GitHub share: the fake, and a publisher whose waiting takes no time.
#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "reporters/targets/publish.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer::test {

using fakes::GitHubFake;
using std::chrono::milliseconds;
using Fault = GitHubFake::Fault;

class OnGitHub : public ::testing::Test {
 protected:
  GitHubFake forge;
  std::vector<milliseconds> slept;
  Clock clock;
  PublishOptions options;
  ForgePlace place;

  void SetUp() override {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = forge.repository;
    place.number = forge.number;
    place.target = "main";
    place.token = "writer";
  }

  Result<SyncOutcome> publish(const Report& report) {
    HttpOptions http;
    http.allowed = {{parse_url(place.api)->origin, true}};
    HttpEngine engine(http);
    ForgeWorld world{engine, clock, [this](milliseconds time) {
                       slept.push_back(time);
                       return true;
                     }};
    world.spacing = milliseconds(0);
    return peer::publish(report, place, options, world);
  }

  /// Publishes what was found at the forge's head; the fake learns the diff.
  SyncOutcome run(const std::vector<int>& lines, char head = 'a') {
    auto report = report_with(lines, std::string(40, head));
    forge.head = report.change.head;
    forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
    auto out = publish(report);
    EXPECT_TRUE(out.has_value()) << out.error().message;
    EXPECT_THAT(forge.problems, ::testing::IsEmpty());
    return out ? *out : SyncOutcome{};
  }
  std::size_t writes_of(const std::vector<int>& lines, char head = 'a') {
    const auto before = forge.writes();
    EXPECT_EQ(run(lines, head).failure, "");
    return forge.writes() - before;
  }
  /// Answers the nth request that matches with a fault.
  void fault_once(const std::string& method, const std::string& part, Fault what, int nth = 1) {
    forge.fault = [=, left = nth](const fakes::ServedRequest& request) mutable {
      if (request.method != method || request.target.find(part) == std::string::npos || --left != 0)
        return Fault{};
      return what;
    };
  }
};

}  // namespace peer::test
