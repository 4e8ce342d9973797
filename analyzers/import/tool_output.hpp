// Reads what compilers, linters and test runners print for people: gcc, clang, javac, go, rustc,
// tsc, eslint, ruff, pytest and Python tracebacks. Pure; thread-safe; linear in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// One message of a tool about one place.
struct ToolMessage {
  std::string tool;  ///< "gcc", "clang" or, where they print alike, "gcc/clang"; "mypy", "tsc",
                     ///< "eslint", "ruff", "pytest", "python", "javac", "go", "rustc"
  std::string path;  ///< as printed
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0: not told
  std::string severity;      ///< "error", "warning", "note", or ""
  std::string code;          ///< "TS2322", "F401", "E0382", "no-unused-vars", "-Wformat", or ""
  std::string message;
  std::string rule;  ///< the rule of ours that is about the same thing, or ""
  friend bool operator==(const ToolMessage&, const ToolMessage&) = default;
};

/// The messages in `output`, in its order; lines that are none of them are passed over. Escape
/// sequences (colours) are taken out first.
[[nodiscard]] std::vector<ToolMessage> read_tool_output(std::string_view output);

}  // namespace peer
