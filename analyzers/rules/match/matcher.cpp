#include "analyzers/rules/match/matcher.hpp"

#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {

class Program {
 public:
  std::vector<std::string> variables;
};

Subject::Subject(Node root, std::string_view text, std::uint64_t max_steps)
    : scratch_(std::make_unique<Scratch>()) {
  scratch_->root = root;
  scratch_->text = text;
  scratch_->steps_left = max_steps;
}
Subject::~Subject() = default;
Subject::Subject(Subject&&) noexcept = default;
Subject& Subject::operator=(Subject&&) noexcept = default;
Node Subject::root() const { return scratch_->root; }
std::string_view Subject::text() const { return scratch_->text; }
bool Subject::exhausted() const { return scratch_->steps_left == 0; }

Matcher::Matcher() : Matcher(std::make_shared<Program>()) {}
Matcher::Matcher(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

Node Matcher::match(Subject& /*subject*/, Node /*node*/, Captures& /*captures*/) const {
  return {};
}
Node Matcher::find(Subject& /*subject*/, Node /*below*/, Captures& /*captures*/) const {
  return {};
}
void Matcher::find_all(Subject& /*subject*/, Node /*below*/,
                       const std::function<bool(Node, const Captures&)>& /*found*/) const {}
Node Matcher::find_sibling(Subject& /*subject*/, Node /*node*/, bool /*backward*/,
                           Captures& /*captures*/) const {
  return {};
}
bool Matcher::may_start_at(std::uint16_t /*kind_id*/) const { return false; }
bool Matcher::has_kinds() const { return true; }
const std::vector<std::string>& Matcher::variables() const { return program_->variables; }

Matcher compile_matcher(const Language& /*language*/, const MatcherSource& /*source*/,
                        std::vector<Problem>& /*problems*/) {
  return {};
}

}  // namespace peer::rules
