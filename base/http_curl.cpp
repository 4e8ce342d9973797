#include "base/http_curl.hpp"

#include <array>
#include <dlfcn.h>
#include <filesystem>

#include "base/http_authorities.hpp"

namespace peer {
namespace {

/// Sets `target` to the function `name` of `library`; false where there is none.
template <class Function>
bool bind(void* library, const char* name, Function& target) {
  void* const symbol = dlsym(library, name);
  // POSIX promises that a function's address fits a void*; the language knows only this way between
  // the two
  target = reinterpret_cast<Function>(symbol);
  return symbol != nullptr;
}

void* open_library() {
  constexpr std::array<const char*, 2> kNames{"libcurl.so.4", "libcurl-gnutls.so.4"};
  for (const char* name : kNames)
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) return library;
  return nullptr;
}

bool bind_all(void* library, CurlLibrary& curl) {
  return bind(library, "curl_global_init", curl.global_init) &&
         bind(library, "curl_version_info", curl.version_info) &&
         bind(library, "curl_easy_init", curl.easy_init) &&
         bind(library, "curl_easy_reset", curl.easy_reset) &&
         bind(library, "curl_easy_cleanup", curl.easy_cleanup) &&
         bind(library, "curl_easy_setopt", curl.easy_setopt) &&
         bind(library, "curl_easy_getinfo", curl.easy_getinfo) &&
         bind(library, "curl_easy_perform", curl.easy_perform) &&
         bind(library, "curl_easy_send", curl.easy_send) &&
         bind(library, "curl_easy_recv", curl.easy_recv) &&
         bind(library, "curl_easy_strerror", curl.easy_strerror) &&
         bind(library, "curl_slist_append", curl.slist_append) &&
         bind(library, "curl_slist_free_all", curl.slist_free_all) &&
         bind(library, "curl_multi_init", curl.multi_init) &&
         bind(library, "curl_multi_cleanup", curl.multi_cleanup) &&
         bind(library, "curl_multi_setopt", curl.multi_setopt) &&
         bind(library, "curl_multi_add_handle", curl.multi_add_handle) &&
         bind(library, "curl_multi_remove_handle", curl.multi_remove_handle) &&
         bind(library, "curl_multi_assign", curl.multi_assign) &&
         bind(library, "curl_multi_socket_action", curl.multi_socket_action) &&
         bind(library, "curl_multi_info_read", curl.multi_info_read);
}

/// What `authorities` holds: a library of another distribution looks where this machine has
/// nothing.
std::string authorities_of(const CurlLibrary& curl) {
  const auto* const info = curl.version_info(CURLVERSION_NOW);
  if (info->age < CURLVERSION_EIGHTH || info->cainfo == nullptr) return {};
  return other_authorities(info->cainfo, [](const std::string& file) {
    std::error_code error;
    return std::filesystem::exists(file, error);
  });
}

Result<CurlLibrary> load() {
  CurlLibrary curl;
  void* const library = open_library();
  if (library == nullptr || !bind_all(library, curl) ||
      curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return fail(
        ErrorKind::unavailable,
        "the network needs libcurl, which is missing or too old here: install the package libcurl4",
        "PEER-E170");
  curl.authorities = authorities_of(curl);
  return curl;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
  static const Result<CurlLibrary> kLibrary = load();
  if (!kLibrary) return fail(kLibrary.error());
  return &*kLibrary;
}

}  // namespace peer
