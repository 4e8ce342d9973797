// Requests that change something about a change, none of which goes out unlooked: one write of the
// planner may take several of them, and the forge may ask for minutes of patience before one. One
// thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"
#include "reporters/comment_sync/conversation.hpp"
#include "reporters/forges/forge_http.hpp"

namespace peer {

class Watched {
 public:
  using Look = std::function<Result<ChangeNow>()>;

  /// The planner looks at the change and goes on: the next request needs no look of its own.
  void looked(const ChangeNow& now);

  /// Sends it where the change still is as the planner saw it, in all but its labels; else, and
  /// where `look` fails, the end is `unsure` and nothing was sent.
  [[nodiscard]] Sent send(ForgeHttp& http, const Look& look, std::string_view method,
                          std::string_view url, const Json& body);

  /// Whether the last request was not sent because the change is no longer as the planner saw it.
  [[nodiscard]] bool has_moved_on() const { return moved_on_; }

 private:
  ChangeNow seen_;
  bool fresh_ = false;
  bool moved_on_ = false;
};

}  // namespace peer
