// Members of values. Of what a function was given a summary speaks member by member
// (Value::given_as), since its callers know more of one than of all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/taint/session.hpp"
#include "analyzers/taint/value.hpp"

namespace peer::taint {

/// The element of `container` under `key`; of what a function was given that member alone.
[[nodiscard]] Value part(Session& session, const Value& container,
                         const std::optional<std::string>& key);
/// `holder` with something of `facts` in its member, or somewhere in it where that is "".
[[nodiscard]] Value with_more(Session& session, const Value& holder, const std::string& member,
                              const std::vector<Fact>& facts);

}  // namespace peer::taint
