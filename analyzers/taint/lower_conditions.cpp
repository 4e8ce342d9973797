// What a condition says of variables where it holds: `x in ALLOWED`, `x == "a"`, `x.isdigit()`.
#include <algorithm>
#include <array>

#include "analyzers/taint/asked_patterns.hpp"
#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr int kMaxNodes = 16;

bool is_equal(std::string_view sign) { return is_one_of(sign, {"==", "===", "is"}); }
bool is_unequal(std::string_view sign) { return is_one_of(sign, {"!=", "!==", "<>", "is not"}); }

/// Whether a position that stands in this relation to `limit` is that of something found.
std::optional<bool> says_found(std::string_view sign, std::string_view limit) {
  if (limit == "0" && sign == ">=") return true;
  if (limit == "0" && sign == "<") return false;
  if (limit == "-1" && (sign == ">" || is_unequal(sign))) return true;
  if (limit == "-1" && is_equal(sign)) return false;
  return std::nullopt;
}

/// `PATTERN.match(x) is None`, `preg_match(..) === 1`: whether what is compared so is true.
std::optional<bool> says_held(std::string_view sign, std::string_view other) {
  const bool is_equal_sign = is_equal(sign) || sign == "eq";
  if (!is_equal_sign && !is_unequal(sign)) return std::nullopt;
  if (is_one_of(other, {"None", "null", "nil", "nullptr", "false", "False", "0", "undefined"}))
    return !is_equal_sign;
  if (is_one_of(other, {"true", "True", "1"})) return is_equal_sign;
  return std::nullopt;
}

}  // namespace

std::uint32_t Lowering::add_refinements(std::vector<Refinement> list) {
  if (list.empty()) return 0;
  out_.refinements.push_back(std::move(list));
  return static_cast<std::uint32_t>(out_.refinements.size() - 1);
}

// `a && b` asks for both halves anew, kMostNested deep at most: see refine_either.
// NOLINTBEGIN(misc-no-recursion)

Lowering::Refined Lowering::refinements(Node condition) {
  Refined found;
  std::vector<Condition> pending;
  if (condition) pending.push_back({.node = condition, .is_whole = true});
  for (int steps = 0; !pending.empty() && steps < kMaxNodes; ++steps) {
    Condition next = pending.back();
    pending.pop_back();
    next.node = unwrapped(next.node);
    Refined own;
    refine_by_guards(next.node, own);
    refine(next, pending, own);
    if (next.swapped != is_negated_within(next.node)) std::swap(own.if_true, own.if_false);
    if (!next.only_false)
      found.if_true.insert(found.if_true.end(), own.if_true.begin(), own.if_true.end());
    if (!next.only_true)
      found.if_false.insert(found.if_false.end(), own.if_false.begin(), own.if_false.end());
  }
  return found;
}

/// What the rules say of `node` where it is true, and where it is false.
void Lowering::refine_by_guards(Node node, Refined& into) {
  const NodeMarks* marks = in_.marks.find(node);
  if (marks == nullptr) return;
  for (const auto& [given, holds] :
       {std::pair{&marks->guards, &into.if_true}, std::pair{&marks->denials, &into.if_false}})
    for (const auto& [target, sanitizer] : *given) {
      Refinement made;
      made.sanitizer = sanitizer;
      refine_places(target, made, *holds);
    }
}

/// Adds what `met` says itself to `into`, and the conditions that it is made of to `pending`.
void Lowering::refine(const Condition& met, std::vector<Condition>& pending, Refined& into) {
  const Node node = met.node;
  const FormRule& rule = form(node);
  switch (rule.form) {
    case Form::unary: {
      const auto inner = parts(node);
      if (is_one_of(operator_of(node), {"!", "not"}) && !inner.empty())
        pending.push_back(
            {inner.back(), !met.swapped, met.only_true, met.only_false, met.is_whole, met.is_kept});
      break;
    }
    case Form::binary:
      refine_binary(met, pending, into);
      break;
    case Form::call:
    case Form::method_call:
      refine_call(node, met.is_kept, into.if_true);
      break;
    case Form::name:
      if (const Node question = answer_in(node))
        pending.push_back(
            {question, met.swapped, met.only_true, met.only_false, met.is_whole, true});
      break;
    case Form::index: {  // allowed[x]
      const auto [object, key] = halves(rule, node);
      if (object && key && !(object == key)) refine_by(key, object, into.if_true);
      break;
    }
    case Form::special:
      if (in_.language.patterns_are_asked) refine_asked(met, pending, into);
      break;
    default:
      break;
  }
}

/// `x is "a" or "b"`
void Lowering::refine_asked(const Condition& met, std::vector<Condition>& pending, Refined& into) {
  if (const Node condition = condition_in_pattern(met.node)) {
    pending.push_back(
        {condition, met.swapped, met.only_true, met.only_false, met.is_whole, met.is_kept});
    return;
  }
  const auto asked = asked_pattern(met.node);
  if (asked.value && asked.pattern && lists_literals(asked.pattern))
    refine_by(asked.value, Node(), asked.is_negated ? into.if_false : into.if_true);
}

/// `clean` is clean if what stands in `among` (a constant or a variable) is no input itself.
void Lowering::refine_by(Node clean, Node among, std::vector<Refinement>& holds) {
  Refinement made;
  if (clean && !literal_of(clean) && judge_by(among, made)) refine_places(clean, made, holds);
}

/// `made` holds for `clean`, for each reading of the same, and for the address that it is a part
/// of.
void Lowering::refine_places(Node clean, Refinement made, std::vector<Refinement>& holds) {
  constexpr int kMostSteps = 6;
  Node place = unwrapped(clean);
  for (int steps = 0; place && steps < kMostSteps; ++steps) {
    if (const auto path = path_of(place)) {
      made.path = *path;
      holds.push_back(made);
    }
    made.equals.reset();  // of the part only; and a call may say something else the next time
    if (const auto path = reading_of(place)) {
      made.path = *path;
      holds.push_back(made);
    }
    place = address_behind(place);
    if (place) place = unwrapped(place);
  }
}

/// What `among` must be so that a place that is in it, or equal to it, is clean. False: never.
bool Lowering::judge_by(Node among, Refinement& made) {
  if (!among) return true;
  const Node bare = unwrapped(among);
  const Form kind = form(bare).form;
  if (const auto literal = literal_of(bare)) {
    out_.values.push_back(constant(*literal));
    made.equals = static_cast<std::uint32_t>(out_.values.size() - 1);
    return true;
  }
  if (kind == Form::list || kind == Form::map || kind == Form::special) {
    const auto elements = parts(bare);
    return std::all_of(elements.begin(), elements.end(), [&](Node each) {
      return literal_of(each) || form(each).form == Form::pair;
    });
  }
  if (kind == Form::text || kind == Form::number) return true;
  if (kind == Form::call || kind == Form::method_call) {  // setOf("a", "b")
    const FormRule& rule = form(bare);
    const auto elements = arguments_of(bare, kind == Form::call ? rule.b : rule.c);
    const bool are_literals = std::all_of(elements.begin(), elements.end(),
                                          [&](Node each) { return literal_of(each).has_value(); });
    if (are_literals && is_named(callee_of(rule, bare), in_.language.pure_calls)) return true;
  }
  made.among = path_of(bare);
  return made.among.has_value();
}

/// `a && b`, `a || b`, else a comparison.
void Lowering::refine_binary(const Condition& met, std::vector<Condition>& pending, Refined& into) {
  const auto sign = operator_of(met.node);
  const bool is_and = sign == "&&" || sign == "and";
  const bool is_or = sign == "||" || sign == "or";
  if (!is_and && !is_or) {
    refine_comparison(met.node, into);
    return;
  }
  for (const Node half : parts(met.node))
    pending.push_back({.node = half,
                       .swapped = met.swapped,
                       .only_true = met.only_true || (is_and != met.swapped),
                       .only_false = met.only_false || (is_or != met.swapped),
                       .is_kept = met.is_kept});
  if (met.is_whole) refine_either(met.node, is_and, into);
}

/// Where `a && b` does not hold, one of them does not; where `a || b` holds, one does: what both
/// ways say.
void Lowering::refine_either(Node node, bool is_and, Refined& into) {
  constexpr int kMostNested = 3;
  constexpr std::uint32_t kLongest =
      400;  // each branch of a longer one would ask for all of it again
  if (condition_depth_ >= kMostNested || node.end() - node.begin() > kLongest) return;
  const auto sides = parts(node);
  if (sides.size() != 2) return;
  ++condition_depth_;
  const Refined first = refinements(sides[0]);
  const Refined second = refinements(sides[1]);
  --condition_depth_;
  for (const Refinement& one : is_and ? first.if_false : first.if_true)
    for (const Refinement& other : is_and ? second.if_false : second.if_true)
      if (auto both = both_ways(one, other))
        (is_and ? into.if_false : into.if_true).push_back(*both);
}

// NOLINTEND(misc-no-recursion)

/// What holds where `one` or `other` does; nothing where they speak of two places.
std::optional<Refinement> Lowering::both_ways(const Refinement& one,
                                              const Refinement& other) const {
  const Path& place = out_.paths[one.path];
  const Path& other_place = out_.paths[other.path];
  if (place.root != other_place.root || place.segments != other_place.segments) return std::nullopt;
  const auto differ = [](const auto& a, const auto& b) { return a && b && *a != *b; };
  if (differ(one.sanitizer, other.sanitizer) || differ(one.among, other.among) || one.judge ||
      other.judge)
    return std::nullopt;
  Refinement both = one;
  both.equals.reset();
  if (!both.sanitizer) both.sanitizer = other.sanitizer;
  if (!both.among) both.among = other.among;
  return both;
}

void Lowering::refine_comparison(Node node, Refined& into) {
  const auto sides = parts(node);
  if (sides.size() != 2) return;
  const auto sign = operator_of(node);
  if (sign == "in" || sign == "not in" || sign == "!in") {
    const Node among = unwrapped(sides[1]);
    if (form(among).form == Form::text) return;  // part of a text
    refine_by(sides[0], among, sign == "in" ? into.if_true : into.if_false);
    return;
  }
  if (sign == "=~") {
    refine_match(sides[0], sides[1], into.if_true);
    return;
  }
  const Node answer = answer_in(unwrapped(sides[0]));
  const Node first = answer ? answer : unwrapped(sides[0]);
  const Form kind = form(first).form;
  if (kind == Form::call || kind == Form::method_call) {
    refine_position(first, sign, text(sides[1]), into);
    if (const auto holds = says_held(sign, text(sides[1])))
      refine_call(first, bool(answer), *holds ? into.if_true : into.if_false);
  }
  if (is_equal(sign))
    refine_equality(sides[0], sides[1], into.if_true);
  else if (is_unequal(sign))
    refine_equality(sides[0], sides[1], into.if_false);
}

/// `x =~ /\Aa+\z/`, either way round: the pattern has to speak of the text from its beginning.
void Lowering::refine_match(Node left, Node right, std::vector<Refinement>& holds) {
  const bool pattern_first = unwrapped(left).kind() == "regex";
  const auto written = text(pattern_first ? left : right);
  if (contains(written, "\\A") || (written.starts_with("/^") && contains(written, "$")))
    refine_by(pattern_first ? right : left, Node(), holds);
}

/// `ALLOWED.indexOf(x) >= 0`
void Lowering::refine_position(Node call, std::string_view sign, std::string_view limit,
                               Refined& into) {
  const auto found = says_found(sign, limit);
  if (!found || !contains(text(call).substr(0, 200), "ndexOf")) return;
  refine_call(call, false, *found ? into.if_true : into.if_false);
}

/// `x == "a"`, either way round, or `x == y`.
void Lowering::refine_equality(Node left, Node right, std::vector<Refinement>& holds) {
  for (const auto& [one, other] : {std::pair{left, right}, std::pair{right, left}}) {
    const auto literal = literal_of(other);
    if (literal && (literal->kind == Literal::Kind::null || literal->text.empty())) return;
    const bool is_one_sign =
        unwrapped(other).kind() == "char_literal" && form(unwrapped(one)).form == Form::unary;
    if (is_one_sign) return;  // `*s == '/'` says nothing of the rest
    if (!literal_of(one) && (path_of(one) || address_behind(one))) refine_by(one, other, holds);
    if (literal) return;
  }
}

}  // namespace peer::taint
