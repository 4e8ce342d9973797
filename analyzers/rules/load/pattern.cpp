#include "analyzers/rules/load/pattern.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/load/meta_variable.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

/// Deeper patterns are refused: the matcher goes as deep as its pattern.
constexpr std::size_t kMaxPatternDepth = 256;
constexpr std::size_t kMaxPatternBytes = std::size_t{64} << 10U;

tl::unexpected<Error> refused(std::string message) {
  return fail(ErrorKind::invalid_input, std::move(message));
}

/// The full PHP grammar reads HTML until `<?php`.
std::string_view opening_of(const Language& language) {
  return language.name == "php" ? std::string_view("<?php ") : std::string_view{};
}

/// Children of a pattern's node; the root's without the opening we added.
std::vector<Node> children_of(Node node, std::string_view opening) {
  std::vector<Node> children;
  for_each_child(node, [&](Node child) {
    const bool is_opening = !opening.empty() && child.begin() == 0 && child.kind() == "php_tag";
    if (!is_opening) children.push_back(child);
  });
  return children;
}

/// One node, or one and an empty second that some grammars put at the end.
bool is_single(const std::vector<Node>& children) {
  return children.size() == 1 ||
         (children.size() == 2 && (children[1].is_missing() || children[1].kind().empty()));
}

class Layout {
 public:
  Layout(Program& program, std::string_view text)
      : program_(program), text_(text), sigil_(expando_of(*program.language)), slots_(program) {}

  /// Appends `root` and all below; false when it is too deep.
  bool add(Node root) {
    if (root.child_count() == 0 || variable_in(root)) {
      add_node(root);
      return true;
    }
    Cursor cursor(root);
    for (;;) {
      const Node node = cursor.node();
      // what the parser made up is not asked for
      const bool is_asked = cursor.depth() == 0 || !node.is_missing();
      if (is_asked && add_node(node)) {
        open_.push_back(program_.pattern_nodes.size() - 1);
        if (open_.size() > kMaxPatternDepth) return false;
        cursor.to_first_child();
        continue;
      }
      while (cursor.depth() == 0 || !cursor.to_next_sibling()) {
        if (!cursor.to_parent()) return true;
        close();
        if (open_.empty()) return true;
      }
    }
  }

 private:
  [[nodiscard]] std::optional<MetaVariable> variable_in(Node node) const {
    return read_meta_variable(node.text(text_), sigil_);
  }

  void close() {
    program_.pattern_nodes[open_.back()].end =
        static_cast<std::uint32_t>(program_.pattern_nodes.size());
    open_.pop_back();
  }

  /// True where its children come next.
  bool add_node(Node node) {
    using Form = PatternNode::Form;
    auto& nodes = program_.pattern_nodes;
    PatternNode made;
    made.end = static_cast<std::uint32_t>(nodes.size() + 1);
    made.kind = node.kind_id();
    const bool has_children = node.child_count() > 0;
    if (const auto variable = variable_in(node)) {
      made.form = form_of(*variable);
      made.is_named = variable->named_only;
      if (made.form == Form::capture) made.slot = slots_.single(variable->name);
      if (made.form == Form::multi_capture) made.slot = slots_.list(variable->name);
      nodes.push_back(made);
      return false;
    }
    made.is_named = node.is_named();
    made.form = has_children ? Form::internal : Form::terminal;
    if (!has_children) {
      const auto text = node.text(text_);
      made.text = static_cast<std::uint32_t>(program_.texts.size());
      made.text_size = static_cast<std::uint32_t>(text.size());
      program_.texts += text;
    }
    nodes.push_back(made);
    return has_children;
  }

  static PatternNode::Form form_of(const MetaVariable& variable) {
    using Form = PatternNode::Form;
    switch (variable.form) {
      case MetaVariable::Form::capture:
        return Form::capture;
      case MetaVariable::Form::dropped:
        return Form::dropped;
      case MetaVariable::Form::multiple:
        return Form::multiple;
      case MetaVariable::Form::multi_capture:
        return Form::multi_capture;
    }
    return Form::dropped;
  }

  Program& program_;
  std::string_view text_;
  std::string_view sigil_;
  Slots slots_;
  std::vector<std::size_t> open_;
};

/// The node that a pattern without a selector means: the innermost that is not alone in its parent.
Result<Node> effective_node(Node root, std::string_view opening, std::string_view code) {
  auto children = children_of(root, opening);
  if (children.empty())
    return refused(fmt::format("the pattern `{}` holds no code", visible(code)));
  if (!is_single(children))
    return refused(
        fmt::format("the pattern `{}` is more than one node; a pattern is one, or a `context` with "
                    "a `selector`",
                    visible(code)));
  Node node = root;
  while (is_single(children)) {
    node = children[0];
    children = children_of(node, {});
  }
  return node;
}

Result<Node> selected_node(Node root, std::string_view selector, const Program& program,
                           std::string_view code) {
  const auto kind = Grammar(*program.language).kind_id(selector);
  Node found;
  if (kind)
    walk(root, [&](Node node) {
      if (!found && node.kind_id() == *kind) found = node;
      return !found;
    });
  if (!found)
    return refused(fmt::format("the selector `{}` names no node of the context `{}`",
                               visible(selector), visible(code)));
  return found;
}

}  // namespace

std::uint32_t Slots::slot_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  const auto slot = static_cast<std::uint32_t>(found - names.begin());
  if (found == names.end()) names.emplace_back(name);
  return slot;
}

std::uint32_t Slots::single(std::string_view name) { return slot_of(program_.singles, name); }
std::uint32_t Slots::list(std::string_view name) { return slot_of(program_.lists, name); }

Result<std::uint32_t> add_pattern(Program& program, const PatternText& text) {
  const Language& language = *program.language;
  if (text.code.size() > kMaxPatternBytes)
    return refused(fmt::format("a pattern of over {} bytes", kMaxPatternBytes));
  const auto opening = opening_of(language);
  const std::string code = std::string(opening) + with_expando(text.code, language);
  const auto tree = parse_plain(code, language);
  if (!tree) return refused("the pattern takes too long to parse");
  const auto node = text.selector ? selected_node(tree->root(), *text.selector, program, text.code)
                                  : effective_node(tree->root(), opening, text.code);
  if (!node) return fail(node.error());
  Pattern pattern;
  pattern.root = static_cast<std::uint32_t>(program.pattern_nodes.size());
  pattern.strictness = text.strictness;
  pattern.has_root_kind = text.selector.has_value();
  pattern.root_kind = node->kind_id();
  if (!Layout(program, code).add(*node))
    return refused(fmt::format("a pattern over {} levels deep", kMaxPatternDepth));
  if (program.pattern_nodes[pattern.root].is_ellipsis())
    return refused(fmt::format("`{}` alone is no pattern: write `$VAR`, or code around it",
                               visible(text.code)));
  program.patterns.push_back(pattern);
  return static_cast<std::uint32_t>(program.patterns.size() - 1);
}

std::string describe_pattern(const Program& program, const Pattern& pattern) {
  const Grammar grammar(*program.language);
  std::string out;
  std::vector<std::uint32_t> ends;
  const auto& nodes = program.pattern_nodes;
  for (auto i = pattern.root; i < nodes[pattern.root].end; ++i) {
    for (; !ends.empty() && ends.back() <= i; ends.pop_back())
      out += ')';
    const auto& node = nodes[i];
    if (i != pattern.root) out += ' ';
    switch (node.form) {
      case PatternNode::Form::capture:
        out += '$' + program.singles[node.slot];
        break;
      case PatternNode::Form::multi_capture:
        out += "$$$" + program.lists[node.slot];
        break;
      case PatternNode::Form::dropped:
        out += "$_";
        break;
      case PatternNode::Form::multiple:
        out += "$$$";
        break;
      case PatternNode::Form::terminal:
        out += node.is_named
                   ? fmt::format("({} {})", grammar.kind_name(node.kind), program.text_of(node))
                   : std::string(program.text_of(node));
        break;
      case PatternNode::Form::internal:
        out += '(' + std::string(node.kind == kErrorKind ? "ERROR" : grammar.kind_name(node.kind));
        ends.push_back(node.end);
        break;
    }
  }
  return out + std::string(ends.size(), ')');
}

}  // namespace peer::rules
