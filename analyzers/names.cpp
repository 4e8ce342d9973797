// The words that the enumerations of this folder's types are written with, in one place per type.
#include <algorithm>
#include <array>
#include <utility>

#include "analyzers/change_set.hpp"
#include "analyzers/finding.hpp"
#include "analyzers/fix/fix.hpp"
#include "analyzers/fix/proof.hpp"

namespace peer {
namespace {

template <class E, std::size_t N>
using Words = std::array<std::pair<E, std::string_view>, N>;

template <class E, std::size_t N>
std::string_view word(const Words<E, N>& words, E value) {
  const auto it = std::find_if(words.begin(), words.end(),
                               [value](const auto& entry) { return entry.first == value; });
  return it == words.end() ? std::string_view{} : it->second;
}

template <class E, std::size_t N>
std::optional<E> value(const Words<E, N>& words, std::string_view name) {
  const auto it = std::find_if(words.begin(), words.end(),
                               [name](const auto& entry) { return entry.second == name; });
  if (it == words.end()) return std::nullopt;
  return it->first;
}

constexpr Words<Severity, 4> kSeverities{{{Severity::hint, "hint"},
                                          {Severity::info, "info"},
                                          {Severity::warning, "warning"},
                                          {Severity::error, "error"}}};
constexpr Words<Side, 2> kSides{{{Side::old_side, "old"}, {Side::new_side, "new"}}};
constexpr Words<Safety, 2> kSafeties{{{Safety::safe, "safe"}, {Safety::unsafe, "unsafe"}}};
constexpr Words<ChangeStatus, 8> kStatuses{{{ChangeStatus::unmodified, "unmodified"},
                                            {ChangeStatus::added, "added"},
                                            {ChangeStatus::deleted, "deleted"},
                                            {ChangeStatus::modified, "modified"},
                                            {ChangeStatus::renamed, "renamed"},
                                            {ChangeStatus::copied, "copied"},
                                            {ChangeStatus::mode_changed, "mode-changed"},
                                            {ChangeStatus::type_changed, "type-changed"}}};
constexpr Words<Nature, 5> kNatures{{{Nature::text, "text"},
                                     {Nature::binary, "binary"},
                                     {Nature::lfs_pointer, "lfs-pointer"},
                                     {Nature::symlink, "symlink"},
                                     {Nature::submodule, "submodule"}}};
constexpr Words<ProofStep, 7> kSteps{{{ProofStep::applies, "applies"},
                                      {ProofStep::in_scope, "in scope"},
                                      {ProofStep::parses, "parses"},
                                      {ProofStep::clears, "clears"},
                                      {ProofStep::nothing_new, "nothing new"},
                                      {ProofStep::idempotent, "idempotent"},
                                      {ProofStep::user_check, "user check"}}};
constexpr Words<StepResult, 3> kResults{{{StepResult::passed, "passed"},
                                         {StepResult::failed, "failed"},
                                         {StepResult::not_run, "not run"}}};

}  // namespace

std::string_view to_string(Severity severity) { return word(kSeverities, severity); }
std::string_view to_string(Side side) { return word(kSides, side); }
std::string_view to_string(Safety safety) { return word(kSafeties, safety); }
std::string_view to_string(ChangeStatus status) { return word(kStatuses, status); }
std::string_view to_string(Nature nature) { return word(kNatures, nature); }
std::string_view to_string(ProofStep step) { return word(kSteps, step); }
std::string_view to_string(StepResult result) { return word(kResults, result); }

std::optional<Severity> parse_severity(std::string_view name) { return value(kSeverities, name); }
std::optional<Side> parse_side(std::string_view name) { return value(kSides, name); }
std::optional<Safety> parse_safety(std::string_view name) { return value(kSafeties, name); }
std::optional<ChangeStatus> parse_change_status(std::string_view name) {
  return value(kStatuses, name);
}
std::optional<Nature> parse_nature(std::string_view name) { return value(kNatures, name); }

bool Proof::holds() const {
  if (failure() != nullptr) return false;
  return std::all_of(kSteps.begin(), kSteps.end(), [this](const auto& step) {
    if (step.first == ProofStep::user_check) return true;
    return std::any_of(entries.begin(), entries.end(), [&step](const ProofEntry& entry) {
      return entry.step == step.first && entry.result == StepResult::passed;
    });
  });
}

const ProofEntry* Proof::failure() const {
  const auto it = std::find_if(entries.begin(), entries.end(), [](const ProofEntry& entry) {
    return entry.result == StepResult::failed;
  });
  return it == entries.end() ? nullptr : &*it;
}

}  // namespace peer
