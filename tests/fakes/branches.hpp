// Branches of a forge that tests made up: what each ends in, what was written to it, who may.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

namespace peer::fakes {

struct BranchFake {
  std::string id, parent, message;
  std::map<std::string, std::string> written;  ///< by path, by the last commit of Peer's
  bool is_protected = false;
};

class BranchesFake {
 public:
  /// The branch, or null.
  BranchFake* find(const std::string& project, const std::string& name) {
    const auto it = all_.find(project + " " + name);
    return it == all_.end() ? nullptr : &it->second;
  }
  BranchFake& set(const std::string& project, const std::string& name, const std::string& id) {
    auto& branch = all_[project + " " + name];
    branch.id = id;
    return branch;
  }
  /// A commit on top of the branch; gives its id.
  std::string commit(BranchFake& branch, const std::string& message,
                     std::map<std::string, std::string> files) {
    char id[41];
    std::snprintf(id, sizeof id, "%040llx",
                  static_cast<unsigned long long>(0xC0FFEE00ULL + ++last_));
    branch.parent = branch.id;
    branch.id = id;
    branch.message = message;
    branch.written = std::move(files);
    ++commits;
    return id;
  }
  std::size_t commits = 0;

 private:
  std::map<std::string, BranchFake> all_;
  std::uint64_t last_ = 0;
};

}  // namespace peer::fakes
