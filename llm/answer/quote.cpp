#include "llm/answer/quote.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "llm/answer/lines.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeastBytes = 3;
constexpr std::size_t kMostLineBytes = 2000;  // over this a line is compared as a whole only
constexpr std::size_t kMostQuoteLines = 40;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < text.size();) {
    auto end = i + 1;
    if (is_word(text[i]))
      while (end < text.size() && is_word(text[end]))
        ++end;
    if (text[i] != ' ' && text[i] != '\t') out.push_back(text.substr(i, end - i));
    i = end;
  }
  std::sort(out.begin(), out.end());
  return out;
}

double similarity(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const int order = a[i].compare(b[j]);
    if (order == 0) ++shared;
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
  return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

/// The lines of a quote without blank ones, fences and quotation marks around it.
std::vector<std::string_view> quoted_lines(std::string_view quote) {
  std::vector<std::string_view> out;
  for (const auto line : split_lines(quote)) {
    auto bare = trim(line);
    if (bare.empty() || bare.starts_with("```")) continue;
    if (bare.size() > 2 && bare.front() == '`' && bare.back() == '`')
      bare = trim(bare.substr(1, bare.size() - 2));
    out.push_back(bare);
  }
  return out;
}

/// Whether every line begins with the '+' of a diff.
bool has_diff_marks(const std::vector<std::string_view>& lines) {
  return std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
    return line.starts_with('+') && line.size() > 1;
  });
}

/// Of equal places an added one, else the first.
template <class Form>
std::optional<QuotePlace> find_whole(std::span<const QuotableLine> lines,
                                     const std::vector<std::string_view>& quote, Form form,
                                     QuoteMatch match) {
  std::vector<decltype(form(std::string_view{}))> hay, needle;
  std::vector<std::size_t> index;  // lines that are blank may stand between quoted ones
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (trim(lines[i].text).empty()) continue;
    hay.push_back(form(lines[i].text));
    index.push_back(i);
  }
  for (const auto line : quote)
    needle.push_back(form(line));
  const auto places = places_of<typename decltype(hay)::value_type>(needle, hay);
  if (places.empty()) return std::nullopt;
  auto best = places.front();
  for (const auto at : places)
    if (lines[index[at]].added) {
      best = at;
      break;
    }
  return QuotePlace{lines[index[best]].number, lines[index[best + needle.size() - 1]].number,
                    match};
}

/// The one line that is alike enough and more so than every other.
std::optional<QuotePlace> find_similar(std::span<const QuotableLine> lines,
                                       std::string_view quote) {
  if (quote.size() > kMostLineBytes) return std::nullopt;
  const auto wanted = tokens_of(quote);
  double best = 0;
  std::size_t best_line = 0, as_good = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].text.size() > kMostLineBytes) continue;
    const auto here = similarity(wanted, tokens_of(lines[i].text));
    if (here < kLeastSimilarity || here < best) continue;
    as_good = here > best ? 1 : as_good + 1;
    best = here;
    best_line = i;
  }
  if (as_good != 1) return std::nullopt;
  return QuotePlace{lines[best_line].number, lines[best_line].number, QuoteMatch::similar};
}

}  // namespace

std::string_view to_string(QuoteMatch match) {
  constexpr std::string_view kWords[] = {"exact", "spaces", "similar"};
  return kWords[static_cast<int>(match)];
}

double token_similarity(std::string_view a, std::string_view b) {
  return similarity(tokens_of(a), tokens_of(b));
}

std::optional<QuotePlace> locate_quote(std::span<const QuotableLine> lines,
                                       std::string_view quote) {
  auto wanted = quoted_lines(quote);
  std::size_t said = 0;
  for (const auto line : wanted)
    said += without_spaces(line).size();
  if (wanted.empty() || wanted.size() > kMostQuoteLines || said < kLeastBytes) return std::nullopt;
  for (const bool strip_marks : {false, true}) {
    if (strip_marks) {
      if (!has_diff_marks(wanted)) break;
      for (auto& line : wanted)
        line = trim(line.substr(1));
    }
    const auto as_said = [](std::string_view line) { return trim(line); };
    if (auto place = find_whole(lines, wanted, as_said, QuoteMatch::exact)) return place;
    if (auto place = find_whole(lines, wanted, without_spaces, QuoteMatch::spaces)) return place;
    if (wanted.size() == 1)
      if (auto place = find_similar(lines, wanted.front())) return place;
  }
  return std::nullopt;
}

}  // namespace peer
