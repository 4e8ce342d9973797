#include "bot/git/no_authorities.hpp"

#include <atomic>

#include <dlfcn.h>

namespace {

std::atomic<bool> is_none{false};

}  // namespace

namespace peer {

NoAuthorities::NoAuthorities() { is_none = true; }
NoAuthorities::~NoAuthorities() { is_none = false; }

}  // namespace peer

/// Stands before mbedTLS's own function, as the program's symbols stand before those of libraries, and calls it. The chain is
/// an mbedtls_x509_crt, whose layout is none of our business. Where libgit2 has another TLS, nobody calls this.
extern "C" __attribute__((visibility("default"))) int mbedtls_x509_crt_parse_file(void* chain, const char* path) {
  constexpr int kCannotRead = -0x2900;  // MBEDTLS_ERR_X509_FILE_IO_ERROR
  using Parse = int (*)(void*, const char*);
  static const auto kParse = reinterpret_cast<Parse>(dlsym(RTLD_NEXT, "mbedtls_x509_crt_parse_file"));
  return is_none || kParse == nullptr ? kCannotRead : kParse(chain, path);
}
