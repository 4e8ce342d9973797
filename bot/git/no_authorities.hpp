// libgit2 that is built with mbedTLS reads every certificate authority of the machine when it starts: 56 million instructions,
// most of what `peer review` of a small change costs, for a network that Peer does not use there. One thread.
#pragma once

namespace peer {

/// While one is there, files of authorities cannot be read by mbedTLS. libgit2 starts without them, and who clones names
/// them (see clone_bare).
class NoAuthorities {
 public:
  NoAuthorities();
  ~NoAuthorities();
  NoAuthorities(const NoAuthorities&) = delete;
  NoAuthorities& operator=(const NoAuthorities&) = delete;
};

}  // namespace peer
