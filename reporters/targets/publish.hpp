// Publishing a report on a forge: what a command needs to know of it. One thread per call.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "reporters/comment_sync/sync.hpp"
#include "reporters/comment_sync/wanted.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/place.hpp"
#include "reporters/report.hpp"
#include "reporters/targets/target.hpp"

namespace peer {

/// Whether `report` may be said at `place`: it must be about a commit, and about the one that the
/// job's event names, if it names one. A report of a fork's job is written by whoever opened the
/// change. Fails with invalid_input.
[[nodiscard]] Result<void> check_report(const Report& report, const ForgePlace& place);

/// Brings what stands on the forge in line with `report`. All that is sent is scanned for `secrets`
/// and the token of `place`.
[[nodiscard]] Result<SyncOutcome> publish(const Report& report, const ForgePlace& place,
                                          const PublishOptions& options, const ForgeWorld& world,
                                          std::vector<std::string> secrets = {});

/// The change of `place`, ready to be talked about; fails as open_github() and open_gitlab() do.
[[nodiscard]] Result<std::unique_ptr<ForgeTarget>> open_target(const ForgePlace& place,
                                                               const PublishOptions& options,
                                                               const ForgeWorld& world,
                                                               std::vector<std::string> secrets);

/// publish() where the forge is open already.
[[nodiscard]] SyncOutcome publish_on(ForgeTarget& target, const Report& report,
                                     const ForgePlace& place, const PublishOptions& options,
                                     const ForgeWorld& world);

/// How long to wait before looking again: 2 s, 4 s, ... Refers to `world`.
[[nodiscard]] std::function<bool(int round)> pauses(const ForgeWorld& world);

/// What publish() would write, in words and with every text in full. Reads the forge only where
/// `place` holds a token; else it is taken to be empty.
[[nodiscard]] Result<std::string> rehearse(const Report& report, const ForgePlace& place,
                                           const PublishOptions& options, const ForgeWorld& world);

}  // namespace peer
