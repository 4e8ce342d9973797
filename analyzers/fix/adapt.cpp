#include "analyzers/fix/adapt.hpp"

#include <algorithm>

#include "analyzers/fix/apply.hpp"

namespace peer {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t";
constexpr std::uint32_t kLinesLookedAt = 20;  // in either direction, for the indentation in use

std::string_view line_end_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '\n') return "\n";
  return text.substr(at).starts_with("\r\n") ? "\r\n" : "\r";
}

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool ends_line(std::string_view text) { return !text.empty() && is_line_end(text.back()); }

std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\r\n")) continue;  // the line feed that follows stands for both
    if (text[i] == '\n')
      out += line_end;
    else
      out += text[i];
  }
  return out;
}

/// Drops blanks before each line end of `text`, and at its end when the line ends there in the
/// file.
std::string without_trailing_blanks(std::string_view text, bool line_ends_after) {
  std::string out;
  for (const char c : text) {
    if (is_line_end(c))
      while (!out.empty() && kBlanks.find(out.back()) != std::string_view::npos)
        out.pop_back();
    out += c;
  }
  if (line_ends_after)
    while (!out.empty() && kBlanks.find(out.back()) != std::string_view::npos)
      out.pop_back();
  return out;
}

/// The indentation used around byte `at`: ' ', '\t' or 0 when no line near is indented.
char indent_near(std::string_view text, const LineIndex& lines, std::uint32_t at) {
  const auto line = lines.line_of(at);
  const auto indent_on = [&](std::uint32_t number) {
    const auto span = lines.line_span(number);
    const bool indented = !span.empty() && kBlanks.find(text[span.begin]) != std::string_view::npos;
    return indented ? text[span.begin] : char{0};
  };
  for (std::uint32_t i = 0; i < kLinesLookedAt && i < line; ++i)
    if (const char used = indent_on(line - i); used != 0) return used;
  for (std::uint32_t i = 1; i <= kLinesLookedAt && line + i <= lines.line_count(); ++i)
    if (const char used = indent_on(line + i); used != 0) return used;
  return 0;
}

std::string indent_of(std::size_t width, std::uint32_t tab, bool with_tabs) {
  const std::size_t tabs = with_tabs ? width / tab : 0;
  return std::string(tabs, '\t') + std::string(width - tabs * tab, ' ');
}

/// The leading blanks of each line that begins in `text` written with tabs or with spaces.
std::string reindented(std::string_view text, bool starts_line, std::uint32_t tab, bool with_tabs) {
  std::string out;
  bool at_start = starts_line;
  std::size_t width = 0;
  for (const char c : text) {
    if (at_start && c == ' ') {
      ++width;
      continue;
    }
    if (at_start && c == '\t') {
      width += tab - width % tab;
      continue;
    }
    if (at_start) out += indent_of(width, tab, with_tabs);
    width = 0;
    out += c;
    at_start = is_line_end(c);
  }
  // blanks at the very end go before what follows in the file: the same indentation
  return at_start ? out + indent_of(width, tab, with_tabs) : out;
}

std::string with_indentation(const Edit& edit, std::string_view text, const LineIndex& lines,
                             const EditorSettings& settings) {
  if (!settings.indent_with_tabs) return edit.text;
  const char wanted = *settings.indent_with_tabs ? '\t' : ' ';
  const auto at = edit.span.begin;
  const char used = indent_near(text, lines, at);
  if (used != 0 && used != wanted) return edit.text;  // mixing would be worse
  const auto tab = settings.tab_width.value_or(settings.indent_size.value_or(4));
  const bool starts_line = at == 0 || is_line_end(text[at - 1]);
  return reindented(edit.text, starts_line, tab, *settings.indent_with_tabs);
}

/// Keeps the end of the file as it was: with a last line end, or without. `edit` is the last one.
void keep_last_line_end(Edit& edit, std::string_view text, std::string_view line_end,
                        const EditorSettings& settings) {
  if (edit.span.end != text.size() || text.empty()) return;
  const bool had = ends_line(text);
  const bool has = ends_line(edit.text.empty() ? text.substr(0, edit.span.begin) : edit.text);
  const bool wanted = had || settings.insert_final_newline.value_or(false);
  if (wanted && !has && edit.span.begin + edit.text.size() > 0) {
    edit.text += line_end;
  } else if (!wanted && has && !edit.text.empty()) {
    edit.text.erase(edit.text.size() - (edit.text.ends_with("\r\n") ? 2 : 1));
  }
}

}  // namespace

std::string_view line_end_near(std::string_view text, const LineIndex& lines, std::uint32_t at) {
  if (text.empty()) return {};
  const auto line = lines.line_of(at);
  const auto end = lines.line_span(line).end;
  // a lone CR ends no line for git and the index, but in old Mac files it is what ends them
  if (const auto cr = text.substr(0, end).find('\r', at); cr != std::string_view::npos) return "\r";
  if (const auto line_end = line_end_at(text, end); !line_end.empty()) return line_end;
  if (const auto cr = text.substr(0, at).rfind('\r');
      cr != std::string_view::npos && cr >= lines.line_span(line).begin)
    return "\r";
  return line > 1 ? line_end_at(text, lines.line_span(line - 1).end) : std::string_view{};
}

std::vector<Edit> adapted(std::vector<Edit> edits, std::string_view text, const LineIndex& lines,
                          const EditorSettings& settings) {
  // what an edit replaces by itself is the file's own: it is not adapted
  edits = tightened(text, edits);
  for (auto& edit : edits) {
    // what goes to the very front of a file goes behind its byte order mark
    if (edit.span == Span{0, 0} && text.starts_with(kByteOrderMark)) edit.span = {3, 3};
    auto line_end = line_end_near(text, lines, edit.span.begin);
    if (line_end.empty())
      line_end = settings.end_of_line ? std::string_view(*settings.end_of_line) : "\n";
    if (!edit.text.empty()) {
      edit.text = with_line_ends(edit.text, line_end);
      edit.text = with_indentation(edit, text, lines, settings);
    }
    if (settings.trim_trailing_whitespace.value_or(false)) {
      const bool ends = edit.span.end == text.size() || is_line_end(text[edit.span.end]);
      edit.text = without_trailing_blanks(edit.text, ends);
    }
    if (&edit == &edits.back()) keep_last_line_end(edit, text, line_end, settings);
  }
  return edits;
}

}  // namespace peer
