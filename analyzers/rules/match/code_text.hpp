// A file's text without its comments, for expressions of rules that are about code: "// no check
// here" is none. One tree, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::rules {

class CodeText {
 public:
  /// The text of `node` with blanks where comments stand; of a comment itself its text. `root` is
  /// the root of its tree and `text` that of the file, the same each time, and both outlive this.
  /// What comes back holds as long as this.
  std::string_view of(Node node, Node root, std::string_view text);

 private:
  void read(Node root, std::string_view text);
  [[nodiscard]] bool is_comment(std::uint32_t kind) const {
    return kind < comments_.size() && comments_[kind] != 0;
  }

  bool is_read_ = false;
  std::vector<std::uint8_t> comments_;  // by kind
  std::string code_;                    // "" where there are no comments
};

}  // namespace peer::rules
