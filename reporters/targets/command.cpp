#include "reporters/targets/command.hpp"

#include "reporters/comment_sync/mark.hpp"

namespace peer {
namespace {

CommandWorld world_at(const CommandPlace& where, ForgeTarget& target) {
  return {mark_name(where.options.name),
          target.commands(),
          target.conversation(),
          pauses(where.world),
          where.rule_text,
          [&where, &target](const Report& report) {
            return publish_on(target, report, where.place, where.options, where.world);
          }};
}

}  // namespace

Result<CommandEnded> begin_command_at(const CommandJob& job, const CommandPlace& where) {
  auto target = open_target(where.place, where.options, where.world, where.secrets);
  if (!target) return fail(target.error());
  auto world = world_at(where, **target);
  return begin_command(job, world);
}

Result<CommandEnded> finish_command_at(const CommandJob& job, const Report* report,
                                       const CommandPlace& where) {
  if (report != nullptr)
    if (auto checked = check_report(*report, where.place); !checked) return fail(checked.error());
  auto target = open_target(where.place, where.options, where.world, where.secrets);
  if (!target) return fail(target.error());
  auto world = world_at(where, **target);
  return finish_command(job, report, world);
}

}  // namespace peer
