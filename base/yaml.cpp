#include "base/yaml.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <new>
#include <stdexcept>
#include <unordered_map>
#include <yaml.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kCode = "PEER-E140";
constexpr std::string_view kCoreTag = "tag:yaml.org,2002:";
constexpr std::string_view kTextTag = "tag:yaml.org,2002:str";

constexpr std::string_view kNotYaml = "not YAML";

tl::unexpected<Error> refused(std::string message) {
  return fail(ErrorKind::invalid_input, std::move(message), std::string(kCode));
}

/// A refusal, given up through the reading of events; never leaves this file.
struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(const yaml_mark_t& at, std::string_view why) {
  throw Refusal(fmt::format("line {}, column {}: {}", at.line + 1, at.column + 1, why));
}

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view{}
                         : std::string_view(reinterpret_cast<const char*>(text));
}

/// One event of libyaml's, with what every kind of it has.
class Event {
 public:
  explicit Event(yaml_parser_t& parser) : is_there_(yaml_parser_parse(&parser, &event_) == 1) {}
  ~Event() {
    if (is_there_) yaml_event_delete(&event_);
  }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  [[nodiscard]] bool is_there() const { return is_there_; }
  [[nodiscard]] yaml_event_type_t type() const { return event_.type; }
  [[nodiscard]] const yaml_mark_t& at() const { return event_.start_mark; }
  [[nodiscard]] std::string_view anchor() const {
    switch (event_.type) {
      case YAML_SCALAR_EVENT:
        return text_of(event_.data.scalar.anchor);
      case YAML_SEQUENCE_START_EVENT:
        return text_of(event_.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return text_of(event_.data.mapping_start.anchor);
      case YAML_ALIAS_EVENT:
        return text_of(event_.data.alias.anchor);
      default:
        return {};
    }
  }
  [[nodiscard]] std::string_view tag() const {
    switch (event_.type) {
      case YAML_SCALAR_EVENT:
        return text_of(event_.data.scalar.tag);
      case YAML_SEQUENCE_START_EVENT:
        return text_of(event_.data.sequence_start.tag);
      case YAML_MAPPING_START_EVENT:
        return text_of(event_.data.mapping_start.tag);
      default:
        return {};
    }
  }
  /// Of a scalar; zero bytes are refused before it is read.
  [[nodiscard]] std::string_view value() const {
    return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
  }
  [[nodiscard]] bool is_plain() const {
    return event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  }

 private:
  yaml_event_t event_{};
  bool is_there_;
};

/// Builds the tree from the parser's events, so that a bomb is refused while it is read and not
/// after it was built.
class Builder {
 public:
  Builder(const YamlLimits& limits, bool one_document)
      : limits_(limits), one_document_(one_document) {}

  [[nodiscard]] std::vector<YamlNode> take() { return std::move(documents_); }

  void hear(const Event& event) {
    switch (event.type()) {
      case YAML_DOCUMENT_START_EVENT:
        if (one_document_ && !documents_.empty())
          refuse(event.at(), "a second document; only one is read");
        documents_.emplace_back();
        anchors_.clear();  // an anchor holds for its own document only
        break;
      case YAML_ALIAS_EVENT:
        alias(event);
        break;
      case YAML_SCALAR_EVENT:
        scalar(event);
        break;
      case YAML_SEQUENCE_START_EVENT:
        open(event, YamlNode::Kind::sequence);
        break;
      case YAML_MAPPING_START_EVENT:
        open(event, YamlNode::Kind::map);
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        close();
        break;
      default:  // of the stream, and the end of a document
        break;
    }
  }

 private:
  struct Level {
    YamlNode* node;
    bool has_key = false;  // of a map: a key was read, its value is due
    std::string key = {};
    yaml_mark_t key_at = {};
    std::unordered_map<std::string, std::size_t> key_lines = {};
    std::string anchor = {};
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

  static void check_tag(const Event& event) {
    constexpr std::array<std::string_view, 7> kKnown{"str",  "int", "float", "bool",
                                                     "null", "seq", "map"};
    const auto tag = event.tag();
    if (tag.empty() || tag == "!") return;
    const auto name = tag.starts_with(kCoreTag) ? tag.substr(kCoreTag.size()) : std::string_view{};
    if (std::find(kKnown.begin(), kKnown.end(), name) != kKnown.end()) return;
    refuse(event.at(), fmt::format("the tag {} is not known", visible(tag, false)));
  }

  /// As YAML 1.2's core schema reads it; what is in quotes or has a tag is text.
  static bool is_null(const Event& event) {
    constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};
    return event.is_plain() && event.tag().empty() &&
           std::find(kNull.begin(), kNull.end(), event.value()) != kNull.end();
  }

  void scalar(const Event& event) {
    check_tag(event);
    const bool null = is_null(event);
    if (expects_key()) {
      if (null) refuse(event.at(), "an empty key");
      take_key(event.at(), std::string(event.value()));
      return;
    }
    auto& node = place(event.at(), null ? YamlNode::Kind::null : YamlNode::Kind::scalar);
    if (!null) {
      node.text = event.value();
      node.quoted = !event.is_plain() || event.tag() == "!" || event.tag() == kTextTag;
    }
    remember(event.at(), event.anchor(), node, 1, 0);
  }

  void take_key(const yaml_mark_t& at, std::string name) {
    auto& level = levels_.back();
    const auto [known, is_new] = level.key_lines.emplace(name, at.line + 1);
    if (!is_new)
      refuse(at, fmt::format("the key \"{}\" stands twice, first in line {}", visible(name, false),
                             known->second));
    level.key = std::move(name);
    level.key_at = at;
    level.has_key = true;
  }

  YamlNode& place(const yaml_mark_t& at, YamlNode::Kind kind) {
    YamlNode* node = &documents_.back();
    yaml_mark_t position = at;
    if (!levels_.empty()) {
      auto& level = levels_.back();
      node = &level.node->children.emplace_back();
      if (level.has_key) {
        node->key = std::move(level.key);
        node->key_line = static_cast<std::uint32_t>(level.key_at.line + 1);
        node->key_column = static_cast<std::uint32_t>(level.key_at.column + 1);
        if (kind == YamlNode::Kind::null) position = level.key_at;
        level.has_key = false;
      }
    }
    node->kind = kind;
    node->line = static_cast<std::uint32_t>(position.line + 1);
    node->column = static_cast<std::uint32_t>(position.column + 1);
    return *node;
  }

  void open(const Event& event, YamlNode::Kind kind) {
    check_tag(event);
    if (expects_key()) refuse(event.at(), "a key must be text");
    check_depth(event.at(), 1);
    // a node's address holds until its parent gets another child, which is after this level is
    // closed
    levels_.push_back({.node = &place(event.at(), kind), .anchor = std::string(event.anchor())});
  }

  void close() {
    const auto done = std::move(levels_.back());
    levels_.pop_back();
    remember({}, done.anchor, *done.node, done.nodes, done.height);
  }

  void check_depth(const yaml_mark_t& at, std::size_t more) const {
    if (levels_.size() + more > limits_.max_depth)
      refuse(at, fmt::format("nested over {} deep", limits_.max_depth));
  }

  /// Counts a finished node into its parent, and keeps a copy where it has an anchor.
  void remember(const yaml_mark_t& at, std::string_view anchor, const YamlNode& node,
                std::size_t nodes, std::size_t height) {
    if (!levels_.empty()) {
      levels_.back().nodes += nodes;
      levels_.back().height = std::max(levels_.back().height, height + 1);
    }
    if (anchor.empty() || limits_.max_alias_nodes == 0) return;
    count_copies(at, nodes);
    anchors_.insert_or_assign(std::string(anchor), Anchor{node, nodes, height});
  }

  void alias(const Event& event) {
    const auto& at = event.at();
    if (limits_.max_alias_nodes == 0)
      refuse(at, "aliases (*name) are not read; write the value out");
    if (expects_key()) refuse(at, "a key must be text");
    const auto is_open = [&](const Level& level) { return level.anchor == event.anchor(); };
    if (std::any_of(levels_.begin(), levels_.end(), is_open))
      refuse(at, "an alias inside of what it names");
    const auto found = anchors_.find(std::string(event.anchor()));
    if (found == anchors_.end())
      refuse(at, fmt::format("{}: nothing is called {}", kNotYaml, visible(event.anchor(), false)));
    const auto& known = found->second;
    check_depth(at, known.height);
    count_copies(at, known.nodes);
    auto& node = place(at, known.node.kind);
    node.text = known.node.text;
    node.quoted = known.node.quoted;
    node.children = known.node.children;
    remember(at, {}, node, known.nodes, known.height);
  }

  void count_copies(const yaml_mark_t& at, std::size_t nodes) {
    copied_ += nodes;
    if (copied_ > limits_.max_alias_nodes)
      refuse(at, fmt::format("aliases stand for over {} nodes", limits_.max_alias_nodes));
  }

  YamlLimits limits_;
  bool one_document_;
  std::vector<YamlNode> documents_;
  std::vector<Level> levels_;
  std::unordered_map<std::string, Anchor> anchors_;
  std::size_t copied_ = 0;
};

/// YAML allows no control characters but tab and line ends. Said here, as a zero byte would be the
/// end of a value.
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

/// libyaml's reader of one text. libyaml is what the reference of our rule language reads YAML
/// with, too.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~Parser() { yaml_parser_delete(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void read_into(Builder& builder) {
    for (;;) {
      const Event event(parser_);
      if (!event.is_there()) give_up();
      if (event.type() == YAML_STREAM_END_EVENT) return;
      builder.hear(event);
    }
  }

 private:
  [[noreturn]] void give_up() const {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    const auto what = parser_.problem == nullptr ? std::string_view("unreadable")
                                                 : std::string_view(parser_.problem);
    refuse(parser_.problem_mark, fmt::format("{}: {}", kNotYaml, visible(what, false)));
  }

  yaml_parser_t parser_{};
};

Result<std::vector<YamlNode>> parse(std::string_view text, const YamlLimits& limits,
                                    bool one_document) {
  Builder builder(limits, one_document);
  try {
    Parser(text).read_into(builder);
  } catch (const Refusal& refusal) {
    return refused(refusal.what());
  }
  return builder.take();
}

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

std::string_view libyaml_version() { return yaml_get_version_string(); }

bool is_no_yaml(std::string_view text) {
  YamlLimits limits;
  limits.max_bytes = text.size();
  limits.max_alias_nodes = 100'000;
  const auto documents = load(text, limits, false);
  return !documents && documents.error().message.find(kNotYaml) != std::string::npos;
}

}  // namespace peer
