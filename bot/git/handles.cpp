#include "bot/git/handles.hpp"

#include <array>
#include <fmt/format.h>

#include "bot/git/no_network_yet.hpp"

namespace peer {

void start_libgit2() {
  static const bool kStarted = [] {
    {
      const NoNetworkYet none;
      git_libgit2_init();
    }
    std::array<const char*, 4> known = {"worktreeconfig", "partialclone", "relativeworktrees",
                                        "preciousobjects"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known.data(), known.size());
    // by default a pack is mapped whole, and what was read of it stays in memory
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, std::size_t{1} << 20U);
    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, std::size_t{16} << 20U);
    return true;
  }();
  static_cast<void>(kStarted);
}

std::string last_git_message() {
  const auto* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "no reason given" : error->message;
}

Error git_error_of(int code, std::string_view doing) {
  const auto message = last_git_message();
  if (code == GIT_ENOTFOUND) {
    return {ErrorKind::not_found,
            fmt::format("{}: {}. An object is missing: in a partial or shallow clone fetch it, "
                        "elsewhere run `git fsck`",
                        doing, message),
            "PEER-E130"};
  }
  return {ErrorKind::invalid_input,
          fmt::format("{}: {}. Run `git fsck` to see what is damaged", doing, message),
          "PEER-E130"};
}

std::string hex(const git_oid& id) {
  std::array<char, GIT_OID_HEXSZ + 1> text{};
  git_oid_tostr(text.data(), text.size(), &id);
  const bool zero = git_oid_is_zero(&id) != 0;
  return zero ? std::string() : std::string(text.data(), GIT_OID_HEXSZ);
}

bool parse_id(std::string_view text, git_oid& out) {
  return text.size() == GIT_OID_HEXSZ && git_oid_fromstrn(&out, text.data(), text.size()) == 0;
}

}  // namespace peer
