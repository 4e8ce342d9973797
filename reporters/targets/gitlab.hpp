// Publishing on GitLab. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reporters/comment_sync/wanted.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/place.hpp"
#include "reporters/targets/target.hpp"

namespace peer {

/// The merge request of `place`. Fails with refused where there is no token that may comment, or
/// where `place` cannot be talked to safely.
[[nodiscard]] Result<std::unique_ptr<ForgeTarget>> open_gitlab(const ForgePlace& place,
                                                               const PublishOptions& options,
                                                               const ForgeWorld& world,
                                                               std::vector<std::string> secrets);

}  // namespace peer
