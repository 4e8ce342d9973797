// The parameters of functions and constructors, and which of them a function looks at.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {

/// What a function with this body gives back without `return`.
Node Lowering::implied(Node body) const {
  for (int steps = 0; body && steps < 3; ++steps) {
    const Form kind = form(body).form;
    if (kind != Form::block && kind != Form::scope) return body;
    const auto inner = in_.language.implicit_return ? parts(body) : std::vector<Node>();
    body = inner.empty() ? Node() : inner.back();
  }
  return {};
}

/// Which parameters the conditions of the function speak of.
void Lowering::note_judged() {
  out_.judged.assign(parameter_names_.size(), false);
  for (const auto& list : out_.refinements)
    for (const Refinement& each : list) {
      const Path& path = out_.paths[each.path];
      for (std::size_t i = 0; i < parameter_names_.size(); ++i)
        if (path.segments.empty() && in_.names.text(path.root) == parameter_names_[i])
          out_.judged[i] = true;
    }
}

/// The names of a function's parameters, by default those of Program::parameters.
void Lowering::bind_parameters(Node list, bool are_own) {
  if (!list) return;
  for (const Node parameter : listed_parameters(list)) {
    if (form(parameter).form == Form::self) continue;
    std::vector<Node> names =
        parts_of(parameter, form(parameter).form == Form::binding ? form(parameter).a : "name");
    if (names.empty()) names.push_back(parameter);
    for (const Node name : names)
      bind_parameter(parameter, name, are_own);
  }
}

/// The parameters in `list`, which may be a lone one; in some grammars what is said of them stands
/// between them.
std::vector<Node> Lowering::listed_parameters(Node list) const {
  std::vector<Node> found = parts(list);
  if (found.empty() && form(list).form == Form::name) found.push_back(list);
  const auto is_binding = [this](Node part) { return form(part).form == Form::binding; };
  if (std::any_of(found.begin(), found.end(), is_binding))
    std::erase_if(found, [&](Node part) { return !is_binding(part); });
  return found;
}

Node Lowering::type_of(Node parameter) const {
  const FormRule& rule = form(parameter);
  return rule.form == Form::binding ? part_of(parameter, rule.b) : parameter.field("type");
}

void Lowering::bind_parameter(Node parameter, Node name, bool is_own) {
  const Node plain = plain_name(name);
  if (is_own && out_.signature.extends && word_before(name) == "this") {
    emit(Op::load, parameter, self_);
    mark_after(parameter);
    assign(name, true);
    emit(Op::drop, parameter);
    return;
  }
  const Symbol symbol = in_.names.another("parameter");
  if (is_own) {
    out_.parameters.push_back(symbol);
    out_.gives_parameter.push_back(is_given_out(parameter));
    parameter_names_.push_back(text(plain));
    note_signature(parameter, name);
  } else {
    out_.given.push_back({symbol, given_position_++, in_.names(text(plain))});
    given_names_.push_back(text(plain));
  }
  if (parameter.kind() == "block_parameter")
    emit(Op::load, parameter, in_.names("&block"));
  else if (is_harmless_type(type_of(parameter)) && !is_function(parameter))
    push(constant(), parameter);
  else
    emit(Op::load, parameter, symbol);
  if (const Node otherwise = default_of(parameter)) {
    eval(otherwise);
    emit(Op::combine, parameter, 2, static_cast<std::uint32_t>(Combination::either));
  }
  marks_parameter_ = is_own;
  mark_after(parameter);
  if (name != parameter) mark_after(name);
  marks_parameter_ = false;
  assign(name, true);
  if (!is_own && keeps_itself(parameter)) {
    out_.paths.push_back({self_, {member_symbol(plain)}});
    emit(Op::store_path, parameter, static_cast<std::uint32_t>(out_.paths.size() - 1));
  }
  emit(Op::drop, parameter);
}

/// The first word of what is written of the parameter called `name` before that.
std::string_view Lowering::word_before(Node name) const {
  constexpr std::size_t kLongest = 80;
  const std::size_t first = name.begin() < kLongest ? 0 : name.begin() - kLongest;
  auto before = in_.text.substr(first, name.begin() - first);
  before.remove_prefix(std::min(before.find_last_of("(,") + 1, before.size()));
  before.remove_prefix(std::min(before.find_first_not_of(" \t\r\n"), before.size()));
  return before.substr(0, before.find(' '));
}

/// How the parameter that was just counted takes what it is given.
void Lowering::note_signature(Node parameter, Node name) {
  const auto position = static_cast<std::uint32_t>(out_.signature.names.size());
  auto called = parameter_names_.back();
  while (called.starts_with('$'))
    called.remove_prefix(1);
  out_.signature.names.push_back(in_.names(called));
  bool is_rest = false, is_keywords = false;
  const auto look_at = [&](Node part) {
    is_rest =
        is_rest || is_one_of(part.kind(), {"rest_pattern", "list_splat_pattern", "spread_parameter",
                                           "variadic_parameter", "variadic_parameter_declaration",
                                           "splat_parameter", "parameter_array"});
    is_keywords =
        is_keywords || is_one_of(part.kind(), {"dictionary_splat_pattern", "hash_splat_parameter"});
  };
  look_at(parameter);
  look_at(name);
  for_each_child(parameter, look_at);
  is_rest = is_rest || is_one_of(word_before(name), {"vararg", "params"});
  if (is_rest) out_.signature.rest = position;
  if (is_keywords) out_.signature.keywords = position;
}

/// Of a lambda that names none.
void Lowering::bind_lone_parameter(Node lambda) {
  const Symbol symbol = in_.names.another("parameter");
  out_.parameters.push_back(symbol);
  out_.gives_parameter.push_back(false);
  out_.signature.names.push_back(0);
  parameter_names_.emplace_back();
  emit(Op::load, lambda, symbol);
  assign(lambda, true);
  emit(Op::drop, lambda);
}

/// `void (*run)(char *)`
bool Lowering::is_function(Node parameter) {
  Node at = parameter.field("declarator");
  for (int steps = 0; at && steps < 4; ++steps) {
    if (at.kind() == "function_declarator") return true;
    at = at.field("declarator");
  }
  return false;
}

/// `out string x`, `ref string x`, `&$x`, `std::string& x`
bool Lowering::is_given_out(Node parameter) const {
  bool is_out = false;
  for_each_child(parameter, [&](Node child) {
    const bool is_short = child.end() - child.begin() <= 9;
    is_out = is_out || is_one_of(child.kind(), {"reference_modifier", "reference_declarator"}) ||
             (is_short && is_one_of(text(child), {"out", "ref"}));
  });
  return is_out;
}

/// `"x"` of a parameter `a = "x"`, which may stand behind it.
Node Lowering::default_of(Node parameter) {
  if (const Node sign = parameter.next_sibling(); sign && sign.kind() == "=")
    return sign.next_named_sibling();
  for (const std::string_view field : {"value", "default_value", "right"})
    if (const Node otherwise = parameter.field(field)) return otherwise;
  return {};
}

/// The identifier in what declares a parameter.
Node Lowering::plain_name(Node name) const {
  for (int steps = 0; steps < 6 && name.named_child_count() > 0; ++steps) {
    const Node inner = wrapped_target(name);
    Node next = inner ? inner : name.named_child(0);
    if (!inner && next && next == name.field("type"))
      next = next.next_named_sibling();  // `Query(params)`
    if (form(name).form == Form::name || !next) break;
    name = next;
  }
  return name;
}

/// `constructor(private url: string)`, `public function __construct(private string $url)`
bool Lowering::keeps_itself(Node parameter) {
  const Node list = parameter.parent();
  const Node holder = list ? list.parent() : Node();
  if (holder &&
      is_one_of(holder.kind(), {"record_declaration", "class_declaration", "struct_declaration"}))
    return true;
  if (is_one_of(parameter.kind(), {"property_promotion_parameter", "class_parameter"})) return true;
  const Node first = parameter.named_child(0);
  return first &&
         (first.kind() == "accessibility_modifier" || first.kind() == "visibility_modifier");
}

}  // namespace peer::taint
