// Where memory is read and written: elements, and functions of the C library.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string>

#include "analyzers/checks/known_size/follower.hpp"
#include "analyzers/checks/known_size/library.hpp"

namespace peer::known_size {
namespace {

constexpr std::size_t kLongestShown = 40;

std::string shown(std::string_view code) { return std::string(code.size() <= kLongestShown ? code : "this"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// One `%...` of a format.
struct Conversion {
  char letter = '\0';
  int width = 0;          ///< 0: none
  bool is_kept = true;    ///< not `%*s`
  bool takes_more = false;  ///< `*` as width: takes another argument
};

/// The conversions of a format, and how many letters stand around them. `is_scan`: of scanf().
struct Format {
  std::vector<Conversion> conversions;
  std::int64_t letters = 0;
};

Format read_format(std::string_view text, bool is_scan) {
  Format format;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
      ++format.letters;
      continue;
    }
    if (text[at] != '%') {
      ++format.letters;
      continue;
    }
    if (++at < text.size() && text[at] == '%') {
      ++format.letters;
      continue;
    }
    Conversion made;
    while (at < text.size() && std::string_view("-+ #0*").find(text[at]) != std::string_view::npos) {
      if (text[at] == '*') (is_scan ? made.is_kept : made.takes_more) = !is_scan;
      ++at;
    }
    while (at < text.size() && is_digit(text[at]) && made.width < 100'000)
      made.width = made.width * 10 + (text[at++] - '0');
    while (at < text.size() && (std::string_view(".hlzjtL").find(text[at]) != std::string_view::npos || is_digit(text[at]) || text[at] == '*')) {
      if (text[at] == '*') made.takes_more = true;
      ++at;
    }
    if (at >= text.size()) break;
    made.letter = text[at];
    if (made.letter == '[') at = std::min(text.find(']', at + 2), text.size());
    format.conversions.push_back(made);
  }
  return format;
}

/// What stands between the quotes of a plain string; none of others.
std::optional<std::string_view> content_of(std::string_view literal) {
  if (literal.size() < 2 || !literal.ends_with('"')) return std::nullopt;
  const auto first = literal.find('"');
  if (first > 2 || literal.find('R') < first) return std::nullopt;
  return literal.substr(first + 1, literal.size() - first - 2);
}

}  // namespace

void Follower::report(Node at, std::string message, bool is_certain) {
  if (reported_.insert(at.begin()).second) found_.push_back({at.span(), std::move(message), is_certain});
}

Follower::Number Follower::room(const Held& held) const {
  if (!held.is_placed()) return std::nullopt;
  std::int64_t most = 0;
  for (const Place& place : held.places)
    most = std::max(most, sizes_[place.memory] - place.offset);
  return most;
}

Text* Follower::text_at(const Held& held) { return held.is_placed() && held.places.size() == 1 ? &state_.texts[held.places.front().memory] : nullptr; }

/// Letters of the text that begins at `node`, without the zero.
Follower::Number Follower::length_of(Node node) {
  while (node && node.kind() == "parenthesized_expression")
    node = node.named_child(0);
  if (!node) return std::nullopt;
  if (node.kind() == "string_literal") {
    const auto content = content_of(text(node));
    if (!content) return std::nullopt;
    std::int64_t length = 0;
    for (std::size_t at = 0; at < content->size(); ++at, ++length) {
      if ((*content)[at] != '\\') continue;
      ++at;
      if (at >= content->size() || (*content)[at] == 'x' || (*content)[at] == 'u' || is_digit((*content)[at])) return std::nullopt;
    }
    return length;
  }
  const Held held = held_by(node);
  if (!held.is_placed()) return std::nullopt;
  std::optional<std::int64_t> least;
  for (const Place& place : held.places) {
    const auto& length = state_.texts[place.memory].length;
    if (!length || place.offset < 0 || place.offset > *length) return std::nullopt;
    least = std::min(least.value_or(INT64_MAX), *length - place.offset);
  }
  return least;
}

void Follower::index(Node node) {
  int position = 0;
  Node base = node.field("argument");
  for (; base && base.kind() == "subscript_expression" && position < 8; ++position)
    base = base.field("argument");
  const Node indices = node.field("indices");
  const Node index = indices ? indices.named_child(0) : node.field("index");
  if (!base || !index || index.kind() == "sizeof_expression") return;  // c-index-past-end has a fix for that
  const Node around = node.parent();
  const bool is_address = around && around.kind() == "pointer_expression" && text(around).starts_with('&');
  const Shape* shape = shape_of_member(base);
  const Variable* variable = base.kind() == "identifier" ? known(text(base)) : nullptr;
  if (variable != nullptr) shape = &variable->shape;
  if (shape == nullptr) return;
  const auto at = static_cast<std::size_t>(position);
  const bool is_open_ended = variable == nullptr && !shape->counts.empty() && shape->counts.front() <= 1;
  if (shape->is_array && at < shape->counts.size() && !is_open_ended)
    index_of_array(node, node.field("argument"), index, shape->counts[at], is_address);
  else if (shape->is_array && !shape->count_name.empty() && position == 0)
    index_by_name(node, index, *shape, is_address);
  else if (variable != nullptr && !shape->is_array && position == 0 && !is_address)
    index_of_pointer(node, base, index, *variable);
}

/// `*(p + i)`
void Follower::dereference(Node node) {
  Node sum = node.field("argument");
  if (!text(node).starts_with('*') || !sum || sum.kind() != "parenthesized_expression") return;
  sum = sum.named_child(0);
  if (!sum || sum.kind() != "binary_expression" || text(sum.field("operator")) != "+") return;
  const Node base = sum.field("left");
  const Node index = sum.field("right");
  const Variable* variable = base && base.kind() == "identifier" ? known(text(base)) : nullptr;
  if (variable == nullptr || !index) return;
  const auto& shape = variable->shape;
  if (shape.is_array && shape.counts.size() == 1)
    index_of_array(node, base, index, shape.counts.front(), false);
  else if (!shape.is_array)
    index_of_pointer(node, base, index, *variable);
}

/// `a[MAX]` of `int a[MAX]`, whatever MAX is.
void Follower::index_by_name(Node node, Node index, const Shape& shape, bool is_address) {
  if (is_address || index.kind() != "identifier") return;
  const Variable* counter = known(text(index));
  const auto name = counter == nullptr ? text(index) : counter->held.last_name;
  const bool may_change = counter == nullptr && state_.find(shape.count_name) != nullptr;
  if (name == shape.count_name && !may_change)
    report(node, fmt::format("`{}` {} {}, and `{}` has {} elements", shown(text(index)), counter == nullptr ? "is" : "gets to", name, shown(text(node.field("argument"))), name));
}

void Follower::index_of_array(Node node, Node base, Node index, std::int64_t count, bool is_address) {
  const auto array = shown(text(base));
  for (const Turn turn : {Turn::first, Turn::last}) {
    const auto at = value_of(text(index), turn);
    if (!at) return;
    const auto said = value_of(index) ? std::string("is") : std::string("gets to");
    if (*at < 0)
      report(node, fmt::format("`{}` {} {}, before the beginning of `{}`", shown(text(index)), said, *at, array));
    else if (*at > count || (*at == count && !is_address))
      report(node, fmt::format("`{}` {} {}, and `{}` has {} elements", shown(text(index)), said, *at, array, count));
  }
}

void Follower::index_of_pointer(Node node, Node base, Node index, const Variable& variable) {
  const auto& held = variable.held;
  if (!held.is_placed() || !variable.shape.element) return;
  const std::int64_t element = *variable.shape.element;
  for (const Turn turn : {Turn::first, Turn::last}) {
    const auto at = value_of(text(index), turn);
    constexpr std::int64_t kFar = 1'000'000'000'000;
    if (!at || *at > kFar || *at < -kFar) return;
    const bool is_before = std::all_of(held.places.begin(), held.places.end(), [&](const Place& place) { return place.offset + *at * element < 0; });
    const auto bytes = room(held);
    if (is_before)
      report(node, fmt::format("`{}` is before the beginning of what `{}` points to", shown(text(node)), shown(text(base))));
    else if (bytes && (*at + 1) * element > *bytes && *at >= 0)
      report(node, fmt::format("`{}` is behind the end: `{}` points to {} bytes", shown(text(node)), shown(text(base)), *bytes));
  }
}

void Follower::call(Node node) {
  const Node function = node.field("function");
  const Node list = node.field("arguments");
  if (!function || !list) return;
  std::vector<Node> arguments;
  for_each_child(list, [&](Node child) {
    if (child.is_named() && !child.is_extra()) arguments.push_back(child);
  });
  auto name = text(function);
  if (const auto scope = name.rfind("::"); scope != std::string_view::npos) name.remove_prefix(scope + 2);
  known_accesses(name, arguments, node);
  text_functions(name, arguments, node);
}

void Follower::known_accesses(std::string_view name, const std::vector<Node>& arguments, Node at) {
  for (const Access& access : kAccesses) {
    if (access.name != name) continue;
    const auto given = [&](int number) { return number >= 0 && static_cast<std::size_t>(number) < arguments.size() ? arguments[static_cast<std::size_t>(number)] : Node(); };
    const Node memory = given(access.memory);
    const Node size = given(access.size);
    if (!memory || !size) continue;
    const Node count = given(access.count);
    const auto each = value_of(text(size), Turn::last);
    const auto times = count ? value_of(text(count), Turn::last) : std::optional<std::int64_t>(access.count == Access::kNone ? 1 : 0);
    const auto space = room(held_by(memory));
    std::int64_t bytes = 0;
    if (!each || !times || !space || __builtin_mul_overflow(*each, *times, &bytes) || __builtin_mul_overflow(bytes, access.unit, &bytes)) continue;
    const std::int64_t there = std::max<std::int64_t>(*space, 0);
    if (bytes > there)
      report(at, fmt::format("`{}` {} {} bytes {} `{}`, which has {}", name, access.writes ? "may write" : "reads", bytes, access.writes ? "to" : "of", shown(text(memory)), there));
  }
}

/// What the call leaves in the texts that it is given.
void Follower::text_functions(std::string_view name, const std::vector<Node>& arguments, Node at) {
  const std::size_t count = arguments.size();
  const bool is_wide = name.starts_with("wcs");
  const std::int64_t unit = is_wide ? kWide : 1;
  if (count >= 2 && (name == "strcpy" || name == "stpcpy" || name == "wcscpy" || name == "lstrcpy" || name == "lstrcpyA")) {
    copied(name, arguments[0], arguments[1], unit, at);
  } else if (count >= 2 && (name == "strcat" || name == "wcscat" || name == "lstrcat")) {
    appended(name, arguments[0], arguments[1], unit, at);
  } else if (count >= 3 && name == "strncat") {
    const auto most = value_of(arguments[2]);
    const Held held = held_by(arguments[0]);
    const auto space = room(held);
    const auto before = length_of(arguments[0]);
    if (most && space && *most + 1 + before.value_or(0) > *space)
      report(at, fmt::format("`strncat` may write {} bytes and a zero behind the text in `{}`, which has room for {}", *most, shown(text(arguments[0])), *space));
    state_.forget_text(held);
  } else if (count >= 2 && name == "sprintf") {
    formatted(arguments, at);
  } else if (name == "scanf" || name == "fscanf" || name == "sscanf") {
    scanned(name, arguments, at);
  } else if (count >= 3 && name == "memset") {
    const Held held = held_by(arguments[0]);
    const auto letter = value_of(arguments[1]);
    const auto bytes = value_of(arguments[2]);
    state_.forget_text(held);
    Text* known_text = text_at(held);
    if (known_text == nullptr || !letter || !bytes || held.places.front().offset != 0) return;
    if (*letter == 0)
      known_text->length = 0;
    else
      known_text->filled = *bytes;
  } else if (name != "strlen" && name != "strcmp" && name != "printf" && name != "puts" && name != "free") {
    handed_over(arguments);
    for (const Access& access : kAccesses)
      if (access.name == name && access.from_outside && static_cast<std::size_t>(access.memory) < count)
        if (Text* known_text = text_at(held_by(arguments[static_cast<std::size_t>(access.memory)]))) known_text->is_from_outside = true;
  }
}

void Follower::copied(std::string_view name, Node to, Node from, std::int64_t unit, Node at) {
  const Held held = held_by(to);
  const auto space = room(held);
  const auto length = length_of(from);
  if (space && length && (*length + 1) * unit > *space) {
    report(at, fmt::format("`{}` writes {} bytes to `{}`, which has {}", name, (*length + 1) * unit, shown(text(to)), std::max<std::int64_t>(*space, 0)));
  } else if (space && !length) {
    const Held source = held_by(from);
    const auto most = room(source);
    const Text* known_text = text_at(source);
    if (most && known_text != nullptr && known_text->is_from_outside && *most > *space)
      report(at, fmt::format("`{}` has {} bytes, and the text in `{}` may be {} long", shown(text(to)), *space, shown(text(from)), *most - 1), false);
  }
  state_.forget_text(held);
  if (Text* known_text = text_at(held); known_text != nullptr && held.places.front().offset == 0) known_text->length = length;
}

void Follower::appended(std::string_view name, Node to, Node from, std::int64_t unit, Node at) {
  const Held held = held_by(to);
  const auto space = room(held);
  const auto before = length_of(to);
  const auto more = length_of(from);
  if (space && more && (before.value_or(0) + *more + 1) * unit > *space)
    report(at, fmt::format("`{}` makes a text of {} bytes in `{}`, which has {}", name, (before.value_or(0) + *more + 1) * unit, shown(text(to)), std::max<std::int64_t>(*space, 0)));
  state_.forget_text(held);
  if (Text* known_text = text_at(held); known_text != nullptr && before && more && held.places.front().offset == 0) known_text->length = *before + *more;
}

/// The fewest letters that sprintf() can make.
void Follower::formatted(const std::vector<Node>& arguments, Node at) {
  const Held held = held_by(arguments[0]);
  const auto space = room(held);
  const auto content = arguments[1].kind() == "string_literal" ? content_of(text(arguments[1])) : std::nullopt;
  if (space && content) {
    const Format format = read_format(*content, false);
    std::int64_t least = format.letters;
    std::size_t next = 2;
    for (const Conversion& each : format.conversions) {
      next += each.takes_more ? 1 : 0;
      const Node argument = next < arguments.size() ? arguments[next++] : Node();
      std::int64_t letters = each.letter == 's' ? 0 : 1;
      if (each.letter == 's' && argument) letters = length_of(argument).value_or(0);
      if ((each.letter == 'd' || each.letter == 'u') && argument)
        if (const auto number = value_of(argument)) letters = static_cast<std::int64_t>(std::to_string(*number).size());
      least += std::max<std::int64_t>(letters, each.width);
    }
    if (least + 1 > *space)
      report(at, fmt::format("`sprintf` writes {} bytes or more to `{}`, which has {}", least + 1, shown(text(arguments[0])), std::max<std::int64_t>(*space, 0)));
  }
  state_.forget_text(held);
}

/// `%8s` writes nine bytes.
void Follower::scanned(std::string_view name, const std::vector<Node>& arguments, Node at) {
  const std::size_t first = name == "scanf" ? 0 : 1;
  if (arguments.size() <= first) return;
  const auto content = arguments[first].kind() == "string_literal" ? content_of(text(arguments[first])) : std::nullopt;
  std::size_t next = first + 1;
  if (content)
    for (const Conversion& each : read_format(*content, true).conversions) {
      if (!each.is_kept || next >= arguments.size()) continue;
      const Node target = arguments[next++];
      if (each.letter != 's' && each.letter != '[') continue;
      const Held held = held_by(target);
      const auto space = room(held);
      if (space && each.width + 1 > *space && each.width > 0)
        report(at, fmt::format("`%{}{}` writes {} bytes with the zero at the end, and `{}` has {}", each.width, each.letter, each.width + 1, shown(text(target)), *space));
    }
  handed_over(arguments);
  for (std::size_t i = first + 1; i < arguments.size(); ++i)
    if (Text* known_text = text_at(held_by(arguments[i]))) known_text->is_from_outside = true;
}

/// Whoever is given something may write there.
void Follower::handed_over(const std::vector<Node>& arguments) {
  for (const Node argument : arguments)
    walk(argument, [&](Node each) {
      const auto kind = each.kind();
      if (kind == "sizeof_expression" || kind == "lambda_expression") return false;
      if (kind == "pointer_expression" && text(each).starts_with('&')) {
        const Node target = each.field("argument");
        if (target && target.kind() == "identifier") state_.forget(text(target));
      }
      if (kind != "identifier") return true;
      Variable* variable = state_.find(text(each));
      if (variable == nullptr) return true;
      state_.forget_text(variable->held);
      const bool is_whole = each == argument;
      if (is_cpp_ && is_whole && !variable->shape.is_array) variable->held = variable->held.is_placed() ? variable->held : unknown();  // by reference
      return true;
    });
}

}  // namespace peer::known_size
