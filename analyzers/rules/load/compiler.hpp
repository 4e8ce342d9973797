// Rule objects in YAML to a Program. One thread; one Compiler per program.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzers/rules/load/global_utils.hpp"
#include "analyzers/rules/load/op_builder.hpp"
#include "analyzers/rules/load/pattern.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/match/matcher.hpp"
#include "base/yaml.hpp"

namespace peer::rules {

class Compiler {
 public:
  Compiler(const Language& language, const MatcherSource& source, std::vector<Problem>& problems);

  /// The program; it matches nothing where a problem is an error.
  [[nodiscard]] std::shared_ptr<const Program> run();

 private:
  /// Where `matches` looks: the utilities of a rule, or of a global utility, before the global
  /// ones.
  struct Scope;
  /// A rule object given to a utility, and where it was written.
  struct Argument {
    const YamlNode* rule;
    const Scope* scope;
  };
  using Arguments = std::map<std::string, Argument, std::less<>>;
  struct Scope {
    const YamlNode* utils = nullptr;
    std::map<std::string, std::uint32_t, std::less<>> compiled = {};
    bool is_global = false;
    const Arguments* arguments = nullptr;  ///< of the utility that is compiled, by name
  };

  std::uint32_t rule(const YamlNode& object, bool is_relation);
  std::uint32_t rule_object(const YamlNode& object, bool is_relation);
  std::uint32_t key(std::string_view name, const YamlNode& value);
  std::uint32_t pattern(const YamlNode& value);
  bool read_pattern_object(const YamlNode& value, PatternText& text);
  Result<std::uint32_t> pattern_of(const PatternText& text);
  std::uint32_t kind(const YamlNode& value);
  std::uint32_t regex(const YamlNode& value);
  std::uint32_t nth_child(const YamlNode& value);
  std::uint32_t range(const YamlNode& value);
  std::uint32_t list(const YamlNode& value, bool is_any);
  std::uint32_t matches(const YamlNode& value);
  std::uint32_t relation(std::string_view name, const YamlNode& value);
  bool stop_by(const YamlNode& value, StopBy& how, std::uint32_t& stop);
  bool field(const YamlNode& relation, std::string_view name, std::uint16_t& id);

  std::uint32_t local_util(const YamlNode& util);
  std::uint32_t global_util(const GlobalUtil& util, const YamlNode& site);
  std::uint32_t compile_util(const GlobalUtil& util, const YamlNode& site, std::uint32_t index,
                             const Arguments* arguments);
  std::uint32_t call(const YamlNode& value);
  std::uint32_t call_one(const YamlNode& site);
  bool read_arguments(const GlobalUtil& util, const YamlNode& site, Arguments& arguments);
  std::uint32_t argument(const Argument& given);
  bool may_instantiate(const YamlNode& site);
  void utilities();
  void names();
  bool is_cyclic(const YamlNode& utils);
  void constraints(const YamlNode& map, Core& core);
  /// False when one of them is none, which is told.
  bool check_keys(const YamlNode& object, bool is_relation);
  void collect_variables(const Pattern& pattern);

  /// Reports an error at `node`; gives kNone.
  std::uint32_t refuse(const YamlNode& node, std::string message, std::string nearest = {});
  std::uint32_t refuse_key(const YamlNode& node, std::string message, std::string nearest = {});

  void note(const YamlNode& node, std::string message);

  const Language& language_;
  const MatcherSource& source_;
  std::vector<Problem>& problems_;
  std::shared_ptr<Program> program_;
  Grammar grammar_;
  OpBuilder builder_;
  std::map<std::tuple<std::string, bool, std::string, Strictness>, std::uint32_t> patterns_;
  Scope* scope_ = nullptr;
  Scope rule_scope_;
  std::map<std::string, std::uint32_t, std::less<>> globals_;
  std::vector<std::string> calls_;  // of utilities with arguments, under way
  std::size_t instances_ = 0;
  std::size_t nested_ = 0;  // rule objects under way
  bool is_broken_ = false;
};

}  // namespace peer::rules
