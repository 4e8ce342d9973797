// Functions of libraries that call a function which they are given. Constants; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace peer::taint {

/// What a function is called with by one that it is given to.
enum class Gets : std::uint8_t {
  arguments,  ///< what stands from `first` on
  entries,    ///< the entries of the list at `first`
  elements,   ///< one of the elements of what stands at `first`, then anything
  keywords,   ///< `target=run, args=(x,)`
  receiver,   ///< one of the elements of the object whose method it is
};

struct Applier {
  std::string_view name;  ///< the last part
  bool is_method = false;
  std::uint32_t function = 0;  ///< the argument that is called
  Gets gets = Gets::arguments;
  std::uint32_t first = 1;
  bool gives_function = false;  ///< nothing is called yet: `partial(f, x)`
};

/// The entry for what is called so, or null.
[[nodiscard]] const Applier* find_applier(std::string_view name, bool is_method);

}  // namespace peer::taint
