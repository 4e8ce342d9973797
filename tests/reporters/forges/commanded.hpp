// What tests of commands share: reports whose fixes are to be committed, and carrying out a command
// in its two steps with waiting that takes no time.
#pragma once

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "reporters/targets/command.hpp"
#include "tests/reporters/forges/small_report.hpp"

namespace peer::test {

/// An error on line 3 of src/a.py with a proved fix, whose text is to be committed.
inline Report report_to_commit(const std::string& head) {
  auto report = report_with({3}, head);
  add_fix(report, 0, 3, 3, "better\n");
  report.change.files[0].after = BlobRef{std::string(40, '1'), 10, 0100644, false};
  report.fixed = std::vector<FixedText>{{"src/a.py", "one\nbetter\n"}};
  return report;
}

class Commanding {
 public:
  ForgePlace place;
  PublishOptions options;
  CommandJob job;
  bool keep_waiting = true;

  Commanding() {
    job.to = "comment-55";
    job.user = job.login = "mona";
    ask("/peer fix");
  }
  void ask(const std::string& text) { job.text = read_command(text); }

  CommandEnded begin() {
    return with_world([&](const CommandPlace& where) { return begin_command_at(job, where); });
  }
  CommandEnded finish(const Report* report) {
    return with_world(
        [&](const CommandPlace& where) { return finish_command_at(job, report, where); });
  }
  /// Both steps, with `report` as what the review between them finds.
  CommandEnded all(const Report& report) {
    const auto begun = begin();
    return begun.review ? finish(&report) : begun;
  }
  Result<SyncOutcome> publish(const Report& report) {
    Result<SyncOutcome> out = SyncOutcome{};
    (void)with_world([&](const CommandPlace& where) {
      out = peer::publish(report, where.place, where.options, where.world);
      return Result<CommandEnded>(CommandEnded{});
    });
    return out;
  }

 private:
  template <class F>
  CommandEnded with_world(F step) {
    HttpOptions http;
    http.allowed = {{parse_url(place.api)->origin, true}};
    HttpEngine engine(http);
    ForgeWorld world{engine, clock_, [this](std::chrono::milliseconds) { return keep_waiting; }};
    world.spacing = std::chrono::milliseconds(0);
    const CommandPlace where{place, options, world, {}, [](std::string_view id) {
                               return id == "known-rule"
                                          ? std::optional<std::string>("known-rule: why\n```\n@x")
                                          : std::nullopt;
                             }};
    auto ended = step(where);
    EXPECT_TRUE(ended.has_value()) << ended.error().message;
    return ended ? *ended : CommandEnded{};
  }

  Clock clock_;
};

}  // namespace peer::test
