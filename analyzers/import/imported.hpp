// What another tool reported, as it said it: places are not yet looked up in any text and paths not
// yet in any repository. Values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/fix/fix.hpp"

namespace peer {

/// What a tool counts columns or offsets in.
enum class Unit {
  utf16,       ///< UTF-16 code units: ESLint, SARIF unless it says otherwise
  code_point,  ///< Unicode code points
  byte,        ///< bytes of UTF-8: clang, rdjson
  display,     ///< columns of a terminal with tab stops of 8: gcc, checkstyle
};

/// A place by line and column, by offset, or by the text that stands there. Numbers that were not
/// told are 0; lines and columns begin at 1, ends are exclusive.
struct ToolPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  Unit unit = Unit::utf16;

  struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t length = 0;
    Unit unit = Unit::utf16;
    friend bool operator==(const Extent&, const Extent&) = default;
  };
  std::optional<Extent> extent;
  std::string snippet;  ///< what stands there, or on the lines there; "": not told
  friend bool operator==(const ToolPlace&, const ToolPlace&) = default;
};

struct ImportedEdit {
  ToolPlace at;  ///< exactly what is replaced
  std::string text;
  friend bool operator==(const ImportedEdit&, const ImportedEdit&) = default;
};

struct ImportedFix {
  std::string title;
  std::vector<ImportedEdit> edits;  ///< of the finding's own file
  Safety safety = Safety::unsafe;
  friend bool operator==(const ImportedFix&, const ImportedFix&) = default;
};

struct ImportedRelated {
  std::string path;  ///< "": the finding's own
  ToolPlace at;
  std::string message;
  friend bool operator==(const ImportedRelated&, const ImportedRelated&) = default;
};

/// Who found it.
struct Tool {
  std::string name;     ///< "eslint": lower case, without blanks
  std::string version;  ///< "9.1", or ""
  friend bool operator==(const Tool&, const Tool&) = default;
};

/// What a tool says of one of its rules; shared by all findings of it.
struct ToolRule {
  Tool tool;
  std::string id;        ///< as Peer calls it: "eslint/no-eval", or one of ours
  std::string category;  ///< "security", "correctness", ...
  std::string why;
  std::string help;
  double confidence = 0.8;
  std::vector<int> cwe;
  friend bool operator==(const ToolRule&, const ToolRule&) = default;
};

struct ImportedFinding {
  std::shared_ptr<const ToolRule> rule;  ///< never null
  Severity severity = Severity::warning;
  /// As the tool wrote it, percent-decoded: absolute or relative, '/' between folders.
  std::string path;
  ToolPlace at;
  std::string message;
  std::vector<ImportedRelated> related;
  std::optional<ImportedFix> fix;
  std::optional<Suppression> suppressed;
  /// The text that the tool saw, where it gives all of it; shared by the findings of a file.
  std::shared_ptr<const std::string> source;
};

/// The findings of one file of another tool.
struct ToolFindings {
  std::string format;  ///< "SARIF", "checkstyle", ...
  std::vector<ImportedFinding> findings;
  std::vector<std::string> notes;  ///< what could not be used though nothing is lost by it
  std::string problem;  ///< why not all of it could be read, or "": findings may be missing
};

}  // namespace peer
