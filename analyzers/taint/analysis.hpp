// The values at chosen nodes of one file: lowers and runs the functions they stand in, after what
// surrounds these and what they call. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzers/taint/forms.hpp"
#include "analyzers/taint/interpreter.hpp"
#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/session.hpp"
#include "analyzers/taint/units.hpp"

namespace peer::taint {

/// Notes at nodes below `node` where values come from and become clean. `is_apart`: nodes into
/// which it must not go (they are asked for on their own).
using Marker =
    std::function<void(Node node, const std::function<bool(Node)>& is_apart, Marks& into)>;

struct AnalysisLimits {
  std::uint64_t function_steps = 2'000'000;
  std::uint64_t file_steps = 12'000'000;
};

class Analysis {
 public:
  /// All outlive it.
  Analysis(const TaintLanguage& language, Node root, std::string_view text, Marker marker,
           AnalysisLimits limits = {});

  /// The set that every parameter of a function comes from besides.
  void trust_no_parameter(Source source) { parameter_source_ = source; }
  /// Asks for the value of `node`; the number by which seen() tells it after run().
  std::uint32_t watch(Node node);
  void run();

  [[nodiscard]] const Observation& seen(std::uint32_t watch) const { return observed_[watch]; }
  /// Functions that were too much work: what stands in them was not followed to its end.
  [[nodiscard]] std::uint32_t given_up() const { return given_up_; }
  /// The node stands in one of them.
  [[nodiscard]] bool gave_up_on(std::uint32_t watch) const {
    return unfinished_.contains(places_[watch] ? *places_[watch] : kModule);
  }
  [[nodiscard]] const Session& session() const { return session_; }

 private:
  struct Function {
    std::optional<Program> program;
    bool is_marked = false;
  };

  [[nodiscard]] Environment& module();
  [[nodiscard]] const Environment& around(std::optional<std::uint32_t> owner);
  void prepare_owner(std::uint32_t index);
  void know_made(std::uint32_t owner);
  [[nodiscard]] const Program& program(std::uint32_t index);
  void summarise_callees(const Program& from);
  void summarise_callees(const Program& from, int levels, std::unordered_set<std::uint32_t>& seen);
  void summarise(std::uint32_t index);
  [[nodiscard]] Environment before_function(std::uint32_t index, const Program& code,
                                            const Value& object);
  [[nodiscard]] const Value* summary_for(std::uint32_t index, const std::vector<Value>& arguments);
  void add_callers(std::unordered_set<std::uint32_t>& wanted, bool& wants_module) const;
  void run_function(std::uint32_t index);
  [[nodiscard]] std::set<std::uint32_t> owners_with_places() const;
  void run_again(const std::vector<std::uint32_t>& functions);
  void run_module_again();
  [[nodiscard]] std::unordered_set<std::string_view> variables_read(
      const std::vector<std::uint32_t>& functions);
  void run_writers(const std::vector<std::uint32_t>& functions);
  void forget_objects();
  void summarise_methods(const std::vector<std::uint32_t>& wanted);
  [[nodiscard]] std::vector<std::uint32_t> methods_of(std::uint32_t owner);
  void note_made(std::uint32_t index, const Program& program, const Value& object);
  [[nodiscard]] Value shared_object(std::uint32_t index);
  [[nodiscard]] bool is_of(const Fact& fact, std::string_view name) const;
  [[nodiscard]] bool is_now(const Value& value, const Program& code,
                            const Environment& environment);
  [[nodiscard]] Value speaking_of(const Value& object, const std::set<std::string>& names);
  [[nodiscard]] Value own_object(std::uint32_t index, const Program& code,
                                 const Environment* outside);
  [[nodiscard]] std::vector<Effect> effects_on_object(std::uint32_t index, const Program& code,
                                                      const Environment& environment,
                                                      const Value& object);
  [[nodiscard]] std::vector<Effect> effects_on_parameters(const Program& code,
                                                          const Environment& environment);
  void note_effects(std::uint32_t index, const Program& code, const Environment& environment,
                    const Value& object);
  void note_module_state(const Program& code, const Environment& environment);
  void add_to_module(Symbol variable, const Value& now, bool is_replaced);
  bool execute(const Program& program, Environment& environment, std::vector<Observation>& observed,
               Value* returned, std::optional<std::uint32_t> summarised = {});
  [[nodiscard]] std::uint64_t budget() const;

  const TaintLanguage& language_;
  Node root_;
  std::string_view text_;
  Marker marker_;
  AnalysisLimits limits_;
  Session session_;
  Units units_;
  Marks marks_;
  Lowering lowering_;
  std::optional<Source> parameter_source_;
  // by function and constants
  std::map<std::pair<std::uint32_t, std::string>, std::optional<Value>> special_summaries_;
  bool is_special_ = false;  // one of them is made
  std::vector<Function> functions_;
  std::unique_ptr<Environment> module_;
  Program module_program_;  // of module_
  std::unordered_map<std::uint32_t, std::unique_ptr<Environment>> owners_;
  std::unordered_map<std::uint32_t, Value> own_objects_;  // by class, see own_object()
  std::vector<std::optional<std::uint32_t>> places_;      // of watches: the function, or none
  std::vector<Span> spans_;                               // likewise: where they stand
  std::vector<Observation> observed_;
  static constexpr std::uint32_t kModule = 0xFFFF'FFFF;
  std::unordered_set<std::uint32_t> unfinished_;  // functions
  std::uint32_t given_up_ = 0;
  std::set<std::uint32_t> being_prepared_;  // classes
  int preparing_ = 0;  // classes, and the module, of which what they call knows nothing yet
};

}  // namespace peer::taint
