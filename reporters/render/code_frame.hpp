// The lines around a finding with marks under what is meant, for terminals. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>

#include "analyzers/finding.hpp"
#include "reporters/render/render.hpp"

namespace peer {

/// The code frame of `finding`, its related places merged in, each line indented and ended; "" when
/// it has no frame. No line is wider than `options.width`.
[[nodiscard]] std::string code_frame(const Finding& finding, const RenderOptions& options);

/// The column in which the bar stands that divides line numbers from code.
[[nodiscard]] std::size_t frame_bar(const Finding& finding);

}  // namespace peer
