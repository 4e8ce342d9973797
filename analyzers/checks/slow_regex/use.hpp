// Whether a text of a program is given to something that takes it for a regular expression. Pure.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/checks/slow_regex/expression.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer::slow_regex {

struct Use {
  Node at;  ///< where the text becomes an expression: itself, or the name of it in a call
  Flags flags;
  bool to_the_end = false;      ///< the whole text must match: `String.matches` of Java
  bool has_delimiters = false;  ///< the text holds delimiters and flags, as PHP writes them
  bool is_by_name = false;      ///< it is only called a pattern
  bool is_limited = false;      ///< the function around compares or cuts a length
};

/// Nodes from the root down to one of them: to ask a node of a deep tree for its parents costs too
/// much.
using Path = std::vector<Node>;

/// What of the language's libraries takes expressions; null for languages whose engines do not
/// backtrack or are not known.
struct Library;
[[nodiscard]] const Library* library_of(std::string_view language, std::string_view source);

struct Program {
  std::string_view source;
  const Library& library;
  bool is_to_the_end;  ///< expressions that were made before must match the whole text somewhere in
                       ///< it
};

/// None where the text (or the sum of texts) is none, is used with a limit of time, or where that
/// cannot be seen: it must be an argument of such a call, be called a pattern, or be kept under a
/// name that is an argument of such a call in the same file. For one file.
class Uses {
 public:
  /// `source` and `library` must outlive it.
  Uses(std::string_view source, const Library& library);
  [[nodiscard]] std::optional<Use> of(const Path& text);

 private:
  [[nodiscard]] std::optional<Use> of_name(std::string_view name, Node root);

  Program program_;
  std::map<std::string_view, std::optional<Use>> of_names_;
  int places_left_ = 300;  ///< of names in the file that are looked at
};

}  // namespace peer::slow_regex
