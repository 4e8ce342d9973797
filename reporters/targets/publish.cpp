#include "reporters/targets/publish.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "base/text.hpp"
#include "reporters/comment_sync/describe.hpp"
#include "reporters/comment_sync/plan.hpp"
#include "reporters/targets/github.hpp"
#include "reporters/targets/gitlab.hpp"

namespace peer {
namespace {

bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

PublishOptions options_for(const ForgePlace& place, PublishOptions options) {
  options.target = place.target;
  if (place.kind == ForgeKind::gitlab) {
    options.style = SuggestionStyle::gitlab;
    options.check = options.code_scanning = false;  // the job's state and its artifacts say it
  }
  // who opened the change could have written these fixes, and the proof that goes with them
  if (place.foreign) options.suggestions = false;
  return options;
}

}  // namespace

std::function<bool(int)> pauses(const ForgeWorld& world) {
  return [&world](int round) {
    return world.sleep(std::chrono::seconds(1 << std::min(round, 5))) &&
           !world.stop.stop_requested();
  };
}

Result<std::unique_ptr<ForgeTarget>> open_target(const ForgePlace& place,
                                                 const PublishOptions& options,
                                                 const ForgeWorld& world,
                                                 std::vector<std::string> secrets) {
  return place.kind == ForgeKind::github ? open_github(place, options, world, std::move(secrets))
                                         : open_gitlab(place, options, world, std::move(secrets));
}

SyncOutcome publish_on(ForgeTarget& target, const Report& report, const ForgePlace& place,
                       const PublishOptions& options, const ForgeWorld& world) {
  const auto here = options_for(place, options);
  const auto wanted = [&](const std::vector<SetAside>& aside) {
    return wanted_from(without(report, aside), here);
  };
  return sync(wanted, target.conversation(), pauses(world), world.stop);
}

Result<void> check_report(const Report& report, const ForgePlace& place) {
  if (!is_commit(report.change.head))
    return fail(ErrorKind::invalid_input,
                "this report is not about a commit: review a range that ends in one");
  if (!place.head.empty() && place.head != report.change.head)
    return fail(
        ErrorKind::invalid_input,
        fmt::format("this report is about {}, the event of this job about {}",
                    report.change.head.substr(0, 10), visible(place.head.substr(0, 10), false)));
  return {};
}

Result<SyncOutcome> publish(const Report& report, const ForgePlace& place,
                            const PublishOptions& options, const ForgeWorld& world,
                            std::vector<std::string> secrets) {
  if (auto checked = check_report(report, place); !checked) return fail(checked.error());
  auto target = open_target(place, options, world, std::move(secrets));
  if (!target) return fail(target.error());
  return publish_on(**target, report, place, options, world);
}

Result<std::string> rehearse(const Report& report, const ForgePlace& place,
                             const PublishOptions& options, const ForgeWorld& world) {
  if (auto checked = check_report(report, place); !checked) return fail(checked.error());
  const auto here = options_for(place, options);
  auto wanted = wanted_from(report, here);
  Said said;
  said.change.head = wanted.head;
  said.change.target = wanted.target;
  if ((!place.token.empty() || !place.app_key.empty()) && !place.job_token) {
    auto target = open_target(place, here, world, {});
    if (!target) return fail(target.error());
    auto there = (*target)->conversation().read({});
    if (!there) return fail(there.error());
    said = std::move(*there);
    wanted = wanted_from(without(report, set_aside_in(said.answers)), here);
  }
  if (const auto why = moved_on(wanted, said.change); !why.empty()) return why + "\n";
  return describe(plan(wanted, said, {}));
}

}  // namespace peer
