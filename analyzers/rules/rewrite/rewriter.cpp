#include "analyzers/rules/rewrite/rewriter.hpp"

#include <algorithm>
#include <utility>

#include "analyzers/rules/rewrite/fill.hpp"
#include "analyzers/rules/rewrite/indent.hpp"

namespace peer::rules {
namespace {

/// Rewriters that apply rewriters nest as deep as code does; below this depth code stays as it is.
constexpr int kMostNesting = 200;

/// One application of a rule's transforms.
class Application {
 public:
  Application(const Rewriters& rewriters, Subject& subject, const Captures& enclosing)
      : rewriters_(rewriters), subject_(subject), enclosing_(enclosing) {}

  // Bounded by kMostNesting: a rewriter's own transforms may rewrite again.
  // NOLINTBEGIN(misc-no-recursion)
  void apply(const std::vector<Transform>& transforms, Captures& captures) {
    for (const auto& transform : transforms) {
      auto text = computed(transform, captures);
      if (!is_whole_) return;
      captures.set_transformed(transform.name,
                               reindented(text, source_indent(transform, captures), 0));
    }
  }

  /// No value grew beyond its limit.
  [[nodiscard]] bool is_whole() const { return is_whole_; }

 private:
  /// The nodes that `variable` bound.
  [[nodiscard]] static std::vector<Node> nodes_of(const TemplateVariable& variable,
                                                  const Captures& captures) {
    if (variable.kind == TemplateVariable::Kind::multiple) {
      const auto list = captures.list(variable.name);
      return {list.begin(), list.end()};
    }
    const auto node = captures.single(variable.name);
    return node ? std::vector<Node>{node} : std::vector<Node>{};
  }

  [[nodiscard]] std::size_t source_indent(const Transform& transform,
                                          const Captures& captures) const {
    const auto nodes = nodes_of(transform.source, captures);
    return nodes.empty() ? 0 : indent_at(subject_.text().substr(0, nodes.front().begin()));
  }

  std::string computed(const Transform& transform, const Captures& captures) {
    if (const auto* rewrite = std::get_if<RewriteNodes>(&transform.operation))
      return rewritten(*rewrite, nodes_of(transform.source, captures));
    const auto text = transform.source.kind == TemplateVariable::Kind::multiple
                          ? captures.list_text(transform.source.name, subject_.text())
                          : captures.text(transform.source.name, subject_.text());
    if (!text) return "";
    auto made = transformed(transform, *text);
    is_whole_ = is_whole_ && made;
    return std::move(made).value_or("");
  }

  std::string rewritten(const RewriteNodes& rewrite, const std::vector<Node>& nodes) {
    if (nodes.empty()) return {};
    const auto span = span_of(nodes);
    const auto edits = edits_below(rewrite, nodes, span);
    std::string out;
    auto copied = span.begin;
    for (std::size_t i = 0; i < edits.size(); ++i) {
      if (rewrite.join_by) {
        if (i > 0) out += *rewrite.join_by;
      } else {
        out += subject_.text().substr(copied, edits[i].span.begin - copied);
      }
      out += edits[i].text;
      if (out.size() > limit_for(span)) is_whole_ = false;
      if (!is_whole_) return {};
      copied = std::min(edits[i].span.end, span.end);
    }
    if (!rewrite.join_by) out += subject_.text().substr(copied, span.end - copied);
    return out;
  }

  /// The text of a file that is larger than the limit may be used as it stands.
  static std::size_t limit_for(Span span) {
    return std::max(kMostTransformed, std::size_t{2} * span.size());
  }

  /// In order; of overlapping ones the first, so that what lies inside one is not even looked at.
  std::vector<Edit> edits_below(const RewriteNodes& rewrite, const std::vector<Node>& nodes,
                                Span span) {
    std::vector<Edit> edits;
    auto free = span.begin;
    std::size_t size = 0;
    for (const auto& root : nodes)
      walk(root, [&](Node node) {
        if (!is_whole_) return false;
        if (node.begin() < free) return node.end() > free;
        auto edit = edit_of(rewrite, node);
        if (edit && edit->span.begin >= free) {
          free = edit->span.end;
          size += edit->text.size();
          is_whole_ = is_whole_ && size <= limit_for(span);
          edits.push_back(std::move(*edit));
        }
        return true;
      });
    return edits;
  }

  std::optional<Edit> edit_of(const RewriteNodes& rewrite, Node node) {
    for (const auto& id : rewrite.rewriters) {
      const auto rewriter = rewriters_.find(id);
      if (rewriter == rewriters_.end() || !rewriter->second.matcher.may_start_at(node.kind_id()))
        continue;
      Captures captures = enclosing_;
      const auto matched = rewriter->second.matcher.match(subject_, node, captures);
      if (!matched) continue;
      if (depth_ < kMostNesting) {
        ++depth_;
        apply(rewriter->second.transforms, captures);
        --depth_;
      }
      return make_edit(rewriter->second.fixer, subject_, matched, captures);
    }
    return std::nullopt;
  }
  // NOLINTEND(misc-no-recursion)

  const Rewriters& rewriters_;
  Subject& subject_;
  const Captures& enclosing_;
  int depth_ = 0;
  bool is_whole_ = true;
};

}  // namespace

bool apply_transforms(const std::vector<Transform>& transforms, const Rewriters& rewriters,
                      Subject& subject, Captures& captures) {
  if (transforms.empty()) return true;
  const Captures enclosing = captures;
  Application application(rewriters, subject, enclosing);
  application.apply(transforms, captures);
  return application.is_whole();
}

}  // namespace peer::rules
