// The two attributes of .gitattributes that put files out of scope: linguist-generated and
// linguist-vendored. They are read from where the caller says (the base commit, or the user's work
// tree), so that a change cannot hide files in itself. One thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"

namespace peer {

class ScopeAttributes {
 public:
  /// Gives the text of a `.gitattributes` file by its path; nullopt where there is none.
  using ReadFile = std::function<std::optional<std::string>(const std::string& path)>;
  explicit ScopeAttributes(ReadFile read) : read_(std::move(read)) {}

  /// What the attributes say of `path`; the folder's file nearest to it decides.
  [[nodiscard]] PathAttributes of(std::string_view path);

 private:
  struct Line {
    std::string pattern;
    PathAttributes attributes;
  };
  static std::vector<Line> parse(std::string_view text);
  const std::vector<Line>& lines_of(const std::string& folder);
  /// The files that speak of what stands in `folder` ("" or ending with '/'), outermost first.
  void gather(std::string_view folder);

  struct Above {
    std::size_t folder;  ///< how many bytes of the path come before what its patterns are about
    const std::vector<Line>* lines;
  };
  ReadFile read_;
  std::optional<std::string> folder_;  ///< that of the path before, whose neighbours mostly follow
  std::vector<Above> above_;           ///< what speaks of it
  std::map<std::string, std::vector<Line>> folders_;
};

}  // namespace peer
