// A bare clone for the time of an audit, made by a process of its own: what a server sends is
// hostile, and who reads it later never holds the credential that fetched it.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "bot/git/clone.hpp"
#include "bot/session.hpp"

namespace peer {

/// The first word of the command line that makes `peer` clone. Not for people.
inline constexpr std::string_view kCloneWord = "__clone";

/// Clones into `folder` what the lines of standard input name: address, user, secret, file of
/// authorities. The exit code of the process.
[[nodiscard]] int serve_clone(const std::string& folder);

/// A folder of nobody else's, which goes with the value.
class PrivateFolder {
 public:
  [[nodiscard]] static Result<std::unique_ptr<PrivateFolder>> make();
  explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The token of the job's or user's forge where `url` is on that very server (GITHUB_SERVER_URL,
/// CI_SERVER_URL; github.com and gitlab.com where these are not set), and none for any other; the
/// authorities of GIT_SSL_CAINFO, else CI_SERVER_TLS_CA_FILE for the job's GitLab, else
/// SSL_CERT_FILE.
[[nodiscard]] CloneAccess access_for(const std::string& url, const Environment& environment);

/// Clones `url` to `folder` in a process of its own. Fails with `refused` or `unavailable`, in its
/// words.
[[nodiscard]] Result<void> clone_apart(const std::string& url, const std::filesystem::path& folder,
                                       const Session& session, std::chrono::seconds longest);

}  // namespace peer
