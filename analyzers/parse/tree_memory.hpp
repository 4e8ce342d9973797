// Memory of one parse: everything that tree-sitter asks for while a tree is built comes from a few
// large blocks, which the tree owns and which go back at once with it. Asking malloc for each node,
// and walking the tree to give each back, costs an eighth of a parse. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace peer {

class TreeMemory {
 public:
  TreeMemory() = default;
  ~TreeMemory();
  TreeMemory(const TreeMemory&) = delete;
  TreeMemory& operator=(const TreeMemory&) = delete;

  /// While one lives, what tree-sitter asks for on this thread comes from `memory`, which must
  /// outlive all of it.
  class Use {
   public:
    explicit Use(TreeMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    TreeMemory* before_;
  };

  /// Frees the blocks that wait for the next parse.
  static void release_spare();

  /// As malloc, but throws nothing and aligns for pointers and numbers only. Null when there is no
  /// more.
  void* take(std::size_t size);
  void* resize(void* old, std::size_t size);
  /// Kept for the next take of its size.
  void give_back(void* place);

 private:
  static constexpr std::size_t kSizes = 100;  // up to the largest there can be

  std::byte* cut(std::size_t bytes);

  std::array<void*, kSizes> free_{};  // lists of pieces, by number of their size
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::vector<std::byte*> blocks_;  // all of one size
  std::vector<std::byte*> large_;   // one allocation each
};

}  // namespace peer
