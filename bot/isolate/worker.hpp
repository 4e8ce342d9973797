// The worker side of --isolate: a process that has given up every right but computing, takes files
// on standard input and gives what it found on standard output. Grammars are C code that reads
// hostile input; here they have nothing to lose.
#pragma once

#include <functional>
#include <string_view>

#include "analyzers/examine.hpp"

namespace peer {

/// The first word of the command line that makes `peer` a worker. Not for people.
inline constexpr std::string_view kWorkerWord = "__worker";

using ExamineFile = std::function<FileReview(const FileJob&, const ExamineOptions&)>;

/// Gives up all rights, then answers jobs until standard input ends. The exit code of the process:
/// 0, or 70 when the rights could not be given up (nothing is examined then).
[[nodiscard]] int serve_as_worker(const ExamineFile& examine);

}  // namespace peer
