#include "analyzers/import/sarif_tool.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "analyzers/checks/check.hpp"
#include "analyzers/import/json_stream.hpp"
#include "analyzers/import/naming.hpp"
#include "analyzers/import/paths.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostComponents = 64;
constexpr std::size_t kMostRules = 50'000;
constexpr std::size_t kMostArtifacts = 500'000;
constexpr std::size_t kMostBases = 200;
constexpr std::size_t kMostMessages = 200;
constexpr int kMostBaseSteps = 16;  // a base may name another; circles end

std::optional<Severity> severity_of_level(std::string_view level) {
  if (level == "error") return Severity::error;
  if (level == "warning") return Severity::warning;
  if (level == "note") return Severity::info;
  if (level == "none") return Severity::hint;
  return std::nullopt;
}

double confidence_of(std::string_view precision) {
  if (precision == "very-high") return 0.95;
  if (precision == "medium" || precision == "MEDIUM") return 0.6;
  if (precision == "low" || precision == "LOW") return 0.4;
  return precision == "high" || precision == "HIGH" ? 0.85 : 0.8;
}

/// text, or markdown where there is no text.
std::string text_of(const Json& message) {
  auto text = string_in(message, "text");
  return text.empty() ? string_in(message, "markdown") : text;
}

std::vector<std::string> tags_of(const Json& properties) {
  constexpr std::size_t kMostTags = 50;
  std::vector<std::string> tags;
  if (const auto& all = member(properties, "tags"); all.is_array())
    for (const auto& tag : all)
      if (tag.is_string() && tags.size() < kMostTags) tags.push_back(tag.get<std::string>());
  return tags;
}

/// CWE numbers of a rule: in tags, in properties, and in relationships to the CWE taxonomy.
std::vector<int> cwes_of(const Json& descriptor, const std::vector<std::string>& tags) {
  constexpr std::size_t kMostCwes = 20;
  std::vector<int> all;
  const auto add = [&](const std::string& tag) {
    if (const auto cwe = cwe_of(tag); cwe && all.size() < kMostCwes) all.push_back(*cwe);
  };
  for (const auto& tag : tags)
    add(tag);
  if (const auto& cwe = member(member(descriptor, "properties"), "cwe"); cwe.is_string()) {
    add(cwe.get<std::string>());
  } else if (cwe.is_array()) {
    for (const auto& each : cwe)
      if (each.is_string()) add(each.get<std::string>());
  }
  if (const auto& relations = member(descriptor, "relationships"); relations.is_array()) {
    for (const auto& relation : relations) {
      const auto& target = member(relation, "target");
      const auto taxonomy = to_lower(string_in(member(target, "toolComponent"), "name"));
      const auto id = string_in(target, "id");
      if (taxonomy == "cwe" || to_lower(id).starts_with("cwe")) add("cwe-" + id);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// "a {0} of {1}" with its arguments; "{{" and "}}" are braces.
std::string with_arguments(std::string_view text, const Json& arguments) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      out += c;
      ++i;
      continue;
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + std::min(i + 1, text.size()),
                                              text.data() + text.size(), number);
    const bool placeholder = c == '{' && error == std::errc{} && end != text.data() + text.size() &&
                             *end == '}' && number < arguments.size() &&
                             arguments[number].is_string();
    if (placeholder) {
      out += arguments[number].get_ref<const std::string&>();
      i = static_cast<std::size_t>(end - text.data());
    } else {
      out += c;
    }
  }
  return out;
}

/// "[text](3)": a link to a related location becomes its text.
std::string without_links(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '[' || text[i + 1] == ']')) {
      out += text[++i];
      continue;
    }
    if (text[i] != '[') {
      out += text[i];
      continue;
    }
    constexpr std::size_t kLongestLink = 500;
    const auto near = text.substr(i, kLongestLink);
    const auto middle = near.find("](");
    const auto end = middle == std::string_view::npos ? middle : near.find(')', middle);
    const bool number = end != std::string_view::npos && end > middle + 2 &&
                        near.substr(middle + 2, end - middle - 2).find_first_not_of("0123456789") ==
                            std::string_view::npos;
    if (!number) {
      out += text[i];
      continue;
    }
    out += near.substr(1, middle - 1);
    i += end;
  }
  return out;
}

}  // namespace

void SarifRun::add_rule(std::size_t component, std::size_t index, const Json& descriptor) {
  if (component >= kMostComponents || index >= kMostRules || !descriptor.is_object()) return;
  if (components_.size() <= component) components_.resize(component + 1);
  SarifRule made;
  made.id = string_in(descriptor, "id").substr(0, 300);
  ToolRule rule;
  rule.why = message_words(text_of(member(descriptor, "fullDescription")));
  const auto brief = message_words(text_of(member(descriptor, "shortDescription")), 500);
  if (rule.why.empty()) rule.why = brief;
  rule.help = message_words(text_of(member(descriptor, "help")));
  if (rule.help.empty()) rule.help = message_words(string_in(descriptor, "helpUri"), 300);
  const auto& properties = member(descriptor, "properties");
  const auto tags = tags_of(properties);
  rule.cwe = cwes_of(descriptor, tags);
  rule.confidence = confidence_of(string_in(properties, "precision"));
  // what tells the category waits here until the tool's name is known
  const bool rated = !member(properties, "security-severity").is_null();
  rule.category = rated ? "security" : category_of({}, tags, !rule.cwe.empty());
  made.level = severity_of_level(string_in(member(descriptor, "defaultConfiguration"), "level"));
  made.fallback = !brief.empty() ? brief : string_in(descriptor, "name");
  if (const auto& messages = member(descriptor, "messageStrings"); messages.is_object())
    for (const auto& [id, message] : messages.items())
      if (made.messages.size() < kMostMessages) made.messages.emplace(id, text_of(message));
  made.rule = std::make_shared<const ToolRule>(std::move(rule));
  components_[component].insert_or_assign(index, std::move(made));
}

void SarifRun::add_artifact(std::size_t index, const Json& location) {
  if (artifacts_.size() < kMostArtifacts) artifacts_[index] = location_of(location);
}

void SarifRun::add_bases(const Json& bases) {
  if (!bases.is_object()) return;
  for (const auto& [id, location] : bases.items())
    if (bases_.size() < kMostBases) bases_.emplace(id, location_of(location));
}

void SarifRun::add_message(std::string id, const Json& message) {
  if (messages_.size() < kMostMessages) messages_.emplace(std::move(id), text_of(message));
}

void SarifRun::column_kind(const std::string& kind) {
  if (kind == "unicodeCodePoints") unit_ = Unit::code_point;
}

void SarifRun::settle() {
  tool_ = make_tool(tool_.name, tool_.version);
  for (auto& component : components_) {
    for (auto& [index, described] : component) {
      ToolRule rule = *described.rule;
      const auto plain = make_tool_rule(tool_, described.id);
      rule.tool = tool_;
      rule.id = plain.id;
      if (find_rule(plain.id) != nullptr || rule.category == "maintainability")
        rule.category = plain.category;
      if (rule.why.empty()) rule.why = plain.why;
      if (rule.help.empty()) rule.help = plain.help;
      if (rule.cwe.empty()) rule.cwe = plain.cwe;
      described.rule = std::make_shared<const ToolRule>(std::move(rule));
      by_id_.emplace(described.id, &described);
    }
  }
}

const SarifRule* SarifRun::by_index(const Json& result) const {
  const auto& reference = member(result, "rule");
  auto index = number_in(reference, "index");
  if (!index) index = number_in(result, "ruleIndex");
  if (!index) return nullptr;
  std::size_t component = 0;
  if (const auto extension = number_in(member(reference, "toolComponent"), "index"))
    component = static_cast<std::size_t>(*extension) + 1;
  if (component >= components_.size()) return nullptr;
  const auto it = components_[component].find(static_cast<std::size_t>(*index));
  return it == components_[component].end() ? nullptr : &it->second;
}

const SarifRule& SarifRun::rule_of(const Json& result) {
  auto id = string_in(result, "ruleId").substr(0, 300);
  if (id.empty()) id = string_in(member(result, "rule"), "id").substr(0, 300);
  const auto* rule = by_index(result);
  // an index that contradicts the id is wrong: the id says more
  if (rule != nullptr && (id.empty() || rule->id == id || id.starts_with(rule->id + "/")))
    return *rule;
  for (auto part = id; !part.empty();) {  // "CA1000/1" is a part of CA1000
    if (const auto it = by_id_.find(part); it != by_id_.end()) return *it->second;
    const auto slash = part.rfind('/');
    part = slash == std::string::npos ? "" : part.substr(0, slash);
  }
  const auto [it, fresh] = made_up_.try_emplace(made_up_.size() < kMostRules ? id : "");
  if (fresh) {
    it->second.id = it->first;
    it->second.rule = std::make_shared<const ToolRule>(make_tool_rule(tool_, it->first));
  }
  return it->second;
}

SarifRun::Location SarifRun::location_of(const Json& artifact_location) {
  Location location;
  location.uri = string_in(artifact_location, "uri");
  location.base = string_in(artifact_location, "uriBaseId");
  if (const auto index = number_in(artifact_location, "index"))
    location.index = static_cast<std::size_t>(*index);
  return location;
}

/// A relative URI behind its bases, so far as these are told; where not, what is left is relative
/// to the repository.
std::string SarifRun::whole_uri(Location location) const {
  constexpr std::size_t kLongest = 8192;
  std::string uri = std::move(location.uri);
  std::string base = std::move(location.base);
  for (int step = 0; step < kMostBaseSteps && !base.empty(); ++step) {
    if (uri.starts_with('/') || uri.find("://") != std::string::npos || uri.size() > kLongest)
      break;
    const auto it = bases_.find(base);
    if (it == bases_.end() || it->second.uri.empty()) break;
    auto front = it->second.uri;
    if (!front.ends_with('/')) front += '/';
    uri.insert(0, front);
    base = it->second.base;
  }
  return uri;
}

std::optional<std::string> SarifRun::path_of(const Json& artifact_location) const {
  auto location = location_of(artifact_location);
  if (location.uri.empty() && location.index) {
    const auto it = artifacts_.find(*location.index);
    if (it == artifacts_.end()) return std::nullopt;
    location = it->second;
  }
  if (location.uri.empty()) return std::nullopt;
  auto path = path_of_uri(whole_uri(std::move(location)));
  if (path && path->empty()) return std::nullopt;
  return path;
}

std::string SarifRun::words_of(const Json& message, const SarifRule* rule) const {
  auto text = text_of(message);
  if (const auto id = string_in(message, "id"); text.empty() && !id.empty()) {
    if (rule != nullptr)
      if (const auto it = rule->messages.find(id); it != rule->messages.end()) text = it->second;
    if (const auto it = messages_.find(id); text.empty() && it != messages_.end())
      text = it->second;
  }
  return message_words(without_links(with_arguments(text, member(message, "arguments"))));
}

}  // namespace peer
