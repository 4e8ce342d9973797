// Where a text goes that is made piece by piece.
#pragma once

#include <functional>
#include <string_view>

namespace peer {

/// Takes the pieces in order; the text is all of them.
using TextSink = std::function<void(std::string_view piece)>;

}  // namespace peer
