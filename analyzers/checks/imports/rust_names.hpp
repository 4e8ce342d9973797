// Which imports of Rust can be told to be unused by their name alone: a trait is used without its
// name through its methods. Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer::imports {

/// What stands at `path` ("std::collections::HashMap") is no trait: a module, a function, a
/// constant, a variant of an enum or one of the types of the standard library.
[[nodiscard]] bool is_never_a_trait(std::string_view path);

/// The macro called `name` of the standard library takes all its names from its arguments.
[[nodiscard]] bool is_standard_macro(std::string_view name);

}  // namespace peer::imports
