// What a file declares outside of functions that says how large things are: constants, arrays,
// members. Immutable once made; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/checks/known_size/constant.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer::known_size {

/// An array or a pointer as it is declared.
struct Shape {
  std::optional<std::int64_t> element =
      {};  ///< bytes of one element; none for types that only the program knows
  std::vector<std::int64_t> counts =
      {};  ///< by dimension; empty: a pointer, or an array of unknown size
  std::string_view count_name =
      {};  ///< of an array of one dimension whose size is known by name only: `MAX` of another file
  bool is_array = false;

  /// Of the whole array; none where it is no array or something is unknown.
  [[nodiscard]] std::optional<std::int64_t> bytes() const;
};

/// What `declarator` says of what it declares, of type `type`; `value` is what it begins with, or
/// the null node. None for plain variables and functions.
[[nodiscard]] std::optional<Shape> shape_of(Node type, Node declarator, Node value,
                                            std::string_view text, const Constants& known);

class Declared {
 public:
  Declared(Node root, std::string_view text);

  /// A macro, a constant or an enumerator.
  [[nodiscard]] std::optional<std::int64_t> constant(std::string_view name) const;
  /// A variable of the file; null where there is none, or more than one of that name.
  [[nodiscard]] const Shape* variable(std::string_view name) const;
  /// Likewise the member of any struct.
  [[nodiscard]] const Shape* member(std::string_view name) const;
  /// For fold_constant(), outside of functions.
  [[nodiscard]] Constants constants() const;

 private:
  struct Entry {
    Shape shape;
    bool is_ambiguous = false;
  };
  using Shapes = std::unordered_map<std::string_view, Entry>;
  void note(Node node);
  void note_text(std::string_view name, std::string_view value);
  void note_enumerators(Node list);
  void note_declaration(Node node, Shapes& into);
  static void add(Shapes& into, std::string_view name, const Shape& shape);
  [[nodiscard]] static const Shape* find(const Shapes& in, std::string_view name);

  std::string_view text_;
  /// Texts of constants; "" where there are several.
  std::unordered_map<std::string_view, std::string_view> texts_;
  std::unordered_map<std::string_view, std::int64_t> enumerators_;
  Shapes variables_, members_;
  mutable int depth_ = 0;  // of constants that name others
};

}  // namespace peer::known_size
