// peer doctor: what works here and what does not, so that a surprise in a run is no surprise.
#include <array>
#include <fmt/format.h>
#include <unistd.h>

#include "analyzers/import/expat_version.hpp"
#include "analyzers/import/gunzip.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/abi.hpp"
#include "base/http_version.hpp"
#include "base/nettle_version.hpp"
#include "base/yaml.hpp"
#include "bot/ai/ai.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/git/repository.hpp"
#include "bot/git/version.hpp"
#include "bot/sandbox/confine.hpp"
#include "bot/sandbox/sandboxed_check.hpp"
#include "bot/sandbox/version.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"
#include "cache/cache_db.hpp"
#include "cache/state_db.hpp"
#include "cache/store/version.hpp"

namespace peer {
namespace {

/// Collects rows; one that is wrong makes the exit code 2.
class Rows {
 public:
  void ok(std::string_view what, std::string_view how) { add("ok", what, how); }
  void note(std::string_view what, std::string_view how) { add("note", what, how); }
  void wrong(std::string_view what, std::string_view how) {
    add("wrong", what, how);
    all_well_ = false;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool all_well() const { return all_well_; }

 private:
  void add(std::string_view state, std::string_view what, std::string_view how) {
    text_ += fmt::format("{:<6} {:<14} {}\n", state, what, how);
  }
  std::string text_;
  bool all_well_ = true;
};

/// Those that tell their version; RE2 does not.
void look_at_libraries(Rows& rows) {
  rows.ok("libraries", fmt::format("libgit2 {}, SQLite {}, hiredis {}, libseccomp {}, zlib {}, "
                                   "expat {}, libyaml {}, nettle {}, grammars up to ABI {}",
                                   libgit2_version(), sqlite_version(), hiredis_version(),
                                   seccomp_library_version(), linked_zlib(), expat_version(),
                                   libyaml_version(), nettle_version(), grammar_abi()));
  if (const auto curl = curl_version_words())
    rows.ok("network", "libcurl " + *curl + ", loaded when it is first needed");
  else
    rows.note("network", curl.error().message);
}

void look_at_repository(const Session& session, const Invocation& invocation, Rows& rows) {
  const auto repository = Repository::open(session.folder, {invocation.has("trust-owner")});
  if (!repository) return rows.note("repository", repository.error().message);
  const auto branch = repository->branch().value_or("detached HEAD");
  rows.ok("repository", fmt::format("{}, {}{}", repository->git_dir().string(), branch,
                                    repository->is_shallow() ? ", shallow" : ""));
}

void look_at_stores(const Config& config, const Session& session, Rows& rows) {
  if (config.cache_dir.empty()) {
    rows.note("cache", "neither HOME nor XDG_CACHE_HOME is set: nothing is kept between runs");
  } else if (auto cache = CacheDb::open(config.cache_dir / "cache.db", {}, *session.clock);
             !cache) {
    rows.note("cache", cache.error().message);
  } else {
    rows.ok("cache", (config.cache_dir / "cache.db").string());
    for (const auto& note : cache->notes())
      rows.note("cache", note);
  }
  if (config.state_dir.empty())
    return rows.note("state",
                     "neither HOME nor XDG_STATE_HOME is set: no last report, no audit history");
  if (const auto state = StateDb::open(config.state_dir / "state.db", *session.clock); !state)
    return rows.wrong("state", state.error().message);
  rows.ok("state", (config.state_dir / "state.db").string());
}

/// Keys that would go to the wrong provider; nobody is asked.
void look_at_keys(const Config& config, const Session& session, Rows& rows) {
  const auto providers = known_providers(config, session);
  if (!providers) return rows.wrong("models", providers.error().message);
  for (const auto& key : misplaced_keys(*providers, session.environment)) {
    if (config.ai.roster.mode == AiMode::local)
      rows.note("models", sentence_of(key));
    else
      rows.wrong("models", sentence_of(key));
  }
}

void look_at_sandboxes(const Session& session, Rows& rows) {
  const int landlock = landlock_version();
  if (landlock == 0)
    rows.note("isolation",
              "this kernel has no Landlock: workers (--isolate) are held by seccomp alone");
  else
    rows.ok(
        "isolation",
        fmt::format("workers (--isolate) are held by Landlock version {} and seccomp", landlock));
  const auto kind = available_sandbox(session.environment);
  if (kind == SandboxKind::none)
    rows.note("verify-cmd",
              "no sandbox works here, so --verify-cmd will refuse to run; install bubblewrap");
  else
    rows.ok("verify-cmd", fmt::format("runs in {}", to_string(kind)));
}

int doctor(const Invocation& invocation, Session& session) {
  Rows rows;
  rows.ok("peer", fmt::format("{}, {} languages", PEER_VERSION, all_languages().size()));
  look_at_libraries(rows);
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (config)
    rows.ok("configuration", config->origins.empty()
                                 ? "defaults"
                                 : fmt::format("{} keys set", config->origins.size()));
  else
    rows.wrong("configuration", config.error().message);
  look_at_repository(session, invocation, rows);
  if (config)
    look_at_stores(*config, session, rows);
  else
    rows.note("stores", "not looked at: the configuration says where they are");
  if (config) look_at_keys(*config, session, rows);
  look_at_sandboxes(session, rows);
  session.out(rows.text());
  return rows.all_well() ? kExitClean : kExitUsage;
}

constexpr auto kFlags = std::to_array<std::string_view>({"trust-owner"});

}  // namespace

std::span<const Command> commands_doctor() {
  static const std::array kCommands{
      Command{.name = "doctor",
              .alias = {},
              .arguments = {},
              .summary =
                  "Say what works here: repository, configuration, stores, sandboxes, libraries.",
              .details = {},
              .flags = kFlags,
              .run = doctor},
  };
  return kCommands;
}

}  // namespace peer
