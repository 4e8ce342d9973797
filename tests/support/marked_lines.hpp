// Lines of a program that say of themselves that they hold a flaw.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace peer {

/// Numbers of the lines that end in `// flaw`, from 1.
inline std::set<std::uint32_t> marked_lines(std::string_view code) {
  std::set<std::uint32_t> marked;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at < code.size(); ++number) {
    const auto end = std::min(code.find('\n', at), code.size());
    if (code.substr(at, end - at).ends_with("// flaw")) marked.insert(number);
    at = end + 1;
  }
  return marked;
}

/// The line of a byte, from 1.
inline std::uint32_t line_at(std::string_view code, std::size_t byte) {
  return 1 + static_cast<std::uint32_t>(
                 std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(byte), '\n'));
}

}  // namespace peer
