// The findings of other tools, in whatever format they come: SARIF 2.1.0, checkstyle's XML, rdjson
// and rdjsonl, ESLint's JSON, the text of compilers; each also packed with gzip. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>

#include "analyzers/import/imported.hpp"

namespace peer {

/// The largest file that is read, packed or not.
inline constexpr std::size_t kMostImportBytes = std::size_t{256} << 20U;

/// Finds out the format of `bytes` from what they hold and reads them. Never fails: what could not
/// be read is told in `problem`, and what came before is there.
[[nodiscard]] ToolFindings read_findings(std::string bytes);

}  // namespace peer
