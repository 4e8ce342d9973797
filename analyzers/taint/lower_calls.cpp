// Calls, objects that are made, and functions as values.
#include <algorithm>
#include <array>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/number_types.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

/// A builder's method: what it gives back is the object that it changed.
bool gives_its_object(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames{
      "append", "Append", "appendLine", "AppendLine", "AppendFormat", "insert", "Insert", "<<"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// The method by which an object that is a function is called.
bool calls_object(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kNames{
      "call", "apply", "accept", "invoke", "Invoke", "run", "test", "get", "handle", "execute"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// A method whose result is what the function that it is given makes of the object or its elements.
bool gives_closure(std::string_view name) {
  static constexpr std::array<std::string_view, 22> kNames{
      "map",          "flatMap",    "flat_map",    "filter_map",  "mapNotNull", "mapIndexed",
      "and_then",     "map_or",     "map_or_else", "let",         "Select",     "then",
      "collect",      "SelectMany", "thenApply",   "thenCompose", "mapValues",  "mapKeys",
      "joinToString", "mapToObj",   "associate",   "compactMap"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// `stream.read(buffer)`: what the object holds is written into the first argument.
bool reads_into(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames{"read", "readFully", "Read", "ReadAsync",
                                                          "readNBytes"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// `exit` of `std::exit`, `cast` of `app::cast<std::string>`
std::string_view unscoped(std::string_view name) {
  constexpr std::size_t kLongest = 200;
  const auto plain =
      name.size() <= kLongest && name.ends_with('>') ? name.substr(0, name.find('<')) : name;
  const auto scope = plain.substr(0, kLongest).rfind("::");
  return scope == std::string_view::npos ? plain : plain.substr(scope + 2);
}

/// `Store` of `app::Store::open`; "" where nothing stands before it.
std::string_view scope_of(std::string_view name) {
  const auto last = unscoped(name);
  const auto before = static_cast<std::size_t>(last.data() - name.data());
  return before < 2 ? std::string_view() : unscoped(name.substr(0, before - 2));
}

/// `Store` of `std::make_unique<Store>`, else "".
std::string_view made_class(std::string_view name) {
  const auto maker = unscoped(name);
  if (maker != "make_unique" && maker != "make_shared") return {};
  const auto open = name.find('<');
  return open == std::string_view::npos ? std::string_view()
                                        : unscoped(name.substr(open + 1, name.size() - open - 2));
}

}  // namespace

/// The variable that the call may write: `&x`, `out x`, `ref x`.
std::optional<std::uint32_t> Lowering::written_by_call(Node argument) {
  const Node bare = unwrapped(argument);
  if (form(bare).form == Form::unary) {
    const auto sign = operator_of(bare);
    return sign == "&" || sign == "&mut" ? path_of(bare) : std::nullopt;
  }
  bool is_out = form(argument).form == Form::out;
  for_each_child(argument, [&](Node child) {
    is_out = is_out || (!child.is_named() && (child.kind() == "out" || child.kind() == "ref")) ||
             child.kind() == "mutable_specifier";
  });
  if (!is_out) return std::nullopt;
  const Node name = bare.field("name");
  return path_of(form(bare).form == Form::declare && name ? name : bare);
}

bool Lowering::is_harmless_type(Node type) const { return type && is_number_type(text(type)); }

std::vector<Node> Lowering::arguments_of(Node node, std::string_view field) const {
  std::vector<Node> found;
  if (const Node list = part_of(node, field)) {
    if (form(list).form == Form::mix)
      found = parts(list);
    else
      found.push_back(list);
  }
  if (const Node block = node.field("block")) found.push_back(block);
  return found;
}

Lowering::Callee Lowering::callee_of(const FormRule& rule, Node node) const {
  Callee callee;
  if (rule.form == Form::method_call) {
    callee.object = part_of(node, rule.a);
    callee.name = part_of(node, rule.b);
    return callee;
  }
  const Node function = rule.a.empty() ? node.named_child(0) : part_of(node, rule.a);
  callee.whole = function;
  const Node bare = function ? unsigned_part(unwrapped(function)) : Node();
  if (!bare) return callee;
  const FormRule& called = form(bare);
  if (called.form == Form::member) {
    const auto [object, name] = halves(called, bare);
    callee.object = unsigned_part(object);
    const Node inner = name ? name.field("name") : Node();  // `a?.b()`
    callee.name = inner ? inner : name;
  } else if (called.form == Form::name || called.form == Form::mix) {
    callee.name = bare;
  } else {
    callee.object = bare;
  }
  return callee;
}

/// `b` of `b.append(x).append(y)`, to which each of the calls writes.
Node Lowering::built_object(Node object) const {
  constexpr int kMostLinks = 64;
  for (int links = 0; links < kMostLinks; ++links) {
    const Node bare = unwrapped(object);
    const FormRule& rule = form(bare);
    if (rule.form != Form::method_call && rule.form != Form::call) break;
    const auto callee = callee_of(rule, bare);
    if (!callee.object || !callee.name || !gives_its_object(text(callee.name))) break;
    object = callee.object;
  }
  return object;
}

void Lowering::lower_call(const FormRule& rule, Node node) {
  const Node block = rule.form == Form::call ? part_of(node, rule.c) : Node();
  const Node called = block ? called_with_block(rule, node) : node;
  auto arguments = arguments_of(called, rule.form == Form::method_call ? rule.c : rule.b);
  if (block) arguments.push_back(block);
  const Callee callee = callee_of(rule, called);
  if (!arguments.empty() && is_named(callee, in_.language.asserts)) insist(arguments.front(), node);
  call(callee, arguments, node);
}

/// Whether what is called stands in `list`, by its name alone or with what stands before it.
bool Lowering::is_named(const Callee& callee, std::span<const std::string_view> list) const {
  if (list.empty() || !callee.name || callee.name.end() - callee.name.begin() > 100) return false;
  const auto name = unscoped(text(callee.name));
  if (std::none_of(list.begin(), list.end(),
                   [&](std::string_view entry) { return entry.ends_with(name); }))
    return false;
  const std::string dotted = dotted_name(callee, name);
  return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
    return entry == dotted || (!callee.object && entry == name);
  });
}

/// Where `condition` does not hold, the function does not go on.
void Lowering::insist(Node condition, Node at) {
  eval(condition);
  branch(condition, at);
  emit(Op::arm, at, 0);
  push(constant(), at);
  emit(Op::arm_end, at);
  emit(Op::arm, at, 1);
  push(constant(), at);
  emit(Op::raise, at);
  emit(Op::arm_end, at);
  emit(Op::choice_end, at);
  emit(Op::drop, at);
}

/// `f(x)` of `f(x) { .. }`, to which the block is an argument more; some grammars take it for a
/// call of the result.
Node Lowering::called_with_block(const FormRule& rule, Node node) const {
  const Node inner = node.named_child(0);
  const bool is_call =
      form(inner).form == Form::call && !part_of(node, rule.b) && !part_of(inner, rule.c);
  return is_call ? inner : node;
}

/// The function of that name within the one that is lowered, or within a block of the class or the
/// file.
std::optional<std::uint32_t> Lowering::inner_function(std::string_view name) const {
  if (name.size() > 100) return std::nullopt;
  if (outermost_)
    if (const auto inner = in_.units.inner_named(name, outermost_, owner_)) return inner;
  if (is_bound(name)) return std::nullopt;
  if (const auto inner = in_.units.inner_named(name, std::nullopt, owner_)) return inner;
  return owner_ ? in_.units.inner_named(name, std::nullopt, std::nullopt) : std::nullopt;
}

std::optional<std::uint32_t> Lowering::function_of(const Callee& callee,
                                                   std::optional<std::size_t> arguments) const {
  if (callee.is_new) return std::nullopt;
  if (const auto base = base_function(callee)) return base;
  if (!callee.name) return std::nullopt;
  const auto name = text(callee.name);
  if (!callee.object) {
    if (const auto inner = inner_function(name)) return inner;
    if (const auto held = function_in(name)) return held;
    if (is_bound(name)) return std::nullopt;
    const auto scope = scope_of(name);
    if (scope == "std") return std::nullopt;
    const auto owner = scope.empty() ? std::nullopt : in_.units.owner_named(scope);
    return in_.units.named(unscoped(name), owner ? owner : owner_, arguments);
  }
  const Node object = unwrapped(callee.object);
  const bool gives_this = in_.language.this_is_given && is_one_of(name, {"call", "apply", "bind"});
  if (form(object).form == Form::name && calls_object(name) && !gives_this)
    if (const auto inner = inner_function(text(object))) return inner;
  if (form(object).form == Form::self || names_owner(object))
    return in_.units.named(name, owner_, arguments);
  if (const auto owner = owner_of_receiver(object)) return in_.units.named(name, owner, arguments);
  const Node last =
      form(object).form == Form::member ? halves(form(object), object).second : object;
  const bool is_short = last && last.end() - last.begin() < 100;
  const auto method = is_short ? in_.units.method_of_object(text(last), name) : std::nullopt;
  return method ? method : in_.units.extension_named(name);
}

/// `new Store(..)`, `Store(..)`, `Store.new(..)`
std::optional<std::uint32_t> Lowering::class_made_by(const Callee& callee) const {
  constexpr std::uint32_t kLongest = 100;
  const bool by_method = callee.object && callee.name && text(callee.name) == "new";
  const Node type = by_method ? callee.object : callee.name;
  if (!type || (callee.object && !by_method) || type.end() - type.begin() > kLongest)
    return std::nullopt;
  const auto made = made_class(text(type));
  return in_.units.owner_named(made.empty() ? text(type) : made);
}

/// The class of the file that `object`, whose method is called, is of: `new Store()`, `Store`,
/// `this.store`.
std::optional<std::uint32_t> Lowering::owner_of_receiver(Node object) const {
  constexpr std::uint32_t kLongest = 100;
  const FormRule& rule = form(object);
  Node named = object;
  const bool makes_by_method = rule.form == Form::method_call && part_of(object, rule.b) &&
                               text(part_of(object, rule.b)) == "new";
  const bool makes = rule.form == Form::construct || rule.form == Form::call || makes_by_method ||
                     object.kind() == "object_creation_expression";
  if (makes)
    named = rule.a.empty() ? object.named_child(0) : part_of(object, rule.a);
  else if (rule.form == Form::member)
    named = halves(rule, object).second;
  else if (rule.form != Form::name && rule.form != Form::own_member)
    return std::nullopt;
  if (const Node type = makes && named ? unwrapped(named) : Node();
      type && form(type).form == Form::member)
    named = halves(form(type), type).first;  // `Store::new()`: taken for one of its class
  if (!named || named.end() - named.begin() > kLongest) return std::nullopt;
  auto name = text(named);
  while (!name.empty() && (name[0] == '$' || name[0] == '@'))
    name.remove_prefix(1);
  if (const auto owner = in_.units.owner_named(name)) return owner;
  const auto owner = makes ? std::nullopt : in_.units.owner_of_object(name);
  const bool is_own = is_bound(name) || assigned_.contains(name);
  return owner && rule.form == Form::name && !is_said_here(in_.units.owners()[*owner].name) &&
                 is_own
             ? std::nullopt
             : owner;
}

/// Whether the function speaks of `type`: its variables are of that class only then, whatever
/// others of the same name are of.
bool Lowering::is_said_here(const std::string& type) const {
  if (!outermost_) return true;
  const auto [known, is_new] = said_here_.try_emplace(type, false);
  if (is_new)
    known->second =
        text(in_.units.functions()[*outermost_].node).find(type) != std::string_view::npos;
  return known->second;
}

/// A call as it is written, without blanks; the name alone where the receiver is long.
std::string Lowering::dotted_name(const Callee& callee, std::string_view name) const {
  std::string dotted;
  const auto add = [&](std::string_view more) {
    for (const char c : more.substr(0, 100))
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') dotted.push_back(c);
  };
  if (callee.whole) {
    add(text(callee.whole));
    return dotted;
  }
  if (callee.object && callee.object.end() - callee.object.begin() < 80) {
    add(text(callee.object));
    add(".");
  }
  add(name);
  return dotted;
}

/// For who asks what is called.
void Lowering::eval_marked_callee(const Callee& callee) {
  for (const Node called : {callee.name, callee.whole})
    if (called && in_.marks.find(called) != nullptr) {
      eval(called);
      emit(Op::drop, called);
      return;
    }
}

void Lowering::eval_object(Node object) {
  if (names_owner(object))
    emit(Op::load, object, self_);
  else
    eval(object);
}

void Lowering::eval_receiver(Node object, CallSite& site) {
  site.has_receiver = true;
  eval_object(object);
  std::vector<Node> keys;
  if (const auto path = path_of(built_object(object), &keys); path && keys.empty())
    site.receiver_path = path;
}

void Lowering::eval_argument(Node argument, CallSite& site) {
  const FormRule& rule = form(argument);
  const Node keyword =
      rule.form == Form::keyword && !rule.a.empty() ? part_of(argument, rule.a) : Node();
  const Node key = rule.form == Form::pair && site.function ? halves(rule, argument).first : Node();
  const auto named = key ? literal_of(key) : std::nullopt;  // `run(name: x)` of Ruby
  site.keywords.push_back(keyword ? in_.names(text(keyword)) : named ? in_.names(named->text) : 0);
  const Node bare = unwrapped(argument);
  const bool is_spread = rule.form == Form::spread || form(bare).form == Form::spread;
  site.has_spread = site.has_spread || is_spread;
  site.spreads.push_back(is_spread);
  if (form(bare).form == Form::lambda && !site.function && !site.constructs && !site.applier)
    given_away_.insert(bare.raw().id);
  if (form(bare).form == Form::lambda && site.applier && site.applier->gets == Gets::receiver)
    given_away_.insert(bare.raw().id);  // it runs here
  if (in_.language.blocks_are_apart && is_one_of(bare.kind(), {"block", "do_block"}))
    site.block = site.arguments;
  if (site.has_receiver && form(bare).form == Form::lambda) {
    receiver_depth_[bare.raw().id] = site.arguments;
    site.gives_closure = site.gives_closure || gives_closure(in_.names.text(site.name));
  }
  const auto written = written_by_call(argument);
  if (written) site.out_paths.push_back(*written);
  if (site.function) {
    std::vector<Node> keys;
    const auto path = written ? written : path_of(bare, &keys);
    site.argument_paths.push_back(keys.empty() ? path : std::nullopt);
  }
  if (const Node given = named ? halves(rule, argument).second : Node())
    eval(given);
  else if (named)
    load(named->text, argument);  // `run(name:)`
  else
    eval(is_spread && !parts(bare).empty() ? parts(bare).back() : argument);
  ++site.arguments;
}

void Lowering::call(const Callee& callee, const std::vector<Node>& arguments, Node at) {
  CallSite site;
  const auto name = callee.name ? unscoped(text(callee.name)) : std::string_view{};
  const std::string dotted = dotted_name(callee, name);
  site.name = in_.names(name.size() <= 100 ? name : "");
  site.dotted = in_.names(dotted);
  site.is_new = callee.is_new;
  eval_marked_callee(callee);
  site.function = function_of(callee, arguments.size());
  if (site.function && in_.units.functions()[*site.function].is_constructor &&
      class_made_by(callee))
    site.function.reset();
  if (!site.function) site.constructs = class_made_by(callee);
  if (!callee.object && callee.name && form(callee.name).form == Form::name)
    site.variable = symbol_of(text(callee.name));
  site.calls_object = callee.object && calls_object(name);
  if (!site.function) site.applier = find_applier(name, static_cast<bool>(callee.object));
  const bool is_base = site.function && base_function(callee) == site.function;
  if (callee.object && !is_base) eval_receiver(callee.object, site);
  for (const Node argument : arguments)
    eval_argument(argument, site);
  if (!arguments.empty() && is_named(callee, in_.language.first_is_written))
    if (const auto path = path_of(arguments.front())) {
      site.out_paths.push_back(*path);
      const Form written = form(unwrapped(arguments.front())).form;
      site.replaces_first =
          !contains(name, "cat") && (written == Form::name || written == Form::member);
    }
  if (callee.object && !arguments.empty() && reads_into(name) &&
      form(unwrapped(arguments.front())).form == Form::name)
    if (const auto path = path_of(arguments.front())) site.out_paths.push_back(*path);
  const bool stops = is_named(callee, in_.language.stops);
  const auto function = site.function;
  out_.calls.push_back(std::move(site));
  emit(Op::call, at, static_cast<std::uint32_t>(out_.calls.size() - 1));
  if (function) refine_checked(callee, arguments, *function, at);
  if (stops) emit(Op::raise, at);
}

/// `: base(x)`
void Lowering::lower_base_call(const FormRule& rule, Node node) {
  CallSite site;
  const auto base = owner_ ? in_.units.base_of(*owner_) : std::nullopt;
  if (base) site.function = in_.units.constructor_of(*base);
  for (const Node argument : arguments_of(node, rule.a))
    eval_argument(argument, site);
  out_.calls.push_back(std::move(site));
  emit(Op::call, node, static_cast<std::uint32_t>(out_.calls.size() - 1));
}

void Lowering::call_block(const std::vector<Node>& arguments, Node at) {
  CallSite site;
  site.name = in_.names("yield");
  site.variable = in_.names("&block");
  for (const Node argument : arguments)
    eval_argument(argument, site);
  out_.calls.push_back(std::move(site));
  emit(Op::call, at, static_cast<std::uint32_t>(out_.calls.size() - 1));
}

void Lowering::call_base(Node at) {
  CallSite site;
  const auto base = owner_ ? in_.units.base_of(*owner_) : std::nullopt;
  if (base && function_name_ == in_.language.constructor)
    site.function = in_.units.constructor_of(*base);
  else if (base)
    site.function = in_.units.named(function_name_, base);
  const auto& names = out_.parameters.empty() ? given_names_ : parameter_names_;
  for (const auto name : names) {
    load(name, at);
    site.keywords.push_back(0);
    site.spreads.push_back(false);
    site.argument_paths.emplace_back();
    ++site.arguments;
  }
  out_.calls.push_back(std::move(site));
  emit(Op::call, at, static_cast<std::uint32_t>(out_.calls.size() - 1));
}

/// What `super(x)`, `super().run(x)`, `base.Run(x)` and `parent::run(x)` call.
std::optional<std::uint32_t> Lowering::base_function(const Callee& callee) const {
  constexpr std::uint32_t kLongest = 8;
  const Node base = callee.object ? callee.object : callee.name;
  if (!owner_ || !base || base.end() - base.begin() > kLongest ||
      !is_one_of(text(base), {"super", "super()", "base", "parent"}))
    return std::nullopt;
  const auto owner = in_.units.base_of(*owner_);
  if (!owner) return std::nullopt;
  const bool is_constructor =
      !callee.object || !callee.name || text(callee.name) == in_.language.constructor;
  return is_constructor ? in_.units.constructor_of(*owner)
                        : in_.units.named(text(callee.name), owner);
}

void Lowering::lower_construct(const FormRule& rule, Node node) {
  Callee callee;
  callee.is_new = true;
  callee.name = rule.a.empty() ? Node() : part_of(node, rule.a);
  callee.whole = callee.name;
  auto arguments = arguments_of(node, rule.b);
  if (!rule.c.empty())
    for (const Node more : parts_of(node, rule.c))
      arguments.push_back(more);
  call(callee, arguments, node);
  for (const Node part : parts(node))
    if (part.kind() == "class_body" || part.kind() == "declaration_list")
      be_object(parts(part), node);
}

/// The members of a class without a name, whose object is on the stack: its methods run here, too.
void Lowering::be_object(const std::vector<Node>& members, Node at) {
  std::uint32_t methods = 0;
  for (const Node member : members) {
    const FormRule& rule = form(member);
    const Node name = rule.form == Form::function ? part_of(member, rule.a) : Node();
    if (name) push(constant({Literal::Kind::text, std::string(text(name))}), member);
    eval(member);
    if (!name) emit(Op::drop, member);
    if (name) ++methods;
  }
  emit(Op::map, at, methods, 1);
  emit(Op::combine, at, 2, static_cast<std::uint32_t>(Combination::last));
}

/// Parameters of a closure: elements of the receiver `receiver` below the top of the stack, if that
/// is known.
void Lowering::bind_closure_parameters(Node list, std::optional<std::uint32_t> receiver) {
  for (const Node name :
       form(list).form == Form::lambda ? std::vector{list} : listed_parameters(list)) {
    if (receiver) {
      emit(Op::pick, name, *receiver);
      emit(Op::some, name);
    } else {
      push(anything(), name);
    }
    mark_after(name);
    assign(name, true);
    emit(Op::drop, name);
  }
}

void Lowering::lower_closure(const FormRule& rule, Node node) {
  const auto unit = in_.units.unit_of(node);
  if (in_.units.is_unit(node)) {
    push(constant(), node);
    if (rule.form == Form::lambda) be_function(*unit, node);
    return;
  }
  const auto depth = receiver_depth_.find(node.raw().id);
  emit(Op::closure, node);
  open_scope(true);
  const Node list = parameters_of(rule, node);
  if (list || (rule.form == Form::lambda && !in_.language.lone_parameter.empty()))
    bind_closure_parameters(list ? list : node, depth == receiver_depth_.end()
                                                    ? std::nullopt
                                                    : std::optional(depth->second));
  const Node body = part_of(node, rule.c);
  bool gives = in_.language.implicit_return || rule.c == kRest;
  if (rule.c == kRest) {
    auto statements = parts(node);
    std::erase(statements, list);
    eval_block(statements);
  } else if (body) {
    gives = gives || (form(body).form != Form::scope && form(body).form != Form::block);
    eval(body);
  } else {
    push(constant(), node);
  }
  close_scope();
  emit(Op::closure_end, node, 0, gives ? 1 : 0);
  if (unit && !given_away_.contains(node.raw().id)) be_function(*unit, node);
  if (rule.form == Form::function && !rule.a.empty())
    if (const Node name = part_of(node, rule.a); name && form(name).form == Form::name)
      store(text(name), true, node);
}

/// What is on the stack may be that function of the file.
void Lowering::be_function(std::uint32_t unit, Node at) {
  constexpr std::size_t kMost = 100;
  auto& known = out_.functions;
  if (std::find(known.begin(), known.end(), unit) == known.end()) {
    if (known.size() >= kMost) return;
    known.push_back(unit);
  }
  emit(Op::function, at, unit);
}

}  // namespace peer::taint
