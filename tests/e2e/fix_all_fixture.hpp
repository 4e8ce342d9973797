// A repository with something to fix.
#pragma once

#include <string>
#include <string_view>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {

/// Two safe fixes in a.py and b.py, and one that may change behaviour in evil.js.
class FixAll : public Story {
 protected:
  void SetUp() override {
    repo.write("a.py", kTidy);
    repo.commit("base");
    repo.write("a.py", kUnused);
    repo.write("b.py", "import re\n\nprint(2)\n");
    repo.write("evil.js", kEvil);
  }
  static constexpr std::string_view kEvil = "// \xE2\x80\xAE hidden\nlet a = 1;\n";
  /// Everything that git knows of the repository: HEAD, branches, reflog, index, status.
  std::string whole_state() const {
    return repo.git({"rev-parse", "HEAD"}) + repo.git({"symbolic-ref", "HEAD"}) +
           repo.git({"reflog"}) + repo.git({"status", "--porcelain"}) + read(".git/index") +
           read("a.py") + read("b.py") + read("evil.js");
  }
};

}  // namespace peer::testing
