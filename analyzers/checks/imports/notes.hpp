// What comments say about imports: names in documentation, and words that silence linters. Pure;
// thread-safe.
#pragma once

#include <initializer_list>
#include <string_view>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/source_file.hpp"

namespace peer::imports {

/// The word at `word` of a documentation comment refers to code: it stands behind a tag such as
/// `@see`, in `{@link X}`, in `[X]` or, with `braces`, in any `{X}` (JSDoc types).
[[nodiscard]] bool is_reference_in_doc(std::string_view text, Span comment, Span word, bool braces);

/// The text of the line around `at`, cut to some hundred bytes on both sides: a line may be a
/// megabyte long.
[[nodiscard]] std::string_view line_around(const SourceFile& file, Span at);

/// One of `phrases` stands on a line that holds the begin or the end of the statement or its name,
/// or (with `above`) on the line before.
[[nodiscard]] bool says_near(const SourceFile& file, const Import& import, bool above,
                             std::initializer_list<std::string_view> phrases);

/// One of `phrases` stands anywhere in `text`.
[[nodiscard]] bool mentions(std::string_view text, std::initializer_list<std::string_view> phrases);

/// The file says in its first lines that a program wrote it: nobody deletes imports by hand there.
[[nodiscard]] bool is_generated(std::string_view text);

/// One of `names` is called as a plain function somewhere in `file`, which has a tree (`eval(x)`,
/// not `model.eval(x)`, nor a definition, a comment or a text that only says so).
[[nodiscard]] bool calls(const SourceFile& file, std::initializer_list<std::string_view> names);

}  // namespace peer::imports
