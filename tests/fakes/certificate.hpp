// A key and a certificate that vouches for itself, made for a test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace peer::fakes {

/// Writes key.pem and cert.pem for `host`, a name or an address, into `folder`; false where openssl
/// is missing (ci/setup --tests). An address stands in it as a name too: some libraries compare
/// only those.
inline bool make_certificate(const std::filesystem::path& folder, const std::string& host) {
  const auto name = folder.string();
  const bool address = host.find_first_not_of("0123456789.") == std::string::npos;
  const auto command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
      "/CN=" +
      host + " -addext subjectAltName=DNS:" + host + (address ? ",IP:" + host : "") + " -keyout " +
      name + "/key.pem -out " + name + "/cert.pem 2>/dev/null";
  return std::system(command.c_str()) == 0;
}

}  // namespace peer::fakes
