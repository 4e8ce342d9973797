#include "analyzers/fix/protected.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(ProtectedPath, CoversCiLocksOwnersAndGit) {
  for (const std::string_view path : {".github/workflows/ci.yml",
                                      ".github/actions/x/main.js",
                                      "sub/action.yml",
                                      ".gitlab-ci.yml",
                                      "ci/build.gitlab-ci.yml",
                                      ".circleci/config.yml",
                                      "Jenkinsfile",
                                      "Jenkinsfile.release",
                                      "azure-pipelines.yml",
                                      "azure-pipelines-nightly.yaml",
                                      "package-lock.json",
                                      "web/yarn.lock",
                                      "Cargo.lock",
                                      "go.sum",
                                      "uv.lock",
                                      "pnpm-lock.yaml",
                                      "CODEOWNERS",
                                      "docs/CODEOWNERS",
                                      ".github/CODEOWNERS",
                                      ".gitattributes",
                                      "a/.gitmodules",
                                      ".gitignore",
                                      ".git/config",
                                      ".git/hooks/pre-commit",
                                      ".peer.yml",
                                      ".peer/baseline.json",
                                      ".PEER.yml",
                                      ".GitHub/Workflows/x.yml",
                                      ".travis.yml"})
    EXPECT_TRUE(protected_path(path).has_value()) << path;
}

TEST(ProtectedPath, LeavesOrdinaryFilesAlone) {
  for (const std::string_view path :
       {"src/main.cpp", "a b/\xC3\xA9.py", "lock.py", "github/x.js", "actions.yml", "block.go",
        "package.json", "src/.hidden.py", "digit/x.py", "peer.yml", "x\ny.py", "clock"})
    EXPECT_EQ(protected_path(path), std::nullopt) << path;
}

TEST(ProtectedPath, RefusesPathsThatLeadOut) {
  using namespace std::string_view_literals;
  for (const std::string_view path :
       {""sv, "/etc/passwd"sv, "../x"sv, "a/../x"sv, "a//b"sv, "./a"sv, "a/"sv, "a\\b"sv, "C:\\x"sv,
        ".GIT/config"sv, "x/.git/config"sv, ".git./config"sv, ".git /config"sv,
        ".git::$INDEX_ALLOCATION/config"sv, "git~1/config"sv, ".g\xE2\x80\x8Cit/config"sv,
        "dir./x"sv, "x "sv, "nul\0byte"sv}) {
    EXPECT_FALSE(is_safe_path(path)) << path;
    EXPECT_TRUE(protected_path(path).has_value()) << path;
  }
  EXPECT_TRUE(is_safe_path("a/b.c"));
}

}  // namespace
}  // namespace peer
