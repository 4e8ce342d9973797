#include "analyzers/rules/load/compiler.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/load/nth_child.hpp"
#include "analyzers/rules/load/rule_keys.hpp"
#include "analyzers/rules/load/util_cycles.hpp"
#include "analyzers/rules/load/yaml_text.hpp"
#include "analyzers/rules/match/constants.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxProblems = 10;
constexpr std::size_t kMostNested = 300;  // each takes about 1 KB of stack

}  // namespace

Compiler::Compiler(const Language& language, const MatcherSource& source,
                   std::vector<Problem>& problems)
    : language_(language),
      source_(source),
      problems_(problems),
      program_(std::make_shared<Program>(&language)),
      grammar_(language),
      builder_(*program_) {
  rule_scope_.utils = source.utils;
  scope_ = &rule_scope_;
}

void Compiler::note(const YamlNode& node, std::string message) {
  problems_.push_back({.level = Problem::Level::note,
                       .line = node.line,
                       .column = node.column,
                       .message = std::move(message)});
}

std::uint32_t Compiler::refuse(const YamlNode& node, std::string message, std::string nearest) {
  is_broken_ = true;
  // a rule for another grammar has hundreds; the first few say it
  if (problems_.size() >= kMaxProblems) return kNone;
  problems_.push_back({.line = node.line,
                       .column = node.column,
                       .message = std::move(message),
                       .nearest = std::move(nearest)});
  return kNone;
}

std::uint32_t Compiler::refuse_key(const YamlNode& node, std::string message, std::string nearest) {
  const auto before = problems_.size();
  refuse(node, std::move(message), std::move(nearest));
  if (problems_.size() > before && node.key_line != 0) {
    problems_.back().line = node.key_line;
    problems_.back().column = node.key_column;
  }
  return kNone;
}

std::shared_ptr<const Program> Compiler::run() {
  utilities();
  if (source_.is_relation)
    if (const auto* stop = source_.rule->find("stopBy"))
      stop_by(*stop, program_->sibling_stop_by, program_->sibling_stop);
  program_->core.op = rule(*source_.rule, source_.is_relation);
  if (source_.constraints != nullptr) constraints(*source_.constraints, program_->core);
  if (is_broken_) program_->core = {};
  if (source_.follows_constants) names();
  program_->skips_comments = source_.skips_comments;
  return program_;
}

/// The kinds of names, for Program::name_kinds.
void Compiler::names() {
  const Grammar grammar(language_);
  KindSet kinds(grammar.kind_count());
  for (std::uint32_t kind = 0; kind < grammar.kind_count(); ++kind)
    if (is_name_kind(grammar.kind_name(static_cast<std::uint16_t>(kind))))
      kinds.insert(static_cast<std::uint16_t>(kind));
  program_->name_kinds = static_cast<std::uint32_t>(program_->kind_sets.size());
  program_->kind_sets.push_back(std::move(kinds));
}

/// All local utilities, used or not: one that is wrong is said to be.
void Compiler::utilities() {
  if (source_.utils == nullptr) return;
  if (!source_.utils->is_map()) {
    refuse(*source_.utils, "`utils` must be a map of ids to rule objects");
    return;
  }
  if (is_cyclic(*source_.utils)) return;
  for (const auto& util : source_.utils->children)
    local_util(util);
}

bool Compiler::is_cyclic(const YamlNode& utils) {
  const auto* cycle = find_util_cycle(utils);
  if (cycle == nullptr) return false;
  refuse_key(
      *cycle,
      fmt::format(
          "the utility `{}` comes back to itself without a relation (`inside`, `has`, ...) between",
          visible(cycle->key, false)));
  return true;
}

// A rule object holds others as deep as YAML nests, and utilities name each other: kMostNested
// bounds both.
// NOLINTBEGIN(misc-no-recursion)

std::uint32_t Compiler::local_util(const YamlNode& util) {
  if (const auto found = scope_->compiled.find(util.key); found != scope_->compiled.end())
    return found->second;
  const auto index = static_cast<std::uint32_t>(program_->utils.size());
  program_->utils.emplace_back();
  scope_->compiled.emplace(util.key, index);
  const auto op = rule(util, false);
  program_->utils[index].op = op;
  return index;
}

std::uint32_t Compiler::global_util(const GlobalUtil& util, const YamlNode& site) {
  if (const auto found = globals_.find(util.id); found != globals_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(program_->utils.size());
  program_->utils.emplace_back();
  globals_.emplace(util.id, index);
  return compile_util(util, site, index, nullptr);
}

std::uint32_t Compiler::compile_util(const GlobalUtil& util, const YamlNode& site,
                                     std::uint32_t index, const Arguments* arguments) {
  Scope scope{.utils = util.document.find("utils"), .is_global = true, .arguments = arguments};
  std::vector<Problem> own;
  std::swap(problems_, own);
  auto* outer = std::exchange(scope_, &scope);
  Core core;
  if (const auto* object = util.document.find("rule"))
    core.op = rule(*object, false);
  else
    refuse(util.document, "no rule");
  if (const auto* map = util.document.find("constraints")) constraints(*map, core);
  scope_ = outer;
  std::swap(problems_, own);
  // its problems are told where its file is loaded; here only that it cannot be used
  if (core.op == kNone)
    refuse(site, fmt::format("the global utility `{}` is not in order", visible(util.id, false)));
  program_->utils[index] = std::move(core);
  return index;
}

std::uint32_t Compiler::rule(const YamlNode& object, bool is_relation) {
  if (nested_ >= kMostNested)
    return refuse(object, fmt::format("rule objects and utilities nest over {} deep", kMostNested));
  ++nested_;
  const auto op = rule_object(object, is_relation);
  --nested_;
  return op;
}

std::uint32_t Compiler::rule_object(const YamlNode& object, bool is_relation) {
  if (!object.is_map())
    return refuse(object, "a rule object is a map: `pattern`, `kind`, `inside`, ...");
  bool is_whole = check_keys(object, is_relation);
  std::vector<std::uint32_t> rules;
  for (const auto name : rule_keys())
    if (const auto* value = object.find(name)) {
      const auto op = key(name, *value);
      if (op == kNone) is_whole = false;
      rules.push_back(op);
    }
  if (!is_whole) return kNone;
  if (rules.empty())
    return refuse(
        object,
        "a rule object needs at least one of `pattern`, `kind`, `regex`, `all`, `any`, ...");
  return rules.size() == 1 ? rules[0] : builder_.all(rules);
}

bool Compiler::check_keys(const YamlNode& object, bool is_relation) {
  bool is_whole = true;
  for (const auto& child : object.children) {
    const auto keys = rule_keys();
    if (std::find(keys.begin(), keys.end(), child.key) != keys.end()) continue;
    if (is_relation && (child.key == "stopBy" || child.key == "field")) continue;
    std::vector<std::string_view> known(keys.begin(), keys.end());
    if (is_relation) known.insert(known.end(), {"stopBy", "field"});
    is_whole = is_whole && is_relation;
    const bool was_broken = is_broken_;
    const auto before = problems_.size();
    refuse_key(child,
               fmt::format("`{}` is no key of a {}", visible(child.key, false),
                           is_relation ? "relation, and is passed over" : "rule object"),
               std::string(nearest(child.key, known)));
    // the reference reads past such a key in a relation, and rules that people use have some
    if (!is_relation) continue;
    if (problems_.size() > before) problems_.back().level = Problem::Level::note;
    is_broken_ = was_broken;
  }
  return is_whole;
}

std::uint32_t Compiler::key(std::string_view name, const YamlNode& value) {
  if (value.is_null()) return refuse_key(value, fmt::format("`{}` has no value", name));
  if (name == "pattern") return pattern(value);
  if (name == "kind") return kind(value);
  if (name == "regex") return regex(value);
  if (name == "nthChild") return nth_child(value);
  if (name == "range") return range(value);
  if (name == "all") return list(value, false);
  if (name == "any") return list(value, true);
  if (name == "matches") return matches(value);
  if (name == "not") {
    const auto op = rule(value, false);
    return op == kNone ? kNone : builder_.negate(op);
  }
  return relation(name, value);
}

std::uint32_t Compiler::list(const YamlNode& value, bool is_any) {
  if (!value.is_sequence())
    return refuse(value, fmt::format("`{}` takes a list of rule objects", is_any ? "any" : "all"));
  std::vector<std::uint32_t> rules;
  bool is_whole = true;
  for (const auto& child : value.children) {
    rules.push_back(rule(child, false));
    is_whole = is_whole && rules.back() != kNone;
  }
  if (!is_whole) return kNone;
  return is_any ? builder_.any(rules) : builder_.all(rules);
}

std::uint32_t Compiler::matches(const YamlNode& value) {
  if (value.is_map()) return call(value);
  if (!value.is_scalar())
    return refuse(value, "`matches` takes the id of a utility, or `{utility: {ARGUMENT: rule}}`");
  if (scope_->arguments != nullptr)
    if (const auto found = scope_->arguments->find(value.text); found != scope_->arguments->end())
      return argument(found->second);
  if (scope_->utils != nullptr)
    if (const auto* util = scope_->utils->find(value.text))
      return builder_.utility(local_util(*util), false);
  if (source_.globals != nullptr)
    if (const auto* util = source_.globals->find(value.text, language_)) {
      if (util->document.find("arguments") != nullptr)
        return refuse(value,
                      fmt::format("the utility `{}` takes arguments: `matches: {{{}: {{..}}}}`",
                                  visible(value.text, false), visible(value.text, false)));
      return builder_.utility(global_util(*util, value), true);
    }
  std::vector<std::string> known;
  if (scope_->utils != nullptr)
    for (const auto& util : scope_->utils->children)
      known.push_back(util.key);
  if (source_.globals != nullptr)
    for (const auto& util : source_.globals->all())
      if (util.language == &language_) known.push_back(util.id);
  return refuse(value, fmt::format("the utility `{}` is not defined", visible(value.text, false)),
                nearest(value.text, known));
}

std::uint32_t Compiler::relation(std::string_view name, const YamlNode& value) {
  OpBuilder::Relation made;
  made.form = name == "inside"     ? Op::Form::inside
              : name == "has"      ? Op::Form::has
              : name == "precedes" ? Op::Form::precedes
                                   : Op::Form::follows;
  made.rule = rule(value, true);
  bool is_whole = made.rule != kNone;
  if (const auto* stop = value.find("stopBy"))
    is_whole = stop_by(*stop, made.stop_by, made.stop) && is_whole;
  is_whole = field(value, name, made.field) && is_whole;
  return is_whole ? builder_.relation(made) : kNone;
}

bool Compiler::stop_by(const YamlNode& value, StopBy& how, std::uint32_t& stop) {
  if (value.is_map()) {
    how = StopBy::rule;
    stop = rule(value, false);
    return stop != kNone;
  }
  if (value.is_scalar() && value.text == "neighbor") return true;
  if (value.is_scalar() && value.text == "end") {
    how = StopBy::end;
    return true;
  }
  static constexpr std::string_view kKnown[] = {"neighbor", "end"};
  refuse(value, "`stopBy` takes `neighbor`, `end` or a rule object",
         value.is_scalar() ? std::string(nearest(value.text, kKnown)) : std::string());
  return false;
}

std::uint32_t Compiler::nth_child(const YamlNode& value) {
  const YamlNode* position = &value;
  auto of_rule = kNone;
  bool reverse = false;
  if (value.is_map()) {
    position = value.find("position");
    if (position == nullptr) return refuse(value, "`nthChild` needs a `position`");
    if (const auto* object = value.find("ofRule")) {
      of_rule = rule(*object, false);
      if (of_rule == kNone) return kNone;
    }
    if (const auto* flag = value.find("reverse")) {
      if (!flag->as_bool()) return refuse(*flag, "`reverse` is true or false");
      reverse = *flag->as_bool();
    }
  }
  if (!position->quoted && position->is_scalar() && position->text.starts_with('-') &&
      reads_as_number(position->text))
    return refuse(*position, "`nthChild` counts from 1; a negative offset is written in quotes");
  auto read = position->is_scalar() ? read_child_position(position->text) : std::nullopt;
  if (!read) return refuse(*position, "`nthChild` takes a number or An+B, as in `2n+1`");
  read->reverse = reverse;
  return builder_.nth_child(*read, of_rule);
}

void Compiler::constraints(const YamlNode& map, Core& core) {
  if (map.is_null()) return;
  if (!map.is_map()) {
    refuse(map, "`constraints` must be a map of variables to rule objects");
    return;
  }

  for (const auto& child : map.children) {
    const auto op = rule(child, false);
    if (op != kNone) core.constraints.push_back({Slots(*program_).single(child.key), op});
  }
  if (scope_->is_global) return;
  for (const auto& child : map.children) {
    const auto& known = program_->variables;
    if (std::find(known.begin(), known.end(), child.key) == known.end())
      refuse_key(child,
                 fmt::format("the variable `{}` of `constraints` is bound nowhere",
                             visible(child.key, false)),
                 nearest(child.key, known));
  }
}
// NOLINTEND(misc-no-recursion)

Matcher compile_matcher(const Language& language, const MatcherSource& source,
                        std::vector<Problem>& problems) {
  return Matcher(Compiler(language, source, problems).run());
}

}  // namespace peer::rules
