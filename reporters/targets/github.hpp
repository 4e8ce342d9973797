// Publishing on GitHub. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reporters/comment_sync/wanted.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/place.hpp"
#include "reporters/targets/target.hpp"

namespace peer {

/// The headers of every request.
[[nodiscard]] ForgeHttp::Headers github_headers();

/// Who asks at `place`: its App, or its token. Fails with refused where there is neither.
[[nodiscard]] Result<std::unique_ptr<ForgeAuth>> github_auth(const ForgePlace& place,
                                                             const ForgeWorld& world);

/// The pull request of `place`, found by its branch where the event does not number it. Fails with
/// refused where there is no token, or where `place` cannot be talked to safely.
[[nodiscard]] Result<std::unique_ptr<ForgeTarget>> open_github(const ForgePlace& place,
                                                               const PublishOptions& options,
                                                               const ForgeWorld& world,
                                                               std::vector<std::string> secrets);

}  // namespace peer
