// What the check of unused imports must know of a language: which names its imports bind, and which
// places count as uses of a name. One value per language, each in a file of its own in this folder.
// Pure; thread-safe.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyzers/checks/imports/places.hpp"
#include "analyzers/fix/fix.hpp"
#include "analyzers/source_file.hpp"

namespace peer::imports {

/// A name that an import statement brings in.
struct Import {
  /// What the rest of the file would write. "": never reported (star, re-export, side effect, in
  /// doubt), but counted, so that its statement is not deleted with the names around it.
  std::string_view name = {};
  Span at = {};  ///< the name or alias in the import: where the finding stands
  /// What may be deleted, from the name's own entry in a list outwards; the last is the whole
  /// statement. Which one is chosen depends on how many names within it are unused.
  std::vector<Span> levels = {};
  bool own_statement = false;    ///< the entry is deleted like a statement, not with a comma (Go)
  Safety safety = Safety::safe;  ///< of deleting the whole statement
  Node block =
      {};  ///< where a statement must stay (Python): the block of the statement; null elsewhere
};

struct ImportSyntax {
  std::string_view language = {};                   ///< Language::name
  std::span<const std::string_view> keywords = {};  ///< an import holds one of them as a word
  WordForm words = {};
  std::string_view line_comment = "//";
  bool semicolon_separates =
      false;  ///< ';' stands between statements instead of ending them (Python)

  /// Appends the names of the import whose keyword stands at `keyword`, if an import stands there.
  void (*collect)(const Place& keyword, const SourceFile& file, std::vector<Import>& out) = nullptr;
  /// The name at `place` is, or may be, a use. Asked for every place but the name in the import
  /// itself.
  bool (*is_use)(const Place& place, std::string_view text) = nullptr;
  // asked only when a name seems unused; null: never
  /// Nothing can be said of this file.
  bool (*in_doubt)(const SourceFile& file) = nullptr;
  /// A name that is needed though it does not stand in the file. Asked once per name.
  bool (*is_needed)(std::string_view name, const SourceFile& file) = nullptr;
  /// A comment or attribute says that this import is meant to stay. Must not cost more than its own
  /// lines.
  bool (*is_silenced)(const Import& import, const SourceFile& file) = nullptr;
};

/// The syntax for `file`, or null where imports are not understood.
[[nodiscard]] const ImportSyntax* syntax_of(const SourceFile& file);

}  // namespace peer::imports
