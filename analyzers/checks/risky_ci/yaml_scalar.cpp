#include "analyzers/checks/risky_ci/yaml_scalar.hpp"

#include <charconv>

#include "base/text.hpp"

namespace peer::ci {
namespace {

/// The lines of `text`, which begins at byte `begin` of the file, without indentation; blank ones
/// are empty.
std::vector<SaidLine> source_lines(std::string_view text, std::uint32_t begin) {
  std::vector<SaidLine> lines;
  while (true) {
    const auto feed = text.find('\n');
    const auto line = trim(text.substr(0, feed));
    const auto at =
        begin + (line.empty() ? 0 : static_cast<std::uint32_t>(line.data() - text.data()));
    lines.push_back({std::string(line), {at, at + static_cast<std::uint32_t>(line.size())}});
    if (feed == std::string_view::npos) return lines;
    begin += static_cast<std::uint32_t>(feed + 1);
    text.remove_prefix(feed + 1);
  }
}

/// Lines that follow each other become one; a blank line stays an end.
std::vector<SaidLine> folded(std::vector<SaidLine> lines) {
  std::vector<SaidLine> out;
  bool goes_on = false;
  for (auto& line : lines) {
    if (line.text.empty()) {
      goes_on = false;
    } else if (goes_on) {
      out.back().text += ' ' + line.text;
      out.back().span.end = line.span.end;
    } else {
      out.push_back(std::move(line));
      goes_on = true;
    }
  }
  return out;
}

/// The character of `\x41`, `\u0041` or `\U00000041`, whose letter stands at `at`; moves past it.
void append_escaped_code(std::string& out, std::string_view raw, std::size_t& at) {
  const std::size_t digits = raw[at] == 'x' ? 2 : raw[at] == 'u' ? 4 : 8;
  std::uint32_t code = 0;
  const auto part = raw.substr(at + 1, digits);
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), code, 16);
  if (error == std::errc() && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF))
    append_utf8(out, code);
  at += static_cast<std::size_t>(end - part.data());
}

std::string unescaped(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i];
      continue;
    }
    switch (raw[++i]) {
      case 'n':
      case 'N':
        out += '\n';
        break;
      case 't':
      case '\t':
      case '_':
        out += ' ';
        break;
      case ' ':  // a line end that does not count
        break;
      case 'x':
      case 'u':
      case 'U':
        append_escaped_code(out, raw, i);
        break;
      default:
        out += raw[i];
    }
  }
  return out;
}

/// A scalar that is folded and stands as one: each of its lines has the span of all.
std::vector<SaidLine> spread(std::string_view text, Span span) {
  std::vector<SaidLine> out;
  for (auto& line : source_lines(text, 0))
    if (!line.text.empty()) out.push_back({std::move(line.text), span});
  return out;
}

std::string joined(const std::vector<SaidLine>& lines) {
  std::string out;
  for (const auto& line : lines)
    out += (out.empty() ? "" : "\n") + line.text;
  return out;
}

std::string_view inner(std::string_view quoted) {
  if (quoted.size() < 2) return {};
  return quoted.substr(1, quoted.size() - 2);
}

std::vector<SaidLine> block_lines(Node node, std::string_view whole) {
  const auto head_end = whole.find('\n');
  if (head_end == std::string_view::npos) return {};
  const auto below = static_cast<std::uint32_t>(head_end + 1);
  auto lines = source_lines(whole.substr(below), node.begin() + below);
  if (whole[0] == '>') return folded(std::move(lines));
  std::erase_if(lines, [](const SaidLine& line) { return line.text.empty(); });
  return lines;
}

}  // namespace

bool is_scalar(Node node) {
  const auto kind = node.kind();
  return kind == "plain_scalar" || kind == "single_quote_scalar" || kind == "double_quote_scalar" ||
         kind == "block_scalar";
}

std::vector<SaidLine> lines_said(Node node, std::string_view text) {
  const auto whole = node.text(text);
  const auto kind = node.kind();
  if (kind == "block_scalar") return block_lines(node, whole);
  if (kind == "single_quote_scalar")
    return spread(replace_all(joined(folded(source_lines(inner(whole), 0))), "''", "'"),
                  node.span());
  if (kind == "double_quote_scalar")
    return spread(unescaped(joined(folded(source_lines(inner(whole), 0)))), node.span());
  return spread(joined(folded(source_lines(whole, 0))), node.span());
}

}  // namespace peer::ci
