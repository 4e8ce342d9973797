// What a condition says of variables where it holds: `x in ALLOWED`, `x == "a"`, `x.isdigit()`.
#include <algorithm>
#include <array>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr int kMaxNodes = 16;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether something called so is named after what was checked: isValid, allowed_file, isalnum.
bool validates(std::string_view name) {
  std::string lower;
  for (const char c : name)
    if (c != '_') lower.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  const auto has = [&](std::string_view word) { return lower.find(word) != lower.npos; };
  if (has("invalid") || has("unsafe") || has("disallow") || has("notallow") || has("isnot"))
    return false;
  if (has("valid") || has("safe") || has("allowed") || has("whitelist") || has("permitted") ||
      has("trusted"))
    return true;
  return is_one_of(
      lower,
      {"isalnum",    "isalpha",     "isdigit",      "isnumeric",      "isdecimal",  "isnumber",
       "isinteger",  "isint",       "isuuid",       "isalphanumeric", "ctypealnum", "ctypealpha",
       "ctypedigit", "ctypexdigit", "isidentifier", "isfinite",       "isnan",      "isbool",
       "isboolean",  "isfloat",     "ishexadecimal"});
}

bool asks_membership(std::string_view name) {
  return is_one_of(
      name, {"contains", "includes", "include?", "has", "Contains", "containsKey", "ContainsKey",
             "contains_key", "member?", "key?", "has_key?", "in_array", "array_key_exists",
             "hasOwnProperty", "Has", "TryGetValue", "exists", "cover?"});
}

bool matches_pattern(std::string_view name) {
  return is_one_of(name, {"matches", "fullmatch", "match", "test", "preg_match", "MatchString",
                          "IsMatch", "match?", "is_match"});
}

}  // namespace

std::uint32_t Lowering::add_refinements(std::vector<Refinement> list) {
  if (list.empty()) return 0;
  out_.refinements.push_back(std::move(list));
  return static_cast<std::uint32_t>(out_.refinements.size() - 1);
}

Lowering::Refined Lowering::refinements(Node condition) {
  Refined found;
  struct Pending {
    Node node;
    bool swapped;
    bool only_true;   // part of `a && b`
    bool only_false;  // part of `a || b`
  };
  std::vector<Pending> pending;
  if (condition) pending.push_back({condition, false, false, false});
  for (int steps = 0; !pending.empty() && steps < kMaxNodes; ++steps) {
    const Pending next = pending.back();
    pending.pop_back();
    const Node node = unwrapped(next.node);
    const FormRule& rule = form(node);
    Refined own;
    if (const NodeMarks* marks = in_.marks.find(node))
      for (const auto& [target, sanitizer] : marks->guards)
        if (const auto path = path_of(target)) {
          Refinement made;
          made.path = *path;
          made.sanitizer = sanitizer;
          (next.swapped ? own.if_false : own.if_true).push_back(made);
        }
    if (rule.form == Form::unary) {
      const auto sign = operator_of(node);
      const auto inner = parts(node);
      if ((sign == "!" || sign == "not") && !inner.empty())
        pending.push_back({inner.back(), !next.swapped, next.only_true, next.only_false});
    } else if (rule.form == Form::binary) {
      const auto sign = operator_of(node);
      const bool is_and = sign == "&&" || sign == "and";
      const bool is_or = sign == "||" || sign == "or";
      if (is_and || is_or)
        for (const Node half : parts(node))
          pending.push_back({half, next.swapped, next.only_true || (is_and != next.swapped),
                             next.only_false || (is_or != next.swapped)});
      else
        refine_comparison(node, next.swapped, own);
    } else {
      refine(node, next.swapped, own);
    }
    if (!next.only_false)
      found.if_true.insert(found.if_true.end(), own.if_true.begin(), own.if_true.end());
    if (!next.only_true)
      found.if_false.insert(found.if_false.end(), own.if_false.begin(), own.if_false.end());
  }
  return found;
}

void Lowering::refine(Node node, bool swapped, Refined& into) {
  const FormRule& rule = form(node);
  if (rule.form == Form::call || rule.form == Form::method_call) refine_call(node, swapped, into);
  if (rule.form == Form::index) {  // allowed[x]
    const auto children = parts(node);
    const Node object = rule.a.empty() ? children.front() : node.field(rule.a);
    const Node key = rule.b.empty() ? children.back() : node.field(rule.b);
    if (object && key && !(object == key))
      refine_by(key, object, swapped ? into.if_false : into.if_true);
  }
}

/// `clean` is clean if what stands in `among` (a constant or a variable) is no input itself.
void Lowering::refine_by(Node clean, Node among, std::vector<Refinement>& into) {
  const auto path = path_of(clean);
  if (!path || literal_of(clean)) return;
  Refinement made;
  made.path = *path;
  if (among) {
    const Node bare = unwrapped(among);
    const auto literal = literal_of(bare);
    const Form kind = form(bare).form;
    if (literal) {
      out_.values.push_back(constant(*literal));
      made.equals = static_cast<std::uint32_t>(out_.values.size() - 1);
    } else if (kind == Form::list || kind == Form::map || kind == Form::special) {
      for (const Node each : parts(bare))
        if (!literal_of(each) && form(each).form != Form::pair) return;
    } else if (kind != Form::text && kind != Form::number) {
      made.among = path_of(bare);
      if (!made.among) return;
    }
  }
  into.push_back(made);
}

void Lowering::refine_comparison(Node node, bool swapped, Refined& into) {
  auto sides = parts(node);
  if (sides.size() != 2) return;
  auto sign = operator_of(node);
  auto& holds = swapped ? into.if_false : into.if_true;
  auto& fails = swapped ? into.if_true : into.if_false;
  if (sign == "in" || sign == "not in") {
    const Node among = unwrapped(sides[1]);
    if (form(among).form == Form::text) return;  // part of a text
    refine_by(sides[0], among, sign == "in" ? holds : fails);
    return;
  }
  if (sign == "=~") {
    const Node pattern = unwrapped(sides[0]).kind() == "regex" ? sides[0] : sides[1];
    const auto written = text(pattern);
    if (written.find("\\A") != written.npos ||
        (written.starts_with("/^") && written.find('$') != written.npos))
      refine_by(pattern == sides[0] ? sides[1] : sides[0], Node(), holds);
    return;
  }
  const bool equal = is_one_of(sign, {"==", "===", "is"});
  const bool unequal = is_one_of(sign, {"!=", "!==", "<>", "is not"});
  // ALLOWED.indexOf(x) >= 0
  const Node first = unwrapped(sides[0]);
  const FormRule& rule = form(first);
  if (rule.form == Form::call || rule.form == Form::method_call) {
    const auto other = text(sides[1]);
    const bool found = (sign == ">=" && other == "0") || (sign == ">" && other == "-1") ||
                       (unequal && other == "-1");
    const bool missed = (sign == "<" && other == "0") || (equal && other == "-1");
    const auto called = text(first);
    if ((found || missed) && called.substr(0, 200).find("ndexOf") != called.npos) {
      Refined inner;
      refine_call(first, false, inner);
      auto& side = found ? holds : fails;
      side.insert(side.end(), inner.if_true.begin(), inner.if_true.end());
    }
    return;
  }
  if (!equal && !unequal) return;
  for (const auto& [one, other] : {std::pair{sides[0], sides[1]}, std::pair{sides[1], sides[0]}}) {
    const auto literal = literal_of(other);
    if (literal && (literal->kind == Literal::Kind::null || literal->text.empty())) return;
    if (path_of(one) && !literal_of(one)) refine_by(one, other, equal ? holds : fails);
    if (literal) return;
  }
}

void Lowering::refine_call(Node node, bool swapped, Refined& into) {
  const FormRule& rule = form(node);
  auto& holds = swapped ? into.if_false : into.if_true;
  Node object, name;
  std::vector<Node> arguments;
  if (rule.form == Form::method_call) {
    object = node.field(rule.a);
    name = node.field(rule.b);
    arguments = arguments_of(node, rule.c);
  } else {
    const Node function = rule.a.empty() ? node.named_child(0) : node.field(rule.a);
    const Node bare = function ? unwrapped(function) : Node();
    if (!bare) return;
    const FormRule& called = form(bare);
    if (called.form == Form::member) {
      const auto children = parts(bare);
      object = called.a.empty() ? children.front() : bare.field(called.a);
      name = called.b.empty() ? children.back() : bare.field(called.b);
    } else {
      name = bare;
    }
    arguments = arguments_of(node, rule.b);
  }
  if (!name || name.end() - name.begin() > 60) return;
  const auto called = text(name);
  if (asks_membership(called) || called == "indexOf" || called == "IndexOf") {
    if (object && arguments.size() == 1 && form(unwrapped(object)).form != Form::text)
      refine_by(arguments[0], object, holds);
    else if (arguments.size() >= 2)  // in_array($x, $allowed), slices.Contains(allowed, x)
      refine_by(arguments[called == "in_array" || called == "array_key_exists" ? 0 : 1],
                arguments[called == "in_array" || called == "array_key_exists" ? 1 : 0], holds);
    return;
  }
  if (matches_pattern(called)) {
    const auto whole = text(node).substr(0, 300);
    const bool is_anchored = called == "matches" || called == "fullmatch" ||
                             (whole.find('^') != whole.npos && whole.find('$') != whole.npos) ||
                             whole.find("\\A") != whole.npos;
    if (!is_anchored) return;
    for (const Node argument : arguments)
      if (!literal_of(argument)) refine_by(argument, Node(), holds);
    if (object && arguments.size() == 1 && literal_of(arguments[0]))
      refine_by(object, Node(), holds);
    return;
  }
  if (called == "isinstance" && arguments.size() == 2) {
    if (is_one_of(text(arguments[1]), {"int", "float", "bool"}))
      refine_by(arguments[0], Node(), holds);
    return;
  }
  if (called == "equals" || called == "equalsIgnoreCase" || called == "Equals") {
    if (object && arguments.size() == 1) {
      if (literal_of(object) || !path_of(object))
        refine_by(arguments[0], object, holds);
      else
        refine_by(object, arguments[0], holds);
    }
    return;
  }
  if (!validates(called)) return;
  if (arguments.empty() && object) refine_by(object, Node(), holds);
  for (const Node argument : arguments)
    refine_by(argument, Node(), holds);
}

}  // namespace peer::taint
