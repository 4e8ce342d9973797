// A proposed repair: edits by span. A value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/span.hpp"

namespace peer {

/// Replaces the bytes of `span` by `text`; an empty span inserts, an empty text deletes.
struct Edit {
  Span span;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// May it be applied without a human looking?
enum class Safety {
  safe,    ///< keeps the meaning of the program, or removes what certainly has none
  unsafe,  ///< may change behaviour
};

struct Fix {
  std::string title;        ///< "remove the import of json"
  std::vector<Edit> edits;  ///< of one file, sorted, not overlapping
  Safety safety = Safety::unsafe;
  std::string origin = "rule";  ///< who proposed it: "rule", "import:<tool>", "model:<name>"
  std::vector<Location> edit_locations =
      {};  ///< where each edit stands, for reports; filled in by examine(), or empty
  friend bool operator==(const Fix&, const Fix&) = default;
};

[[nodiscard]] std::string_view to_string(Safety safety);
[[nodiscard]] std::optional<Safety> parse_safety(std::string_view name);

}  // namespace peer
