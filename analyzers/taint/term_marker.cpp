#include "analyzers/taint/term_marker.hpp"

#include <algorithm>

#include "analyzers/taint/mark_path.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {

FileWords::FileWords(std::string_view text) {
  for_each_word(text, [&](std::string_view word) { words_.insert(word); });
}

bool FileWords::may_match(const CompiledTerm& term) const {
  const auto stands = [this](const std::string& word) { return words_.contains(word); };
  return std::all_of(term.words.begin(), term.words.end(),
                     [&](const std::vector<std::string>& list) {
                       return std::any_of(list.begin(), list.end(), stands);
                     });
}

bool FileWords::may_taint(const Compiled& declaration) const {
  const auto may = [this](const CompiledTerm& term) { return may_match(term); };
  return std::any_of(declaration.sources.begin(), declaration.sources.end(), [&](const auto& set) {
    return set->every_parameter || std::any_of(set->terms.begin(), set->terms.end(), may) ||
           std::any_of(set->parameters.begin(), set->parameters.end(), may);
  });
}

void TermMarker::add(const Compiled& declaration) {
  for (const auto& set : declaration.sources) {
    if (!seen_.insert(set.get()).second) continue;
    every_parameter_ = set->every_parameter ? set->number : every_parameter_;
    for (const auto& term : set->terms)
      add(Marking::Kind::source, term, set->number);
    for (const auto& term : set->parameters)
      add(Marking::Kind::parameter, term, set->number);
  }
  for (const auto& set : declaration.sanitizers)
    if (seen_.insert(set.get()).second)
      for (const auto& term : set->terms)
        add(Marking::Kind::sanitizer, term, set->number);
  for (const auto& term : declaration.propagators)
    if (seen_.insert(term.get()).second) add(Marking::Kind::propagator, *term, 0);
}

void TermMarker::add(Marking::Kind kind, const CompiledTerm& term, std::uint16_t number) {
  if (words_.may_match(term)) markings_.push_back({kind, &term, number, &term.matcher->get()});
}

void TermMarker::operator()(Node below, const std::function<bool(Node)>& is_apart, Marks& into) {
  MarkPath path(subject_.scratch(), below);
  const auto enter = [&](Node node) {
    if (!node.is_named()) return false;
    if (!(node == below) && is_apart(node)) return false;
    path.enter(node);
    mark(node, into);
    return true;
  };
  walk(below, enter, [&](Node) { path.leave(); });
}

void TermMarker::mark(Node node, Marks& into) {
  for (const std::size_t index : of_kind(node.kind_id())) {
    const Marking& marking = markings_[index];
    rules::Captures captures;
    const Node matched = marking.matcher->match(subject_, node, captures);
    if (!matched) continue;
    if (marking.kind == Marking::Kind::sanitizer)
      note_sanitizer(marking, matched, captures, into);
    else
      note(marking, matched, captures, into);
  }
}

const std::vector<std::size_t>& TermMarker::of_kind(std::uint16_t kind) {
  const auto [it, is_new] = by_kind_.try_emplace(kind);
  if (is_new)
    for (std::size_t i = 0; i < markings_.size(); ++i)
      if (markings_[i].matcher->may_start_at(kind)) it->second.push_back(i);
  return it->second;
}

void TermMarker::note(const Marking& marking, Node node, const rules::Captures& captures,
                      Marks& into) {
  const CompiledTerm& term = *marking.term;
  const Node to = term.to.empty() ? Node() : captures.single(term.to);
  if (marking.kind == Marking::Kind::propagator) {
    const Node from = captures.single(term.from);
    if (!from || !to) return;
    const std::uint32_t at = into.registers++;
    into.at(from).keeps.push_back(at);
    into.at(node).flows.emplace_back(to, at);
  } else if (term.to.empty()) {
    into.at(node).sources.push_back(marking.number);
  } else if (to) {
    into.at(node).taints.emplace_back(to, marking.number);
  }
}

void TermMarker::note_sanitizer(const Marking& marking, Node node, const rules::Captures& captures,
                                Marks& into) {
  const CompiledTerm& term = *marking.term;
  const Node to = term.to.empty() ? Node() : captures.single(term.to);
  if (!term.guard.empty() || !term.unless.empty()) {
    if (const Node guarded = captures.single(term.guard))
      into.at(node).guards.emplace_back(guarded, marking.number);
    if (const Node denied = captures.single(term.unless))
      into.at(node).denials.emplace_back(denied, marking.number);
    const Node target = captures.single(term.guard.empty() ? term.unless : term.guard);
    if (target) guards_.push_back({node, target, marking.number});
  } else if (!term.to.empty()) {
    if (to) into.at(node).cleans.emplace_back(to, marking.number);
  } else {
    into.at(node).sanitizers.push_back(marking.number);
  }
}

}  // namespace peer::taint
