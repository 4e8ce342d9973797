// A report as text to keep, and read back from the JSON that the `json` format writes. The text may
// come from anyone (an artifact of a fork's job), so it is treated as hostile. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "reporters/report.hpp"

namespace peer {

/// The report that `json` holds; nothing is lost. Fails with invalid_input, naming the place as a
/// JSON pointer ("/findings/3/severity: ..."), on a missing key, a wrong type, an unknown word, a
/// number out of range, a path that leaves the repository, a span that ends before it begins, or
/// another version. Unknown keys are ignored.
[[nodiscard]] Result<Report> read_report(std::string_view json);

/// What the `json` format writes, without white space: for programs that keep it.
[[nodiscard]] std::string compact_json(const Report& report);

}  // namespace peer
