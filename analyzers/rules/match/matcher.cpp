#include "analyzers/rules/match/matcher.hpp"

#include <utility>

#include "analyzers/rules/match/evaluate.hpp"

namespace peer::rules {
namespace {

std::uint32_t slot_of(const std::vector<std::string>& names, std::string_view name) {
  for (std::uint32_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  return kNone;
}

/// Bindings that hold before matching begins.
void bring_in(const Captures& captures, const Program& program, Bindings& bindings) {
  captures.for_each([&](std::string_view name, auto bound) {
    constexpr bool kIsNode = std::is_same_v<decltype(bound), Node>;
    const auto slot = slot_of(kIsNode ? program.singles : program.lists, name);
    if (slot == kNone) return;
    if constexpr (kIsNode)
      bindings.bind(slot, bound);
    else
      bindings.bind_list(slot, bound);
  });
}

/// Names keep pointing into the program.
void take_out(const Program& program, const Bindings& bindings, Captures& captures) {
  for (std::uint32_t i = 0; i < program.singles.size(); ++i)
    if (const Node node = bindings.single(i)) captures.bind(program.singles[i], node);
  for (std::uint32_t i = 0; i < program.lists.size(); ++i)
    if (bindings.has_list(i)) captures.bind_list(program.lists[i], bindings.list(i));
  for (const Node& label : bindings.labels())
    captures.add_label(label);
}

Bindings& begin(const Program& program, Scratch& scratch) {
  if (scratch.frames.empty()) scratch.frames.emplace_back();
  scratch.bindings().reserve(program.singles.size(), program.lists.size());
  return scratch.bindings();
}

template <class Match>
Node matched_with(const Program& program, Scratch& scratch, Captures& captures, Match&& match) {
  auto& bindings = begin(program, scratch);
  if (!captures.empty()) bring_in(captures, program, bindings);
  const Node matched = match();
  if (matched) take_out(program, bindings, captures);
  bindings.clear();
  return matched;
}

}  // namespace

Subject::Subject(Node root, std::string_view text, std::uint64_t max_steps)
    : scratch_(std::make_unique<Scratch>()) {
  scratch_->root = root;
  scratch_->text = text;
  scratch_->steps_left = max_steps != 0 ? max_steps : kSteps + kStepsPerByte * text.size();
}
Subject::~Subject() = default;
Subject::Subject(Subject&&) noexcept = default;
Subject& Subject::operator=(Subject&&) noexcept = default;
Node Subject::root() const { return scratch_->root; }
std::string_view Subject::text() const { return scratch_->text; }
bool Subject::exhausted() const { return scratch_->is_exhausted; }

Matcher::Matcher() : program_(std::make_shared<Program>()) {}
Matcher::Matcher(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Node Matcher::match(Subject& subject, Node node, Captures& captures) const {
  if (!may_start_at(node.kind_id())) return {};
  auto& scratch = subject.scratch();
  return matched_with(*program_, scratch, captures,
                      [&] { return Evaluation(*program_, scratch).match(program_->core, node); });
}

Node Matcher::find(Subject& subject, Node below, Captures& captures) const {
  Node found;
  walk(below, [&](Node node) {
    if (!found) found = match(subject, node, captures);
    return !found;
  });
  return found;
}

void Matcher::find_all(Subject& subject, Node below,
                       const std::function<bool(Node, const Captures&)>& found) const {
  bool go_on = true;
  walk(below, [&](Node node) {
    if (!go_on || subject.exhausted()) return false;
    Captures captures;
    if (const Node matched = match(subject, node, captures)) go_on = found(matched, captures);
    return go_on;
  });
}

Node Matcher::find_sibling(Subject& subject, Node node, bool backward, Captures& captures) const {
  auto& scratch = subject.scratch();
  return matched_with(*program_, scratch, captures,
                      [&] { return Evaluation(*program_, scratch).match_sibling(node, backward); });
}

bool Matcher::may_start_at(std::uint16_t kind_id) const {
  if (program_->core.op == kNone) return false;
  const auto kinds = program_->ops[program_->core.op].kinds;
  return kinds == kNone || program_->kind_sets[kinds].contains(kind_id);
}

bool Matcher::has_kinds() const {
  return program_->core.op == kNone || program_->ops[program_->core.op].kinds != kNone;
}

const std::vector<std::string>& Matcher::variables() const { return program_->variables; }

}  // namespace peer::rules
