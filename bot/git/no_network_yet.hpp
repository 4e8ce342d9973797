// What libgit2 prepares for its network when it starts, for a network that Peer uses only to clone:
// with mbedTLS it reads every certificate authority of the machine, 56 million instructions and
// most of what `peer review` of a small change costs; with libssh2 it starts all of OpenSSL, 2 MB
// of memory. One thread.
#pragma once

namespace peer {

/// While one is there, files of authorities cannot be read by mbedTLS and libssh2 is not started.
/// Who clones names the authorities (see clone_bare); a session of libssh2 starts it by itself.
class NoNetworkYet {
 public:
  NoNetworkYet();
  ~NoNetworkYet();
  NoNetworkYet(const NoNetworkYet&) = delete;
  NoNetworkYet& operator=(const NoNetworkYet&) = delete;
};

}  // namespace peer
