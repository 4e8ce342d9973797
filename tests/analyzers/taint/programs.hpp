// Small programs whose one `sink(...)` is judged: `source()` comes from outside, `clean(x)` is x
// without danger, everything else is for the analysis to understand.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/taint/analysis.hpp"

namespace peer::taint {

enum class Expected { constant, variable, tainted };

inline std::ostream& operator<<(std::ostream& out, Expected expected) {
  constexpr const char* kNames[] = {"constant", "variable", "tainted"};
  return out << kNames[static_cast<int>(expected)];
}

constexpr Source kTestSource = 1;
constexpr Sanitizer kTestSanitizer = 7;

/// What the analysis says of the sink's argument.
struct Outcome {
  Expected verdict = Expected::constant;
  std::vector<std::uint32_t> lines;  ///< of the way there
  std::uint32_t given_up = 0;
  std::uint64_t steps = 0;
  bool parses = false;
};

inline bool is_call(const TaintLanguage& language, Node node) {
  const Form form = form_of(language, node.kind()).form;
  return form == Form::call || form == Form::method_call;
}

/// The arguments of the call `node`.
inline std::vector<Node> arguments_of(Node node) {
  std::vector<Node> found;
  Node list = node.field("arguments");
  if (!list) list = node.named_child(node.named_child_count() - 1);
  for_each_child(list, [&](Node child) {
    if (child.is_named() && !child.is_extra()) found.push_back(child);
  });
  return found;
}

inline Outcome judge(std::string_view name, std::string_view path, const std::string& code) {
  const TaintLanguage& language = *find_taint_language(name);
  const SourceFile file = parse(std::string(path), code, {}, {}, find_language(name));
  Outcome outcome;
  if (file.tree() == nullptr) return outcome;
  outcome.parses = !file.tree()->root().has_error();
  const Marker marker = [&](Node below, const auto& is_apart, Marks& into) {
    walk(below, [&](Node node) {
      if (!(node == below) && is_apart(node)) return false;
      if (!is_call(language, node)) return true;
      const auto text = node.text(code);
      if (text == "source()") into.at(node).sources.push_back(kTestSource);
      if (text.starts_with("clean(")) into.at(node).sanitizers.push_back(kTestSanitizer);
      return true;
    });
  };
  Analysis analysis(language, file.tree()->root(), file.text(), marker);
  std::vector<std::uint32_t> watches;
  walk(file.tree()->root(), [&](Node node) {
    if (is_call(language, node) && node.text(code).starts_with("sink("))
      for (const Node argument : arguments_of(node))
        watches.push_back(analysis.watch(argument));
    return true;
  });
  analysis.run();
  outcome.given_up = analysis.given_up();
  outcome.steps = analysis.session().steps;
  for (const auto watch : watches)
    for (const Fact& fact : analysis.seen(watch).facts) {
      const auto& cleaned = analysis.session().cleaned[fact.cleaned];
      if (!cleaned.empty()) continue;
      if (fact.source != kTestSource) {
        if (outcome.verdict == Expected::constant) outcome.verdict = Expected::variable;
        continue;
      }
      outcome.verdict = Expected::tainted;
      for (std::uint32_t at = fact.trace; at != 0; at = analysis.session().traces[at].before)
        outcome.lines.insert(outcome.lines.begin(),
                             file.position(analysis.session().traces[at].at.begin).line);
    }
  return outcome;
}

/// A program and what is true of its sink.
struct Sample {
  const char* what;
  const char* code;
  Expected expected;
};

/// Judges each program, put between `before` and `after`.
inline void judge_all(std::string_view language, std::string_view path,
                      std::span<const Sample> samples, const std::string& before = "",
                      const std::string& after = "") {
  for (const auto& sample : samples) {
    const auto outcome = judge(language, path, before + sample.code + after);
    EXPECT_EQ(outcome.verdict, sample.expected) << sample.what << "\n" << sample.code;
    EXPECT_EQ(outcome.given_up, 0U) << sample.what;
    EXPECT_TRUE(outcome.parses) << sample.what;
  }
}

}  // namespace peer::taint
