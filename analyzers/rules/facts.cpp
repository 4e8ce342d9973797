#include "analyzers/rules/facts.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr double kLow = 0.3, kMedium = 0.6, kHigh = 0.9;

/// The metadata of a rule: ours first, then what others write.
class Metadata {
 public:
  explicit Metadata(const YamlNode& document)
      : all_(document.find("metadata")), ours_(all_ == nullptr ? nullptr : all_->find("peer")) {}

  [[nodiscard]] const YamlNode* ours(std::string_view key) const {
    return ours_ == nullptr ? nullptr : ours_->find(key);
  }
  [[nodiscard]] const YamlNode* find(std::string_view key) const {
    if (const auto* node = ours(key); node != nullptr) return node;
    return all_ == nullptr ? nullptr : all_->find(key);
  }
  [[nodiscard]] std::string text(std::string_view key) const {
    const auto* node = find(key);
    if (node != nullptr && node->is_sequence() && !node->children.empty())
      node = &node->children.front();
    return node != nullptr && node->is_scalar() ? std::string(trim(node->text)) : "";
  }

 private:
  const YamlNode* all_;
  const YamlNode* ours_;
};

/// 78, "78" or "CWE-78: OS command injection".
void add_cwe(std::string_view text, std::vector<int>& out) {
  const auto lower = to_lower(text);
  std::string_view digits = text;
  if (const auto at = lower.find("cwe-"); at != std::string::npos) digits = text.substr(at + 4);
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc{} && end != digits.data() && number > 0 && number < 100'000 &&
      std::find(out.begin(), out.end(), number) == out.end())
    out.push_back(number);
}

template <class Each>
void each_text(const YamlNode* node, Each&& each) {
  if (node == nullptr) return;
  if (node->is_scalar()) each(node->text);
  for (const auto& child : node->children)
    if (child.is_scalar()) each(child.text);
}

double confidence_of(const YamlNode* node, double otherwise) {
  if (node == nullptr || !node->is_scalar()) return otherwise;
  if (const auto number = node->as_number(); number && *number >= 0 && *number <= 1) return *number;
  const auto word = to_lower(node->text);
  if (word == "low") return kLow;
  if (word == "medium") return kMedium;
  return word == "high" ? kHigh : otherwise;
}

/// The first sentence of a text, without what marks the end.
std::string first_sentence(std::string_view text) {
  const auto line = trim(text.substr(0, text.find('\n')));
  const auto end = line.find(". ");
  auto sentence = line.substr(0, end);
  while (sentence.ends_with('.'))
    sentence.remove_suffix(1);
  return std::string(sentence);
}

std::string category_of(const Metadata& metadata, const RuleFacts& facts) {
  if (auto said = to_lower(metadata.text("category")); !said.empty() && said.size() <= 40)
    return said;
  return facts.cwe.empty() && facts.owasp.empty() ? "custom" : "security";
}

void read_references(const Rule& rule, const Metadata& metadata, std::vector<std::string>& out) {
  const auto add = [&](const std::string& text) {
    if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
  };
  each_text(metadata.find("references"), add);
  add(rule.url);
}

/// A line whose last words are a comment with the one word `finding`.
bool is_marked(std::string_view line) {
  constexpr std::string_view kWord = "finding";
  auto text = trim_end(line);
  for (const std::string_view close : {"*/", "-->", "?>"})
    if (text.ends_with(close)) text = trim_end(text.substr(0, text.size() - close.size()));
  if (!text.ends_with(kWord)) return false;
  text = trim_end(text.substr(0, text.size() - kWord.size()));
  static constexpr std::array<std::string_view, 6> kOpeners{"#", "//", "/*", "--", "<!--", ";"};
  return std::any_of(kOpeners.begin(), kOpeners.end(),
                     [&](std::string_view open) { return text.ends_with(open); });
}

std::vector<std::uint32_t> marked_lines(std::string_view code) {
  std::vector<std::uint32_t> lines;
  const auto all = split_lines(code);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (is_marked(all[i])) lines.push_back(static_cast<std::uint32_t>(i + 1));
  if (lines.empty() && all.size() == 1) lines.push_back(1);
  return lines;
}

std::vector<RuleExample> read_examples(const YamlNode* list, const std::string& path, bool bad) {
  std::vector<RuleExample> examples;
  if (list == nullptr) return examples;
  for (const auto& node : list->children) {
    RuleExample example{path, node.text, {}, ""};
    if (node.is_map()) {
      if (const auto* code = node.find("code"); code != nullptr) example.code = code->text;
      if (const auto* fixed = node.find("fixed"); fixed != nullptr) example.fixed = fixed->text;
      if (const auto* own = node.find("path"); own != nullptr) example.path = own->text;
    }
    if (bad) example.lines = marked_lines(example.code);
    examples.push_back(std::move(example));
  }
  return examples;
}

}  // namespace

RuleFacts facts_of(const Rule& rule) {
  const Metadata metadata(rule.document);
  RuleFacts facts;
  facts.id = rule.id;
  facts.topic = metadata.text("topic");
  facts.owasp = metadata.text("owasp");
  each_text(metadata.find("cwe"), [&](const std::string& text) { add_cwe(text, facts.cwe); });
  facts.category = category_of(metadata, facts);
  facts.title = metadata.text("title");
  if (facts.title.empty()) facts.title = first_sentence(rule.message);
  if (facts.title.empty()) facts.title = rule.id;
  facts.why = metadata.text("why");
  facts.help = std::string(trim(rule.note));
  facts.severity = rule.severity.value_or(Severity::hint);
  facts.confidence = confidence_of(metadata.find("confidence"), kHigh);
  read_references(rule, metadata, facts.references);
  const auto* safe = metadata.ours("safe");
  facts.safe = safe != nullptr && safe->as_bool().value_or(false);
  facts.security = facts.category == "security" || facts.category == "secrets" ||
                   (rule.origin == Origin::user && facts.category == "custom");
  return facts;
}

std::string example_path(const Rule& rule) {
  const bool known = !rule.languages.empty() && !rule.languages.front()->extensions.empty();
  return known ? "example" + std::string(rule.languages.front()->extensions.front()) : "example";
}

RuleExamples examples_of(const YamlNode& document, const std::string& path) {
  const Metadata metadata(document);
  return {read_examples(metadata.ours("bad"), path, true),
          read_examples(metadata.ours("good"), path, false)};
}

}  // namespace peer::rules
