#include <vector>

#include "bot/cli.hpp"

namespace peer {

#define PEER_COMMANDS(name) std::span<const Command> commands_##name();
#include "bot/commands/catalogue.def"
#undef PEER_COMMANDS

std::span<const Command> all_commands() {
  static const std::vector<Command> kAll = [] {
    std::vector<Command> all;
    for (const auto some : {
#define PEER_COMMANDS(name) commands_##name(),
#include "bot/commands/catalogue.def"
#undef PEER_COMMANDS
         })
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return kAll;
}

}  // namespace peer
