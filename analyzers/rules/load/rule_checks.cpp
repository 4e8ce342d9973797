#include "analyzers/rules/load/rule_checks.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer::rules {
namespace {

bool begins_name(char c) { return c >= 'A' && c <= 'Z'; }
bool is_in_name(char c) { return begins_name(c) || c == '_' || (c >= '0' && c <= '9'); }

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Checker {
 public:
  Checker(const Rule& rule, const Matcher& matcher, std::vector<Problem>& problems)
      : rule_(rule), problems_(problems), bound_(matcher.variables()), all_(bound_) {
    if (const auto* transform = rule.key("transform"); transform != nullptr)
      for (const auto& child : transform->children)
        all_.push_back(child.key);
  }

  void run(const Matcher& matcher) {
    if (!matcher.has_kinds())
      report(Problem::Level::error, *rule_.key("rule"),
             "the rule could match any node: it needs a `kind`, or a `pattern` that is more than a "
             "variable",
             {});
    if (const auto* fix = rule_.key("fix")) check_fix(*fix);
    if (const auto* message = rule_.key("message"); message != nullptr && message->is_scalar())
      check_text(*message, "message", Problem::Level::note);
    check_labels();
  }

 private:
  void report(Problem::Level level, const YamlNode& node, std::string message, std::string near) {
    problems_.push_back({.level = level,
                         .line = node.line,
                         .column = node.column,
                         .message = std::move(message),
                         .nearest = std::move(near)});
  }

  void check_text(const YamlNode& text, std::string_view where, Problem::Level level) {
    for (const auto& name : template_variables(text.text))
      if (!holds(all_, name))
        report(
            level, text,
            fmt::format("the variable `{}` of `{}` is bound nowhere", visible(name, false), where),
            nearest(name, all_));
  }

  void check_fix(const YamlNode& fix) {
    if (fix.is_scalar()) check_text(fix, "fix", Problem::Level::error);
    if (const auto* text = fix.find("template"); text != nullptr && text->is_scalar())
      check_text(*text, "fix", Problem::Level::error);
    if (!fix.is_sequence()) return;
    for (const auto& child : fix.children)
      if (const auto* text = child.find("template"); text != nullptr && text->is_scalar())
        check_text(*text, "fix", Problem::Level::error);
  }

  void check_labels() {
    const auto* labels = rule_.key("labels");
    if (labels == nullptr || !labels->is_map()) return;
    for (const auto& child : labels->children)
      if (!holds(bound_, child.key))
        report(Problem::Level::error, child,
               fmt::format("the variable `{}` of `labels` is bound nowhere",
                           visible(child.key, false)),
               nearest(child.key, bound_));
  }

  const Rule& rule_;
  std::vector<Problem>& problems_;
  std::vector<std::string> bound_, all_;
};

}  // namespace

std::vector<std::string> template_variables(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') continue;
    std::size_t dollars = 1;
    while (dollars < 3 && i + 1 < text.size() && text[i + 1] == '$') {
      ++dollars;
      ++i;
    }
    auto end = i + 1;
    if (end >= text.size() || !begins_name(text[end])) continue;
    while (end < text.size() && is_in_name(text[end]))
      ++end;
    std::string name(text.substr(i + 1, end - i - 1));
    // two `$` bind in patterns, but are no variable of a template
    if (dollars != 2 && !holds(names, name)) names.push_back(std::move(name));
    i = end - 1;
  }
  return names;
}

void check_rule(const Rule& rule, const Matcher& matcher, std::vector<Problem>& problems) {
  Checker(rule, matcher, problems).run(matcher);
}

}  // namespace peer::rules
