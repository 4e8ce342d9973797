#include "analyzers/rules/rule_set.hpp"

#include "analyzers/rules/load/global_utils.hpp"
#include "base/hash.hpp"

namespace peer::rules {

struct RuleSet::State {
  std::vector<Rule> rules;
  GlobalUtils globals;
  std::string digest = sha256("");
};

bool Rule::is_for(std::string_view /*path*/) const { return true; }

RuleSet::RuleSet() : state_(std::make_unique<State>()) {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

RuleSet::Loaded RuleSet::load(std::span<const RuleText> /*texts*/, const LoadOptions& /*options*/) {
  return {};
}
const std::string& RuleSet::digest() const { return state_->digest; }
bool RuleSet::empty() const { return state_->rules.empty(); }
std::vector<const Rule*> RuleSet::rules() const { return {}; }
const Rule* RuleSet::find(std::string_view /*id*/) const { return nullptr; }
const Matcher* RuleSet::matcher(const Rule& /*rule*/, const Language& /*language*/) const {
  return nullptr;
}
const GlobalUtils& RuleSet::globals() const { return state_->globals; }
Matcher RuleSet::compile(const Rule& /*rule*/, const Language& /*language*/,
                         const YamlNode& /*object*/, std::vector<Problem>& /*problems*/,
                         bool /*is_relation*/) const {
  return {};
}
Candidates RuleSet::may_match(const Language& /*language*/, std::string_view /*path*/,
                              std::string_view /*text*/) const {
  return {};
}
ScanResult RuleSet::scan(const SourceFile& /*file*/, const std::stop_token& /*stop*/) const {
  return {};
}
ScanResult RuleSet::scan(const SourceFile& /*file*/, const Candidates& /*candidates*/,
                         const std::stop_token& /*stop*/) const {
  return {};
}

}  // namespace peer::rules
