#include "base/yaml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <sstream>
#include <stdexcept>
#include <unordered_map>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kCode = "PEER-E140";
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";

constexpr std::string_view kNotYaml = "not YAML";

tl::unexpected<Error> refused(std::string message) {
  return fail(ErrorKind::invalid_input, std::move(message), std::string(kCode));
}

/// Carries a refusal out through yaml-cpp's parser; never leaves this file.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(const YAML::Mark& at, std::string_view why) {
  throw Refusal(fmt::format("line {}, column {}: {}", at.line + 1, at.column + 1, why));
}

/// Builds the tree from the parser's events, so that a bomb is refused while it is read and not
/// after it was built.
class Builder : public YAML::EventHandler {
 public:
  Builder(const YamlLimits& limits, bool one_document)
      : limits_(limits), one_document_(one_document) {}

  [[nodiscard]] std::vector<YamlNode> take() { return std::move(documents_); }

  void OnDocumentStart(const YAML::Mark& at) override {
    // the parser leaves what begins nothing (a lone comma) where it is, and begins there again for ever
    if (!documents_.empty() && at.pos == began_at_) refuse(at, fmt::format("{}: nothing begins with this", kNotYaml));
    began_at_ = at.pos;
    if (one_document_ && !documents_.empty()) refuse(at, "a second document; only one is read");
    documents_.emplace_back();
    anchors_.clear();  // an anchor holds for its own document only
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& at, YAML::anchor_t anchor) override {
    if (expects_key()) refuse(at, "an empty key");
    remember(anchor, place(at, YamlNode::Kind::null), 1, 0);
  }
  void OnAlias(const YAML::Mark& at, YAML::anchor_t anchor) override {
    if (limits_.max_alias_nodes == 0)
      refuse(at, "aliases (*name) are not read; write the value out");
    if (expects_key()) refuse(at, "a key must be text");
    copy_anchor(at, anchor);
  }
  void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(at, tag);
    if (expects_key()) {
      take_key(at, value);
      return;
    }
    auto& node = place(at, YamlNode::Kind::scalar);
    node.text = value;
    node.quoted = tag == "!" || tag == std::string(kCoreTag) + "str";
    remember(anchor, node, 1, 0);
  }
  void OnSequenceStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(at, tag, anchor, YamlNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(at, tag, anchor, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    YamlNode* node;
    bool has_key = false;  // of a map: a key was read, its value is due
    std::string key = {};
    YAML::Mark key_at = YAML::Mark::null_mark();
    std::unordered_map<std::string, int> key_lines = {};
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::size_t nodes = 1;   // itself and all below
    std::size_t height = 1;  // levels of it and below
  };
  /// What `&name` stands for: a copy, so that the bomb's size is known before it is copied again.
  struct Anchor {
    YamlNode node;
    std::size_t nodes;
    std::size_t height;
  };

  [[nodiscard]] bool expects_key() const {
    return !levels_.empty() && levels_.back().node->is_map() && !levels_.back().has_key;
  }

  static void check_tag(const YAML::Mark& at, const std::string& tag) {
    constexpr std::array<std::string_view, 7> kKnown{"str",  "int", "float", "bool",
                                                     "null", "seq", "map"};
    if (tag.empty() || tag == "?" || tag == "!") return;
    const auto name = tag.starts_with(kCoreTag) ? std::string_view(tag).substr(kCoreTag.size())
                                                : std::string_view{};
    if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end()) return;
    refuse(at, fmt::format("the tag {} is not known", visible(tag, false)));
  }

  void take_key(const YAML::Mark& at, const std::string& name) {
    auto& level = levels_.back();
    const auto [known, is_new] = level.key_lines.emplace(name, at.line + 1);
    if (!is_new)
      refuse(at, fmt::format("the key \"{}\" stands twice, first in line {}", visible(name, false),
                             known->second));
    level.key = name;
    level.key_at = at;
    level.has_key = true;
  }

  YamlNode& place(const YAML::Mark& at, YamlNode::Kind kind) {
    YamlNode* node = &documents_.back();
    YAML::Mark position = at;
    if (!levels_.empty()) {
      auto& level = levels_.back();
      node = &level.node->children.emplace_back();
      if (level.has_key) {
        node->key = std::move(level.key);
        node->key_line = static_cast<std::uint32_t>(level.key_at.line + 1);
        node->key_column = static_cast<std::uint32_t>(level.key_at.column + 1);
        // yaml-cpp gives an empty value the place of whatever follows it
        if (kind == YamlNode::Kind::null) position = level.key_at;
        level.has_key = false;
      }
    }
    node->kind = kind;
    node->line = static_cast<std::uint32_t>(position.line + 1);
    node->column = static_cast<std::uint32_t>(position.column + 1);
    return *node;
  }

  void open(const YAML::Mark& at, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    check_tag(at, tag);
    if (expects_key()) refuse(at, "a key must be text");
    check_depth(at, 1);
    // a node's address holds until its parent gets another child, which is after this level is
    // closed
    levels_.push_back({.node = &place(at, kind), .anchor = anchor});
  }

  void close() {
    const auto done = std::move(levels_.back());
    levels_.pop_back();
    remember(done.anchor, *done.node, done.nodes, done.height);
  }

  void check_depth(const YAML::Mark& at, std::size_t more) const {
    if (levels_.size() + more > limits_.max_depth)
      refuse(at, fmt::format("nested over {} deep", limits_.max_depth));
  }

  /// Counts a finished node into its parent, and keeps a copy where it has an anchor.
  void remember(YAML::anchor_t anchor, const YamlNode& node, std::size_t nodes,
                std::size_t height) {
    if (!levels_.empty()) {
      levels_.back().nodes += nodes;
      levels_.back().height = std::max(levels_.back().height, height + 1);
    }
    if (anchor == YAML::NullAnchor || limits_.max_alias_nodes == 0) return;
    count_copies(YAML::Mark::null_mark(), nodes);
    anchors_.insert_or_assign(anchor, Anchor{node, nodes, height});
  }

  void copy_anchor(const YAML::Mark& at, YAML::anchor_t anchor) {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) refuse(at, "an alias inside of what it names");
    const auto& known = found->second;
    check_depth(at, known.height);
    count_copies(at, known.nodes);
    auto& node = place(at, known.node.kind);
    node.text = known.node.text;
    node.quoted = known.node.quoted;
    node.children = known.node.children;
    remember(YAML::NullAnchor, node, known.nodes, known.height);
  }

  void count_copies(const YAML::Mark& at, std::size_t nodes) {
    copied_ += nodes;
    if (copied_ > limits_.max_alias_nodes)
      refuse(at, fmt::format("aliases stand for over {} nodes", limits_.max_alias_nodes));
  }

  YamlLimits limits_;
  bool one_document_;
  int began_at_ = 0;  // the last document
  std::vector<YamlNode> documents_;
  std::vector<Level> levels_;
  std::unordered_map<YAML::anchor_t, Anchor> anchors_;
  std::size_t copied_ = 0;
};

/// `text` with a comment for its last line where it ends in a line end. yaml-cpp takes a quote that
/// is never closed for closed if only white space stands between the last line end and the end of
/// the text.
std::string guarded(std::string_view text) {
  const auto last = text.find_last_not_of(" \t");
  const bool ends_a_line =
      last != std::string_view::npos && (text[last] == '\n' || text[last] == '\r');
  return ends_a_line ? std::string(text.substr(0, last + 1)) + "#" : std::string(text);
}

/// YAML allows no control characters but tab and line ends; yaml-cpp would take some of them for
/// the end of the text.
std::optional<std::string> control_character(std::string_view text) {
  std::size_t line = 1;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') ++line;
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F)
      return fmt::format("line {}: the control character U+{:04X}", line, byte);
  }
  return std::nullopt;
}

Result<std::vector<YamlNode>> parse(std::string_view text, const YamlLimits& limits,
                                    bool one_document) {
  Builder builder(limits, one_document);
  try {
    std::istringstream stream(guarded(text));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refusal& refusal) {
    return refused(refusal.what());
  } catch (const YAML::Exception& error) {
    const auto line = error.mark.is_null() ? 1 : error.mark.line + 1;
    const auto column = error.mark.is_null() ? 1 : error.mark.column + 1;
    return refused(
        fmt::format("line {}, column {}: {}: {}", line, column, kNotYaml, visible(error.msg, false)));
  }
  return builder.take();
}

/// The whole of `text` as a number, or nothing.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view name) const {
  if (!is_map()) return nullptr;
  for (const auto& child : children)
    if (child.key == name) return &child;
  return nullptr;
}

const YamlNode* YamlNode::find_path(std::string_view dotted) const {
  const YamlNode* node = this;
  for (const auto name : split(dotted, '.')) {
    node = node->find(name);
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::optional<bool> YamlNode::as_bool() const {
  if (!is_scalar() || quoted) return std::nullopt;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  return std::nullopt;
}

std::optional<std::int64_t> YamlNode::as_integer() const {
  if (!is_scalar() || quoted) return std::nullopt;
  return number_in<std::int64_t>(text);
}

std::optional<double> YamlNode::as_number() const {
  if (!is_scalar() || quoted) return std::nullopt;
  const auto value = number_in<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string YamlNode::where() const { return fmt::format("line {}, column {}", line, column); }

namespace {

Result<std::vector<YamlNode>> load(std::string_view text, const YamlLimits& limits,
                                   bool one_document) {
  if (text.size() > limits.max_bytes)
    return refused(
        fmt::format("YAML of {} bytes, over the limit of {}", text.size(), limits.max_bytes));
  if (!is_utf8(text)) return refused("YAML that is not UTF-8");
  if (auto found = control_character(text)) return refused(std::move(*found));
  return parse(text, limits, one_document);
}

}  // namespace

Result<YamlNode> load_yaml(std::string_view text, const YamlLimits& limits) {
  auto documents = load(text, limits, true);
  if (!documents) return fail(std::move(documents.error()));
  return documents->empty() ? YamlNode{} : std::move(documents->front());
}

Result<std::vector<YamlNode>> load_yaml_documents(std::string_view text, const YamlLimits& limits) {
  return load(text, limits, false);
}

bool is_no_yaml(std::string_view text) {
  YamlLimits limits;
  limits.max_bytes = text.size();
  limits.max_alias_nodes = 100'000;
  const auto documents = load(text, limits, false);
  return !documents && documents.error().message.find(kNotYaml) != std::string::npos;
}

}  // namespace peer
