// Global utilities with arguments: `arguments: [BODY]` and `matches: {wrap: {BODY: {..}}}`. Each
// call compiles the utility anew with the rule objects it was given in the places of their names.
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "analyzers/rules/load/compiler.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

// calls that call twice at each level would make it endless
constexpr std::size_t kMostInstances = 1000;

}  // namespace

// As deep as Compiler::rule lets rule objects nest.
// NOLINTBEGIN(misc-no-recursion)

std::uint32_t Compiler::call(const YamlNode& value) {
  std::vector<std::uint32_t> rules;
  for (const auto& site : value.children)
    rules.push_back(call_one(site));
  if (rules.empty()) return refuse(value, "`matches` names no utility");
  if (std::find(rules.begin(), rules.end(), kNone) != rules.end()) return kNone;
  return rules.size() == 1 ? rules[0] : builder_.all(rules);
}

std::uint32_t Compiler::call_one(const YamlNode& site) {
  const auto* util =
      source_.globals == nullptr ? nullptr : source_.globals->find(site.key, language_);
  if (util == nullptr) {
    std::vector<std::string> known;
    if (source_.globals != nullptr)
      for (const auto& each : source_.globals->all())
        if (each.language == &language_ && each.document.find("arguments") != nullptr)
          known.push_back(each.id);
    return refuse_key(site,
                      fmt::format("no global utility is called `{}`", visible(site.key, false)),
                      nearest(site.key, known));
  }
  Arguments arguments;
  if (!read_arguments(*util, site, arguments)) return kNone;
  if (std::find(calls_.begin(), calls_.end(), util->id) != calls_.end())
    return refuse_key(site, fmt::format("the utility `{}` calls itself", visible(util->id, false)));
  if (!may_instantiate(site)) return kNone;
  const auto index = static_cast<std::uint32_t>(program_->utils.size());
  program_->utils.emplace_back();
  calls_.push_back(util->id);
  compile_util(*util, site, index, &arguments);
  calls_.pop_back();
  return builder_.utility(index, true);
}

bool Compiler::read_arguments(const GlobalUtil& util, const YamlNode& site, Arguments& arguments) {
  const auto* names = util.document.find("arguments");
  if (names == nullptr || !names->is_sequence()) {
    refuse_key(site, fmt::format("the utility `{}` takes no arguments", visible(util.id, false)));
    return false;
  }
  const auto is_declared = [&](const YamlNode& given) {
    return std::any_of(names->children.begin(), names->children.end(),
                       [&](const YamlNode& name) { return name.text == given.key; });
  };
  for (const auto& given : site.children) {
    if (is_declared(given)) {
      arguments.emplace(given.key, Argument{&given, scope_});
      continue;
    }
    std::vector<std::string> known;
    for (const auto& name : names->children)
      known.push_back(name.text);
    refuse_key(given,
               fmt::format("the utility `{}` has no argument `{}`", visible(util.id, false),
                           visible(given.key, false)),
               nearest(given.key, known));
    return false;
  }
  const auto missing =
      std::find_if(names->children.begin(), names->children.end(),
                   [&](const YamlNode& name) { return !arguments.contains(name.text); });
  if (missing == names->children.end()) return true;
  refuse_key(site, fmt::format("the argument `{}` of the utility `{}` is missing",
                               visible(missing->text, false), visible(util.id, false)));
  return false;
}

/// What it binds stays its own: the rule around it cannot use it.
std::uint32_t Compiler::argument(const Argument& given) {
  if (!may_instantiate(*given.rule)) return kNone;
  const auto index = static_cast<std::uint32_t>(program_->utils.size());
  program_->utils.emplace_back();
  Scope scope{.utils = given.scope->utils,
              .compiled = {},
              .is_global = true,
              .arguments = given.scope->arguments};
  auto* inner = std::exchange(scope_, &scope);
  const auto calls = std::exchange(calls_, {});
  const auto op = rule(*given.rule, false);
  calls_ = calls;
  scope_ = inner;
  if (op == kNone) return kNone;
  program_->utils[index].op = op;
  return builder_.utility(index, true);
}

// NOLINTEND(misc-no-recursion)

bool Compiler::may_instantiate(const YamlNode& site) {
  if (++instances_ <= kMostInstances) return true;
  refuse(site,
         fmt::format("utilities with arguments are called more than {} times", kMostInstances));
  return false;
}

}  // namespace peer::rules
