// What gcc, clang and the tools that write like them print: messages, notes that belong to them,
// and the fix-its of -fdiagnostics-parseable-fixits. Other tools' text is read by
// read_tool_output().
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>

#include <re2/re2.h>

#include "analyzers/import/naming.hpp"
#include "analyzers/import/readers.hpp"
#include "analyzers/import/tool_output.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLongestLine = 4000;  // a message, not a data file
constexpr std::size_t kMostRelated = 20;
constexpr std::size_t kMostEdits = 100;

std::uint32_t number(const std::string& text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// A string as the compilers quote it: \" \\ \n \t and octal bytes.
std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    int octal = 0;
    std::size_t digits = 0;
    while (digits < 3 && i + digits < text.size() && text[i + digits] >= '0' &&
           text[i + digits] <= '7')
      octal = octal * 8 + (text[i + digits++] - '0');
    if (digits > 0) {
      out += static_cast<char>(octal & 0xFF);
      i += digits - 1;
    } else {
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return out;
}

/// Which of the tools that print alike this is: by the code at the end of a message, then by file.
std::string tool_of(std::string_view code, std::string_view path, std::string_view compiler) {
  if (code.starts_with("-W")) return std::string(compiler);
  if (code.starts_with("SC") && code.size() == 6) return "shellcheck";
  if (path.ends_with(".py") || path.ends_with(".pyi")) return "mypy";
  if (code.find('-') != std::string_view::npos) return "clang-tidy";
  return std::string(compiler);
}

/// "-Wunused-variable" and "-Werror=unused-variable" -> "unused-variable"; of several the first.
std::string rule_of_code(std::string_view code) {
  code = code.substr(0, code.find(','));
  if (code.starts_with("-Werror=")) return std::string(code.substr(8));
  if (code.starts_with("-W")) return std::string(code.substr(2));
  return std::string(code);
}

class Reader {
 public:
  Reader(ToolFindings& out, std::string compiler) : out_(out), compiler_(std::move(compiler)) {}

  /// False when the line is none of a compiler's.
  bool take(const std::string& line) {
    if (line.size() > kLongestLine) return false;
    return fix_it(line) || message(line);
  }
  void add(const ToolMessage& told) {
    if (full()) return;
    ImportedFinding finding;
    const auto code =
        told.code.empty() ? (told.severity.empty() ? "finding" : told.severity) : told.code;
    finding.rule = rule_of(told.tool == "gcc/clang" ? compiler_ : told.tool, code);
    finding.severity = severity_of_word(told.severity).value_or(Severity::warning);
    finding.path = told.path;
    const bool counts_bytes = told.tool == "go";
    finding.at = point(told.line, told.column,
                       counts_bytes         ? Unit::byte
                       : told.tool == "tsc" ? Unit::utf16
                                            : Unit::code_point);
    finding.message = message_words(told.message);
    out_.findings.push_back(std::move(finding));
  }
  void finish() {
    if (over_ > 0)
      out_.problem = fmt::format("{} findings are left out: {} is the most that are read",
                                 with_commas(over_), with_commas(kMostImported));
  }

 private:
  static ToolPlace point(std::uint32_t line, std::uint32_t column, Unit unit) {
    ToolPlace place;
    place.line = line;
    place.column = column;
    if (column > 0) {
      place.end_line = line;
      place.end_column = column;
    }
    place.unit = unit;
    return place;
  }

  bool full() {
    if (out_.findings.size() < kMostImported) return false;
    ++over_;
    return true;
  }

  std::shared_ptr<const ToolRule> rule_of(const std::string& tool, const std::string& rule) {
    auto& slot = rules_[tool + "/" + rule];
    if (!slot) slot = std::make_shared<const ToolRule>(make_tool_rule(make_tool(tool, ""), rule));
    return slot;
  }

  bool message(const std::string& line) {
    static const RE2 kMessage(
        R"(^((?:[A-Za-z]:[\\/])?[^:\s][^:]*):(\d+)(?::(\d+))?: (fatal error|error|warning|note): (.*)$)");
    static const RE2 kCode(R"(^(.*?)\s*\[([-\w.,=+#@/]+)\]$)");
    std::string path, at_line, at_column, severity, words, text, code;
    if (line.find(": ") == std::string::npos ||
        !RE2::FullMatch(line, kMessage, &path, &at_line, &at_column, &severity, &words))
      return false;
    if (RE2::FullMatch(words, kCode, &text, &code)) words = text;
    const auto tool = tool_of(code, path, compiler_);
    const auto unit = tool == "gcc"                            ? Unit::display
                      : tool == "mypy" || tool == "shellcheck" ? Unit::code_point
                                                               : Unit::byte;
    const auto place = point(number(at_line), number(at_column), unit);
    if (severity == "note") {
      note(path, place, words);
      return true;
    }
    current_ = false;
    after_note_ = false;
    if (full()) return true;
    ImportedFinding finding;
    auto rule = rule_of_code(code);
    if (rule.empty()) rule = severity == "warning" ? "warning" : "error";
    finding.rule = rule_of(tool, rule);
    finding.severity = severity_of_word(severity).value_or(Severity::warning);
    finding.path = path;
    finding.at = place;
    finding.message = message_words(words);
    out_.findings.push_back(std::move(finding));
    current_ = true;
    return true;
  }

  /// Belongs to the message before it.
  void note(const std::string& path, const ToolPlace& place, const std::string& words) {
    after_note_ = true;
    if (!current_) return;
    auto& finding = out_.findings.back();
    if (finding.related.size() < kMostRelated)
      finding.related.push_back({path == finding.path ? "" : path, place, message_words(words)});
  }

  /// Of the message itself: those of its notes are a choice that a human must make.
  bool fix_it(const std::string& line) {
    static const RE2 kFixIt(R"re(^fix-it:"(.*)":\{(\d+):(\d+)-(\d+):(\d+)\}:"(.*)"$)re");
    std::string path, line1, column1, line2, column2, text;
    if (!line.starts_with("fix-it:") ||
        !RE2::FullMatch(line, kFixIt, &path, &line1, &column1, &line2, &column2, &text))
      return false;
    if (!current_ || after_note_) return true;
    auto& finding = out_.findings.back();
    if (unquoted(path) != finding.path) return true;
    ToolPlace at;
    at.line = number(line1);
    at.column = number(column1);
    at.end_line = number(line2);
    at.end_column = number(column2);
    at.unit = Unit::byte;
    if (!finding.fix)
      finding.fix =
          ImportedFix{"apply the fix-it of " + finding.rule->tool.name, {}, Safety::unsafe};
    if (finding.fix->edits.size() < kMostEdits)
      finding.fix->edits.push_back({std::move(at), unquoted(text)});
    return true;
  }

  ToolFindings& out_;
  std::string compiler_;
  bool current_ = false;  ///< the last finding is what notes and fix-its belong to
  bool after_note_ = false;
  std::size_t over_ = 0;
  std::map<std::string, std::shared_ptr<const ToolRule>> rules_;
};

/// clang counts what it generated; gcc says in which function it is.
std::string compiler_of(std::string_view text) {
  static const RE2 kClang(R"((?m)^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated\.)");
  return RE2::PartialMatch({text.data(), text.size()}, kClang) ? "clang" : "gcc";
}

}  // namespace

ToolFindings read_compiler_text(std::string_view text) {
  ToolFindings out;
  out.format = "compiler text";
  Reader reader(out, compiler_of(text));
  // escape sequences (colours) are taken out by read_tool_output alone, so lines are tried here
  // first
  std::string others;
  for (const auto line : split_lines(text)) {
    const std::string each(line.substr(0, kLongestLine + 1));
    if (reader.take(each)) continue;
    others += each;
    others += '\n';
  }
  for (const auto& message : read_tool_output(others))
    reader.add(message);
  reader.finish();
  if (out.findings.empty()) out.problem = "none of the formats that Peer reads";
  return out;
}

}  // namespace peer
