// What tests on a forge share: its fake, a publisher whose waiting takes no time, and faults.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "reporters/targets/publish.hpp"
#include "tests/fakes/http_server.hpp"
#include "tests/reporters/forges/hurried.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer::test {

template <class Fake>
class OnForge : public ::testing::Test {
 protected:
  using Fault = typename Fake::Fault;
  using milliseconds = std::chrono::milliseconds;

  Fake forge;
  std::vector<milliseconds> slept;
  Clock clock;
  PublishOptions options;
  ForgePlace place;
  bool in_a_hurry = false;  ///< no answer is waited for longer than a moment

  void SetUp() override {
    place.api = forge.url();
    place.target = "main";
    place.token = "writer";
  }
  Result<SyncOutcome> publish(const Report& report) {
    HttpOptions http;
    http.allowed = {{parse_url(place.api)->origin, true}};
    HttpEngine engine(http);
    Hurried hurried(engine);
    HttpTransport& transport = in_a_hurry ? static_cast<HttpTransport&>(hurried) : engine;
    ForgeWorld world{transport, clock, [this](milliseconds time) {
                       slept.push_back(time);
                       return true;
                     }};
    world.spacing = milliseconds(0);
    auto out = peer::publish(report, place, options, world);
    forge.settle();
    return out;
  }
  /// What the fake is to know of the diff before each run.
  virtual void learn_diff() {}
  /// Publishes what was found at the forge's head.
  SyncOutcome run(const std::vector<int>& lines, char head = 'a') {
    auto report = report_with(lines, std::string(40, head));
    forge.head = report.change.head;
    learn_diff();
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
