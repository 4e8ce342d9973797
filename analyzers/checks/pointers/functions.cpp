#include <algorithm>
#include <array>
#include <utility>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follow.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"

namespace peer::pointers {
namespace {

constexpr int kDeepest = 8;                                 // functions that call functions
constexpr std::size_t kMostWork = 8 * Follower::kMostWork;  // in a file

Node name_of(Node function) {
  Node declarator = function.field("declarator");
  for (int steps = 0; declarator && steps < 8; ++steps) {
    if (declarator.kind() == "function_declarator") return declarator.field("declarator");
    declarator = declarator.field("declarator");
  }
  return {};
}

}  // namespace

namespace {

/// Names of `const int a = 3, b = 0;` and their numbers.
void collect_constants(Node declaration, std::string_view text,
                       std::map<std::string_view, std::string_view>& into) {
  const auto written = declaration.text(text);
  const auto begins = written.substr(0, written.find('='));
  if (begins.find("const") == std::string_view::npos) return;
  c_syntax::for_each_declared(declaration, [&](Node, Node declarator, Node value) {
    if (declarator && declarator.kind() == "identifier" && value &&
        value.kind() == "number_literal")
      into.emplace(declarator.text(text), value.text(text));
  });
}

bool may_find_nothing(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kParts{
      "find", "Find", "search", "Search", "lookup", "Lookup", "look_up", "locate", "by_"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

}  // namespace

std::string_view Functions::constant(std::string_view name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? std::string_view() : found->second;
}

Functions::Functions(Node root, std::string_view text, bool is_cpp, std::stop_token stop)
    : text_(text), is_cpp_(is_cpp), stop_(std::move(stop)) {
  walk(root, [&](Node node) {
    if (node.kind() == "preproc_function_def") macros_.insert(node.field("name").text(text_));
    if (node.kind() == "declaration") collect_constants(node, text_, constants_);
    if (node.kind() != "function_definition")
      return node.kind() != "declaration" && node.kind() != "preproc_def" &&
             node.kind() != "expression_statement";
    all_.push_back(
        std::make_unique<Followed>(Followed{.function = node, .effect = {}, .misuses = {}}));
    const Node name = name_of(node);
    if (!name) return false;
    const auto [known, is_new] = by_name_.try_emplace(name.text(text_), all_.back().get());
    if (!is_new) known->second->is_ambiguous = true;
    return false;
  });
}

void Functions::follow(Followed& each) {  // NOLINT(misc-no-recursion): kDeepest levels
  if (each.is_begun || work_ > kMostWork || stop_.stop_requested()) return;
  each.is_begun = true;
  ++depth_;
  Follower follower(*this);
  each.misuses = follower.run(each.function);
  each.effect = follower.effect();
  work_ += follower.work();
  each.is_done = true;
  --depth_;
}

// NOLINTNEXTLINE(misc-no-recursion): kDeepest levels
const Effect* Functions::effect_of(std::string_view name) {
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || found->second->is_ambiguous) return nullptr;
  if (!found->second->is_begun && depth_ < kDeepest) follow(*found->second);
  return found->second->is_done ? &found->second->effect : nullptr;
}

/// Whether callers are to look at what `misuse.by` gives: most of them do, or there is only one,
/// and by its name it may find nothing.
bool Functions::is_to_be_asked(const Misuse& misuse) const {
  const auto found = uses_.find(misuse.by);
  if (found == uses_.end()) return false;
  const auto& calls = found->second.by_call;
  const auto asked =
      std::count_if(calls.begin(), calls.end(), [](const auto& use) { return use.second; });
  const auto all = static_cast<std::ptrdiff_t>(calls.size());
  return 4 * asked >= 3 * all ||
         (all - asked == 1 && (misuse.is_direct || may_find_nothing(misuse.by)));
}

std::vector<Misuse> Functions::misuses() {
  std::vector<Misuse> found;
  for (const auto& each : all_) {
    follow(*each);
    found.insert(found.end(), each->misuses.begin(), each->misuses.end());
  }
  for (Misuse& each : found)
    if (!each.by.empty() && !is_to_be_asked(each)) each.is_guess = true;
  std::sort(found.begin(), found.end(),
            [](const Misuse& a, const Misuse& b) { return a.at.begin < b.at.begin; });
  return found;
}

}  // namespace peer::pointers
