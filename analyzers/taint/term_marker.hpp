// Marks the nodes of a file that the terms of declarations match: sources, sanitizers, propagators.
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyzers/rules/match/matcher.hpp"
#include "analyzers/taint/catalogue.hpp"
#include "analyzers/taint/later_guard.hpp"
#include "analyzers/taint/marks.hpp"

namespace peer::taint {

/// The words of a file; parts of its text, which must outlive it.
class FileWords {
 public:
  explicit FileWords(std::string_view text);
  /// False where the file lacks what the term requires.
  [[nodiscard]] bool may_match(const CompiledTerm& term) const;
  /// Whether one of the declaration's sources may stand in the file.
  [[nodiscard]] bool may_taint(const Compiled& declaration) const;

 private:
  std::unordered_set<std::string_view> words_;
};

/// Marks what the terms of all declarations in question match. What it is made of must outlive it.
class TermMarker {
 public:
  TermMarker(rules::Subject& subject, const FileWords& words) : subject_(subject), words_(words) {}

  void add(const Compiled& declaration);

  /// Of the functions that were marked.
  [[nodiscard]] const std::vector<GuardPlace>& guards() const { return guards_; }
  /// The set that takes in every parameter; kAnything for none.
  [[nodiscard]] Source every_parameter() const { return every_parameter_; }

  /// A Marker, see analysis.hpp.
  void operator()(Node below, const std::function<bool(Node)>& is_apart, Marks& into);

 private:
  /// A term and what it marks.
  struct Marking {
    enum class Kind : std::uint8_t { source, parameter, sanitizer, propagator };
    Kind kind = Kind::source;
    const CompiledTerm* term = nullptr;
    std::uint16_t number = 0;
    const rules::Matcher* matcher = nullptr;
  };
  void add(Marking::Kind kind, const CompiledTerm& term, std::uint16_t number);
  void mark(Node node, Marks& into);
  const std::vector<std::size_t>& of_kind(std::uint16_t kind);
  static void note(const Marking& marking, Node node, const rules::Captures& captures, Marks& into);
  void note_sanitizer(const Marking& marking, Node node, const rules::Captures& captures,
                      Marks& into);

  rules::Subject& subject_;
  const FileWords& words_;
  std::vector<Marking> markings_;
  std::vector<GuardPlace> guards_;
  std::unordered_set<const void*> seen_;
  std::unordered_map<std::uint16_t, std::vector<std::size_t>> by_kind_;
  Source every_parameter_ = kAnything;
};

}  // namespace peer::taint
