#include <algorithm>
#include <map>
#include <optional>

#include "analyzers/checks/risky_ci/readers.hpp"
#include "analyzers/checks/risky_ci/yaml_scalar.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer::ci {
namespace {

constexpr std::size_t kMostFromAliases = std::size_t{1} << 20U;  // bytes of one definition

/// `text` with every `${{ ... }}` written over by as many letters: its braces are no YAML.
std::string without_expressions(std::string_view text) {
  std::string out(text);
  for (auto at = out.find("${{"); at != std::string::npos; at = out.find("${{", at)) {
    const auto close = out.find("}}", at);
    if (close == std::string::npos) break;
    for (; at < close + 2; ++at)
      if (out[at] != '\n' && out[at] != '\r') out[at] = 'x';
  }
  return out;
}

Node scalar_in(Node value) {
  Node scalar;
  for_each_child(value, [&](Node child) {
    if (is_scalar(child) || child.kind() == "alias") scalar = child;
  });
  return scalar;
}

/// Commands that go on on the next line become one.
std::vector<SaidLine> joined_commands(std::vector<SaidLine> lines) {
  std::vector<SaidLine> out;
  for (auto& line : lines) {
    const bool comment = line.text.starts_with('#');
    const bool goes_on = !out.empty() && !comment && !out.back().text.starts_with('#') &&
                         (out.back().text.ends_with('\\') || out.back().text.ends_with('|') ||
                          line.text.starts_with('|'));
    if (!goes_on) {
      out.push_back(std::move(line));
      continue;
    }
    auto& whole = out.back();
    if (whole.text.ends_with('\\')) whole.text.pop_back();
    whole.text += ' ' + line.text;
    whole.span.end = std::max(whole.span.end, line.span.end);
  }
  return out;
}

class Reader {
 public:
  Reader(const SourceFile& file, System system)
      : file_(file), text_(file.text()), system_(system) {}

  std::vector<Line> read(Node root) {
    walk(
        root, [&](Node node) { return enter(node); }, [&](Node node) { leave(node); });
    return std::move(lines_);
  }

 private:
  /// A key whose value is being read.
  struct Open {
    std::string key;
    Node key_node;
    std::size_t line = 0;
    bool list = false;  ///< its value is a sequence
    bool runner = false;
  };

  static bool is_pair(Node node) {
    return node.kind() == "block_mapping_pair" || node.kind() == "flow_pair";
  }

  bool enter(Node node) {
    if (!node.is_named()) return false;
    if (is_pair(node)) {
      open_pair(node);
      return true;
    }
    if (!open_.empty() && node == open_.back().key_node) return false;
    const auto kind = node.kind();
    if (kind == "block_sequence" || kind == "flow_sequence") {
      if (!open_.empty()) open_.back().list = true;
      return true;
    }
    if (kind == "flow_node" || kind == "block_node") {
      keep_anchor(node);
      const auto scalar = scalar_in(node);
      if (scalar) add_scalar(scalar);
      return !scalar;
    }
    if (!is_scalar(node)) return true;
    add_scalar(node);
    return false;
  }

  void leave(Node node) {
    if (is_pair(node)) open_.pop_back();
  }

  void open_pair(Node pair) {
    Open open;
    open.key_node = pair.field("key");
    open.line = lines_.size();
    for (const auto& said : said_by(open.key_node ? scalar_in(open.key_node) : Node()))
      open.key += said.text;
    open.runner = open.key == "runs-on" || (!open_.empty() && open_.back().runner);
    Line line;
    line.key = open.key;
    line.span = {begin_of(pair), open.key_node ? open.key_node.end() : pair.begin()};
    line.indent = static_cast<std::uint32_t>(open_.size());
    line.runner = open.runner;
    lines_.push_back(std::move(line));
    open_.push_back(std::move(open));
  }

  /// Where a pair begins; with the dashes before it, if they are all that its line has there.
  [[nodiscard]] std::uint32_t begin_of(Node pair) const {
    const auto line = file_.lines().line_span(file_.lines().line_of(pair.begin()));
    const auto before = file_.text({line.begin, pair.begin()});
    const auto first = before.find_first_not_of(" \t");
    const bool dashes_only = before.find_first_not_of(" \t-") == std::string_view::npos;
    if (first == std::string_view::npos || !dashes_only) return pair.begin();
    return line.begin + static_cast<std::uint32_t>(first);
  }

  void keep_anchor(Node value) {
    for_each_child(value, [&](Node child) {
      if (child.kind() == "anchor") anchors_[child.text(text_).substr(1)] = value;
    });
  }

  std::vector<SaidLine> said_by(Node scalar) {
    if (!scalar) return {};
    if (scalar.kind() != "alias") return lines_said(scalar, text_);
    const auto found = anchors_.find(scalar.text(text_).substr(1));
    if (found == anchors_.end()) return {};
    from_aliases_ += found->second.span().size();
    if (from_aliases_ > kMostFromAliases) return {};
    const auto named = scalar_in(found->second);
    if (named && named.kind() == "alias") return {};
    // of what is no scalar the bare text: enough to find a word in it
    auto lines = named ? lines_said(named, text_)
                       : std::vector<SaidLine>{{std::string(found->second.text(text_)), {}}};
    for (auto& line : lines)
      line.span = scalar.span();
    return lines;
  }

  void add_scalar(Node scalar) {
    const bool under_key = !open_.empty();
    const bool script = under_key && is_command_key(open_.back().key, system_);
    const bool in_block = scalar.kind() == "block_scalar";
    auto said = said_by(scalar);
    if (script) said = joined_commands(std::move(said));
    // a pair on its own is one line together with its key
    if (under_key && !open_.back().list && said.size() == 1 && !in_block) {
      auto& line = lines_[open_.back().line];
      line.span.end = scalar.end();
      line.text = line.value = std::move(said[0].text);
      line.script = script;
      return;
    }
    for (auto& each : said) {
      if ((script || in_block) && each.text.starts_with('#')) continue;  // a comment
      Line line;
      line.span = each.span;
      line.text = line.value = std::move(each.text);
      if (under_key) line.key = open_.back().key;
      line.indent = static_cast<std::uint32_t>(open_.size());
      line.script = script;
      line.runner = under_key && open_.back().runner;
      lines_.push_back(std::move(line));
    }
  }

  const SourceFile& file_;
  std::string_view text_;
  System system_;
  std::vector<Line> lines_;
  std::vector<Open> open_;
  std::map<std::string_view, Node> anchors_;
  std::size_t from_aliases_ = 0;
};

}  // namespace

YamlLines lines_of_yaml(const SourceFile& file, System system) {
  const auto* yaml = find_language("yaml");
  const bool plain = file.tree() != nullptr && file.language() == yaml;
  const auto read = [&](Node root) {
    return YamlLines{Reader(file, system).read(root), !root.has_error()};
  };
  if (plain &&
      (!file.tree()->root().has_error() || file.text().find("${{") == std::string_view::npos))
    return read(file.tree()->root());
  // a text that was too much for one parse is not tried again
  if (!plain && file.outcome() != ParseOutcome::parsed) return {};
  const auto tree = parse_plain(without_expressions(file.text()), *yaml);
  if (!tree) return {};
  return read(tree->root());
}

}  // namespace peer::ci
