#include "llm/guard/placeholders.hpp"

#include <fmt/format.h>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace peer {

std::string Placeholders::hide(std::string_view text, const std::string& path) {
  std::string out;
  std::size_t at = 0;
  for (const auto& hit : secrets::scan_secrets(text, {.path = path})) {
    if (hit.secret.begin < at) continue;
    const std::string secret(text.substr(hit.secret.begin, hit.secret.size()));
    auto& stand_in = by_secret_[secret];
    // made of its number and file alone: nothing of the secret can be guessed from it
    if (stand_in.empty())
      stand_in =
          fmt::format("PEER_SECRET_{}_{}", by_secret_.size(),
                      sha256_of_parts({path, std::to_string(by_secret_.size())}).substr(0, 8));
    by_path_[path][stand_in] = secret;
    out += text.substr(at, hit.secret.begin - at);
    out += stand_in;
    at = hit.secret.end;
  }
  out += text.substr(at);
  return out;
}

std::string Placeholders::restore(std::string_view text, const std::string& path) const {
  const auto of_file = by_path_.find(path);
  if (of_file == by_path_.end()) return std::string(text);
  std::string out;
  constexpr std::string_view kPrefix = "PEER_SECRET_";
  std::size_t at = 0;
  for (auto found = text.find(kPrefix); found != std::string_view::npos;
       found = text.find(kPrefix, found + 1)) {
    if (found < at) continue;
    auto end = found + kPrefix.size();
    while (end < text.size() && (text[end] == '_' || (text[end] >= '0' && text[end] <= '9') ||
                                 (text[end] >= 'a' && text[end] <= 'f')))
      ++end;
    const auto secret = of_file->second.find(std::string(text.substr(found, end - found)));
    if (secret == of_file->second.end()) continue;
    out += text.substr(at, found - at);
    out += secret->second;
    at = end;
  }
  out += text.substr(at);
  return out;
}

Result<void> check_egress(std::string_view body) {
  // a private key or token keeps its shape in JSON but for line ends and slashes
  const auto plain = replace_all(replace_all(std::string(body), "\\n", "\n"), "\\/", "/");
  for (const auto& hit : secrets::scan_secrets(plain)) {
    if (hit.certainty != secrets::Certainty::known) continue;
    return fail(ErrorKind::refused,
                fmt::format("the request still held a secret ({}) and was not sent", hit.name),
                "PEER-E172");
  }
  return {};
}

std::string fenced(std::string_view text) {
  constexpr std::size_t kMarkDigits = 32;
  return fmt::format("<<<{0}\n{1}\n{0}>>>", sha256(text).substr(0, kMarkDigits), visible(text));
}

std::string fenced_without_secrets(std::string_view text, const std::string& path) {
  Placeholders secrets;
  return fenced(secrets.hide(text, path));
}

}  // namespace peer
