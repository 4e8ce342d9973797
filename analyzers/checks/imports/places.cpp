#include "analyzers/checks/imports/places.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace peer::imports {
namespace {

constexpr std::size_t kMostLevels = 64;

bool is_word_byte(char c, const WordForm& form) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80 ||
         (form.dollar && byte == '$');
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::uint64_t length_bit(std::size_t length) {
  return std::uint64_t{1} << std::min<std::size_t>(length, 63);
}

}  // namespace

std::uint32_t WordSet::add(std::string_view word) {
  const auto number = static_cast<std::uint32_t>(numbers_.size());
  std::string key = form_.ignore_case ? to_lower(word) : std::string(word);
  if (!key.empty()) lengths_[static_cast<unsigned char>(key[0])] |= length_bit(key.size());
  return numbers_.try_emplace(std::move(key), number).first->second;
}

bool WordSet::possible(std::string_view word) const {
  auto first = static_cast<unsigned char>(word[0]);
  if (form_.ignore_case && first >= 'A' && first <= 'Z')
    first = static_cast<unsigned char>(first + ('a' - 'A'));
  return (lengths_[first] & length_bit(word.size())) != 0;
}

std::vector<WordSet::Hit> WordSet::find_in(std::string_view text) const {
  std::vector<bool> in_word(256);
  for (int byte = 0; byte < 256; ++byte)
    in_word[static_cast<std::size_t>(byte)] = is_word_byte(static_cast<char>(byte), form_);
  const auto holds = [&](std::size_t at) { return in_word[static_cast<unsigned char>(text[at])]; };
  std::vector<Hit> hits;
  constexpr std::string_view kMark =
      "\xEF\xBB\xBF";  // stands before the first word, is no part of it
  for (std::size_t at = text.starts_with(kMark) ? kMark.size() : 0; at < text.size(); ++at) {
    if (!holds(at)) continue;
    const auto begin = at;
    while (at < text.size() && holds(at))
      ++at;
    const auto word = text.substr(begin, at - begin);
    if (!possible(word)) continue;
    const auto found = numbers_.find(form_.ignore_case ? to_lower(word) : std::string(word));
    if (found == numbers_.end()) continue;
    hits.push_back(
        {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)}, found->second});
  }
  return hits;
}

Node Place::above(std::size_t levels) const {
  return levels < path.size() ? path[path.size() - 1 - levels].node : Node();
}

Node Place::nearest(std::initializer_list<std::string_view> kinds) const {
  for (std::size_t level = 0; level < std::min(path.size(), kMostLevels); ++level) {
    const Node node = above(level);
    if (std::find(kinds.begin(), kinds.end(), node.kind()) != kinds.end()) return node;
  }
  return {};
}

void visit_places(Node root, std::span<const WordSet::Hit> hits,
                  const std::function<bool(const WordSet::Hit&)>& wanted,
                  const std::function<void(const WordSet::Hit&, const Place&)>& visit) {
  if (!root) return;
  Cursor cursor(root);
  std::vector<Step> path{{root, {}}};
  bool passed_children = false;  // all children of the current node lie before the word
  auto hit = hits.begin();
  const auto skip_unwanted = [&] {
    while (hit != hits.end() && !wanted(*hit))
      ++hit;
  };
  const auto visit_in = [&](std::span<const Step> around) {
    visit(*hit, {around, hit->span});
    ++hit;
    skip_unwanted();
  };
  for (skip_unwanted(); hit != hits.end();) {
    Step& here = path.back();
    if (hit->span.begin < here.node.begin()) {  // between the current node and the one before it
      visit_in(std::span<const Step>(path).first(std::max<std::size_t>(path.size() - 1, 1)));
    } else if (hit->span.end <= here.node.end()) {
      here.field = cursor.field();
      if (!passed_children && cursor.to_first_child())
        path.push_back({cursor.node(), {}});
      else
        visit_in(path);
    } else if (cursor.to_next_sibling()) {
      here.node = cursor.node();
      passed_children = false;
    } else if (cursor.to_parent()) {
      path.pop_back();
      passed_children = true;
    } else {  // past the root: white space and what the parser left out
      visit_in(path);
    }
  }
}

bool is_comment(std::string_view kind) { return kind.find("comment") != std::string_view::npos; }

std::string_view two_before(std::string_view text, std::uint32_t offset) {
  while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '\t'))
    --offset;
  const std::uint32_t length = std::min(offset, std::uint32_t{2});
  return text.substr(offset - length, length);
}

char byte_before(std::string_view text, std::uint32_t offset) {
  const auto two = two_before(text, offset);
  return two.empty() ? '\0' : two.back();
}

char byte_after(std::string_view text, std::uint32_t offset) {
  while (offset < text.size() && is_space(text[offset]))
    ++offset;
  return offset < text.size() ? text[offset] : '\0';
}

}  // namespace peer::imports
