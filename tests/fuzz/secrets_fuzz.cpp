// The secret scanner on hostile text: spans stay inside it and are not empty.
#include <array>

#include "analyzers/checks/secrets/scan.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 4> kSeeds{
      "password = \"Xk29vLq81mZp\"\nurl: postgres://user:S3cr3tPass@db.example.org/x\n",
      "-----BEGIN RSA "
      "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n",
      "AWS_ACCESS_KEY_ID=AKIA"
      "Q7ZJ5XW2LMNB4RTD\naws_secret_access_key = wJalr9XUtnFEMIzK7MDENGbPxRfiCYzQWEASDzxc\n",
      "token: gh"
      "p_16C7e42F292c6912E7710c838347Ae178B4a\n"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = peer::fuzz::text_of(data, size);
  for (const auto& hit : peer::secrets::scan_secrets(text))
    if (hit.span.begin >= hit.span.end || hit.span.end > text.size()) __builtin_trap();
  return 0;
}
