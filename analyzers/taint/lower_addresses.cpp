// What a check of a part says of the whole: `ALLOWED.contains(uri.getHost())` is about `uri`, and
// about the text that `uri` was made of. Only the part that decides where an address leads counts.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

bool names_host(std::string_view name) {
  return is_one_of(
      name, {"host", "hostname", "netloc", "origin", "authority", "host_str", "Host", "Hostname",
             "DnsSafeHost", "IdnHost", "Authority", "getHost", "getAuthority", "domain"});
}

bool parses_address(std::string_view name) {
  return is_one_of(name, {"urlparse", "urlsplit", "parse_url", "URL", "URI", "Uri", "Parse",
                          "ParseRequestURI", "create", "parse", "toURI", "toURL", "fromString",
                          "fromUriString", "fromHttpUrl", "make_url"});
}

/// `x.lower()`: the same text but for letters and blanks that do not matter.
bool keeps_meaning(std::string_view name) {
  return is_one_of(name, {"lower",
                          "casefold",
                          "upper",
                          "strip",
                          "toLowerCase",
                          "toUpperCase",
                          "trim",
                          "strtolower",
                          "strtoupper",
                          "downcase",
                          "upcase",
                          "ToLower",
                          "ToUpper",
                          "ToLowerInvariant",
                          "ToUpperInvariant",
                          "Trim",
                          "TrimSpace",
                          "lowercase",
                          "uppercase",
                          "to_s",
                          "toString",
                          "ToString",
                          "as_str",
                          "as_ref",
                          "as_deref",
                          "to_string",
                          "to_owned",
                          "to_lowercase",
                          "to_uppercase",
                          "to_ascii_lowercase",
                          "clone",
                          "as_bytes",
                          "unwrap"});
}

/// `x.ok_or("no host")`: it, or nothing goes on with another.
bool keeps_or_leaves(std::string_view name) {
  return is_one_of(name, {"ok_or", "ok_or_else", "expect", "unwrap_or_default"});
}

}  // namespace

/// The object of a method without arguments, else the first argument of a function.
Node Lowering::address_behind_call(Node call) const {
  const FormRule& rule = form(call);
  if (rule.form == Form::construct) {
    const Node type = rule.a.empty() ? call.named_child(0) : part_of(call, rule.a);
    const auto arguments = arguments_of(call, rule.b);
    return type && parses_address(text(type)) && !arguments.empty() ? arguments[0] : Node();
  }
  const auto [object, name, arguments] = question_of(call);
  if (!name) return {};
  const auto called = text(name);
  if (object && arguments.empty())
    return names_host(called) || keeps_meaning(called) || parses_address(called) ? object : Node();
  if (object && keeps_or_leaves(called)) return object;
  if (arguments.empty() || (!parses_address(called) && !keeps_meaning(called))) return {};
  const bool is_other_part =
      arguments.size() > 1 && called == "parse_url" && text(arguments[1]) != "PHP_URL_HOST";
  return is_other_part ? Node() : arguments[0];
}

/// What `node` is the host of, or was made of by parsing an address; null where it is neither.
Node Lowering::address_behind(Node node) const {
  const Node bare = unwrapped(node);
  const FormRule& rule = form(bare);
  switch (rule.form) {
    case Form::name: {
      const auto known = addresses_.find(text(bare));
      return known == addresses_.end() ? Node() : known->second;
    }
    case Form::member: {
      const auto [object, name] = halves(rule, bare);
      return name && names_host(text(name)) ? object : Node();
    }
    case Form::index: {
      const auto [object, key] = halves(rule, bare);
      const auto literal = key ? literal_of(key) : std::nullopt;
      return literal && names_host(literal->text) ? object : Node();
    }
    case Form::call:
    case Form::method_call:
    case Form::construct:
      return address_behind_call(bare);
    default:
      return {};
  }
}

/// The name in a target, of several the first: `parsed, err := url.Parse(address)`.
Node Lowering::sole_name(Node target) const {
  Node name = target;
  for (int steps = 0; steps < 4 && name && form(name).form != Form::name; ++steps) {
    const Node inner = wrapped_target(name);
    const auto inside = inner ? std::vector<Node>{inner} : parts(name);
    name = inside.empty() ? Node() : inside.front();
  }
  return name && form(name).form == Form::name ? name : Node();
}

/// Remembers what `target` was made of, where that is an address or its host.
void Lowering::note_address(Node target, Node value) {
  bool is_pattern = false;
  for (const Node part : form(target).form == Form::map
                             ? parts(target)
                             : std::vector<Node>()) {  // `const { hostname } = new URL(address)`
    is_pattern = true;
    if (const Node behind = form(part).form == Form::shorthand && names_host(text(part))
                                ? address_behind(value)
                                : Node())
      addresses_[text(part)] = behind;
  }
  if (is_pattern) return;
  const Node name = sole_name(target);
  if (!name) return;
  if (const Node behind = address_behind(value); behind && text(unwrapped(behind)) != text(name))
    addresses_[text(name)] = behind;
  else
    addresses_.erase(text(name));
}

/// A reading of something by an expression: `request.getParameter("page")`, `params[:page]`. What a
/// condition says of it holds where it is read again.
std::optional<std::uint32_t> Lowering::reading_of(Node node) {
  constexpr std::size_t kMost = 120;
  const Form kind = form(node).form;
  const bool reads = kind == Form::call || kind == Form::method_call || kind == Form::index ||
                     kind == Form::member;
  const auto written = text(node);
  if (!reads || written.size() > kMost) return std::nullopt;
  const auto [it, is_new] = readings_.try_emplace(written, Symbol{});
  if (is_new) {
    it->second = in_.names.another(written);
    out_.readings.push_back(it->second);
  }
  out_.paths.push_back({it->second, {}});
  return static_cast<std::uint32_t>(out_.paths.size() - 1);
}

void Lowering::settle(std::string_view written, Node at) {
  if (readings_.empty()) return;
  if (const auto it = readings_.find(written); it != readings_.end())
    emit(Op::settle, at, it->second);
}

}  // namespace peer::taint
