#include "reporters/render/escape.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"

namespace peer {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || c == '_'; }

std::string code_point_form(char c) {
  return fmt::format("<U+{:04X}>", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

/// The longest run of backticks in `text`.
std::size_t longest_ticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// `text` on one visible line without white space at its ends; malformed bytes are replaced.
std::string flat(std::string_view text) {
  std::string spaced(trim(text));
  std::replace_if(
      spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return visible(spaced, false);
}

/// Where a run of hexadecimal digits that forges take for a commit begins at `at`: its length, else
/// 0.
std::size_t commit_like(std::string_view text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1])) return 0;
  auto end = at;
  while (end < text.size() && is_hex(text[end]))
    ++end;
  if (end < text.size() && is_word(text[end])) return 0;
  return end - at >= 7 ? end - at : 0;
}

constexpr std::string_view kGap = "\xe2\x80\x8b";  // zero-width space

bool has(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

/// The digits of what looks like a commit, in pieces: six of them name none.
std::string cut_commit(std::string_view digits) {
  constexpr std::size_t kHarmless = 6;
  std::string out;
  for (std::size_t k = 0; k < digits.size(); k += kHarmless) {
    if (k > 0) out += kGap;
    out += digits.substr(k, kHarmless);
  }
  return out;
}

/// Whether `c` makes a link, mention or reference of the word that follows it.
bool begins_reference(char last, char c, char next) {
  constexpr std::string_view kSigils = "@#!~$%^&*";
  const bool scheme = c == ':' && (is_letter(last) || next == '/');
  const bool key = c == '-' && is_letter(last) && is_digit(next);  // GH-1
  return (has(kSigils, c) || scheme || key) && next != ' ';
}

}  // namespace

std::string uri_path(std::string_view path) {
  constexpr std::string_view kUnreserved = "-._~/";
  std::string out;
  for (const char c : path) {
    if (is_digit(c) || is_letter(c) || kUnreserved.find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  const auto shown = visible(text);
  for (const char c : shown) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\n':
        out += "&#10;";
        break;  // in an attribute a raw one would become a blank
      case '\t':
        out += "&#9;";
        break;
      default:
        out += c;
    }
  }
  // the two noncharacters that XML 1.0 leaves out and visible() does not touch
  return replace_all(replace_all(out, "\xef\xbf\xbe", "\xef\xbf\xbd"), "\xef\xbf\xbf",
                     "\xef\xbf\xbd");
}

std::string command_data(std::string_view text) {
  auto shown = visible(text);
  shown = replace_all(std::move(shown), "%", "%25");
  return replace_all(std::move(shown), "\n", "%0A");
}

std::string command_property(std::string_view text) {
  auto data = command_data(text);
  data = replace_all(std::move(data), ":", "%3A");
  return replace_all(std::move(data), ",", "%2C");
}

std::string log_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool at_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto rest = text.substr(i);
    bool command = at_start && rest.starts_with("::");
    if (rest.starts_with("##")) {
      auto name = i + 2;
      while (name < text.size() && is_letter(text[name]))
        ++name;
      command = name < text.size() && text[name] == '[';
    }
    out += command ? code_point_form(text[i]) : std::string(1, text[i]);
    if (text[i] == '\n')
      at_start = true;
    else if (text[i] != ' ')
      at_start = false;
  }
  return out;
}

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_[]()<>{}#|~&!$^=\"'";
  constexpr std::string_view kBlockStarts = "-+/:";
  const auto line = flat(text);
  const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const char next = i + 1 < line.size() ? line[i + 1] : ' ';
    const char last = i > 0 ? line[i - 1] : ' ';
    if (const auto length = commit_like(line, i); length > 0) {
      out += cut_commit(std::string_view(line).substr(i, length));
      i += length - 1;
      continue;
    }
    const bool list_item = i == digits && i > 0 && c == '.' && next == ' ';
    if (c == '.' && i >= 3 && to_lower(line.substr(i - 3, 3)) == "www") out += kGap;
    if (list_item || (i == 0 && has(kBlockStarts, c)) || has(kMarkup, c)) out += '\\';
    out += c;
    if (begins_reference(last, c, next)) out += kGap;
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  // a pipe would end a table's cell, even in code
  const auto line = replace_all(flat(text), "|", code_point_form('|'));
  if (line.empty()) return "` `";
  const std::string ticks(longest_ticks(line) + 1, '`');
  const bool pad =
      line.front() == '`' || line.back() == '`' || (line.front() == ' ' && line.back() == ' ');
  const std::string_view gap = pad ? " " : "";
  return fmt::format("{}{}{}{}{}", ticks, gap, line, gap, ticks);
}

std::string markdown_fence(std::string_view text, std::string_view info) {
  const auto shown = visible(replace_all(std::string(text), "\r\n", "\n"));
  const std::string fence(std::max<std::size_t>(3, longest_ticks(shown) + 1), '`');
  const std::string_view end = shown.empty() || shown.ends_with('\n') ? "" : "\n";
  return fmt::format("{}{}\n{}{}{}\n", fence, info, shown, end, fence);
}

}  // namespace peer
