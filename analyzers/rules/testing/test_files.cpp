// Rule tests and snapshots as YAML, in and out.
#include <algorithm>
#include <fmt/format.h>

#include "analyzers/rules/testing/rule_test.hpp"
#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer::rules {
namespace {

constexpr YamlLimits kLimits{std::size_t{8} << 20U, 16};

tl::unexpected<Error> wrong(const YamlNode& node, const std::string& what) {
  return fail(ErrorKind::invalid_input, fmt::format("{}: {}", node.where(), what));
}

Result<std::vector<std::string>> codes_of(const YamlNode& document, std::string_view key) {
  std::vector<std::string> codes;
  const auto* list = document.find(key);
  if (list == nullptr || list->is_null()) return codes;
  if (!list->is_sequence()) return wrong(*list, fmt::format("{} takes a list of code", key));
  for (const auto& child : list->children) {
    if (!child.is_scalar()) return wrong(child, fmt::format("{} takes a list of code", key));
    codes.push_back(child.text);
  }
  return codes;
}

Result<std::string> text_of(const YamlNode& node, std::string_view key) {
  const auto* child = node.find(key);
  if (child == nullptr || !child->is_scalar())
    return wrong(node, fmt::format("{} is missing", key));
  return child->text;
}

Result<LabelSnapshot> label_of(const YamlNode& node) {
  LabelSnapshot label;
  const auto source = text_of(node, "source");
  const auto style = text_of(node, "style");
  const auto* start = node.find("start");
  const auto* end = node.find("end");
  if (!source) return fail(source.error());
  if (!style) return fail(style.error());
  if (start == nullptr || end == nullptr || start->as_integer().value_or(-1) < 0 ||
      end->as_integer().value_or(-1) < 0)
    return wrong(node, "start and end are byte offsets");
  label.source = *source;
  label.is_primary = *style == "primary";
  label.start = static_cast<std::uint64_t>(*start->as_integer());
  label.end = static_cast<std::uint64_t>(*end->as_integer());
  if (const auto* message = node.find("message"); message != nullptr && message->is_scalar())
    label.message = message->text;
  return label;
}

Result<Snapshot> snapshot_of(const YamlNode& node) {
  Snapshot snapshot;
  if (const auto* fixed = node.find("fixed"); fixed != nullptr && fixed->is_scalar())
    snapshot.fixed = fixed->text;
  const auto* labels = node.find("labels");
  if (labels == nullptr || !labels->is_sequence()) return wrong(node, "labels is missing");
  for (const auto& child : labels->children) {
    auto label = label_of(child);
    if (!label) return fail(label.error());
    snapshot.labels.push_back(std::move(*label));
  }
  return snapshot;
}

/// Text in double quotes, with everything escaped that needs it.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto c = decode_utf8(text.substr(at));
    const char byte = text[at];
    if (byte == '"' || byte == '\\')
      (out += '\\') += byte;
    else if (byte == '\n')
      out += "\\n";
    else if (byte == '\t')
      out += "\\t";
    else if (byte == '\r')
      out += "\\r";
    else if (is_invisible(c.code_point) || c.code_point == 0xFEFF)
      out += fmt::format("\\U{:08X}", static_cast<std::uint32_t>(c.code_point));
    else
      out += text.substr(at, c.length);
    at += c.length;
  }
  return out + '"';
}

/// True for text that means itself without quotes: words and code without what YAML reads
/// otherwise.
bool is_plain(std::string_view text) {
  if (text.empty() || text.size() > 1000 || trim(text) != text) return false;
  const char first = text[0];
  if (!((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))) return false;
  for (const std::string_view word :
       {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
    if (to_lower(text) == word) return false;
  return text.find_first_of("\n\r\t\"\\{}[],") == std::string_view::npos &&
         text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos &&
         !text.ends_with(':') && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
         });
}

/// True for text that a literal block keeps as it is.
bool is_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text[0] == ' ' || text[0] == '\n' ||
      text.ends_with("\n\n"))
    return false;
  if (text.find_first_of("\r\t") != std::string_view::npos ||
      text.find(" \n") != std::string_view::npos || text.ends_with(' '))
    return false;
  return visible(text) == text;
}

std::string value(std::string_view text, std::size_t indent) {
  if (is_plain(text)) return std::string(text);
  if (!is_block(text)) return in_quotes(text);
  std::string out = text.ends_with('\n') ? "|" : "|-";
  for (const auto line : split_lines(text))
    out += line.empty() ? "\n" : fmt::format("\n{}{}", std::string(indent, ' '), line);
  return out;
}

std::string write_at(const Snapshot& snapshot, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string out;
  if (snapshot.fixed)
    out += fmt::format("{}fixed: {}\n", margin, value(*snapshot.fixed, indent + 2));
  out += margin + (snapshot.labels.empty() ? "labels: []\n" : "labels:\n");
  for (const auto& label : snapshot.labels) {
    out += fmt::format("{}- source: {}\n", margin, value(label.source, indent + 4));
    if (label.message)
      out += fmt::format("{}  message: {}\n", margin, value(*label.message, indent + 4));
    out += fmt::format("{0}  style: {1}\n{0}  start: {2}\n{0}  end: {3}\n", margin,
                       label.is_primary ? "primary" : "secondary", label.start, label.end);
  }
  return out;
}

}  // namespace

Result<std::vector<RuleTest>> parse_rule_tests(std::string_view yaml) {
  const auto documents = load_yaml_documents(yaml, kLimits);
  if (!documents) return fail(documents.error());
  std::vector<RuleTest> tests;
  for (const auto& document : *documents) {
    if (document.is_null()) continue;
    auto id = text_of(document, "id");
    if (!id) return fail(id.error());
    auto valid = codes_of(document, "valid");
    if (!valid) return fail(valid.error());
    auto invalid = codes_of(document, "invalid");
    if (!invalid) return fail(invalid.error());
    tests.push_back({std::move(*id), std::move(*valid), std::move(*invalid)});
  }
  return tests;
}

Result<Snapshots> parse_snapshots(std::string_view yaml) {
  const auto document = load_yaml(yaml, kLimits);
  if (!document) return fail(document.error());
  auto id = text_of(*document, "id");
  if (!id) return fail(id.error());
  Snapshots snapshots{std::move(*id), {}};
  const auto* map = document->find("snapshots");
  if (map == nullptr || (!map->is_map() && !map->is_null()))
    return wrong(*document, "snapshots is missing");
  for (const auto& child : map->children) {
    auto snapshot = snapshot_of(child);
    if (!snapshot) return fail(snapshot.error());
    snapshots.by_code.emplace(child.key, std::move(*snapshot));
  }
  return snapshots;
}

std::string write_snapshot(const Snapshot& snapshot) { return write_at(snapshot, 0); }

std::string write_snapshots(const Snapshots& snapshots) {
  constexpr std::size_t kLongestKey = 120;  // YAML wants a mark before longer ones
  std::string out = fmt::format("id: {}\nsnapshots:{}\n", value(snapshots.id, 2),
                                snapshots.by_code.empty() ? " {}" : "");
  for (const auto& [code, snapshot] : snapshots.by_code) {
    const auto key = is_plain(code) ? code : in_quotes(code);
    out += key.size() > kLongestKey ? fmt::format("  ? {}\n  :", key) : fmt::format("  {}:", key);
    const auto body = write_at(snapshot, 4);
    // a value after an explicit key begins on the key's line or below it
    out += "\n" + body;
  }
  return out;
}

}  // namespace peer::rules
