#include "analyzers/anchors.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace peer {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;  // Fowler, Noll, Vo (1a)
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

std::uint64_t power(std::uint64_t base, std::size_t exponent) {
  std::uint64_t result = 1;
  for (; exponent > 0; exponent >>= 1U, base *= base)
    if ((exponent & 1U) != 0) result *= base;
  return result;
}

template <class Tokens>
std::pair<std::size_t, std::size_t> range_in(const Tokens& tokens, Span span) {
  const auto first = std::partition_point(tokens.begin(), tokens.end(), [&](const auto& token) {
    return token.span.end <= span.begin;
  });
  const auto last = std::partition_point(
      first, tokens.end(), [&](const auto& token) { return token.span.begin < span.end; });
  return {static_cast<std::size_t>(first - tokens.begin()),
          static_cast<std::size_t>(last - tokens.begin())};
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

void Anchors::read() {
  is_read_ = true;
  if (file_.tree() == nullptr) return;
  std::vector<Span> extras;
  walk(
      file_.tree()->root(),
      [&](Node node) {
        if (node.child_count() > 0) {
          if (node.is_extra()) extras.push_back(node.span());
          return true;
        }
        if (node.is_extra()) return false;
        const auto text = folded(node.text(file_.text()));
        Token token{node.span(),
                    static_cast<std::uint32_t>(texts_.size()),
                    static_cast<std::uint32_t>(text.size()),
                    {}};
        texts_ += text;
        if (!extras.empty()) token.extra = extras.back();
        (extras.empty() ? code_ : in_extras_).push_back(token);
        return false;
      },
      [&](Node node) {
        if (node.is_extra() && !extras.empty()) extras.pop_back();
      });
  hashes_.push_back(0);
  sizes_.push_back(0);
  for (const auto& token : code_) {
    hashes_.push_back(hashes_.back() * kBase + hash_of(text_of(token)));
    sizes_.push_back(sizes_.back() + token.size + 1);
  }
}

std::string_view Anchors::text_of(const Token& token) const {
  return std::string_view(texts_).substr(token.text, token.size);
}

std::string Anchors::join(const std::vector<Token>& tokens, Span span, bool inside_extra) const {
  const auto [first, last] = range_in(tokens, span);
  std::string out;
  for (auto i = first; i < last && out.size() <= kMostBytes; ++i) {
    const auto& token = tokens[i];
    if (!token.span.overlaps(span)) continue;
    // a finding about a comment is about its words
    if (inside_extra && (token.extra == span || !token.extra.contains(span))) continue;
    if (!out.empty()) out += ' ';
    out += text_of(token);
  }
  return out;
}

std::string Anchors::of(Span span) {
  if (!is_read_) read();
  if (code_.empty() && in_extras_.empty()) return {};
  const auto [first, last] = range_in(code_, span);
  if (first == last) return join(in_extras_, span, true);
  auto text = join(code_, span, false);
  if (sizes_[last] - sizes_[first] <= kMostBytes) return text;
  text.resize(std::min(text.size(), kMostBytes));
  return fmt::format("{} ... {} {:016x}", text, last - first,
                     hashes_[last] - hashes_[first] * power(kBase, last - first));
}

}  // namespace peer
