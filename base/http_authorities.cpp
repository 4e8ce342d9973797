#include "base/http_authorities.hpp"

#include <array>

namespace peer {

std::string known_authorities(const std::function<bool(const std::string&)>& is_there) {
  constexpr std::array<const char*, 5> kKnown{
      "/etc/ssl/certs/ca-certificates.crt",  // Debian, Arch, Alpine, Nix
      "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, RHEL
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
      "/etc/ssl/ca-bundle.pem",  // SUSE
      "/etc/ssl/cert.pem"};
  for (const char* file : kKnown)
    if (is_there(file)) return file;
  return {};
}

std::string other_authorities(const std::string& built_in,
                              const std::function<bool(const std::string&)>& is_there) {
  return built_in.empty() || is_there(built_in) ? std::string() : known_authorities(is_there);
}

}  // namespace peer
