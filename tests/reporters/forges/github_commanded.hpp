// Commands in comments on a fake GitHub.
#pragma once

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/github_fake.hpp"
#include "tests/reporters/forges/commanded.hpp"

namespace peer::test {

inline const std::string kHead(40, 'a');

class GitHubCommanded : public ::testing::Test, public Commanding {
 protected:
  using Fault = fakes::GitHubFake::Fault;
  fakes::GitHubFake forge;

  void SetUp() override {
    place.api = forge.url();
    place.graphql = forge.url() + "/graphql";
    place.project = forge.repository;
    place.number = forge.number;
    place.token = "writer";
    job.comment = "55";
    forge.permissions = {
        {"mona", "write"}, {"reader", "read"}, {"boss", "admin"}, {"triager", "triage"}};
    forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  }
  void TearDown() override { EXPECT_THAT(forge.problems, ::testing::IsEmpty()); }

  /// The one answer of Peer's.
  std::string answer() {
    std::string found;
    for (const auto& each : forge.comments)
      if (each.body.starts_with("<!-- peer:answer:v1")) {
        EXPECT_EQ(found, "") << "a second answer";
        found = each.body;
      }
    return found;
  }
  void fault_once(const std::string& part, Fault what, int nth = 1) {
    forge.fault = [=, left = nth](const fakes::ServedRequest& request) mutable {
      const bool it = request.method == "POST" &&
                      (request.target + request.body).find(part) != std::string::npos;
      return it && --left == 0 ? what : Fault{};
    };
  }
};

}  // namespace peer::test
