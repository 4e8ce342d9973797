#include "analyzers/rules/match/remembered.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace peer::rules {
namespace {

constexpr std::uint32_t kLarge = 64;  // nodes: to look through fewer is as cheap as to remember
constexpr std::size_t kLongestText = 200;  // bytes of what a variable stands for
constexpr std::size_t kMostAnswers = 1U << 15U;

/// Goes through the ops of a rule once each.
class Reader {
 public:
  explicit Reader(const Program& program) : program_(program), seen_(program.ops.size()) {}

  /// False where lists are read.
  bool read(std::uint32_t first, std::vector<std::uint32_t>& slots) {
    std::vector<std::uint32_t> open{first};
    while (!open.empty()) {
      const std::uint32_t index = open.back();
      open.pop_back();
      if (index == kNone || seen_[index]) continue;
      seen_[index] = true;
      const Op& op = program_.ops[index];
      if (op.form == Op::Form::pattern && !read_pattern(program_.patterns[op.value], slots))
        return false;
      if (op.form == Op::Form::all || op.form == Op::Form::any)
        open.insert(open.end(), program_.operands.begin() + op.first,
                    program_.operands.begin() + op.first + op.count);
      if (op.form == Op::Form::local) open.push_back(program_.utils[op.value].op);
      open.push_back(op.child);
      open.push_back(op.stop);
    }
    return true;
  }

 private:
  bool read_pattern(const Pattern& pattern, std::vector<std::uint32_t>& slots) const {
    const auto& nodes = program_.pattern_nodes;
    for (auto i = pattern.root; i < nodes[pattern.root].end; ++i) {
      if (nodes[i].form == PatternNode::Form::multi_capture) return false;
      if (nodes[i].form == PatternNode::Form::capture &&
          std::find(slots.begin(), slots.end(), nodes[i].slot) == slots.end())
        slots.push_back(nodes[i].slot);
    }
    return true;
  }

  const Program& program_;
  std::vector<bool> seen_;
};

void mix(std::size_t& hash, std::size_t more) {
  hash ^= more + 0x9e3779b97f4a7c15U + (hash << 6U) + (hash >> 2U);
}

}  // namespace

std::size_t Remembered::Hash::operator()(const Question& question) const {
  std::size_t hash = std::hash<const void*>()(question.op);
  mix(hash, std::hash<const void*>()(question.below));
  for (const auto& bound : question.variables) {
    mix(hash, std::hash<std::string_view>()(bound.text));
    mix(hash, bound.shape);
  }
  return hash;
}

const Remembered::Reads& Remembered::reads_of(const Program& program, const Op& op) {
  const auto [known, is_new] = reads_.try_emplace(&op);
  if (!is_new) return known->second;
  Reads& reads = known->second;
  reads.is_known =
      Reader(program).read(static_cast<std::uint32_t>(&op - program.ops.data()), reads.slots) &&
      reads.slots.size() <= Question::kMostVariables;
  return reads;
}

std::optional<Remembered::Question> Remembered::question(const Program& program, const Op& op,
                                                         Node below, const Bindings& bindings,
                                                         std::string_view source) {
  const bool is_large =
      op.stop_by == StopBy::neighbor ? below.child_count() >= kLarge : below.node_count() >= kLarge;
  if (!is_large) return std::nullopt;
  const Reads& reads = reads_of(program, op);
  if (!reads.is_known) return std::nullopt;
  Question out{&op, below.id(), {}};
  for (std::size_t i = 0; i < reads.slots.size(); ++i) {
    const Node bound = bindings.single(reads.slots[i]);
    if (!bound) continue;
    auto& variable = out.variables[i];
    variable.is_bound = true;
    variable.text = bound.text(source);
    if (variable.text.size() > kLongestText) return std::nullopt;
    if (bound.named_child_count() != 0)
      variable.shape = (bound.node_count() << 16U) | bound.kind_id();
  }
  return out;
}

const Remembered::Answer* Remembered::answer(const Question& question) const {
  const auto found = answers_.find(question);
  return found == answers_.end() ? nullptr : &found->second;
}

void Remembered::keep(const Question& question, Answer answer) {
  if (answers_.size() < kMostAnswers) answers_.emplace(question, std::move(answer));
}

}  // namespace peer::rules
