#include <algorithm>
#include <utility>

#include "analyzers/checks/freed_memory/follow.hpp"
#include "analyzers/checks/freed_memory/follower.hpp"
#include "analyzers/checks/freed_memory/library.hpp"

namespace peer::freed_memory {
namespace {

constexpr int kDeepest = 8;  // functions that call functions
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

Functions::Functions(Node root, std::string_view text, bool is_cpp, std::stop_token stop) : text_(text), is_cpp_(is_cpp), stop_(std::move(stop)) {
  walk(root, [&](Node node) {
    if (node.kind() != "function_definition") return node.kind() != "declaration" && node.kind() != "preproc_def" && node.kind() != "expression_statement";
    all_.push_back(std::make_unique<Followed>(Followed{.function = node, .effect = {}, .misuses = {}}));
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

const Effect* Functions::effect_of(std::string_view name) {  // NOLINT(misc-no-recursion): kDeepest levels
  const auto found = by_name_.find(name);
  if (found == by_name_.end() || found->second->is_ambiguous) return nullptr;
  if (!found->second->is_begun && depth_ < kDeepest) follow(*found->second);
  return found->second->is_done ? &found->second->effect : nullptr;
}

std::vector<Misuse> Functions::misuses() {
  std::vector<Misuse> found;
  for (const auto& each : all_) {
    follow(*each);
    found.insert(found.end(), each->misuses.begin(), each->misuses.end());
  }
  std::sort(found.begin(), found.end(), [](const Misuse& a, const Misuse& b) { return a.at.begin < b.at.begin; });
  return found;
}

}  // namespace peer::freed_memory
