// peer cache stats, gc, clear: what is kept between runs.
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"
#include "cache/cache_db.hpp"

namespace peer {
namespace {

/// Opens the cache of this user and does something with it.
template <class Work>
int with_cache(const Invocation& invocation, Session& session, Work work) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  if (config->cache_dir.empty()) {
    session.complain("there is no cache: neither HOME nor XDG_CACHE_HOME is set");
    return kExitUsage;
  }
  auto cache = CacheDb::open(config->cache_dir / "cache.db", {}, *session.clock);
  if (!cache) return complain(cache.error(), session);
  const int code = work(*cache, (config->cache_dir / "cache.db").string());
  for (const auto& note : cache->notes())
    session.complain(note);
  return code;
}

int stats(const Invocation& invocation, Session& session) {
  return with_cache(invocation, session, [&](CacheDb& cache, const std::string& path) {
    const auto stats = cache.stats();
    if (!stats) return complain(stats.error(), session);
    auto text = fmt::format("{}\n{}, {} bytes in a file of {}\n", path,
                            count_of(stats->entries, "entry", "entries"), with_commas(stats->bytes),
                            with_commas(stats->file_bytes));
    for (const auto& kind : stats->kinds)
      text += fmt::format("  {:<16} {:>8}  {:>14} bytes\n", kind.kind, with_commas(kind.entries),
                          with_commas(kind.bytes));
    session.out(text);
    return kExitClean;
  });
}

int gc(const Invocation& invocation, Session& session) {
  return with_cache(invocation, session, [&](CacheDb& cache, const std::string&) {
    const auto evicted = cache.gc();
    if (!evicted) return complain(evicted.error(), session);
    session.out(fmt::format("removed {}\n", count_of(*evicted, "entry", "entries")));
    return kExitClean;
  });
}

int clear(const Invocation& invocation, Session& session) {
  return with_cache(invocation, session, [&](CacheDb& cache, const std::string& path) {
    if (const auto cleared = cache.clear(); !cleared) return complain(cleared.error(), session);
    session.out(fmt::format("{} is empty\n", path));
    return kExitClean;
  });
}

}  // namespace

std::span<const Command> commands_cache() {
  static const std::array kCommands{
      Command{.name = "cache stats",
              .alias = {},
              .arguments = {},
              .summary = "Say what the cache holds.",
              .details = {},
              .flags = {},
              .run = stats},
      Command{.name = "cache gc",
              .alias = {},
              .arguments = {},
              .summary = "Remove the least recently used entries if the cache is over its limit.",
              .details = {},
              .flags = {},
              .run = gc},
      Command{.name = "cache clear",
              .alias = {},
              .arguments = {},
              .summary = "Empty the cache.",
              .details = {},
              .flags = {},
              .run = clear},
  };
  return kCommands;
}

}  // namespace peer
