// An open state.db that many threads use in turn. Inside cache only.
#pragma once

#include <mutex>
#include <utility>

#include "base/clock.hpp"
#include "cache/state_schema.hpp"
#include "cache/store/sqlite.hpp"

namespace peer {

struct GuardedDatabase {
  GuardedDatabase(Database opened, const Clock& time) : database(std::move(opened)), clock(&time) {}

  Database database;
  const Clock* clock;
  std::mutex lock;

  /// What `work` gives, alone on the database; an error with the words that recover from it.
  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    const std::lock_guard guard(lock);
    auto done = work();
    return done ? std::move(done) : fail(with_recovery(done.error(), database.path()));
  }
};

}  // namespace peer
