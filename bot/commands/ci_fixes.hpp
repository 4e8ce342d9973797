// The proofs that let `peer ci` offer fixes for committing. One thread.
#pragma once

#include <string>
#include <vector>

#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"

namespace peer {

/// Which fixes, and what for.
struct FixesWanted {
  bool texts = false;            ///< they are to be committed: the report holds the files with them
  std::vector<std::string> ids;  ///< beginnings of the keys of findings; empty: all
};

/// Tries the fixes of the findings on copies of their files and puts them, proved or refuted, into
/// the report. Nothing is written. What cannot be tried is left as it is, and the report says so.
void prove_fixes(Reviewed& reviewed, Session& session, const FixesWanted& which = {});

}  // namespace peer
