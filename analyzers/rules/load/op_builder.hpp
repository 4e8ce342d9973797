// Appends rules to a program, equal ones once, and works out which node kinds each can match. Ways
// of a rule say much alike: what was looked for in one of them need not be looked for in the next.
// One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

class OpBuilder {
 public:
  explicit OpBuilder(Program& program);

  std::uint32_t pattern(std::uint32_t index);
  std::uint32_t kind(std::uint16_t id);
  std::uint32_t regex(std::unique_ptr<TextPattern> text);
  /// The one that was made of this source before.
  [[nodiscard]] std::optional<std::uint32_t> known_regex(const std::string& source);
  /// `of_rule` may be kNone.
  std::uint32_t nth_child(const ChildPosition& position, std::uint32_t of_rule);
  std::uint32_t range(const TextRange& range);
  struct Relation {
    Op::Form form = Op::Form::inside;
    std::uint32_t rule = kNone;
    StopBy stop_by = StopBy::neighbor;
    std::uint32_t stop = kNone;
    std::uint16_t field = 0;
  };
  std::uint32_t relation(const Relation& relation);
  std::uint32_t all(std::span<const std::uint32_t> operands);
  std::uint32_t any(std::span<const std::uint32_t> operands);
  std::uint32_t negate(std::uint32_t rule);
  /// A utility by its index in Program::utils; one that is not compiled yet may match any kind.
  std::uint32_t utility(std::uint32_t index, bool is_global);

 private:
  std::uint32_t add(Op op, std::span<const std::uint32_t> operands = {});
  std::uint32_t add_kinds(KindSet kinds);
  [[nodiscard]] const KindSet* kinds_of(std::uint32_t op) const;
  [[nodiscard]] bool binds(std::span<const std::uint32_t> operands) const;
  [[nodiscard]] std::optional<std::uint16_t> kind_of(const Pattern& pattern) const;

  Program& program_;
  std::uint32_t kind_count_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> ops_;        // by what they are made of
  std::map<std::vector<std::uint64_t>, std::uint32_t> kind_sets_;  // by their bits
  std::map<std::string, std::uint32_t> regexes_;                   // by their source
};

}  // namespace peer::rules
