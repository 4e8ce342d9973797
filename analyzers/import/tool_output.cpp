#include "analyzers/import/tool_output.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include <re2/re2.h>

#include "analyzers/import/same_thing.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// Without `ESC [ .. letter` and `ESC ] .. BEL`.
std::string without_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\x1b') {
      out += text[i];
      continue;
    }
    const bool link = i + 1 < text.size() && text[i + 1] == ']';
    ++i;
    while (i + 1 < text.size()) {
      const char c = text[++i];
      if (link ? (c == '\a' || c == '\\') : ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
        break;
    }
  }
  return out;
}

std::uint32_t number(const std::string& text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What a tool's line looks like: a pattern whose groups are path, line, column, severity, code,
/// message in this order, each possibly empty.
struct LineShape {
  std::string_view tool;
  const char* pattern;
};

// In order: the more particular first, because gcc's shape fits much.
constexpr std::array<LineShape, 9> kShapes{{
    {"tsc", R"(^(.+?)\((\d+),(\d+)\): (error|warning) (TS\d+): (.*)$)"},
    {"tsc", R"(^(.+?):(\d+):(\d+) - (error|warning) (TS\d+): (.*)$)"},
    {"ruff", R"(^(.+?\.(?:py|pyi|ipynb)):(\d+):(\d+): ()([A-Z]{1,4}\d{3,4})(?: \[\*\])? (.*)$)"},
    {"eslint", R"(^(.+?): line (\d+), col (\d+), (Error|Warning) - ()(.*)$)"},
    {"go", R"(^(?:vet: )?(.+?\.go):(\d+)(?::(\d+))?: ()()(.*)$)"},
    {"javac", R"(^(.+?\.(?:java|kt)):(\d+)(): (error|warning): ()(.*)$)"},
    {"gcc", R"(^(.+?):(\d+)(?::(\d+))?: (?:fatal )?(error|warning|note): ()(.*)$)"},
    {"pytest", R"(^(\S+\.py):(\d+)(): ()()([A-Z]\w*(?:Error|Exception|Failed|Warning)\b.*)$)"},
    {"eslint", R"(^(\S.*?\.[cm]?[jt]sx?):(\d+):(\d+): ()()(.*)$)"},
}};

/// Whose words these are: "gcc", "clang", or "" where both say so.
std::string_view compiler_of(std::string_view message) {
  constexpr auto kOfClang = std::to_array<std::string_view>(
      {"use of undeclared identifier", "' after ", "no member named ", "too many errors emitted"});
  constexpr auto kOfGcc = std::to_array<std::string_view>(
      {"\xE2\x80\x98", "' before ", "first use in this function", "was not declared in this scope",
       " has no member named ", "' after class definition", "' after struct definition"});
  const auto holds = [&](std::string_view words) {
    return message.find(words) != std::string_view::npos;
  };
  if (std::any_of(kOfGcc.begin(), kOfGcc.end(), holds)) return "gcc";
  return std::any_of(kOfClang.begin(), kOfClang.end(), holds) ? "clang" : "";
}

/// The `[-Wname]`, `(rule)` or `[Error/rule]` at the end of a message, or javac's `[lint]` before
/// it, becomes its code.
void split_off_code(ToolMessage& message) {
  static const RE2 kFlag(R"(^(.*?)\s*[\[(](?:Error/|Warning/)?(-W[\w=+-]+|[@\w/-]+)[\])]$)");
  static const RE2 kLint(R"(^\[([a-z-]+)\] (.*)$)");
  std::string text, code;
  if (message.tool == "javac" && RE2::FullMatch(message.message, kLint, &code, &text)) {
    message.message = text;
    message.code = code;
  }
  if (message.code.empty() && (message.tool == "gcc" || message.tool == "eslint") &&
      RE2::FullMatch(message.message, kFlag, &text, &code)) {
    message.message = text;
    message.code = code;
  }
}

std::optional<ToolMessage> match_line(const std::string& line) {
  static const auto kCompiled = [] {
    std::array<std::unique_ptr<RE2>, kShapes.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = std::make_unique<RE2>(kShapes[i].pattern);
    return all;
  }();
  constexpr std::size_t kLongest = 4000;  // a message of a tool, not a data file
  if (line.size() > kLongest || line.find(':') == std::string::npos) return std::nullopt;
  for (std::size_t i = 0; i < kShapes.size(); ++i) {
    ToolMessage message;
    std::string at_line, at_column;
    if (!RE2::FullMatch(line, *kCompiled[i], &message.path, &at_line, &at_column, &message.severity,
                        &message.code, &message.message))
      continue;
    message.tool = kShapes[i].tool;
    message.line = number(at_line);
    message.column = number(at_column);
    message.severity = to_lower(message.severity);
    split_off_code(message);
    return message;
  }
  return std::nullopt;
}

/// Messages that take more than one line: what was read so far of one.
class Reader {
 public:
  void take(const std::string& line) {
    if (eslint_row(line) || arrow(line) || headline(line) || traceback(line) || file_line(line))
      return;
    if (auto message = match_line(line))
      add(std::move(*message));
    else
      summary(line);
  }
  /// Names the compiler of the lines that either may print: by their words, else by those of the
  /// others.
  std::vector<ToolMessage> finish() {
    const std::string_view other = gcc_ == clang_ ? "gcc/clang" : gcc_ ? "gcc" : "clang";
    for (auto& message : messages_)
      if (message.tool == "gcc") {
        const auto own = compiler_of(message.message);
        message.tool = message.path.ends_with(".py") ? "mypy" : own.empty() ? other : own;
      }
    return std::move(messages_);
  }

 private:
  void add(ToolMessage message) {
    message.rule = same_thing(message.tool, message.code, message.message);
    if (message.tool == "gcc") note_compiler(compiler_of(message.message));
    messages_.push_back(std::move(message));
  }
  void note_compiler(std::string_view compiler) {
    gcc_ = gcc_ || compiler == "gcc";
    clang_ = clang_ || compiler == "clang";
  }

  /// clang counts what it generated; gcc says in which function it is.
  void summary(const std::string& line) {
    static const RE2 kClang(R"(^\d+ (?:warning|error)s?(?: and \d+ errors?)? generated\.$)");
    static const RE2 kGcc(R"(^[^:\s][^:]*: In (?:\w+ )*function .*:$)");
    if (RE2::FullMatch(line, kClang)) note_compiler("clang");
    if (RE2::FullMatch(line, kGcc)) note_compiler("gcc");
  }

  /// eslint's usual form: the path on a line of its own, then indented rows.
  bool file_line(const std::string& line) {
    static const RE2 kPath(R"(^(/?\S.*\.(?:[cm]?[jt]sx?|vue|svelte))$)");
    std::string path;
    if (!RE2::FullMatch(line, kPath, &path)) return false;
    eslint_path_ = path;
    return true;
  }
  bool eslint_row(const std::string& line) {
    static const RE2 kRow(R"(^\s+(\d+):(\d+)\s+(error|warning)\s+(.*?)(?:\s{2,}(\S+))?$)");
    ToolMessage message;
    std::string at_line, at_column;
    if (eslint_path_.empty() || !RE2::FullMatch(line, kRow, &at_line, &at_column, &message.severity,
                                                &message.message, &message.code))
      return false;
    message.tool = "eslint";
    message.path = eslint_path_;
    message.line = number(at_line);
    message.column = number(at_column);
    add(std::move(message));
    return true;
  }

  /// rustc and newer ruff: what, then `--> where`.
  bool headline(const std::string& line) {
    static const RE2 kRust(R"(^(error|warning)(?:\[(E\d+)\])?: (.*)$)");
    static const RE2 kRuff(R"(^([A-Z]{1,4}\d{3,4}|invalid-syntax)(?:: | \[\*\] | )(.*)$)");
    ToolMessage message;
    if (RE2::FullMatch(line, kRust, &message.severity, &message.code, &message.message))
      message.tool = "rustc";
    else if (RE2::FullMatch(line, kRuff, &message.code, &message.message))
      message.tool = "ruff";
    else
      return false;
    pending_ = std::move(message);
    return true;
  }
  bool arrow(const std::string& line) {
    static const RE2 kArrow(R"(^\s*--> (.+):(\d+):(\d+)$)");
    std::string path, at_line, at_column;
    if (!pending_ || !RE2::FullMatch(line, kArrow, &path, &at_line, &at_column)) return false;
    pending_->path = path;
    pending_->line = number(at_line);
    pending_->column = number(at_column);
    add(std::move(*pending_));
    pending_.reset();
    return true;
  }

  /// Python: the last `File "..", line N` before the exception's own line is the place.
  bool traceback(const std::string& line) {
    static const RE2 kFrame(R"re(^\s*File "(.+)", line (\d+)(?:, in .*)?$)re");
    static const RE2 kException(
        R"(^((?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt))(?:: (.*))?$)");
    std::string path, at_line, name, text;
    if (RE2::FullMatch(line, kFrame, &path, &at_line)) {
      frame_ = ToolMessage{"python", path, number(at_line), 0, "error", {}, {}, {}};
      return true;
    }
    if (!frame_ || !RE2::FullMatch(line, kException, &name, &text)) return false;
    frame_->code = name;
    frame_->message = text.empty() ? name : name + ": " + text;
    add(std::move(*frame_));
    frame_.reset();
    return true;
  }

  std::string eslint_path_;
  std::optional<ToolMessage> pending_;
  std::optional<ToolMessage> frame_;
  std::vector<ToolMessage> messages_;
  bool gcc_ = false, clang_ = false;  ///< lines that only one of them prints were there
};

}  // namespace

std::vector<ToolMessage> read_tool_output(std::string_view output) {
  Reader reader;
  const auto text = without_escapes(output);
  for (const auto line : split_lines(text))
    reader.take(std::string(line));
  return reader.finish();
}

}  // namespace peer
