#include "bot/git/clone.hpp"

#include <array>
#include <filesystem>
#include <fmt/format.h>

#include "base/http_authorities.hpp"
#include "base/text.hpp"
#include "bot/git/handles.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 30U;  // that a server may send

struct Talk {
  const CloneAccess& access;
  const std::stop_token& stop;
  bool asked = false;
  bool too_large = false;
};

std::string_view scheme_of(std::string_view url) {
  const auto end = url.find("://");
  return end == std::string_view::npos ? std::string_view() : url.substr(0, end);
}

/// "git@host:path", as ssh writes it.
bool is_scp_like(std::string_view text) {
  const auto colon = text.find(':'), at = text.find('@');
  return at != std::string_view::npos && colon != std::string_view::npos && at < colon && at > 0 &&
         text.substr(0, colon).find('/') == std::string_view::npos;
}

int on_progress(const git_indexer_progress* progress, void* payload) {
  auto& talk = *static_cast<Talk*>(payload);
  talk.too_large = progress->received_bytes > kMostBytes;
  return talk.too_large || talk.stop.stop_requested() ? -1 : 0;
}

/// Once: what was refused is not offered again.
int on_credential(git_credential** out, const char* /*url*/, const char* user, unsigned allowed,
                  void* payload) {
  auto& talk = *static_cast<Talk*>(payload);
  if (talk.asked) return GIT_EAUTH;
  if ((allowed & GIT_CREDENTIAL_USERNAME) != 0)
    return git_credential_username_new(out, user == nullptr ? "git" : user);
  talk.asked = true;
  if ((allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0 && !talk.access.secret.empty())
    return git_credential_userpass_plaintext_new(out, talk.access.user.c_str(),
                                                 talk.access.secret.c_str());
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0)
    return git_credential_ssh_key_from_agent(out, user == nullptr ? "git" : user);
  return GIT_EAUTH;
}

Result<void> may_clone(std::string_view url, bool with_credential) {
  const auto scheme = scheme_of(url);
  const auto refuse = [&](std::string_view why) {
    return fail(Error{ErrorKind::refused,
                      fmt::format("{}: {}", visible(without_credentials(url), false), why),
                      "PEER-E134"});
  };
  if (scheme == "ssh" || is_scp_like(url)) {
    if ((git_libgit2_features() & GIT_FEATURE_SSH) != 0) return {};
    return refuse(
        "this libgit2 was built without ssh; name it by https, or give the path of a clone");
  }
  if (scheme == "https" || scheme == "file") return {};
  if (scheme != "http")
    return refuse("repositories are cloned by https, http, ssh and file addresses");
  if (with_credential || without_credentials(url) != url)
    return refuse("a credential is only sent over https");
  return {};
}

Error clone_failure(int code, std::string_view url, const Talk& talk) {
  const auto name = visible(without_credentials(url), false);
  if (talk.stop.stop_requested()) return {ErrorKind::unavailable, "stopped", ""};
  if (talk.too_large)
    return {ErrorKind::refused,
            fmt::format("{}: over {} GB came and no end", name, kMostBytes >> 30U), "PEER-E135"};
  if (code == GIT_EAUTH)
    return {ErrorKind::unavailable,
            fmt::format("{}: the server asks who we are, or does not let us in", name),
            "PEER-E135"};
  // libgit2 may quote the whole address
  auto words = replace_all(last_git_message(), url, without_credentials(url));
  return {ErrorKind::unavailable,
          fmt::format("{} cannot be cloned: {}", name, visible(words, false)), "PEER-E135"};
}

}  // namespace

bool is_repository_url(std::string_view text) {
  return !scheme_of(text).empty() || is_scp_like(text);
}

std::string without_credentials(std::string_view url) {
  const auto scheme = scheme_of(url);
  if (scheme.empty()) return std::string(url);
  const auto host = scheme.size() + 3;
  const auto rest = url.substr(host);
  const auto at = rest.substr(0, rest.find('/')).rfind('@');
  // of ssh the name is part of the address
  if (at == std::string_view::npos || scheme == "ssh") return std::string(url);
  return std::string(url.substr(0, host)) + std::string(rest.substr(at + 1));
}

Result<void> clone_bare(const std::string& url, const std::filesystem::path& folder,
                        const CloneAccess& access, const std::stop_token& stop) {
  start_libgit2();
  const bool secret = !access.secret.empty();
  if (auto may = may_clone(url, secret); !may) return may;
  Talk talk{access, stop};
  // libgit2 started without any (start_libgit2), and knows of one place only
  const auto authorities =
      !access.ca_file.empty() ? access.ca_file : known_authorities([](const std::string& file) {
        std::error_code error;
        return std::filesystem::is_regular_file(file, error);
      });
  if (scheme_of(url) == "https" && !authorities.empty() &&
      git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, authorities.c_str(), nullptr) < 0)
    return fail(ErrorKind::unavailable,
                fmt::format("{}: no certificates of authorities could be read from it",
                            visible(authorities, false)),
                "PEER-E135");
  git_clone_options options = GIT_CLONE_OPTIONS_INIT;
  options.bare = 1;
  auto& fetch = options.fetch_opts;
  fetch.callbacks.payload = &talk;
  fetch.callbacks.transfer_progress = on_progress;
  fetch.callbacks.credentials = on_credential;
  fetch.proxy_opts.type = GIT_PROXY_AUTO;
  const bool someone = secret || without_credentials(url) != url;
  fetch.follow_redirects = someone ? GIT_REMOTE_REDIRECT_NONE : GIT_REMOTE_REDIRECT_INITIAL;
  RepositoryHandle made;
  const int code =
      take(made, [&](auto** raw) { return git_clone(raw, url.c_str(), folder.c_str(), &options); });
  if (code < 0) return fail(clone_failure(code, url, talk));
  return {};
}

}  // namespace peer
