#include "analyzers/same_code.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostShown = 40;

/// A node of the tree, or its end, which keeps trees of equal nodes apart.
struct Mark {
  std::uint16_t kind = 0;
  bool is_end = false;
  bool is_value = false;  ///< it stands for itself: a literal, an operator
  std::string_view text;  ///< of a leaf or string
};

bool holds(std::string_view kind, std::string_view word) {
  return kind.find(word) != std::string_view::npos;
}

/// A string is compared as it is written: of some grammars its inside is no node of the tree.
bool is_whole(Node node) {
  const auto kind = node.kind();
  return node.child_count() == 0 || holds(kind, "string") || holds(kind, "literal") ||
         holds(kind, "heredoc") || holds(kind, "regex");
}

/// A string with code in it does not.
bool stands_for_itself(Node whole) {
  bool plain = true;
  for_each_child(whole, [&](Node child) {
    const auto kind = child.kind();
    plain = plain && (!child.is_named() || holds(kind, "content") || holds(kind, "fragment") ||
                      holds(kind, "escape") || holds(kind, "start") || holds(kind, "end") ||
                      holds(kind, "pattern") || holds(kind, "flags"));
  });
  return plain;
}

bool is_value(Node whole) {
  if (!whole.is_named()) return true;
  const auto kind = whole.kind();
  if (whole.child_count() > 0) return stands_for_itself(whole);
  return holds(kind, "literal") || holds(kind, "string") || holds(kind, "number") ||
         holds(kind, "integer") || holds(kind, "float") || holds(kind, "char") ||
         holds(kind, "escape") || kind == "true" || kind == "false" || kind == "null";
}

/// Gathers the nodes within a span, and what stands between them and is not blank.
class Reader {
 public:
  Reader(const SourceFile& file, Span span) : text_(file.text()), span_(span), done_(span.begin) {}

  bool enter(Node node) {
    const auto at = node.span();
    if (at.end < span_.begin || at.begin > span_.end) return false;
    if (!span_.contains(at)) return true;  // around it
    const bool comment = node.is_extra() && holds(node.kind(), "comment");
    const bool whole = is_whole(node);
    if (comment || whole) pass_to(at);
    if (comment) return false;
    sound_ = sound_ && !node.is_error() && !node.is_missing();
    marks_.push_back({node.kind_id(), false, whole && is_value(node),
                      whole ? node.text(text_) : std::string_view{}});
    return !whole;
  }
  void leave(Node node) {
    if (span_.contains(node.span())) marks_.push_back({node.kind_id(), true, false, {}});
  }
  std::optional<std::vector<Mark>> take() {
    pass_to({span_.end, span_.end});
    if (!sound_ || marks_.empty()) return std::nullopt;
    return std::move(marks_);
  }

 private:
  void pass_to(Span next) {
    const auto gap = trim(text_.substr(done_, next.begin - std::min(done_, next.begin)));
    if (!gap.empty()) marks_.push_back({0, false, false, gap});
    done_ = std::max(done_, next.end);
  }

  std::string_view text_;
  Span span_;
  std::uint32_t done_;
  bool sound_ = true;
  std::vector<Mark> marks_;
};

/// nullopt where it is not sound code, or its tree does not hold all of its words (macros blanked).
std::optional<std::vector<Mark>> marks_of(const SourceFile& file, Span span) {
  if (file.tree() == nullptr || !file.tree_is_plain()) return std::nullopt;
  Reader reader(file, span);
  walk(
      file.tree()->root(), [&](Node node) { return reader.enter(node); },
      [&](Node node) { reader.leave(node); });
  return reader.take();
}

CodeComparison by_trees(const std::vector<Mark>& before, const std::vector<Mark>& after) {
  if (before.size() != after.size()) return {};
  const Mark *gone = nullptr, *come = nullptr;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto &a = before[i], &b = after[i];
    if (a.is_end != b.is_end) return {};
    if (a.kind == b.kind && a.text == b.text) continue;
    if (!a.is_value || !b.is_value) return {};
    if (gone == nullptr) gone = &a, come = &b;
  }
  if (gone == nullptr)
    return {Sameness::same, "the syntax trees are equal: comments or layout alone differ"};
  return {Sameness::changed,
          fmt::format("{} became {}", visible(gone->text.substr(0, kMostShown), false),
                      visible(come->text.substr(0, kMostShown), false))};
}

bool same_lines(std::string_view before, std::string_view after) {
  const auto a = split_lines(before), b = split_lines(after);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](std::string_view x, std::string_view y) {
                      return x.substr(0, x.find_last_not_of(" \t\r") + 1) ==
                             y.substr(0, y.find_last_not_of(" \t\r") + 1);
                    });
}

}  // namespace

CodeComparison compare_code(const SourceFile& before, Span old_span, const SourceFile& after,
                            Span new_span) {
  const auto old_text = before.text(old_span), new_text = after.text(new_span);
  if (old_text == new_text) return {Sameness::same, "not a byte differs"};
  const auto old_marks = marks_of(before, old_span), new_marks = marks_of(after, new_span);
  if (old_marks && new_marks && before.language() == after.language())
    return by_trees(*old_marks, *new_marks);
  if (same_lines(old_text, new_text))
    return {Sameness::same, "white space at the ends of lines alone differs"};
  return {};
}

}  // namespace peer
