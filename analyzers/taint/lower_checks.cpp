// What calls in conditions say of what they are given: `ALLOWED.contains(x)`, `PATTERN.match(x)`,
// `x.isdigit()`, `isValid(x)`.
#include <algorithm>
#include <array>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/question_names.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMostDefinitions = 200;  // each is looked for in the whole file

/// The first line of `source` that assigns to `name`, and the next one, where the value may stand.
std::string_view line_that_defines(std::string_view name, std::string_view source) {
  constexpr std::size_t kMostTries = 20;
  std::size_t at = 0;
  for (std::size_t tries = 0; tries < kMostTries; ++tries) {
    at = source.find(name, at);
    if (at == std::string_view::npos) return {};
    const auto line = source.substr(at, std::min<std::size_t>(source.find('\n', at) - at, 300));
    const auto sign = line.find('=');
    const bool defines = sign != std::string_view::npos && sign < name.size() + 20 &&
                         sign + 1 < line.size() && line[sign + 1] != '=' &&
                         line.substr(name.size(), sign - name.size()).find_first_of("(.!<>;") ==
                             std::string_view::npos;
    if (defines) {  // with the next line, where the pattern may stand
      const auto more = source.find('\n', at + line.size() + 1);
      return source.substr(
          at, std::min<std::size_t>(more == std::string_view::npos ? line.size() : more - at, 400));
    }
    at += name.size();
  }
  return {};
}

bool asks_membership(std::string_view name) {
  return is_one_of(
      name, {"contains", "includes", "include?", "has", "Contains", "containsKey", "ContainsKey",
             "contains_key", "member?", "key?", "has_key?", "in_array", "array_key_exists",
             "hasOwnProperty", "Has", "TryGetValue", "cover?", "indexOf", "IndexOf"});
}

bool matches_pattern(std::string_view name) {
  return is_one_of(name, {"matches", "fullmatch", "match", "test", "preg_match", "MatchString",
                          "IsMatch", "match?", "is_match"});
}

}  // namespace

Lowering::Question Lowering::question_of(Node call) const {
  const FormRule& rule = form(call);
  const Callee callee = callee_of(rule, call);
  return {callee.object, callee.name ? callee.name : callee.whole,
          arguments_of(call, rule.form == Form::method_call ? rule.c : rule.b)};
}

void Lowering::refine_call(Node node, bool is_kept, std::vector<Refinement>& holds) {
  const Question asked = question_of(node);
  if (!asked.name || asked.name.end() - asked.name.begin() > 60) return;
  const auto name = text(asked.name);
  if (const auto judge = judge_of(node)) {
    const bool is_answer = !is_kept || asks(name);  // else it may be whether something succeeded
    if (is_answer) refine_judged(*judge, asked.arguments, holds);
    return;
  }
  if (asks_membership(name))
    refine_membership(asked, holds);
  else if (matches_pattern(name))
    refine_pattern(asked, text(node).substr(0, 300), holds);
  else if (name == "isinstance")
    refine_type(asked, holds);
  else if (is_one_of(name, {"equals", "equalsIgnoreCase", "Equals"}))
    refine_equals(asked, holds);
  else if (validates(name) &&
           !(is_kept && name.starts_with("safe")))  // safe_load(x) makes something of it
    refine_validated(asked, holds);
}

/// `ALLOWED.contains(x)`, in_array($x, $allowed), slices.Contains(allowed, x)
void Lowering::refine_membership(const Question& asked, std::vector<Refinement>& holds) {
  const auto& [object, name, arguments] = asked;
  if (object && arguments.size() == 1 && form(unwrapped(object)).form != Form::text) {
    refine_by(arguments[0], object, holds);
    return;
  }
  if (arguments.size() < 2) return;
  const bool element_first = is_one_of(text(name), {"in_array", "array_key_exists"});
  const std::size_t element = element_first ? 0 : 1;
  refine_by(arguments[element], arguments[1 - element], holds);
}

/// `x.matches("a+")`, preg_match('/^a+$/', $x): the pattern has to speak of the whole text.
void Lowering::refine_pattern(const Question& asked, std::string_view whole,
                              std::vector<Refinement>& holds) {
  const auto& [object, name, arguments] = asked;
  const auto anchors = [](std::string_view pattern) {
    return (contains(pattern, "^") && contains(pattern, "$")) || contains(pattern, "\\A") ||
           contains(pattern, "\\z");
  };
  bool is_anchored = is_one_of(text(name), {"matches", "fullmatch"}) || anchors(whole);
  for (const Node part : arguments)
    is_anchored = is_anchored || anchors(definition_of(part));
  if (!is_anchored && !(object && anchors(definition_of(object)))) return;
  for (const Node argument : arguments)
    if (!literal_of(argument)) refine_by(argument, Node(), holds);
  if (object && arguments.size() == 1 && literal_of(arguments[0])) refine_by(object, Node(), holds);
}

/// The line that defines the name `node`: `WORD = re.compile(r"^[a-z]+$")`; "" for anything else.
std::string_view Lowering::definition_of(Node node) {
  const auto name = text(unwrapped(node));
  if (name.size() < 2 || name.size() > 60 || name.find_first_of("(\"'/ ") != std::string_view::npos)
    return {};
  const auto last = name.substr(name.find_last_of(".:$@") + 1);
  if (definitions_.size() >= kMostDefinitions && !definitions_.contains(last)) return {};
  const auto [known, is_new] = definitions_.try_emplace(last);
  if (is_new && !last.empty()) known->second = line_that_defines(last, in_.text);
  return known->second;
}

/// Remembers what `target` holds the answer to: `const ok = ALLOWED.includes(x)`, `_, ok :=
/// allowed[x]`.
void Lowering::note_answer(Node target, Node value) {
  constexpr std::uint32_t kLongest = 200;
  const auto several = parts(target);
  const bool is_found =
      several.size() == 2 && form(target).form == Form::list;  // what is there, and whether it is
  const Node name = sole_name(is_found ? several.back() : target);
  if (!name) return;
  Node question = unwrapped(value);
  if (const auto lone = parts(question); form(question).form == Form::list && lone.size() == 1)
    question = unwrapped(lone.front());
  const Form kind = form(question).form;
  const bool asks =
      kind == Form::index || (!is_found && (kind == Form::binary || kind == Form::unary ||
                                            kind == Form::call || kind == Form::method_call));
  if (asks && question.end() - question.begin() <= kLongest)
    answers_[text(name)] = {question, writes_,
                            writes_ + static_cast<std::uint32_t>(is_found ? several.size() : 1)};
  else
    answers_.erase(text(name));
}

/// Whether the variable `name` was given a value after the first `writes` of all that were given.
bool Lowering::is_written_after(std::string_view name, std::uint32_t writes) const {
  const auto written = written_.find(name);
  return written != written_.end() && written->second > writes;
}

/// The question that the variable `name` holds the answer to; null where it, or something that was
/// asked about, was given another value since.
Node Lowering::answer_in(Node name) const {
  const auto kept = answers_.find(text(name));
  if (kept == answers_.end()) return {};
  const Answer& answer = kept->second;
  bool is_old = is_written_after(text(name), answer.kept);
  for_each_word(text(answer.question), [&](std::string_view word) {
    is_old = is_old || word == text(name) || is_written_after(word, answer.asked);
  });
  return is_old ? Node() : answer.question;
}

/// isinstance(x, int)
void Lowering::refine_type(const Question& asked, std::vector<Refinement>& holds) {
  if (asked.arguments.size() == 2 && is_one_of(text(asked.arguments[1]), {"int", "float", "bool"}))
    refine_by(asked.arguments[0], Node(), holds);
}
/// `x.equals("a")`, `"a".equals(x)`
void Lowering::refine_equals(const Question& asked, std::vector<Refinement>& holds) {
  if (!asked.object || asked.arguments.size() != 1) return;
  const Node argument = asked.arguments[0];
  if (literal_of(asked.object) || !path_of(asked.object))
    refine_by(argument, asked.object, holds);
  else
    refine_by(asked.object, argument, holds);
}

/// isValid(x), `x.isdigit()`
void Lowering::refine_validated(const Question& asked, std::vector<Refinement>& holds) {
  if (asked.arguments.empty() && asked.object) refine_by(asked.object, Node(), holds);
  for (const Node argument : asked.arguments)
    refine_by(argument, Node(), holds);
}

}  // namespace peer::taint
