// Reading `transform`: {replace: {source: $A, ..}} and "replace($A, replace='x', by='y')" give the
// same.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <map>

#include "analyzers/rules/load/yaml_text.hpp"
#include "analyzers/rules/rewrite/problem_at.hpp"
#include "analyzers/rules/rewrite/transform.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

/// The words of one operation, whichever way it was spelt.
struct Call {
  std::string operation;
  std::vector<YamlNode> arguments;  ///< by their `key`
  const YamlNode* at;
  bool is_string = false;  ///< spelt "replace($A, ..)", where every value is text

  [[nodiscard]] const YamlNode* find(std::string_view name) const {
    const auto it = std::find_if(arguments.begin(), arguments.end(),
                                 [&](const YamlNode& a) { return a.key == name; });
    return it == arguments.end() ? nullptr : &*it;
  }
};

tl::unexpected<Error> wrong(const YamlNode& at, const std::string& what) {
  return fail(ErrorKind::invalid_input,
              fmt::format("transform {}: {}", visible(at.key, false), what));
}

struct Operation {
  std::string_view name;
  std::array<std::string_view, 2> arguments;
  std::array<bool, 2> required;
};
constexpr std::array<Operation, 4> kOperations{
    {{"replace", {"replace", "by"}, {true, true}},
     {"substring", {"startChar", "endChar"}, {false, false}},
     {"convert", {"toCase", "separatedBy"}, {true, false}},
     {"rewrite", {"rewriters", "joinBy"}, {true, false}}}};

template <class Names>
std::string near(std::string_view typed, const Names& names) {
  const std::vector<std::string_view> list(std::begin(names), std::end(names));
  const auto found = nearest(typed, list);
  std::string all;
  for (const auto name : list)
    all += (all.empty() ? "" : ", ") + std::string(name);
  return found.empty() ? fmt::format("there are {}", all) : fmt::format("did you mean {}?", found);
}

/// "key=value, key='a, b', key=[x, y]".
Result<std::vector<YamlNode>> string_arguments(std::string_view text, const YamlNode& at) {
  std::vector<YamlNode> arguments;
  while (!text.empty()) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos)
      return wrong(at, fmt::format("{} has no value", visible(text, false)));
    const auto key = trim(text.substr(0, equals));
    text = trim(text.substr(equals + 1));
    std::size_t length = std::min(text.find(','), text.size());
    if (!text.empty() && (text[0] == '\'' || text[0] == '"' || text[0] == '[')) {
      const auto close = text.find(text[0] == '[' ? ']' : text[0], 1);
      if (close == std::string_view::npos)
        return wrong(at, fmt::format("the value of {} is not closed", visible(key, false)));
      length = close + 1;
    }
    auto value = load_yaml(text.substr(0, length));
    if (!value)
      return wrong(at, fmt::format("the value of {} is not valid: {}", visible(key, false),
                                   value.error().message));
    value->key = std::string(key);
    value->line = at.line;
    value->quoted = false;  // the quotes are this spelling's own
    arguments.push_back(std::move(*value));
    text = trim(text.substr(length));
    while (text.starts_with(','))
      text = trim(text.substr(1));
  }
  return arguments;
}

Result<Call> read_string(const YamlNode& node) {
  const auto text = trim(node.text);
  const auto open = text.find('(');
  auto rest = open == std::string_view::npos ? std::string_view{} : text.substr(open + 1);
  while (rest.ends_with(')'))
    rest.remove_suffix(1);
  const auto comma = rest.find(',');
  if (comma == std::string_view::npos)
    return wrong(node, "it is spelt operation($SOURCE, name=value, ..)");
  auto arguments = string_arguments(trim(rest.substr(comma + 1)), node);
  if (!arguments) return fail(arguments.error());
  YamlNode source;
  source.kind = YamlNode::Kind::scalar;
  source.key = "source";
  source.text = std::string(trim(rest.substr(0, comma)));
  arguments->push_back(std::move(source));
  return Call{std::string(trim(text.substr(0, open))), std::move(*arguments), &node, true};
}

Result<Call> read_call(const YamlNode& node) {
  if (node.is_scalar()) return read_string(node);
  if (!node.is_map() || node.children.size() != 1 || !node.children[0].is_map())
    return wrong(node,
                 "it takes one operation: {replace|substring|convert|rewrite: {source: .., ..}}");
  return Call{node.children[0].key, node.children[0].children, &node, false};
}

Result<std::optional<std::int32_t>> integer(const Call& call, std::string_view name) {
  const auto* node = call.find(name);
  if (node == nullptr || node->is_null()) return std::optional<std::int32_t>{};
  const auto value = node->as_integer();
  if (!value || *value < std::numeric_limits<std::int32_t>::min() ||
      *value > std::numeric_limits<std::int32_t>::max())
    return wrong(*call.at, fmt::format("{} takes a whole number", name));
  return std::optional<std::int32_t>(static_cast<std::int32_t>(*value));
}

/// The names that the list `node` holds.
Result<std::vector<std::string>> names(const Call& call, const YamlNode& node) {
  std::vector<std::string> list;
  for (const auto& child : node.children) {
    if (!child.is_scalar())
      return wrong(*call.at, fmt::format("{} takes a list of names", node.key));
    list.push_back(child.text);
  }
  if (!node.is_sequence()) return wrong(*call.at, fmt::format("{} takes a list", node.key));
  return list;
}

Result<ReplaceText> read_replace(const Call& call, const CompileRegex& compile) {
  for (const auto* argument : {call.find("replace"), call.find("by")})
    if (!call.is_string && !is_text(*argument))
      return wrong(*call.at, not_text(argument->key, *argument));
  auto pattern = compile(call.find("replace")->text);
  if (!pattern) return wrong(*call.at, pattern.error().message);
  return ReplaceText{std::move(*pattern), call.find("by")->text};
}

Result<TakeSubstring> read_substring(const Call& call) {
  const auto start = integer(call, "startChar");
  if (!start) return fail(start.error());
  const auto end = integer(call, "endChar");
  if (!end) return fail(end.error());
  return TakeSubstring{*start, *end};
}

Result<ConvertCase> read_convert(const Call& call) {
  ConvertCase convert;
  const auto& typed = call.find("toCase")->text;
  const auto to = parse_string_case(typed);
  if (!to)
    return wrong(*call.at, fmt::format("no case is called {}; {}", visible(typed, false),
                                       near(typed, string_case_names())));
  convert.to = *to;
  const auto* list = call.find("separatedBy");
  if (list == nullptr || list->is_null()) return convert;
  const auto separators = names(call, *list);
  if (!separators) return fail(separators.error());
  convert.separators.emplace();
  for (const auto& name : *separators) {
    const auto separator = parse_separator(name);
    if (!separator)
      return wrong(*call.at, fmt::format("no separator is called {}; {}", visible(name, false),
                                         near(name, separator_names())));
    convert.separators->push_back(*separator);
  }
  return convert;
}

Result<RewriteNodes> read_rewrite(const Call& call) {
  auto ids = names(call, *call.find("rewriters"));
  if (!ids) return fail(ids.error());
  RewriteNodes rewrite{std::move(*ids), std::nullopt};
  if (const auto* join = call.find("joinBy"); join != nullptr && !join->is_null()) {
    if (!call.is_string && !is_text(*join)) return wrong(*call.at, not_text("joinBy", *join));
    rewrite.join_by = join->text;
  }
  return rewrite;
}

template <class T>
Result<void> take(Transform& transform, Result<T> operation) {
  if (!operation) return fail(operation.error());
  transform.operation = std::move(*operation);
  return {};
}

/// The required arguments are there. One that is not known is passed over, as the reference does.
Result<void> check_arguments(const Call& call, const Operation& operation,
                             std::vector<Problem>& problems) {
  const std::array known{std::string_view("source"), operation.arguments[0],
                         operation.arguments[1]};
  for (const auto& argument : call.arguments)
    if (std::find(known.begin(), known.end(), argument.key) == known.end()) {
      if (call.is_string)
        return wrong(*call.at,
                     fmt::format("{} has no argument {}; {}", operation.name,
                                 visible(argument.key, false), near(argument.key, known)));
      problems.push_back(problem_at(
          *call.at, fmt::format("transform {}: {} has no argument {}, which is passed over; {}",
                                visible(call.at->key, false), operation.name,
                                visible(argument.key, false), near(argument.key, known))));
      problems.back().level = Problem::Level::note;
    }
  for (std::size_t i = 0; i < known.size(); ++i)
    if ((i == 0 || operation.required[i - 1]) && call.find(known[i]) == nullptr)
      return wrong(*call.at, fmt::format("{} needs {}", operation.name, known[i]));
  return {};
}

Result<Transform> read_transform(const YamlNode& node, const CompileRegex& compile,
                                 std::vector<Problem>& problems) {
  const auto call = read_call(node);
  if (!call) return fail(call.error());
  const auto* operation =
      std::find_if(kOperations.begin(), kOperations.end(),
                   [&](const Operation& o) { return o.name == call->operation; });
  if (operation == kOperations.end()) {
    constexpr std::array<std::string_view, 4> kNames{"replace", "substring", "convert", "rewrite"};
    return wrong(node, fmt::format("no operation is called {}; {}", visible(call->operation, false),
                                   near(call->operation, kNames)));
  }
  if (const auto checked = check_arguments(*call, *operation, problems); !checked)
    return fail(checked.error());
  const auto& source = call->find("source")->text;
  auto variable = parse_variable(source);
  if (!variable)
    return wrong(
        node,
        fmt::format("the source {} is no variable that is bound; it is spelt $NAME or $$$NAME",
                    visible(source, false)));
  Transform transform{node.key, std::move(*variable), {}};
  Result<void> done;
  if (operation->name == "replace")
    done = take(transform, read_replace(*call, compile));
  else if (operation->name == "substring")
    done = take(transform, read_substring(*call));
  else if (operation->name == "convert")
    done = take(transform, read_convert(*call));
  else
    done = take(transform, read_rewrite(*call));
  if (!done) return fail(done.error());
  return transform;
}

/// Which of `all` each is made from; their number where it is none of them.
std::vector<std::size_t> sources_of(const std::vector<Transform>& all) {
  std::map<std::string, std::size_t, std::less<>> index;
  for (std::size_t i = 0; i < all.size(); ++i)
    index.emplace(all[i].name, i);
  std::vector<std::size_t> sources;
  sources.reserve(all.size());
  for (const auto& transform : all) {
    const auto source = index.find(transform.source.name);
    sources.push_back(source == index.end() ? all.size() : source->second);
  }
  return sources;
}

/// Each after the one it is made from; what nothing orders stays as it was written.
std::vector<Transform> ordered(std::vector<Transform> all, const YamlNode& map,
                               std::vector<Problem>& problems) {
  const auto sources = sources_of(all);
  std::vector<std::size_t> seen_from(all.size(), all.size());
  std::vector<bool> done(all.size(), false);
  std::vector<Transform> result;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::size_t> chain;
    auto at = i;
    for (; at < all.size() && !done[at] && seen_from[at] != i; at = sources[at]) {
      seen_from[at] = i;
      chain.push_back(at);
    }
    if (at < all.size() && !done[at]) {
      problems.push_back(problem_at(
          map, fmt::format("transform: {} is made from itself", visible(all[at].name, false))));
      return {};
    }
    for (; !chain.empty(); chain.pop_back()) {
      done[chain.back()] = true;
      result.push_back(std::move(all[chain.back()]));
    }
  }
  return result;
}

}  // namespace

std::vector<Transform> parse_transforms(const YamlNode& map, const CompileRegex& compile,
                                        std::vector<Problem>& problems) {
  if (!map.is_map()) {
    problems.push_back(problem_at(map, "transform is a map of new variables to operations"));
    return {};
  }
  std::vector<Transform> all;
  for (const auto& child : map.children) {
    auto transform = read_transform(child, compile, problems);
    if (transform)
      all.push_back(std::move(*transform));
    else
      problems.push_back(problem_at(child, transform.error().message));
  }
  return ordered(std::move(all), map, problems);
}

}  // namespace peer::rules
