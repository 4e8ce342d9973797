#include "reporters/forges/watched.hpp"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace peer {

void Watched::looked(const ChangeNow& now) {
  seen_ = now;
  seen_.labels.clear();
  fresh_ = true;
}

Sent Watched::send(ForgeHttp& http, const Look& look, std::string_view method, std::string_view url,
                   const Json& body) {
  const auto changed = [&]() -> std::string {
    auto now = look();
    if (!now) return now.error().message;
    now->labels.clear();
    moved_on_ = *now != seen_;
    return moved_on_ ? "the change is not what it was a moment ago" : "";
  };
  moved_on_ = false;
  if (!std::exchange(fresh_, false))
    if (auto why = changed(); !why.empty())
      return {{WriteEnd::Kind::unsure, std::move(why), {}}, {}};
  return http.send(method, url, body, changed);
}

}  // namespace peer
