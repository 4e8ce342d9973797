#include "base/http_version.hpp"

#include "base/http_curl.hpp"

namespace peer {

Result<std::string> curl_version_words() {
  const auto library = curl_library();
  if (!library) return fail(library.error());
  return std::string((*library)->version_info(CURLVERSION_NOW)->version);
}

}  // namespace peer
