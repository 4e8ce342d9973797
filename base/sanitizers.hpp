// Whether a sanitizer watches this build. It maps terabytes and reads other processes' memory, so a
// few limits that Peer puts on itself cannot hold at the same time.
#pragma once

namespace peer {

/// True in builds of the presets asan and tsan.
[[nodiscard]] bool is_sanitized();

/// Ends the search for leaks in this process: one that may no longer read /proc cannot be searched.
void forgive_leaks();

}  // namespace peer
