// What the grammar of Kotlin misreads, written so that it reads it.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// `text` in as many bytes, or "" where nothing is to be changed:
/// - `get("/x") {..}` and `set("x")` at the start of a line would be accessors of the `val` before
///   them: a `;` before it;
/// - a class whose body is one line hides what follows: a `;` at its end.
[[nodiscard]] std::string respelled_kotlin(std::string_view text);

}  // namespace peer
