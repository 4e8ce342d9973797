// The pages of the program and its libraries that are in memory.
#pragma once

namespace peer {

/// Takes what is mapped of the program's and its libraries' read-only parts out of this process;
/// what runs next comes back from the system's own copy, at a fraction of a millisecond. Starting
/// touches some ten megabytes of code (arguments, configuration, libgit2 and what it brings, in
/// windows of 64 KiB around each function) that reading thousands of files never sees again. Safe
/// while other threads run. Nothing where the system has no such thing.
void let_go_of_code_pages();

}  // namespace peer
