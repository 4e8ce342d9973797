// What names of a file stand for: `ALGORITHM = "md5"` .. `hashlib.new(ALGORITHM)`. A rule that
// follows constants tries what a name stands for where the name itself does not match. Collected by
// one walk when it is asked for first; one tree, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/span.hpp"

namespace peer {
struct Language;
}

namespace peer::rules {

/// Whether nodes of this kind are names of values: "identifier", "member_expression".
[[nodiscard]] bool is_name_kind(std::string_view kind);
/// Whether what stands in this field is no value: the name of what is called, declared or assigned,
/// a key.
[[nodiscard]] bool is_label_field(std::string_view field);

class Constants {
 public:
  /// The constant (a literal, a collection of such, a member of another module) that `name`, a node
  /// of a kind that is_name_kind, stands for in the tree at `root`; null where it is none, or not
  /// the only one that is assigned to that name where `name` stands.
  [[nodiscard]] Node value_of(Node name, const Language& language, Node root,
                              std::string_view text);

 private:
  struct Definition {
    Node value;  ///< null: something that is no constant
    Span scope;
    bool is_member = false;
  };
  friend class ConstantsWalk;

  [[nodiscard]] Node variable(std::string_view name, Node at, bool of_object) const;
  [[nodiscard]] Node member(Node access, std::string_view text) const;

  /// The last answers: many rules ask about one name.
  struct Seen {
    const void* name = nullptr;
    Node value;
  };
  static constexpr std::size_t kSeen = 4096;

  bool is_collected_ = false;
  std::vector<Seen> seen_;
  std::unordered_map<std::string_view, std::vector<Definition>> definitions_;
};

}  // namespace peer::rules
