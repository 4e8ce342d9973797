#include "bot/git/no_network_yet.hpp"

#include <atomic>
#include <dlfcn.h>

namespace {

std::atomic<bool> is_none{false};

}  // namespace

namespace peer {

NoNetworkYet::NoNetworkYet() { is_none = true; }
NoNetworkYet::~NoNetworkYet() { is_none = false; }

}  // namespace peer

// These stand before the libraries' own functions, as the program's symbols stand before those of
// libraries, and call them. Where libgit2 has another TLS or no ssh, nobody calls them.

/// The chain is an mbedtls_x509_crt, whose layout is none of our business.
extern "C" __attribute__((visibility("default"))) int mbedtls_x509_crt_parse_file(
    void* chain, const char* path) {
  constexpr int kCannotRead = -0x2900;  // MBEDTLS_ERR_X509_FILE_IO_ERROR
  using Parse = int (*)(void*, const char*);
  static const auto kParse =
      reinterpret_cast<Parse>(dlsym(RTLD_NEXT, "mbedtls_x509_crt_parse_file"));
  return is_none || kParse == nullptr ? kCannotRead : kParse(chain, path);
}

/// 0 is success, as libssh2's manual has it. Its ending without a start is nothing.
extern "C" __attribute__((visibility("default"))) int libssh2_init(int flags) {
  using Init = int (*)(int);
  static const auto kInit = reinterpret_cast<Init>(dlsym(RTLD_NEXT, "libssh2_init"));
  return is_none || kInit == nullptr ? 0 : kInit(flags);
}
