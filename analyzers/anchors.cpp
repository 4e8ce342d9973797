#include "analyzers/anchors.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
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

Anchors::Tokens Anchors::read(Span part) const {
  Tokens tokens;
  std::vector<Span> extras;
  // most parts are one node or within one: what stands beside it, up to the root, need not be
  // walked over
  Node top = file_.tree()->root();
  for (Node below = top.first_child_behind(part.begin);
       below && below.child_count() > 0 && below.span().contains(part);
       below = top.first_child_behind(part.begin)) {
    if (top.is_extra()) extras.push_back(top.span());
    top = below;
  }
  walk(
      top,
      [&](Node node) {
        if (node.end() <= part.begin || node.begin() >= part.end) return false;
        if (node.child_count() > 0) {
          if (node.is_extra()) extras.push_back(node.span());
          return true;
        }
        if (node.is_extra()) return false;
        const auto text = folded(node.text(file_.text()));
        Token token{node.span(),
                    static_cast<std::uint32_t>(tokens.texts.size()),
                    static_cast<std::uint32_t>(text.size()),
                    {}};
        tokens.texts += text;
        if (!extras.empty()) token.extra = extras.back();
        (extras.empty() ? tokens.code : tokens.in_extras).push_back(token);
        return false;
      },
      [&](Node node) {
        if (node.is_extra() && !extras.empty()) extras.pop_back();
      });
  tokens.hashes.push_back(0);
  tokens.sizes.push_back(0);
  for (const auto& token : tokens.code) {
    tokens.hashes.push_back(tokens.hashes.back() * kBase + hash_of(tokens.text_of(token)));
    tokens.sizes.push_back(tokens.sizes.back() + token.size + 1);
  }
  return tokens;
}

std::string_view Anchors::Tokens::text_of(const Token& token) const {
  return std::string_view(texts).substr(token.text, token.size);
}

std::string Anchors::Tokens::join(const std::vector<Token>& tokens, Span span,
                                  bool inside_extra) const {
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

std::string Anchors::Tokens::in(Span span) const {
  if (code.empty() && in_extras.empty()) return {};
  const auto [first, last] = range_in(code, span);
  if (first == last) return join(in_extras, span, true);
  auto text = join(code, span, false);
  if (sizes[last] - sizes[first] <= kMostBytes) return text;
  text.resize(std::min(text.size(), kMostBytes));
  return fmt::format("{} ... {} {:016x}", text, last - first,
                     hashes[last] - hashes[first] * power(kBase, last - first));
}

std::string Anchors::of(Span span) {
  // reading a file costs as much as parsing a tenth of it, and a look-up what stands beside the way
  // down
  constexpr int kMostLookedUp = 64;
  if (file_.tree() == nullptr) return {};
  if (!all_ && span.size() <= kMostBytes && looked_up_++ < kMostLookedUp)
    return read(span).in(span);
  if (!all_) all_ = read({0, std::numeric_limits<std::uint32_t>::max()});
  return all_->in(span);
}

}  // namespace peer
