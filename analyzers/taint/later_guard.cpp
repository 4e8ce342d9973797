#include "analyzers/taint/later_guard.hpp"

#include <algorithm>

#include "analyzers/parse/tree.hpp"

namespace peer::taint {
namespace {

constexpr int kMostAround = 24;        // nodes between what is made and its function
constexpr std::size_t kMostNames = 8;  // that hold it or what is made of it

struct Assigned {
  Node target, value;
};

/// What `node` assigns or declares; null nodes where it does neither.
Assigned assigned_by(const TaintLanguage& language, Node node) {
  const FormRule& rule = form_of(language, node.kind());
  if (rule.form != Form::assign && rule.form != Form::define && rule.form != Form::declare)
    return {};
  Node target = rule.a.empty() ? node.named_child(0) : part_of(node, rule.a);
  const std::uint32_t count = node.named_child_count();
  Node value = rule.b.empty() ? Node() : part_of(node, rule.b);
  if (!value && count > 1) value = node.named_child(count - 1);
  return {target, value};
}

class LaterGuard {
 public:
  LaterGuard(const TaintLanguage& language, std::string_view text)
      : language_(language), text_(text) {}

  /// The function around `made`; names_ then holds what `made` is assigned to.
  Node follow(Node made) {
    Node around = made;
    for (int steps = 0; around && steps < kMostAround; ++steps) {
      const Form form = form_of(language_, around.kind()).form;
      if (form == Form::function || form == Form::lambda) return around;
      const auto [target, value] = assigned_by(language_, around);
      if (names_.empty() && value && value.span().contains(made.span())) add(target);
      around = around.parent();
    }
    return {};
  }

  [[nodiscard]] bool is_kept() const { return !names_.empty(); }

  /// Takes in what is made of the names behind `from`.
  void spread(Node function, std::uint32_t from) {
    walk(function, [&](Node node) {
      if (node.end() <= from || names_.size() >= kMostNames) return false;
      const auto [target, value] = assigned_by(language_, node);
      if (target && value && node.begin() >= from && names_one(value)) add(target);
      return true;
    });
  }

  [[nodiscard]] bool names_one(Node node) const {
    bool found = false;
    walk(node, [&](Node each) {
      found = found || (each.named_child_count() == 0 && holds(each.text(text_)));
      return !found;
    });
    return found;
  }

 private:
  [[nodiscard]] bool holds(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  void add(Node target) {
    if (!target) return;
    while (target.named_child_count() == 1)
      target = target.named_child(0);
    if (target.named_child_count() == 0 && target.is_named()) names_.push_back(target.text(text_));
  }

  const TaintLanguage& language_;
  std::string_view text_;
  std::vector<std::string_view> names_;
};

}  // namespace

bool is_guarded_later(const TaintLanguage& language, Node made, std::string_view text,
                      std::span<const GuardPlace> guards) {
  LaterGuard later(language, text);
  const Node function = later.follow(made);
  if (!function || !later.is_kept()) return false;
  later.spread(function, made.end());
  return std::any_of(guards.begin(), guards.end(), [&](const GuardPlace& guard) {
    return guard.condition.begin() > made.begin() &&
           function.span().contains(guard.condition.span()) && later.names_one(guard.target);
  });
}

}  // namespace peer::taint
